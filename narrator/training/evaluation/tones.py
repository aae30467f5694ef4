"""Whether a voice sings the tones that it is asked to, phoneme by phoneme."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.speech import Speech
from narrator.training import judges
from narrator.training.evaluation.melody import tones
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.results import Figure
from narrator.training.evaluation.sentences import Sentence
from narrator.training.evaluation.systems import Trained, narration

SEMITONES = 12 / np.log(2)
FEWEST_PHONEMES = 3  # of a sentence; through fewer there is no line
OCTAVE_ERROR = 7.0  # semitones from the median of what is missed; then F0 was misread
Floats = NDArray[np.float64]


class Sung(NamedTuple):
    """Tones of voiced phonemes, semitones above 1 Hz, each (n,)."""

    asked: Floats
    measured: Floats


def sung(speech: Speech, track: Sequence[float]) -> Sung:
    """Lay F0, as `tones` gives it, beside the tone that each phoneme was asked for.

    Only phonemes of which more than half is voiced count.
    """
    pairs = []
    place = 0
    for timing in speech.timings:
        heard = np.asarray(track[place : place + timing.frames])
        place += timing.frames
        if timing.pitch > 0 and len(heard) and (heard > 0).mean() > 0.5:
            pairs.append((timing.pitch * SEMITONES, heard[heard > 0].mean()))
    asked, measured = np.array(pairs, dtype=np.float64).reshape(-1, 2).T
    return Sung(asked, measured)


def figures(sentences: Sequence[Sung]) -> dict[str, Figure]:
    """Compare over all phonemes; the bootstrap is over sentences. Nothing where nothing is sung.

    slope: of the measured tone on the asked one, 1 is obedience. too high: the median of what is
    missed, semitones. away: its root mean square. misread: the share that is left out of these.
    """
    if not any(len(one.asked) for one in sentences):
        return {"phonemes": 0}
    asked, measured = (np.concatenate(part) for part in zip(*sentences, strict=True))
    usual = float(np.median(measured - asked))
    right = [_within(one, usual) for one in sentences]
    right = [one for one in right if len(one.asked) >= FEWEST_PHONEMES]
    if not right:
        return {"phonemes": len(asked)}

    def pooled(drawn: NDArray[np.int64]) -> Sung:
        return Sung(
            *(np.concatenate(part) for part in zip(*(right[n] for n in drawn), strict=True))
        )

    def slope(drawn: NDArray[np.int64]) -> float:
        return float(np.polyfit(*pooled(drawn), 1)[0])

    def off(drawn: NDArray[np.int64]) -> float:
        found = pooled(drawn)
        return float(np.median(found.measured - found.asked))

    def away(drawn: NDArray[np.int64]) -> float:
        found = pooled(drawn)
        return float(np.sqrt(np.mean((found.measured - found.asked) ** 2)))

    return {
        "phonemes": len(asked),
        "slope": judges.interval(len(right), slope),
        "too high, semitones": judges.interval(len(right), off),
        "away, semitones": judges.interval(len(right), away),
        "misread": float((np.abs(measured - asked - usual) >= OCTAVE_ERROR).mean()),
    }


def _within(one: Sung, usual: float) -> Sung:
    read = np.abs(one.measured - one.asked - usual) < OCTAVE_ERROR
    return Sung(one.asked[read], one.measured[read])


def fill(
    sentences: Sequence[Sentence], models: Sequence[Trained], memory: Memory
) -> dict[str, dict[str, Figure]]:
    """Give a row for each voice of each model."""
    rows = {}
    for trained in models:
        for name in trained.voices:
            said = [narration(trained, name, sentence.clip.text) for sentence in sentences]
            tracks = memory.map(tones, [speech.audio.samples for speech in said])
            both = [sung(speech, track) for speech, track in zip(said, tracks, strict=True)]
            rows[f"narrator, {name}{trained.suffix}"] = figures(both)
    return rows
