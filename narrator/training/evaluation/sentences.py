"""Which held-out clips are judged: frozen by rule, so that each run hears the same.

No clip here was trained on. A corpus of one's own is judged by the same rule.
"""

from collections.abc import Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.mel import log_mel
from narrator.training.corpus import Clip
from narrator.training.prepare import clean

NATIVE = ("kathleen", "asp")
ACCENTED_SENTENCES = 40
CLIPS_A_STRANGER = 3
QUICK_STEP = 5
Floats = NDArray[np.float32]


class Sentence(NamedTuple):
    """A held-out clip with its recording (24 kHz, cleaned, levelled) and its log mel."""

    clip: Clip
    audio: Floats
    mel: NDArray[np.float16]


def held_out(clips: Sequence[Clip], *, quick: bool = False) -> list[Clip]:
    """Give every native `valid` clip with a text and one of each of some accented speakers.

    quick: every QUICK_STEP-th of them. Raises ValueError where there is none.
    """
    there = [clip for clip in clips if clip.split == "valid" and clip.text]
    native = [clip for clip in there if clip.source in NATIVE]
    accented = [clip for clip in there if clip.source not in NATIVE]
    step = max(1, len(accented) // ACCENTED_SENTENCES)
    chosen = native + accented[::step][:ACCENTED_SENTENCES]
    if not chosen:
        raise ValueError("the manifest has no `valid` row with a text")
    return chosen[::QUICK_STEP] if quick else chosen


def strangers(clips: Sequence[Clip], *, quick: bool = False) -> list[Clip]:
    """Give the first CLIPS_A_STRANGER `valid` clips of each speaker without any `train` row."""
    known = {clip.speaker for clip in clips if clip.split == "train"}
    by_speaker: dict[str, list[Clip]] = {}
    for clip in clips:
        if clip.split == "valid" and clip.speaker not in known:
            by_speaker.setdefault(clip.speaker, []).append(clip)
    chosen = [clip for own in by_speaker.values() for clip in own[:CLIPS_A_STRANGER]]
    return chosen[::QUICK_STEP] if quick else chosen


def natives(clips: Sequence[Clip]) -> list[int]:
    """Give the places of the native clips; of all in a corpus that has none of NATIVE."""
    places = [n for n, clip in enumerate(clips) if clip.source in NATIVE]
    return places or list(range(len(clips)))


def of_main_speaker(clips: Sequence[Clip]) -> list[int]:
    """Give the places of the speaker with most clips: melody and sharpness differ by person."""
    speakers = [clips[n].speaker for n in natives(clips)]
    main = max(speakers, key=speakers.count)
    return [n for n, clip in enumerate(clips) if clip.speaker == main]


def load(clips: Sequence[Clip], corpus: Path, pool: Executor) -> list[Sentence]:
    """Read and clean recordings, in the order of `clips`."""
    return list(pool.map(partial(_load, corpus=corpus), clips))


def _load(clip: Clip, corpus: Path) -> Sentence:
    audio = clean(corpus / clip.file)
    mel = log_mel(torch.from_numpy(audio)[None])[0].numpy().astype(np.float16)
    return Sentence(clip, audio, mel)
