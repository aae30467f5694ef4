"""What is spoken next: a window over the plan that the worker fills and the narration empties.

The worker asks for a task, so nothing is queued that could go stale; how far it may run ahead of
the narration is the look-ahead, in seconds of speech, which bounds the memory of waiting segments.
"""

import threading
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Protocol

from narrator.audio.segment import Segment
from narrator.errors import Cancelled
from narrator.studio.plan import PlannedSentence

LOOK_AHEAD_SECONDS = 60.0
# Of sentences that are spoken together. The first ones are short, for somebody may wait for them.
FIRST_BATCH_CHARACTERS, BATCH_CHARACTERS = 30, 480
CHARACTERS_PER_SECOND = 15.0  # of English read aloud; an estimate is enough here
GLANCE_SECONDS = 0.2  # how soon a stop is noticed while nothing else happens


class Task(NamedTuple):
    """A sentence to speak. run: of sentences whose watermarks go on from each other, a chapter.

    first_slot: of the watermark, for the run.
    """

    run: int
    first_slot: int
    sentence: PlannedSentence


class Outcome(NamedTuple):
    """What became of a task: a segment, an error, or neither where there was nothing to say."""

    segment: Segment | None = None
    error: Exception | None = None


class Settled(NamedTuple):
    """A task with its outcome."""

    task: Task
    outcome: Outcome


class Work(Protocol):
    """Where a worker gets its tasks from, and what it does with them; thread-safe."""

    def take(self, *, urgent: bool) -> tuple[Task, ...]:
        """Give the next tasks, of one run, to be spoken together; waits for one. Empty: no more.

        urgent: one that somebody waits for.
        """

    def settle(self, task: Task, outcome: Outcome) -> None:
        """Say what became of `task`, of those of its run the earliest that is not settled yet."""

    def halt(self, reason: Exception) -> None:
        """End the work because of `reason`; nothing is settled afterwards."""

    def close(self) -> None:
        """End the work: there is no further task."""


class Schedule:
    """The tasks in order, taken by one worker, consumed by one narration; thread-safe."""

    def __init__(
        self, tasks: Iterable[Task], *, look_ahead_seconds: float = LOOK_AHEAD_SECONDS
    ) -> None:
        self._batches = batched(tasks)
        self._look_ahead = look_ahead_seconds * CHARACTERS_PER_SECOND
        self._changed = threading.Condition()
        self._taken: deque[Task] = deque()
        self._outcomes: defaultdict[int, deque[Outcome]] = defaultdict(deque)
        self._characters = 0
        self._ended = False
        self._reason: Exception | None = None

    def take(self, *, urgent: bool = False) -> tuple[Task, ...]:
        """Give the worker its next tasks; waits for room in the look-ahead. Empty: no more.

        No task is more urgent than another.
        """
        with self._changed:
            while self._taken and self._characters >= self._look_ahead and not self._ended:
                self._changed.wait()
            batch = () if self._ended else next(self._batches, ())
            if not batch:
                self._ended = True
                self._changed.notify_all()
            self._taken += batch
            self._characters += sum(map(_characters, batch))
            return batch

    def settle(self, task: Task, outcome: Outcome) -> None:
        """Say what became of `task`, of those of its run the earliest that is not settled yet."""
        with self._changed:
            self._outcomes[task.run].append(outcome)
            self._changed.notify_all()

    def next(self, stop: threading.Event) -> Settled | None:
        """Give the narration its next sentence, in order; waits for it. None: there is no more.

        Raises Cancelled when `stop` is set, and what `halt` was given once all else is consumed.
        """
        with self._changed:
            while not (self._taken and self._outcomes[self._taken[0].run]):
                if stop.is_set():
                    raise Cancelled
                if self._reason is not None:
                    raise self._reason
                if self._ended and not self._taken:
                    return None
                self._changed.wait(GLANCE_SECONDS)
            if stop.is_set():
                raise Cancelled
            task = self._taken.popleft()
            self._characters -= _characters(task)
            self._changed.notify_all()
            return Settled(task, self._outcomes[task.run].popleft())

    def halt(self, reason: Exception) -> None:
        """End the work because of `reason`, which the narration meets after what is settled."""
        with self._changed:
            self._reason = reason
            self._ended = True
            self._changed.notify_all()

    def close(self) -> None:
        """End the work: the worker gets no further task."""
        with self._changed:
            self._ended = True
            self._changed.notify_all()


def _characters(task: Task) -> int:
    return len(task.sentence.utterance.text)


def batched(tasks: Iterable[Task]) -> Iterator[tuple[Task, ...]]:
    """Give the tasks of a run in batches that grow; how they are cut depends on nothing else."""
    room = FIRST_BATCH_CHARACTERS
    batch: list[Task] = []
    for task in tasks:
        if batch and (task.run != batch[0].run or sum(map(_characters, (*batch, task))) > room):
            yield tuple(batch)
            batch, room = [], min(2 * room, BATCH_CHARACTERS)
        batch.append(task)
    if batch:
        yield tuple(batch)
