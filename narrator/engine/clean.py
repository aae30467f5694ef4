"""Recorded speech as the networks know it: 24 kHz, free of hum and steady noise, equally loud."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from narrator.engine.config import WINDOW
from narrator.engine.spectrum import window
from narrator.speech import HOP, SAMPLE_RATE

TARGET_LUFS = -23.0
HIGH_PASS_HZ = 50.0
NOISE_QUANTILE = 0.06
NOISE_GAIN_FLOOR = 0.1
SHORTEST_SECONDS = 0.1  # what every transform can hold; the aligner refuses such a clip


def cleaned(samples: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """Give a mono recording as 24 kHz, high-passed, denoised, levelled; whole frames of HOP."""
    from torchaudio.functional import highpass_biquad, resample

    waveform = torch.tensor(samples)
    missing = int(SHORTEST_SECONDS * rate) - len(waveform)
    waveform = torch.nn.functional.pad(waveform, (0, max(0, missing)))
    waveform = resample(waveform, rate, SAMPLE_RATE, lowpass_filter_width=32)
    waveform = denoise(highpass_biquad(waveform, SAMPLE_RATE, HIGH_PASS_HZ))
    whole = len(waveform) // HOP * HOP
    return level(waveform[:whole].numpy())


def denoise(waveform: Tensor) -> Tensor:
    """Take steady room noise out of a clip by a Wiener gain that never falls below -20 dB.

    waveform: (samples,). The noise of each bin is what its quietest frames hold; a clip whose
    pauses are silent comes back as it is. Source: Wiener gain 1 - N/X on power, Lim and Oppenheim
    1979.
    """
    hann = window(waveform.device)
    spectrum = torch.stft(waveform, WINDOW, HOP, window=hann, return_complex=True)
    power = spectrum.abs().square()
    noise = power.quantile(NOISE_QUANTILE, dim=1, keepdim=True) * 2.5
    gain = (1 - noise / power.clamp(min=1e-12)).clamp(min=NOISE_GAIN_FLOOR**2).sqrt()
    smooth = torch.nn.functional.avg_pool1d(gain[None], 3, 1, 1, count_include_pad=False)[0]
    return torch.istft(spectrum * smooth, WINDOW, HOP, window=hann, length=len(waveform))


def level(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Bring a clip to TARGET_LUFS, or less where its peak would pass full scale."""
    import pyebur128

    meter = pyebur128.R128State(1, SAMPLE_RATE, pyebur128.MeasurementMode.MODE_I)
    meter.add_frames(samples, len(samples))
    loudness = pyebur128.get_loudness_global(meter)
    if not np.isfinite(loudness) or loudness < -60:
        loudness = 20 * np.log10(np.sqrt(np.mean(samples**2)) + 1e-6)
    gain = 10 ** ((TARGET_LUFS - loudness) / 20)
    return samples * np.float32(min(gain, 0.98 / max(float(np.abs(samples).max()), 1e-4)))
