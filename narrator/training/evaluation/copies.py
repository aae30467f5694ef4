"""The vocoder alone: copies of recordings, also of speakers that it never heard."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.measure import recorded_bands
from narrator.engine.mel import log_mel
from narrator.speech import HOP
from narrator.training import judges
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.results import Figure
from narrator.training.evaluation.sentences import Sentence

Floats = NDArray[np.float32]


def mel_distance(samples: Floats, sentence: Sentence) -> float:
    """Give the mean distance of the log mels over the bands that the recording carries.

    Natural logarithm; samples as long as the recording.
    """
    whole = len(samples) // HOP * HOP
    mel = log_mel(torch.from_numpy(np.array(samples[:whole]))[None])[0].numpy()
    bands = recorded_bands(sentence.clip.bandwidth_hz) > 0
    return float(np.abs(mel - sentence.mel.astype(np.float32))[bands].mean())


def fill(
    groups: Mapping[str, Sequence[Sentence]],
    copiers: Mapping[str, Callable[[Sentence], Floats]],
    memory: Memory,
) -> dict[str, dict[str, Figure]]:
    """Give a row a copier and group of sentences."""
    rows: dict[str, dict[str, Figure]] = {}
    for group, sentences in groups.items():
        for name, copy in copiers.items() if sentences else ():
            made = [copy(sentence) for sentence in sentences]
            real = [sentence.audio for sentence in sentences]
            distances = [mel_distance(*pair) for pair in zip(made, sentences, strict=True)]
            rows[f"{name}, {group}"] = {
                "clips": len(sentences),
                "PESQ-WB": judges.bootstrap(memory.map(judges.pesq_wideband, made, real)),
                "STOI": judges.bootstrap(memory.map(judges.stoi, made, real)),
                "log-mel L1": judges.bootstrap(distances),
            }
    return rows
