"""Play sentences one after the other, with pause, speed, and the place that is heard right now."""

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, Protocol

from narrator.audio.cut import pieces
from narrator.audio.device import Speaker
from narrator.audio.encode import require_marked
from narrator.audio.tempo import Tempo
from narrator.audio.watermark.marked import MarkedAudio, derive
from narrator.errors import NoOutputDevice

IDLE_SECONDS = 30.0  # after which the device is let go, so that others and newer devices are found
JOIN_SECONDS = 2.0
REMEMBERED = 64  # parts, and tempi, that may still be in the buffer


class Part(NamedTuple):
    """The sound of a sentence. start: seconds of it that are left out before `blocks`."""

    id: int
    start: float
    blocks: Iterable[MarkedAudio]


class Spot(NamedTuple):
    """A place in a sentence, in seconds at its own speed; beyond its end, in the pause after it."""

    id: int
    seconds: float


class Output(Protocol):
    """What a player plays on, as `Speaker` of audio/device.py."""

    latency: float

    def write(self, block: MarkedAudio) -> None:
        """Play the next block; waits for room in the buffer."""

    def finish(self) -> None:
        """Wait until all is heard."""

    def drop(self) -> None:
        """Be silent at once."""

    def close(self) -> None:
        """Let go of the device."""


Parts = Callable[[threading.Event], Iterator[Part]]


class Player:
    """Plays on a thread of its own, on one output that stays open between two plays.

    on_end: all is heard. on_error: nothing more is heard, because of NoOutputDevice or of what the
    parts raised; told once, and the next play tries again. Both are called on the player's thread,
    and neither after `stop`. clock: seconds.
    """

    def __init__(
        self,
        *,
        on_end: Callable[[], None],
        on_error: Callable[[Exception], None],
        open_output: Callable[[], Output] = Speaker,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._on_end = on_end
        self._on_error = on_error
        self._open_output = open_output
        self._clock = clock
        self._changed = threading.Condition()
        self._output: Output | None = None
        self._waiting: _Job | None = None
        self._job: _Job | None = None
        self._paused = False
        self._tempo = 1.0
        self._volume = 1.0
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="player", daemon=True)
        self._thread.start()

    def prepare(self) -> None:
        """Open the output, so that the next play begins at once; a missing one is not told."""
        with self._changed:
            if self._job is None and self._output is None:
                self._begin(None)

    def play(self, parts: Parts) -> None:
        """Play `parts` from now on instead of what is playing; they are pulled one by one.

        parts: called on the player's thread with an event that is set when nobody listens any more:
        who waits for a sentence then gives up.
        """
        with self._changed:
            self._paused = False
            self._begin(parts)

    def pause(self) -> None:
        """Be silent until `resume`."""
        with self._changed:
            self._paused = True

    def resume(self) -> None:
        """Go on where it was paused."""
        with self._changed:
            self._paused = False
            self._changed.notify_all()

    def stop(self) -> None:
        """Play nothing any more."""
        with self._changed:
            self._give_up()
            self._job = self._waiting = None
            self._changed.notify_all()

    def set_tempo(self, factor: float) -> None:
        """Play `factor` times as fast, 0.5 to 3, else ValueError; holds for later plays too."""
        Tempo(factor)
        with self._changed:
            self._tempo = factor

    def set_volume(self, share: float) -> None:
        """Play so loud, from 0 to 1, else ValueError; holds for later plays too."""
        if not 0 <= share <= 1:
            raise ValueError(f"a volume of {share}")
        self._volume = share

    @property
    def position(self) -> Spot | None:
        """What is heard now; None while nothing is being played."""
        with self._changed:
            return self._job.heard.spot(self._clock()) if self._job else None

    def close(self) -> None:
        """Stop and let go of the output; waits no longer than two seconds."""
        with self._changed:
            self._closed = True
            self.stop()
        self._thread.join(JOIN_SECONDS)

    def _begin(self, parts: Parts | None) -> None:
        self._give_up()
        self._job = self._waiting = _Job(parts)
        self._changed.notify_all()

    def _give_up(self) -> None:
        if self._job:
            self._job.stop.set()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            error: Exception | None = None
            try:
                self._play(job)
            except Exception as met:  # broad on purpose: whoever listens is told, whatever it is
                error = met
                if isinstance(met, NoOutputDevice):
                    self._let_go()
            self._end(job, error)
        self._let_go()

    def _next(self) -> "_Job | None":
        with self._changed:
            while not self._closed and self._waiting is None:
                if not self._changed.wait(IDLE_SECONDS if self._output else None):
                    self._let_go()
            job, self._waiting = self._waiting, None
            return job

    def _play(self, job: "_Job") -> None:
        output = self._output = self._output or self._open_output()
        with self._changed:
            job.heard.latency = output.latency
        for piece in self._pieces(job):
            if not self._goes_on(job):
                break
            output.write(derive(piece, piece.samples * self._volume))
            with self._changed:
                job.heard.wrote(piece.seconds, self._clock())
        if not self._goes_on(job):
            output.drop()
        elif job.parts:
            output.finish()

    def _pieces(self, job: "_Job") -> Iterator[MarkedAudio]:
        tempo = Tempo(1.0)
        for part in job.parts(job.stop) if job.parts else ():
            with self._changed:
                job.heard.begin(part)
            for block in part.blocks:
                require_marked(block)
                for piece in pieces(block):
                    if self._tempo != tempo.factor:
                        if rest := tempo.finish():
                            yield rest
                        tempo = Tempo(self._tempo)
                        with self._changed:
                            job.heard.change(tempo.factor)
                    made = tempo.push(piece)
                    with self._changed:
                        job.heard.took(piece.seconds)
                    if len(made.samples):
                        yield made
        if rest := tempo.finish():
            yield rest

    def _goes_on(self, job: "_Job") -> bool:
        """Wait while paused; False when nobody listens any more."""
        with self._changed:
            while self._paused and not job.stop.is_set():
                self._changed.wait()
            return not job.stop.is_set()

    def _end(self, job: "_Job", error: Exception | None) -> None:
        with self._changed:
            if self._job is not job:
                return
            self._job = None
        if job.parts is None:
            return
        if error:
            self._on_error(error)
        else:
            self._on_end()

    def _let_go(self) -> None:
        if self._output:
            self._output.close()
            self._output = None


