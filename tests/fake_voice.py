"""A studio that speaks without weights: a buzz as long as its phonemes, and what was spoken."""

import json
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from narrator.errors import Cancelled, NothingToSay
from narrator.profiles.keys import Keys
from narrator.profiles.log import ConsentLog, utc_now
from narrator.profiles.shelf import VoiceShelf
from narrator.profiles.vault import Vault
from narrator.settings import Folders, Settings
from narrator.speech import (
    HOP,
    SAMPLE_RATE,
    Audio,
    Engine,
    Enrolling,
    Opening,
    Phonemes,
    Prompted,
    Pronunciation,
    Recording,
    Samples,
    Speech,
    SynthesisRequest,
    Timing,
    VoiceEmbedding,
)
from narrator.studio.speaking.cache import Cache
from narrator.studio.studio import FrontEnd, Studio
from narrator.text.respelling import phonemes_shown, respelled
from narrator.text.symbols import PHONEMES

KEY = bytes(range(32))
FRAMES_PER_SYMBOL = 3
LETTERS = PHONEMES[:26]
SECOND = (np.arange(SAMPLE_RATE) / SAMPLE_RATE).astype(np.float32)
BUZZ = sum(np.sin(2 * np.pi * 120 * n * SECOND) / n for n in range(1, 40)).astype(np.float32) * 0.1


def phonemize(
    text: str, *, opening: Opening, pronunciations: tuple[Pronunciation, ...] = ()
) -> Phonemes:
    """A symbol for each letter: enough for a length that grows with the text."""
    words = tuple("".join(c for c in word if c.isalpha()) for word in text.lower().split())
    words = tuple(word for word in words if word)
    if not words:
        raise NothingToSay(text)
    symbols, word_of = ["^"], [-1]
    for number, word in enumerate(words):
        letters = [LETTERS[ord(c) % len(LETTERS)] for c in word]
        symbols += [*letters, " "]
        word_of += [*[number] * len(letters), -1]
    return Phonemes(tuple(symbols), words, tuple(word_of))


@dataclass
class FakeVoice:
    """An engine that buzzes. broken: sentences with one of these words fail. hold: waits for it."""

    broken: tuple[str, ...] = ()
    spoken: list[str] = field(default_factory=list)
    loads: list[str] = field(default_factory=list)
    stop_after: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)
    load_error: Exception | None = None

    def load(self, device: str) -> Engine:
        self.loads.append(device)
        if self.load_error:
            raise self.load_error
        return Engine(
            self.synthesize, self.voiceprint, 0.7, self.embed_voice, self.enroll, "fake 1"
        )

    def synthesize(self, requests: Sequence[SynthesisRequest]) -> list[Speech]:
        for request in requests:
            if any(word in " ".join(request.phonemes.words) for word in self.broken):
                raise RuntimeError("the fake voice stumbles")
        return [self.speak(request) for request in requests]

    def speak(self, request: SynthesisRequest) -> Speech:
        """Speak one sentence; here a voice may be slow, or wait."""
        words = " ".join(request.phonemes.words)
        self.spoken.append(words)
        if len(self.spoken) == self.stop_after:
            self.stopped.set()
        frames = max(1, round(FRAMES_PER_SYMBOL / request.prosody.speed))
        timings = tuple(
            Timing(symbol, word, frames, 5.0, -20.0)
            for symbol, word in zip(request.phonemes.symbols, request.phonemes.word_of, strict=True)
        )
        length = frames * len(timings) * HOP
        return Speech(Audio(np.resize(BUZZ, length)), timings)

    def voiceprint(self, recordings: Sequence[Recording]) -> Samples:
        """Everybody sounds the same."""
        return self.embed_voice(recordings).values

    def embed_voice(self, recordings: Sequence[Recording]) -> VoiceEmbedding:
        """Every voice is heard as the same."""
        values = np.linspace(-1, 1, 16, dtype=np.float32)
        return VoiceEmbedding(values, 5.2, 0.2, -20.0, 4.0, 12.0, "fake")

    def enroll(
        self,
        takes: Sequence[Prompted],
        heard: VoiceEmbedding,
        progress: Callable[[Enrolling], None],
        stop: threading.Event,
    ) -> VoiceEmbedding:
        """Learn in as many steps as there are takes."""
        for number in range(len(takes)):
            if stop.is_set():
                raise Cancelled
            progress(Enrolling((number + 1) / len(takes), float(len(takes) - number - 1)))
        return replace(heard, steering=np.full(8, len(takes), np.float32))


def write_voice(folder: Path, name: str = "kathleen") -> Path:
    """Write the three files of a voice into `folder`/`name`."""
    home = folder / name
    home.mkdir(parents=True)
    traits = {"pitch_mean": 5.2, "pitch_std": 0.2, "energy_mean": -20.0, "energy_std": 4.0}
    words = {"name": name, "title": name.title(), "description": "clear", "sex": "female"}
    profile = words | traits | {"rate": 12.0, "encoder": "fake"}
    licence = {"speaker": "A reader", "source": "a corpus", "licence": "CC0-1.0", "note": ""}
    (home / "profile.json").write_text(json.dumps(profile), "utf-8")
    (home / "licence.json").write_text(json.dumps(licence), "utf-8")
    np.save(home / "embedding.npy", np.linspace(-1, 1, 16, dtype=np.float32))
    return home


def build_shelf(
    built_in: Path, data: Path, *, clock: Callable[[], datetime] = utc_now, encoder: str = "fake"
) -> VoiceShelf:
    """Give a shelf of the voices below `built_in` and the user's own, kept below `data`."""
    keys = Keys(data / "keys")
    consents = ConsentLog(data / "consents.jsonl", keys, clock=clock)
    return VoiceShelf(built_in, Vault(data / "voices", keys), consents, encoder=lambda: encoder)


def build_studio(home: Path, voice: FakeVoice, *, quota_bytes: int = 10**9) -> Studio:
    """Give a studio whose folders lie below `home` and which speaks with `voice`."""
    folders = Folders(home / "data", home / "cache", home / "config", home / "log")
    if not (home / "voices").exists():
        write_voice(home / "voices")
    return Studio(
        folders=folders,
        settings=Settings(),
        voices=build_shelf(home / "voices", folders.data),
        cache=Cache(folders.cache, key=KEY, quota_bytes=quota_bytes),
        front_end=FrontEnd(
            phonemize, str.upper, lambda: "fake front end", respelled, phonemes_shown
        ),
        load_engine=voice.load,
        model_fingerprint=lambda: "fake model",
        key=KEY,
    )
