"""Check a sound file: whether narrator spoke it, in plain words, the figures below them."""

from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from narrator.gui.shared.background import Tell
from narrator.gui.shared.controls import ScrolledColumn, StatusLine, heading, plain_label, speak_up
from narrator.gui.shared.dialogs import ask_for_sound
from narrator.gui.shared.errands import Errands
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.window_layout import fit
from narrator.gui.shared.wording import clock, shortened
from narrator.studio.checking.detection import FileFinding, detect_file, figures, plain
from narrator.studio.studio import Studio


class CheckDialog(QDialog):
    """A file is chosen or dropped, looked at behind the dialog, and judged."""

    def __init__(self, studio: Studio, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Check a sound file"))
        self.setAcceptDrops(True)
        self._studio = studio
        self._name = ""
        self.hint = plain_label(
            self.tr(
                "Drop a sound file here, or choose one. narrator looks for the inaudible mark that "
                "everything it speaks bears. The file stays on this computer."
            ),
            self,
        )
        self.answer = heading("", 1.3, self)
        self.figures = plain_label("", self)
        for label in (self.answer, self.figures):
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            label.hide()
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 0)  # how long the sound is shows when it has ended
        self.bar.setAccessibleName(self.tr("Looking at the sound"))
        self.bar.hide()
        self.choose = QPushButton(self.tr("C&hoose a file…"), self)
        self.stop = QPushButton(self.tr("&Stop"), self)
        self.close_button = QPushButton(self.tr("&Close"), self)
        self.status = StatusLine(self)
        self.errands = Errands(self.status, self)
        self._lay_out()
        self.choose.clicked.connect(lambda: ask_for_sound(self, self.check))
        self.stop.clicked.connect(self.errands.stop)
        self.close_button.clicked.connect(self.reject)
        self.errands.changed.connect(self._refresh)
        self._refresh()

    def check(self, path: Path) -> None:
        """Look for the mark in a file."""
        studio = self._studio
        self._name = shortened(path.name)
        for label in (self.answer, self.figures):
            label.hide()

        def errand(tell: Tell, stop: Event) -> FileFinding:
            return detect_file(path, studio, stop=stop, on_seconds=tell)

        self.errands.run(
            errand, self._looking(0.0), on_done=self._judged, on_progress=self._progressed
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file, unless another is being looked at."""
        if not self.errands.busy and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Check the first file that is dropped."""
        files = (url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
        self.check(Path(next(files)))

    def done(self, result: int) -> None:
        """Close; a check that is going on is given up."""
        self.errands.give_up()
        super().done(result)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.choose)
        row.addWidget(self.stop)
        row.addStretch()
        row.addWidget(self.close_button)
        found = ScrolledColumn(self)
        for widget in (self.hint, self.answer, self.figures):
            found.column.addWidget(widget)
        found.column.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(found, 1)
        column.addWidget(self.bar)
        column.addWidget(self.status)
        column.addLayout(row)
        stops = [self.answer, self.figures, self.status.label]
        set_tab_order([[*stops, self.choose, self.stop, self.close_button]])
        fit(self, letters=84, lines=28)

    def _looking(self, seconds: float) -> str:
        return self.tr("Looking at {name}: {time}").format(name=self._name, time=clock(seconds))

    def _progressed(self, seconds: float) -> None:
        self.status.say(self._looking(seconds))

    def _judged(self, found: FileFinding) -> None:
        said = plain(found)
        sentence = f"{said[0].upper()}{said[1:]}."
        self.answer.setText(f"{self._name}\n{sentence}")
        self.answer.setAccessibleName(self.tr("Result: {text}").format(text=sentence))
        self.answer.show()
        shown = figures(found.finding)
        self.figures.setText(f"{shown}.")
        self.figures.setAccessibleName(self.tr("Figures: {text}").format(text=shown))
        self.figures.setVisible(bool(shown))
        self.answer.setFocus()
        speak_up(self.answer, sentence)

    def _refresh(self) -> None:
        busy = self.errands.busy
        self.bar.setVisible(busy)
        self.choose.setEnabled(not busy)
        self.stop.setEnabled(busy)
