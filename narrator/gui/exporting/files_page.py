"""The page of the export dialog on which formats, loudness, chapters and folder are chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.exporting.offer import Choices, Offer
from narrator.gui.shared.controls import ScrolledColumn
from narrator.gui.shared.dialogs import ask_for_folder
from narrator.gui.shared.wording import counted
from narrator.studio.narrating.formats import FORMATS
from narrator.studio.narrating.names import DEFAULT_NAME, FIELDS

FIRST = "mp3"  # what is chosen where nothing else was


class FilesPage(ScrolledColumn):
    """What is to be written, and where; `changed` tells of every choice."""

    changed = Signal()

    def __init__(self, offer: Offer, parent: QWidget) -> None:
        super().__init__(parent)
        self._offer = offer
        self.formats = {name: QCheckBox(text, self) for name, text in self._format_texts().items()}
        self.loudness = QComboBox(self)
        self.words = QCheckBox(self.tr("Te&ll words apart in subtitles and read-along"), self)
        self.notice = QCheckBox(self.tr("Sa&y first that an AI reads"), self)
        self.credits = QCheckBox(
            self.tr("Spea&k credits before and after, in files of their own"), self
        )
        self.name = QLineEdit(offer.settings.export_name or DEFAULT_NAME, self)
        self.every = QRadioButton(self)
        self.selection = QRadioButton(self)
        self.folder = QLineEdit(str(offer.folder), self)
        self.choose = QPushButton(self.tr("C&hoose…"), self)
        self._set_up()
        self._lay_out()
        self._connect()

    @property
    def choices(self) -> Choices:
        """All that is chosen now."""
        return Choices(
            formats=tuple(name for name, box in self.formats.items() if box.isChecked()),
            loudness=str(self.loudness.currentData()),
            words=self.words.isChecked(),
            notice=self.notice.isChecked(),
            credits=self.credits.isChecked(),
            name=self.name.text().strip() or DEFAULT_NAME,
            folder=self.folder.text(),
            selection=self.selection.isChecked(),
        )

    def stops(self) -> list[QWidget]:
        """Give the widgets at which Tab stops, in order."""
        chapters = [self.every, self.selection]
        rest = [self.words, self.loudness, self.notice, self.credits]
        files = [self.name, self.folder, self.choose]
        return [*self.formats.values(), *chapters, *rest, *files]

    def _format_texts(self) -> dict[str, str]:
        """Give the text of each format; one that has none yet bears its name."""
        known = {
            "mp3": self.tr("&MP3, a file for each chapter"),
            "mp3-book": self.tr("MP3, &one file for the whole book"),
            "m4b": self.tr("M4&B, an audiobook with chapter marks"),
            "flac": self.tr("FLA&C, lossless, a file for each chapter"),
            "opus": self.tr("Op&us, small, a file for each chapter"),
            "wav": self.tr("&WAV, as large as can be"),
            "readalong": self.tr("E&PUB to read along: text lights up"),
            "sample": self.tr("Sample for shops, 5 m&inutes at most"),
            "srt": self.tr("Subtitles, &SRT"),
            "vtt": self.tr("Subtitles, Web&VTT"),
            "lrc": self.tr("Ly&rics, LRC"),
            "json": self.tr("Times of all words, &JSON"),
        }
        return {name: known.get(name, name) for name in FORMATS}

    def _set_up(self) -> None:
        before = self._offer.settings
        if self._offer.source is None:
            read_along = self.formats["readalong"]
            read_along.setEnabled(False)
            read_along.setText(self.tr("E&PUB to read along: needs the file of the book"))
        for name, text in (
            ("acx", self.tr("as audiobook shops want it (ACX)")),
            ("podcast", self.tr("as podcasts are (−19 LUFS)")),
            ("as-spoken", self.tr("as it is spoken")),
        ):
            self.loudness.addItem(text, name)
        for name, box in self.formats.items():
            box.setChecked(name in before.export_formats and box.isEnabled())
        if not self.choices.formats:
            self.formats[FIRST].setChecked(True)
        self.loudness.setCurrentIndex(max(0, self.loudness.findData(before.export_loudness)))
        self.words.setChecked(before.export_words)
        self.credits.setChecked(before.export_credits)
        self.notice.setChecked(self._offer.replicas)
        self.notice.setToolTip(self.tr("Leave it out only for files that you keep to yourself"))
        every = len(self._offer.manuscript.chapters)
        chapter, chapters = self.tr("chapter"), self.tr("chapters")
        self.every.setText(
            self.tr("&All included: {n}").format(n=counted(every, chapter, chapters))
        )
        chosen = counted(self._offer.chosen, chapter, chapters)
        self.selection.setText(self.tr("Only what is selec&ted: {n}").format(n=chosen))
        self.selection.setEnabled(self._offer.chosen > 0)
        self.every.setChecked(True)
        self.loudness.setAccessibleName(self.tr("Loudness"))
        self.name.setAccessibleName(self.tr("Names of the files"))
        self.name.setToolTip(" ".join(f"{{{field}}}" for field in FIELDS))
        self.folder.setAccessibleName(self.tr("Folder for the files"))
        self.choose.setAccessibleName(self.tr("Choose the folder"))

    def _lay_out(self) -> None:
        self.column.addWidget(self._group(self.tr("Formats"), list(self.formats.values())))
        self.column.addWidget(self._group(self.tr("Chapters"), [self.every, self.selection]))
        loudness = QLabel(self.tr("Lou&dness"), self)
        loudness.setBuddy(self.loudness)
        name = QLabel(self.tr("&Names"), self)
        name.setBuddy(self.name)
        folder = QLabel(self.tr("&Folder"), self)
        folder.setBuddy(self.folder)
        self.column.addWidget(self.words)
        self.column.addLayout(_row(loudness, self.loudness))
        self.column.addWidget(self.notice)
        self.column.addWidget(self.credits)
        self.column.addLayout(_row(name, self.name))
        self.column.addLayout(_row(folder, self.folder, self.choose))
        self.column.addStretch()

    def _group(self, title: str, boxes: list[QCheckBox] | list[QRadioButton]) -> QGroupBox:
        group = QGroupBox(title, self)
        column = QVBoxLayout(group)
        column.setSpacing(4)
        for box in boxes:
            column.addWidget(box)
        return group

    def _connect(self) -> None:
        for box in (*self.formats.values(), self.words, self.notice, self.credits, self.selection):
            box.toggled.connect(lambda _: self.changed.emit())
        self.loudness.currentIndexChanged.connect(lambda _: self.changed.emit())
        self.name.editingFinished.connect(self.changed)
        self.folder.editingFinished.connect(self.changed)
        self.choose.clicked.connect(lambda: ask_for_folder(self, self._use_folder))

    def _use_folder(self, folder: object) -> None:
        self.folder.setText(str(folder))
        self.changed.emit()


def _row(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 0 if isinstance(widget, QLabel | QPushButton) else 1)
    return row
