"""The formats of a narration: which files each leaves, and how they are filled, chapter by chapter.

All formats of one narration are written from the same chapter, which is kept and measured once.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from hashlib import blake2b
from math import inf
from pathlib import Path

from narrator.audio.assemble import Pause, assemble
from narrator.audio.encode import Mp3Writer, SoundWriter, WavWriter
from narrator.audio.mastering import Mastering
from narrator.audio.masters import FlacWriter, M4bWriter, OpusWriter
from narrator.audio.tags import Tags
from narrator.errors import Cancelled
from narrator.studio.narrating.commission import (
    ChapterWork,
    Commission,
    Format,
    Passage,
    Sink,
    Whole,
)
from narrator.studio.narrating.outputs import part_of, safe_name
from narrator.studio.narrating.reading_formats import ReadAlongFormat, SubtitleFormat
from narrator.studio.narrating.subtitles import WRITERS
from narrator.studio.plan import AFTER_CHAPTER, BEFORE_CHAPTER, PlannedChapter
from narrator.studio.speaking.schedule import CHARACTERS_PER_SECOND

HOUR = 3600


@dataclass(frozen=True)
class SoundFormat:
    """Sound files, one a chapter or one a book.

    version: to be raised when the same segments would be joined, levelled or encoded otherwise.
    longest: seconds of a file; what is longer is split at the end of a sentence. for_shops: whether
    it is also held to the longest file of the loudness profile. is_sample: whether it is the
    beginning of the first chapter alone, up to `longest`.
    """

    name: str
    version: int
    suffix: str
    writer: Callable[..., SoundWriter]
    bytes_per_second: int
    whole_book: bool = False
    is_sample: bool = False
    longest: float = inf
    for_shops: bool = False

    def outputs(self, commission: Commission) -> Sequence["SoundFiles"]:
        """Give the files, each chapter its own or all chapters together."""
        if self.is_sample:
            return [SoundFiles(self, commission, commission.of_book[:1])]
        if self.whole_book:
            return [SoundFiles(self, commission, tuple(commission.chapters))]
        return [SoundFiles(self, commission, (work,)) for work in commission.chapters]


@dataclass(frozen=True)
class SoundFiles:
    """One sound file, or the parts of a long one."""

    format: SoundFormat
    commission: Commission
    chapters: tuple[ChapterWork, ...]

    @property
    def title(self) -> str:
        """Of the chapter, or of the book."""
        if self.format.is_sample:
            return f"{self.commission.book.title}, sample"
        whole = self.format.whole_book
        return self.commission.book.title if whole else self.chapters[0].chapter.title

    @property
    def content(self) -> str:
        """Fingerprint of format, loudness, tags and every sentence."""
        tags = self.tags(1, 1)
        facts = (
            f"{self.format.name} {self.format.version} {self.commission.profile.name}",
            replace(tags, cover=None),
            *((work.chapter.title, work.digest) for work in self.chapters),
        )
        return blake2b(repr(facts).encode() + (tags.cover or b""), digest_size=16).hexdigest()

    @property
    def bytes_needed(self) -> int:
        """About how much room it takes, by its characters."""
        characters = sum(work.characters for work in self.chapters)
        return round(characters / CHARACTERS_PER_SECOND * self.format.bytes_per_second)

    @property
    def longest(self) -> float:
        """The seconds that one of its files may last."""
        for_shops = self.commission.profile.longest if self.format.for_shops else inf
        return min(self.format.longest, for_shops)

    @contextmanager
    def open(self) -> Iterator[Sink]:
        """Begin to write; every part appears when the last one is whole."""
        with ExitStack() as files:
            sink = _Beginning(self, files) if self.format.is_sample else _Parts(self, files)
            yield sink
            sink.name()

    def path(self, part: int, parts: int) -> Path:
        """Give where a part belongs."""
        if self.format.is_sample or self.format.whole_book:
            name = part_of(safe_name(self.title, instead="book"), part, parts)
        else:
            naming = self.commission.naming
            name = naming.chapter(self._chapter.number, self.title, part=part, parts=parts)
        return self.commission.folder / f"{name}{self.format.suffix}"

    def tags(self, part: int, parts: int) -> Tags:
        """Give what a part says of itself."""
        book, around = self.commission.book, self.commission.credits
        alone = self.format.whole_book or self.format.is_sample
        return Tags(
            title=part_of(self.title, part, parts),
            album=book.title,
            author=", ".join(book.authors),
            narrator=self.commission.narrator,
            track=part if alone else self._chapter.number + around,
            tracks=parts if alone else self.commission.of_chapters + 2 * around,
            language=book.language,
            cover=book.cover.data if book.cover else None,
            cover_type=book.cover.media_type if book.cover else "image/jpeg",
            year=book.details.date,
            subtitle=book.details.subtitle,
            series=book.details.series,
            series_number=book.details.series_number,
            description=book.details.description,
            publisher=book.details.publisher,
        )

    @property
    def _chapter(self) -> PlannedChapter:
        return self.chapters[0].chapter


class _Parts(Sink):
    """The files of one output as they are written: a new one wherever the last would be too long.

    A chapter that does not fit in begins a new file; where it is longer than any, the file ends
    after a sentence, and both sides get the room tone of a chapter's ends.
    """

    masters = True

    def __init__(self, output: SoundFiles, files: ExitStack) -> None:
        self._output = output
        self._files = files
        self._writers: list[SoundWriter] = []
        self._title = ""

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(writer.path for writer in self._writers)

    def master(self, chapter: Whole, over: threading.Event) -> None:
        self._title = chapter.title
        if not self._writers or not self._fits(chapter.sound.seconds, AFTER_CHAPTER):
            self._open()
        else:
            self._list_chapter()
        before = 0.0
        for blocks, pause in zip(chapter.sound.passages(), chapter.pauses, strict=True):
            if over.is_set():
                raise Cancelled
            if not self._fits(sum(block.seconds for block in blocks), pause):
                self._tone(AFTER_CHAPTER - before)
                self._open()
                self._tone(BEFORE_CHAPTER)
            for block in blocks:
                self._writers[-1].write(block)
            before = pause

    def name(self) -> None:
        """Give each part its name and its number, now that it is known how many there are."""
        count = len(self._writers)
        for number, writer in enumerate(self._writers, start=1):
            writer.rename(self._output.path(number, count), self._output.tags(number, count))

    def _fits(self, seconds: float, pause: float) -> bool:
        """Say whether this much still goes in, and the room tone that its `pause` lacks."""
        so_far = self._writers[-1].seconds
        room = self._output.longest - so_far - (AFTER_CHAPTER - pause)
        return seconds <= room or so_far <= BEFORE_CHAPTER

    def _open(self) -> None:
        if self._writers:
            self._writers[-1].end()
        writer = self._output.format.writer(self._output.path(1, 1))
        self._writers.append(self._files.enter_context(writer))
        self._list_chapter()

    def _list_chapter(self) -> None:
        if self._output.format.whole_book:
            self._writers[-1].begin_chapter(self._title)

    def _tone(self, seconds: float) -> None:
        for block in assemble([Pause(seconds)]):
            self._writers[-1].write(block)


class _Beginning(_Parts):
    """The sentences of a chapter that fit into one file, measured by themselves."""

    def __init__(self, output: SoundFiles, files: ExitStack) -> None:
        super().__init__(output, files)
        commission = output.commission
        self._sound = files.enter_context(Mastering(commission.profile.goal, commission.folder))
        self._pauses: list[float] = []
        self._is_full = False

    def write(self, passage: Passage) -> None:
        length = self._sound.seconds + passage.seconds + AFTER_CHAPTER - passage.pause
        self._is_full = self._is_full or length > self._output.longest
        if not self._is_full:
            self._sound.add(passage.blocks)
            self._pauses.append(passage.pause)

    def master(self, chapter: Whole, over: threading.Event) -> None:
        if self._pauses[-1] < AFTER_CHAPTER:
            self._sound.add(tuple(assemble([Pause(AFTER_CHAPTER - self._pauses[-1])])))
            self._pauses.append(AFTER_CHAPTER)
        super().master(Whole(chapter.title, self._sound, self._pauses), over)


_ALL: tuple[Format, ...] = (
    SoundFormat("mp3", 3, ".mp3", Mp3Writer, 24_000, for_shops=True),
    SoundFormat("mp3-book", 3, ".mp3", Mp3Writer, 24_000, whole_book=True),
    # Its index is in memory until the end, 6 MB for each hour; Apple's programs stop at 23 hours.
    SoundFormat("m4b", 3, ".m4b", M4bWriter, 8_000, whole_book=True, longest=12 * HOUR),
    SoundFormat("flac", 3, ".flac", FlacWriter, 24_000),
    SoundFormat("opus", 3, ".opus", OpusWriter, 8_000),
    # Many programs stop at 2 GiB.
    SoundFormat("wav", 3, ".wav", WavWriter, 48_000, longest=12 * HOUR),
    ReadAlongFormat(),
    *map(SubtitleFormat, WRITERS),
    # Of which shops want 5 minutes at most.
    SoundFormat("sample", 2, ".mp3", Mp3Writer, 24_000, is_sample=True, longest=300),
)
FORMATS = {form.name: form for form in _ALL}
