"""The worker: takes sentences, speaks them, marks them, settles them.

`Worker._marked` is the one place where Speech becomes MarkedAudio.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import NamedTuple, Protocol

from narrator.audio.segment import Segment
from narrator.audio.sentence import trim
from narrator.audio.watermark.grid import SLOTS_PER_SECOND, VoiceKind
from narrator.audio.watermark.marked import mark, self_test
from narrator.audio.watermark.payload import payload_of_voice
from narrator.errors import DiskFull, FolderNotWritable, NothingToSay
from narrator.speech import (
    Engine,
    Opening,
    Phonemes,
    Pronunciation,
    Speech,
    SynthesisRequest,
    Utterance,
    VoiceEmbedding,
    VoiceRef,
)
from narrator.studio.speaking.cache import Cache, segment_key
from narrator.studio.speaking.schedule import Outcome, Task, Work

FAILURES_IN_A_ROW = 3
JOIN_SECONDS = 2.0
_AFFINE = hasattr(os, "sched_getaffinity")
CORES = len(os.sched_getaffinity(0)) if _AFFINE else os.cpu_count() or 1
SPEAKERS = min(CORES, max(2, CORES // 2))  # half of the cores are left to marking and encoding
BESIDE_EXPRESS = max(1, SPEAKERS - 1)  # what is urgent finds a core free
# Batches that may be spoken already while the marking waits for a long one before them; with none,
# the speakers wait for each other.
SPOKEN_AHEAD = 2
LONGEST_WAIT = 1.0  # seconds that what is not urgent waits for what is

log = logging.getLogger(__name__)


class Phonemize(Protocol):
    """Written text to phonemes, as text/frontend.py does it."""

    def __call__(
        self, text: str, *, opening: Opening, pronunciations: tuple[Pronunciation, ...]
    ) -> Phonemes:
        """Give the phonemes of one sentence."""


class Voicing(NamedTuple):
    """What the worker speaks with. pipeline: fingerprint of what else changes the sound."""

    load_engine: Callable[[], Engine]
    phonemize: Phonemize
    embedding: Callable[[VoiceRef], VoiceEmbedding]
    pipeline: str
    key: bytes


class _Unready(Exception):
    """Engine or voice cannot be loaded, so no sentence could be spoken."""

    def __init__(self, reason: Exception) -> None:
        super().__init__()
        self.reason = reason


class _Asked(NamedTuple):
    """A task that is not in the cache."""

    key: str
    request: SynthesisRequest


class _Spoken(NamedTuple):
    """A task on its way from the speaking thread to the marking thread: one of the three is set."""

    key: str
    segment: Segment | None = None
    speech: Speech | None = None
    error: Exception | None = None


class _Due(NamedTuple):
    """Tasks that are to be marked once they are spoken."""

    tasks: tuple[Task, ...]
    spoken: Future[list[_Spoken]]
    urgent: bool


class Worker:
    """Speaks what `work` gives; loads the engine at the first need.

    express: whether what is urgent, each in a run of its own, gets a thread that speaks and marks
    it and waits for no sentence in work; the marking of all others waits for it.
    One daemon thread takes the tasks, a batch when a speaker is free for it; a few speak, side by
    side, since sentences spoken at once use the cores better than one sentence cut into threads;
    one more, where there are cores for it, marks, keeps and settles, each run in the order of its
    tasks.
    """

    def __init__(
        self, work: Work, voicing: Voicing, cache: Cache, *, express: bool = False
    ) -> None:
        self._work = work
        self._voicing = voicing
        self._cache = cache
        self._loading = threading.Lock()
        self._engine: Engine | None = None
        self._unready: Exception | None = None
        self._slots: dict[int, int] = {}
        self._failures = 0
        self._halted = False
        self._threads = [
            threading.Thread(target=self._run, args=(urgent,), name="synthesis", daemon=True)
            for urgent in ((False, True) if express else (False,))
        ]
        self._ordering = threading.Lock()
        self._due: dict[int, deque[_Due]] = {}
        self._in_marking: set[int] = set()
        self._left = False
        ordinary = BESIDE_EXPRESS if express else SPEAKERS
        self._unmarked = ordinary + express + SPOKEN_AHEAD
        self._room = threading.Semaphore(self._unmarked)
        self._free = {False: threading.Semaphore(ordinary), True: threading.Semaphore(1)}
        at_once = ThreadPoolExecutor(1, "speaking at once")
        speaking = ThreadPoolExecutor(ordinary, "speaking")
        self._speaking = {False: speaking, True: at_once}
        # With two cores a third thread gains nothing, and the three wait for each other.
        marking = speaking if CORES <= 2 else ThreadPoolExecutor(1, "marking")
        self._marking = {False: marking, True: at_once}
        self._nothing_urgent = threading.Event()
        self._nothing_urgent.set()

    def start(self) -> None:
        """Begin to speak."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """End after the sentences in work; waits for them, but not for those that take long."""
        self._work.close()
        deadline = time.monotonic() + JOIN_SECONDS
        for thread in self._threads:
            thread.join(max(0.0, deadline - time.monotonic()))
        idle = all(
            self._room.acquire(timeout=max(0.0, deadline - time.monotonic()))
            for _ in range(self._unmarked)
        )
        with self._ordering:
            self._left = not idle
        if idle:
            for pool in (*self._speaking.values(), *self._marking.values()):
                pool.shutdown()

    def _run(self, urgent: bool) -> None:
        try:
            while tasks := self._next(urgent):
                if urgent:
                    self._nothing_urgent.clear()
                run = tasks[0].run
                spoken = self._speaking[urgent].submit(self._speak, tasks, self._free[urgent])
                with self._ordering:
                    self._due.setdefault(run, deque()).append(_Due(tasks, spoken, urgent))
                spoken.add_done_callback(partial(self._mark_due, run))
        except Exception as error:  # broad on purpose: the narration waits to hear of it
            log.exception("the synthesis thread ends")
            self._work.halt(error)

    def _mark_due(self, run: int, _: object = None) -> None:
        """Have marked what is spoken next of a run, unless something before it still is."""
        with self._ordering:
            due = None if self._left else self._due.get(run)
            if due and due[0].spoken.done() and run not in self._in_marking:
                self._in_marking.add(run)
                self._marking[due[0].urgent].submit(self._settle, run, due.popleft())
            if not due:
                self._due.pop(run, None)

    def _next(self, urgent: bool) -> tuple[Task, ...]:
        """Take as late as can be: what is wanted at once waits for no other task in a queue."""
        self._room.acquire()
        self._free[urgent].acquire()
        tasks: tuple[Task, ...] = ()
        try:
            tasks = self._work.take(urgent=urgent)
        finally:
            if not tasks:
                self._free[urgent].release()
                self._room.release()
        return tasks

    def _speak(self, tasks: Sequence[Task], free: threading.Semaphore) -> list[_Spoken]:
        try:
            found = [self._looked_up(task.sentence.utterance) for task in tasks]
            spoken = iter(self._together([one for one in found if isinstance(one, _Asked)]))
            return [next(spoken) if isinstance(one, _Asked) else one for one in found]
        finally:
            free.release()

    def _looked_up(self, utterance: Utterance) -> _Spoken | _Asked:
        key = segment_key(utterance, self._voicing.pipeline)
        try:
            voice = self._allowed(utterance.voice)  # first: what is kept needs the consent as well
            segment = self._cache.get(key)
            if segment is not None:
                return _Spoken(key, segment=segment)
            phonemes = self._voicing.phonemize(
                utterance.text, opening=utterance.opening, pronunciations=utterance.pronunciations
            )
            prosody, take = utterance.prosody, utterance.take
            return _Asked(key, SynthesisRequest(phonemes, voice, prosody, _seed(key), take))
        except Exception as error:  # broad on purpose: settled in its turn
            return _Spoken(key, error=error)

    def _together(self, asked: Sequence[_Asked]) -> list[_Spoken]:
        """Speak tasks at once; where that fails each alone, so that only what is at fault fails."""
        if not asked:
            return []
        try:
            speeches = map(trim, self._ready().synthesize([one.request for one in asked]))
            return [
                _Spoken(one.key, speech=made) for one, made in zip(asked, speeches, strict=True)
            ]
        except Exception as error:  # broad on purpose: settled in its turn
            if len(asked) == 1:
                return [_Spoken(asked[0].key, error=error)]
            return [spoken for one in asked for spoken in self._together([one])]

    def _settle(self, run: int, due: _Due) -> None:
        if not due.urgent:
            self._nothing_urgent.wait(LONGEST_WAIT)
        try:
            for task, spoken in zip(due.tasks, due.spoken.result(), strict=True):
                if not self._halted:
                    self._work.settle(task, self._outcome(task, spoken))
        except Exception as error:  # broad on purpose: the narration waits to hear of it
            self._halted = True
            self._work.halt(error.reason if isinstance(error, _Unready) else error)
        finally:
            if due.urgent:
                self._nothing_urgent.set()
            with self._ordering:
                self._in_marking.discard(run)
            self._mark_due(run)
            self._room.release()

    def _outcome(self, task: Task, spoken: _Spoken) -> Outcome:
        try:
            segment = self._marked(task, spoken)
        except NothingToSay:
            log.info("nothing to say in sentence %d of run %d", task.sentence.id, task.run)
            return Outcome()
        except (DiskFull, FolderNotWritable, _Unready):
            raise
        except Exception as error:  # broad on purpose: a sentence must not end the book
            return self._given_up(task, error)
        self._failures = 0
        return Outcome(segment)

    def _marked(self, task: Task, spoken: _Spoken) -> Segment:
        if spoken.error is not None:
            raise spoken.error
        segment = spoken.segment
        if spoken.speech is not None:
            number = task.sentence.utterance.voice.number
            marked = mark(
                spoken.speech.audio,
                key=self._voicing.key,
                kind=VoiceKind.of_voice(number),
                payload=payload_of_voice(number),
                slot=self._slots.get(task.run, task.first_slot),
            )
            segment = self._cache.put(spoken.key, Segment(marked, spoken.speech.timings))
        if segment is None:
            raise AssertionError("a task was neither spoken nor found")
        sound = segment.audio
        after = slot_after(sound.mark.slot, sound.seconds + task.sentence.pause_after)
        with self._ordering:
            self._slots.pop(task.run, None)
            self._slots[task.run] = after
            if len(self._slots) > self._unmarked:  # of no more runs there can be tasks on their way
                del self._slots[next(iter(self._slots))]
        return segment

    def _allowed(self, voice: VoiceRef) -> VoiceEmbedding:
        try:
            return self._voicing.embedding(voice)
        except Exception as error:  # broad on purpose: it would meet each sentence
            raise _Unready(error) from error

    def _ready(self) -> Engine:
        with self._loading:
            if self._unready is not None:
                raise _Unready(self._unready)
            try:
                if self._engine is None:
                    self_test()
                    self._engine = self._voicing.load_engine()
            except Exception as error:  # broad on purpose: it would meet each sentence
                self._unready = error
                raise _Unready(error) from error
            return self._engine

    def _given_up(self, task: Task, error: Exception) -> Outcome:
        log.error("sentence %d was not spoken", task.sentence.id, exc_info=error)
        self._failures += 1
        if self._failures == FAILURES_IN_A_ROW:
            raise error
        return Outcome(error=error)


def slot_after(slot: int, seconds: float) -> int:
    """Give the slot that the watermark goes on with, `seconds` after it began with `slot`."""
    return slot + round(seconds * SLOTS_PER_SECOND)


def _seed(key: str) -> int:
    """Give a seed of 32 bits that is the same whenever the same utterance is spoken."""
    return int(key[:8], 16)
