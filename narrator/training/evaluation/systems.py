"""Who speaks in an evaluation: the human, our parts, and the anchors around them."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.checkpoint import load_model
from narrator.engine.config import WINDOW
from narrator.engine.manifest import encoder_fingerprint
from narrator.engine.mel import mel_filters
from narrator.engine.precision import Precision
from narrator.engine.spectrum import window
from narrator.engine.synthesizer import Synthesizer
from narrator.speech import HOP, SAMPLE_RATE, Speech, SynthesisRequest, VoiceEmbedding
from narrator.training.evaluation.sentences import Sentence
from narrator.training.prepare import phonemes_of
from narrator.training.voices import read_voice

Floats = NDArray[np.float32]
GRIFFIN_LIM_ROUNDS = 60
HUMAN = "human recording"
COPY, GRIFFIN_LIM = COPIES = ("copy-synthesis", "Griffin-Lim on the recording's mel")
FLITES = ("flite rms", "flite slt")
PROGRAMS = {
    "flite rms": ("flite", "-voice", "rms", "-t", "{text}", "-o", "{wav}"),
    "flite slt": ("flite", "-voice", "slt", "-t", "{text}", "-o", "{wav}"),
    "espeak-ng": ("espeak-ng", "-v", "en-us", "-w", "{wav}", "{text}"),
}


class Trained(NamedTuple):
    """A model and the voices that were made with it. suffix: what tells it apart in a table."""

    engine: Synthesizer
    voices: dict[str, VoiceEmbedding]
    suffix: str


def load_trained(model: Path, voices: Path, precision: Precision, *, suffix: str = "") -> Trained:
    """Load a model folder and every voice in a folder of voices.

    Raises as `load_model` does; FileNotFoundError without a folder of voices.
    """
    engine = Synthesizer(
        load_model(model),
        device=torch.device("cpu"),
        precision=precision,
        encoder=encoder_fingerprint(model),
    )
    made = sorted(path.parent for path in voices.glob("*/embedding.npy"))
    if not made:
        raise FileNotFoundError(f"{voices} holds no voice that was made")
    return Trained(engine, {folder.name: read_voice(folder) for folder in made}, suffix)


def narration(trained: Trained, voice: str, text: str) -> Speech:
    """Give text to speech in one voice of a model."""
    request = SynthesisRequest(phonemes_of(text), trained.voices[voice])
    return trained.engine.synthesize([request])[0]


def copy_synthesis(trained: Trained, sentence: Sentence) -> Floats:
    """Give the vocoder on the recording's own mel."""
    mel = torch.from_numpy(sentence.mel.astype(np.float32))[None]
    return trained.engine.vocode([mel.to(trained.engine.device)], [0])[0]


def griffin_lim(mel: NDArray[np.float16]) -> Floats:
    """Give a log mel inverted without any learning. Source: Griffin and Lim 1984."""
    from torchaudio.functional import griffinlim

    filters = mel_filters(torch.device("cpu"))
    bands = torch.from_numpy(mel.astype(np.float32)).exp()
    magnitude = (torch.linalg.pinv(filters.T) @ bands).clamp(min=1e-5)
    magnitude = torch.cat([magnitude, magnitude[:, -1:]], dim=1)  # centred frames reach the end
    wave = griffinlim(
        magnitude[None],
        window=window(torch.device("cpu")),
        n_fft=WINDOW,
        hop_length=HOP,
        win_length=WINDOW,
        power=1.0,
        n_iter=GRIFFIN_LIM_ROUNDS,
        momentum=0.99,
        length=mel.shape[1] * HOP,
        rand_init=False,
    )
    samples: Floats = wave[0].numpy()
    return samples


def installed() -> list[str]:
    """Give those of PROGRAMS that this machine has."""
    return [name for name, command in PROGRAMS.items() if shutil.which(command[0])]


def run_program(name: str, text: str, wav: Path) -> None:
    """Let one of PROGRAMS speak into a file of its own."""
    words = [part.format(text=text, wav=wav) for part in PROGRAMS[name]]
    subprocess.run(words, check=True, capture_output=True, timeout=60)


def program(name: str, text: str) -> Floats:
    """Give what one of PROGRAMS says, at 24 kHz."""
    import soundfile
    from torchaudio.functional import resample

    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "said.wav"
        run_program(name, text, wav)
        samples, rate = soundfile.read(wav, dtype="float32")
    said: Floats = resample(torch.from_numpy(samples), rate, SAMPLE_RATE).numpy()
    return said


def speakers(
    models: list[Trained], inverted: Mapping[str, Floats]
) -> dict[str, Callable[[Sentence], Floats]]:
    """Give who is judged, by row of the table; programs that are not installed are left out.

    inverted: by the key of a clip, what `griffin_lim` makes of its mel.
    """
    everyone: dict[str, Callable[[Sentence], Floats]] = {HUMAN: lambda sentence: sentence.audio}
    for trained in models:
        everyone[COPY + trained.suffix] = partial(copy_synthesis, trained)
    for trained in models:
        for voice in trained.voices:
            everyone[f"narrator, {voice}{trained.suffix}"] = partial(_narrated, trained, voice)
    everyone[GRIFFIN_LIM] = lambda sentence: inverted[sentence.clip.key]
    return everyone | {name: partial(_programmed, name) for name in installed()}


def _narrated(trained: Trained, voice: str, sentence: Sentence) -> Floats:
    return narration(trained, voice, sentence.clip.text).audio.samples


def _programmed(name: str, sentence: Sentence) -> Floats:
    return program(name, sentence.clip.text)
