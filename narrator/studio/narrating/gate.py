"""A gate that holds a narration between two sentences, and lets it go on."""

import threading
import time
from collections.abc import Callable

GLANCE_SECONDS = 0.2  # how soon a stop is noticed before a closed gate


class Gate:
    """Open until it is closed; any thread may turn it, several may wait before it."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._open = threading.Event()
        self._open.set()
        self._turning = threading.Lock()
        self._closed_at = 0.0
        self._closed_before = 0.0

    @property
    def is_open(self) -> bool:
        """Whether it lets through."""
        return self._open.is_set()

    @property
    def open_seconds(self) -> float:
        """A clock that stands still while the gate is closed."""
        with self._turning:
            now = self._clock() if self._open.is_set() else self._closed_at
            return now - self._closed_before

    def close(self) -> None:
        """Hold whoever comes."""
        with self._turning:
            if self._open.is_set():
                self._closed_at = self._clock()
                self._open.clear()

    def open(self) -> None:
        """Let all go on."""
        with self._turning:
            if not self._open.is_set():
                self._closed_before += self._clock() - self._closed_at
                self._open.set()

    def go_through(self, *stops: threading.Event) -> None:
        """Wait until it is open, or until one of `stops` is set."""
        while not self._open.wait(GLANCE_SECONDS):
            if any(stop.is_set() for stop in stops):
                return
