"""A corpus that the shipped voices speak: two speakers, and every duration is known."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
import torch
from spoken import COLUMNS, HELD_OUT, ROOT, SPEAKERS, TRAINED, Said

from narrator.engine.checkpoint import load_model
from narrator.engine.manifest import encoder_fingerprint
from narrator.engine.precision import Precision
from narrator.engine.synthesizer import Synthesizer
from narrator.speech import SAMPLE_RATE, SynthesisRequest
from narrator.training.prepare import phonemes_of
from narrator.training.voices import read_voice


@pytest.fixture(scope="session")
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="session")
def said(one_thread: None) -> dict[tuple[str, str], Said]:
    """Every sentence, by speaker and text."""
    folder = ROOT / "resources" / "model"
    engine = Synthesizer(
        load_model(folder),
        device=torch.device("cpu"),
        precision=Precision.FP32,
        encoder=encoder_fingerprint(folder),
    )
    spoken = {}
    for speaker in SPEAKERS:
        voice = read_voice(ROOT / "voices" / speaker)
        for text in (*TRAINED, HELD_OUT):
            phonemes = phonemes_of(text)
            (speech,) = engine.synthesize([SynthesisRequest(phonemes, voice)])
            frames = [timing.frames for timing in speech.timings]
            spoken[speaker, text] = Said(phonemes, speech.audio.samples, frames)
    return spoken


@pytest.fixture(scope="session")
def corpus(said: dict[tuple[str, str], Said], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of WAV files with its manifest.tsv."""
    folder = tmp_path_factory.mktemp("corpus")
    rows = ["\t".join(COLUMNS)]
    for number, ((speaker, text), sound) in enumerate(said.items()):
        name = f"{speaker}/{number}.wav"
        (folder / speaker).mkdir(exist_ok=True)
        soundfile.write(folder / name, sound.samples, SAMPLE_RATE)
        split = "valid" if text == HELD_OUT else "train"
        seconds = f"{len(sound.samples) / SAMPLE_RATE:.2f}"
        rows.append("\t".join([name, speaker, "made", "none", "?", seconds, "12000", split, text]))
    (folder / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder
