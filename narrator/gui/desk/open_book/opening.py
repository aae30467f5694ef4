"""What the window opens off its own thread: a project, or a book that becomes one; the voices."""

from dataclasses import dataclass
from itertools import count
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from narrator.book.model import Book, Cover
from narrator.book.reader import read_book
from narrator.errors import NarratorError, UnknownVoice, VoiceError
from narrator.profiles.profile import VoiceProfile
from narrator.profiles.shelf import VoiceShelf
from narrator.project.project import SUFFIX, Project
from narrator.settings import resource
from narrator.studio.narrating.outputs import safe_name

COVER_PIXELS = 512  # enough for a screen with two pixels to a point
COVER_MEGABYTES = 128  # that a picture may need while it is decoded


@dataclass(frozen=True, eq=False)
class Opened:
    """A project, open for whoever takes it. is_new: whether it was made just now.

    warnings: what was wrong with the book's file.
    """

    project: Project
    is_new: bool
    warnings: tuple[str, ...] = ()


def open_project(path: Path, folder: Path, voice: str, other: Path | None = None) -> Opened:
    """Open a project, or the project of the book at `path`, which is made in `folder` if need be.

    voice: who reads a new one. other: a project of another book, open already. Raises as
    `read_book` and `Project.open` do.
    """
    if path.suffix.lower() == SUFFIX:
        return Opened(Project.open(path), is_new=False)
    book = read_book(path)
    source = path.absolute()
    name = safe_name(book.title, instead="book")
    for number in count(1):
        place = folder / name / f"{name}{SUFFIX}"
        if number > 1:
            place = place.with_stem(f"{name} ({number})")
        if place == other:
            continue
        if not place.exists():
            return _made(place, book, source, voice)
        project = Project.open(place)
        if project.source == source:
            return Opened(project, is_new=False)
        project.close()
    raise AssertionError("there is always a free name")


def _made(place: Path, book: Book, source: Path, voice: str) -> Opened:
    return Opened(Project.create(place, book, voice=voice, source=source), True, book.warnings)


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


def painted(cover: Cover) -> QImage | None:
    """Give the cover, at most 512 pixels wide and high; None for what is no picture."""
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
