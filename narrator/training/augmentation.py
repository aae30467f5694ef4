"""More voices and more rooms than the corpus has: log mels changed so that they stay speech."""

from functools import cache

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.config import MELS

AS_RECORDED = 1.0
WARPS = (AS_RECORDED, 0.86, 0.92, 1.08, 1.16)
CLEAN_SHARE = 0.5
COLOUR_KNOTS, COLOUR_NEPERS = 6, 0.35  # 3 dB
NOISE_NEPERS = (5.0, 10.0)  # below the loudest cell
Floats = NDArray[np.float32]


def elsewhere(mel: Floats, chance: np.random.Generator) -> Floats:
    """Give a log mel (MELS, frames) as another room and microphone would, or as it is."""
    if chance.random() < CLEAN_SHARE:
        return mel
    knots = chance.normal(0, COLOUR_NEPERS, COLOUR_KNOTS)
    colour = np.interp(np.linspace(0, 1, MELS), np.linspace(0, 1, COLOUR_KNOTS), knots)
    noise = mel.max() - chance.uniform(*NOISE_NEPERS)
    noisy: Floats = np.logaddexp(mel + colour[:, None], noise).astype(np.float32)
    return noisy


def warped(mel: Floats, factor: float) -> Floats:
    """Give the log mel (MELS, frames) of a voice whose every frequency is `factor` times as high.

    Source: vocal tract length perturbation (Jaitly and Hinton 2013), of pitch and formants at once.
    """
    if factor == AS_RECORDED:
        return mel
    place = _places(factor).clip(max=MELS - 1)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, MELS - 1)
    share = (place - below)[:, None].astype(np.float32)
    moved: Floats = mel[below] * (1 - share) + mel[above] * share
    return moved


def warped_bands(bands: Floats, factor: float) -> Floats:
    """Give 1 for each band of a warped mel that stands for recorded sound, else 0."""
    place = np.ceil(_places(factor)).astype(int)
    return np.where(place < MELS, bands[place.clip(max=MELS - 1)], 0).astype(np.float32)


@cache
def _places(factor: float) -> NDArray[np.float64]:
    """Give for each band where, in bands, the sound stood before the warp."""
    from narrator.engine.mel import mel_filters

    filters = mel_filters(torch.device("cpu")).numpy()
    bins = np.arange(len(filters))
    middles = (filters * bins[:, None]).sum(axis=0) / filters.sum(axis=0)
    if factor == AS_RECORDED:
        return np.arange(MELS, dtype=np.float64)
    inside = np.interp(middles / factor, middles, np.arange(MELS))
    beyond = middles / factor > middles[-1]
    placed: NDArray[np.float64] = np.where(beyond, float(MELS), inside)
    return placed
