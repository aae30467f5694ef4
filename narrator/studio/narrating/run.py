"""One pass over the chapters of a narration: what is spoken goes into every file that is open."""

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from narrator.audio.assemble import Joiner, Pause
from narrator.audio.mastering import Mastering
from narrator.errors import Cancelled, SentencesFailed
from narrator.studio.narrating.commission import (
    ChapterWork,
    Commission,
    Output,
    Passage,
    Sink,
    Whole,
    numbers_of,
)
from narrator.studio.narrating.finishing import Finishing
from narrator.studio.narrating.gate import Gate
from narrator.studio.narrating.outputs import Record
from narrator.studio.plan import BEFORE_CHAPTER
from narrator.studio.speaking.cache import Cache
from narrator.studio.speaking.pace import Pace, Progress
from narrator.studio.speaking.schedule import GLANCE_SECONDS, Schedule, Settled, Task
from narrator.studio.speaking.speaker import Voicing
from narrator.studio.speaking.worker import Worker

# Of a chapter's first slot in the watermark: its private layer repeats after 2^14 slots.
SLOT_BITS = 14

log = logging.getLogger(__name__)


class Finished(NamedTuple):
    """Files that are finished together. chapters: their numbers. kept: from an earlier run."""

    paths: tuple[Path, ...]
    chapters: tuple[int, ...]
    kept: bool


@dataclass(frozen=True)
class Listener:
    """What a roof wants to hear of a narration, called on its own thread."""

    on_progress: Callable[[Progress], None]
    on_finished: Callable[[Finished], None]


@dataclass
class Narration:
    """What became of an order. missing: titles of what a stop left unwritten.

    incomplete: titles of books that are not written, because of a chapter in `failed`.
    """

    written: list[Path] = field(default_factory=list)
    kept: list[Path] = field(default_factory=list)
    failed: list[SentencesFailed] = field(default_factory=list)
    incomplete: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True, eq=False)
class _Open:
    """An output that is being written."""

    output: Output
    context: AbstractContextManager[Sink]
    sink: Sink
    whole: threading.Event = field(default_factory=threading.Event)

    @property
    def is_for_several(self) -> bool:
        """Whether it holds more chapters than one."""
        return len(self.output.chapters) > 1


