"""Judges of the vocoder's waveforms, small enough for a CPU; used in training alone."""

from itertools import pairwise

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu, pad
from torch.nn.utils.parametrizations import weight_norm

PERIODS = (2, 3, 5, 7, 11)
RESOLUTIONS = ((2048, 512), (1024, 256), (512, 128))


class PeriodDiscriminator(nn.Module):
    """Looks at every n-th sample side by side. Source: HiFi-GAN, arXiv 2010.05646, section 2.3."""

    def __init__(self, period: int, width: int) -> None:
        super().__init__()
        self.period = period
        widths = (1, width, 2 * width, 4 * width, 4 * width)
        self.layers = nn.ModuleList(
            weight_norm(nn.Conv2d(a, b, (5, 1), (3, 1), (2, 0))) for a, b in pairwise(widths)
        )
        self.score = weight_norm(nn.Conv2d(widths[-1], 1, (3, 1), 1, (1, 0)))

    def forward(self, waveform: Tensor) -> tuple[Tensor, list[Tensor]]:
        """waveform: (batch, samples). Gives the score map and the inner activations."""
        missing = -waveform.shape[-1] % self.period
        folded = pad(waveform, (0, missing), mode="reflect")
        x = folded.view(len(folded), 1, -1, self.period)
        return _judge(x, self.layers, self.score)


class ResolutionDiscriminator(nn.Module):
    """Looks at a magnitude spectrogram. Source: UnivNet, arXiv 2106.07889, section 2.2."""

    def __init__(self, size: int, hop: int, width: int) -> None:
        super().__init__()
        self.size, self.hop = size, hop
        strides = (2, 2, 2, 1)
        self.layers = nn.ModuleList(
            weight_norm(nn.Conv2d(1 if n == 0 else width, width, (5, 3), (stride, 1), (2, 1)))
            for n, stride in enumerate(strides)
        )
        self.score = weight_norm(nn.Conv2d(width, 1, (3, 3), 1, (1, 1)))

    def forward(self, waveform: Tensor) -> tuple[Tensor, list[Tensor]]:
        """waveform: (batch, samples). Gives the score map and the inner activations."""
        hann = torch.hann_window(self.size, device=waveform.device)
        spectrum = torch.stft(
            waveform.float(), self.size, self.hop, window=hann, return_complex=True
        )
        x = spectrum.abs().clamp(min=1e-5).log()[:, None]
        return _judge(x, self.layers, self.score)


def _judge(x: Tensor, layers: nn.ModuleList, score: nn.Module) -> tuple[Tensor, list[Tensor]]:
    activations = []
    for layer in layers:
        x = leaky_relu(layer(x), 0.1)
        activations.append(x)
    return score(x), activations


class Discriminators(nn.Module):
    """All judges together: scores and activations, one entry a judge."""

    def __init__(self, width: int = 16) -> None:
        super().__init__()
        self.judges = nn.ModuleList(
            [PeriodDiscriminator(period, width) for period in PERIODS]
            + [ResolutionDiscriminator(size, hop, width) for size, hop in RESOLUTIONS]
        )

    def forward(self, waveform: Tensor) -> tuple[list[Tensor], list[list[Tensor]]]:
        """waveform: (batch, samples)."""
        judged = [judge(waveform) for judge in self.judges]
        return [score for score, _ in judged], [activations for _, activations in judged]
