"""Join sentences and pauses into one even stream, over room tone and without a click.

Room tone is faint noise that never stops, under the speech as between it: so nothing has to be
switched on or off, and no stretch is digital silence. Sentences and pauses keep their whole slots
of 100 ms, so that the watermark keeps its phase from the first sentence to the last.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from narrator.audio.loudness import Leveller, db_to_factor
from narrator.audio.segment import Segment
from narrator.audio.sentence import fade
from narrator.audio.watermark.grid import SLOT, SLOTS_PER_SECOND
from narrator.audio.watermark.marked import MarkedAudio, derive, unspoken
from narrator.speech import SAMPLE_RATE, Samples, read_only

TONE_DB = -70.0  # RMS: under the -60 dB that audiobook shops ask for, above the zero they distrust
TONE_SECONDS = 8
TONE_SEED = 1
TONE_HZ = (
    60.0,
    4000.0,
)  # falling from the first, more steeply from the second, as in a furnished room


class Pause(NamedTuple):
    """Room tone for this long, to the nearest tenth of a second."""

    seconds: float


Level = Callable[[MarkedAudio], MarkedAudio]


class Joiner:
    """One stream at 24 kHz, made part by part.

    level: evens the sentences; without it they come out at one loudness, by a `Leveller` of their
    own. They are faded over 10 ms at both ends.
    """

    def __init__(self, level: Level | None = None) -> None:
        self._level = level or Leveller().level
        self._place = 0  # samples given so far, where the room tone goes on
        room_tone(0, 0)  # made now, so that no sentence has to wait for it

    def add(self, part: Segment | Pause) -> Iterator[MarkedAudio]:
        """Give the sound of the next part; ValueError for a segment at another rate."""
        sound = self._pause(part) if isinstance(part, Pause) else self._spoken(part)
        for block in sound:
            yield block
            self._place += len(block.samples)

    def _pause(self, pause: Pause) -> Iterator[MarkedAudio]:
        """Give a pause in blocks of a second at most."""
        end = self._place + max(0, round(pause.seconds * SLOTS_PER_SECOND)) * SLOT
        for start in range(self._place, end, SAMPLE_RATE):
            yield unspoken(room_tone(start, min(SAMPLE_RATE, end - start)), SAMPLE_RATE)

    def _spoken(self, segment: Segment) -> Iterator[MarkedAudio]:
        if segment.audio.rate != SAMPLE_RATE:
            raise ValueError(f"sentences are joined at {SAMPLE_RATE} Hz, not {segment.audio.rate}")
        even = self._level(segment.audio)
        tone = room_tone(self._place, len(even.samples))
        yield derive(even, fade(even.samples) + tone)


def assemble(parts: Iterable[Segment | Pause]) -> Iterator[MarkedAudio]:
    """Give sentences and pauses as one stream, one part at a time, as a `Joiner` makes it."""
    joiner = Joiner()
    for part in parts:
        yield from joiner.add(part)


def room_tone(place: int, length: int) -> Samples:
    """Give the room tone from sample `place` on, float32 (length,); it repeats without a seam."""
    tone = _room_tone()
    first = tone[place % len(tone) :][:length]
    return np.concatenate([first, np.resize(tone, length - len(first))])


@lru_cache(maxsize=1)
def _room_tone() -> Samples:
    """Make noise of fixed seed that repeats seamlessly: random phases under a slope."""
    count = TONE_SECONDS * SAMPLE_RATE
    hz = np.fft.rfftfreq(count, 1 / SAMPLE_RATE)
    low, high = TONE_HZ
    shape = np.where(hz < low, 0.0, np.sqrt(low / np.maximum(hz, low)) / (1 + (hz / high) ** 2))
    parts = np.random.default_rng(TONE_SEED).standard_normal((2, len(hz)))
    noise = np.fft.irfft(shape * (parts[0] + 1j * parts[1]), count)
    return read_only(noise / np.sqrt(np.mean(np.square(noise))) * db_to_factor(TONE_DB))
