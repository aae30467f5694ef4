"""The page on which the voice is sampled: live, from a file, or by sentences read aloud."""

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QRadioButton, QWidget

from narrator.gui.shared.controls import plain_label
from narrator.gui.voices.new_voice_pages import TEXT_FACTOR, Page, to_read
from narrator.profiles.cloning import ENROLLED_SECONDS


class Way(Enum):
    """How a voice is sampled."""

    LIVE = "live"
    FILE = "file"
    SENTENCES = "sentences"


class SamplePage(Page):
    """Three ways to a sample; what was read stays when another is tried."""

    file_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.tr("Sample"), parent)
        self.way = Way.LIVE
        self._sentences: Sequence[str] = ()
        self._number = 0
        self._read: set[int] = set()
        self._seconds = 0.0
        self.ways = {
            Way.LIVE: QRadioButton(self.tr("Read anything, &10 to 30 seconds"), self),
            Way.FILE: QRadioButton(self.tr("Take a sound &file of the same voice"), self),
            Way.SENTENCES: QRadioButton(self.tr("Read &sentences: takes longer, is truer"), self),
        }
        self.hint = plain_label("", self)
        self.text = to_read("", self, factor=TEXT_FACTOR)
        self.file_button = QPushButton(self.tr("&Choose a sound file…"), self)
        self.before = QPushButton(self.tr("Sentence &before"), self)
        self.after = QPushButton(self.tr("Ne&xt sentence"), self)
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.file_button, self.before, self.after):
            row.addWidget(button)
        row.addStretch()
        for widget in (*self.ways.values(), self.hint, self.text):
            self.column.addWidget(widget)
        self.column.addLayout(row)
        self.column.addStretch()
        for way, radio in self.ways.items():
            radio.setChecked(way is self.way)
            radio.toggled.connect(lambda on, way=way: self._choose(way) if on else None)
        self.file_button.clicked.connect(self.file_wanted)
        self.before.clicked.connect(lambda: self._go(self._number - 1))
        self.after.clicked.connect(lambda: self._go(self._number + 1))
        self._show()

    @property
    def ready(self) -> bool:
        return self._seconds >= ENROLLED_SECONDS

    @property
    def records(self) -> bool:
        return self.way is not Way.FILE

    @property
    def number(self) -> int:
        """Which sentence is shown, from 0."""
        return self._number

    @property
    def is_read(self) -> bool:
        """Whether the sentence that is shown was read already."""
        return self._number in self._read

    def show_sentences(self, sentences: Sequence[str]) -> None:
        """Offer these sentences to be read."""
        self._sentences = sentences
        self._show()

    def count(self, seconds: float) -> None:
        """Note that the sentence shown was read, which makes `seconds` of all, and go on."""
        self._read.add(self._number)
        self._seconds = seconds
        order = [*range(self._number, len(self._sentences)), *range(self._number)]
        unread = [number for number in order if number not in self._read]
        self._go(unread[0] if unread else self._number)

    def lock(self, busy: bool) -> None:
        for radio in self.ways.values():
            radio.setEnabled(not busy)
        last = len(self._sentences) - 1
        self.file_button.setEnabled(not busy)
        self.before.setEnabled(not busy and self._number > 0)
        self.after.setEnabled(not busy and self._number < last)

    def _choose(self, way: Way) -> None:
        self.way = way
        self._show()

    def _go(self, number: int) -> None:
        self._number = number
        self._show()

    def _show(self) -> None:
        sentences = self.way is Way.SENTENCES
        self.primary = self.tr("Learn the voice") if sentences else ""
        self.file_button.setVisible(self.way is Way.FILE)
        for widget in (self.text, self.before, self.after):
            widget.setVisible(sentences)
        if sentences:
            text = self._sentences[self._number]
            self.text.setText(text)
            self.text.setAccessibleName(self.tr("Sentence to read: {text}").format(text=text))
        self.hint.setText(self._hint())
        self.changed.emit()

    def _hint(self) -> str:
        match self.way:
            case Way.LIVE:
                return self.tr(
                    "Read as you would to a friend: a page of a book, a letter, the news. "
                    "Three seconds are enough; ten to thirty are better."
                )
            case Way.FILE:
                return self.tr(
                    "A recording of the speaker alone, as WAV, FLAC, MP3, M4A or OGG. It must be "
                    "the voice that has just been heard here."
                )
            case Way.SENTENCES:
                return self.tr(
                    "Sentence {number} of {count}, {state}. {seconds} s are there, {needed} s are "
                    "needed; each sentence more makes the voice truer."
                ).format(
                    number=self._number + 1,
                    count=len(self._sentences),
                    state=self.tr("✓ read") if self.is_read else self.tr("not read yet"),
                    seconds=round(self._seconds),
                    needed=round(ENROLLED_SECONDS),
                )
