"""The short-time Fourier transform that mel, vocoder and cleaning share, and its inverse."""

from functools import lru_cache

import torch
from torch import Tensor
from torch.nn.functional import pad

from narrator.engine.config import WINDOW
from narrator.speech import HOP, SAMPLE_RATE

BINS = WINDOW // 2 + 1
SPACING = SAMPLE_RATE / WINDOW  # of the bins, Hz


@lru_cache
def window(device: torch.device) -> Tensor:
    """Give the Hann window (WINDOW,) of every short-time transform here."""
    with torch.inference_mode(False):  # a cached inference tensor would break later training
        return torch.hann_window(WINDOW, device=device)


def spectrum_of(waveform: Tensor) -> Tensor:
    """Transform (batch, frames * HOP) -> (batch, frames, BINS), complex.

    Frame i is centred on sample HOP * i; half a window is mirrored at either end, or silent where
    there is less than that to mirror.
    """
    edge = WINDOW // 2
    ends = "reflect" if waveform.shape[1] > edge else "constant"
    frames = pad(waveform[:, None], (edge, edge), mode=ends)[:, 0].unfold(1, WINDOW, HOP)
    frames = frames[:, : waveform.shape[1] // HOP] * window(waveform.device)
    spectrum: Tensor = torch.fft.rfft(frames)
    return spectrum


def waveform_of(spectrum: Tensor) -> Tensor:
    """Invert spectrum_of: (batch, frames, BINS) complex -> (batch, frames * HOP)."""
    hann = window(spectrum.device)
    frames = torch.fft.irfft(spectrum, WINDOW) * hann
    return _overlap_added(frames) / _overlap_added(hann.square().expand_as(frames[:1]))


def _overlap_added(frames: Tensor) -> Tensor:
    """Join frames that stand a hop apart: (batch, frames, WINDOW) -> (batch, frames * HOP)."""
    batch, count, _ = frames.shape
    hops = WINDOW // HOP
    joined = frames.new_zeros(batch, count + hops - 1, HOP)
    for hop, part in enumerate(frames.unflatten(2, (hops, HOP)).unbind(2)):
        joined[:, hop : hop + count] += part
    return joined.flatten(1)[:, WINDOW // 2 :][:, : count * HOP]
