"""Work on other threads: the GUI thread never waits, and only signals cross back to it."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

Result = TypeVar("Result")
Tell = Callable[[object], None]


class Work:
    """A task on its way. Daemon threads carry it, so a stuck one cannot hold the exit."""

    def __init__(self) -> None:
        self._wanted = True

    @property
    def wanted(self) -> bool:
        """Whether anybody still waits for what the task tells."""
        return self._wanted

    def abandon(self) -> None:
        """Let the task run out unheard: none of its callbacks comes any more."""
        self._wanted = False


class Bridge(QObject):
    """Calls back on the thread that made it, the GUI's, whatever thread the news come from."""

    _arrived = Signal(object, object, object, object)

    def __init__(self) -> None:
        super().__init__()
        self._arrived.connect(self._deliver)  # queued by Qt when the emit is on another thread

    def carry(
        self,
        work: Work,
        callback: Callable[[Any], None],
        value: object,
        unheard: Callable[[Any], None] | None = None,
    ) -> None:
        """Have `callback` called with `value`; `unheard` instead if `work` is abandoned by then."""
        self._arrived.emit(work, callback, value, unheard)

    @Slot(object, object, object, object)
    def _deliver(
        self,
        work: Work,
        callback: Callable[[object], None],
        value: object,
        unheard: Callable[[object], None] | None,
    ) -> None:
        if work.wanted:
            callback(value)
        elif unheard is not None:
            unheard(value)


def run_in_background(
    bridge: Bridge,
    task: Callable[[Tell], Result],
    *,
    on_done: Callable[[Result], None],
    on_error: Callable[[Exception], None],
    on_progress: Callable[[Any], None] | None = None,
    on_unheard: Callable[[Result], None] | None = None,
) -> Work:
    """Run `task` on a thread of its own; what becomes of it is heard on the bridge's thread.

    on_unheard: takes the result of a task that was abandoned, to let go of what it holds.

    The task is handed a function that takes its progress, a frozen value, to `on_progress`. Exactly
    one of `on_done` and `on_error` is called, after all progress.
    """
    work = Work()

    def tell(progress: object) -> None:
        if on_progress is not None:
            bridge.carry(work, on_progress, progress)

    def run() -> None:
        try:
            result = task(tell)
        except Exception as error:  # broad on purpose: the edge of the task, on_error sorts them
            bridge.carry(work, on_error, error)
        else:
            bridge.carry(work, on_done, result, on_unheard)

    threading.Thread(target=run, name="task", daemon=True).start()
    return work
