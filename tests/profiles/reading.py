"""People who read at a microphone, and who listens to them; for the tests of voice making."""

from collections.abc import Sequence

import numpy as np

from narrator.audio.recognize import Choice
from narrator.audio.watermark.marked import mark
from narrator.profiles.phrase import PhraseWord
from narrator.speech import Audio, Phonemes, Recording, VoiceEmbedding

RATE = 24_000
ANNA, BO = 220.0, 320.0
WORDS = [PhraseWord(f"{a}{b}er", 2) for a in "bdfgkmnprst" for b in "aeiou"]
SAID = Phonemes(("^", "AH1", "."), ("a",), (-1, 0, -1))


def speech(who: float = ANNA, seconds: float = 6.0, *, noise: float = 1e-4) -> Recording:
    """Bursts of a harmonic tone that is this person's, over a quiet room."""
    time = np.arange(int(seconds * RATE)) / RATE
    tone = sum(np.sin(2 * np.pi * who * n * time) / n for n in range(1, 9))
    syllables = np.clip(np.sin(2 * np.pi * 3.0 * time) + 0.5, 0, None) * (time > 0.5)
    room = np.random.default_rng(1).normal(0, noise, len(time))
    return Recording((0.15 * tone * syllables + room).astype(np.float32), RATE)


def joined(*parts: Recording) -> Recording:
    return Recording(np.concatenate([part.samples for part in parts]), RATE)


def embed_voice(recordings: Sequence[Recording]) -> VoiceEmbedding:
    """Tells people apart by where their spectrum peaks."""
    samples = np.concatenate([one.samples for one in recordings])
    peak = np.abs(np.fft.rfft(samples)).argmax() * RATE / len(samples)
    values = np.zeros(64, np.float32)
    values[int(peak / 10)] = 1
    return VoiceEmbedding(values, 5.2, 0.2, -20.0, 4.0, 12.0, "fake")


class Listener:
    """A recogniser that hears the phrase it is told to, or nothing."""

    def __init__(self) -> None:
        self.hears: str | None = None

    def knows(self, word: str) -> bool:
        return True

    def words(self, recording: Recording) -> tuple[str, ...]:
        return tuple((self.hears or "").split())

    def choose(self, recording: Recording, phrases: Sequence[str]) -> Choice:
        found = phrases.index(self.hears) if self.hears in phrases else None
        return Choice(found, 0.0)


def synthetic() -> Recording:
    chance = np.random.default_rng(2)
    said = speech(seconds=12).samples
    hiss = chance.normal(0, 0.03, len(said)) * (np.abs(said) > 0.01)
    return Recording(mark(Audio(said + hiss.astype(np.float32)), key=bytes(32)).samples, RATE)
