import pytest
import torch
from torch import Tensor

from narrator.training.discriminators import Discriminators
from narrator.training.losses import (
    feature_distance,
    least_squares,
    masked_mean,
    spectral_distance,
)
from narrator.training.train_acoustic import voice_contrast
from narrator.training.train_vocoder import reconstruction_loss

SPEAKERS = torch.tensor([0, 1, 2])
ANNA, BO, CY = torch.eye(8)[:3]


def noise(seed: int, samples: int = 6_000) -> Tensor:
    return torch.randn(2, samples, generator=torch.Generator().manual_seed(seed)) / 10


@pytest.mark.parametrize("loss", [spectral_distance, reconstruction_loss])
def test_a_waveform_is_at_no_distance_from_itself(loss: object) -> None:
    assert callable(loss)
    assert loss(noise(1), noise(1)).item() == pytest.approx(0, abs=1e-6)
    assert loss(noise(1), noise(2)).item() > loss(noise(1), 0.9 * noise(1)).item() > 0.01


def test_silence_against_speech_is_a_finite_loss() -> None:
    silence = torch.zeros(2, 6_000)
    assert reconstruction_loss(silence, noise(1)).isfinite()
    assert reconstruction_loss(noise(1), silence).isfinite()


def test_what_is_padded_does_not_count() -> None:
    values = torch.tensor([[1.0, 3.0, 1000.0], [5.0, 1000.0, 1000.0]])
    mask = torch.tensor([[1.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    assert masked_mean(values, mask).item() == 3
    assert masked_mean(values, torch.zeros(2, 3)).item() == 0


def test_a_mask_may_be_narrower_than_what_it_covers() -> None:
    values = torch.arange(6.0).view(1, 2, 3)
    assert masked_mean(values, torch.tensor([[[1.0, 0.0, 0.0]]])).item() == 1.5


def test_prompts_of_one_speaker_belong_together() -> None:
    voices = torch.stack([ANNA, BO, CY])
    right = voice_contrast(voices, voices, SPEAKERS)
    wrong = voice_contrast(voices, voices.roll(1, dims=0), SPEAKERS)
    same = voice_contrast(torch.ones(3, 8), torch.ones(3, 8), SPEAKERS)
    assert right < 0.01 < same < wrong


def test_how_loud_an_embedding_is_does_not_matter() -> None:
    voices = torch.stack([ANNA, BO, CY]) + 0.1
    alike = (voice_contrast(scale * voices, voices, SPEAKERS) for scale in (1, 50))
    assert torch.allclose(*alike)


def test_a_batch_of_one_speaker_has_a_finite_contrast() -> None:
    voices = torch.stack([ANNA, BO])
    assert voice_contrast(voices, voices, torch.tensor([4, 4])).isfinite()


def test_judges_tell_how_far_a_score_is_from_its_target() -> None:
    scores = [torch.ones(2, 1, 5), torch.zeros(2, 1, 3)]
    assert least_squares(scores, 1.0).item() == 0.5
    assert least_squares(scores[:1], 1.0).item() == 0


def test_every_judge_listens_and_none_sees_a_copy_as_another() -> None:
    torch.manual_seed(0)
    judges = Discriminators(width=4)
    scores, inner = judges(noise(1))
    _, same = judges(noise(1))
    _, other = judges(noise(2))
    assert len(scores) == len(inner) == 8
    assert feature_distance(inner, same).item() == 0
    assert feature_distance(inner, other).item() > 0
