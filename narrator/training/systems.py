"""Who speaks in an evaluation: the human, our parts, and the anchors around them."""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.config import WINDOW
from narrator.engine.mel import mel_filters, window
from narrator.engine.synthesizer import Synthesizer
from narrator.speech import HOP, SAMPLE_RATE, SynthesisRequest, VoiceEmbedding
from narrator.training.corpus import Clip
from narrator.training.prepare import phonemes_of

Floats = NDArray[np.float32]
GRIFFIN_LIM_ROUNDS = 60


class Sentence(NamedTuple):
    """A held-out clip with its recording (24 kHz, levelled) and its log mel."""

    clip: Clip
    audio: Floats
    mel: NDArray[np.float16]


Speaks = Callable[[Sentence], Floats]


def load_sentence(clip: Clip, features: Path) -> Sentence:
    """Load the prepared recording of a held-out clip."""
    with np.load(features / f"{clip.key}.npz") as saved:
        return Sentence(clip, saved["audio"].astype(np.float32) / 32767, saved["mel"])


def recording(sentence: Sentence) -> Floats:
    """Give the human."""
    return sentence.audio


def copy_synthesis(engine: Synthesizer) -> Speaks:
    """Give the vocoder on the recording's own mel."""
    return lambda sentence: engine.vocode(
        torch.from_numpy(sentence.mel.astype(np.float32))[None].to(engine.device), seed=0
    )


def narration(engine: Synthesizer, voice: VoiceEmbedding) -> Speaks:
    """Give text to speech in one voice."""

    def speak(sentence: Sentence) -> Floats:
        request = SynthesisRequest(phonemes_of(sentence.clip.text), voice)
        return engine.synthesize(request).audio.samples

    return speak


def griffin_lim(sentence: Sentence) -> Floats:
    """Give the recording's mel inverted without any learning. Source: Griffin and Lim 1984."""
    from torchaudio.functional import griffinlim

    filters = mel_filters(torch.device("cpu"))
    mel = torch.from_numpy(sentence.mel.astype(np.float32)).exp()
    magnitude = (torch.linalg.pinv(filters.T) @ mel).clamp(min=1e-5)
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
        length=sentence.mel.shape[1] * HOP,
        rand_init=False,
    )
    samples: Floats = wave[0].numpy()
    return samples


def program(*command: str) -> Speaks | None:
    """Give another program as a speaker, None where it is not installed.

    command: "{text}" and "{wav}" in it are replaced by the sentence and the file to write.
    """
    if shutil.which(command[0]) is None:
        return None

    def speak(sentence: Sentence) -> Floats:
        import soundfile
        from torchaudio.functional import resample

        with tempfile.TemporaryDirectory() as folder:
            wav = str(Path(folder) / "said.wav")
            words = [part.format(text=sentence.clip.text, wav=wav) for part in command]
            subprocess.run(words, check=True, capture_output=True, timeout=60)
            samples, rate = soundfile.read(wav, dtype="float32")
        said: Floats = resample(torch.from_numpy(samples), rate, SAMPLE_RATE).numpy()
        return said

    return speak
