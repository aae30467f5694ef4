"""Recorded speech to a voice embedding.

Source: the mel-style encoder of Meta-StyleSpeech (Min et al. 2021, arXiv 2106.03153), section 3.1.
"""

import torch
from torch import Tensor, nn

from narrator.engine.blocks import TimeConv
from narrator.engine.config import SpeakerEncoderConfig


class GatedConv(nn.Module):
    """A gated convolution over time with a residual."""

    def __init__(self, width: int, kernel: int, dropout: float) -> None:
        super().__init__()
        self.conv = TimeConv(width, 2 * width, kernel)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor) -> Tensor:
        """x: (batch, frames, width)."""
        summed: Tensor = x + self.dropout(nn.functional.glu(self.conv(x)))
        return summed


class SpeakerEncoder(nn.Module):
    """mel (batch, MELS, frames) -> voice embedding (batch, width), of mean 0 and deviation 1."""

    def __init__(self, config: SpeakerEncoderConfig) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.spectral = nn.Sequential(
            nn.Linear(config.mels, width), nn.GELU(), nn.Linear(width, width), nn.GELU()
        )
        self.temporal = nn.Sequential(
            GatedConv(width, config.kernel, config.dropout),
            GatedConv(width, config.kernel, config.dropout),
        )
        self.attention = nn.MultiheadAttention(width, config.heads, batch_first=True)
        self.out = nn.Linear(width, width)

    def forward(self, mel: Tensor, mask: Tensor | None = None) -> Tensor:
        """mask: (batch, frames), True where there is sound; None when all is.

        A voice must not depend on how loud it was recorded: the mean level of the sounding frames
        is taken out first.
        """
        heard = mel[:, : self.config.mels].transpose(1, 2).float()  # (batch, frames, mels)
        if mask is None:
            mask = torch.ones(heard.shape[:2], dtype=torch.bool, device=heard.device)
        there = mask[..., None].float()
        count = there.sum(dim=1, keepdim=True).clamp(min=1)
        level = (heard * there).mean(dim=2, keepdim=True).sum(dim=1, keepdim=True) / count
        x = self.temporal(self.spectral((heard - level) * there))
        attended, _ = self.attention(x, x, x, key_padding_mask=~mask, need_weights=False)
        pooled = ((x + attended) * there).sum(dim=1) / count[:, 0]
        return standardized(self.out(pooled))


def standardized(embedding: Tensor) -> Tensor:
    """Bring embeddings (..., width) to mean 0 and deviation 1, as the encoder gives them."""
    return nn.functional.layer_norm(embedding.float(), embedding.shape[-1:])
