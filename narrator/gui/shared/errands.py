"""What a dialog has done behind it: one task at a time, told in its status line."""

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from narrator.errors import Cancelled
from narrator.gui.shared.background import Bridge, Tell, Work, run_in_background
from narrator.gui.shared.controls import StatusLine
from narrator.gui.shared.wording import error_told

Result = TypeVar("Result")
Errand = Callable[[Tell, threading.Event], Result]
"""A task for a thread: it tells its progress, and leaves off with Cancelled at the event."""


def no_matter(_: object) -> None:
    """Do nothing about some news."""


class Errands(QObject):
    """One task at a time; `changed` tells that one has begun or ended.

    Cancelled is told as "Stopped.", any other error in the words for it.
    """

    changed = Signal()

    def __init__(self, status: StatusLine, parent: QObject) -> None:
        super().__init__(parent)
        self._status = status
        self._bridge = Bridge()
        self._work: Work | None = None
        self._stop = threading.Event()

    @property
    def busy(self) -> bool:
        """Whether a task is on its way."""
        return self._work is not None

    def run(
        self,
        errand: Errand[Result],
        saying: str,
        *,
        on_done: Callable[[Result], None] = no_matter,
        on_progress: Callable[[Any], None] = no_matter,
        on_error: Callable[[Exception], None] = no_matter,
    ) -> None:
        """Begin a task, when none is on its way; on_error is called once the error is told."""
        if self.busy:
            return
        self._stop = stop = threading.Event()
        self._status.say(saying)
        self._work = run_in_background(
            self._bridge,
            lambda tell: errand(tell, stop),
            on_done=partial(self._done, on_done),
            on_error=partial(self._failed, on_error),
            on_progress=on_progress,
        )
        self.changed.emit()

    def stop(self) -> None:
        """Ask the task to leave off."""
        self._stop.set()

    def give_up(self) -> None:
        """Ask the task to leave off, and hear no more of it."""
        self.stop()
        if self._work:
            self._work.abandon()
            self._work = None

    def _done(self, on_done: Callable[[Result], None], result: Result) -> None:
        self._work = None
        self._status.say("")
        on_done(result)
        self.changed.emit()

    def _failed(self, on_error: Callable[[Exception], None], error: Exception) -> None:
        self._work = None
        if isinstance(error, Cancelled):
            self._status.announce(self.tr("Stopped."))
        else:
            self._status.warn(error_told(error))
        on_error(error)
        self.changed.emit()
