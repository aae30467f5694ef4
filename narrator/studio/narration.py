"""Narrate a book from start to end: chapters as tagged MP3 files, written while they are spoken.

Run again it goes on: finished chapters are kept, sentences spoken before come from the cache.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import blake2b, sha256
from pathlib import Path
from typing import NamedTuple

from narrator.audio.assemble import Pause, assemble
from narrator.audio.encode import Mp3Writer
from narrator.audio.segment import Segment
from narrator.audio.tags import Tags
from narrator.book.model import Book
from narrator.disk import free_bytes, sweep_temporaries
from narrator.errors import Cancelled, DiskFull, SentencesFailed
from narrator.profiles.profile import VoiceProfile
from narrator.profiles.records import ConsentRecord
from narrator.speech import Prosody
from narrator.studio.cache import Cache, segment_key
from narrator.studio.outputs import Record, chapter_file_name
from narrator.studio.pace import Pace, Progress
from narrator.studio.plan import BEFORE_CHAPTER, Choices, PlannedChapter, plan_book
from narrator.studio.schedule import CHARACTERS_PER_SECOND, Schedule, Settled, Task
from narrator.studio.studio import Studio
from narrator.studio.worker import Voicing, Worker

# To be raised when the same segments would be joined, levelled or encoded otherwise.
FORMAT = "mp3 1"
MP3_BYTES_PER_SECOND = 192_000 // 8
# Of a chapter's first slot in the watermark: its private layer repeats after 2^14 slots.
SLOT_BITS = 14

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Order:
    """What the user asks for. ranges: first and last chapter, from 1; None is the whole book.

    notice: whether the first file begins by saying that an AI reads; None: where the voice is a
    replica. Only a user who keeps the files to himself may leave it out there.
    """

    folder: Path
    voice: str
    speed: float = 1.0
    device: str = "auto"
    ranges: Sequence[tuple[int, int]] | None = None
    notice: bool | None = None


@dataclass(frozen=True)
class Listener:
    """What a roof wants to hear of a narration, called on its own thread."""

    on_progress: Callable[[Progress], None]
    on_chapter: Callable[[Path, bool], None]
    """The file of a finished chapter, and whether it was there from an earlier run."""


@dataclass
class Narration:
    """What became of an order. missing: titles of chapters that a stop left unwritten."""

    written: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    failed: list[SentencesFailed] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


class _Output(NamedTuple):
    chapter: PlannedChapter
    path: Path
    tags: Tags
    content: str
    sentences: int
    characters: int


def narrate(
    book: Book, order: Order, studio: Studio, listener: Listener, stop: threading.Event
) -> Narration:
    """Speak the chapters of `book` into files in `order.folder`, and give what became of each.

    A chapter with a sentence that cannot be spoken is not written, the others go on. `stop` ends
    the work after the sentence at hand. Raises ChapterOutOfRange, VoiceError, DiskFull,
    FolderNotWritable, what keeps the engine from working, and the reason of three
    failures in a row.
    """
    voice = studio.voices.get(order.voice)
    choices = Choices(voice.ref, Prosody(speed=order.speed))
    plan = plan_book(book, choices, ranges=order.ranges, notice=_notice(voice, order.notice))
    voicing = studio.voicing(order.device)
    outputs = [
        _output(book, chapter, plan.of_chapters, order, voice.title, voicing.pipeline)
        for chapter in plan.chapters
    ]
    record = Record(order.folder)
    record.save()
    sweep_temporaries(order.folder)
    result = Narration()
    to_write: list[_Output] = []
    for output in outputs:
        if record.holds(output.path, output.content):
            result.kept.append(output.path)
            listener.on_chapter(output.path, True)
        else:
            to_write.append(output)
    if to_write:
        _check_room(order.folder, to_write)
        _Run(to_write, record, result, listener, stop).speak(voicing, studio.cache, book.title)
    return result


def _notice(voice: VoiceProfile, asked: bool | None) -> str:
    if not (voice.is_replica if asked is None else asked):
        return ""
    if isinstance(voice.origin, ConsentRecord):
        speaker = voice.origin.facts.speaker
        return f"This audiobook is read by an authorised AI replica of {speaker}'s voice."
    return "This audiobook is read by an AI voice."


def _output(
    book: Book, chapter: PlannedChapter, of: int, order: Order, narrator: str, pipeline: str
) -> _Output:
    tags = Tags(
        title=chapter.title,
        album=book.title,
        author=", ".join(book.authors),
        narrator=narrator,
        track=chapter.number,
        tracks=of,
        language=book.language,
        cover=book.cover.data if book.cover else None,
        cover_type=book.cover.media_type if book.cover else "image/jpeg",
    )
    content = blake2b(f"{FORMAT}\n{replace(tags, cover=None)}\n".encode(), digest_size=16)
    content.update(tags.cover or b"")
    sentences = characters = 0
    for utterance, pause_after in chapter.sentences():
        content.update(f"\n{segment_key(utterance, pipeline)} {pause_after}".encode())
        sentences += 1
        characters += len(utterance.text)
    path = order.folder / chapter_file_name(chapter.number, of, chapter.title)
    return _Output(chapter, path, tags, content.hexdigest(), sentences, characters)


def _check_room(folder: Path, outputs: Sequence[_Output]) -> None:
    characters = sum(output.characters for output in outputs)
    needed = round(characters / CHARACTERS_PER_SECOND * MP3_BYTES_PER_SECOND)
    if free_bytes(folder) < needed:
        raise DiskFull(folder, needed)


class _Run:
    """One pass over the chapters that are not there yet."""

    def __init__(
        self,
        outputs: Sequence[_Output],
        record: Record,
        result: Narration,
        listener: Listener,
        stop: threading.Event,
    ) -> None:
        self._outputs = outputs
        self._record = record
        self._result = result
        self._listener = listener
        self._stop = stop
        characters = sum(output.characters for output in outputs)
        self._pace = Pace(characters, time.monotonic)

    def speak(self, voicing: Voicing, cache: Cache, book_title: str) -> None:
        """Write the chapters one after the other while the worker speaks ahead."""
        schedule = Schedule(_tasks(self._outputs, book_title))
        worker = Worker(schedule, voicing, cache)
        worker.start()
        try:
            for number, output in enumerate(self._outputs, start=1):
                self._write(number, output, schedule)
        except Cancelled:
            finished = len(self._result.written) + len(self._result.failed)
            self._result.missing += [output.chapter.title for output in self._outputs[finished:]]
        finally:
            worker.stop()

    def _write(self, number: int, output: _Output, schedule: Schedule) -> None:
        try:
            with Mp3Writer(output.path, tags=output.tags) as writer:
                for block in assemble(self._parts(number, output, schedule)):
                    writer.write(block)
        except SentencesFailed as error:
            log.warning("chapter %d is not written", output.chapter.number)
            self._result.failed.append(error)
            return
        self._record.add(output.path, output.content)
        self._result.written.append(output.path)
        self._listener.on_chapter(output.path, False)

    def _parts(self, number: int, output: _Output, schedule: Schedule) -> Iterator[Segment | Pause]:
        failed: list[str] = []
        yield Pause(BEFORE_CHAPTER)
        for sentence in range(1, output.sentences + 1):
            settled = schedule.next(self._stop)
            if settled is None:
                raise AssertionError("the schedule ended before the chapter")
            task, (segment, error) = settled
            if error:
                failed.append(task.sentence.utterance.text)
            if segment:
                yield segment
            yield Pause(task.sentence.pause_after)
            self._tell(number, output, sentence, settled)
        if failed:
            raise SentencesFailed(output.chapter.title, tuple(failed))

    def _tell(self, number: int, output: _Output, sentence: int, settled: Settled) -> None:
        segment, (utterance, pause_after) = settled.outcome.segment, settled.task.sentence
        seconds = pause_after + (segment.audio.seconds if segment else 0.0)
        self._pace.add(len(utterance.text), seconds)
        self._listener.on_progress(
            Progress(
                chapter=number,
                chapters=len(self._outputs),
                title=output.chapter.title,
                sentence=sentence,
                sentences=output.sentences,
                seconds_left=self._pace.seconds_left,
                times_real_time=self._pace.times_real_time,
            )
        )


def _tasks(outputs: Sequence[_Output], book_title: str) -> Iterator[Task]:
    for output in outputs:
        number = output.chapter.number
        digest = sha256(f"{book_title}\0{number}".encode()).digest()
        first_slot = int.from_bytes(digest[:2]) >> (16 - SLOT_BITS)
        for sentence in output.chapter.sentences():
            yield Task(number, first_slot, sentence)
