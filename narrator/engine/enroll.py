"""Enrolment: a voice that was only heard is fitted to sentences that its speaker read.

The networks stay as they are. What learns is the voice: its embedding, and an offset on the gain
and bias of every norm that listens to it. Source: AdaSpeech (Chen et al. 2021, arXiv 2103.00993),
section 2.3.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import cos, pi
from pathlib import Path
from threading import Event
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

from narrator.engine.align import Aligner, Refused, aligner_pcm
from narrator.engine.checkpoint import load_model
from narrator.engine.clean import cleaned
from narrator.engine.fastspeech2 import FastSpeech2
from narrator.engine.manifest import encoder_fingerprint
from narrator.engine.measure import (
    Measured,
    Sounding,
    Traits,
    carried_bands,
    drawn_through,
    normalised,
    per_symbol,
    sounding,
    traits_of,
)
from narrator.errors import Cancelled, ModelMismatch, RecordingTooShort, SentenceNotHeard
from narrator.speech import FRAMES_PER_SECOND, Enrolling, Prompted, VoiceEmbedding
from narrator.text.symbols import INDEX, PHONEME_SET

NEEDED_SECONDS = 20.0  # of phonemes, without pauses
SEED = 1
STEPS = 240
WARMUP_STEPS = 20
EMBEDDING_RATE, STEERING_RATE = 4e-2, 2e-2
# What it costs to leave the voice as it was heard, so that words stay as clear as they were. Of six
# held-out speakers with accents, 3e-3 took a third more words (word errors .196 against .148, as
# heard .103) for no more likeness (.61 both, as heard .60).
ANCHOR = 1e-2
DURATION_WEIGHT, PITCH_WEIGHT, VOICED_WEIGHT, ENERGY_WEIGHT = 0.3, 0.2, 0.2, 0.2


class _Aligned(NamedTuple):
    symbols: tuple[str, ...]
    sound: Sounding
    measured: Measured


class _Sentence(NamedTuple):
    """One aligned take: mel (1, MELS, frames), contour (1, frames), log Hz, the others (1,
    symbols), as in `Variances`.
    """

    symbols: Tensor
    durations: Tensor
    pitch: Tensor
    contour: Tensor
    voiced: Tensor
    energy: Tensor
    mel: Tensor


def enroll(
    folder: Path,
    device: torch.device,
    takes: Sequence[Prompted],
    heard: VoiceEmbedding,
    progress: Callable[[Enrolling], None],
    stop: Event,
) -> VoiceEmbedding:
    """Fit `heard` to the takes of its speaker; the same takes give the same voice.

    folder: of the model. 30 to 60 s of takes are wanted; those that do not fit their sentence are
    left out. Raises SentenceNotHeard for the first of these, or RecordingTooShort, when too little
    is left; Cancelled once `stop` is set; ModelMismatch for a voice of other weights.
    """
    if heard.encoder != encoder_fingerprint(folder):
        raise ModelMismatch("the voice was made with other weights than those installed")
    torch.set_num_threads(1)  # it works beside other threads; the number belongs to this one
    clips = _aligned(takes, stop)
    traits = traits_of([clip.measured for clip in clips])
    sentences = [_sentence(clip, traits, device) for clip in clips]
    bands = carried_bands([clip.sound.mel for clip in clips])
    # Loaded anew, for nothing can be learned through weights that were packed for speaking.
    acoustic = load_model(folder).acoustic.to(device)
    embedding = torch.tensor(heard.values).to(device)
    steering = torch.zeros(acoustic.steering).to(device)
    if len(heard.steering):  # its timbre is there to begin with
        steering = torch.tensor(heard.steering).to(device)
    fit = _Fit(acoustic, sentences, torch.from_numpy(bands).to(device))
    began = time.monotonic()
    for step in fit.steps(embedding, steering):
        if stop.is_set():
            raise Cancelled
        done = (step + 1) / STEPS
        progress(Enrolling(done, (time.monotonic() - began) * (1 - done) / done))
    return replace(
        heard,
        values=embedding.cpu().numpy(),
        steering=steering.cpu().numpy(),
        **traits._asdict(),
    )


def _aligned(takes: Sequence[Prompted], stop: Event) -> list[_Aligned]:
    aligner = Aligner()
    clips: list[_Aligned] = []
    unfit: list[str] = []
    for recording, phonemes in takes:
        if stop.is_set():
            raise Cancelled
        sound = sounding(cleaned(recording.samples, recording.rate))
        found = aligner.align(aligner_pcm(sound.samples), phonemes, len(sound.energy))
        if isinstance(found, Refused):
            unfit.append(" ".join(phonemes.words))
            continue
        spoken = np.array([symbol in PHONEME_SET for symbol in phonemes.symbols])
        averages = per_symbol(found.durations, sound.f0, sound.energy)
        measured = Measured(found.durations, *averages, spoken)
        clips.append(_Aligned(phonemes.symbols, sound, measured))
    frames = sum(int(clip.measured.durations[clip.measured.spoken].sum()) for clip in clips)
    seconds = frames / FRAMES_PER_SECOND
    if seconds < NEEDED_SECONDS:
        raise SentenceNotHeard(unfit[0]) if unfit else RecordingTooShort(seconds, NEEDED_SECONDS)
    return clips


def _sentence(clip: _Aligned, traits: Traits, device: torch.device) -> _Sentence:
    pitch, energy = normalised(clip.measured, traits)
    arrays = (
        np.array([INDEX[symbol] for symbol in clip.symbols]),
        clip.measured.durations,
        pitch,
        drawn_through(clip.sound.f0),
        clip.measured.voiced,
        energy,
        clip.sound.mel,
    )
    return _Sentence(*(torch.tensor(array)[None].to(device) for array in arrays))


class _Fit:
    def __init__(
        self,
        acoustic: FastSpeech2,
        sentences: Sequence[_Sentence],
        bands: Tensor,
    ) -> None:
        self.acoustic = acoustic
        self.sentences = sentences
        self.bands = bands[:, None] / bands.mean()

    def steps(self, embedding: Tensor, steering: Tensor) -> Iterator[int]:
        """Fit the two in place, a sentence a step, giving the number of each step done."""
        anchor = torch.cat([embedding, steering])
        rates = (EMBEDDING_RATE, STEERING_RATE)
        learned = (embedding.requires_grad_(), steering.requires_grad_())
        groups = [{"params": [part], "lr": rate} for part, rate in zip(learned, rates, strict=True)]
        optimiser = torch.optim.Adam(groups, betas=(0.9, 0.98))
        chance = np.random.default_rng(SEED)
        order: list[int] = []
        for step in range(STEPS):
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * _schedule(step)
            order = order or chance.permutation(len(self.sentences)).tolist()
            optimiser.zero_grad()
            loss = self._loss(self.sentences[order.pop()], torch.cat(learned)[None])
            away = (torch.cat(learned) - anchor).square().sum()
            (loss + ANCHOR * away).backward()
            optimiser.step()
            yield step
        for part in learned:
            part.requires_grad_(False)

    def _loss(self, sentence: _Sentence, voice: Tensor) -> Tensor:
        """Speak a sentence with its own durations, pitch and energy, and compare."""
        manner = self.acoustic.manner(voice)
        hidden, mask = self.acoustic.encode(sentence.symbols, manner)
        predicted = self.acoustic.predict(hidden, manner, mask)
        mel, _ = self.acoustic.decode(
            hidden,
            manner,
            mask,
            sentence.durations,
            sentence.contour,
            sentence.voiced,
            sentence.energy,
        )
        voiced, sounding = sentence.voiced, (sentence.durations > 0).float()
        log_duration = (1 + sentence.durations).float().log()
        voicing = binary_cross_entropy_with_logits(predicted.voiced, voiced, reduction="none")
        apart = ((mel - sentence.mel).abs() * self.bands).mean()
        apart = apart + DURATION_WEIGHT * (predicted.log_duration - log_duration).square().mean()
        apart = apart + PITCH_WEIGHT * _mean((predicted.pitch - sentence.pitch).square(), voiced)
        apart = apart + VOICED_WEIGHT * _mean(voicing, sounding)
        level = (predicted.energy - sentence.energy).square()
        return apart + ENERGY_WEIGHT * _mean(level, sounding)


def _schedule(step: int) -> float:
    """Give the share of the learning rate: up in a line, then down in half a cosine."""
    return min(1.0, (step + 1) / WARMUP_STEPS) * (1 + cos(pi * step / STEPS)) / 2


def _mean(values: Tensor, mask: Tensor) -> Tensor:
    return (values * mask).sum() / mask.sum().clamp(min=1)
