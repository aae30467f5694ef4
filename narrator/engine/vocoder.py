"""Log-mel spectrogram to waveform: a network at frame rate, a source of phases, Fourier transforms.

The network predicts amplitude and phase of each bin, and the inverse transform does the rest, as in
Vocos (Siuzdak 2023, arXiv 2306.00814). The amplitude starts from the pseudo-inverse of the mel
filters, and the network learns what is missing: FreeV (Lv et al. 2024, arXiv 2406.08196), section
2.2. Where there is a voice, a bin may take its phase from the nearest harmonic: a harmonic prior,
as in Wavehax (Yoneyama et al. 2024, arXiv 2411.06807). What does not fit where frames overlap is
mended by one round of Griffin and Lim (1984, IEEE ASSP 32, section III), and the network is trained
through it. Both are for the lower half of the band alone, where harmonics are heard apart; so that
round runs at half the rate.
"""

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn

from narrator.engine.blocks import ConvNeXtBlock, TimeConv, kept
from narrator.engine.config import MEL_FLOOR, MELS, WINDOW, VocoderConfig
from narrator.engine.mel import mel_filters
from narrator.engine.pitch_reader import KERNEL, PitchReader
from narrator.engine.source import held, source_phase
from narrator.engine.spectrum import BINS, SPACING, spectrum_of, waveform_of
from narrator.speech import SAMPLE_RATE

BANDS = 64  # in which the source is mixed in, as wide as the ear's
VOICED_BELOW_HZ = 2000.0  # where an untrained network mixes in half of the source
LOUDEST = math.exp(7.0)
LOW_BINS = BINS // 2  # up to 6 kHz
LOW_SIZE = WINDOW // 2  # of a frame that has no higher ones
FAINT = 1e-3  # an amplitude whose phase is nobody's


class FrameNetwork(nn.Module):
    """What every vocoder here has: a network over frames, and amplitudes that begin with the mel.

    Source: Vocos, section 3.3.
    """

    inverse_filters: Tensor

    def __init__(self, config: VocoderConfig, *, extra: int = 0, outputs: int) -> None:
        """extra: channels beside mel and noise. outputs: of the head, a frame."""
        super().__init__()
        self.config = config
        self.embed = TimeConv(MELS + config.noise + extra, config.width, config.kernel)
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
        self.head = nn.Linear(config.width, outputs)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)
        inverse = torch.linalg.pinv(mel_filters(torch.device("cpu")).T)
        self.register_buffer("inverse_filters", inverse, persistent=False)

    def hidden(self, *seen: Tensor, there: Tensor | None = None) -> Tensor:
        """Give what the network makes of frames: (batch, frames, width).

        seen: each (batch, channels, frames), with as many channels as `embed` takes. there: (batch,
        frames, 1), 0 between two sentences, where `seen` is 0 as well; None where there is but one.
        """
        x = kept(self.norm(self.embed(torch.cat(seen, dim=1).transpose(1, 2)).float()), there)
        for block in self.blocks:
            x = kept(block(x), there)
        hidden: Tensor = self.final(x.float())
        return hidden

    def amplitudes(self, mel: Tensor, residual: Tensor) -> Tensor:
        """Give the amplitudes (batch, frames, BINS) that the mel alone would have, times the
        exponential of `residual`, of the same shape.
        """
        start = mel.float().exp().transpose(1, 2) @ self.inverse_filters.T
        return (start.clamp(min=MEL_FLOOR) * residual.exp()).clamp(max=LOUDEST)


class Heard(NamedTuple):
    """What the vocoder's network hears in each frame, each (batch, frames, ...).

    pitch: Hz. voiced: 0 or 1. residual, phase: of each of BINS. share, turn: of the source, in each
    of BANDS, as logit and as radians.
    """

    pitch: Tensor
    voiced: Tensor
    residual: Tensor
    phase: Tensor
    share: Tensor
    turn: Tensor


