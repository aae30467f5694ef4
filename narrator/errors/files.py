"""What can be wrong with what is written, and where."""

from dataclasses import dataclass
from pathlib import Path

from narrator.errors.kinds import ExportError, NarratorError


@dataclass
class EncoderFailed(ExportError):
    """An encoder refused the audio."""

    path: Path
    reason: str


@dataclass
class FolderNotWritable(ExportError):
    """Files cannot be written into this folder."""

    path: Path
    reason: str


@dataclass
class UnknownNameField(ExportError):
    """A template for file names has a field, in braces, that is none of `known`."""

    field: str
    known: tuple[str, ...]


@dataclass
class SentencesFailed(ExportError):
    """Some sentences of a chapter could not be spoken, so the chapter was not written."""

    chapter: str
    sentences: tuple[str, ...]


@dataclass
class DiskFull(NarratorError):
    """The disk that holds `path` has no room; `needed_bytes` is 0 where it is not known."""

    path: Path
    needed_bytes: int = 0


class NoScreen(NarratorError):
    """There is no screen to open the window on."""
