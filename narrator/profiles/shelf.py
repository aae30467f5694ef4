"""The voices on the shelf: what the user picks by name, and the worker's only way to an embedding.

A voice is a folder: profile.json (words and measured traits), embedding.npy, licence.json.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from narrator.errors import UnknownVoice, VoiceDamaged
from narrator.speech import Samples, VoiceEmbedding, VoiceRef

WIDEST_EMBEDDING = 4_096
TRAITS = ("pitch_mean", "pitch_std", "energy_mean", "energy_std", "rate")


@dataclass(frozen=True)
class VoiceLicence:
    """Whose voice it is, where it comes from, and what allows its use."""

    speaker: str
    source: str
    licence: str
    note: str


@dataclass(frozen=True)
class VoiceProfile:
    """A voice as the user sees it. fingerprint: of what changes its sound, and of its licence."""

    name: str
    title: str
    description: str
    sex: str
    licence: VoiceLicence
    fingerprint: str

    @property
    def ref(self) -> VoiceRef:
        return VoiceRef(self.name, self.fingerprint)


class VoiceShelf:
    """The voices in some folders; of two with the same name the first folder's is taken."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = tuple(folders)

    def names(self) -> tuple[str, ...]:
        """List the installed voices by name, in alphabetical order."""
        return tuple(sorted(self._places()))

    def get(self, name: str) -> VoiceProfile:
        """Give the voice called `name`. Raises UnknownVoice or VoiceDamaged."""
        return self._load(name)[0]

    def embedding(self, voice: VoiceRef) -> VoiceEmbedding:
        """Give the embedding of `voice`, checked again at each call.

        Raises UnknownVoice, or VoiceDamaged when the voice is no longer the one referred to.
        """
        profile, embedding = self._load(voice.name)
        if profile.fingerprint != voice.fingerprint:
            raise VoiceDamaged(voice.name, "its files have changed meanwhile")
        return embedding

    def _places(self) -> dict[str, Path]:
        places: dict[str, Path] = {}
        for folder in self._folders:
            for path in sorted(folder.glob("*/profile.json")):
                places.setdefault(path.parent.name, path.parent)
        return places

    def _load(self, name: str) -> tuple[VoiceProfile, VoiceEmbedding]:
        places = self._places()
        if name not in places:
            raise UnknownVoice(name, tuple(sorted(places)))
        try:
            return _read_voice(name, places[name])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise VoiceDamaged(name, _reason(error)) from error


def _read_voice(name: str, folder: Path) -> tuple[VoiceProfile, VoiceEmbedding]:
    profile = _table(folder / "profile.json")
    licence = _table(folder / "licence.json")
    values = _values(folder / "embedding.npy")
    traits = {trait: float(profile[trait]) for trait in TRAITS}
    if not all(np.isfinite(list(traits.values()))) or traits["rate"] < 0:
        raise ValueError("its measured traits are not usable numbers")
    embedding = VoiceEmbedding(values=values, encoder=str(profile["encoder"]), **traits)
    digest = blake2b(digest_size=16)
    for part in (traits, embedding.encoder, licence):
        digest.update(json.dumps(part, sort_keys=True).encode() + b"\0")
    digest.update(embedding.values.tobytes())
    origin = VoiceLicence(
        speaker=str(licence["speaker"]),
        source=str(licence["source"]),
        licence=str(licence["licence"]),
        note=str(licence.get("note", "")),
    )
    made = VoiceProfile(
        name=name,
        title=str(profile["title"]),
        description=str(profile["description"]),
        sex=str(profile["sex"]),
        licence=origin,
        fingerprint=digest.hexdigest(),
    )
    return made, embedding


def _table(path: Path) -> dict[str, Any]:
    table = json.loads(path.read_text("utf-8"))
    if not isinstance(table, dict):
        raise ValueError(f"{path.name} holds no table")
    return table


def _values(path: Path) -> Samples:
    values = np.load(path, allow_pickle=False)
    if values.ndim != 1 or values.dtype != np.float32 or not 0 < len(values) <= WIDEST_EMBEDDING:
        raise ValueError("its embedding has another shape")
    if not np.isfinite(values).all():
        raise ValueError("its embedding is not finite")
    return np.asarray(values, np.float32)


def _reason(error: Exception) -> str:
    match error:
        case OSError(filename=str(path)):
            return f"{Path(path).name}: {error.strerror}"
        case KeyError():
            return f"an entry is missing: {error.args[0]}"
        case json.JSONDecodeError():
            return "a file of it is damaged"
        case _:
            return str(error)
