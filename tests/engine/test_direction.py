"""From what is predicted and what is asked to frames, tones and energies."""

from pathlib import Path

import numpy as np
import pytest
import tiny
import torch
from shipped_voice import speak

from narrator.engine.config import FastSpeech2Config
from narrator.engine.direction import Directions, contour_of, directed, durations_of
from narrator.engine.fastspeech2 import Variances
from narrator.engine.measure import per_symbol
from narrator.speech import HOP, Phonemes, Samples, Speech, SynthesisRequest
from narrator.text.frontend import phonemize
from narrator.text.symbols import PHONEME_SET, SYMBOLS

QUOTED = Phonemes(
    ("^", "“", "G", "OW1", ",", "”", " ", "S", "EH1", "D", " ", "AY1", "."),
    ("go", "said", "I"),
    (-1, -1, 0, 0, -1, -1, -1, 1, 1, 1, -1, 2, -1),
)
MARKS = [place for place, symbol in enumerate(QUOTED.symbols) if symbol in "“”"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("model"))


def directed_at(request: SynthesisRequest, frames: float) -> Directions:
    """A sentence of which each symbol is predicted to last so long, and to be voiced and loud."""
    shape = 1, len(request.phonemes.symbols)
    sung = torch.ones(shape), torch.full(shape, 5.0), torch.full(shape, 2.0)
    predicted = Variances(torch.full(shape, frames).log1p(), *sung)
    return directed(predicted, request, FastSpeech2Config(len(SYMBOLS)))


@pytest.mark.parametrize(("predicted", "given"), [(0.0, 0), (2.0, 2), (4.0, 15), (20.0, 20)])
def test_a_pause_that_is_likelier_than_none_is_a_whole_one(
    folder: Path, predicted: float, given: int
) -> None:
    comma, stop = tiny.PHONEMES.symbols.index(","), len(tiny.PHONEMES.symbols) - 1
    frames = torch.full((1, stop + 1), 5.0)
    frames[0, [comma, stop]] = predicted
    made = durations_of(frames.log1p(), tiny.request(folder), 15.0)
    assert (made[0, comma], made[0, stop]) == (given, predicted)


def test_a_word_of_one_sound_lasts_long_enough_to_be_heard(folder: Path) -> None:
    a_cat = Phonemes(("AH0", " ", "K", "AE1", "T", "."), ("a", "cat"), (0, -1, 1, 1, 1, -1))
    hardly = torch.full((1, len(a_cat.symbols)), 0.1)
    made = durations_of(hardly.log1p(), tiny.request(folder, phonemes=a_cat), 15.0)
    assert made[0].tolist() == [4, 0, 2, 3, 2, 0]


def test_a_contour_is_drawn_from_the_middle_of_a_voiced_phoneme_to_that_of_the_next() -> None:
    said = Directions(
        torch.tensor([[2, 4, 0, 3, 4]]),
        torch.tensor([[9.0, 4.0, 9.0, 9.0, 5.0]]),
        torch.tensor([[0.0, 1.0, 1.0, 0.0, 1.0]]),
        torch.zeros(1, 5),
    )
    found = contour_of(said)[0]
    assert len(found) == 13
    assert found[:4].tolist() == [4.0] * 4  # nothing is drawn to before the first
    assert found[7].item() == pytest.approx(4 + 3.5 / 7)
    assert found[11:].tolist() == [5.0, 5.0]


def test_a_whisper_has_no_contour() -> None:
    said = Directions(torch.tensor([[2, 3]]), *torch.zeros(3, 1, 2))
    assert not contour_of(said).any()
    assert contour_of(said).shape == (1, 5)


def test_a_quotation_mark_takes_no_time(folder: Path) -> None:
    said = directed_at(tiny.request(folder, phonemes=QUOTED), 7.0)
    silent = [place for place, frames in enumerate(said.frames[0].tolist()) if not frames]
    assert silent == MARKS


def test_nothing_is_voiced_that_is_no_phoneme(folder: Path) -> None:
    said = directed_at(tiny.request(folder, phonemes=QUOTED), 7.0)
    sings = [
        symbol for symbol, voiced in zip(QUOTED.symbols, said.voiced[0], strict=True) if voiced
    ]
    assert sings == [symbol for symbol in QUOTED.symbols if symbol in PHONEME_SET]


def test_what_lasts_no_frame_is_as_loud_as_training_says(folder: Path) -> None:
    said = directed_at(tiny.request(folder, phonemes=QUOTED), 0.1)
    durations = said.frames[0].numpy()
    gone = durations == 0
    assert [symbol for symbol, none in zip(QUOTED.symbols, gone, strict=True) if none] == [
        symbol for symbol in QUOTED.symbols if symbol not in PHONEME_SET
    ]
    sound = np.full(durations.sum(), -20.0, dtype=np.float32)
    _, _, label = per_symbol(durations, np.abs(sound), sound)
    assert said.energy[0, gone].tolist() == label[gone].tolist()
    assert (said.energy[0, ~gone] == 2.0).all()


def levels(speech: Speech) -> Samples:
    """The level of each frame, dB below the loudest."""
    frames = speech.audio.samples.reshape(-1, HOP)
    powers = 10 * np.log10(np.square(frames).mean(axis=1) + 1e-12)
    return np.asarray(powers - powers.max())


@pytest.mark.parametrize("text", ["“Five pounds, then.”", "“Look at it?”", "“Soup,” said Ida."])
def test_nobody_moans_before_a_quotation(text: str) -> None:
    speech = speak(text)
    assert levels(speech)[: speech.timings[0].frames - 1].max() < -30


@pytest.mark.parametrize("voice", ["kathleen", "rowan"])
@pytest.mark.parametrize("text", ["Then… nothing.", "Oh… dear me.", "It was late—too late."])
def test_nobody_moans_in_a_rare_pause(text: str, voice: str) -> None:
    speech = speak(text, voice)
    symbols = phonemize(text).symbols
    (pause,) = (n for n, symbol in enumerate(symbols[:-1]) if symbol in "…-")
    begin = sum(timing.frames for timing in speech.timings[:pause])
    length = speech.timings[pause].frames
    assert length > 8
    assert levels(speech)[begin + 3 : begin + length - 2].max() < -25
