"""Tacotron 2: symbols to a log-mel spectrogram, one frame after the other, led by attention.

Source: Natural TTS Synthesis by Conditioning WaveNet on Mel Spectrogram Predictions (Shen et al.
2018, arXiv 1712.05884), section 2.2; its figures are the defaults of the config. It speaks one
voice, and its mel is the program's own: 80 bands, 80 frames a second, as in the paper.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import dropout

from narrator.engine.config import MELS

MEL_CENTRE = -5.0
MEL_SPREAD = 2.0
STOP = 0.5
LONGEST_FRAMES = 1600


@dataclass(frozen=True)
class Tacotron2Config:
    """symbols: size of the inventory. reduction: frames a step gives, 1 in the paper; more are as
    in Tacotron (Wang et al. 2017, arXiv 1703.10135), section 3.3, and train faster.
    """

    symbols: int
    width: int = 512
    encoder_convs: int = 3
    kernel: int = 5
    attention: int = 128
    location_filters: int = 32
    location_kernel: int = 31
    pre_net: int = 256
    decoder: int = 1024
    post_net: int = 512
    post_net_convs: int = 5
    reduction: int = 1
    dropout: float = 0.5
    zoneout: float = 0.1


class Decoded(NamedTuple):
    """before, mel: log mel (batch, MELS, frames) without and with the post-net. stop: logits
    (batch, steps). attention: (batch, steps, symbols), each step sums to 1.
    """

    before: Tensor
    mel: Tensor
    stop: Tensor
    attention: Tensor


class Memory(NamedTuple):
    """What attention looks at. values: (batch, symbols, width). keys: (batch, symbols, attention).

    mask: (batch, symbols), True where there is a symbol.
    """

    values: Tensor
    keys: Tensor
    mask: Tensor


class State(NamedTuple):
    """What a step of the decoder leaves to the next one; cells: (hidden, cell) of each LSTM.

    context: (batch, width). cumulative: (batch, symbols), all attention so far.
    """

    cells: tuple[tuple[Tensor, Tensor], ...]
    context: Tensor
    cumulative: Tensor


class Step(NamedTuple):
    """What a step gives. frames: (batch, reduction * MELS), scaled. stop: (batch,), a logit.

    attention: (batch, symbols).
    """

    frames: Tensor
    stop: Tensor
    attention: Tensor


class ConvStack(nn.Module):
    """Convolutions over time, each with batch norm, activation and dropout."""

    def __init__(
        self, widths: list[int], kernel: int, activation: nn.Module, drop: float, *, last: nn.Module
    ) -> None:
        """last: the activation of the last one."""
        super().__init__()
        count = len(widths) - 1
        self.layers = nn.ModuleList(
            nn.Sequential(
                nn.Conv1d(inputs, outputs, kernel, padding=kernel // 2),
                nn.BatchNorm1d(outputs),
                activation if number < count - 1 else last,
                nn.Dropout(drop),
            )
            for number, (inputs, outputs) in enumerate(pairwise(widths))
        )

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x: (batch, width, time). mask: (batch, time)."""
        for layer in self.layers:
            x = layer(x * mask[:, None])
        return x


class ZoneoutLSTMCell(nn.LSTMCell):
    """An LSTM cell that keeps some of its state. Source: Zoneout, arXiv 1606.01305, section 3."""

    def __init__(self, inputs: int, outputs: int, zoneout: float) -> None:
        super().__init__(inputs, outputs)
        self.zoneout = zoneout

    def forward(  # type: ignore[override]
        self, x: Tensor, state: tuple[Tensor, Tensor]
    ) -> tuple[Tensor, Tensor]:
        hidden, cell = (
            self._kept(old, new) for old, new in zip(state, super().forward(x, state), strict=True)
        )
        return hidden, cell

    def _kept(self, old: Tensor, new: Tensor) -> Tensor:
        if self.training:
            return torch.where(torch.rand_like(new) < self.zoneout, old, new)
        return torch.lerp(new, old, self.zoneout)


class LocationSensitiveAttention(nn.Module):
    """Additive attention that also sees where it has looked so far.

    Source: Attention-Based Models for Speech Recognition (Chorowski et al. 2015, arXiv 1506.07503),
    equations 8 and 9, with the cumulative attention of Tacotron 2.
    """

    def __init__(self, config: Tacotron2Config) -> None:
        super().__init__()
        width, reach = config.attention, config.location_kernel // 2
        self.query = nn.Linear(config.decoder, width, bias=False)
        self.key = nn.Linear(config.width, width, bias=False)
        self.location = nn.Conv1d(
            1, config.location_filters, config.location_kernel, padding=reach, bias=False
        )
        self.location_in = nn.Linear(config.location_filters, width)
        self.score = nn.Linear(width, 1, bias=False)

    def forward(self, query: Tensor, memory: Memory, cumulative: Tensor) -> tuple[Tensor, Tensor]:
        """Give the context (batch, width) and the attention (batch, symbols) of one step.

        query: (batch, decoder). cumulative: (batch, symbols).
        """
        places = self.location(cumulative[:, None]).transpose(1, 2)  # (batch, symbols, filters)
        seen = memory.keys + self.query(query)[:, None] + self.location_in(places)
        scores = self.score(seen.tanh())[..., 0].masked_fill(~memory.mask, -torch.inf)
        attention = scores.softmax(dim=1)
        context = torch.bmm(attention[:, None], memory.values)[:, 0]
        return context, attention


