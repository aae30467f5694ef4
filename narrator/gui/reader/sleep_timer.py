"""The sleep timer: tells when the time that somebody gave it is over."""

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

MINUTES = (15, 30, 45, 60)
TICK_MILLISECONDS = 1000


class SleepTimer(QObject):
    """Emits `over` once, after some minutes or at the end of the chapter; `changed`: what is left.

    now: a clock in seconds that only goes forward.
    """

    over = Signal()
    changed = Signal()

    def __init__(self, parent: QObject, *, now: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._now = now
        self._ends: float | None = None
        self._at_chapter = False
        self._ticks = QTimer(self)
        self._ticks.setInterval(TICK_MILLISECONDS)
        self._ticks.timeout.connect(self.tick)

    @property
    def seconds_left(self) -> float | None:
        """The time that is left, None when no time was given."""
        return None if self._ends is None else max(0.0, self._ends - self._now())

    @property
    def at_chapter_end(self) -> bool:
        """Whether it waits for the end of the chapter."""
        return self._at_chapter

    def start(self, minutes: float) -> None:
        """Begin anew with so many minutes."""
        self._set(self._now() + 60 * minutes, at_chapter=False)

    def wait_for_chapter(self) -> None:
        """Wait for the end of the chapter instead."""
        self._set(None, at_chapter=True)

    def stop(self) -> None:
        """Wait for nothing any more."""
        self._set(None, at_chapter=False)

    def chapter_ended(self) -> None:
        """Take the end of a chapter for the end, if that was asked for."""
        if self._at_chapter:
            self._end()

    def tick(self) -> None:
        """Look at the clock."""
        if self.seconds_left == 0:
            self._end()
        else:
            self.changed.emit()

    def _end(self) -> None:
        self.stop()
        self.over.emit()

    def _set(self, ends: float | None, *, at_chapter: bool) -> None:
        self._ends, self._at_chapter = ends, at_chapter
        if ends is None:
            self._ticks.stop()
        else:
            self._ticks.start()
        self.changed.emit()
