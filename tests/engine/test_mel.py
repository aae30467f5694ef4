import numpy as np
import pytest
import torch

from narrator.engine.config import MELS, WINDOW
from narrator.engine.measure import drawn_through
from narrator.engine.mel import frame_energy, log_mel, magnitudes, mel_filters
from narrator.engine.pitch import f0_track
from narrator.engine.spectrum import spectrum_of, waveform_of
from narrator.speech import HOP, SAMPLE_RATE


def tone(hz: float, seconds: float = 1.0) -> np.ndarray:
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    harmonics = sum(np.sin(2 * np.pi * hz * n * time) / n for n in range(1, 12))
    return (0.2 * harmonics).astype(np.float32)


def test_a_second_has_eighty_frames_of_eighty_bands() -> None:
    assert log_mel(torch.from_numpy(tone(200))[None]).shape == (1, MELS, SAMPLE_RATE // HOP)


def test_every_band_hears_something() -> None:
    assert (mel_filters(torch.device("cpu")).sum(dim=0) > 0).all()


def test_twice_the_amplitude_is_six_decibels() -> None:
    wave = torch.from_numpy(tone(200))[None]
    louder = frame_energy(magnitudes(2 * wave)) - frame_energy(magnitudes(wave))
    assert torch.allclose(louder, torch.full_like(louder, 20 * np.log10(2)), atol=1e-3)


def test_the_transform_is_undone_to_the_sample() -> None:
    wave = torch.randn(2, 40 * HOP, generator=torch.Generator().manual_seed(1))
    hann = torch.hann_window(WINDOW)
    known = torch.stft(wave, WINDOW, HOP, window=hann, return_complex=True)[..., :-1]
    spectrum = spectrum_of(wave)
    assert torch.allclose(spectrum, known.transpose(1, 2), atol=1e-3)
    back = waveform_of(spectrum)
    assert back.shape == wave.shape
    inside = slice(WINDOW, -WINDOW)
    assert torch.allclose(back[:, inside], wave[:, inside], atol=1e-4)


def test_the_melody_of_a_tone_is_found_without_octave_errors() -> None:
    for hz in (80.0, 140.0, 260.0):
        track = f0_track(tone(hz), SAMPLE_RATE)
        assert len(track) == SAMPLE_RATE // HOP
        voiced = track[track > 0]
        assert len(voiced) > 60
        assert np.abs(12 * np.log2(voiced / hz)).max() < 0.5


def test_silence_has_no_melody() -> None:
    assert not f0_track(np.zeros(SAMPLE_RATE, dtype=np.float32), SAMPLE_RATE).any()


def test_a_tone_is_drawn_through_what_is_unvoiced() -> None:
    f0 = np.array([0, 100, 0, 0, 0, 200, 0], dtype=np.float32)
    low, high = np.log([100, 200])
    assert drawn_through(f0) == pytest.approx(
        [low, low, *np.linspace(low, high, 5)[1:-1], high, high], abs=1e-5
    )
    assert not drawn_through(np.zeros(4, dtype=np.float32)).any()
