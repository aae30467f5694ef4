"""The log-mel spectrogram that acoustic model, vocoder and speaker encoder share."""

from functools import lru_cache

import torch
from torch import Tensor

from narrator.engine.config import MEL_FLOOR, MEL_TOP_HZ, MELS
from narrator.engine.spectrum import BINS, spectrum_of
from narrator.speech import SAMPLE_RATE


@lru_cache
def mel_filters(device: torch.device) -> Tensor:
    """Give the triangular filters (BINS, MELS), 0 to 12 kHz, Slaney's scale and norm."""
    from torchaudio.functional import melscale_fbanks

    with torch.inference_mode(False):
        filters: Tensor = melscale_fbanks(
            n_freqs=BINS,
            f_min=0.0,
            f_max=float(MEL_TOP_HZ),
            n_mels=MELS,
            sample_rate=SAMPLE_RATE,
            norm="slaney",
            mel_scale="slaney",
        )
        return filters.to(device)


def magnitudes(waveform: Tensor) -> Tensor:
    """Give the magnitude spectrum of each frame; frame i is centred on sample HOP * i.

    waveform: (batch, samples), 24 kHz, samples a multiple of HOP. Returns (batch, bins, samples //
    HOP).
    """
    return spectrum_of(waveform.float()).abs().transpose(1, 2)


def log_mel_of(magnitude: Tensor) -> Tensor:
    """Give natural-log mel bands (batch, MELS, frames) of magnitudes (batch, bins, frames)."""
    bands = mel_filters(magnitude.device).T @ magnitude
    return bands.clamp(min=MEL_FLOOR).log()


def log_mel(waveform: Tensor) -> Tensor:
    """Give the log-mel spectrogram (batch, MELS, samples // HOP) of waveform (batch, samples)."""
    return log_mel_of(magnitudes(waveform))


def frame_energy(magnitude: Tensor) -> Tensor:
    """Give the level of each frame in dB, (batch, frames), of magnitudes (batch, bins, frames)."""
    return 10 * magnitude.square().sum(dim=-2).clamp(min=1e-6).log10()
