from itertools import islice

import numpy as np
import pytest
from test_training_data import EXAMPLES

from narrator.engine.config import MELS
from narrator.training.augmentation import AS_RECORDED, WARPS, elsewhere, warped, warped_bands
from narrator.training.dataset import ANOTHER_SPEAKER, Batches

RAMP = np.arange(MELS, dtype=np.float32)[:, None].repeat(3, axis=1)


def test_a_voice_as_recorded_is_untouched() -> None:
    assert warped(RAMP, AS_RECORDED) is RAMP
    assert warped_bands(np.ones(MELS, np.float32), AS_RECORDED).all()


@pytest.mark.parametrize("factor", [factor for factor in WARPS if factor > 1])
def test_a_higher_voice_has_its_formants_in_higher_bands(factor: float) -> None:
    peak = np.zeros((MELS, 1), np.float32)
    peak[20] = 1
    assert warped(peak, factor).argmax() > 20
    assert warped(peak, 1 / factor).argmax() < 20


def test_a_lower_voice_teaches_nothing_above_what_was_recorded() -> None:
    lower = warped_bands(np.ones(MELS, np.float32), 0.86)
    assert lower[:70].all()
    assert not lower[-1]
    narrow = np.array([1] * 60 + [0] * 20, np.float32)
    assert warped_bands(narrow, 1.16).sum() > 60 > warped_bands(narrow, 0.86).sum()


def test_another_room_colours_the_sound_and_fills_its_silence() -> None:
    chance = np.random.default_rng(3)
    speech = np.full((MELS, 50), -11.0, np.float32)
    speech[:, 20:30] = 0
    heard = [elsewhere(speech, chance) for _ in range(20)]
    changed = [mel for mel in heard if mel is not speech]
    assert 3 < len(changed) < 17
    for mel in changed:
        assert mel.shape == speech.shape
        assert mel.min() > -11
        assert mel[:, 25].mean() > mel[:, 5].mean()


def test_a_warped_voice_is_another_speaker() -> None:
    batches = Batches(EXAMPLES, {}, frames=1000, seed=4, augmented=True)
    who = np.concatenate([batch.speakers.numpy() for batch in islice(batches, 20)])
    warped_share = np.mean(who >= ANOTHER_SPEAKER)
    assert 0.1 < warped_share < 0.4
