"""Clips of a prepared corpus in memory, and random pieces of them for the vocoder."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from narrator.speech import FRAMES_PER_SECOND, HOP
from narrator.training.corpus import Clip


class Sound(NamedTuple):
    """The features of one clip, as prepare.py measured them."""

    clip: Clip
    audio: NDArray[np.int16]
    mel: NDArray[np.float16]
    f0: NDArray[np.float32]


class Piece(NamedTuple):
    """Short pieces of clips, side by side."""

    mel: Tensor  # (batch, MELS, frames)
    wave: Tensor  # (batch, frames * HOP)
    f0: Tensor  # (batch, frames), Hz, 0 unvoiced


def load_sounds(clips: Sequence[Clip], features: Path) -> list[Sound]:
    """Load audio and mel of those clips that have been prepared."""
    sounds = []
    for clip in clips:
        path = features / f"{clip.key}.npz"
        if path.exists():
            with np.load(path) as saved:
                sounds.append(Sound(clip, saved["audio"], saved["mel"], saved["f0"]))
    return sounds


class Pieces:
    """Random pieces of `frames` frames; each source is drawn in proportion to its weight."""

    def __init__(self, sounds: Sequence[Sound], weights: dict[str, float], frames: int) -> None:
        self.frames = frames
        usable = [sound for sound in sounds if sound.mel.shape[1] > frames]
        if not usable:
            raise ValueError(f"no prepared clip is longer than {frames / FRAMES_PER_SECOND} s")
        sources = sorted({sound.clip.source for sound in usable})
        self.groups = [[s for s in usable if s.clip.source == source] for source in sources]
        self.lengths = [np.array([s.mel.shape[1] for s in group], float) for group in self.groups]
        shares = np.array([weights.get(source, 1.0) for source in sources])
        self.shares = shares / shares.sum()

    def draw(self, count: int, chance: np.random.Generator) -> Piece:
        """Give `count` pieces at once."""
        mels, waves, melodies = [], [], []
        for group in chance.choice(len(self.groups), size=count, p=self.shares):
            lengths = self.lengths[group]
            sound = self.groups[group][chance.choice(len(lengths), p=lengths / lengths.sum())]
            start = chance.integers(sound.mel.shape[1] - self.frames)
            mels.append(sound.mel[:, start : start + self.frames])
            waves.append(sound.audio[start * HOP : (start + self.frames) * HOP])
            melodies.append(sound.f0[start : start + self.frames])
        return Piece(
            torch.from_numpy(np.stack(mels)).float(),
            torch.from_numpy(np.stack(waves)).float() / 32767,
            torch.from_numpy(np.stack(melodies)),
        )
