"""A recording as a task for a thread: levels while it runs, then the check of what was heard."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event
from typing import Generic, NamedTuple, TypeVar

from narrator.audio.microphone import LEVEL_SECONDS, Level, Listen, Take
from narrator.audio.recording import Advice, Adviser
from narrator.errors import Cancelled
from narrator.gui.shared.background import Tell
from narrator.gui.shared.errands import Errand

LEVELS_A_NEWS = 2  # ten news a second: no eye follows more

Result = TypeVar("Result")


@dataclass(frozen=True)
class Reading(Generic[Result]):
    """What is to be read aloud. longest: seconds. Both callables run on the thread that records.

    at_first: called when the first sound is there, which may be two seconds after the start; what
    it gives is told as `Begun`. check: raises the named error of what it refuses.
    """

    longest: float
    check: Callable[[Take], Result]
    at_first: Callable[[], object] = lambda: None


class Begun(NamedTuple):
    """News: the microphone gives sound."""

    given: object


class Metered(NamedTuple):
    """News: how loud it is. peak_db: dBFS, of the last 0.1 s. seconds: recorded so far."""

    peak_db: float
    advice: Advice
    seconds: float


class Checking(NamedTuple):
    """News: the recording has ended and is being checked."""


def taking(listen: Listen, reading: Reading[Result]) -> Errand[Result]:
    """Give the task that records and checks. Stopped before the first sound it was cancelled."""

    def errand(tell: Tell, stop: Event) -> Result:
        meter = _Meter(tell, reading.at_first)
        take = listen(stop=stop, longest=reading.longest, on_level=meter.hear)
        if not meter.heard:
            raise Cancelled
        tell(Checking())
        return reading.check(take)

    return errand


class _Meter:
    """Turns levels, twenty a second, into news."""

    def __init__(self, tell: Tell, at_first: Callable[[], object]) -> None:
        self._tell = tell
        self._at_first = at_first
        self._adviser = Adviser()
        self._count = 0
        self._peak_db = -120.0

    @property
    def heard(self) -> bool:
        return self._count > 0

    def hear(self, level: Level) -> None:
        if not self._count:
            self._tell(Begun(self._at_first()))
        self._count += 1
        self._peak_db = max(self._peak_db, level.peak_db)
        advice = self._adviser.advise(level)
        if self._count % LEVELS_A_NEWS == 0:
            self._tell(Metered(self._peak_db, advice, self._count * LEVEL_SECONDS))
            self._peak_db = -120.0
