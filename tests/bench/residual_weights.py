"""Fit the weights with which a cell's neighbours foretell its level, on speech for training.

Run: python tests/bench/residual_weights.py --corpus FOLDER. Prints the table that stands in
audio/watermark/cells.py. Ridge regression on the levels of live cells, weights symmetric and adding
up to 1, with Cauchy's weights on the residuals: onsets are rare and large and must not decide.
Source: Hoerl and Kennard 1970; Holland and Welsch 1977 (iteratively reweighted least squares).
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from marked_speech import clips_by_voice
from numpy.typing import NDArray

from narrator.audio.watermark.cells import Array, cell_levels, heard, spectra_of
from narrator.audio.watermark.grid import SLOT, SLOT_FRAMES
from narrator.speech import Samples

SECONDS = 10.0  # of each speaker
ROUNDS = 8
PLACES = tuple((apart, aside) for apart in range(3) for aside in range(3) if apart or aside)
RIDGE = 1e-3
WIDTH = 1.5  # of Cauchy's weight, in medians of the residual's size


def fitted(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """Give the weights (8,) of the neighbours at each of PLACES from features (cells, 8)."""
    copies = np.array([len(_signed(*place)) for place in PLACES], dtype=np.float64)
    trust = np.ones(len(features))
    weights = copies / copies.sum()
    for _ in range(ROUNDS):
        moments = (features * trust[:, None]).T @ features / trust.sum()
        weights = np.linalg.solve(moments + RIDGE * np.eye(len(copies)), copies)
        weights /= copies @ weights
        left = features @ weights
        trust = 1 / (1 + np.square(left / (WIDTH * np.median(np.abs(left)))))
    return weights


def features_of(clip: Samples) -> NDArray[np.float64]:
    """Give what the neighbours of each live cell lie above it, (cells, 8), summed by distance."""
    clamped, alive = heard(cell_levels(spectra_of(clip, len(clip) // SLOT * SLOT_FRAMES)))
    around = np.pad(clamped, 2, mode="edge")
    sums = [
        sum(_moved(around, apart, aside) - clamped for apart, aside in _signed(*place))
        for place in PLACES
    ]
    return np.stack(sums, axis=-1)[alive].astype(np.float64)


def _signed(apart: int, aside: int) -> set[tuple[int, int]]:
    return {(apart * up, aside * right) for up in (1, -1) for right in (1, -1)}


def _moved(around: Array, apart: int, aside: int) -> Array:
    slots, bands = around.shape
    return around[2 + apart : slots - 2 + apart, 2 + aside : bands - 2 + aside]


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description="Weights of the watermark's residual.")
    parser.add_argument("--corpus", type=Path, required=True)
    options = parser.parse_args()
    voices = clips_by_voice(options.corpus, "train", seconds=SECONDS)
    clips = [clip for spoken in voices.values() for clip in spoken if len(clip) > 5 * SLOT]
    features = np.concatenate([features_of(clip) for clip in clips])
    table = np.concatenate([[0.0], fitted(features)]).reshape(3, 3)
    sys.stdout.write(f"{len(voices)} voices, {len(features)} cells\n{table.round(3)}\n")


if __name__ == "__main__":
    main()
