"""A reader for tests: the shipped voices, by the real engine, as if a person had recorded it."""

from functools import lru_cache
from pathlib import Path

import torch

from narrator.engine.checkpoint import load_model
from narrator.engine.manifest import encoder_fingerprint
from narrator.engine.precision import Precision
from narrator.engine.synthesizer import Synthesizer
from narrator.speech import Prosody, Recording, Speech, SynthesisRequest
from narrator.text.frontend import phonemize
from narrator.training.voices import read_voice

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "resources" / "phrase_words.txt"
AS_IS = Prosody()


@lru_cache(maxsize=1)
def _engine() -> Synthesizer:
    folder = ROOT / "resources" / "model"
    return Synthesizer(
        load_model(folder),
        device=torch.device("cpu"),
        precision=Precision.FP32,
        encoder=encoder_fingerprint(folder),
    )


def speak(text: str, voice: str = "kathleen", prosody: Prosody = AS_IS) -> Speech:
    embedding = read_voice(ROOT / "voices" / voice)
    request = SynthesisRequest(phonemize(text), embedding, prosody)
    return _engine().synthesize([request])[0]


def read_aloud(text: str, voice: str = "kathleen") -> Recording:
    audio = speak(text, voice).audio
    return Recording(audio.samples, audio.rate)
