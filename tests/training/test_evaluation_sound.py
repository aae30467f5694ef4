"""Judges of sound on signals whose answer is known."""

import numpy as np
import pytest

from narrator.engine.config import MELS
from narrator.speech import SAMPLE_RATE
from narrator.training.corpus import Clip
from narrator.training.evaluation import copies, harmonics, real_or_not, sharpness
from narrator.training.evaluation.own_likeness import cosines
from narrator.training.evaluation.sentences import Sentence
from narrator.training.judges import Interval

CHANCE = np.random.default_rng(4)
NOISE = CHANCE.normal(size=SAMPLE_RATE).astype(np.float32)


def pulses(hz: float, *, up_to: float = 11_900) -> np.ndarray:
    """A second of a flat pulse train, power 1 where it fills the whole band."""
    time = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    wave = sum(np.cos(2 * np.pi * hz * n * time) for n in range(1, int(up_to / hz) + 1))
    return (wave / np.sqrt(int(11_900 / hz) / 2)).astype(np.float32)


@pytest.mark.parametrize("hz", [110.0, 203.0, 231.7])
@pytest.mark.parametrize("ratio", [0.0, 5.0, 10.0])
def test_the_ratio_of_harmonics_to_noise_is_found(hz: float, ratio: float) -> None:
    wave = 0.05 * (pulses(hz) + NOISE * np.float32(10 ** (-ratio / 20)))
    found = [harmonics.decibels(share) for share in harmonics.harmonicity(wave) if share]
    assert found == pytest.approx([ratio] * 3, abs=1.6)


def test_a_buzz_is_found_in_the_band_where_it_is() -> None:
    breathy = 0.05 * (pulses(203, up_to=3900) + 0.3 * NOISE)
    buzzing = 0.05 * (pulses(203) + 0.3 * NOISE)
    same, over, high = (
        harmonics.difference(
            [harmonics.harmonicity(buzzing)] * 3, [harmonics.harmonicity(breathy)] * 3, band
        )
        for band in range(3)
    )
    assert same is not None
    assert over is not None
    assert high is not None
    assert abs(same.mean) < 1
    assert over.mean > 8
    assert high.mean > 8


def test_a_band_without_sound_is_not_judged() -> None:
    shares = harmonics.harmonicity(0.05 * pulses(203, up_to=7000))
    assert shares[2] is None
    assert harmonics.difference([shares], [shares], 2) is None
    assert harmonics.difference([shares], [shares], 0) == Interval(0, 0, 0)


def test_noise_alone_has_no_voiced_frame_to_judge() -> None:
    assert harmonics.harmonicity(0 * NOISE) == [None] * 3


def test_half_the_movement_is_a_quarter_of_the_variance() -> None:
    mels = [CHANCE.normal(size=(MELS, 90)).astype(np.float32) for _ in range(4)]
    assert sharpness.global_variance(mels, mels) == Interval(1, 1, 1)
    smooth = [0.5 * mel for mel in mels]
    assert sharpness.global_variance(smooth, mels).mean == pytest.approx(0.25)


def test_pauses_do_not_make_a_voice_sharper() -> None:
    speech = 0.1 * NOISE * np.float32(1.0)
    paused = np.concatenate([speech, np.zeros(SAMPLE_RATE // 5, np.float32)])
    ratio = sharpness.global_variance([sharpness.mel_of(paused)], [sharpness.mel_of(speech)])
    assert ratio.mean == pytest.approx(1, abs=0.1)


def sentences_of(mean: float, count: int = 40) -> list[np.ndarray]:
    return [CHANCE.normal(size=30) + mean for _ in range(count)]


TEXTS = [f"sentence {n}" for n in range(40)]


def test_the_same_speech_cannot_be_told_from_itself() -> None:
    same = sentences_of(0)
    assert real_or_not.area(same, same, TEXTS) == Interval(0.5, 0.5, 0.5)


def test_speech_of_one_kind_can_hardly_be_told_apart() -> None:
    areas = [real_or_not.area(sentences_of(0), sentences_of(0), TEXTS).mean for _ in range(8)]
    assert np.mean(areas) == pytest.approx(0.5, abs=0.08)


def test_speech_of_another_kind_is_told_apart() -> None:
    assert real_or_not.area(sentences_of(1), sentences_of(0), TEXTS).mean > 0.97


def test_a_text_read_twice_is_never_in_training_and_test() -> None:
    """Each text has a sound of its own, so whoever knows the text would know the answer."""
    own = CHANCE.normal(size=(20, 30)) * 10
    kinds = CHANCE.choice([-1.0, 1.0], size=20)
    real = [own[n // 2] for n in range(40)]
    made = [own[n // 2] + kinds[n // 2] for n in range(40)]
    texts = [f"sentence {n // 2}" for n in range(40)]
    assert real_or_not.area(made, real, texts).mean < 0.75


def test_the_level_of_a_recording_gives_nothing_away() -> None:
    mel = CHANCE.normal(size=(MELS, 50)).astype(np.float32)
    assert real_or_not.traits(mel + 3) == pytest.approx(real_or_not.traits(mel), abs=1e-5)


def test_a_copy_is_as_far_from_its_recording_as_its_mel() -> None:
    wave = 0.1 * NOISE
    clip = Clip("a.wav", "x", "mine", "CC0", "f", 1.0, 12_000.0, "valid", "")
    mel = np.log(np.maximum(np.exp(_mel(wave)), 1e-5))
    sentence = Sentence(clip, wave, mel.astype(np.float16))
    assert copies.mel_distance(wave, sentence) < 0.002
    assert copies.mel_distance(wave / 2, sentence) == pytest.approx(np.log(2), abs=0.01)


def _mel(wave: np.ndarray) -> np.ndarray:
    import torch

    from narrator.engine.mel import log_mel

    return log_mel(torch.from_numpy(wave)[None])[0].numpy()


def test_likeness_runs_from_another_person_to_the_speaker_at_another_time() -> None:
    def unit(vectors: np.ndarray) -> np.ndarray:
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def people(mean: np.ndarray, count: int = 12) -> np.ndarray:
        return unit(mean + 0.1 * CHANCE.normal(size=(count, 16)))

    speaker, other = np.eye(16)[0] + 0.3, np.eye(16)[1] + 0.3
    real, foreign = people(speaker), people(other)
    same = cosines(people(speaker), real, foreign)["normalised"]
    different = cosines(people(other), real, foreign)["normalised"]
    assert isinstance(same, Interval)
    assert isinstance(different, Interval)
    assert same.mean == pytest.approx(1, abs=0.1)
    assert different.mean == pytest.approx(0, abs=0.1)
