"""How long a reader pauses inside a sentence, where there is a pause at all.

Whether one pauses at a comma is nearly chance to the model. Trained by the distance of log(1 +
frames) it gives the mean of no pause and a whole one, weighed by their shares: hardly a pause,
everywhere. Synthesis undoes that with the length that is measured here.
"""

from collections import Counter
from pathlib import Path

import numpy as np

from narrator.text.symbols import inner_pauses
from narrator.training.corpus import read_manifest
from narrator.training.evaluation.timing import PAUSE_FRAMES
from narrator.training.prepare import read_labels


def measured_pause(corpus: Path, features: Path) -> float:
    """Give the geometric mean of the pauses of the speaker with most clips, frames; 0 without one.

    Only punctuation counts, and only pauses from PAUSE_FRAMES on.
    """
    labels = read_labels(features)
    clips = [clip for clip in read_manifest(corpus) if clip.split == "train"]
    aligned = [clip for clip in clips if "score" in labels.get(clip.key, {})]
    if not aligned:
        return 0.0
    [(speaker, _)] = Counter(clip.speaker for clip in aligned).most_common(1)
    rows = [labels[clip.key] for clip in aligned if clip.speaker == speaker]
    made = [
        frames
        for row in rows
        for frames, inner in zip(row["durations"], inner_pauses(row["symbols"]), strict=True)
        if inner and frames >= PAUSE_FRAMES
    ]
    return float(np.exp(np.log(made).mean())) if made else 0.0
