import pytest
import torch
from torch import Tensor

from narrator.engine.config import MELS, VocoderConfig
from narrator.engine.mel import log_mel
from narrator.engine.pitch_reader import HIGHEST_HZ, LOWEST_HZ, PitchReader
from narrator.engine.source import held, source_phase
from narrator.engine.spectrum import BINS, SPACING, spectrum_of
from narrator.engine.vocoder import BANDS, LOW_BINS, Vocoder
from narrator.speech import HOP, SAMPLE_RATE

FRAMES = 60
HUM_HZ = 200.0  # a period of whole samples


def pulses(hertz: float, *, soft: bool = False) -> Tensor:
    """A train of band-limited pulses (1, FRAMES * HOP). soft: with overtones that fade."""
    time = torch.arange(FRAMES * HOP) / SAMPLE_RATE
    harmonics = torch.arange(1, int(SAMPLE_RATE / 2 / hertz))[:, None]
    overtones = (2 * torch.pi * hertz * harmonics * time).cos()
    return (overtones / harmonics if soft else overtones).sum(dim=0)[None]


@pytest.fixture
def vocoder() -> Vocoder:
    torch.manual_seed(0)
    return Vocoder(VocoderConfig(width=16, hidden=32, blocks=2)).eval()


def test_a_source_has_the_phases_of_pulses_at_its_harmonics() -> None:
    seen = spectrum_of(pulses(HUM_HZ)).angle()
    given = source_phase(torch.full((1, FRAMES), HUM_HZ), BINS)
    peaks = [round(n * HUM_HZ / SPACING) for n in range(1, 30)]
    away = torch.remainder(seen - given + torch.pi, 2 * torch.pi) - torch.pi
    assert away[0, 4:-4, peaks].abs().max() < 0.1


def test_a_gliding_source_turns_as_fast_as_its_pitch() -> None:
    pitch = torch.linspace(100, 300, FRAMES)[None]
    phase = source_phase(pitch, BINS)
    fundamental = phase[0, 1:, 1] - phase[0, :-1, 1]  # the second bin knows no lower harmonic
    wanted = torch.pi * (pitch[0, 1:] + pitch[0, :-1]) * HOP / SAMPLE_RATE
    assert torch.allclose(fundamental.cos(), wanted.cos(), atol=1e-3)


def test_the_last_pitch_is_carried_through_a_pause() -> None:
    pitch = torch.tensor([[90.0, 100.0, 1.0, 2.0, 200.0]])
    voiced = torch.tensor([[0.0, 1.0, 0.0, 0.0, 1.0]])
    assert held(pitch, voiced).tolist() == [[90.0, 100.0, 100.0, 100.0, 200.0]]


def test_a_reader_names_a_pitch_within_its_range() -> None:
    torch.manual_seed(0)
    pitch, voiced = PitchReader()(torch.randn(2, MELS, 9))
    assert pitch.shape == voiced.shape == (2, 9)
    assert ((pitch > 0.99 * LOWEST_HZ) & (pitch < 1.01 * HIGHEST_HZ)).all()
    assert set(voiced.flatten().tolist()) <= {0.0, 1.0}


@pytest.mark.parametrize("frames", [1, 2, 3, 50])
def test_a_mel_of_any_length_becomes_a_waveform(vocoder: Vocoder, frames: int) -> None:
    with torch.inference_mode():
        made = vocoder(torch.randn(1, MELS, frames), torch.randn(1, 4, frames))
    assert made.shape == (1, frames * HOP)
    assert made.isfinite().all()


def test_every_bin_belongs_to_bands_wholly(vocoder: Vocoder) -> None:
    assert vocoder.spread.shape == (BANDS, LOW_BINS)
    assert torch.allclose(vocoder.spread.sum(dim=0), torch.ones(LOW_BINS), atol=1e-4)


@pytest.mark.parametrize(("mixture", "low", "high"), [(6.0, 0.95, 1.0), (-9.0, -1.0, 0.7)])
def test_with_its_source_even_an_untrained_network_hums_at_its_pitch(
    vocoder: Vocoder, mixture: float, low: float, high: float
) -> None:
    hum = 0.01 * pulses(HUM_HZ, soft=True)
    torch.nn.init.zeros_(vocoder.head.weight)
    torch.nn.init.constant_(vocoder.mixing.bias[:BANDS], mixture)
    vocoder.reader.forward = lambda mel, _: (  # type: ignore[method-assign]
        torch.full((1, mel.shape[2]), HUM_HZ),
        torch.ones(1, mel.shape[2]),
    )
    with torch.inference_mode():
        made = vocoder(log_mel(hum), torch.randn(1, 4, FRAMES))
    inside = made[0, 4 * HOP : -4 * HOP]
    period = round(SAMPLE_RATE / HUM_HZ)
    periods = torch.stack([inside[:-period], inside[period:]])
    assert low < torch.corrcoef(periods)[0, 1] < high


def test_it_can_be_trained_through_its_transforms(vocoder: Vocoder) -> None:
    made = vocoder(torch.randn(1, MELS, 9), torch.randn(1, 4, 9))
    made.square().sum().backward()
    learnt = [weight.grad for name, weight in vocoder.named_parameters() if "reader" not in name]
    assert all(grad is not None and grad.isfinite().all() for grad in learnt)
