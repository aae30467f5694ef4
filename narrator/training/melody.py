"""How much flatter a model sings than the speech it learned from, on texts new to the voice.

A model that is trained by distance gives averages, and those vary too little. What is missing is
put back at synthesis by one factor on the normalised pitch. Source: compensating for the global
variance, as of spectra in Toda and Tokuda 2007 (IEICE E90-D), section 3.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from narrator.engine.checkpoint import Model
from narrator.text.symbols import INDEX
from narrator.training.corpus import read_manifest
from narrator.training.prepare import read_labels
from narrator.training.voices import hear

CLIPS = 8  # of a voice, which are heard for it
SENTENCES = 60
SHORTEST = 20  # symbols
MOST = 1.4


def measured_melody(model: Model, corpus: Path, features: Path) -> float:
    """Give the factor by which pitches lie too close to their mean, 1 to MOST.

    The speaker with most clips says sentences of the others. 1 where the corpus has no other.
    """
    labels = read_labels(features)
    clips = [clip for clip in read_manifest(corpus) if clip.split == "train"]
    aligned = [clip for clip in clips if "score" in labels.get(clip.key, {})]
    if not aligned:
        return 1.0
    [(speaker, _)] = Counter(clip.speaker for clip in aligned).most_common(1)
    others = [clip for clip in aligned if clip.speaker != speaker]
    said = [labels[clip.key]["symbols"] for clip in others[:: len(others) // SENTENCES + 1]]
    texts = [[INDEX[symbol] for symbol in row] for row in said if len(row) >= SHORTEST]
    if not texts:
        return 1.0
    own = [clip for clip in aligned if clip.speaker == speaker]
    values = hear(speaker, own[:CLIPS], features, model.encoder).values
    spread = _spread(model, torch.from_numpy(values)[None], texts)
    return float(np.clip(1 / spread, 1.0, MOST))


@torch.inference_mode()
def _spread(model: Model, voice: Tensor, texts: Sequence[Sequence[int]]) -> float:
    """Give the deviation of the normalised pitches that the model gives; of speech it is 1."""
    found: list[NDArray[np.float32]] = []
    manner = model.acoustic.manner(voice)
    for text in texts:
        hidden, mask = model.acoustic.encode(torch.tensor([text]), manner)
        predicted = model.acoustic.predict(hidden, manner, mask)
        found.append(predicted.pitch[predicted.voiced > 0].numpy())
    return float(np.concatenate(found).std())
