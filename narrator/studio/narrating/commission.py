"""What a narration is to leave behind, as every format sees it: chapters in, files out."""

import threading
from abc import abstractmethod
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, NamedTuple, Protocol

from narrator.audio.levels import LoudnessProfile
from narrator.audio.mastering import Mastering
from narrator.audio.segment import Segment
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.marked import MarkedAudio
from narrator.book.model import Book
from narrator.studio.narrating.names import Naming
from narrator.studio.plan import PlannedChapter, PlannedSentence
from narrator.studio.speaking.speaker import Phonemize


class Passage(NamedTuple):
    """A sentence as it goes into the files, and the pause after it, in seconds.

    blocks: the sound of both. sentence: None for the pause before the first sentence. segment:
    None where nothing was said.
    """

    blocks: tuple[MarkedAudio, ...]
    pause: float
    sentence: PlannedSentence | None = None
    segment: Segment | None = None

    @property
    def seconds(self) -> float:
        """How long it sounds."""
        return sum(block.seconds for block in self.blocks)


class Whole(NamedTuple):
    """The sound of a chapter that is spoken to its end; pauses: after each passage, in seconds."""

    title: str
    sound: Mastering
    pauses: Sequence[float]


class ChapterWork(NamedTuple):
    """A chapter to be spoken. digest: of all that its sentences say, and how they sound."""

    chapter: PlannedChapter
    digest: str
    sentences: int
    characters: int


@dataclass(frozen=True)
class Commission:
    """What all formats are told of a narration.

    source: the file that `book` was read from. narrator: title of the voice, kind: what it is.
    phonemize: the front end that it is spoken with. words: whether words are told apart. naming:
    of the chapters' files. credits: whether spoken credits stand around the chapters.
    """

    book: Book
    source: Path | None
    chapters: Sequence[ChapterWork]
    of_chapters: int
    narrator: str
    kind: VoiceKind
    phonemize: Phonemize
    words: bool
    folder: Path
    profile: LoudnessProfile
    naming: Naming = field(default_factory=Naming)
    credits: bool = False

    @property
    def of_book(self) -> tuple[ChapterWork, ...]:
        """The chapters that the book itself has, without the credits."""
        last = self.of_chapters
        return tuple(work for work in self.chapters if 1 <= work.chapter.number <= last)


class Sink(Protocol):
    """Where some chapters go: passage by passage as they are spoken, or mastered, each as a whole.

    masters: whether it wants `master` to be called, which happens on another thread, while the next
    chapter is begun and written already.
    """

    masters: ClassVar[bool] = False

    def begin(self, work: ChapterWork) -> None:
        """Say which chapter the next passages belong to."""
        return

    def write(self, passage: Passage) -> None:
        """Take the next passage."""
        return

    def master(self, chapter: Whole, over: threading.Event) -> None:
        """Take the sound of the chapter that is spoken; ends with Cancelled once `over` is set."""
        return

    @property
    @abstractmethod
    def paths(self) -> tuple[Path, ...]:
        """The finished files in their order, once the sink is closed."""


class Output(Protocol):
    """Files that are finished together, from one chapter or from several in a row."""

    @property
    def title(self) -> str:
        """Of the chapter or of the book."""

    @property
    def chapters(self) -> Sequence[ChapterWork]:
        """What goes into it."""

    @property
    def content(self) -> str:
        """Fingerprint of all that goes into it."""

    @property
    def bytes_needed(self) -> int:
        """About how much room it takes."""

    def open(self) -> AbstractContextManager[Sink]:
        """Begin; its files appear when the block ends well, and none when it does not."""


def numbers_of(output: Output) -> tuple[int, ...]:
    """Give the numbers of the chapters that go into it."""
    return tuple(work.chapter.number for work in output.chapters)


class Format(Protocol):
    """A format that can be asked for."""

    @property
    def name(self) -> str:
        """As it is asked for."""

    def outputs(self, commission: Commission) -> Sequence[Output]:
        """Give what it leaves, in the order of the chapters."""
