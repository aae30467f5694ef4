"""The pitch of a voice, read off its log-mel spectrogram by a small network of the vocoder's.

Source: a pitch predictor inside the vocoder, as in HiFTNet (Li et al. 2023, arXiv 2309.09493),
section 2.2; one tone a class, and the mean around the likeliest, as in CREPE (Kim et al. 2018,
arXiv 1802.06182).
"""

import math

import torch
from torch import Tensor, nn

from narrator.engine.blocks import ConvNeXtBlock, TimeConv, kept
from narrator.engine.config import MELS

LOWEST_HZ, HIGHEST_HZ = 60.0, 600.0
TONES = 128
REACH = 4  # tones on either side of the likeliest that are averaged
WIDTH, HIDDEN, BLOCKS, KERNEL = 64, 192, 3, 7


class PitchReader(nn.Module):
    """mel (batch, MELS, frames) -> pitch (batch, frames), Hz, and where there is one, 0 or 1."""

    tones: Tensor

    def __init__(self) -> None:
        super().__init__()
        self.embed = TimeConv(MELS, WIDTH, KERNEL)
        self.norm = nn.LayerNorm(WIDTH)
        self.blocks = nn.ModuleList(
            ConvNeXtBlock(WIDTH, HIDDEN, KERNEL, nn.LayerNorm(WIDTH), scale=1 / BLOCKS)
            for _ in range(BLOCKS)
        )
        self.final = nn.LayerNorm(WIDTH)
        self.head = nn.Linear(WIDTH, TONES + 1)
        steps = torch.linspace(math.log(LOWEST_HZ), math.log(HIGHEST_HZ), TONES)
        self.register_buffer("tones", steps, persistent=False)

    def logits(self, mel: Tensor, there: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Give how likely each tone is (batch, frames, TONES), and a voice at all, as logits.

        there: (batch, frames, 1), 0 between two sentences; None where there is but one.
        """
        x = kept(self.norm(self.embed(mel.transpose(1, 2)).float()), there)
        for block in self.blocks:
            x = kept(block(x), there)
        read = self.head(self.final(x.float())).float()
        return read[..., :TONES], read[..., TONES]

    def forward(self, mel: Tensor, there: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Give the pitch; where there is no voice it means nothing. there: as of `logits`."""
        tones, voicing = self.logits(mel, there)
        reach = torch.arange(-REACH, REACH + 1, device=mel.device)
        likeliest = tones.max(dim=-1, keepdim=True).indices.clamp(REACH, TONES - 1 - REACH)
        near = likeliest + reach
        share = tones.gather(-1, near).softmax(dim=-1)
        return (share * self.tones[near]).sum(dim=-1).exp(), (voicing > 0).float()
