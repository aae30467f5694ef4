"""Aligned clips in memory, and the batches that the acoustic model learns from."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from narrator.engine.config import MEL_TOP_HZ, MELS
from narrator.speech import FRAMES_PER_SECOND
from narrator.text.symbols import INDEX, PHONEMES
from narrator.training.corpus import Clip, read_manifest
from narrator.training.prepare import read_labels, worst_score

LONGEST_FRAMES = 1600
PROMPT_FRAMES = (128, 320)
EXTRA_PROMPTS = 6
OWN_PROMPT_SHARE = 0.3
ENERGY_LIMIT = 4.0
FULL_BAND_HZ = 11_000
Floats = NDArray[np.float32]


class Voice(NamedTuple):
    """What is measured of a speaker. pitch: log Hz over voiced frames. energy: dB over phonemes."""

    pitch_mean: float
    pitch_std: float
    energy_mean: float
    energy_std: float
    rate: float


class Example(NamedTuple):
    """One aligned clip; pitch, voiced, energy per symbol, normalised by its speaker's `Voice`."""

    clip: Clip
    symbols: NDArray[np.int64]
    durations: NDArray[np.int64]
    pitch: Floats
    voiced: Floats
    energy: Floats
    mel: NDArray[np.float16]


class Batch(NamedTuple):
    """Padded examples. symbols 0 and durations 0 pad; bands: (batch, MELS) 1 where sound was
    recorded.

    prompts: (2, batch, MELS, frames): two pieces of each speaker, with `heard`: (2, batch, frames).
    """

    symbols: Tensor
    durations: Tensor
    pitch: Tensor
    voiced: Tensor
    energy: Tensor
    mel: Tensor
    bands: Tensor
    prompts: Tensor
    heard: Tensor
    speakers: Tensor

    def to(self, device: str) -> "Batch":
        return Batch(*(tensor.to(device) for tensor in self))


class _Raw(NamedTuple):
    clip: Clip
    symbols: list[str]
    durations: NDArray[np.int64]
    log_f0: Floats
    voiced: Floats
    energy: Floats
    mel: NDArray[np.float16]


def per_symbol(
    durations: NDArray[np.int64], f0: Floats, energy: Floats
) -> tuple[Floats, Floats, Floats]:
    """Average over each symbol: log F0 (0 unvoiced), voiced 0 or 1, energy in dB."""
    owner = np.repeat(np.arange(len(durations)), durations)
    count = np.maximum(durations, 1)
    has_tone = f0[: len(owner)] > 0
    tone = np.log(np.maximum(f0[: len(owner)], 1.0))
    voiced_frames = np.bincount(owner, has_tone, len(durations))
    log_f0 = np.bincount(owner, tone * has_tone, len(durations)) / np.maximum(voiced_frames, 1)
    voiced = (voiced_frames / count >= 0.5).astype(np.float32)
    mean = np.bincount(owner, energy[: len(owner)], len(durations)) / count
    return (log_f0 * voiced).astype(np.float32), voiced, mean.astype(np.float32)


def load_examples(
    corpus: Path, features: Path, split: str
) -> tuple[list[Example], dict[str, Voice]]:
    """Load the aligned clips of a split and the measures of its speakers; the worst alignments are
    left out.
    """
    labels = read_labels(features)
    threshold = worst_score(list(labels.values()))
    raws = []
    for clip in read_manifest(corpus):
        row = labels.get(clip.key, {})
        if clip.split != split or "score" not in row or row["score"] < threshold:
            continue
        durations = np.array(row["durations"], dtype=np.int64)
        if durations.sum() > LONGEST_FRAMES:
            continue
        with np.load(features / f"{clip.key}.npz") as saved:
            measured = per_symbol(durations, saved["f0"], saved["energy"])
            raws.append(_Raw(clip, row["symbols"], durations, *measured, saved["mel"]))
    voices = {
        speaker: _measure([raw for raw in raws if raw.clip.speaker == speaker])
        for speaker in {raw.clip.speaker for raw in raws}
    }
    return [_normalised(raw, voices[raw.clip.speaker]) for raw in raws], voices


def _measure(raws: Sequence[_Raw]) -> Voice:
    spoken = np.concatenate([[s in PHONEMES for s in raw.symbols] for raw in raws])
    voiced = np.concatenate([raw.voiced for raw in raws]) > 0
    tones = np.concatenate([raw.log_f0 for raw in raws])[voiced]
    energy = np.concatenate([raw.energy for raw in raws])[spoken]
    frames = np.concatenate([raw.durations for raw in raws])[spoken]
    if not len(tones):
        tones = np.array([np.log(150.0)])
    return Voice(
        float(tones.mean()),
        float(max(tones.std(), 0.05)),
        float(energy.mean()),
        float(max(energy.std(), 1.0)),
        float(FRAMES_PER_SECOND * len(frames) / max(frames.sum(), 1)),
    )


def _normalised(raw: _Raw, voice: Voice) -> Example:
    energy = (raw.energy - voice.energy_mean) / voice.energy_std
    energy[raw.durations == 0] = 0
    return Example(
        raw.clip,
        np.array([INDEX[symbol] for symbol in raw.symbols], dtype=np.int64),
        raw.durations,
        ((raw.log_f0 - voice.pitch_mean) / voice.pitch_std * raw.voiced).clip(-4, 4),
        raw.voiced,
        energy.clip(-ENERGY_LIMIT, ENERGY_LIMIT),
        raw.mel,
    )


