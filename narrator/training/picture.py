"""Spectrograms of one sentence, system under system, for the model card."""

from pathlib import Path

import torch

from narrator.engine.config import MEL_FLOOR
from narrator.engine.mel import magnitudes
from narrator.speech import FRAMES_PER_SECOND, HOP, SAMPLE_RATE
from narrator.training.systems import Sentence, Speaks

SHOWN = ("human recording", "copy-synthesis", "narrator, ")


def spectrograms(sentence: Sentence, systems: dict[str, Speaks], path: Path) -> None:
    """Draw the sentence as the first system of each of SHOWN speaks it, on one time axis.

    0 to 12 kHz, 70 dB deep.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(
        len(SHOWN), 1, figsize=(10, 2.6 * len(SHOWN)), sharex=True, layout="constrained"
    )
    for axis, start in zip(axes, SHOWN, strict=True):
        name = next(name for name in systems if name.startswith(start))
        wave = torch.from_numpy(systems[name](sentence))
        magnitude = magnitudes(wave[None, : len(wave) // HOP * HOP])[0]
        level = 20 * magnitude.clamp(min=MEL_FLOOR).log10()
        axis.imshow(
            level.numpy(),
            origin="lower",
            aspect="auto",
            vmin=float(level.max()) - 70,
            extent=(0, level.shape[1] / FRAMES_PER_SECOND, 0, SAMPLE_RATE / 2000),
            cmap="magma",
        )
        axis.set_title(name, loc="left", fontsize=9)
        axis.set_ylabel("kHz")
    axes[-1].set_xlabel("seconds")
    figure.suptitle(sentence.clip.text, fontsize=10)
    figure.savefig(path, dpi=90)
    pyplot.close(figure)
