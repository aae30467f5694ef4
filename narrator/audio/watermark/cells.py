"""From samples to the cells of the watermark grid: their levels, and what in a level is unexpected.

The same front end serves marking and detecting, so that what one writes the other reads.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.audio.watermark.grid import BANDS, EDGES, FRAME, SLOT_FRAMES
from narrator.speech import HOP, Samples

Array = NDArray[np.float32]
Spectra = NDArray[np.complex64]

WINDOW: Array = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(FRAME) / FRAME)).astype(np.float32)
FLOOR = 1e-9  # keeps the logarithm of digital silence finite: -90 dB, far below any sound
DEAD_BELOW_LOUD = (
    75.0  # dB under the loud cells; voices with gated pauses say much between 55 and 75
)
DEAD_BELOW = -80.0  # dB; cells of digital silence
# Weights of a neighbour by distance in slots (rows) and in bands (columns). They say how a voice
# carries on from cell to cell; taking the forecast away brings its variation from 23 to 3.5 dB.
# Fitted by tests/bench/residual_weights.py on 342 voices; over all 24 neighbours they add up to 1.
_FORECAST = np.array(
    [[0.0, 0.369, 0.131], [0.261, -0.073, -0.057], [0.032, -0.009, -0.007]], dtype=np.float64
)
_COPIES = np.array([[1, 2, 2], [2, 4, 4], [2, 4, 4]])
_KERNEL = (_FORECAST / np.sum(_FORECAST * _COPIES)).astype(np.float32)
LIMIT = 1.4  # medians of the residual's size at which the limiter sets in


class Cells(NamedTuple):
    """What a grid of cells says.

    signal: (..., slots, 54) in (-1, 1), 0 where dead. live: how many are not.
    """

    signal: Array
    live: int


def frames_of(samples: Samples, count: int, hop: int = HOP) -> Array:
    """Give `count` windowed frames, (count, 1200); frame i is centred on sample hop * i.

    Beyond both ends of `samples` there is silence.
    """
    ahead = np.zeros(FRAME // 2, dtype=np.float32)
    missing = (count - 1) * hop + FRAME // 2 - len(samples)
    behind = np.zeros(max(missing, 0), dtype=np.float32)
    padded = np.concatenate([ahead, samples, behind])
    return np.lib.stride_tricks.sliding_window_view(padded, FRAME)[::hop][:count] * WINDOW


def spectra_of(samples: Samples, count: int, hop: int = HOP) -> Spectra:
    """Give the spectra of `count` frames, (count, 601)."""
    # With its default norm numpy computes this in double precision, seven times as slowly.
    spectra = np.fft.rfft(frames_of(FRAME * samples, count, hop), norm="forward")
    return spectra.astype(np.complex64, copy=False)


def overlap_added(frames: Array) -> Samples:
    """Join frames again that stand a hop apart; the first sample given is the centre of frame 0."""
    count = len(frames)
    parts = frames.reshape(count, FRAME // HOP, HOP)
    joined = np.zeros((count + FRAME // HOP - 1, HOP), dtype=np.float32)
    for part in range(FRAME // HOP):
        joined[part : part + count] += parts[:, part]
    return joined.reshape(-1)[FRAME // 2 :]


def power(spectra: Spectra) -> Array:
    """Give the power of each bin."""
    return np.square(spectra.real) + np.square(spectra.imag)


def band_power(power_spectra: Array) -> Array:
    """Sum the bins of each band: (frames, bins) -> (frames, 54)."""
    sums: Array = np.add.reduceat(power_spectra[:, : EDGES[-1]], EDGES[:-1], axis=1)
    return sums


def levels(frame_power: Array) -> Array:
    """Give the level of each cell in dB: (..., 8 n, 54) -> (..., n, 54)."""
    slots = frame_power.shape[-2] // SLOT_FRAMES
    shape = (*frame_power.shape[:-2], slots, SLOT_FRAMES, BANDS)
    return _decibels(frame_power.reshape(shape).sum(axis=-2))


def cell_levels(spectra: Spectra) -> Array:
    """Give the level of each cell of sound at its own speed: (8 n, 601) -> (n, 54), dB."""
    parts = spectra[:, : EDGES[-1]].view(np.float32)  # real and imaginary, one beside the other
    parts = parts.reshape(-1, SLOT_FRAMES, 2 * EDGES[-1])
    by_bin = np.einsum("sfb,sfb->sb", parts, parts)
    return _decibels(np.add.reduceat(by_bin, 2 * EDGES[:-1], axis=1))


def _decibels(power: Array) -> Array:
    decibels: Array = 10 * np.log10(power + np.float32(FLOOR))
    return decibels


def residual(level: Array) -> Array:
    """Take from each level, (..., slots, 54) in dB, what the 24 cells around it foretell."""
    slots, bands = level.shape[-2:]
    padded = level.take(np.arange(-2, slots + 2), axis=-2, mode="clip")  # np.pad is slow
    padded = padded.take(np.arange(-2, bands + 2), axis=-1, mode="clip")
    result = level.copy()
    for apart in range(3):
        rows = padded[..., 2 - apart : 2 - apart + slots, :]
        if apart:
            rows = rows + padded[..., 2 + apart : 2 + apart + slots, :]
        for aside in range(3):
            cells = rows[..., 2 - aside : 2 - aside + bands]
            if aside:
                cells = cells + rows[..., 2 + aside : 2 + aside + bands]
            if apart or aside:
                result -= _KERNEL[apart, aside] * cells
    return result


def loud_level(level: Array) -> float:
    """Give the level that 98 % of the cells do not exceed, dB."""
    flat = np.ravel(level)
    at = int(0.98 * (len(flat) - 1))
    return float(np.partition(flat, at)[at])


def heard(level: Array) -> tuple[Array, NDArray[np.bool_]]:
    """Raise what is too quiet to say anything to one floor, and tell which cells lie above it.

    How deep a silence is foretells nothing, least of all the sound beside it.
    """
    floor = np.float32(max(loud_level(level) - DEAD_BELOW_LOUD, DEAD_BELOW))
    return np.maximum(level, floor), level > floor


def read_cells(level: Array) -> Cells:
    """Judge each cell: how far its level lies from what was to be expected, limited to (-1, 1).

    level: (..., slots, 54), dB; a leading axis holds other cuts of the same sound. live: of the
    first cut. The limiter goes by the median, which onsets and edges of silence do not move.
    """
    clamped, alive = heard(level)
    live = int(np.sum(alive[(0,) * (level.ndim - 2)]))
    if not live:
        return Cells(np.zeros_like(level), 0)
    unexpected = residual(clamped)
    sizes = np.abs(unexpected[alive])
    middle = np.partition(sizes, len(sizes) // 2)[len(sizes) // 2]
    scale = np.float32(LIMIT) * np.maximum(middle, np.float32(1e-6))
    return Cells(np.tanh(unexpected / scale) * alive, live)