def recorded_bands(bandwidth_hz: float) -> Floats:
    """Give 1 for each mel band that a recording of this bandwidth really carries, else 0."""
    from narrator.engine.mel import mel_filters

    filters = mel_filters(torch.device("cpu"))
    tops = filters.shape[0] - 1 - (filters.flip(0) > 0).float().argmax(dim=0)
    hz = tops.numpy() * MEL_TOP_HZ / (filters.shape[0] - 1)
    full = bandwidth_hz > FULL_BAND_HZ
    return np.ones(MELS, np.float32) if full else (hz <= 0.95 * bandwidth_hz).astype(np.float32)


class Batches:
    """Endless batches of similar lengths; each source is drawn in proportion to its weight."""

    def __init__(
        self,
        examples: Sequence[Example],
        weights: dict[str, float],
        *,
        frames: int,
        seed: int,
        listened: Sequence[NDArray[np.float16]] = (),
    ) -> None:
        """frames: a batch's padded total. listened: mels of further speakers, for the encoder
        alone. Raises ValueError without examples.
        """
        if not examples:
            raise ValueError("no clip of the corpus is aligned, so there is nothing to learn from")
        self.examples = examples
        self.frames = frames
        self.listened = listened
        self.chance = np.random.default_rng(seed)
        counts: dict[str, int] = {}
        for example in examples:
            counts[example.clip.source] = counts.get(example.clip.source, 0) + 1
        shares = np.array(
            [weights.get(e.clip.source, 1.0) / counts[e.clip.source] for e in examples]
        )
        self.shares = shares / shares.sum()
        names = sorted({example.clip.speaker for example in examples})
        self.speakers = {name: number for number, name in enumerate(names)}
        self.of_speaker: dict[str, list[Example]] = {name: [] for name in names}
        for example in examples:
            self.of_speaker[example.clip.speaker].append(example)
        self.bands = {
            hz: recorded_bands(hz) for hz in {example.clip.bandwidth_hz for example in examples}
        }

    def __iter__(self) -> Iterator[Batch]:
        while True:
            drawn = self.chance.choice(len(self.examples), size=128, p=self.shares)
            group = sorted((self.examples[n] for n in drawn), key=lambda e: e.mel.shape[1])
            batches: list[list[Example]] = [[]]
            for example in group:
                if (len(batches[-1]) + 1) * example.mel.shape[1] > self.frames and batches[-1]:
                    batches.append([])
                batches[-1].append(example)
            for number in self.chance.permutation(len(batches)):
                yield self.collate(batches[number])

    def collate(self, examples: Sequence[Example]) -> Batch:
        """Pad examples into one batch and draw two prompts for each of their speakers."""
        prompts, speakers = [], []
        for example in examples:
            others = self.of_speaker[example.clip.speaker]
            chosen = others[self.chance.integers(len(others))]
            first = example if self.chance.random() < OWN_PROMPT_SHARE else chosen
            second = others[self.chance.integers(len(others))]
            prompts.append((self._crop(first.mel), self._crop(second.mel)))
            speakers.append(self.speakers[example.clip.speaker])
        extra = min(EXTRA_PROMPTS, len(self.listened))
        for number in self.chance.choice(max(1, len(self.listened)), size=extra, replace=False):
            mel = self.listened[number]
            prompts.append((self._crop(mel), self._crop(mel)))
            speakers.append(len(self.speakers) + int(number))
        flat, heard = _pad_prompts([pair[0] for pair in prompts] + [pair[1] for pair in prompts])
        return Batch(
            _pad([torch.from_numpy(e.symbols) for e in examples]),
            _pad([torch.from_numpy(e.durations) for e in examples]),
            _pad([torch.from_numpy(e.pitch) for e in examples]),
            _pad([torch.from_numpy(e.voiced) for e in examples]),
            _pad([torch.from_numpy(e.energy) for e in examples]),
            _pad([torch.from_numpy(e.mel.T.astype(np.float32)) for e in examples]).transpose(1, 2),
            torch.from_numpy(np.stack([self.bands[e.clip.bandwidth_hz] for e in examples])),
            flat.view(2, len(prompts), *flat.shape[1:]),
            heard.view(2, len(prompts), -1),
            torch.tensor(speakers),
        )

    def _crop(self, mel: NDArray[np.float16]) -> NDArray[np.float16]:
        length = min(mel.shape[1], int(self.chance.integers(*PROMPT_FRAMES)))
        start = int(self.chance.integers(mel.shape[1] - length + 1))
        return mel[:, start : start + length]


def _pad(rows: list[Tensor]) -> Tensor:
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)


def _pad_prompts(mels: list[NDArray[np.float16]]) -> tuple[Tensor, Tensor]:
    rows = [torch.from_numpy(mel.T.astype(np.float32)) for mel in mels]
    lengths = torch.tensor([len(row) for row in rows])
    padded = _pad(rows)
    return padded.transpose(1, 2), torch.arange(padded.shape[1]) < lengths[:, None]
