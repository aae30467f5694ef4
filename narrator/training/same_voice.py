"""From which likeness on two recordings count as one person's: measured on speakers held out.

python -m narrator.training.same_voice --corpus FOLDER --features FOLDER --model FOLDER
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.checkpoint import load_model
from narrator.engine.speaker_encoder import SpeakerEncoder, standardized
from narrator.speech import FRAMES_PER_SECOND
from narrator.training.corpus import Clip, read_manifest

KNOWN_SECONDS, ASKED_SECONDS = 10.0, 4.0  # a statement, and six words
MOST_FALSE_ACCEPTS = 0.01
SHORTEST_SECONDS = 1.0
Floats = NDArray[np.float32]


class SameVoice(NamedTuple):
    """threshold: the cosine. The shares of wrong answers at it, and of how many trials each."""

    threshold: float
    false_accepts: float
    strangers: int
    false_refusals: float
    own: int


class Speaker(NamedTuple):
    """known, asked: embeddings (n, width) of longer and of shorter stretches of other clips."""

    known: Floats
    asked: Floats


def speakers_of(corpus: Path, features: Path, encoder: SpeakerEncoder) -> list[Speaker]:
    """Hear the held-out speakers: one half of what each says is known, the other is asked about."""
    clips: dict[str, list[Clip]] = {}
    for clip in read_manifest(corpus):
        if clip.split == "valid" and (features / f"{clip.key}.npz").exists():
            clips.setdefault(clip.speaker, []).append(clip)
    found = []
    for own in clips.values():
        mels = [_mel(features / f"{clip.key}.npz") for clip in own]
        if len(mels) == 1:
            mels = list(np.array_split(mels[0], 2, axis=1))
        known = _stretches(mels[::2], KNOWN_SECONDS)
        asked = _stretches(mels[1::2], ASKED_SECONDS)
        if known and asked:
            found.append(Speaker(_heard(known, encoder), _heard(asked, encoder)))
    return found


def measured(tuning: Sequence[Speaker], judging: Sequence[Speaker]) -> SameVoice:
    """Set the threshold on some speakers and count the errors on others."""
    strangers = np.sort(_scores(tuning, same=False))
    threshold = float(strangers[int(np.ceil((1 - MOST_FALSE_ACCEPTS) * len(strangers))) - 1])
    others, own = _scores(judging, same=False), _scores(judging, same=True)
    return SameVoice(
        round(threshold, 3),
        float((others >= threshold).mean()),
        len(others),
        float((own < threshold).mean()),
        len(own),
    )


def _mel(path: Path) -> Floats:
    with np.load(path) as saved:
        return np.asarray(saved["mel"], np.float32)


def _stretches(mels: Sequence[Floats], seconds: float) -> list[Floats]:
    joined = np.concatenate(mels, axis=1)
    length = round(seconds * FRAMES_PER_SECOND)
    starts = range(0, max(1, joined.shape[1] - length + 1), length)
    pieces = [joined[:, start : start + length] for start in starts]
    return [piece for piece in pieces if piece.shape[1] >= SHORTEST_SECONDS * FRAMES_PER_SECOND]


@torch.inference_mode()
def _heard(mels: Sequence[Floats], encoder: SpeakerEncoder) -> Floats:
    voices = torch.cat([encoder(torch.from_numpy(mel.copy())[None]) for mel in mels])
    values = standardized(voices).numpy()
    return np.asarray(values / np.linalg.norm(values, axis=1, keepdims=True), np.float32)


def _scores(speakers: Sequence[Speaker], *, same: bool) -> Floats:
    """Give the cosine of every asked stretch with every known one of the same or of others."""
    pairs = [
        (one.asked @ other.known.T).ravel()
        for n, one in enumerate(speakers)
        for m, other in enumerate(speakers)
        if (n == m) == same
    ]
    return np.concatenate(pairs)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    options = parser.parse_args()
    found = speakers_of(options.corpus, options.features, load_model(options.model).encoder)
    print(measured(found[::2], found[1::2]))


if __name__ == "__main__":
    main()