class PreNet(nn.Module):
    """The bottleneck before the decoder; its dropout stays on when speaking, as in the paper."""

    def __init__(self, config: Tacotron2Config) -> None:
        super().__init__()
        widths = (MELS, config.pre_net, config.pre_net)
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in pairwise(widths))
        self.dropout = config.dropout

    def forward(self, x: Tensor) -> Tensor:
        """x: (..., MELS), scaled -> (..., pre_net)."""
        for layer in self.layers:
            x = dropout(layer(x).relu(), self.dropout, training=True)
        return x


class Tacotron2(nn.Module):
    """Encoder, attention, autoregressive decoder, post-net."""

    def __init__(self, config: Tacotron2Config) -> None:
        super().__init__()
        self.config = config
        width, decoder, drop = config.width, config.decoder, config.dropout
        self.symbols = nn.Embedding(config.symbols, width, padding_idx=0)
        self.convs = ConvStack(
            [width] * (config.encoder_convs + 1), config.kernel, nn.ReLU(), drop, last=nn.ReLU()
        )
        self.encoder = nn.LSTM(width, width // 2, batch_first=True, bidirectional=True)
        self.attention = LocationSensitiveAttention(config)
        self.pre_net = PreNet(config)
        self.cells = nn.ModuleList(
            ZoneoutLSTMCell(inputs, decoder, config.zoneout)
            for inputs in (config.pre_net + width, decoder)
        )
        self.mel = nn.Linear(decoder + width, config.reduction * MELS)
        self.stop = nn.Linear(decoder + width, 1)
        self.post_net = ConvStack(
            [MELS] + [config.post_net] * (config.post_net_convs - 1) + [MELS],
            config.kernel,
            nn.Tanh(),
            drop,
            last=nn.Identity(),
        )

    def forward(self, symbols: Tensor, mel: Tensor) -> Decoded:
        """Speak with the frames of a recording before each step (teacher forcing).

        symbols: (batch, symbols), indices of text/symbols.py, 0 pads. mel: log mel (batch, MELS,
        frames), frames a multiple of `reduction`.
        """
        memory = self.encode(symbols)
        said = self.pre_net(self._fed(mel))
        state = self._start(memory)
        steps: list[Step] = []
        for number in range(said.shape[1]):
            step, state = self._step(said[:, number], memory, state)
            steps.append(step)
        return self._joined(steps)

    @torch.inference_mode()
    def speak(self, symbols: Tensor, *, frames: int | None = None) -> Decoded:
        """Speak one sentence, (1, symbols), by itself.

        frames: how many to give; without it, until the stop token or LONGEST_FRAMES.
        """
        memory = self.encode(symbols)
        state = self._start(memory)
        steps: list[Step] = []
        frame = torch.zeros(1, MELS, device=symbols.device)
        wanted = LONGEST_FRAMES if frames is None else frames
        while len(steps) * self.config.reduction < wanted:
            step, state = self._step(self.pre_net(frame), memory, state)
            steps.append(step)
            frame = step.frames[:, -MELS:]
            if frames is None and step.stop.sigmoid() > STOP:
                break
        decoded = self._joined(steps)
        return decoded._replace(before=decoded.before[..., :wanted], mel=decoded.mel[..., :wanted])

    def encode(self, symbols: Tensor) -> Memory:
        """Give what attention looks at. symbols: (batch, symbols)."""
        mask = symbols != 0
        x = self.convs(self.symbols(symbols).transpose(1, 2), mask).transpose(1, 2)
        packed = nn.utils.rnn.pack_padded_sequence(
            x, mask.sum(dim=1).cpu(), batch_first=True, enforce_sorted=False
        )
        values, _ = nn.utils.rnn.pad_packed_sequence(self.encoder(packed)[0], batch_first=True)
        return Memory(values, self.attention.key(values), mask)

    def _fed(self, mel: Tensor) -> Tensor:
        """Give the frame before each step, silence before the first: (batch, steps, MELS)."""
        reduction = self.config.reduction
        last = (mel[..., reduction - 1 :: reduction] - MEL_CENTRE) / MEL_SPREAD
        return nn.functional.pad(last, (1, -1)).transpose(1, 2)

    def _start(self, memory: Memory) -> State:
        values = memory.values
        still = values.new_zeros(len(values), self.config.decoder)
        return State(
            tuple((still, still) for _ in self.cells),
            torch.zeros_like(values[:, 0]),
            torch.zeros_like(values[..., 0]),
        )

    def _step(self, said: Tensor, memory: Memory, state: State) -> tuple[Step, State]:
        """said: (batch, pre_net)."""
        x = torch.cat([said, state.context], dim=1)
        cells = []
        for cell, before in zip(self.cells, state.cells, strict=True):
            x, kept = cell(x, before)
            cells.append((x, kept))
        context, attention = self.attention(x, memory, state.cumulative)
        found = torch.cat([x, context], dim=1)
        step = Step(self.mel(found), self.stop(found)[:, 0], attention)
        return step, State(tuple(cells), context, state.cumulative + attention)

    def _joined(self, steps: list[Step]) -> Decoded:
        scaled = torch.stack([step.frames for step in steps], dim=1)  # (batch, steps, r * MELS)
        scaled = scaled.unflatten(2, (-1, MELS)).flatten(1, 2).transpose(1, 2)
        everywhere = torch.ones_like(scaled[:, 0])
        after = scaled + self.post_net(scaled, everywhere)
        return Decoded(
            scaled * MEL_SPREAD + MEL_CENTRE,
            after * MEL_SPREAD + MEL_CENTRE,
            torch.stack([step.stop for step in steps], dim=1),
            torch.stack([step.attention for step in steps], dim=1),
        )
