"""FastSpeech 2: phonemes to a log-mel spectrogram, all frames at once.

Source: FastSpeech 2 (Ren et al. 2021, arXiv 2006.04558). Pitch and energy are averages over a
phoneme as in FastPitch (Łańcucki 2021, arXiv 2006.06873); pitch is predicted as what it is to the
voice, and told to the decoder as the tone of every frame, which is the same to all voices; the
decoder is of ConvNeXt blocks; every norm listens to the voice.
"""

import math
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

import torch
from torch import Tensor, nn

from narrator.engine.blocks import ROWS, AdaptiveLayerNorm, ConvNeXtBlock, TimeConv, kept
from narrator.engine.config import MELS, FastSpeech2Config

QUIET_MEL = -6.0
POSITION_FEATURES = 3
LOWEST_TONE, HIGHEST_TONE, TONES = math.log(60.0), math.log(600.0), 63  # log Hz


class Variances(NamedTuple):
    """What the variance adaptor knows of each phoneme, each (batch, phonemes).

    log_duration: log(1 + frames). pitch: log Hz normalised by the voice's mean and deviation, where
    voiced.
    voiced: logit of being voiced. energy: dB normalised by the voice's mean and deviation.
    """

    log_duration: Tensor
    pitch: Tensor
    voiced: Tensor
    energy: Tensor


def length_regulator(hidden: Tensor, durations: Tensor) -> tuple[Tensor, Tensor]:
    """Repeat the state of each phoneme for as many frames as it lasts.

    hidden: (batch, phonemes, width). durations: (batch, phonemes), int64, frames of 12.5 ms; 0
    leaves a phoneme out. Returns the states (batch, frames, width), zero-padded, and the frame
    counts (batch,). Raises ValueError when a duration is negative. Source: FastSpeech (Ren et al.
    2019, arXiv 1905.09263), equation 1; speed is already in the durations.
    """
    if (durations < 0).any():
        raise ValueError("a phoneme cannot last less than no frame")
    states = [
        state.repeat_interleave(duration, dim=0)
        for state, duration in zip(hidden, durations, strict=True)
    ]
    return nn.utils.rnn.pad_sequence(states, batch_first=True), durations.sum(dim=1)


def place_in_phoneme(durations: Tensor, mask: Tensor) -> Tensor:
    """Tell each frame where in its phoneme it stands: (batch, phonemes) -> (batch, frames, 3).

    The features are the share of the phoneme gone by, its log duration, and whether there is sound
    at all: 1 where `mask`, (batch, phonemes), has a phoneme, else 0.
    """
    places = []
    for row, there in zip(durations, mask, strict=True):
        length = row.repeat_interleave(row)
        first = (row.cumsum(0) - row).repeat_interleave(row)
        gone = (torch.arange(len(length), device=row.device) - first + 0.5) / length.clamp(min=1)
        sounds = there.to(gone.dtype).repeat_interleave(row)
        places.append(torch.stack([gone, length.float().log() / 4, sounds], dim=1))
    return nn.utils.rnn.pad_sequence(places, batch_first=True)


def tone_features(contour: Tensor, voiced: Tensor) -> Tensor:
    """Give what tells each frame its tone: (batch, frames, TONES + 1), 0 where it has none.

    contour: (batch, frames), log Hz. voiced: (batch, frames), 0 or 1. The tone is shared out among
    its neighbours of TONES steps, as FastSpeech 2 (section 2.3) embeds F0 in steps on a log scale;
    the last feature is voiced.
    """
    steps = torch.linspace(LOWEST_TONE, HIGHEST_TONE, TONES, device=contour.device)
    away = (contour[..., None] - steps) / (steps[1] - steps[0])
    shares = (-away.square() / 2).softmax(dim=-1)
    there = voiced[..., None]
    return torch.cat([shares * there, there], dim=-1)


def sentences_in(mask: Tensor) -> list[tuple[int, slice]]:
    """Give where each sentence lies: its row, and its places there.

    mask: (batch, phonemes), False between two sentences and after the last.
    """
    edges = nn.functional.pad(mask.int(), (1, 1)).diff(dim=1)
    starts, ends = ((edges == edge).nonzero().tolist() for edge in (1, -1))
    return [(row, slice(start, end)) for (row, start), (_, end) in zip(starts, ends, strict=True)]


