"""What the rehearsal says, and the form in which it is known."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from narrator.speech import HOP, SAMPLE_RATE, Phonemes, Samples

ROOT = Path(__file__).parent.parent.parent
SPEAKERS = ("kathleen", "rowan")
TRAINED = (
    "The old man walked slowly along the river.",
    "She put the letter on the table, and then she left.",
    "Every morning the children ran down to the water.",
    "He could hear the wind in the trees.",
)
HELD_OUT = "They waited for the boat until the sun went down."
COLUMNS = "file speaker source licence sex seconds bandwidth_hz split text".split()


class Said(NamedTuple):
    """A sentence, its sound at 24 kHz, and the frames that each symbol really lasts."""

    phonemes: Phonemes
    samples: Samples
    frames: list[int]

    def edge(self, symbol: int) -> int:
        """The sample at which this symbol begins."""
        return HOP * sum(self.frames[:symbol])


def quiet(seconds: float, rate: int = SAMPLE_RATE) -> Samples:
    """A room in which nobody speaks."""
    noise = np.random.default_rng(0).normal(0, 3e-4, int(seconds * rate))
    return noise.astype(np.float32)
