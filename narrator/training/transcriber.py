"""The door to Moonshine: what is said in a recording of which nothing is known, with its stops.

Its smallest English model, whose weights come inside the package: nothing is fetched. Source:
Jeffries et al. 2024, arXiv 2410.15608.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.speech import SAMPLE_RATE

if TYPE_CHECKING:
    from moonshine_voice import Transcriber

TRANSCRIBER_RATE = 16_000
PEAK = 0.5
EDGE_SECONDS = 0.3  # of silence at both ends: a clip may begin amid a sound
WHOLE = {"vad_threshold": "0"}  # or its own gate cuts the clip to pieces, and words with it
Floats = NDArray[np.float32]


def transcript(samples: Floats) -> str:
    """Give what is said in 24 kHz samples, as it would be printed; figures may be digits."""
    from torchaudio.functional import resample

    narrow = resample(torch.tensor(samples), SAMPLE_RATE, TRANSCRIBER_RATE).numpy()
    level = PEAK / max(float(np.abs(narrow).max()), 1e-4)
    padded = np.pad(narrow * level, round(EDGE_SECONDS * TRANSCRIBER_RATE))
    heard = _transcriber().transcribe_without_streaming(padded.tolist(), TRANSCRIBER_RATE)
    return " ".join(line.text.strip() for line in heard.lines).strip()


@lru_cache(maxsize=1)
def _transcriber() -> "Transcriber":
    from moonshine_voice import ModelArch, Transcriber, get_model_path

    return Transcriber(get_model_path("tiny-en"), ModelArch.TINY, options=WHOLE)