class _Job:
    """One play. parts: None only opens the output."""

    def __init__(self, parts: Parts | None) -> None:
        self.parts = parts
        self.stop = threading.Event()
        self.heard = _Heard()


class _PartAt(NamedTuple):
    """A part, and how many seconds of sound had been taken before it."""

    taken: float
    id: int
    start: float


class _TempoAt(NamedTuple):
    """A tempo, and how many seconds of sound had been written and taken before it."""

    written: float
    taken: float
    factor: float


class _Heard:
    """Reckons what is heard: what was written, less what is still in the buffer of `latency`."""

    def __init__(self) -> None:
        self.latency = 0.0
        self._parts: deque[_PartAt] = deque(maxlen=REMEMBERED)
        self._tempi = deque([_TempoAt(0.0, 0.0, 1.0)], maxlen=REMEMBERED)
        self._taken = 0.0
        self._written = 0.0
        self._buffered = 0.0
        self._at = 0.0

    def begin(self, part: Part) -> None:
        self._parts.append(_PartAt(self._taken, part.id, part.start))

    def change(self, factor: float) -> None:
        self._tempi.append(_TempoAt(self._written, self._taken, factor))

    def took(self, seconds: float) -> None:
        self._taken += seconds

    def wrote(self, seconds: float, now: float) -> None:
        self._buffered = min(self.latency, self._left(now) + seconds)
        self._written += seconds
        self._at = now

    def spot(self, now: float) -> Spot | None:
        if not self._parts:
            return None
        written = self._written - self._left(now)
        tempo = next((t for t in reversed(self._tempi) if t.written <= written), self._tempi[0])
        taken = min(self._taken, tempo.taken + (written - tempo.written) * tempo.factor)
        part = next((p for p in reversed(self._parts) if p.taken <= taken), self._parts[0])
        return Spot(part.id, part.start + max(0.0, taken - part.taken))

    def _left(self, now: float) -> float:
        """Give the seconds that are still in the buffer."""
        return max(0.0, self._buffered - (now - self._at))
