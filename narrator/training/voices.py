"""Built-in voices: heard from the corpus by the trained encoder, blended by a recipe, written to a
folder.

python -m narrator.training.voices --corpus FOLDER --features FOLDER --model FOLDER --voices FOLDER

A recipe stands in voices/NAME/recipe.json; the speakers' own likeness ships only where they donated
it.
"""

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.checkpoint import load_model
from narrator.engine.manifest import encoder_fingerprint
from narrator.engine.measure import per_symbol
from narrator.engine.speaker_encoder import SpeakerEncoder, standardized
from narrator.speech import FRAMES_PER_SECOND, VoiceEmbedding
from narrator.text.symbols import PHONEME_SET
from narrator.training.corpus import UNKNOWN, Clip, read_manifest
from narrator.training.prepare import read_labels

CLIPS_A_SPEAKER = 60
TRAITS = ("pitch_mean", "pitch_std", "energy_mean", "energy_std", "rate")
Floats = NDArray[np.float32]


class Heard(NamedTuple):
    """One speaker as the encoder hears them, with the traits of TRAITS in that order."""

    values: Floats
    traits: Floats


def hear(speaker: str, clips: Sequence[Clip], features: Path, encoder: SpeakerEncoder) -> Heard:
    """Average a speaker's clips: the embedding, and what is measured over their phonemes."""
    labels = read_labels(features)
    aligned = [c for c in clips if c.speaker == speaker and "score" in labels.get(c.key, {})]
    if not aligned:
        raise ValueError(f"no aligned clip of {speaker}")
    embeddings, tones, levels, frames = [], [], [], []
    for clip in aligned[:: max(1, len(aligned) // CLIPS_A_SPEAKER)]:
        row = labels[clip.key]
        durations = np.array(row["durations"], dtype=np.int64)
        spoken = np.array([symbol in PHONEME_SET for symbol in row["symbols"]])
        with np.load(features / f"{clip.key}.npz") as saved, torch.inference_mode():
            mel = torch.from_numpy(saved["mel"].astype(np.float32))[None]
            embeddings.append(encoder(mel)[0])
            log_f0, voiced, energy = per_symbol(durations, saved["f0"], saved["energy"])
        tones.append(log_f0[voiced > 0])
        levels.append(energy[spoken])
        frames.append(durations[spoken])
    tone, level, lasting = np.concatenate(tones), np.concatenate(levels), np.concatenate(frames)
    rate = FRAMES_PER_SECOND * len(lasting) / lasting.sum()
    traits = np.array([tone.mean(), tone.std(), level.mean(), level.std(), rate], dtype=np.float32)
    return Heard(standardized(torch.stack(embeddings).mean(dim=0)).numpy(), traits)


def blend(parts: Sequence[tuple[float, Heard]]) -> Heard:
    """Mix speakers by weight, embedding and traits alike."""
    weights = np.array([weight for weight, _ in parts], dtype=np.float32)
    weights = weights / weights.sum()
    values = sum(w * heard.values for w, (_, heard) in zip(weights, parts, strict=True))
    traits = sum(w * heard.traits for w, (_, heard) in zip(weights, parts, strict=True))
    return Heard(standardized(torch.as_tensor(values)).numpy(), np.asarray(traits))


def write_voice(folder: Path, heard: Heard, encoder: str) -> None:
    """Write embedding.npy and profile.json beside recipe.json, whose words the profile takes."""
    recipe = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    words = {key: recipe[key] for key in ("title", "description", "sex")}
    traits = {name: round(float(x), 5) for name, x in zip(TRAITS, heard.traits, strict=True)}
    profile = {"name": folder.name} | words | traits | {"encoder": encoder}
    (folder / "profile.json").write_text(json.dumps(profile, indent=1) + "\n", encoding="utf-8")
    np.save(folder / "embedding.npy", heard.values.astype(np.float32), allow_pickle=False)


def read_voice(folder: Path) -> VoiceEmbedding:
    """Read a built-in voice back."""
    profile = json.loads((folder / "profile.json").read_text(encoding="utf-8"))
    values = np.load(folder / "embedding.npy", allow_pickle=False)
    return VoiceEmbedding(
        values, **{name: profile[name] for name in TRAITS}, encoder=profile["encoder"]
    )


def read_shares(recipe: Path) -> dict[str, float]:
    """Read the speakers of a recipe.json and the weight of each."""
    shares: dict[str, float] = json.loads(recipe.read_text(encoding="utf-8"))["speakers"]
    return shares


def check_recipes(corpus: Path, voices: Path) -> None:
    """Raise ValueError when `voices` has no recipe, or one names a speaker without `train` rows."""
    recipes = sorted(voices.glob("*/recipe.json"))
    if not recipes:
        raise ValueError(f"no voice to make: {voices} has no NAME/recipe.json")
    there = {clip.speaker for clip in read_manifest(corpus) if clip.split == "train"} - {UNKNOWN}
    for path in recipes:
        if strangers := sorted(read_shares(path).keys() - there):
            raise ValueError(f"{path} names {', '.join(strangers)}, not in the train rows")


def build(corpus: Path, features: Path, model: Path, voices: Path) -> None:
    """Make every voice whose recipe stands in `voices`."""
    encoder = load_model(model).encoder
    clips = [clip for clip in read_manifest(corpus) if clip.split == "train"]
    for path in sorted(voices.glob("*/recipe.json")):
        parts = [
            (share, hear(name, clips, features, encoder))
            for name, share in read_shares(path).items()
        ]
        write_voice(path.parent, blend(parts), encoder_fingerprint(model))
        print(f"made the voice {path.parent.name} of {len(parts)} speakers", flush=True)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    parser.add_argument("--voices", type=Path, default=Path("voices"))
    options = parser.parse_args()
    build(options.corpus, options.features, options.model, options.voices)


if __name__ == "__main__":
    main()
