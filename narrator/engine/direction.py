"""What the caller asks of a sentence, applied to what the model would do by itself."""

import math
from collections import Counter
from collections.abc import Callable, Container
from itertools import compress
from typing import NamedTuple

import torch
from torch import Tensor

from narrator.engine.config import FastSpeech2Config
from narrator.engine.fastspeech2 import Variances
from narrator.engine.measure import drawn_between
from narrator.speech import Bend, Phonemes, SynthesisRequest, Timing
from narrator.text.symbols import PHONEME_SET, QUOTES, SPOKEN_AS, inner_pauses

LONGEST_SYMBOL_FRAMES = 200
SHORTEST_SYMBOL_FRAMES = 2.4  # 30 ms: the labels of training know no shorter phoneme
SHORTEST_WORD_FRAMES = 4.0  # 50 ms: half of all "a" in recordings last as long
SEMITONE = math.log(2) / 12
ENERGY_RANGE = 4.0  # deviations from the mean, as in training
# How far another take strays, word by word and over the sentence: a third of the deviation that
# speech has anyway, so that it is heard and still sounds like the same reader.
WORD_PITCH, SLOPE_PITCH, WORD_LOG_DURATION, PACE_LOG = 0.35, 0.35, 0.08, 0.04


class Directions(NamedTuple):
    """How a sentence is to be said, each (1, phonemes).

    frames: int64. tone: log Hz. voiced: 0 or 1. energy: normalised as in `Variances`.
    """

    frames: Tensor
    tone: Tensor
    voiced: Tensor
    energy: Tensor


def directed(
    predicted: Variances, request: SynthesisRequest, config: FastSpeech2Config
) -> Directions:
    """Apply what the caller asks to what is predicted of the sentence, (1, phonemes)."""
    strayed = _varied(predicted, request)
    pitch, energy = _bent_melody(strayed, request, config.melody)
    frames = durations_of(strayed.log_duration, request, config.pause)
    tone = pitch * request.voice.pitch_std + request.voice.pitch_mean
    voiced = (strayed.voiced > 0) & _among(PHONEME_SET, request).to(tone.device)
    # In training what lasts no frame has the energy 0, and its neighbours hear of it.
    return Directions(frames, tone, voiced.float(), energy * (frames > 0))


def contour_of(said: Directions) -> Tensor:
    """Give the tone of every frame, (1, frames), log Hz: drawn from the middle of each voiced
    phoneme to that of the next.
    """
    frames, tone, voiced = (row[0].cpu().numpy() for row in said[:3])
    return torch.from_numpy(drawn_between(frames, tone, voiced))[None].to(said.tone.device)


def _varied(predicted: Variances, request: SynthesisRequest) -> Variances:
    """Read once more: stray a little in melody and pace; take 0 is left as it is."""
    if not request.take:
        return predicted
    chance = torch.Generator().manual_seed(request.seed)
    words = torch.tensor(request.phonemes.word_of) + 1  # pauses share one draw
    noise = torch.randn(2, len(request.phonemes.words) + 1, generator=chance)[:, words]
    slope, pace = torch.randn(2, generator=chance)
    place = torch.linspace(-0.5, 0.5, len(words))
    pitch = WORD_PITCH * noise[0] + SLOPE_PITCH * slope * place
    pitch = pitch - pitch.mean()
    log_duration = WORD_LOG_DURATION * noise[1] + PACE_LOG * pace
    device = predicted.pitch.device
    return predicted._replace(
        pitch=predicted.pitch + pitch.to(device),
        log_duration=predicted.log_duration + log_duration.to(device),
    )


def _bent_melody(
    predicted: Variances, request: SynthesisRequest, melody: float
) -> tuple[Tensor, Tensor]:
    """Give pitch and energy with the caller's prosody, and with what was bent of single symbols.

    melody: of the model's config.
    """
    prosody, voice = request.prosody, request.voice
    semitones = prosody.pitch + _bent(request, lambda bend: bend.pitch, 0.0)
    decibels = prosody.energy + _bent(request, lambda bend: bend.energy, 0.0)
    device = predicted.pitch.device
    shift = (semitones * SEMITONE / max(voice.pitch_std, 1e-3)).to(device)
    louder = (decibels / max(voice.energy_std, 1e-3)).to(device)
    pitch = predicted.pitch * melody * prosody.liveliness + shift
    return pitch, (predicted.energy + louder).clamp(-ENERGY_RANGE, ENERGY_RANGE)


def durations_of(log_duration: Tensor, request: SynthesisRequest, pause: float) -> Tensor:
    """Give whole frames (1, phonemes): at least one a phoneme, none a quotation mark, the
    pace kept over the sentence.

    pause: of the model's config.
    """
    frames = log_duration.exp() - 1
    # log(1 + frames) is predicted: of a pause as likely as none that is half of log(1 + pause).
    inner = torch.tensor(inner_pauses(request.phonemes.symbols)).to(frames.device)
    likely = log_duration > math.log1p(pause) / 2
    paused = inner & (likely | _among(SPOKEN_AS, request).to(frames.device))
    frames = torch.where(paused, frames.clamp(min=pause), frames)
    shortest = torch.tensor([_shortest(request.phonemes)]).to(frames.device)
    spoken = shortest > 0
    frames = frames.maximum(shortest)
    frames = frames / request.prosody.speed
    frames = frames * _bent(request, lambda bend: bend.stretch, 1.0).to(frames.device)
    frames = torch.where(spoken, frames.clamp(min=1.0), torch.where(frames < 1, 0.0, frames))
    # The pause at a quotation mark is that of the mark beside it: no training label gives it time.
    frames = frames.masked_fill(_among(QUOTES, request).to(frames.device), 0.0)
    edges = frames.clamp(max=LONGEST_SYMBOL_FRAMES).cumsum(dim=1).round().long()
    return edges.diff(dim=1, prepend=torch.zeros_like(edges[:, :1]))


def _shortest(phonemes: Phonemes) -> list[float]:
    """Give for each symbol how few frames it may last, at least: 0 where it is no phoneme."""
    spoken = [symbol in PHONEME_SET for symbol in phonemes.symbols]
    sounds = Counter(compress(phonemes.word_of, spoken))
    return [
        there * (SHORTEST_WORD_FRAMES if sounds[word] == 1 else SHORTEST_SYMBOL_FRAMES)
        for there, word in zip(spoken, phonemes.word_of, strict=True)
    ]


def timings_of(request: SynthesisRequest, said: Directions) -> tuple[Timing, ...]:
    """Give what is spoken, symbol by symbol."""
    voice = request.voice
    energy = said.energy * voice.energy_std + voice.energy_mean
    rows = zip(
        request.phonemes.symbols,
        request.phonemes.word_of,
        said.frames[0].tolist(),
        (said.tone * said.voiced)[0].tolist(),
        energy[0].tolist(),
        strict=True,
    )
    return tuple(Timing(*row) for row in rows)


def _among(symbols: Container[str], request: SynthesisRequest) -> Tensor:
    """Tell which symbols of a sentence are among these, (1, phonemes)."""
    return torch.tensor([[symbol in symbols for symbol in request.phonemes.symbols]])


def _bent(request: SynthesisRequest, of: Callable[[Bend], float], usual: float) -> Tensor:
    """Give one aspect of the bends for each symbol; a symbol that is not there any more is left."""
    values = torch.full((len(request.phonemes.symbols),), usual)
    for bend in request.prosody.bends:
        if 0 <= bend.symbol < len(values):
            values[bend.symbol] = of(bend)
    return values
