"""A chapter that is spoken becomes its files beside the narration, while the next one is spoken."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait

GRACE_SECONDS = 2.0  # that a chapter which is spoken has after a stop to become its files

Task = Callable[[threading.Event], None]


class Finishing:
    """One task at a time on a thread of its own, so that one chapter at most lies behind.

    A task gets an event, and ends with Cancelled once that is set. For one narrating thread.
    """

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="finishing")
        self._task: Future[None] | None = None
        self._over = threading.Event()

    def begin(self, task: Task) -> None:
        """Begin a task; the one before must be done."""
        self._task = self._thread.submit(task, self._over)

    def look(self) -> None:
        """Raise what the task raised, if it has come to that."""
        if self._task and self._task.done():
            self._task.result()

    def is_idle(self, seconds: float) -> bool:
        """Say whether nothing is left to do, now or within so many seconds."""
        return not (self._task and wait([self._task], seconds).not_done)

    def end(self) -> None:
        """Give the task a moment to finish, then have it end."""
        if self._task:
            wait([self._task], GRACE_SECONDS)
        self._over.set()
        self._thread.shutdown()
