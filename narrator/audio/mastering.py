"""Bring a chapter to its loudness in two passes: all of it is measured, then turned up at once."""

import tempfile
from collections.abc import Iterator, Sequence
from functools import cached_property
from math import isfinite
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np

from narrator.audio.loudness import db_to_factor, limited, power_to_db
from narrator.audio.watermark.marked import MarkedAudio, derive, to_pcm
from narrator.disk import refusals_by_name
from narrator.speech import SAMPLE_RATE, Samples

# Sentences are even already; a chapter that is further off has hardly any speech in it, and its
# room tone must not become noise.
LARGEST_GAIN_DB = 6.0
# Above this the limiter has enough to do to be reckoned with: it is tried, and what it took is put
# on top.
HARMLESS_GAIN_DB = 0.3
TRIALS = 3
NEAR_DB = 0.1
SAMPLE_BYTES = 2


class Goal(NamedTuple):
    """How loud a file shall be. db: its RMS over all, dBFS, or by_ear, LUFS. ceiling_db: dBTP."""

    db: float
    ceiling_db: float
    by_ear: bool = False


class Mastering:
    """The sound of one chapter between two passes, in a nameless file in `folder`, in flat memory.

    goal: None gives the sound back as it came. Use it in a `with` statement. Taking and giving
    raise DiskFull or FolderNotWritable.
    """

    def __init__(self, goal: Goal | None, folder: Path) -> None:
        self._goal = goal
        self._place = folder / "sound between two passes"
        self._level = _Level(goal) if goal else None
        self._count = 0
        # Of each passage its blocks without their samples, which tell the mark, and their lengths.
        self._passages: list[list[tuple[MarkedAudio, int]]] = []

    def __enter__(self) -> Self:
        with refusals_by_name(self._place):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._file = tempfile.TemporaryFile(dir=self._place.parent)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with refusals_by_name(self._place):
            self._file.close()

    @property
    def seconds(self) -> float:
        """How long the sound is that was taken."""
        return self._count / SAMPLE_RATE

    def add(self, blocks: Sequence[MarkedAudio]) -> None:
        """Take the next passage; ValueError for another rate than that of speech."""
        passage = []
        for block in blocks:
            if block.rate != SAMPLE_RATE:
                raise ValueError(f"sound is mastered at {SAMPLE_RATE} Hz, not {block.rate}")
            with refusals_by_name(self._place):
                self._file.write(to_pcm(block.samples).tobytes())
            if self._level:
                self._level.add(block.samples)
            self._count += len(block.samples)
            passage.append((derive(block, block.samples[:0]), len(block.samples)))
        self._passages.append(passage)

    def passages(self) -> Iterator[tuple[MarkedAudio, ...]]:
        """Give all passages in order, block by block as they came, at their loudness.

        Once all is taken; as often as wanted, but one after the other.
        """
        return self._louder(self.gain_db)

    @cached_property
    def gain_db(self) -> float:
        """What brings all that was taken to the goal, as far as one gain may; 0 without one."""
        if self._goal is None or self._level is None:
            return 0.0
        gain = _within(self._goal.db - self._level.db)
        for _ in range(TRIALS if gain > HARMLESS_GAIN_DB else 0):
            trial = _Level(self._goal)
            for samples in self._clipped(gain):
                trial.add(samples)
            missing = self._goal.db - trial.db
            gain = _within(gain + missing)
            if abs(missing) < NEAR_DB:
                break
        return gain

    def _clipped(self, gain_db: float) -> Iterator[Samples]:
        """Give it about so much louder, with its peaks cut: a limiter takes hardly more."""
        ceiling = db_to_factor(self._goal.ceiling_db) if self._goal else 1.0
        factor = np.float32(db_to_factor(gain_db) / 32768)
        with refusals_by_name(self._place):
            self._file.seek(0)
            for _ in range(0, self._count, SAMPLE_RATE):
                stored = self._file.read(SAMPLE_RATE * SAMPLE_BYTES)
                yield np.clip(np.frombuffer(stored, dtype=np.int16) * factor, -ceiling, ceiling)

    def _louder(self, gain_db: float) -> Iterator[tuple[MarkedAudio, ...]]:
        factor = np.float32(db_to_factor(gain_db) / 32768)
        with refusals_by_name(self._place):
            self._file.seek(0)
        for passage in self._passages:
            yield tuple(derive(empty, self._read(length, factor)) for empty, length in passage)

    def _read(self, length: int, factor: np.float32) -> Samples:
        with refusals_by_name(self._place):
            stored = self._file.read(length * SAMPLE_BYTES)
        samples = np.frombuffer(stored, dtype=np.int16) * factor
        return limited(samples, SAMPLE_RATE, self._goal.ceiling_db) if self._goal else samples


class _Level:
    """How loud sound is, by the measure of a goal."""

    def __init__(self, goal: Goal) -> None:
        import pyebur128

        self._goal = goal
        modes = pyebur128.MeasurementMode
        wanted = modes.MODE_I | modes.MODE_HISTOGRAM
        self._meter = pyebur128.R128State(1, SAMPLE_RATE, wanted)
        self._energy, self._count = 0.0, 0

    def add(self, samples: Samples) -> None:
        """Take the next samples, (n,)."""
        if self._goal.by_ear:
            self._meter.add_frames(np.ascontiguousarray(samples), len(samples))
        else:
            self._energy += float(np.dot(samples, samples))
            self._count += len(samples)

    @property
    def db(self) -> float:
        """RMS, dBFS, or loudness, LUFS; that of the goal where there is no sound to speak of."""
        import pyebur128

        if self._goal.by_ear:
            lufs = float(pyebur128.get_loudness_global(self._meter))
            return lufs if isfinite(lufs) else self._goal.db
        return power_to_db(self._energy / self._count) if self._energy else self._goal.db


def _within(gain_db: float) -> float:
    return min(max(gain_db, -LARGEST_GAIN_DB), LARGEST_GAIN_DB)
