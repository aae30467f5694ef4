"""Melody and timing of sentences whose every frame is known."""

import numpy as np
import pytest

from narrator.training.evaluation import melody
from narrator.training.evaluation.timing import frames_alongside, pace, pauses, timing

SPOKEN = [False, True, True, False, True, True, False]
FRAMES = [4, 10, 20, 12, 8, 16, 5]
HUMAN = (84 + 3 * np.sin(np.arange(sum(FRAMES)) / 7)).tolist()


def stretched(frames: list[int], factor: int) -> list[int]:
    return [factor * n for n in frames]


def test_a_melody_follows_itself() -> None:
    assert melody.compare(HUMAN, HUMAN, FRAMES, FRAMES, SPOKEN) == pytest.approx((1, 0))


def test_a_higher_voice_with_the_same_melody_follows_it() -> None:
    higher = [tone + 7 for tone in HUMAN]
    assert melody.compare(higher, HUMAN, FRAMES, FRAMES, SPOKEN) == pytest.approx((1, 0), abs=1e-6)


def test_a_melody_turned_upside_down_is_its_opposite() -> None:
    mirrored = [168 - tone for tone in HUMAN]
    found = melody.compare(mirrored, HUMAN, FRAMES, FRAMES, SPOKEN)
    assert found is not None
    assert found.correlation == pytest.approx(-1)
    assert found.rmse > 2


def test_a_flat_voice_follows_nothing() -> None:
    found = melody.compare([84.0] * len(HUMAN), HUMAN, FRAMES, FRAMES, SPOKEN)
    assert found is not None
    assert found.correlation == pytest.approx(0, abs=1e-6)
    assert 1 < found.rmse < 3


def test_a_slower_voice_is_laid_on_the_phonemes() -> None:
    slow = np.repeat(HUMAN, 3).tolist()
    found = melody.compare(slow, HUMAN, stretched(FRAMES, 3), FRAMES, SPOKEN)
    assert found == pytest.approx((1, 0), abs=1e-6)


def test_a_shifted_melody_follows_less() -> None:
    shifted = [HUMAN[0]] * 11 + HUMAN[:-11]
    found = melody.compare(shifted, HUMAN, FRAMES, FRAMES, SPOKEN)
    assert found is not None
    assert found.correlation < 0.5


def test_unvoiced_frames_do_not_count() -> None:
    unvoiced = [0.0 if n % 2 else tone for n, tone in enumerate(HUMAN)]
    assert melody.compare(unvoiced, HUMAN, FRAMES, FRAMES, SPOKEN) == pytest.approx((1, 0))
    assert melody.compare([0.0] * len(HUMAN), HUMAN, FRAMES, FRAMES, SPOKEN) is None


def test_half_the_melody_has_half_the_deviation() -> None:
    flat = [84 + (tone - 84) / 2 for tone in HUMAN]
    found = melody.deviation_ratio([flat, flat], [HUMAN, HUMAN])
    assert found == pytest.approx((0.5, 0.5, 0.5))


def test_an_octave_is_twelve_semitones() -> None:
    time = np.arange(24_000) / 24_000
    low, high = (
        np.median([tone for tone in melody.tones(wave.astype(np.float32)) if tone])
        for wave in (np.sin(2 * np.pi * 150 * time), np.sin(2 * np.pi * 300 * time))
    )
    assert high - low == pytest.approx(12, abs=0.1)


def test_pauses_lie_between_words_not_at_the_ends() -> None:
    assert pauses(FRAMES, SPOKEN).tolist() == [12]


def test_the_first_and_last_silence_are_no_phonemes() -> None:
    pairs = frames_alongside(FRAMES, FRAMES, SPOKEN)
    assert len(pairs) == 10 + 20 + 8 + 16
    assert (pairs[:, 0] == pairs[:, 1]).all()


def test_the_human_s_own_timing_is_without_error() -> None:
    found = timing([pace(FRAMES, FRAMES, SPOKEN)] * 3)
    assert [figure.mean for figure in found.values()] == [1, 0, 1, 1]


def test_tempo_is_no_error_of_duration() -> None:
    found = timing([pace(stretched(FRAMES, 2), FRAMES, SPOKEN)] * 3)
    assert found["tempo"].mean == 0.5
    assert found["duration error, ms"].mean == 0
    assert found["pauses"].mean == 2


def test_a_phoneme_that_takes_from_its_neighbour_is_an_error_twice() -> None:
    shifted = [4, 14, 16, 12, 8, 16, 5]
    found = timing([pace(shifted, FRAMES, SPOKEN)])
    assert found["duration error, ms"].mean == 1000 / 80 * 8 / 4


def test_a_pause_in_another_place_agrees_with_nothing() -> None:
    spoken = [True, False, True, False, True]
    found = timing([pace([9, 20, 9, 1, 9], [9, 1, 9, 20, 9], spoken)])
    assert found["pauses"].mean == 1
    assert found["pauses, F1"].mean == 0
