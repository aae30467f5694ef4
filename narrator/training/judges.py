"""Judges that this project did not make and never trains against: words, quality, likeness."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.speech import SAMPLE_RATE
from narrator.training.transcriber import transcript

JUDGE_RATE = 16_000
BOOTSTRAP_DRAWS = 1000
Floats = NDArray[np.float32]


class WordCount(NamedTuple):
    """Word errors (substituted, missing, added) against the words that were said."""

    errors: int
    words: int


class Interval(NamedTuple):
    """A mean and the bounds between which 95 % of its bootstrap draws fall."""

    mean: float
    low: float
    high: float


def narrow(samples: Floats) -> Floats:
    """Resample 24 kHz to the 16 kHz of all judges."""
    from torchaudio.functional import resample

    resampled: Floats = resample(torch.tensor(samples), SAMPLE_RATE, JUDGE_RATE).numpy()
    return resampled


@lru_cache(maxsize=1)
def _recogniser() -> object:
    from pocketsphinx import Decoder

    # Batch normalisation: what is heard must not depend on what was heard before.
    return Decoder(samprate=JUDGE_RATE, loglevel="FATAL", cmn="batch")


def heard_words(samples: Floats) -> list[str]:
    """Give the words that pocketsphinx, with its own US English models, hears in 24 kHz samples."""
    decoder = _recogniser()
    wave = narrow(samples)
    pcm = (wave / max(float(np.abs(wave).max()), 1e-4) * 0.7 * 32767).astype(np.int16)
    decoder.start_utt()  # type: ignore[attr-defined]
    decoder.process_raw(pcm.tobytes(), full_utt=True)  # type: ignore[attr-defined]
    decoder.end_utt()  # type: ignore[attr-defined]
    hypothesis = decoder.hyp()  # type: ignore[attr-defined]
    return hypothesis.hypstr.split() if hypothesis is not None else []


def transcribed_words(samples: Floats) -> list[str]:
    """Give the words that Moonshine, which errs far less, hears in 24 kHz samples."""
    return said_words(transcript(samples))


def recognisers() -> dict[str, Callable[[Floats], list[str]]]:
    """Give what hears words in 24 kHz samples, by name."""
    return {"pocketsphinx": heard_words, "Moonshine": transcribed_words}


def said_words(text: str) -> list[str]:
    """Give the words of a sentence as a recogniser would spell them."""
    from narrator.text.frontend import spoken

    return spelled(spoken(text))


def spelled(spoken: str) -> list[str]:
    """Give the words of spoken text in small letters, without hyphens and other signs."""
    letters = "".join(c if c.isalpha() or c == "'" else " " for c in spoken.replace("’", "'"))
    return [word for word in (raw.strip("'").lower() for raw in letters.split()) if word]


def count_errors(said: list[str], heard: list[str]) -> WordCount:
    """Count word errors by the Levenshtein distance of the word sequences."""
    row = np.arange(len(heard) + 1)
    for i, word in enumerate(said, 1):
        before, row = row, np.empty_like(row)
        row[0] = i
        for j, other in enumerate(heard, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (word != other))
    return WordCount(int(row[-1]), len(said))


def interval(count: int, statistic: Callable[[NDArray[np.int64]], float]) -> Interval:
    """Give a statistic of `count` sentences with its bootstrap interval over sentences.

    statistic: of the places of the sentences that were drawn, (count,).
    """
    draws = np.random.default_rng(0).integers(count, size=(BOOTSTRAP_DRAWS, count))
    low, high = np.quantile([statistic(drawn) for drawn in draws], [0.025, 0.975])
    return Interval(float(statistic(np.arange(count))), float(low), float(high))


def word_error_rate(counts: list[WordCount]) -> Interval:
    """Give errors a word over all sentences, with a bootstrap interval over sentences."""
    table = np.array(counts, dtype=float)
    return interval(len(table), lambda drawn: table[drawn, 0].sum() / table[drawn, 1].sum())


def bootstrap(values: list[float]) -> Interval:
    """Give the mean of `values` with its bootstrap interval."""
    table = np.array(values)
    return interval(len(table), lambda drawn: float(table[drawn].mean()))


def pesq_wideband(made: Floats, real: Floats) -> float:
    """Give PESQ-WB (ITU-T P.862.2) of a copy against the recording, same length and timing."""
    from pesq import pesq

    return float(pesq(JUDGE_RATE, narrow(real), narrow(made), "wb"))


def stoi(made: Floats, real: Floats) -> float:
    """Give the short-time objective intelligibility (Taal et al. 2011) of a copy."""
    from pystoi import stoi as measure

    return float(measure(narrow(real), narrow(made), JUDGE_RATE))


@lru_cache(maxsize=1)
def _likeness_encoder() -> object:
    from resemblyzer import VoiceEncoder

    return VoiceEncoder("cpu", verbose=False)


def voice_print(samples: Floats) -> Floats:
    """Give Resemblyzer's unit vector (256,) of a voice."""
    from resemblyzer import preprocess_wav

    wave = preprocess_wav(narrow(samples), source_sr=JUDGE_RATE)
    vector: Floats = _likeness_encoder().embed_utterance(wave)  # type: ignore[attr-defined]
    return vector
