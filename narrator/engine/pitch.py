"""The melody of a recording: its fundamental frequency, frame by frame."""

import numpy as np
from numpy.typing import NDArray

from narrator.speech import FRAMES_PER_SECOND

LOWEST_HZ, HIGHEST_HZ = 60.0, 550.0


def f0_track(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Give the fundamental frequency in Hz of each frame of 12.5 ms, 0 where unvoiced.

    samples: (n,). Returns (n * FRAMES_PER_SECOND // rate,); frame i is centred on i /
    FRAMES_PER_SECOND s. Measured twice: the second search keeps to the range of the first, which
    prevents octave errors (De Looze and Hirst 2008: floor 0.75 q25, ceiling 1.5 q75). Source:
    Boersma 1993, by Praat.
    """
    frames = len(samples) * FRAMES_PER_SECOND // rate
    first = _praat(samples, rate, frames, LOWEST_HZ, HIGHEST_HZ)
    voiced = first[first > 0]
    if len(voiced) < 8:
        return first
    low, high = np.quantile(voiced, [0.25, 0.75])
    return _praat(samples, rate, frames, max(LOWEST_HZ, 0.7 * low), min(HIGHEST_HZ, 1.7 * high))


def _praat(
    samples: NDArray[np.float32], rate: int, frames: int, floor: float, ceiling: float
) -> NDArray[np.float32]:
    import parselmouth

    if len(samples) / rate < 3.2 / floor:  # Praat wants three periods of the lowest tone
        return np.zeros(frames, dtype=np.float32)
    sound = parselmouth.Sound(samples.astype(np.float64), rate)
    pitch = sound.to_pitch_ac(
        time_step=1 / FRAMES_PER_SECOND, pitch_floor=floor, pitch_ceiling=ceiling
    )
    times = pitch.xs()
    nearest = np.abs(times[None] - (np.arange(frames) / FRAMES_PER_SECOND)[:, None]).argmin(axis=1)
    track: NDArray[np.float32] = pitch.selected_array["frequency"][nearest].astype(np.float32)
    return track
