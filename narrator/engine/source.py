"""The source of a voice: overtones whose phases run on from frame to frame."""

import math

import torch
from torch import Tensor
from torch.nn.functional import pad

from narrator.engine.spectrum import SPACING
from narrator.speech import HOP, SAMPLE_RATE


def source_phase(pitch: Tensor, bins: int) -> Tensor:
    """Give the phase of the nearest harmonic in the lowest bins: (batch, frames, bins), radians.

    pitch: (batch, frames), Hz, above 0 in every frame. It is what spectrum_of finds in a train of
    pulses of that pitch, but for a shift in time.
    """
    steps = (pitch[:, 1:] + pitch[:, :-1]).double() / 2 * (HOP / SAMPLE_RATE)
    cycles = pad(steps.cumsum(dim=1), (1, 0))
    turned = (2 * math.pi * cycles.frac()).float()[..., None]
    bin = torch.arange(bins, device=pitch.device)
    harmonic = (bin * (SPACING / pitch[..., None])).round().clamp(min=1)
    return torch.addcmul(math.pi * (bin % 2), harmonic, turned)  # frames begin half a window early


def held(pitch: Tensor, voiced: Tensor) -> Tensor:
    """Carry the last voiced pitch through frames that are not; each is (batch, frames)."""
    index = torch.arange(pitch.shape[1], device=pitch.device) * (voiced > 0)
    return pitch.gather(1, index.cummax(dim=1).values)