def turns(places: int, features: int, device: torch.device) -> Tensor:
    """Give cosine and sine of the turn of each pair of features at each place: (2, places, half).

    Source: RoFormer, arXiv 2104.09864, equation 34.
    """
    half = features // 2
    place = torch.arange(places, device=device)[:, None]
    angle = place * 1000.0 ** (-torch.arange(half, device=device) / half)
    return torch.stack([angle.cos(), angle.sin()])


def _rotary(x: Tensor, turned: Tensor) -> Tensor:
    """Turn each pair of features by its place."""
    cosine, sine = turned
    left, right = x.chunk(2, dim=-1)
    return torch.cat([left * cosine - right * sine, left * sine + right * cosine], dim=-1)


class EncoderBlock(nn.Module):
    """Self-attention over the sentence, then a convolutional feed-forward; both with residuals."""

    def __init__(self, config: FastSpeech2Config) -> None:
        super().__init__()
        width, hidden = config.width, config.encoder_hidden
        self.heads = config.heads
        self.attention_norm = AdaptiveLayerNorm(width, config.voice)
        self.query_key_value = nn.Linear(width, 3 * width)
        self.joined = nn.Linear(width, width)
        self.forward_norm = AdaptiveLayerNorm(width, config.voice)
        self.wide = TimeConv(width, hidden, 3)
        self.narrow = nn.Linear(hidden, width)
        self.dropout = nn.Dropout(config.dropout)

    def forward(
        self,
        x: Tensor,
        manner: Tensor,
        mask: Tensor,
        sentences: Sequence[tuple[int, slice]],
        turned: Tensor,
    ) -> Tensor:
        """x: (batch, phonemes, width). mask: (batch, phonemes), True where there is a phoneme.

        sentences: as `sentences_in` gives them; none listens to another.
        turned: (2, phonemes, half a head), as `turns` gives it.
        """
        x = x + self.dropout(self._attend(self.attention_norm(x, manner), sentences, turned))
        inner = self.forward_norm(x, manner) * mask[..., None]
        summed: Tensor = x + self.dropout(self.narrow(nn.functional.gelu(self.wide(inner))))
        return summed

    def _attend(self, x: Tensor, sentences: Sequence[tuple[int, slice]], turned: Tensor) -> Tensor:
        batch, phonemes, width = x.shape
        split = self.query_key_value(x).float().view(batch, phonemes, 3, self.heads, -1)
        split = split.permute(2, 0, 3, 1, 4)  # each (batch, heads, phonemes, per head)
        query, key = _rotary(split[:2], turned)
        attended = torch.zeros_like(query)
        for row, places in sentences:
            one = slice(row, row + 1), slice(None), places
            attended[one] = nn.functional.scaled_dot_product_attention(
                query[one], key[one], split[2][one]
            )
        joined: Tensor = self.joined(attended.transpose(1, 2).reshape(batch, phonemes, width))
        return joined


class VariancePredictor(nn.Module):
    """Two convolutions and a linear layer: states (batch, phonemes, width) -> (batch, phonemes,
    outputs).
    """

    def __init__(self, config: FastSpeech2Config, outputs: int) -> None:
        super().__init__()
        widths = (config.width, config.predictor_width, config.predictor_width)
        self.convs = nn.ModuleList(TimeConv(a, b, 3) for a, b in pairwise(widths))
        self.norms = nn.ModuleList(
            AdaptiveLayerNorm(config.predictor_width, config.voice) for _ in self.convs
        )
        self.dropout = nn.Dropout(config.predictor_dropout)
        self.out = nn.Linear(config.predictor_width, outputs)

    def forward(self, x: Tensor, manner: Tensor, mask: Tensor) -> Tensor:
        """mask: (batch, phonemes)."""
        for conv, norm in zip(self.convs, self.norms, strict=True):
            x = self.dropout(norm(conv(x * mask[..., None]).relu(), manner))
        predicted: Tensor = self.out(x)
        return predicted.float()


