"""The vocoder with a harmonic source in place of a free phase, to compare the two heads.

A band-limited pulse train at the pitch and white noise are taken to the spectrum, and the network
filters each of them. Source: the source-filter model as in NSF (Wang et al. 2019, arXiv
1904.12088), with
filters at frame rate, as in the neural homomorphic vocoder (Liu et al. 2020, Interspeech).
"""

import math
from functools import partial

import torch
from torch import Tensor, nn

from narrator.engine.config import WINDOW, VocoderConfig
from narrator.engine.spectrum import BINS, spectrum_of, waveform_of
from narrator.engine.vocoder import FrameNetwork
from narrator.speech import HOP, SAMPLE_RATE

REST_HZ = 150.0
JITTERS = 4  # a frame: no period is like the one before
JITTER = 0.01  # of a period
HISS = 2.0  # what a bin drawn anew in each frame loses where the frames overlap
HIGHEST_HARMONIC_HZ = 0.98 * SAMPLE_RATE / 2


class HarmonicVocoder(FrameNetwork):
    """mel (batch, MELS, frames) and pitch (batch, frames), Hz, 0 unvoiced -> waveform."""

    def __init__(self, config: VocoderConfig) -> None:
        super().__init__(config, extra=2, outputs=3 * BINS)

    def forward(self, mel: Tensor, noise: Tensor, pitch: Tensor) -> Tensor:
        """Give the waveform (batch, frames * HOP)."""
        voiced = (pitch > 0).float()
        melody = torch.stack([(filled(pitch) / REST_HZ).log(), voiced], dim=1)
        x = self.hidden(mel, noise, melody)
        with torch.autocast(x.device.type, enabled=False):
            tonal, breathy, phase = self.head(x).chunk(3, dim=-1)
            tonal = self.amplitudes(mel, tonal)
            breathy = self.amplitudes(mel, breathy - 1.0)
            jitter = torch.randn(len(mel), JITTERS * mel.shape[2], device=mel.device)
            source = tonal * spectrum_of(pulses(pitch, jitter)) * (4 / WINDOW)
            source = source + breathy * HISS * _standard_complex(breathy)
            return waveform_of(source * torch.polar(torch.ones_like(phase), phase))


def smoothed(pitch: Tensor, frames: int) -> Tensor:
    """Average the pitch over so many voiced frames, odd: as coarse as one that was predicted."""
    voiced = (pitch > 0).float()
    pool = partial(nn.functional.avg_pool1d, kernel_size=frames, stride=1, padding=frames // 2)
    return pool(pitch * voiced) / pool(voiced).clamp(min=1e-6) * voiced


def _standard_complex(like: Tensor) -> Tensor:
    parts = torch.randn(2, *like.shape, device=like.device) / math.sqrt(2)
    return torch.complex(parts[0], parts[1])


def filled(pitch: Tensor) -> Tensor:
    """Carry the last pitch through unvoiced frames: (batch, frames), Hz, 0 unvoiced."""
    index = torch.arange(pitch.shape[1], device=pitch.device).expand_as(pitch)
    last = torch.where(pitch > 0, index, torch.full_like(index, -1)).cummax(dim=1).values
    held = pitch.gather(1, last.clamp(min=0))
    return torch.where(last >= 0, held, torch.full_like(pitch, REST_HZ)).clamp(min=50.0)


def pulses(pitch: Tensor, jitter: Tensor) -> Tensor:
    """Give a train of band-limited pulses (batch, frames * HOP) whose harmonics have amplitude 1.

    jitter: (batch, JITTERS * frames), standard normal, by which they come early or late. The sum of
    the cosines of all harmonics is Dirichlet's kernel, in closed form.
    """
    hertz = _per_sample(filled(pitch)).double()
    gate = _per_sample((pitch > 0).float())
    angle = math.pi * (hertz / SAMPLE_RATE).cumsum(dim=1)  # half of the fundamental's phase
    late = nn.functional.interpolate(
        jitter[:, None], size=angle.shape[1], mode="linear", align_corners=True
    )
    angle = torch.remainder(angle + math.pi * JITTER * late[:, 0], math.pi)
    count = (HIGHEST_HARMONIC_HZ / hertz).floor()
    below = angle.sin()
    kernel = torch.where(
        below.abs() < 1e-6, count, ((2 * count + 1) * angle).sin() / (2 * below) - 0.5
    )
    return kernel.float() * gate


def _per_sample(frames: Tensor) -> Tensor:
    ends = torch.cat([frames, frames[:, -1:]], dim=1)[:, None]
    size = frames.shape[1] * HOP + 1
    return nn.functional.interpolate(ends, size=size, mode="linear", align_corners=True)[:, 0, :-1]
