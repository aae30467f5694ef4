"""Log-mel spectrogram to waveform, by one inverse short-time Fourier transform.

The network works at frame rate and predicts amplitude and phase of each bin; the transform does the
rest. Source: Vocos (Siuzdak 2023, arXiv 2306.00814). The amplitude starts from the pseudo-inverse
of the mel
filters, and the network learns what is missing: FreeV (Lv et al. 2024, arXiv 2406.08196), section
2.2.
"""

import torch
from torch import Tensor, nn

from narrator.engine.blocks import ConvNeXtBlock, TimeConv
from narrator.engine.config import MEL_FLOOR, MELS, WINDOW, VocoderConfig
from narrator.engine.mel import mel_filters, window
from narrator.speech import HOP

BINS = WINDOW // 2 + 1
LOUDEST_LOG_AMPLITUDE = 7.0


class Vocoder(nn.Module):
    """mel (batch, MELS, frames) -> waveform (batch, frames * HOP)."""

    inverse_filters: Tensor

    def __init__(self, config: VocoderConfig) -> None:
        super().__init__()
        self.config = config
        self.embed = TimeConv(MELS + config.noise, config.width, config.kernel)
        self.norm = nn.LayerNorm(config.width)
        self.blocks = nn.ModuleList(
            ConvNeXtBlock(
                config.width,
                config.hidden,
                config.kernel,
                nn.LayerNorm(config.width),
                scale=1 / config.blocks,
            )
            for _ in range(config.blocks)
        )
        self.final = nn.LayerNorm(config.width)
        self.head = nn.Linear(config.width, 2 * BINS)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        inverse = torch.linalg.pinv(mel_filters(torch.device("cpu")).T)
        self.register_buffer("inverse_filters", inverse, persistent=False)

    def forward(self, mel: Tensor, noise: Tensor) -> Tensor:
        """mel: (batch, MELS, frames). noise: (batch, config.noise, frames), standard normal."""
        amplitude, phase = self.spectrum(mel, noise)
        return waveform_of(torch.complex(amplitude * phase.cos(), amplitude * phase.sin()))

    def spectrum(self, mel: Tensor, noise: Tensor) -> tuple[Tensor, Tensor]:
        """Give amplitude and phase, each (batch, BINS, frames), always in float32."""
        x = self.norm(self.embed(torch.cat([mel, noise], dim=1).transpose(1, 2)).float())
        for block in self.blocks:
            x = block(x)
        with torch.autocast(x.device.type, enabled=False):  # bf16 would blur the phase
            residual, phase = self.head(self.final(x.float())).chunk(2, dim=-1)
            start = mel.float().exp().transpose(1, 2) @ self.inverse_filters.T
            start = start.clamp(min=MEL_FLOOR).log()
            amplitude = (start + residual).clamp(max=LOUDEST_LOG_AMPLITUDE).exp()
            return amplitude.transpose(1, 2), phase.transpose(1, 2)


def waveform_of(spectrum: Tensor) -> Tensor:
    """Invert the transform of mel.py: (batch, BINS, frames) complex -> (batch, frames * HOP)."""
    hann = window(spectrum.device)
    frames = torch.fft.irfft(spectrum.transpose(1, 2), WINDOW) * hann
    return _overlap_added(frames) / _overlap_added(hann.square().expand_as(frames[:1]))


def _overlap_added(frames: Tensor) -> Tensor:
    """Join frames that stand a hop apart: (batch, frames, WINDOW) -> (batch, frames * HOP)."""
    batch, count, _ = frames.shape
    hops = WINDOW // HOP
    joined = frames.new_zeros(batch, count + hops - 1, HOP)
    for hop, part in enumerate(frames.unflatten(2, (hops, HOP)).unbind(2)):
        joined[:, hop : hop + count] += part
    return joined.flatten(1)[:, WINDOW // 2 :][:, : count * HOP]
