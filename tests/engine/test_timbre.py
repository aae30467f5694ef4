from dataclasses import replace

import tiny
import torch

from narrator.engine.config import MELS
from narrator.engine.fastspeech2 import FastSpeech2
from narrator.engine.timbre import SPOKEN, long_term_spectrum, steering_by
from narrator.text.symbols import INDEX


def test_pauses_do_not_count_in_a_long_term_spectrum() -> None:
    loud = torch.linspace(-3, 0, MELS)[:, None].expand(MELS, 60)
    pause = torch.full((MELS, 100), -11.0)
    found = long_term_spectrum([torch.cat([pause, loud], dim=1), loud])
    assert torch.allclose(found, loud[:, 0])


def test_a_steering_adds_its_offset_to_every_frame() -> None:
    torch.manual_seed(0)
    acoustic = FastSpeech2(replace(tiny.SPEECH, width=96)).eval()
    offset, voice = torch.randn(MELS), torch.randn(1, tiny.VOICE)
    symbols = torch.tensor([[INDEX[symbol] for symbol in tiny.PHONEMES.symbols]])
    durations = torch.full_like(symbols, 3)
    mels = []
    with torch.inference_mode():
        for steering in (torch.zeros(acoustic.steering), steering_by(offset, acoustic)):
            manner = acoustic.manner(torch.cat([voice, steering[None]], dim=1))
            hidden, mask = acoustic.encode(symbols, manner)
            still = torch.zeros(symbols.shape)
            contour = torch.zeros(1, int(durations.sum()))
            mel, _ = acoustic.decode(hidden, manner, mask, durations, contour, still, still)
            mels.append(mel)
    plain, steered = mels
    assert torch.allclose(steered - plain, offset[:, None].expand_as(plain[0])[None], atol=1e-3)


def test_the_sentences_hold_nearly_every_sound() -> None:
    said = {symbol.rstrip("012") for sentence in SPOKEN for symbol in sentence.symbols}
    known = {symbol.rstrip("012") for symbol in INDEX if symbol.isalnum()}
    assert len(known - said) <= 4
