"""Judges of the acoustic model, of its spectrograms and of its prosody; used in training alone.

A model that is trained by distance alone gives the average of all ways to say a sentence: a blurred
spectrum and a flat melody. What judges can tell from a recording has to be sharper than that.
Source: GANSpeech (Yang et al. 2021, arXiv 2106.15153).
"""

from itertools import pairwise
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn.functional import leaky_relu
from torch.nn.utils.parametrizations import weight_norm

from narrator.engine.config import MELS
from narrator.engine.pitch_reader import PitchReader
from narrator.training.losses import feature_distance, least_squares, pitch_distance

MEL_MEAN, MEL_DEVIATION = -5.0, 2.5
FAINTEST = -10.0  # below lies what a room was silenced to
LOW_BANDS = 10  # up to 440 Hz
PROSODY_FEATURES = 4
Judged = tuple[Tensor, list[Tensor]]


class Shown(NamedTuple):
    """What the judges are shown of one batch, spoken by a person or by the model.

    mel: (batch, MELS, frames). f0: (batch, frames), Hz, of the person. prosody: (batch, phonemes,
    PROSODY_FEATURES). hidden: (batch, phonemes, width), of the text. voice: (batch, voice).
    """

    mel: Tensor
    f0: Tensor
    prosody: Tensor
    hidden: Tensor
    voice: Tensor

    def detach(self) -> "Shown":
        return Shown(*(tensor.detach() for tensor in self))


class Persuasion(NamedTuple):
    """How far the model is from what the judges take for a person; one number each."""

    mel: Tensor
    features: Tensor
    prosody: Tensor
    tones: Tensor


class MelDiscriminator(nn.Module):
    """Looks at patches of a log mel: (batch, MELS, frames) -> score map and inner activations."""

    def __init__(self, width: int = 32) -> None:
        super().__init__()
        widths = (1, width, 2 * width, 2 * width, 2 * width)
        self.layers = nn.ModuleList(
            weight_norm(nn.Conv2d(a, b, (5, 3), (2, 1 if n % 2 else 2), (2, 1)))
            for n, (a, b) in enumerate(pairwise(widths))
        )
        self.score = weight_norm(nn.Conv2d(widths[-1], 1, 3, padding=1))

    def forward(self, mel: Tensor) -> Judged:
        x = ((mel - MEL_MEAN) / MEL_DEVIATION)[:, None]
        activations = []
        for layer in self.layers:
            x = leaky_relu(layer(x), 0.1)
            activations.append(x)
        return self.score(x), activations


class ProsodyDiscriminator(nn.Module):
    """Looks at pitch, voicing, energy and duration of phonemes, knowing what is said and by whom.

    prosody: (batch, phonemes, PROSODY_FEATURES). hidden: (batch, phonemes, width), from the
    encoder. voice: (batch, voice).
    """

    def __init__(self, hidden: int, voice: int, width: int = 128) -> None:
        super().__init__()
        self.said = nn.Linear(hidden + voice, width)
        self.prosody = nn.Linear(PROSODY_FEATURES, width)
        self.layers = nn.ModuleList(
            weight_norm(nn.Conv1d(width, width, 5, padding=2 * reach, dilation=reach))
            for reach in (1, 2, 4)
        )
        self.score = weight_norm(nn.Conv1d(width, 1, 3, padding=1))

    def forward(self, prosody: Tensor, hidden: Tensor, voice: Tensor) -> Judged:
        voices = voice[:, None].expand(-1, hidden.shape[1], -1)
        known = self.said(torch.cat([hidden, voices], dim=-1))
        x = (known + self.prosody(prosody)).transpose(1, 2)
        activations = []
        for layer in self.layers:
            x = leaky_relu(x + layer(x), 0.1)
            activations.append(x)
        return self.score(x), activations


class AcousticJudges(nn.Module):
    """All judges; each knows how to learn, and how to tell the model what gave it away.

    The reader of tones, the same network as the vocoder's, learns from recordings alone: what it
    reads off the model's mel is what the vocoder will sing. In half of the clips it has to do
    without the lowest overtones, or nothing would make the higher ones agree with them.
    """

    def __init__(self, hidden: int, voice: int) -> None:
        super().__init__()
        self.mel = MelDiscriminator()
        self.prosody = ProsodyDiscriminator(hidden, voice)
        self.reader = PitchReader()

    def learn(self, real: Shown, made: Shown) -> Tensor:
        """Give the loss of the judges themselves: recordings are 1, the model's speech is 0."""
        losses = [self._misread(real)]
        for true, false in zip(self._look(real), self._look(made.detach()), strict=True):
            losses += [least_squares([true[0]], 1.0), least_squares([false[0]], 0.0)]
        return torch.stack(losses).sum()

    def persuade(self, real: Shown, made: Shown) -> Persuasion:
        """Give the losses of the model before the judges."""
        (mel, inner), (prosody, _) = self._look(made)
        with torch.no_grad():
            (_, wanted), _ = self._look(real)
        return Persuasion(
            least_squares([mel], 1.0),
            feature_distance([inner], [wanted]),
            least_squares([prosody], 1.0),
            self._misread(made),
        )

    def _misread(self, shown: Shown) -> Tensor:
        blanked = torch.rand(len(shown.mel), 1, 1, device=shown.mel.device) < 0.5
        low = torch.arange(MELS, device=shown.mel.device)[:, None] < LOW_BANDS
        mel = shown.mel.masked_fill(blanked & low, FAINTEST)
        return pitch_distance(*self.reader.logits(mel), self.reader.tones, shown.f0)

    def _look(self, shown: Shown) -> tuple[Judged, Judged]:
        known = (shown.hidden.detach(), shown.voice.detach())
        return self.mel(shown.mel), self.prosody(shown.prosody, *known)
