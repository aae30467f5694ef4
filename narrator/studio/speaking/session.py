"""The board of a chapter as the work of one worker."""

import threading
from collections.abc import Callable
from typing import NamedTuple

from narrator.audio.segment import Segment
from narrator.studio.speaking.board import Board, Kept, Line, State
from narrator.studio.speaking.news import Failed, News, Ready, Silent, Speaking
from narrator.studio.speaking.schedule import Outcome, Task
from narrator.studio.speaking.worker import slot_after

SLOT_BITS = 14  # of a first slot of the watermark: its private layer repeats after 2^14


class _Taken(NamedTuple):
    run: int
    line: Line
    alone: bool


class Session:
    """What one worker is given, until a halt or the end; `changed` guards the board.

    tell: the news, never under the lock. on_halt: given the reason when the worker cannot go on.
    ended: whether there is no further task. latest: what was spoken last, which somebody may be
    waiting to hear.
    """

    def __init__(
        self,
        board: Board,
        changed: threading.Condition,
        tell: Callable[[News], None],
        on_halt: Callable[[Exception], None],
    ) -> None:
        self._board = board
        self._changed = changed
        self._tell = tell
        self._on_halt = on_halt
        self._taken: list[_Taken] = []
        self._run = 0
        self.ended = False
        self.latest: tuple[Line, Segment] | None = None

    def take(self, *, urgent: bool) -> tuple[Task, ...]:
        """Give the sentence that is to be spoken next; waits for one. Empty: the session ends.

        Each comes alone, because the next one may be another by then.

        urgent: only one that is wanted, while no other wanted one is being spoken.
        """
        with self._changed:
            while not self.ended and (place := self._board.next(urgent=urgent)) is None:
                self._changed.wait()
            if self.ended or place is None:
                return ()
            line = self._board.lines[place]
            task = self._task(place, alone=urgent)
            line.settle(State.SPEAKING)
            self._taken.append(_Taken(task.run, line, urgent))
            ids = line.ids
        for id in ids:
            self._tell(Speaking(id))
        return (task,)

    def settle(self, task: Task, outcome: Outcome) -> None:
        """Say what became of `task`, of those of its run the earliest that is not settled yet."""
        news: list[News] = []
        with self._changed:
            taken = next((one for one in self._taken if one.run == task.run), None)
            if taken is None:
                return
            self._taken.remove(taken)
            line = taken.line
            segment, error = outcome
            if segment:
                kept = Kept(segment.audio.seconds, segment.audio.mark.slot)
                line.settle(State.READY, kept)
                self.latest = (line, segment)
                news += (Ready(id, kept.seconds, line.key) for id in line.ids)
            elif error:
                line.settle(State.FAILED)
                news += (Failed(id, error) for id in line.ids)
            else:
                line.settle(State.SILENT)
                news += (Silent(id) for id in line.ids)
            self._changed.notify_all()
        for one in news:
            self._tell(one)

    def halt(self, reason: Exception) -> None:
        """End because of `reason`; what is in work waits again."""
        self._on_halt(reason)

    def close(self) -> None:
        """End the work: there is no further task."""
        with self._changed:
            self.ended = True
            self._changed.notify_all()

    def abandon(self) -> None:
        """End at once: what is in work waits again."""
        with self._changed:
            for taken in self._taken:
                taken.line.settle(State.WAITING)
            self._taken.clear()
            self.close()

    def in_work(self) -> tuple[Line, ...]:
        """Give what was taken and is not settled yet."""
        return tuple(taken.line for taken in self._taken)

    def _task(self, place: int, *, alone: bool) -> Task:
        """Have the watermark go on from the sentence before, where that is known.

        alone: in a run of its own, so that it waits for no other.
        """
        sentence = self._board.script[place]
        before = self._board.lines[place - 1] if place else None
        follows = bool(self._taken) and self._taken[-1].line is before
        if alone or not follows or self._taken[-1].alone:
            self._run += 1
        first = int(self._board.lines[place].key[:4], 16) >> (16 - SLOT_BITS)
        if before and before.kept:
            pause = self._board.script[place - 1].pause_after
            first = slot_after(before.kept.slot, before.kept.seconds + pause)
        return Task(self._run, first, sentence)
