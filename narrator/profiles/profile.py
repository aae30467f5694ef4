"""A voice as the user sees it, with what allows its use; built-in ones are read from here.

A built-in voice is a folder of plain files: profile.json (words and measured traits),
embedding.npy, licence.json.
"""

import json
import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from narrator.audio.watermark.grid import VoiceKind
from narrator.profiles.records import ConsentRecord
from narrator.speech import Samples, VoiceEmbedding, VoiceRef

WIDEST_EMBEDDING = 4_096
MOST_STEERING = 1 << 20
TRAITS = ("pitch_mean", "pitch_std", "energy_mean", "energy_std", "rate")
LONGEST_NAME = 40
# An .npy file of float32 (n,). np.load would read this head with ast.parse, and that fails at times
# when several threads do it at once (Python 3.11: "AST constructor recursion depth mismatch").
NPY_HEAD = re.compile(
    rb"\x93NUMPY\x01\x00..\{'descr': '<f4', 'fortran_order': False, "
    rb"'shape': \((?P<length>\d{1,9}),\), \} *\n",
    re.DOTALL,
)


@dataclass(frozen=True)
class VoiceLicence:
    """Whose voice it is, where it comes from, and what allows its use."""

    speaker: str
    source: str
    licence: str
    note: str


@dataclass(frozen=True)
class VoiceProfile:
    """A voice as the user sees it. fingerprint: of what changes its sound, and of its origin.

    origin: the licence of a built-in voice, the speaker's consent to a replica. sex: "" where
    nobody was asked.
    """

    name: str
    title: str
    description: str
    sex: str
    origin: VoiceLicence | ConsentRecord
    fingerprint: str

    @property
    def number(self) -> int:
        """Its number in the watermark: that of its consent record, 0 for a built-in voice."""
        return self.origin.number if isinstance(self.origin, ConsentRecord) else 0

    @property
    def is_replica(self) -> bool:
        """Whether it is the likeness of a consenting person."""
        return self.kind is VoiceKind.REPLICA

    @property
    def terms(self) -> str:
        """What allows its use, in a few words."""
        match self.origin:
            case VoiceLicence(licence=licence):
                return licence
            case ConsentRecord(facts=facts, expires=expires):
                return f"consent of {facts.speaker} until {expires.date()}"

    @property
    def kind(self) -> VoiceKind:
        """What the watermark says of it."""
        return VoiceKind.of_voice(self.number)

    @property
    def ref(self) -> VoiceRef:
        """What an utterance names it by."""
        return VoiceRef(self.name, self.fingerprint, self.number)


class Voice(NamedTuple):
    """A profile with its sound."""

    profile: VoiceProfile
    embedding: VoiceEmbedding


def voice_name(title: str) -> str:
    """Give the name under which a voice called `title` is kept and asked for.

    Small letters and digits of any script, joined by hyphens: safe as a folder on any disk.
    """
    folded = unicodedata.normalize("NFKC", title).casefold()
    words = "".join(sign if sign.isalnum() else " " for sign in folded).split()
    return "-".join(words)[:LONGEST_NAME].strip("-") or "voice"


def check_embedding(embedding: VoiceEmbedding) -> None:
    """Raise ValueError when an embedding cannot be that of a voice."""
    values, steering = embedding.values, embedding.steering
    if values.ndim != 1 or not 0 < len(values) <= WIDEST_EMBEDDING:
        raise ValueError("its embedding has another shape")
    if steering.ndim != 1 or len(steering) > MOST_STEERING:
        raise ValueError("its steering has another shape")
    if not (np.isfinite(values).all() and np.isfinite(steering).all()):
        raise ValueError("its embedding is not finite")
    traits = [getattr(embedding, trait) for trait in TRAITS]
    if not np.isfinite(traits).all() or embedding.rate < 0:
        raise ValueError("its measured traits are not usable numbers")


def read_built_in(name: str, folder: Path) -> Voice:
    """Read a built-in voice. Raises OSError, ValueError, KeyError or TypeError."""
    profile = _table(folder / "profile.json")
    licence = _table(folder / "licence.json")
    traits: dict[str, Any] = {trait: float(profile[trait]) for trait in TRAITS}
    values = _values(folder / "embedding.npy")
    embedding = VoiceEmbedding(values=values, encoder=str(profile["encoder"]), **traits)
    check_embedding(embedding)
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
        origin=origin,
        fingerprint=digest.hexdigest(),
    )
    return Voice(made, embedding)


def _table(path: Path) -> dict[str, Any]:
    table = json.loads(path.read_text("utf-8"))
    if not isinstance(table, dict):
        raise ValueError(f"{path.name} holds no table")
    return table


def _values(path: Path) -> Samples:
    content = path.read_bytes()
    head = NPY_HEAD.match(content)
    if not head or len(content) - head.end() != 4 * int(head["length"]):
        raise ValueError("its embedding has another shape")
    return np.frombuffer(content, "<f4", offset=head.end()).astype(np.float32)
