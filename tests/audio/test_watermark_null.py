"""Sound without a mark scores like chance: the tail is Gaussian, and the bound holds."""

import numpy as np
import pytest
from random_keys import gaussian_tail, scores_of_chance
from speechlike import speechlike

from narrator.audio.watermark.search import Piece


@pytest.fixture(scope="module")
def z() -> np.ndarray:
    cells = [Piece(speechlike(10, seed)).cells().signal[0] for seed in range(8)]
    rng = np.random.default_rng(3)
    return np.concatenate([scores_of_chance(np.stack(cells), rng).ravel() for _ in range(30)])


@pytest.mark.parametrize("above", [2.0, 2.5, 3.0, 3.5])
def test_random_keys_meet_speech_as_often_as_chance_wants(z: np.ndarray, above: float) -> None:
    assert z.size == 8 * 30 * 2 * 256
    assert 0.5 < np.mean(z > above) / gaussian_tail(above) < 2


def test_no_random_key_comes_near_the_threshold(z: np.ndarray) -> None:
    assert z.max() < 6
