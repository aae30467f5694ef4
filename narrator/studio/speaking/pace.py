"""How a narration gets on: which sentence, how long still, how much faster than listening."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Progress:
    """Where a narration stands.

    chapter: the how-manieth of `chapters` to speak. sentence: likewise, in this chapter.
    seconds_left and times_real_time (seconds of audio a second) are None until there is something
    to judge by.
    """

    chapter: int
    chapters: int
    title: str
    sentence: int
    sentences: int
    seconds_left: float | None
    times_real_time: float | None


class Pace:
    """Measures from the first sentence that is ready: the loading of the engine does not count."""

    def __init__(self, characters: int, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._left = characters
        self._done = 0
        self._audio_seconds = 0.0
        self._began: float | None = None

    def add(self, characters: int, audio_seconds: float) -> None:
        """Count a sentence that is ready, with the pause after it."""
        self._left = max(0, self._left - characters)
        if self._began is None:
            self._began = self._clock()
            return
        self._done += characters
        self._audio_seconds += audio_seconds

    @property
    def seconds_left(self) -> float | None:
        """Estimate the seconds still needed."""
        elapsed = self._elapsed()
        return self._left * elapsed / self._done if elapsed and self._done else None

    @property
    def times_real_time(self) -> float | None:
        """Give the seconds of audio made in a second."""
        elapsed = self._elapsed()
        return self._audio_seconds / elapsed if elapsed and self._done else None

    def _elapsed(self) -> float:
        return 0.0 if self._began is None else self._clock() - self._began
