"""The short-time Fourier transform that mel, vocoder and cleaning share, and its inverse."""

from functools import lru_cache

import torch
from torch import Tensor
from torch.nn.functional import pad

from narrator.engine.config import WINDOW
from narrator.speech import HOP, SAMPLE_RATE

BINS = WINDOW // 2 + 1
OVERLAP = WINDOW // HOP
SPACING = SAMPLE_RATE / WINDOW  # of the bins, Hz


@lru_cache
def window(device: torch.device, size: int = WINDOW) -> Tensor:
    """Give the Hann window (size,) of every short-time transform here."""
    with torch.inference_mode(False):  # a cached inference tensor would break later training
        return torch.hann_window(size, device=device)


def spectrum_of(waveform: Tensor, size: int = WINDOW) -> Tensor:
    """Transform (batch, frames * hop) -> (batch, frames, size // 2 + 1), complex.

    size: of a frame, OVERLAP hops. Frame i is centred on sample hop * i; half a frame is mirrored
    at either end, or silent where there is less than that to mirror.
    """
    edge, hop = size // 2, size // OVERLAP
    ends = "reflect" if waveform.shape[1] > edge else "constant"
    frames = pad(waveform[:, None], (edge, edge), mode=ends)[:, 0].unfold(1, size, hop)
    frames = frames[:, : waveform.shape[1] // hop] * window(waveform.device, size)
    spectrum: Tensor = torch.fft.rfft(frames)
    return spectrum


def waveform_of(spectrum: Tensor, size: int = WINDOW) -> Tensor:
    """Invert spectrum_of: (batch, frames, bins) complex -> (batch, frames * hop).

    Where there are fewer bins than `size` has, those missing are silent.
    """
    hann = window(spectrum.device, size)
    frames = torch.fft.irfft(spectrum, size).mul_(hann).unflatten(2, (OVERLAP, -1))
    batch, count, _, hop = frames.shape
    joined = frames.new_zeros(batch, count + OVERLAP - 1, hop)
    there = frames.new_zeros(count + OVERLAP - 1, OVERLAP)  # of the frames that meet in a hop
    for late in range(OVERLAP):
        joined[:, late : late + count] += frames[:, :, late]
        there[late : late + count, late] = 1
    begin, end = OVERLAP // 2, OVERLAP // 2 + count  # beyond there is nothing to divide by
    waveform: Tensor = joined[:, begin:end] / (there[begin:end] @ hann.square().view(OVERLAP, hop))
    return waveform.flatten(1)