class Run:
    """One pass over the chapters of which something is not there yet.

    While a chapter is spoken, those before it are mastered and written on other threads.
    """

    def __init__(
        self,
        outputs: Sequence[Output],
        commission: Commission,
        record: Record,
        result: Narration,
        listener: Listener,
        stop: threading.Event,
        gate: Gate,
    ) -> None:
        needed = {number for output in outputs for number in numbers_of(output)}
        self._works = [work for work in commission.chapters if work.chapter.number in needed]
        self._commission = commission
        self._record = record
        self._result = result
        self._listener = listener
        self._stop = stop
        self._gate = gate
        self._over = threading.Event()
        self._waiting = list(outputs)
        self._open: list[_Open] = []
        self._finishing = Finishing()
        self._handed: list[_Open] = []
        characters = sum(work.characters for work in self._works)
        self._pace = Pace(characters, lambda: gate.open_seconds)

    def speak(self, voicing: Voicing, cache: Cache) -> None:
        """Take the chapters one after the other while the worker speaks ahead."""
        schedule = Schedule(self._tasks())
        worker = Worker(schedule, voicing, cache)
        worker.start()
        try:
            for number, work in enumerate(self._works, start=1):
                self._take(number, work, schedule)
            self._wait_until(self._finishing.is_idle)
        except BaseException as error:
            self._finishing.end()
            self._tell_finished(to_the_end=True)
            if isinstance(error, Cancelled):
                left = [one.output for one in (*self._handed, *self._open)]
                self._result.missing += (output.title for output in (*left, *self._waiting))
            _give_up(self._open, error)
            if not isinstance(error, Cancelled):
                raise
        finally:
            self._over.set()
            self._finishing.end()
            worker.stop()

    def _take(self, number: int, work: ChapterWork, schedule: Schedule) -> None:
        self._begin(work)
        try:
            with ExitStack() as kept:
                chapter = self._spoken(number, work, schedule, kept)
                self._wait_until(self._finishing.has_room)
                self._hand_over(work, chapter, kept.pop_all())
        except SentencesFailed as error:
            log.warning("chapter %d is not written", work.chapter.number)
            self._result.failed.append(error)
            several = [one for one in self._open if one.is_for_several]
            self._result.incomplete += (one.output.title for one in several)
            self._wait_until(self._finishing.is_idle)
            _give_up(self._open, error)

    def _begin(self, work: ChapterWork) -> None:
        for output in [output for output in self._waiting if output.chapters[0] is work]:
            self._waiting.remove(output)
            context = output.open()
            self._open.append(_Open(output, context, context.__enter__()))
        for one in self._open:
            one.sink.begin(work)

    def _spoken(self, number: int, work: ChapterWork, schedule: Schedule, kept: ExitStack) -> Whole:
        """Show a chapter to the sinks as it is spoken, and keep its sound once for all masters."""
        goal, folder = self._commission.profile.goal, self._commission.folder
        sound = kept.enter_context(Mastering(goal, folder))
        wanted = any(one.sink.masters for one in self._open)
        pauses = []
        for passage in self._passages(number, work, schedule):
            self._look_beside()
            if wanted:
                sound.add(passage.blocks)
            pauses.append(passage.pause)
            for one in self._open:
                one.sink.write(passage)
        return Whole(work.chapter.title, sound, pauses)

    def _hand_over(self, work: ChapterWork, chapter: Whole, kept: ExitStack) -> None:
        # Those of this chapter alone wait for no other chapter.
        every = sorted(self._open, key=lambda one: one.is_for_several)
        done = [one for one in every if one.output.chapters[-1] is work]
        self._open = [one for one in self._open if one not in done]
        self._handed += done
        self._finishing.begin(partial(self._finish, chapter, kept, every, done))

    def _finish(
        self,
        chapter: Whole,
        kept: ExitStack,
        every: Sequence[_Open],
        done: list[_Open],
        before: Future[None] | None,
        over: threading.Event,
    ) -> None:
        """Master a chapter, and finish the files that end with it; on a thread for that.

        before: the chapter before it, which goes first into the files that hold both.
        """
        try:
            with kept:
                for one in every:
                    if before and one.is_for_several:
                        before.result()
                    one.sink.master(chapter, over)
                    if one in done:
                        done.remove(one)
                        one.context.__exit__(None, None, None)
                        self._record.add(one.sink.paths, one.output.content)
                        one.whole.set()
        except BaseException as error:
            _give_up(done, error)
            raise

    def _wait_until(self, is_so: Callable[[float], bool]) -> None:
        """Tell what is finished until it is so; is_so: of Finishing."""
        while not is_so(GLANCE_SECONDS):
            self._look_beside()
        self._look_beside()

    def _look_beside(self) -> None:
        """Tell what is finished; raises what went wrong with it, and Cancelled at a stop."""
        self._tell_finished()
        self._finishing.look()
        if self._stop.is_set():
            raise Cancelled

    def _tell_finished(self, *, to_the_end: bool = False) -> None:
        """Tell it in order, as far as that goes. to_the_end: also what comes after a gap."""
        for one in tuple(self._handed):
            if one.whole.is_set():
                self._handed.remove(one)
                self._result.written += one.sink.paths
                numbers = numbers_of(one.output)
                self._listener.on_finished(Finished(one.sink.paths, numbers, kept=False))
            elif not to_the_end:
                break

    def _passages(self, number: int, work: ChapterWork, schedule: Schedule) -> Iterator[Passage]:
        failed: list[str] = []
        joiner = Joiner(self._commission.profile.leveller())
        yield Passage(tuple(joiner.add(Pause(BEFORE_CHAPTER))), BEFORE_CHAPTER)
        for place in range(1, work.sentences + 1):
            self._gate.go_through(self._stop)
            settled = schedule.next(self._stop)
            if settled is None:
                raise AssertionError("the schedule ended before the chapter")
            task, (segment, error) = settled
            sentence = task.sentence
            if error:
                failed.append(sentence.utterance.text)
            said = joiner.add(segment) if segment else ()
            blocks = (*said, *joiner.add(Pause(sentence.pause_after)))
            yield Passage(blocks, sentence.pause_after, sentence, segment)
            self._tell(number, work, place, settled)
        if failed:
            raise SentencesFailed(work.chapter.title, tuple(failed))

    def _tasks(self) -> Iterator[Task]:
        for work in self._works:
            number = work.chapter.number
            digest = sha256(f"{self._commission.book.title}\0{number}".encode()).digest()
            first_slot = int.from_bytes(digest[:2]) >> (16 - SLOT_BITS)
            for sentence in work.chapter.sentences():
                # Nothing is spoken ahead of a pause either. The schedule is locked meanwhile.
                self._gate.go_through(self._stop, self._over)
                yield Task(number, first_slot, sentence)

    def _tell(self, number: int, work: ChapterWork, sentence: int, settled: Settled) -> None:
        segment, spoken = settled.outcome.segment, settled.task.sentence
        seconds = spoken.pause_after + (segment.audio.seconds if segment else 0.0)
        self._pace.add(len(spoken.utterance.text), seconds)
        self._listener.on_progress(
            Progress(
                chapter=number,
                chapters=len(self._works),
                title=work.chapter.title,
                sentence=sentence,
                sentences=work.sentences,
                seconds_left=self._pace.seconds_left,
                times_real_time=self._pace.times_real_time,
            )
        )


def _give_up(files: list[_Open], error: BaseException) -> None:
    """Leave files unwritten, and the list empty; raises what `error` is to one of them by name."""
    contexts = ExitStack()
    for one in files:
        contexts.push(one.context)
    files.clear()
    contexts.__exit__(type(error), error, error.__traceback__)
