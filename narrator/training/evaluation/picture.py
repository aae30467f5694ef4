"""Spectrograms: system under system for the model card, and plain ones for the page."""

import struct
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from narrator.engine.config import MEL_FLOOR
from narrator.engine.mel import magnitudes
from narrator.speech import FRAMES_PER_SECOND, HOP, SAMPLE_RATE
from narrator.training.evaluation.sentences import Floats, Sentence

DEPTH_DB = 70.0
BINS_A_ROW = 3
COLOURS = ((0, 0, 0), (60, 15, 110), (180, 50, 120), (250, 140, 80), (255, 250, 190))
SHOWN = ("human recording", "copy-synthesis", "narrator, ")


def write_picture(samples: Floats, path: Path) -> None:
    """Write a plain spectrogram as PNG: a column a frame of 12.5 ms, 0 to 12 kHz upwards."""
    level = _levels(samples)
    rows = level[: len(level) // BINS_A_ROW * BINS_A_ROW].unflatten(0, (-1, BINS_A_ROW)).amax(dim=1)
    share = 1 + (rows.flip(0) - rows.max()) / DEPTH_DB
    path.write_bytes(_png((255 * share.clamp(0, 1)).byte().numpy()))


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """Give places in a palette from black to light, (rows, columns), as a PNG file (RFC 2083)."""
    steps = np.linspace(0, 1, len(COLOURS))
    shades = [np.interp(np.arange(256) / 255, steps, light) for light in zip(*COLOURS, strict=True)]
    palette = np.rint(np.stack(shades, axis=1)).astype(np.uint8)
    lines = np.pad(pixels, ((0, 0), (1, 0)))  # each line begins with its filter, none
    header = struct.pack(">IIBBBBB", pixels.shape[1], pixels.shape[0], 8, 3, 0, 0, 0)
    parts = {b"IHDR": header, b"PLTE": palette.tobytes()}
    parts |= {b"IDAT": zlib.compress(lines.tobytes(), 9), b"IEND": b""}
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts.items()
    )


def spectrograms(
    sentence: Sentence, systems: Mapping[str, Callable[[Sentence], Floats]], path: Path
) -> None:
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
    wave = torch.from_numpy(np.array(samples[: len(samples) // HOP * HOP]))
    level: Tensor = 20 * magnitudes(wave[None])[0].clamp(min=MEL_FLOOR).log10()
    return level
