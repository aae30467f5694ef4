"""What the window opens off its own thread: a book, counted and its cover painted; the voices."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from narrator.book.model import Book, Chapter, Cover
from narrator.book.reader import read_book
from narrator.errors import NarratorError, UnknownVoice, VoiceError
from narrator.profiles.profile import VoiceProfile
from narrator.profiles.shelf import VoiceShelf
from narrator.settings import resource
from narrator.studio.speaking.schedule import CHARACTERS_PER_SECOND

COVER_PIXELS = 512  # enough for a screen with two pixels to a point
COVER_MEGABYTES = 128  # that a picture may need while it is decoded


@dataclass(frozen=True)
class ChapterFacts:
    """What the list shows of a chapter. number: from 1. seconds: estimated, at the speed 1."""

    number: int
    title: str
    sentences: int
    seconds: float


@dataclass(frozen=True, eq=False)
class OpenedBook:
    """A book with what is shown of it. cover: at most 512 pixels wide and high."""

    path: Path
    book: Book
    chapters: tuple[ChapterFacts, ...]
    cover: QImage | None


def open_book(path: Path) -> OpenedBook:
    """Read the book at `path` and look up what the window shows of it. Raises as `read_book`."""
    book = read_book(path)
    chapters = tuple(
        _facts(number, chapter) for number, chapter in enumerate(book.chapters, start=1)
    )
    return OpenedBook(path, book, chapters, _painted(book.cover) if book.cover else None)


@dataclass(frozen=True)
class Voices:
    """The voices that can be used, and what is wrong with the others."""

    usable: tuple[VoiceProfile, ...]
    damaged: tuple[NarratorError, ...]

    def complaint(self, preferred: str) -> NarratorError | None:
        """Give what the user should know: a damaged voice, or that there is none at all."""
        if self.damaged:
            return self.damaged[0]
        return None if self.usable else UnknownVoice(preferred, ())


def find_voices(shelf: VoiceShelf) -> Voices:
    """Look through the shelf."""
    usable: list[VoiceProfile] = []
    damaged: list[NarratorError] = []
    for name in shelf.names():
        try:
            usable.append(shelf.get(name))
        except VoiceError as error:
            damaged.append(error)
    return Voices(tuple(usable), tuple(damaged))


def sample_book() -> Path | None:
    """Give the sample book that comes with narrator, if it is there."""
    return next(iter(sorted(resource("resources/sample").glob("*.epub"))), None)


def _facts(number: int, chapter: Chapter) -> ChapterFacts:
    sentences = sum(len(paragraph.sentences) for paragraph in chapter.paragraphs)
    characters = sum(len(paragraph.text) for paragraph in chapter.paragraphs)
    return ChapterFacts(number, chapter.title, sentences, characters / CHARACTERS_PER_SECOND)


def _painted(cover: Cover) -> QImage | None:
    buffer = QBuffer()
    buffer.setData(QByteArray(cover.data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAllocationLimit(COVER_MEGABYTES)
    reader.setAutoTransform(True)
    bounds = QSize(COVER_PIXELS, COVER_PIXELS)
    if reader.size().width() > COVER_PIXELS or reader.size().height() > COVER_PIXELS:
        reader.setScaledSize(
            reader.size().scaled(bounds, Qt.AspectRatioMode.KeepAspectRatio).expandedTo(QSize(1, 1))
        )
    image = reader.read()
    return None if image.isNull() else image
