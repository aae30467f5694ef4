"""Likeness of a built-in voice to the speaker whose name it bears, by an outside encoder."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from narrator.training import judges
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.results import Figure
from narrator.training.evaluation.sentences import Sentence
from narrator.training.evaluation.systems import Trained, narration

LIKENESS_SENTENCES = 30
Floats = NDArray[np.float32]


def print_of(samples: Floats) -> list[float]:
    """Give Resemblyzer's unit vector of 24 kHz samples."""
    return [float(value) for value in judges.voice_print(samples)]


def fill(
    sentences: Sequence[Sentence], models: Sequence[Trained], memory: Memory
) -> dict[str, dict[str, Figure]]:
    """Give a row for each voice that bears a speaker's name: cosines with the recordings.

    normalised: (ours - different) / (same - different); 0 is another speaker, 1 is the speaker at
    another time. The bootstrap is over the speaker's sentences.
    """
    rows: dict[str, dict[str, Figure]] = {}
    for trained in models:
        for name in trained.voices:
            own = [s for s in sentences if s.clip.speaker == name][:LIKENESS_SENTENCES]
            others = [s for s in sentences if s.clip.speaker != name][:LIKENESS_SENTENCES]
            if len(own) > 1 and others:
                said = [narration(trained, name, s.clip.text).audio.samples for s in own]
                made, real, foreign = (
                    np.array(memory.map(print_of, waves))
                    for waves in (said, [s.audio for s in own], [s.audio for s in others])
                )
                rows[f"narrator, {name}{trained.suffix}"] = cosines(made, real, foreign)
    return rows


def cosines(made: Floats, real: Floats, foreign: Floats) -> dict[str, Figure]:
    """Compare unit vectors of our sentences, the speaker's (the same ones) and of other people."""
    ours, same, different = made @ real.T, real @ real.T, (real @ foreign.T).mean(axis=1)
    apart = ~np.eye(len(real), dtype=bool)

    def among(table: Floats, drawn: NDArray[np.int64]) -> float:
        return float(table[np.ix_(drawn, drawn)][apart[np.ix_(drawn, drawn)]].mean())

    def normalised(drawn: NDArray[np.int64]) -> float:
        low = float(different[drawn].mean())
        return (among(ours, drawn) - low) / (among(same, drawn) - low)

    return {
        "sentences": len(real),
        "same speaker": judges.interval(len(real), lambda drawn: among(same, drawn)),
        "different speaker": judges.interval(
            len(real), lambda drawn: float(different[drawn].mean())
        ),
        "ours": judges.interval(len(real), lambda drawn: among(ours, drawn)),
        "normalised": judges.interval(len(real), normalised),
    }
