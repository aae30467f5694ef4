"""What can be wrong with a book."""

from dataclasses import dataclass
from pathlib import Path

from narrator.errors.kinds import BookError


@dataclass
class BookNotFound(BookError):
    """There is no file at `path`, or it is a folder."""

    path: Path
    is_folder: bool = False


@dataclass
class UnreadableBook(BookError):
    """The file is no book that can be read; `reason` is one plain clause."""

    path: Path
    reason: str


@dataclass
class EncryptedBook(BookError):
    """The book is locked by copy protection."""

    path: Path


@dataclass
class EmptyBook(BookError):
    """The book holds nothing that can be spoken."""

    path: Path


@dataclass
class BookTooLarge(BookError):
    """The file breaks a limit against hostile archives: `limit` names it."""

    path: Path
    limit: str


@dataclass
class ChapterOutOfRange(BookError):
    """A chapter number asked for is not in the book, which has chapters 1 to `chapters`."""

    asked: int
    chapters: int
