"""Write the mark into a sentence, as deep as it must be to be found again, and no deeper."""

import logging
from functools import lru_cache

import numpy as np

from narrator.audio.watermark.cells import (
    WINDOW,
    Array,
    Spectra,
    cell_levels,
    heard,
    loud_level,
    overlap_added,
    read_cells,
    residual,
    spectra_of,
)
from narrator.audio.watermark.grid import (
    EDGES,
    FRAME,
    SLOT,
    SLOT_FRAMES,
    SLOTS_PER_SECOND,
    Signs,
)
from narrator.errors import MarkFailed
from narrator.speech import HOP, Samples

QUIET_PEAK = 10 ** (-50 / 20)  # room tone lies below, speech that can be understood above
# Sigma per root second of a strong mark in its own self-check, as it is and with noise 20 dB below:
# enough to be found in 5 s, and in 10 s of such noise.
STRONG, STRONG_IN_NOISE = 7.0, 5.0
HEARD = EDGES[-1]  # bins
NOISE, NOISE_FRAMES = 10 ** (-20 / 20), 400
# Of each try: most voices take the first; rough, gated, muffled and whispered ones need more.
DEPTHS = (0.75, 1.0, 1.35, 1.8, 2.4)

log = logging.getLogger(__name__)


def write_mark(block: Samples, chips: Signs) -> tuple[Samples, float]:
    """Give the block with the mark in it, and the sigma with which the mark is found in it.

    block: float32, whole slots, one for each row of chips. A weak mark is written again up to 2.4
    times as deep; what then stays weak is given so. Raises MarkFailed when it takes no mark at all.
    """
    spectra = spectra_of(block, len(chips) * SLOT_FRAMES)
    level = cell_levels(spectra)
    noise = np.float32(NOISE * np.sqrt(np.mean(np.square(block)))) * _noise(len(spectra))
    root_seconds = np.sqrt(len(chips) / SLOTS_PER_SECOND)
    for depth in DEPTHS:
        samples = _filtered(spectra, _gains(level, chips, depth))
        marked = spectra_of(samples, len(spectra))
        score = _score(marked, chips)
        strong = score >= STRONG * root_seconds
        if strong and _score(marked[:, :HEARD] + noise, chips) >= STRONG_IN_NOISE * root_seconds:
            return samples, score
    audible = np.max(np.abs(block)) > QUIET_PEAK
    if not np.isfinite(score) or (audible and np.array_equal(samples, block)):
        raise MarkFailed("the sound has nothing that could carry the mark")
    if score < STRONG * root_seconds:
        log.info("weak mark: %.1f sigma in %d slots", score, len(chips))
    return samples, score


def _gains(level: Array, chips: Signs, depth: float) -> Array:
    """Give the gain of each frame and band in dB: more where the voice leans the other way."""
    clamped, _ = heard(level)
    lean = residual(clamped) * chips
    ground = depth * np.clip(0.10 + 0.12 * (loud_level(level) - level), 0.10, 4.0)
    amount = np.clip(ground - 0.30 * lean, 0, np.minimum(2.2 * ground, 6.0))
    by_frame = np.repeat(chips * amount, SLOT_FRAMES, axis=0)
    around = by_frame.take(np.arange(-1, len(by_frame) + 1), axis=0, mode="clip")
    smooth: Array = (around[:-2] + 2 * by_frame + around[2:]) / 4
    return smooth


def _filtered(spectra: Spectra, gains: Array) -> Samples:
    changed = spectra.copy()
    factors = np.power(np.float32(10), gains / 20).astype(np.float32)
    parts = changed.view(np.float32)  # real and imaginary, one beside the other
    parts[:, 2 * EDGES[0] : 2 * EDGES[-1]] *= np.repeat(factors, 2 * np.diff(EDGES), axis=1)
    frames = np.fft.irfft(changed, FRAME).astype(np.float32, copy=False)
    frames *= WINDOW
    return overlap_added(frames)[: len(gains) * HOP] / _weight(len(gains))


def _weight(frames: int) -> Samples:
    """Give what so many windows add up to: even, but for the ends."""
    begin, end = _ends()
    return np.concatenate([begin, np.full(frames * HOP - SLOT, begin[-1]), end])


@lru_cache
def _ends() -> tuple[Samples, Samples]:
    windows = np.broadcast_to(np.square(WINDOW), (SLOT_FRAMES, FRAME))
    begin, end = np.split(overlap_added(windows)[:SLOT], 2)
    return begin, end


def _score(spectra: Spectra, chips: Signs) -> float:
    signal = read_cells(cell_levels(spectra)).signal
    strength = np.sqrt(np.sum(np.square(signal)))
    return float(np.sum(signal * chips) / strength) if strength else 0.0


def _noise(frames: int) -> Spectra:
    """Give spectra of white noise of power 1 as far as they are heard, alike for each sentence."""
    tile = _noise_tile()
    return np.concatenate([tile] * (frames // len(tile)) + [tile[: frames % len(tile)]])


@lru_cache
def _noise_tile() -> Spectra:
    samples = np.random.default_rng(1).standard_normal(NOISE_FRAMES * HOP, dtype=np.float32)
    return spectra_of(samples, NOISE_FRAMES)[:, :HEARD]
