"""A reader for tests: the shipped voices, by the real engine, as if a person had recorded it."""

from functools import lru_cache
from pathlib import Path

import torch

from narrator.engine.checkpoint import load_model
from narrator.engine.manifest import encoder_fingerprint
from narrator.engine.precision import Precision
from narrator.engine.synthesizer import Synthesizer
from narrator.speech import Recording, SynthesisRequest
from narrator.text.frontend import phonemize
from narrator.training.voices import read_voice

ROOT = Path(__file__).parent.parent
WORDS = ROOT / "resources" / "phrase_words.txt"


@lru_cache(maxsize=1)
def _engine() -> Synthesizer:
    folder = ROOT / "resources" / "model"
    return Synthesizer(
        load_model(folder),
        device=torch.device("cpu"),
        precision=Precision.FP32,
        encoder=encoder_fingerprint(folder),
    )


def read_aloud(text: str, voice: str = "kathleen") -> Recording:
    request = SynthesisRequest(phonemize(text), read_voice(ROOT / "voices" / voice))
    audio = _engine().synthesize(request).audio
    return Recording(audio.samples, audio.rate)
