"""What the networks are trained against."""

import torch
from torch import Tensor

RESOLUTIONS = (512, 1024, 2048)


def spectral_distance(made: Tensor, real: Tensor) -> Tensor:
    """Compare waveforms (batch, samples) by spectral convergence and log magnitude at three
    resolutions.

    Source: Parallel WaveGAN (Yamamoto et al. 2020, arXiv 1910.11480), equations 4 to 6.
    """
    total = torch.zeros((), device=made.device)
    for size in RESOLUTIONS:
        window = torch.hann_window(size, device=made.device)
        ours, theirs = (
            torch.stft(wave, size, size // 4, window=window, return_complex=True)
            .abs()
            .clamp(min=1e-4)
            for wave in (made, real)
        )
        total = total + (theirs - ours).norm() / theirs.norm()
        total = total + (theirs.log() - ours.log()).abs().mean()
    return total / len(RESOLUTIONS)


def masked_mean(values: Tensor, mask: Tensor) -> Tensor:
    """Average `values` where `mask` (broadcastable, float) is one."""
    mask = mask.expand_as(values)
    return (values * mask).sum() / mask.sum().clamp(min=1)


def least_squares(scores: list[Tensor], target: float) -> Tensor:
    """Give the LSGAN loss of discriminator scores against `target`. Source: arXiv 1611.04076."""
    return torch.stack([(score.float() - target).square().mean() for score in scores]).mean()


def feature_distance(ours: list[list[Tensor]], theirs: list[list[Tensor]]) -> Tensor:
    """Compare the judges' inner activations. Source: MelGAN, arXiv 1910.06711, equation 4."""
    return torch.stack(
        [
            (a.float() - b.float().detach()).abs().mean()
            for made, real in zip(ours, theirs, strict=True)
            for a, b in zip(made, real, strict=True)
        ]
    ).mean()
