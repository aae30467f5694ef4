"""Spectrograms of one sentence, system under system, for the model card."""

from pathlib import Path

import torch
from torch import Tensor

from narrator.engine.config import MEL_FLOOR
from narrator.engine.mel import magnitudes
from narrator.speech import FRAMES_PER_SECOND, HOP, SAMPLE_RATE
from narrator.training.systems import Floats, Sentence, Speaks

DEPTH_DB = 70.0
SHOWN = ("human recording", "copy-synthesis", "narrator, ")


def spectrograms(sentence: Sentence, systems: dict[str, Speaks], path: Path) -> None:
    """Draw the sentence as the first system of each of SHOWN speaks it, on one time axis.

    0 to 12 kHz, 70 dB deep.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    names = [next(name for name in systems if name.startswith(start)) for start in SHOWN]
    levels = [_levels(systems[name](sentence)) for name in names]
    loudest = max(float(level.max()) for level in levels)
    figure, axes = pyplot.subplots(
        len(names), 1, figsize=(10, 2.6 * len(names)), sharex=True, layout="constrained"
    )
    for axis, name, level in zip(axes, names, levels, strict=True):
        axis.imshow(
            level.numpy(),
            origin="lower",
            aspect="auto",
            vmin=loudest - DEPTH_DB,
            vmax=loudest,
            extent=(0, level.shape[1] / FRAMES_PER_SECOND, 0, SAMPLE_RATE / 2000),
            cmap="magma",
        )
        axis.set_title(name, loc="left", fontsize=9)
        axis.set_ylabel("kHz")
    axes[-1].set_xlim(0, max(level.shape[1] for level in levels) / FRAMES_PER_SECOND)
    axes[-1].set_xlabel("seconds")
    figure.suptitle(sentence.clip.text, fontsize=10)
    figure.savefig(path, dpi=90)
    pyplot.close(figure)


def _levels(samples: Floats) -> Tensor:
    wave = torch.from_numpy(samples[: len(samples) // HOP * HOP])
    level: Tensor = 20 * magnitudes(wave[None])[0].clamp(min=MEL_FLOOR).log10()
    return level
