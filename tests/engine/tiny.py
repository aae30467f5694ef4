"""A model of a few weights, drawn by seed: its speech is noise, its shapes are the real ones."""

from pathlib import Path

import numpy as np
import torch

from narrator.engine.checkpoint import Model, save_model
from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig, VocoderConfig
from narrator.engine.fastspeech2 import FastSpeech2
from narrator.engine.manifest import encoder_fingerprint as encoder_fingerprint
from narrator.engine.speaker_encoder import SpeakerEncoder
from narrator.engine.vocoder import Vocoder
from narrator.speech import Phonemes, SynthesisRequest, VoiceEmbedding
from narrator.text.symbols import SYMBOLS

VOICE = 16
SPEECH = FastSpeech2Config(
    symbols=len(SYMBOLS),
    voice=VOICE,
    width=16,
    encoder_blocks=2,
    encoder_hidden=32,
    decoder_blocks=2,
    decoder_hidden=32,
    predictor_width=16,
)
ENCODER = SpeakerEncoderConfig(width=VOICE)
VOCODER = VocoderConfig(width=16, hidden=32, blocks=2)
PHONEMES = Phonemes(
    symbols=("^", "HH", "AH0", "L", "OW1", ",", "W", "ER1", "L", "D", "."),
    words=("hello", "world"),
    word_of=(-1, 0, 0, 0, 0, -1, 1, 1, 1, 1, -1),
)


def model(seed: int = 0) -> Model:
    """Draw a tiny model whose phonemes last some frames."""
    torch.manual_seed(seed)
    made = Model(FastSpeech2(SPEECH), SpeakerEncoder(ENCODER), Vocoder(VOCODER))
    torch.nn.init.constant_(made.acoustic.duration.out.bias, 1.8)
    for network in made:
        network.eval()
    return made


def save(folder: Path, seed: int = 0) -> Path:
    """Write a tiny model to `folder`."""
    save_model(model(seed), folder)
    return folder


def request(folder: Path, **changes: object) -> SynthesisRequest:
    """Ask the model in `folder` for two words."""
    values = np.linspace(-1, 1, VOICE).astype(np.float32)
    voice = VoiceEmbedding(values, 5.0, 0.2, 10.0, 8.0, 12.0, encoder_fingerprint(folder))
    return SynthesisRequest(PHONEMES, voice)._replace(**changes)
