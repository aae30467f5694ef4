"""Look for the watermark in a few seconds of sound, at every phase and speed; read its payload.

Speed is searched on the spectra, the sound itself is never resampled for it.
"""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.audio.watermark.cells import (
    Array,
    Cells,
    band_power,
    levels,
    power,
    read_cells,
    spectra_of,
)
from narrator.audio.watermark.grid import (
    BANDS,
    CODED_BITS,
    EDGES,
    PERIOD,
    PRIVATE_PERIODS,
    SLOT_FRAMES,
    VoiceKind,
    layout,
    private_signs,
    public_signs,
)
from narrator.audio.watermark.payload import decode, encode
from narrator.speech import HOP, Samples

SHIFTS = (
    0,
    2,
    4,
    6,
)  # frames; a cut in the sound leaves its slots at most 12.5 ms from one of these
ENOUGH_CELLS = 1_000
HIGHEST = 400  # bins; the upper edge at the highest pitch lies below
DENSE_HOP = 75  # every frame of every speed lies within 1.6 ms of one of these
PAYLOAD_SCORE = 8.96  # sqrt(2 ln(64 x 2^32 / 1e-6)): a false payload passes once in a million times
KINDS = tuple(VoiceKind)


class Speed(NamedTuple):
    """How the sound was changed: times are divided by `time`, frequencies multiplied by `pitch`."""

    time: float
    pitch: float


class Peak(NamedTuple):
    """The best place of a pattern in a piece of sound.

    phase: the slot of the period (0 to 255) at which the piece begins. shift: frames before its
    first whole slot. live: cells that say anything.
    """

    z: float
    kind: VoiceKind
    phase: int
    shift: int
    speed: Speed
    live: int


AS_MADE = Speed(1.0, 1.0)


def _speeds() -> tuple[Speed, ...]:
    resampled = [Speed(1 + step / 200, 1 + step / 200) for step in range(-12, 13) if step]
    stretched = [Speed(1 + step / 200, 1.0) for step in range(-24, 25) if step]
    return tuple(sorted(resampled + stretched, key=lambda speed: abs(speed.time - 1)))


SPEEDS = _speeds()  # 24 resampled (+-6 %) and 48 stretched (+-12 %), steps of 0.5 %


def trials(passes: int) -> int:
    """Give how often a pattern is compared with one window in so many passes."""
    return passes * len(SHIFTS) * PERIOD * len(KINDS)


