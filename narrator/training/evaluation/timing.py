"""Timing: how long each phoneme lasts and where there is a pause, against the human's.

All systems are heard by the same aligner, so that its own errors count for all of them alike.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.engine.align import Aligner, Refused
from narrator.speech import FRAMES_PER_SECOND, HOP, Phonemes
from narrator.text.symbols import PHONEME_SET
from narrator.training.judges import Interval, interval, narrow

PAUSE_FRAMES = 8  # a tenth of a second; what is shorter is the closure of a plosive
Floats = NDArray[np.float32]


class Pace(NamedTuple):
    """One sentence, made and real. frames: of all phonemes. paused: frames of all pauses. pauses:
    their number, those in the same place apart. error: frames, over all phonemes.
    """

    made_frames: int
    real_frames: int
    made_paused: int
    real_paused: int
    made_pauses: int
    real_pauses: int
    same_pauses: int
    error: float
    phonemes: int


@lru_cache(maxsize=1)
def _aligner() -> Aligner:
    return Aligner()


def aligned(samples: Floats, phonemes: Phonemes) -> list[int] | None:
    """Give the frames of each symbol in 24 kHz samples; None where the aligner refuses."""
    wave = narrow(samples)
    pcm = (wave / max(float(np.abs(wave).max()), 1e-4) * 0.7 * 32767).astype(np.int16)
    found = _aligner().align(pcm, phonemes, len(samples) // HOP)
    return None if isinstance(found, Refused) else [int(n) for n in found.durations]


def spoken(phonemes: Phonemes) -> list[bool]:
    """Give which symbols are phonemes."""
    return [symbol in PHONEME_SET for symbol in phonemes.symbols]


def frames_alongside(
    made: Sequence[int], real: Sequence[int], spoken: Sequence[bool]
) -> NDArray[np.int64]:
    """Give (frames, 2): for each frame of the second's phonemes, the first's frame at that place.

    Within a phoneme time runs evenly in both.
    """
    starts_made, starts_real = (np.cumsum([0, *frames]) for frames in (made, real))
    pairs = [
        (starts_made[n] + int((k + 0.5) * made[n] / real[n]), starts_real[n] + k)
        for n, is_phoneme in enumerate(spoken)
        if is_phoneme and made[n]
        for k in range(real[n])
    ]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)


def pace(made: Sequence[int], real: Sequence[int], spoken: Sequence[bool]) -> Pace:
    """Compare the durations of one sentence, frames a symbol.

    Pace.error: how far the phonemes' durations lie apart, after the first is brought to the tempo
    of the second.
    """
    phonemes = np.asarray(spoken)
    ours, theirs = np.asarray(made, float)[phonemes], np.asarray(real, float)[phonemes]
    evened = ours * theirs.sum() / max(ours.sum(), 1.0)
    our_pauses, their_pauses = pauses(made, spoken), pauses(real, spoken)
    paused, pausing = our_pauses >= PAUSE_FRAMES, their_pauses >= PAUSE_FRAMES
    return Pace(
        made_frames=int(ours.sum()),
        real_frames=int(theirs.sum()),
        made_paused=int(our_pauses[paused].sum()),
        real_paused=int(their_pauses[pausing].sum()),
        made_pauses=int(paused.sum()),
        real_pauses=int(pausing.sum()),
        same_pauses=int((paused & pausing).sum()),
        error=float(np.abs(evened - theirs).sum()),
        phonemes=len(ours),
    )


def pauses(frames: Sequence[int], spoken: Sequence[bool]) -> NDArray[np.int64]:
    """Give the frames between each two words, from the first phoneme to the last."""
    phonemes = np.flatnonzero(np.asarray(spoken))
    edges = np.cumsum([0, *frames])
    return np.array(
        [
            edges[after] - edges[before + 1]
            for before, after in pairwise(phonemes)
            if after > before + 1
        ],
        dtype=np.int64,
    )


def timing(paces: Sequence[Pace]) -> dict[str, Interval]:
    """Give the columns of the table: tempo and pauses against the human's, error a phoneme."""
    columns = {name: np.array([one[n] for one in paces]) for n, name in enumerate(Pace._fields)}

    def ratio(over: str, *under: str, factor: float = 1.0) -> Interval:
        return interval(
            len(paces),
            lambda drawn: (
                factor
                * columns[over][drawn].sum()
                / max(sum(columns[name][drawn].sum() for name in under), 1)
            ),
        )

    return {
        "tempo": ratio("real_frames", "made_frames"),
        "duration error, ms": ratio("error", "phonemes", factor=1000 / FRAMES_PER_SECOND),
        "pauses": ratio("made_paused", "real_paused"),
        "pauses, F1": ratio("same_pauses", "made_pauses", "real_pauses", factor=2),
    }
