"""The worker: takes sentences, speaks them, marks them, settles them.

`Worker._marked` is the one place where Speech becomes MarkedAudio.
"""

import logging
import os
import threading
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

from narrator.audio.segment import Segment
from narrator.audio.watermark.grid import SLOTS_PER_SECOND, VoiceKind
from narrator.audio.watermark.marked import mark
from narrator.audio.watermark.payload import payload_of_voice
from narrator.errors import DiskFull, FolderNotWritable, NothingToSay
from narrator.studio.speaking.cache import Cache
from narrator.studio.speaking.schedule import Outcome, Task, Work
from narrator.studio.speaking.speaker import Speaker, Spoken, Unready, Voicing

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


class _Due(NamedTuple):
    """Tasks that are to be marked once they are spoken."""

    tasks: tuple[Task, ...]
    spoken: Future[list[Spoken]]
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
        self._key = voicing.key
        self._cache = cache
        self._speaker = Speaker(voicing, cache)
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

    def _speak(self, tasks: Sequence[Task], free: threading.Semaphore) -> list[Spoken]:
        try:
            return self._speaker.speak([task.sentence.utterance for task in tasks])
        finally:
            free.release()

    def _settle(self, run: int, due: _Due) -> None:
        if not due.urgent:
            self._nothing_urgent.wait(LONGEST_WAIT)
        try:
            for task, spoken in zip(due.tasks, due.spoken.result(), strict=True):
                if not self._halted:
                    self._work.settle(task, self._outcome(task, spoken))
        except Exception as error:  # broad on purpose: the narration waits to hear of it
            self._halted = True
            self._work.halt(error.reason if isinstance(error, Unready) else error)
        finally:
            if due.urgent:
                self._nothing_urgent.set()
            with self._ordering:
                self._in_marking.discard(run)
            self._mark_due(run)
            self._room.release()

    def _outcome(self, task: Task, spoken: Spoken) -> Outcome:
        try:
            segment = self._marked(task, spoken)
        except NothingToSay:
            log.info("nothing to say in sentence %d of run %d", task.sentence.id, task.run)
            return Outcome()
        except (DiskFull, FolderNotWritable, Unready):
            raise
        except Exception as error:  # broad on purpose: a sentence must not end the book
            return self._given_up(task, error)
        self._failures = 0
        return Outcome(segment)

    def _marked(self, task: Task, spoken: Spoken) -> Segment:
        if spoken.error is not None:
            raise spoken.error
        segment = spoken.segment
        if spoken.speech is not None:
            number = task.sentence.utterance.voice.number
            marked = mark(
                spoken.speech.audio,
                key=self._key,
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

    def _given_up(self, task: Task, error: Exception) -> Outcome:
        log.error("sentence %d was not spoken", task.sentence.id, exc_info=error)
        self._failures += 1
        if self._failures == FAILURES_IN_A_ROW:
            raise error
        return Outcome(error=error)


def slot_after(slot: int, seconds: float) -> int:
    """Give the slot that the watermark goes on with, `seconds` after it began with `slot`."""
    return slot + round(seconds * SLOTS_PER_SECOND)
