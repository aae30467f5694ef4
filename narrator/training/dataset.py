"""Aligned clips in memory, and the batches that the acoustic model learns from."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from narrator.engine.measure import (
    Measured,
    Traits,
    drawn_between,
    drawn_through,
    normalised,
    per_symbol,
    recorded_bands,
    traits_of,
)
from narrator.text.symbols import INDEX, PHONEME_SET
from narrator.training.augmentation import AS_RECORDED, WARPS, elsewhere, warped, warped_bands
from narrator.training.corpus import UNKNOWN, Clip, read_manifest
from narrator.training.cutting import Piece, sentences
from narrator.training.prepare import read_labels, worst_score

LONGEST_FRAMES = 1600
PROMPT_FRAMES = (128, 320)
EXTRA_PROMPTS = 6
OWN_PROMPT_SHARE = 0.3
SUNG_SHARE = 0.5
WARPED_SHARE = 0.3
ANOTHER_SPEAKER = 10_000
Floats = NDArray[np.float32]


class Example(NamedTuple):
    """One aligned clip; pitch, voiced, energy per symbol, normalised by its speaker's `Traits`.

    f0: Hz of each frame, 0 where unvoiced.
    """

    clip: Clip
    symbols: NDArray[np.int64]
    durations: NDArray[np.int64]
    pitch: Floats
    voiced: Floats
    energy: Floats
    mel: NDArray[np.float16]
    f0: Floats


class Batch(NamedTuple):
    """Padded examples. symbols 0 and durations 0 pad; f0: (batch, frames), Hz; contour: the same
    drawn through what is unvoiced, log Hz; bands: (batch, MELS) 1 where sound was recorded.

    prompts: (2, batch, MELS, frames): two pieces of each speaker, with `heard`: (2, batch, frames).
    """

    symbols: Tensor
    durations: Tensor
    pitch: Tensor
    voiced: Tensor
    energy: Tensor
    mel: Tensor
    f0: Tensor
    contour: Tensor
    bands: Tensor
    prompts: Tensor
    heard: Tensor
    speakers: Tensor

    def to(self, device: str) -> "Batch":
        return Batch(*(tensor.to(device) for tensor in self))


class _Raw(NamedTuple):
    clip: Clip
    symbols: NDArray[np.int64]
    measured: Measured
    mel: NDArray[np.float16]
    f0: Floats


def load_examples(
    corpus: Path, features: Path, split: str
) -> tuple[list[Example], dict[str, Traits]]:
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
        pieces = [Piece(row["symbols"], row["durations"], 0)]
        if sum(row["durations"]) > LONGEST_FRAMES:
            pieces = sentences(row["symbols"], row["durations"])
        with np.load(features / f"{clip.key}.npz") as saved:
            whole = saved["mel"], saved["f0"], saved["energy"]
        fit = [piece for piece in pieces if sum(piece.durations) <= LONGEST_FRAMES]
        raws += [_raw(clip, piece, *whole) for piece in fit]
    voices = {
        speaker: traits_of([raw.measured for raw in raws if raw.clip.speaker == speaker])
        for speaker in {raw.clip.speaker for raw in raws}
    }
    return [_normalised(raw, voices[raw.clip.speaker]) for raw in raws], voices


def _raw(clip: Clip, piece: Piece, mel: NDArray[np.float16], f0: Floats, energy: Floats) -> _Raw:
    symbols = np.array([INDEX[symbol] for symbol in piece.symbols], dtype=np.int64)
    spoken = np.array([symbol in PHONEME_SET for symbol in piece.symbols])
    durations = np.array(piece.durations, dtype=np.int64)
    there = slice(piece.begin, piece.begin + int(durations.sum()))
    averages = per_symbol(durations, f0[there], energy[there])
    measured = Measured(durations, *averages, spoken)
    return _Raw(clip, symbols, measured, mel[:, there].copy(), f0[there].copy())


def _normalised(raw: _Raw, voice: Traits) -> Example:
    pitch, energy = normalised(raw.measured, voice)
    durations, voiced = raw.measured.durations, raw.measured.voiced
    return Example(raw.clip, raw.symbols, durations, pitch, voiced, energy, raw.mel, raw.f0)


def listened_mels(
    corpus: Path, features: Path, examples: Sequence[Example]
) -> list[NDArray[np.float16]]:
    """Load the mels of clips that are no examples, each alone of its speaker: voices for the
    encoder.
    """
    clips = [clip for clip in read_manifest(corpus) if clip.split == "train"]
    counts = Counter(clip.speaker for clip in clips)
    spoken = {example.clip.key for example in examples}
    mels = []
    for clip in clips:
        path = features / f"{clip.key}.npz"
        alone = counts[clip.speaker] == 1 and clip.speaker != UNKNOWN
        if alone and clip.key not in spoken and path.exists():
            with np.load(path) as saved:
                mels.append(saved["mel"])
    return mels


class Batches:
    """Endless batches of similar lengths; each source is drawn in proportion to its weight."""

    def __init__(
        self,
        examples: Sequence[Example],
        weights: dict[str, float],
        *,
        frames: int,
        seed: int,
        augmented: bool = False,
        listened: Sequence[NDArray[np.float16]] = (),
    ) -> None:
        """frames: a batch's padded total. augmented: with warped voices and prompts from other
        rooms. listened: mels of further speakers, for the encoder alone. Raises ValueError without
        examples.
        """
        if not examples:
            raise ValueError("no clip of the corpus is aligned, so there is nothing to learn from")
        self.examples = examples
        self.frames = frames
        self.augmented = augmented
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
        mels, bands, f0, contours = [], [], [], []
        for example in examples:
            warp = self._warp()
            mels.append(warped(example.mel.astype(np.float32), warp))
            bands.append(warped_bands(self.bands[example.clip.bandwidth_hz], warp))
            f0.append(example.f0 * np.float32(warp))
            contours.append(self._contour(example) + np.float32(np.log(warp)))
            others = self.of_speaker[example.clip.speaker]
            chosen = others[self.chance.integers(len(others))]
            first = example if self.chance.random() < OWN_PROMPT_SHARE else chosen
            second = others[self.chance.integers(len(others))]
            prompts.append((self._prompt(first.mel, warp), self._prompt(second.mel, warp)))
            same = WARPS.index(warp) * ANOTHER_SPEAKER
            speakers.append(self.speakers[example.clip.speaker] + same)
        extra = min(EXTRA_PROMPTS, len(self.listened))
        for number in self.chance.choice(max(1, len(self.listened)), size=extra, replace=False):
            mel = self.listened[number]
            prompts.append((self._prompt(mel, AS_RECORDED), self._prompt(mel, AS_RECORDED)))
            speakers.append(len(self.speakers) + int(number))
        flat, heard = _pad_prompts([pair[0] for pair in prompts] + [pair[1] for pair in prompts])
        return Batch(
            _pad([torch.from_numpy(e.symbols) for e in examples]),
            _pad([torch.from_numpy(e.durations) for e in examples]),
            _pad([torch.from_numpy(e.pitch) for e in examples]),
            _pad([torch.from_numpy(e.voiced) for e in examples]),
            _pad([torch.from_numpy(e.energy) for e in examples]),
            _pad([torch.from_numpy(mel.T) for mel in mels]).transpose(1, 2),
            _pad([torch.from_numpy(track) for track in f0]),
            _pad([torch.from_numpy(row) for row in contours]),
            torch.from_numpy(np.stack(bands)),
            flat.view(2, len(prompts), *flat.shape[1:]),
            heard.view(2, len(prompts), -1),
            torch.tensor(speakers),
        )

    def _contour(self, example: Example) -> Floats:
        """Give the tone as it was sung or, half of the time, as synthesis would draw it."""
        if not self.augmented or self.chance.random() < SUNG_SHARE:
            return drawn_through(example.f0)
        energy = np.zeros_like(example.f0)
        tone, _, _ = per_symbol(example.durations, example.f0, energy)
        return drawn_between(example.durations, tone, example.voiced)

    def _warp(self) -> float:
        if not self.augmented or self.chance.random() > WARPED_SHARE:
            return AS_RECORDED
        return float(self.chance.choice(WARPS))

    def _prompt(self, mel: NDArray[np.float16], warp: float) -> Floats:
        """Cut a piece out of a clip, as another room and microphone would give it."""
        length = min(mel.shape[1], int(self.chance.integers(*PROMPT_FRAMES)))
        start = int(self.chance.integers(mel.shape[1] - length + 1))
        piece = warped(mel[:, start : start + length].astype(np.float32), warp)
        return elsewhere(piece, self.chance) if self.augmented else piece


def _pad(rows: list[Tensor]) -> Tensor:
    return torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)


def _pad_prompts(mels: list[Floats]) -> tuple[Tensor, Tensor]:
    rows = [torch.from_numpy(np.ascontiguousarray(mel.T)) for mel in mels]
    lengths = torch.tensor([len(row) for row in rows])
    padded = _pad(rows)
    return padded.transpose(1, 2), torch.arange(padded.shape[1]) < lengths[:, None]
