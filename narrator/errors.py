"""Every error a user can meet, by name, with the facts that words.py puts into one sentence.

NarratorError
├── BookError      BookNotFound UnreadableBook EncryptedBook EmptyBook BookTooLarge
ChapterOutOfRange ├── VoiceError     UnknownVoice VoiceDamaged ├── EngineError    ModelMissing
ModelAltered ModelMismatch DeviceUnavailable NothingToSay ├── AudioError     NoOutputDevice
UnreadableAudio MarkFailed ├── ExportError    EncoderFailed FolderNotWritable SentencesFailed ├──
DiskFull └── NoScreen

Cancelled stands beside the tree: it is raised to leave work that the user stopped, and shown to
nobody.
"""

from dataclasses import dataclass
from pathlib import Path


class NarratorError(Exception):
    """Something the user can be told in one sentence, with what to do next."""


class BookError(NarratorError):
    """The book cannot be narrated as it is."""


class VoiceError(NarratorError):
    """The voice cannot be used."""


class EngineError(NarratorError):
    """The speech engine cannot work."""


class AudioError(NarratorError):
    """Sound cannot be played, read or marked."""


class ExportError(NarratorError):
    """The narrated files cannot be written."""


class Cancelled(Exception):
    """The user stopped the work; what is finished stays."""


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


@dataclass
class UnknownVoice(VoiceError):
    """No voice of this name is installed; `known` lists those that are."""

    name: str
    known: tuple[str, ...]


@dataclass
class VoiceDamaged(VoiceError):
    """The files of a voice cannot be read or do not fit the model."""

    name: str
    reason: str


@dataclass
class ModelMissing(EngineError):
    """A file of the voice model is not where it should be."""

    path: Path


@dataclass
class ModelAltered(EngineError):
    """A file of the voice model is not the one that was installed."""

    path: Path
    reason: str


@dataclass
class ModelMismatch(EngineError):
    """Two parts of the voice model do not belong together."""

    reason: str


@dataclass
class DeviceUnavailable(EngineError):
    """The computing device asked for is not on this machine."""

    device: str


@dataclass
class NothingToSay(EngineError):
    """The text holds nothing that can be spoken."""

    text: str


@dataclass
class NoOutputDevice(AudioError):
    """Sound cannot be played here; `reason` is the system's own word."""

    reason: str


@dataclass
class UnreadableAudio(AudioError):
    """A sound file cannot be decoded."""

    path: Path
    reason: str


@dataclass
class MarkFailed(AudioError):
    """The watermark could not be put into the speech, so nothing was spoken."""

    reason: str


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
