"""FastSpeech, the first, of the same size: nothing is said of pitch and energy, only of durations.

What the predictors of pitch and energy held goes to the feed-forward layers, so that the comparison
is of what is known and not of how much can be learned. Encoder, voice and decoder are FastSpeech
2's, and durations come from the aligner, not from a teacher. Source: FastSpeech (Ren et al. 2019,
arXiv 1905.09263); the comparison is that of FastSpeech 2 (Ren et al. 2021, arXiv 2006.04558),
section 3.2.3.
"""

from dataclasses import replace

import torch
from torch import Tensor, nn

from narrator.engine.config import FastSpeech2Config
from narrator.engine.fastspeech2 import FastSpeech2


class _Nothing(nn.Module):
    """Stands where something was predicted or added: zeros (batch, time, width), no weights."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.width = width

    def forward(self, x: Tensor, *_: Tensor) -> Tensor:
        return x.new_zeros(*x.shape[:2], self.width, dtype=torch.float32)


class FastSpeech1(FastSpeech2):
    """FastSpeech 2 whose variance adaptor knows durations alone.

    It gives 0, which is the voice's mean, as pitch and energy of each phoneme, and hears neither.
    """

    def __init__(self, config: FastSpeech2Config) -> None:
        super().__init__(config)
        self.register_module("pitch", _Nothing(2))
        self.register_module("energy", _Nothing(1))
        self.register_module("tone_in", _Nothing(config.width))
        self.register_module("energy_in", _Nothing(config.width))
        self.steering = self._place_norms()


def of_same_size(config: FastSpeech2Config) -> FastSpeech2Config:
    """Widen the feed-forward layers until FastSpeech 1 has as many weights as FastSpeech 2 with
    `config`, or as near as whole columns come.
    """
    with torch.device("meta"):
        bare = weights(FastSpeech1(config))
        spare = weights(FastSpeech2(config)) - bare
        column = weights(FastSpeech1(_wider(config, 1))) - bare
    return _wider(config, round(spare / column))


def weights(network: nn.Module) -> int:
    """Count the numbers that a network learns."""
    return sum(values.numel() for values in network.parameters())


def _wider(config: FastSpeech2Config, columns: int) -> FastSpeech2Config:
    return replace(
        config,
        encoder_hidden=config.encoder_hidden + columns,
        decoder_hidden=config.decoder_hidden + columns,
    )