class Vocoder(FrameNetwork):
    """mel (batch, MELS, frames) -> waveform (batch, frames * HOP)."""

    spread: Tensor

    def __init__(self, config: VocoderConfig) -> None:
        super().__init__(config, outputs=2 * BINS)
        self.reader = PitchReader()
        self.mixing = nn.Linear(config.width, 2 * BANDS)
        nn.init.zeros_(self.mixing.weight)
        with torch.no_grad():
            self.mixing.bias.copy_(_first_mixture())
        self.register_buffer("spread", _spread(), persistent=False)

    @property
    def reach(self) -> int:
        """How many frames the convolutions see to one side."""
        return max(self.config.kernel, KERNEL) // 2

    def forward(self, mel: Tensor, noise: Tensor) -> Tensor:
        """mel: (batch, MELS, frames). noise: (batch, config.noise, frames), standard normal."""
        return self.sound(mel, self.heard(mel, noise))

    def heard(self, mel: Tensor, noise: Tensor, there: Tensor | None = None) -> Heard:
        """Run the network over frames; mel and noise as of `forward`, there as of `hidden`."""
        with torch.no_grad():  # the reader learns from the pitch alone
            pitch, voiced = self.reader(mel, there)
        x = self.hidden(mel, noise, there=there)
        with torch.autocast(x.device.type, enabled=False):  # bf16 would blur the phase
            residual, phase = self.head(x).chunk(2, dim=-1)
            share, turn = self.mixing(x).chunk(2, dim=-1)
        return Heard(pitch, voiced, residual, phase, share, turn)

    def sound(self, mel: Tensor, heard: Heard) -> Tensor:
        """Give the waveform (batch, frames * HOP) of one sentence a row, from its mel (batch, MELS,
        frames) and what was heard in its frames.
        """
        with torch.autocast(mel.device.type, enabled=False):
            # A sentence at a time: formats changed for a whole batch would leave the cache.
            residual, phase, share, turn = (values.float() for values in heard[2:])
            amplitude = self.amplitudes(mel, residual)
            real, imag = phase.cos(), phase.sin()
            share = (share.sigmoid() * heard.voiced[..., None]) @ self.spread
            angle = source_phase(held(heard.pitch, heard.voiced), LOW_BINS)
            angle = angle + turn @ self.spread
            low = torch.complex(
                torch.lerp(real[..., :LOW_BINS], angle.cos(), share),
                torch.lerp(imag[..., :LOW_BINS], angle.sin(), share),
            )
            low = _mended(amplitude[..., :LOW_BINS], low)
            loud = amplitude[..., LOW_BINS:]
            high = torch.complex(loud * real[..., LOW_BINS:], loud * imag[..., LOW_BINS:])
            return waveform_of(torch.cat([low, high], dim=-1))


def _mended(amplitude: Tensor, direction: Tensor) -> Tensor:
    """Give a spectrum of these amplitudes with phases that fit where frames overlap.

    amplitude, direction: (batch, frames, LOW_BINS); the latter complex, with the phases to begin
    with.
    """
    heard = spectrum_of(waveform_of(amplitude * direction, LOW_SIZE), LOW_SIZE)[..., :LOW_BINS]
    power = heard.real.square() + heard.imag.square()
    return heard * (amplitude * power.clamp(min=FAINT**2).rsqrt())


def _band_of(hertz: Tensor) -> Tensor:
    """Give where a frequency stands among BANDS, which are evenly spaced in mel."""
    return (BANDS - 1) * (1 + hertz / 700).log() / math.log1p(SAMPLE_RATE / 2 / 700)


def _spread() -> Tensor:
    """Give the weights (BANDS, LOW_BINS) by which a bin lies between two bands."""
    place = _band_of(SPACING * torch.arange(LOW_BINS))
    return (1 - (place - torch.arange(BANDS)[:, None]).abs()).clamp(min=0)


def _first_mixture() -> Tensor:
    """Give the bias (2 * BANDS,) from which shares and turns of the source start."""
    middle = _band_of(torch.tensor(VOICED_BELOW_HZ))
    shares = (1.5 * (middle - torch.arange(BANDS))).clamp(-3.0, 4.0)
    return torch.cat([shares, torch.zeros(BANDS)])
