"""Marked sound for tests: speech-like, at a level of choice."""

import numpy as np
from speechlike import RATE, speechlike

from narrator.audio.watermark.marked import MarkedAudio, mark
from narrator.speech import Audio

KEY = bytes(range(32))


def spoken(seconds: float, *, db: float = -24.0, seed: int = 0, slot: int = 0) -> MarkedAudio:
    """Give a marked sentence whose RMS is about `db`."""
    samples = np.tanh(6 * speechlike(seconds, seed))  # peaks 16 dB over the RMS, as in real speech
    samples *= 10 ** (db / 20) / np.sqrt(np.mean(np.square(samples)))
    return mark(Audio(samples, RATE), key=KEY, slot=slot)


def decibels(samples: np.ndarray) -> float:
    """Give the RMS in dBFS."""
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-20))
