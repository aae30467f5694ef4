"""Chapters that are spoken become their files beside the narration, a few at a time."""

import threading
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from narrator.studio.speaking.worker import CORES

# One core encodes 330 times as fast as is heard, which two speakers outrun.
AT_ONCE = min(4, CORES)
GRACE_SECONDS = 2.0  # that a chapter which is spoken has after a stop to become its files

Task = Callable[[Future[None] | None, threading.Event], None]


class Finishing:
    """A few tasks at once on threads of their own, so that no more chapters lie behind.

    A task gets the one before it, None where that is done, and an event; it ends with Cancelled
    once that is set. For one narrating thread.
    """

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="finishing")
        self._tasks: list[Future[None]] = []
        self._over = threading.Event()

    def begin(self, task: Task) -> None:
        """Begin a task; there must be room for it."""
        before = self._tasks[-1] if self._tasks else None
        self._tasks.append(self._threads.submit(task, before, self._over))

    def look(self) -> None:
        """Raise what a task raised, if it has come to that; forget those that are done."""
        left = []
        for task in self._tasks:
            if task.done():
                task.result()
            else:
                left.append(task)
        self._tasks = left

    def has_room(self, seconds: float) -> bool:
        """Say whether another task can begin, now or within so many seconds."""
        return self._is_down_to(AT_ONCE - 1, seconds)

    def is_idle(self, seconds: float) -> bool:
        """Say whether nothing is left to do, now or as soon as a task ends within the seconds."""
        return self._is_down_to(0, seconds)

    def end(self) -> None:
        """Give the tasks a moment to finish, then have them end."""
        wait(self._tasks, GRACE_SECONDS)
        self._over.set()
        self._threads.shutdown()

    def _is_down_to(self, most: int, seconds: float) -> bool:
        left = [task for task in self._tasks if not task.done()]
        if len(left) > most:
            wait(left, seconds, return_when=FIRST_COMPLETED)
        return sum(not task.done() for task in left) <= most
