"""The vocoder whose network is alone with the phase, as in Vocos, to compare the heads."""

import torch
from torch import Tensor

from narrator.engine.config import VocoderConfig
from narrator.engine.spectrum import BINS, waveform_of
from narrator.engine.vocoder import FrameNetwork


class FreePhaseVocoder(FrameNetwork):
    """mel (batch, MELS, frames) -> waveform (batch, frames * HOP).

    Source: Vocos (Siuzdak 2023, arXiv 2306.00814), section 3.2, with amplitudes from the mel.
    """

    def __init__(self, config: VocoderConfig) -> None:
        super().__init__(config, outputs=2 * BINS)

    def forward(self, mel: Tensor, noise: Tensor) -> Tensor:
        """mel: (batch, MELS, frames). noise: (batch, config.noise, frames), standard normal."""
        x = self.hidden(mel, noise)
        with torch.autocast(x.device.type, enabled=False):
            residual, phase = self.head(x).chunk(2, dim=-1)
            return waveform_of(torch.polar(self.amplitudes(mel, residual), phase))
