"""Sharpness: whether the spectrum moves as much as a human's, or was smoothed to an average."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.mel import log_mel
from narrator.speech import HOP
from narrator.training.judges import Interval, interval

SPEECH_QUANTILE = 0.2  # of the frames by level; those below are pauses
Floats = NDArray[np.float32]


def mel_of(samples: Floats) -> Floats:
    """Give the log mel (MELS, frames) of the frames in which there is speech."""
    whole = torch.from_numpy(np.array(samples[: len(samples) // HOP * HOP]))
    mel: Floats = log_mel(whole[None])[0].numpy()
    level = mel.mean(axis=0)
    return mel[:, level > np.quantile(level, SPEECH_QUANTILE)]


def global_variance(made: Sequence[Floats], real: Sequence[Floats]) -> Interval:
    """Give the variance of the mel bands over time as a ratio to the human's, mean over bands.

    made, real: `mel_of` the same sentences by one speaker. Source: Toda and Tokuda 2007.
    """
    ours, theirs = (np.array([mel.var(axis=1) for mel in mels]) for mels in (made, real))
    return interval(
        len(ours),
        lambda drawn: float((ours[drawn].mean(axis=0) / theirs[drawn].mean(axis=0)).mean()),
    )
