import pytest
import torch
from torch import Tensor

from narrator.engine.config import MELS, SpeakerEncoderConfig
from narrator.engine.speaker_encoder import SpeakerEncoder
from narrator.speech import HOP, SAMPLE_RATE
from narrator.training.discriminators import Discriminators
from narrator.training.losses import (
    feature_distance,
    least_squares,
    masked_mean,
    periodicity_distance,
    pitch_distance,
    spectral_distance,
    unlikeness,
    voice_contrast,
)
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


def hum(noisy: float, seed: int = 1) -> Tensor:
    """Two clips of forty frames at 200 Hz, with so much noise."""
    time = torch.arange(40 * HOP) / SAMPLE_RATE
    overtones = torch.arange(1, 60)[:, None]
    voice = (2 * torch.pi * 200 * overtones * time).cos().sum(dim=0) / 60
    return voice + noisy * noise(seed, 40 * HOP)


PITCH = torch.full((2, 40), 200.0)
PLACES = torch.tensor([[clip, frame] for clip in (0, 1) for frame in range(8, 32, 4)])


def test_a_voice_is_as_periodic_as_another_of_as_much_noise() -> None:
    same = periodicity_distance(hum(0.5, 1), hum(0.5, 2), PITCH, PLACES)
    rougher = periodicity_distance(hum(1.0, 1), hum(0.5, 2), PITCH, PLACES)
    roughest = periodicity_distance(noise(1, 40 * HOP), hum(0.0), PITCH, PLACES)
    assert same < 0.06 < rougher < roughest


def test_periodicity_has_a_slope_to_go_down() -> None:
    made = hum(1.0).requires_grad_()
    periodicity_distance(made, hum(0.2), PITCH, PLACES).backward()  # type: ignore[no-untyped-call]
    assert made.grad is not None
    assert made.grad.isfinite().all()
    assert made.grad.abs().max() > 0


def test_without_a_voice_there_is_no_periodicity_to_compare() -> None:
    nowhere = torch.zeros(0, 2, dtype=torch.long)
    assert periodicity_distance(hum(1.0), hum(0.0), PITCH, nowhere).item() == 0


def test_a_pitch_that_is_read_right_costs_least() -> None:
    tones = torch.linspace(4, 6, 50)
    pitch = torch.tensor([[0.0, float(tones[20].exp()), float(tones[30].exp())]])
    right = 20 * torch.nn.functional.one_hot(torch.tensor([[0, 20, 30]]), 50).float()
    wrong = right.roll(10, dims=2)
    heard = torch.tensor([[-9.0, 9.0, 9.0]])
    best = pitch_distance(right, heard, tones, pitch)
    assert best < pitch_distance(wrong, heard, tones, pitch)
    assert best < pitch_distance(right, -heard, tones, pitch)


def test_unlikeness_teaches_the_mel_and_not_who_judges_it() -> None:
    torch.manual_seed(0)
    encoder = SpeakerEncoder(SpeakerEncoderConfig(width=16)).eval()
    mel, frames = torch.randn(2, MELS, 50).requires_grad_(), torch.tensor([50, 40])
    heard = torch.arange(50) < frames[:, None]
    own = encoder(mel, heard)
    assert unlikeness(encoder, mel, frames, own).item() == pytest.approx(0, abs=1e-5)
    apart = unlikeness(encoder, mel, frames, -own)
    assert apart.item() == pytest.approx(2, abs=1e-5)
    unlikeness(encoder, mel, frames, own.flip(0)).backward()
    assert mel.grad is not None
    assert mel.grad[:, :, :40].any()
    assert not mel.grad[1, :, 40:].any()
    assert all(weight.grad is None for weight in encoder.parameters())
