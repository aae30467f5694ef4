"""Tell whether sound carries the watermark: how surely, where, how fast, with what payload.

Found means that the sound was made by narrator, with a chance of error that is stated and proven.
Not found means nothing: a mark can be removed. A mark without a payload of our key is told as
"origin not verified".
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

import numpy as np

from narrator.audio.resample import Resampler
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.search import (
    AS_MADE,
    ENOUGH_CELLS,
    SPEEDS,
    Peak,
    Piece,
    Speed,
    best_peak,
    read_payload,
    trials,
)
from narrator.speech import SAMPLE_RATE, Samples

ALPHA = 1e-6  # false alarms per file
STEP = (
    5 * SAMPLE_RATE
)  # windows are two steps long: drift at the nearest searched speed stays harmless
WHOLE = 614_400  # samples, one period: up to here the payload is read from all of the sound
FINE = tuple(1 + step / 1000 for step in range(-3, 4))  # between two steps of the search
NEAR = 0.03
SURE = 8.4  # above the threshold of ten hours: no other speed need be tried


class Stretch(NamedTuple):
    """A marked part of the sound, seconds from its beginning; exact to the step of 5 s."""

    start: float
    end: float


@dataclass(frozen=True)
class Finding:
    """What was found.

    z: sigma of the best window. threshold: what z had to reach. false_alarm: bound on the chance
    that unmarked sound of this length gives such a z. kind, payload: None when not found; payload
    also when the mark is not from the key's installation. speed: how much faster than it was made.
    enough_speech: whether a "no" means anything at all.
    """

    z: float
    threshold: float
    false_alarm: float
    kind: VoiceKind | None
    stretches: tuple[Stretch, ...]
    speed: float
    payload: int | None
    enough_speech: bool

    @property
    def found(self) -> bool:
        """Whether the sound carries the mark."""
        return self.kind is not None


class _Window(NamedTuple):
    start: int
    samples: Samples
    around: Samples  # with the step before and the step after; all of a short sound


class _Look(NamedTuple):
    start: int
    end: int
    peak: Peak


def detect(
    sound: Samples | Iterable[Samples],
    rate: int,
    *,
    key: bytes | None = None,
    search: bool = True,
) -> Finding:
    """Look for the watermark in sound of any length and rate, as an array or a stream of blocks.

    sound: (n,) or (n, channels). key: of this installation, to read the payload. search: also look
    for sound that was played faster or slower, up to 6 % resampled and 12 % stretched. Holds 30 s
    of sound at a time. Raises ValueError when the rate is not positive.
    """
    known = [AS_MADE]
    looks: list[_Look] = []
    best: tuple[Peak, Samples] | None = None
    for window in _windows(_steps(sound, rate)):
        peak = _best_in(Piece(window.samples), known, search)
        if peak.z >= SURE and peak.speed not in known:
            known.append(peak.speed)
        if best is None or peak.z > best[0].z:
            best = peak, window.around
        looks.append(_Look(window.start, window.start + len(window.samples), peak))
    if best is None:
        return Finding(0.0, math.inf, 1.0, None, (), 1.0, None, False)
    compared = len(looks) * trials(1 + len(SPEEDS) if search else 1)
    return _judged(looks, compared, *best, key)


def _judged(
    looks: list[_Look], compared: int, top: Peak, around: Samples, key: bytes | None
) -> Finding:
    """Say what the looks mean; every comparison planned counts, also those left out."""
    threshold = math.sqrt(2 * math.log(compared / ALPHA))
    chance = min(1.0, compared * math.exp(-(max(top.z, 0.0) ** 2) / 2))
    found = top.z >= threshold
    speed, payload = AS_MADE.time, None
    if found:
        piece, tuned = _tuned(around, top)
        speed = tuned.speed.time
        payload = read_payload(piece, tuned, key) if key else None
    return Finding(
        z=top.z,
        threshold=threshold,
        false_alarm=chance,
        kind=top.kind if found else None,
        stretches=_stretches([look for look in looks if look.peak.z >= threshold]),
        speed=speed,
        payload=payload,
        enough_speech=any(look.peak.live >= ENOUGH_CELLS for look in looks),
    )


def _best_in(piece: Piece, known: list[Speed], search: bool) -> Peak:
    top = max((best_peak(piece, speed) for speed in known), key=lambda peak: peak.z)
    if not search or top.live < ENOUGH_CELLS:
        return top
    for speed in SPEEDS:
        if top.z >= SURE:
            break
        top = max(top, best_peak(piece, speed), key=lambda peak: peak.z)
    return _nearby(piece, top) if top.z >= SURE and top.speed not in known else top


def _nearby(piece: Piece, found: Peak) -> Peak:
    """Give the best speed around one at which the mark was found: a near miss is found as well."""
    near = [one for one in (AS_MADE, *SPEEDS) if abs(one.time - found.speed.time) <= NEAR]
    return max((best_peak(piece, speed) for speed in near), key=lambda peak: peak.z)


def _tuned(around: Samples, found: Peak) -> tuple[Piece, Peak]:
    """Give the speed that fits the public layer of a longer piece best, finer than the search.

    The private key plays no part in the choice, so the bound on a false payload holds.
    """
    piece = Piece(around)
    coarse = _nearby(piece, found).speed
    fine = [Speed(coarse.time * factor, coarse.pitch) for factor in FINE]
    return piece, max((best_peak(piece, speed) for speed in fine), key=lambda peak: peak.z)


def _stretches(hits: list[_Look]) -> tuple[Stretch, ...]:
    joined: list[Stretch] = []
    for hit in hits:
        start, end = hit.start / SAMPLE_RATE, hit.end / SAMPLE_RATE
        if joined and start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, end)
        else:
            joined.append(Stretch(start, end))
    return tuple(joined)


def _windows(steps: Iterator[Samples]) -> Iterator[_Window]:
    """Give windows of two steps, one step apart; all of it, if it is shorter."""
    ahead = list(islice(steps, WHOLE // STEP + 1))
    everything = np.concatenate(ahead) if ahead else np.zeros(0, dtype=np.float32)
    is_short = len(everything) <= WHOLE
    before = everything[:0]
    start = 0
    while len(ahead) > 1 or (ahead and not start):
        around = everything if is_short else np.concatenate([before, *ahead[:3]])
        yield _Window(start, np.concatenate(ahead[:2]), around)
        before = ahead.pop(0)
        start += len(before)
        ahead.extend(islice(steps, 1))


def _steps(sound: Samples | Iterable[Samples], rate: int) -> Iterator[Samples]:
    """Give the sound at 24 kHz mono in steps of 5 s, the last one shorter."""
    resampler = Resampler(rate, SAMPLE_RATE)
    blocks = _slices(sound, 5 * rate) if isinstance(sound, np.ndarray) else sound
    ready = np.zeros(0, dtype=np.float32)
    for block in blocks:
        ready = np.concatenate([ready, resampler.push(_mono(block))])
        while len(ready) >= STEP:
            yield ready[:STEP]
            ready = ready[STEP:]
    ready = np.concatenate([ready, resampler.finish()])
    while len(ready):
        yield ready[:STEP]
        ready = ready[STEP:]


def _slices(sound: Samples, length: int) -> Iterator[Samples]:
    for start in range(0, len(sound), length):
        yield sound[start : start + length]


def _mono(block: Samples) -> Samples:
    """Mix channels into one; what is no number counts as silence."""
    mixed = block if block.ndim == 1 else block.mean(axis=1)
    return np.nan_to_num(mixed, nan=0.0, posinf=0.0, neginf=0.0).astype(np.float32, copy=False)
