"""The detector's scores against keys that nobody used: what chance alone gives."""

from math import erfc, sqrt
from unittest import mock

import numpy as np

from narrator.audio.watermark import search as watermark_search
from narrator.audio.watermark.cells import Array
from narrator.audio.watermark.grid import BANDS, PERIOD, layout


def scores_of_chance(signal: Array, rng: np.random.Generator) -> Array:
    """Give z of two random keys at each phase, (crops, 2, 256), as the program computes it.

    signal: (crops, slots, 54).
    """
    public = layout().public
    signs = rng.choice(np.float32([-1, 1]), (2, PERIOD, BANDS)) * public
    patterns = np.fft.rfft(signs, axis=1).astype(np.complex64)
    places = np.fft.rfft(public.astype(np.float32), axis=0).astype(np.complex64)
    with mock.patch.object(watermark_search, "_patterns", return_value=(patterns, places)):
        return watermark_search.scores(signal)


def gaussian_tail(z: float) -> float:
    """Give the chance that a standard normal value lies above z."""
    return erfc(z / sqrt(2)) / 2
