"""Milliseconds of what a window does, and by how much its event loop comes late."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from own_process import Figures
from PySide6.QtCore import Qt, QTimer

TICK = 5  # milliseconds


class Times:
    """Milliseconds of some things: by the clock, and of this thread's processor time."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    @contextmanager
    def one(self) -> Iterator[None]:
        """Measure one."""
        wall, cpu = time.perf_counter(), time.thread_time()
        yield
        self.add(time.perf_counter() - wall, time.thread_time() - cpu)

    def add(self, wall: float, cpu: float) -> None:
        """Note one, in seconds."""
        self.wall.append(1000 * wall)
        self.cpu.append(1000 * cpu)

    @property
    def figures(self) -> Figures:
        """Median, 99th of 100, worst."""
        return {"wall_ms": _spread(self.wall), "cpu_ms": _spread(self.cpu), "of": len(self.wall)}


def _spread(values: list[float]) -> Figures:
    ordered = sorted(values) or [0.0]
    places = {"p50": len(ordered) // 2, "p99": int(len(ordered) * 0.99), "worst": len(ordered) - 1}
    return {name: round(ordered[place], 2) for name, place in places.items()}


class Stalls(QTimer):
    """A timer that notes by how much it comes late."""

    def __init__(self) -> None:
        super().__init__()
        self.times = Times()
        self._last = time.perf_counter()
        self._cpu = time.thread_time()
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(self._tick)

    def begin(self) -> None:
        """Look from now on."""
        self.times = Times()
        self._last, self._cpu = time.perf_counter(), time.thread_time()
        self.start(TICK)

    def _tick(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.times.add(max(0.0, now - self._last - TICK / 1000), cpu - self._cpu)
        self._last, self._cpu = now, cpu
