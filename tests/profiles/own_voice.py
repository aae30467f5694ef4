"""A speaker who consents: facts, recordings, an embedding, and a clock that tests can set."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from fake_voice import build_shelf

from narrator.profiles.profile import VoiceProfile
from narrator.profiles.records import ConsentFacts, Relation
from narrator.profiles.shelf import VoiceShelf
from narrator.speech import Recording, VoiceEmbedding

START = datetime(2026, 11, 3, 10, 0, 0, tzinfo=UTC)
YEAR = timedelta(days=365)
WORDS = ("amber", "ladder", "pepper", "silver", "tunnel", "window")


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now


def facts(**changes: object) -> ConsentFacts:
    known: dict[str, object] = {
        "speaker": "Ånna Smith",
        "relation": Relation.SELF,
        "statement": 1,
        "checkbox": 1,
        "ticked": START - timedelta(minutes=5),
        "words": WORDS,
        "spoken": START - timedelta(minutes=2),
        "scores": {"likeness": 0.81234, "words": 1.0},
        "app": "0.1.0",
    }
    return ConsentFacts(**known | changes)  # type: ignore[arg-type]


def embedding(seed: int = 1, *, steering: int = 40) -> VoiceEmbedding:
    random = np.random.default_rng(seed)
    values, offsets = random.normal(size=64), random.normal(size=steering)
    return VoiceEmbedding(
        values.astype(np.float32), 5.2, 0.2, -20.0, 4.0, 12.0, "fake", offsets.astype(np.float32)
    )


def take(seed: int = 1, rate: int = 48_000) -> Recording:
    noise = np.random.default_rng(seed).normal(0, 0.1, rate // 4)
    return Recording(noise.astype(np.float32), rate)


def flip(path: Path, at: int, bit: int) -> None:
    """Turn bits of one byte of a file round."""
    with path.open("r+b") as file:
        file.seek(at)
        octet = file.read(1)[0] ^ bit
        file.seek(at)
        file.write(bytes([octet]))


@dataclass
class Home:
    """An installation below `folder` with no voice of its own yet."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    encoder: str = "fake"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.data / "consents.jsonl"

    @property
    def keys(self) -> Path:
        return self.data / "keys"

    def files(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def shelf(self, clock: Callable[[], datetime] | None = None) -> VoiceShelf:
        """A new one at each call, as after a new start."""
        built_in = self.folder / "built-in"
        return build_shelf(built_in, self.data, clock=clock or self.clock, encoder=self.encoder)

    def create(self, title: str = "Anna", seed: int = 1) -> VoiceProfile:
        return self.shelf().create(
            title,
            description="calm",
            embedding=embedding(seed),
            takes=[take(seed), take(seed + 100, 16_000)],
            facts=facts(),
        )
