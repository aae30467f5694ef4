"""Harmonics-to-noise ratio by band: a voice whose overtones run too high buzzes.

The wave is band-passed and the normalised autocorrelation one period on is taken in each voiced
frame, over windows of three periods and within 3 % of the period, since a voice is never steady.
HNR = 10 log10(r / (1 - r)), r the mean over frames. Source: Boersma 1993, equations 4 to 9, here by
band. Of pulses in noise it is true to 1.5 dB from 0 to 10 dB; in noise alone the best of many
lags still finds -5 dB, and a perfectly steady voice 15: compare systems, trust no single figure.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from narrator.engine.pitch import f0_track
from narrator.speech import HOP, SAMPLE_RATE
from narrator.training.judges import Interval, interval

BANDS_KHZ = ((2, 4), (4, 8), (8, 12))
EDGE_HZ = 200.0  # over which a band fades in and out
PERIODS = 3
SEARCH = 0.03  # of the period
FINER = 4
LOUD_DB = 25.0  # below the loudest voiced frame
EMPTY_DB = 70.0  # below the whole: a recording that ends under the band
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def harmonicity(samples: Floats) -> list[float | None]:
    """Give the mean correlation of neighbouring periods in each of BANDS_KHZ, from 24 kHz samples.

    None for a band without sound or a sentence without a voiced frame.
    """
    track = f0_track(samples, SAMPLE_RATE)
    frames = _loud(samples, track)
    if not len(frames):
        return [None] * len(BANDS_KHZ)
    return [_correlation(_band(samples, *khz), samples, frames, track) for khz in BANDS_KHZ]


def decibels(correlation: float) -> float:
    """Give the harmonics-to-noise ratio of a correlation between periods."""
    r = min(max(correlation, 1e-4), 1 - 1e-4)
    return float(10 * np.log10(r / (1 - r)))


def difference(
    made: Sequence[Sequence[float | None]], real: Sequence[Sequence[float | None]], band: int
) -> Interval | None:
    """Give how many dB more harmonic one voice is than the other in a band, by `harmonicity`.

    None where one of the two has no sound there.
    """
    pairs = [
        (ours[band], theirs[band])
        for ours, theirs in zip(made, real, strict=True)
        if ours[band] is not None and theirs[band] is not None
    ]
    if not pairs:
        return None
    table = np.array(pairs, dtype=float)
    return interval(
        len(table),
        lambda drawn: decibels(table[drawn, 0].mean()) - decibels(table[drawn, 1].mean()),
    )


def _loud(samples: Floats, track: Floats) -> NDArray[np.int64]:
    """Give the voiced frames with voiced neighbours that are no mere fading away."""
    voiced = track > 0
    inside = voiced & np.roll(voiced, 1) & np.roll(voiced, -1)
    power = np.square(samples[: len(track) * HOP].reshape(-1, HOP)).mean(axis=1)
    level = 10 * np.log10(power + 1e-12)
    loudest = level[inside].max() if inside.any() else 0.0
    return np.flatnonzero(inside & (level > loudest - LOUD_DB))


def _band(samples: Floats, low_khz: float, high_khz: float) -> Doubles:
    spectrum = np.fft.rfft(samples.astype(np.float64))
    hz = np.fft.rfftfreq(len(samples), 1 / SAMPLE_RATE)
    rise = np.clip((hz - 1000 * low_khz) / EDGE_HZ + 0.5, 0, 1)
    fall = np.clip((1000 * high_khz - hz) / EDGE_HZ + 0.5, 0, 1)
    return np.fft.irfft(spectrum * rise * fall, len(samples))


def _correlation(
    band: Doubles, whole: Floats, frames: NDArray[np.int64], track: Floats
) -> float | None:
    if 10 * np.log10(np.square(band).mean() / max(np.square(whole).mean(), 1e-12)) < -EMPTY_DB:
        return None
    period = SAMPLE_RATE / track[frames].astype(np.float64)  # (frames,), samples
    half = int(np.ceil(PERIODS * period.max() / 2)) + 1
    padded = np.pad(band, half)
    place = np.arange(-half, half + 1)  # (span,)
    cut = padded[frames[:, None] * HOP + half + place]  # (frames, span)
    share = place / (PERIODS * period[:, None])
    cut = cut * np.where(np.abs(share) < 0.5, 0.5 + 0.5 * np.cos(2 * np.pi * share), 0.0)
    size = 1 << int(np.ceil(np.log2(2 * len(place))))
    power = np.square(np.abs(np.fft.rfft(cut, size)))
    curve = np.fft.irfft(power, FINER * size)  # the lag in quarters of a sample
    own = np.maximum(curve[:, :1], 1e-20)
    reach = int(np.ceil(SEARCH * FINER * period.max()))
    offsets = np.arange(-reach, reach + 1)
    lags = np.rint(FINER * period)[:, None].astype(np.int64) + offsets  # (frames, lags)
    found = np.take_along_axis(curve, lags, axis=1) / own
    found /= _window_correlation(lags / FINER / (PERIODS * period[:, None]))
    found[np.abs(offsets) > SEARCH * FINER * period[:, None]] = -1.0
    return float(found.max(axis=1).clip(-1, 1).mean())


def _window_correlation(share: Doubles) -> Doubles:
    """Give the Hann window's own autocorrelation at a lag, as a share of its length."""
    around = 2 * np.pi * share
    return (1 - share) * (2 / 3 + np.cos(around) / 3) + np.sin(around) / (2 * np.pi)
