"""Real or not: how well a small classifier tells our speech from the human's.

It sees statistics of the mel bands of one sentence and is asked about sentences that it has not
heard from anybody. An area under its curve of .5 is a coin, 1 is certainty.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from narrator.training.judges import Interval, interval

FOLDS = 5
RIDGE = 3.0  # of the standardised features' variance; there are more features than sentences
Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def traits(mel: Floats) -> Doubles:
    """Give what is told apart: mean, deviation and change of each band, (3 * MELS,).

    mel: (MELS, frames), log. The level of the whole is taken out.
    """
    level = mel - mel.mean()
    change = np.abs(np.diff(level, axis=1)).mean(axis=1)
    return np.concatenate([level.mean(axis=1), level.std(axis=1), change]).astype(np.float64)


def area(made: Sequence[Doubles], real: Sequence[Doubles], texts: Sequence[str]) -> Interval:
    """Give the area under the curve of a ridge discriminant, cross-validated by text.

    made, real: `traits` of the same sentences. texts: a text that was read twice is never in
    training and test. Source: Fisher 1936, with a ridge.
    """
    ours, theirs = np.array(made), np.array(real)
    numbers = {text: n for n, text in enumerate(dict.fromkeys(texts))}
    fold = np.array([numbers[text] % FOLDS for text in texts])
    scores = np.zeros((2, len(texts)))
    for number in np.unique(fold):
        unheard = fold == number
        centre, weights = _discriminant(ours[~unheard], theirs[~unheard])
        scores[0, unheard] = (ours[unheard] - centre) @ weights
        scores[1, unheard] = (theirs[unheard] - centre) @ weights
    higher = scores[0][:, None] - scores[1]
    won = np.where(np.isclose(higher, 0), 0.5, higher > 0)
    return interval(len(texts), lambda drawn: float(won[np.ix_(drawn, drawn)].mean()))


def _discriminant(ours: Doubles, theirs: Doubles) -> tuple[Doubles, Doubles]:
    """Give the centre of both and the direction that tells them apart."""
    both = np.concatenate([ours, theirs])
    centre, scale = both.mean(axis=0), both.std(axis=0) + 1e-6
    apart = np.concatenate([ours - ours.mean(axis=0), theirs - theirs.mean(axis=0)]) / scale
    spread = apart.T @ apart / len(apart) + RIDGE * np.eye(apart.shape[1])
    weights = np.linalg.solve(spread, (ours.mean(axis=0) - theirs.mean(axis=0)) / scale)
    return centre, weights / scale
