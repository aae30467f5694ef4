"""The gallery of voices: hear one, rename, export, import, renew, withdraw, make a new one."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.shared.controls import StatusLine, plain_label
from narrator.gui.shared.dialogs import ask, ask_for_name, ask_for_voice_file
from narrator.gui.shared.errands import Errand, Errands
from narrator.gui.shared.hearing import hearing_task
from narrator.gui.shared.outside import Outside
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.row_view import Roomy
from narrator.gui.shared.window_layout import fit
from narrator.gui.voices.new_voice_dialog import NewVoiceDialog
from narrator.gui.voices.voice_rows import State, VoiceRow, list_voices
from narrator.profiles.profile import VoiceProfile
from narrator.studio.speaking.line import PREVIEW
from narrator.studio.studio import Studio

ROW = Qt.ItemDataRole.UserRole


class VoicesDialog(QDialog):
    """All voices with their state. `made` is the name of the voice that was made here last."""

    def __init__(
        self,
        studio: Studio,
        outside: Outside,
        parent: QWidget | None = None,
        *,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Voices"))
        self.made: str | None = None
        self._studio = studio
        self._outside = outside
        self._now = now
        self._hearing = False
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Voices"))
        self.list.setItemDelegate(Roomy(self.list))
        self.list.setAlternatingRowColors(True)
        self.details = plain_label("", self)
        self.hear = QPushButton(self)
        self.rename = QPushButton(self.tr("&Rename…"), self)
        self.renew = QPushButton(self.tr("Re&new the consent…"), self)
        self.export = QPushButton(self.tr("&Export…"), self)
        self.withdraw = QPushButton(self.tr("&Withdraw…"), self)
        self.new = QPushButton(self.tr("New &voice…"), self)
        self.take_back = QPushButton(self.tr("&Import…"), self)
        self.close_button = QPushButton(self.tr("&Close"), self)
        self.status = StatusLine(self)
        self.errands = Errands(self.status, self)
        self._lay_out()
        self._connect()
        self._load()

    @property
    def chosen(self) -> VoiceRow | None:
        """The row at the cursor."""
        item = self.list.currentItem()
        row = item.data(ROW) if item else None
        return row if isinstance(row, VoiceRow) else None

    def done(self, result: int) -> None:
        """Close; what is being heard falls silent."""
        self.errands.give_up()
        super().done(result)

    def export_to(self, row: VoiceRow, path: Path) -> None:
        """Write a voice into a file."""
        told = self.tr("{title} is in {path}").format(title=row.title, path=path)
        self._change(
            lambda tell, stop: self._studio.voices.export_profile(row.name, path), told, row.name
        )

    def import_from(self, path: Path) -> None:
        """Take back a voice from a file."""
        self.errands.run(
            lambda tell, stop: self._studio.voices.import_profile(path),
            self.tr("Reading {name}…").format(name=path.name),
            on_done=self._arrived,
        )

    def _lay_out(self) -> None:
        own = (self.hear, self.rename, self.renew, self.export, self.withdraw)
        others = (self.new, self.take_back, self.close_button)
        buttons = QVBoxLayout()
        buttons.setSpacing(8)
        for button in own:
            buttons.addWidget(button)
        buttons.addStretch()
        for button in others:
            buttons.addWidget(button)
        grid = QGridLayout(self)
        grid.setContentsMargins(16, 16, 16, 16)
        grid.setSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(0, 1)
        grid.addWidget(self.list, 0, 0)
        grid.addWidget(self.details, 1, 0)
        grid.addLayout(buttons, 0, 1, 2, 1)
        grid.addWidget(self.status, 2, 0, 1, 2)
        set_tab_order([[self.list, *own, *others, self.status.label]])
        fit(self, letters=96, lines=28)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_: self._refresh())
        self.list.itemDoubleClicked.connect(lambda _: self._hear_or_stop())
        self.hear.setDefault(True)  # so that Enter in the list hears
        self.errands.changed.connect(self._refresh)
        slots: dict[QPushButton, Callable[[VoiceRow], object]] = {
            self.rename: self._ask_for_title,
            self.renew: self._renew,
            self.export: self._ask_where,
            self.withdraw: self._ask_to_withdraw,
        }
        for button, slot in slots.items():
            button.clicked.connect(lambda _=False, do=slot: self.chosen and do(self.chosen))
        self.hear.clicked.connect(self._hear_or_stop)
        self.new.clicked.connect(lambda: self._make(NewVoiceDialog(*self._needs())))
        self.take_back.clicked.connect(lambda: ask_for_voice_file(self, self.import_from))
        self.close_button.clicked.connect(self.reject)

    def _needs(self) -> tuple[Studio, Outside, QWidget]:
        return self._studio, self._outside, self

    def _load(self, chosen: str | None = None, told: str = "") -> None:
        """Look through the shelf; the row of the voice `chosen` gets the cursor."""
        voices, now = self._studio.voices, self._now()

        def show(rows: list[VoiceRow]) -> None:
            self._show(rows, chosen)
            if told:
                self.status.announce(told)

        looking = self.tr("Looking for the voices…")
        self.errands.run(lambda tell, stop: list_voices(voices, now), looking, on_done=show)

    def _show(self, rows: list[VoiceRow], chosen: str | None) -> None:
        self.list.clear()
        for row in rows:
            item = QListWidgetItem(row.line)
            item.setData(ROW, row)
            item.setToolTip(row.details)
            self.list.addItem(item)
        names = [row.name for row in rows]
        self.list.setCurrentRow(names.index(chosen) if chosen in names else 0)
        self.list.setFocus()

    def _refresh(self) -> None:
        row, free = self.chosen, not self.errands.busy
        whole = row is not None and row.profile is not None
        own = row is not None and row.is_own
        self.details.setText(row.details if row else "")
        self.hear.setText(self.tr("&Stop") if self._hearing else self.tr("&Hear"))
        able = whole and row is not None and row.state is not State.EXPIRED
        self.hear.setEnabled(self._hearing or (free and able))
        for button in (self.rename, self.renew, self.export):
            button.setEnabled(free and whole and own)
        self.withdraw.setEnabled(free and own)
        for button in (self.new, self.take_back):
            button.setEnabled(free)

    def _hear_or_stop(self) -> None:
        row = self.chosen
        if self._hearing:
            self.errands.stop()
        elif row and self.hear.isEnabled():
            studio, play, name = self._studio, self._outside.play, row.name
            self._hearing = True
            self.errands.run(
                lambda tell, stop: hearing_task(PREVIEW, name, studio, play, stop)(tell),
                self.tr("{title} speaks…").format(title=row.title),
                on_done=self._silent,
                on_error=self._silent,
            )

    def _silent(self, _: object) -> None:
        self._hearing = False

    def _ask_for_title(self, row: VoiceRow) -> None:
        ask_for_name(
            self,
            self.tr("New name of {title}").format(title=row.title),
            row.title,
            lambda title: self._rename(row, title.strip()),
        )

    def _rename(self, row: VoiceRow, title: str) -> None:
        if title and title != row.title:
            shelf = self._studio.voices
            self.errands.run(
                lambda tell, stop: shelf.rename(row.name, title),
                self.tr("Renaming…"),
                on_done=self._arrived,
            )

    def _ask_where(self, row: VoiceRow) -> None:
        ask_for_voice_file(self, lambda path: self.export_to(row, path), new=row.name)

    def _ask_to_withdraw(self, row: VoiceRow) -> None:
        question = self.tr(
            "Withdraw the consent to {title}? The voiceprint, the recordings and what was spoken "
            "with the voice are erased on this computer, and exported copies fall silent. "
            "This cannot be undone."
        ).format(title=row.title)
        ask(
            self,
            question,
            yes=self.tr("Withdraw and erase"),
            no=self.tr("Keep the voice"),
            on_yes=lambda: self._withdraw(row),
        )

    def _withdraw(self, row: VoiceRow) -> None:
        studio = self._studio
        told = self.tr("{title} is withdrawn and erased.").format(title=row.title)
        self._change(
            lambda tell, stop: studio.voices.revoke(row.name, purge=studio.cache.purge), told
        )

    def _change(self, errand: Errand[None], told: str, chosen: str | None = None) -> None:
        working = self.tr("Working…")
        self.errands.run(errand, working, on_done=lambda _: self._load(chosen, told))

    def _arrived(self, voice: VoiceProfile) -> None:
        told = self.tr("{title} is in the list.").format(title=voice.title)
        self._load(voice.name, told)

    def _renew(self, row: VoiceRow) -> None:
        self._make(NewVoiceDialog(*self._needs(), renewing=row.profile))

    def _make(self, dialog: NewVoiceDialog) -> None:
        def ended(_: int) -> None:
            self.made = dialog.made or self.made
            self._load(dialog.made)

        dialog.finished.connect(ended)
        dialog.open()