class FastSpeech2(nn.Module):
    """Encoder, variance adaptor, length regulator, decoder."""

    def __init__(self, config: FastSpeech2Config) -> None:
        super().__init__()
        self.config = config
        width = config.width
        self.symbols = nn.Embedding(config.symbols, width, padding_idx=0)
        self.encoder = nn.ModuleList(EncoderBlock(config) for _ in range(config.encoder_blocks))
        self.encoder_norm = AdaptiveLayerNorm(width, config.voice)
        self.duration = VariancePredictor(config, 1)
        self.pitch = VariancePredictor(config, 2)
        self.energy = VariancePredictor(config, 1)
        self.tone_in = nn.Linear(TONES + 1, width)
        self.energy_in = TimeConv(1, width, 3)
        self.place_in = nn.Linear(POSITION_FEATURES, width)
        self.decoder = nn.ModuleList(
            ConvNeXtBlock(
                width,
                config.decoder_hidden,
                config.decoder_kernel,
                AdaptiveLayerNorm(width, config.voice),
                scale=1 / config.decoder_blocks,
            )
            for _ in range(config.decoder_blocks)
        )
        self.decoder_norm = AdaptiveLayerNorm(width, config.voice)
        self.mel = nn.Linear(width, MELS)
        nn.init.constant_(self.mel.bias, QUIET_MEL)
        self.steering = self._place_norms()

    @property
    def reach(self) -> int:
        """How many frames the decoder's convolutions see to one side."""
        return self.config.decoder_kernel // 2

    def _place_norms(self) -> int:
        """Give each norm its columns of a manner, and say how many there are in all."""
        ends = list(accumulate((2 * norm.width for norm in self.norms()), initial=0))
        for norm, (start, end) in zip(self.norms(), pairwise(ends), strict=True):
            norm.place = slice(start, end)
        return ends[-1]

    def norms(self) -> list[AdaptiveLayerNorm]:
        """Give every norm that listens to the voice."""
        return [layer for layer in self.modules() if isinstance(layer, AdaptiveLayerNorm)]

    def manner(self, voice: Tensor) -> Tensor:
        """Give the gain and the bias of every norm, (batch, steering): all that a voice decides.

        voice: (batch, voice), or (batch, voice + steering) where it was heard or enrolled: then it
        brings offsets on them.
        """
        heard, steered = voice[:, : self.config.voice], voice[:, self.config.voice :]
        parts = []
        for norm in self.norms():
            gain, bias = norm.affine(heard).float().chunk(2, dim=1)
            parts += [1 + gain, bias]
        manner = torch.cat(parts, dim=1)
        return manner + steered if steered.shape[1] else manner

    def encode(self, symbols: Tensor, manner: Tensor) -> tuple[Tensor, Tensor]:
        """Give the state of each symbol (batch, phonemes, width) and their mask (batch, phonemes).

        symbols: (batch, phonemes), indices of text/symbols.py; 0 pads, and parts the sentences of a
        row from each other. manner: (batch, steering), here and below.
        """
        mask = symbols != 0
        sentences = sentences_in(mask)
        hidden = self.symbols(symbols)
        turned = turns(symbols.shape[1], self.config.width // self.config.heads, symbols.device)
        for block in self.encoder:
            hidden = block(hidden, manner, mask, sentences, turned)
        return self.encoder_norm(hidden, manner), mask

    def predict(self, hidden: Tensor, manner: Tensor, mask: Tensor) -> Variances:
        """Give duration, pitch and energy of each phoneme.

        Durations do not train the encoder: their loss would crowd out that of the sound.
        """
        pitch, voiced = self.pitch(hidden, manner, mask).unbind(dim=-1)
        return Variances(
            self.duration(hidden.detach(), manner, mask)[..., 0],
            pitch,
            voiced,
            self.energy(hidden, manner, mask)[..., 0],
        )

    def decode(
        self, hidden: Tensor, manner: Tensor, mask: Tensor, durations: Tensor, contour: Tensor,
        voiced: Tensor, energy: Tensor,
    ) -> tuple[Tensor, Tensor]:  # fmt: skip
        """Give the mel (batch, MELS, frames) and the frame counts (batch,).

        durations: int64 frames; those of what is no phoneme are left free between two sentences,
        at least `reach` there. voiced: 0 or 1. energy: normalised as in `Variances`. Each (batch,
        phonemes), and 0 where there is no phoneme. contour: (batch, frames or more), log Hz, which
        means nothing where a phoneme is not voiced.
        """
        hidden = hidden + self.energy_in(energy[..., None])
        x, frames = length_regulator(hidden, durations)
        places = place_in_phoneme(durations, mask)
        longest = x.shape[1]
        sings, _ = length_regulator(voiced[..., None], durations)
        tones = tone_features(contour[:, :longest], sings[..., 0])
        x = x + self.place_in(places) + self.tone_in(tones)
        x, places = (nn.functional.pad(part, (0, 0, 0, -longest % ROWS)) for part in (x, places))
        there = places[..., -1:]
        x = kept(x, there)
        for block in self.decoder:
            x = kept(block(x, manner), there)
        mel = self.mel(self.decoder_norm(x, manner)).float()[:, :longest].transpose(1, 2)
        return mel, frames