class Piece:
    """A few seconds of sound, 24 kHz mono, ready to be looked at in any speed."""

    def __init__(self, samples: Samples) -> None:
        self._samples = samples
        self._dense: tuple[Array, NDArray[np.float64]] | None = None
        self._stretched: Array | None = None

    def cells(self, speed: Speed = AS_MADE) -> Cells:
        """Give the cells at a speed, cut at each of the four shifts: (4, slots, 54)."""
        slots = (self._frames(speed) - SHIFTS[-1]) // SLOT_FRAMES
        if slots < 1:
            return Cells(np.zeros((len(SHIFTS), 0, BANDS), dtype=np.float32), 0)
        bands = self._as_made() if speed == AS_MADE else self._changed(speed)
        cuts = [bands[shift : shift + slots * SLOT_FRAMES] for shift in SHIFTS]
        return read_cells(levels(np.stack(cuts)))

    def _frames(self, speed: Speed) -> int:
        return int(len(self._samples) * speed.time) // HOP

    def _as_made(self) -> Array:
        return band_power(power(spectra_of(self._samples, self._frames(AS_MADE))))

    def _changed(self, speed: Speed) -> Array:
        rows = np.arange(self._frames(speed)) * (HOP / DENSE_HOP / speed.time)
        rows = np.rint(rows).astype(np.intp)
        rows = np.minimum(rows, len(self._samples) // DENSE_HOP)
        if speed.pitch != 1:
            return self._bands(speed.pitch, rows)
        if self._stretched is None:  # most speeds differ in time alone
            every = np.arange(len(self._samples) // DENSE_HOP + 1)
            self._stretched = self._bands(1.0, every)
        bands: Array = self._stretched[rows]
        return bands

    def _bands(self, pitch: float, rows: NDArray[np.intp]) -> Array:
        power_spectra, below = self._spectra()
        edges = EDGES * pitch
        whole = edges.astype(np.intp)
        place = rows[:, None], whole
        at_edges = below[place] + (edges - whole) * power_spectra[place]
        bands: Array = np.diff(at_edges, axis=1).astype(np.float32)
        return bands

    def _spectra(self) -> tuple[Array, NDArray[np.float64]]:
        """Give the power of each bin and of all bins below each; kept for the next speed."""
        if self._dense is None:
            count = len(self._samples) // DENSE_HOP + 1
            power_spectra = power(spectra_of(self._samples, count, DENSE_HOP)[:, :HIGHEST])
            below = np.zeros((count, HIGHEST + 1), dtype=np.float64)
            np.cumsum(power_spectra, axis=1, out=below[:, 1:])
            self._dense = power_spectra, below
        return self._dense


@lru_cache
def _patterns() -> tuple[NDArray[np.complex64], NDArray[np.complex64]]:
    """Give, transformed along time, the public patterns (2, 129, 54) and their places (129, 54)."""
    public = layout().public
    patterns = np.stack([public_signs(kind) * public for kind in KINDS]).astype(np.float32)
    places = public.astype(np.float32)
    return (
        np.fft.rfft(patterns, axis=1).astype(np.complex64),
        np.fft.rfft(places, axis=0).astype(np.complex64),
    )


def folded(signal: Array) -> Array:
    """Lay the periods of (..., slots, 54) over each other: (..., 256, 54)."""
    slots = signal.shape[-2]
    periods = -(-slots // PERIOD) or 1
    room = [(0, 0)] * (signal.ndim - 2) + [(0, periods * PERIOD - slots), (0, 0)]
    whole = np.pad(signal, room).reshape(*signal.shape[:-2], periods, PERIOD, BANDS)
    total: Array = whole.sum(axis=-3)
    return total


def scores(signal: Array) -> Array:
    """Give z for every cut, kind and phase: (cuts, slots, 54) -> (cuts, 2, 256).

    Against a key drawn after the sound was made, P(z >= t) <= exp(-t^2 / 2) whatever the sound is:
    the weights are the folded cells, the norm is theirs.
    Source: Hoeffding 1963, theorem 2.
    """
    patterns, places = _patterns()
    cells = folded(signal)
    along = np.conj(np.fft.rfft(cells, axis=1))
    hits = np.fft.irfft(np.einsum("cfb,kfb->ckf", along, patterns), PERIOD)
    squares = np.conj(np.fft.rfft(np.square(cells), axis=1))
    norms = np.fft.irfft(np.einsum("cfb,fb->cf", squares, places), PERIOD)[:, None]
    z: Array = (hits / np.sqrt(np.maximum(norms, 1e-3))).astype(np.float32)
    return z


def best_peak(piece: Piece, speed: Speed = AS_MADE) -> Peak:
    """Give the best place of either public pattern at one speed."""
    cells = piece.cells(speed)
    z = scores(cells.signal)
    cut, kind, phase = np.unravel_index(int(np.argmax(z)), z.shape)
    score = float(z[cut, kind, phase])
    return Peak(score, KINDS[kind], int(phase), SHIFTS[cut], speed, cells.live)


def read_payload(piece: Piece, peak: Peak, key: bytes) -> int | None:
    """Give the payload if the private layer of this key is found at the place of `peak`.

    Each of the 64 periods that the place may lie in is tried. A payload of another key passes at
    most once in a million pieces.
    """
    signal = piece.cells(peak.speed).signal[SHIFTS.index(peak.shift)]
    slot = peak.phase + np.arange(len(signal))
    bit = layout().coded_bit[slot % PERIOD]
    private = bit >= 0
    starts = PERIOD * np.arange(PRIVATE_PERIODS)[:, None]
    pattern = private_signs(key)[(starts + slot) % (PRIVATE_PERIODS * PERIOD)]
    votes = (signal * pattern)[:, private]  # (64, private cells)
    index = CODED_BITS * np.arange(PRIVATE_PERIODS)[:, None] + bit[private]
    bits = PRIVATE_PERIODS * CODED_BITS
    counted = np.bincount(index.ravel(), votes.ravel(), bits).astype(np.float64)
    evidence = counted.reshape(PRIVATE_PERIODS, CODED_BITS)
    norm = np.sqrt(np.sum(np.square(signal[private])))
    payloads, checks = decode(evidence)
    best: tuple[float, int | None] = (PAYLOAD_SCORE, None)
    for row in np.flatnonzero(checks):
        signs = 1.0 - 2.0 * encode(int(payloads[row]))
        best = max(best, (float(evidence[row] @ signs / norm), int(payloads[row])))
    return best[1]
