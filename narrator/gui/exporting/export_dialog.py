"""The export dialog: what will be written, what the files say of it, what stands in the way."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from narrator.disk import free_bytes
from narrator.errors import UnknownNameField
from narrator.gui.exporting.facts_page import FactsPage
from narrator.gui.exporting.files_page import FilesPage
from narrator.gui.exporting.offer import Offer, file_told, job_of, sum_told
from narrator.gui.shared.background import Bridge, Work, run_in_background
from narrator.gui.shared.controls import plain_label
from narrator.gui.shared.flow import FlowLayout
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.row_view import Roomy
from narrator.gui.shared.window_layout import fit
from narrator.gui.shared.wording import counted, error_told, size_told
from narrator.studio.narrating.preview import Expected, expected_files
from narrator.studio.narrating.queue import Job


class ExportDialog(QDialog):
    """Chooses an export; asks for nothing to be done before a button says so.

    export_asked, queue_asked: a `Job` to be done now, or after all others. facts_changed: `Facts`
    that the user has changed.
    """

    export_asked = Signal(object)
    queue_asked = Signal(object)
    facts_changed = Signal(object)

    def __init__(self, offer: Offer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Export"))
        self._offer = offer
        self._bridge = Bridge()
        self._measuring: Work | None = None
        self._free: int | None = None
        self._refused = self._misnamed = ""
        self._expected: tuple[Expected, ...] = ()
        self.files = FilesPage(offer, self)
        self.facts = FactsPage(offer.manuscript.facts, self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Files that will be written"))
        self.list.setItemDelegate(Roomy(self.list))
        self.list.setAlternatingRowColors(True)
        self.pages = QTabWidget(self)
        self.checks = plain_label("", self)
        self.checks.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.checks.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.export = QPushButton(self.tr("&Export"), self)
        self.queue = QPushButton(self.tr("Add to the &queue"), self)
        self.cancel = QPushButton(self.tr("Cancel"), self)
        self.export.setDefault(True)
        self._lay_out()
        self._connect()
        self._refresh()
        self._measure()

    @property
    def job(self) -> Job:
        """The export as it is chosen now."""
        return job_of(self._offer, self.files.choices, self.facts.facts)

    def done(self, result: int) -> None:
        """Close; what was typed last is told first."""
        self.facts.tell()
        self.facts.errands.give_up()
        if self._measuring:
            self._measuring.abandon()
        super().done(result)

    def _lay_out(self) -> None:
        self.pages.addTab(self.files, self.tr("Files"))
        self.pages.addTab(self.list, self.tr("What will be written"))
        self.pages.addTab(self.facts, self.tr("About the book"))
        for page in (self.files, self.facts):
            page.column.setContentsMargins(12, 12, 12, 12)
        buttons = FlowLayout(across=Qt.AlignmentFlag.AlignRight)
        for button in (self.export, self.queue, self.cancel):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.pages, 1)
        column.addWidget(self.checks)
        column.addLayout(buttons)
        bar = self.pages.tabBar()
        bar.setAccessibleName(self.tr("Pages"))
        stops = [*self.files.stops(), self.list, *self.facts.stops(), self.checks]
        set_tab_order([[bar, *stops, self.export, self.queue, self.cancel]])
        fit(self, letters=110, lines=52)

    def _connect(self) -> None:
        self.files.changed.connect(self._refresh)
        self.files.changed.connect(self._measure)
        self.facts.facts_changed.connect(self.facts_changed)
        self.facts.facts_changed.connect(self._refresh)
        self.facts.title.textChanged.connect(self._refresh)
        self.export.clicked.connect(lambda: self._ask(now=True))
        self.queue.clicked.connect(lambda: self._ask(now=False))
        self.cancel.clicked.connect(self.reject)

    def _ask(self, *, now: bool) -> None:
        self.facts.tell()
        job = self.job
        self.accept()
        (self.export_asked if now else self.queue_asked).emit(job)

    def _refresh(self) -> None:
        job = self.job
        try:
            self._expected, self._misnamed = expected_files(job.manuscript, job.order), ""
        except UnknownNameField as error:
            self._expected, self._misnamed = (), error_told(error)
        self.list.clear()
        self.list.addItems([file_told(file) for file in self._expected])
        self._judge()

    def _measure(self) -> None:
        """Ask how much room the folder has; a far disk may answer late."""
        folder = self.job.order.folder
        if self._measuring:
            self._measuring.abandon()
        self._measuring = run_in_background(
            self._bridge, lambda _: free_bytes(folder), on_done=self._measured, on_error=self._lost
        )

    def _measured(self, free: int) -> None:
        self._free, self._refused = free, ""
        self._judge()

    def _lost(self, error: Exception) -> None:
        self._free, self._refused = None, error_told(error)
        self._judge()

    def _judge(self) -> None:
        """Say what it comes to and what stands in the way, and let be exported what can be."""
        needed = sum(file.bytes for file in self._expected)
        choices = self.files.choices
        bad: list[str] = []
        if not choices.formats:
            bad.append(self.tr("Choose a format."))
        if not choices.folder.strip():
            bad.append(self.tr("Choose a folder."))
        if not self.facts.has_title:
            bad.append(self.tr("Give the book a title."))
        bad += [told for told in (self._refused, self._misnamed) if told]
        if self._free is not None and self._free < needed:
            bad.append(self._room(self.tr("Not enough room: {free} are free there."), self._free))
        told = [sum_told(self._expected)]
        if self._free is not None and self._free >= needed:
            told.append(self._room(self.tr("✓ {free} are free there."), self._free))
        told += [self.tr("! {problem}").format(problem=problem) for problem in bad]
        if self._offer.failed:
            told.append(self._failures())
        self.checks.setText("\n".join(told))
        self.checks.setAccessibleName(self.tr("Checks: {text}").format(text=" ".join(told)))
        for button in (self.export, self.queue):
            button.setEnabled(not bad)

    def _room(self, text: str, free: int) -> str:
        return text.format(free=size_told(free))

    def _failures(self) -> str:
        sentences = counted(self._offer.failed, self.tr("sentence"), self.tr("sentences"))
        return self.tr(
            "! {sentences} could not be spoken. They are tried again; a chapter in which one fails "
            "is not written."
        ).format(sentences=sentences)
