"""Melody: whether the voice rises and falls where the human does, and as far."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.engine.pitch import f0_track
from narrator.speech import SAMPLE_RATE
from narrator.training.evaluation.timing import frames_alongside
from narrator.training.judges import Interval, interval

FEWEST_FRAMES = 20  # voiced in both; a word or two
Floats = NDArray[np.float32]
Tones = NDArray[np.float64]


class Contours(NamedTuple):
    """How one melody follows another. correlation: Pearson's. rmse: semitones, means removed."""

    correlation: float
    rmse: float


def tones(samples: Floats) -> list[float]:
    """Give F0 in semitones above 1 Hz for each frame of 12.5 ms, 0 where unvoiced."""
    track = f0_track(samples, SAMPLE_RATE)
    return [round(float(12 * np.log2(hz)), 3) if hz > 0 else 0.0 for hz in track]


def compare(
    made: Sequence[float],
    real: Sequence[float],
    made_durations: Sequence[int],
    real_durations: Sequence[int],
    spoken: Sequence[bool],
) -> Contours | None:
    """Lay one melody on the other's phonemes; None with fewer than FEWEST_FRAMES common frames.

    made, real: `tones`. Durations: frames of each symbol. spoken: which symbols are phonemes.
    """
    pairs = frames_alongside(made_durations, real_durations, spoken)
    pairs = pairs[(pairs[:, 0] < len(made)) & (pairs[:, 1] < len(real))]
    ours, theirs = np.asarray(made)[pairs[:, 0]], np.asarray(real)[pairs[:, 1]]
    both = (ours > 0) & (theirs > 0)
    if both.sum() < FEWEST_FRAMES:
        return None
    ours, theirs = (track[both] - track[both].mean() for track in (ours, theirs))
    product = float(np.sqrt((ours**2).sum() * (theirs**2).sum()))
    correlation = float((ours * theirs).sum()) / product if product > 0 else 0.0
    return Contours(correlation, float(np.sqrt(np.mean((ours - theirs) ** 2))))


def deviation_ratio(made: Sequence[Sequence[float]], real: Sequence[Sequence[float]]) -> Interval:
    """Give the deviation of F0 over all voiced frames of one voice, as a ratio to the other's.

    made, real: `tones` of the same sentences.
    """
    ours, theirs = _moments(made), _moments(real)
    return interval(len(ours), lambda drawn: _deviation(ours[drawn]) / _deviation(theirs[drawn]))


def _moments(tracks: Sequence[Sequence[float]]) -> Tones:
    """Give count, sum and sum of squares of each track's voiced frames, (tracks, 3)."""
    voiced = [np.asarray(track)[np.asarray(track) > 0] for track in tracks]
    return np.array([(len(v), v.sum(), (v**2).sum()) for v in voiced])


def _deviation(moments: Tones) -> float:
    count, total, squares = moments.sum(axis=0)
    count = max(count, 1)  # who never sings deviates from nothing
    return float(np.sqrt(max(squares / count - (total / count) ** 2, 1e-9)))
