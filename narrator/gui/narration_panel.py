"""The right half of the window: voice, speed and folder, a line to try, the finished files."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.shared.controls import ActionButton, heading, plain_label
from narrator.gui.shared.row_view import Roomy
from narrator.gui.shared.wording import shortened
from narrator.profiles.profile import VoiceProfile

SLOWEST, FASTEST, SPEED_STEP = 0.5, 3.0, 0.05
PATH = Qt.ItemDataRole.UserRole


class NarrationPanel(QWidget):
    """How the book is to be narrated, and what came out of it."""

    file_opened = Signal(object)

    def __init__(self, folder: QAction, hear: QAction, reveal: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.voice = QComboBox(self)
        self.description = plain_label("", self)
        self.speed = QDoubleSpinBox(self)
        self.folder = QLineEdit(self)
        self.folder_button = ActionButton(folder, self, short=self.tr("Choose…"))
        self.line = QLineEdit(self)
        self.line_button = ActionButton(hear, self, short=self.tr("Hear"))
        self.files = QListWidget(self)
        self.files_button = ActionButton(reveal, self)
        self._set_up(hear)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._form())
        column.addLayout(self._finished(), 1)

    def stops(self) -> list[QWidget]:
        """Give the widgets at which Tab stops, in order."""
        folder = [self.folder, self.folder_button]
        line = [self.line, self.line_button]
        return [self.voice, self.speed, *folder, *line, self.files, self.files_button]

    def show_voices(self, voices: Sequence[VoiceProfile], preferred: str) -> None:
        """Offer these voices, the preferred one chosen."""
        self.voice.clear()
        for voice in voices:
            self.voice.addItem(shortened(voice.title), voice)
        names = [voice.name for voice in voices]
        self.voice.setCurrentIndex(names.index(preferred) if preferred in names else 0)
        self.voice.setEnabled(bool(voices))

    @property
    def chosen_voice(self) -> str | None:
        """The name of the voice that is chosen; None while none is there."""
        voice = self.voice.currentData()
        return voice.name if isinstance(voice, VoiceProfile) else None

    def use_folder(self, folder: Path) -> None:
        """Put the files there from now on."""
        self.folder.setText(str(folder))

    def forget_files(self) -> None:
        """List no file as finished any more."""
        self.files.clear()

    @property
    def files_folder(self) -> Path | None:
        """The folder of the finished files; None while there are none."""
        item = self.files.item(0)
        return Path(item.data(PATH)).parent if item else None

    def add_file(self, path: Path) -> None:
        """List one more finished file."""
        item = QListWidgetItem(path.name)
        item.setData(PATH, path)
        self.files.addItem(item)

    def let_choose(self, free: bool) -> None:
        """Let the user change what the narration at hand depends on, or keep it as it is."""
        for widget in (self.voice, self.speed, self.folder):
            widget.setEnabled(free)
        self.voice.setEnabled(free and self.voice.count() > 0)

    def _set_up(self, hear: QAction) -> None:
        self.voice.currentIndexChanged.connect(self._describe)
        self.speed.setRange(SLOWEST, FASTEST)
        self.speed.setSingleStep(SPEED_STEP)
        self.speed.setValue(1.0)
        self.speed.setSuffix(self.tr(" × normal"))
        self.line.setPlaceholderText(self.tr("Type a line and hear it"))
        self.line.setMaxLength(500)  # some sentences; more is a book
        self.line.returnPressed.connect(hear.trigger)
        self.files.setItemDelegate(Roomy(self.files))
        self.files.setAlternatingRowColors(True)
        self.files.itemActivated.connect(lambda item: self.file_opened.emit(item.data(PATH)))
        names = {
            self.voice: self.tr("Voice"),
            self.speed: self.tr("Speed"),
            self.folder: self.tr("Folder for the files"),
            self.line: self.tr("Line to hear"),
            self.files: self.tr("Finished files"),
        }
        for widget, name in names.items():
            widget.setAccessibleName(name)

    def _form(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._label(self.tr("&Voice"), self.voice), 0, 0)
        grid.addWidget(self.voice, 0, 1, 1, 2)
        grid.addWidget(self.description, 1, 1, 1, 2)
        grid.addWidget(self._label(self.tr("&Speed"), self.speed), 2, 0)
        grid.addWidget(self.speed, 2, 1)
        grid.addWidget(self._label(self.tr("Fo&lder"), self.folder), 3, 0)
        grid.addWidget(self.folder, 3, 1)
        grid.addWidget(self.folder_button, 3, 2)
        grid.addWidget(self._label(self.tr("Say &it"), self.line), 4, 0)
        grid.addWidget(self.line, 4, 1)
        grid.addWidget(self.line_button, 4, 2)
        return grid

    def _finished(self) -> QVBoxLayout:
        title = heading(self.tr("Finish&ed files"), 1.0, self)
        title.setBuddy(self.files)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.files_button)
        column = QVBoxLayout()
        column.setSpacing(4)
        column.addWidget(title)
        column.addWidget(self.files, 1)
        column.addSpacing(4)
        column.addLayout(row)
        return column

    def _label(self, text: str, buddy: QWidget) -> QLabel:
        label = QLabel(text, self)
        label.setBuddy(buddy)
        return label

    def _describe(self) -> None:
        voice = self.voice.currentData()
        text = voice.description if isinstance(voice, VoiceProfile) else ""
        self.description.setText(shortened(text))
        self.voice.setAccessibleDescription(shortened(text))
