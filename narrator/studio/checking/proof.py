"""Proof that a spoken sentence is whole: its form, its sound, and its words for a recogniser.

The engine says when each phoneme sounds; an aligner that knows nothing of that looks for the same
phonemes in the sound. Where both agree on every word, the words are there.
"""

from collections.abc import Sequence
from math import inf
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.audio.loudness import SILENCE_DB, power_to_db
from narrator.audio.recognize import AlignedWord, Recognizer
from narrator.audio.segment import Segment
from narrator.audio.watermark.grid import SLOT
from narrator.speech import (
    FRAMES_PER_SECOND,
    HOP,
    SAMPLE_RATE,
    Phonemes,
    Recording,
    Samples,
    Timing,
)

STEPS_PER_SECOND = 100  # in which gaps are counted
STEP = SAMPLE_RATE // STEPS_PER_SECOND
END = SAMPLE_RATE // 50  # samples; 20 ms
GAP_DB = 40.0  # below the words; the closure of a consonant is louder or short

# Set on some hundred sentences of both built-in voices, between the good and the damaged.
SILENT_DB = -60.0
LONGEST_GAP_SECONDS = 0.12
LOUDEST_END_DB = -9.0
FEWEST_FRAMES = 1.6  # a phoneme, over a word of several, at the speed 1
POOREST_FIT = -2.2
# A word that fits too poorly, one too far from where it should be, and some of both.
POOREST_WORD, LARGEST_SHIFT_SECONDS = -8.0, 0.2
POOR_WORD, LARGE_SHIFT_SECONDS = -4.0, 0.08
FASTEST_HEARD = 1.5  # speed; above it phonemes are shorter than the recogniser's shortest


class TimedWord(NamedTuple):
    """A word as its timings have it. start, end: frames. phonemes: ARPAbet without stress."""

    number: int
    start: int
    end: int
    phonemes: tuple[str, ...]


class Evidence(NamedTuple):
    """What was measured of a segment.

    level: dBFS, RMS of its words. gap: seconds, the longest quiet stretch within words. end: dB,
    its last sound against its level. pace: frames a phoneme, of the fastest word that has several.
    shift: seconds, the largest distance of a word from where it should be. fit, poorest_fit: score
    of all words and of the worst one, as in AlignedWord; minus infinity where the words do not fit
    at all.
    """

    level: float
    gap: float
    end: float
    pace: float
    shift: float
    fit: float
    poorest_fit: float


class Verdict(NamedTuple):
    """Whether a segment is whole. reason: why it is suspect, "" for a good one."""

    reason: str

    @property
    def is_good(self) -> bool:
        return not self.reason


def prove(
    segment: Segment, phonemes: Phonemes, recognizer: Recognizer, *, speed: float = 1.0
) -> Verdict:
    """Say whether a segment says all of `phonemes`. speed: the factor it was spoken with."""
    said = [(timing.symbol, timing.word) for timing in segment.timings]
    if said != list(zip(phonemes.symbols, phonemes.word_of, strict=True)):
        return Verdict("it says another text")
    excess = len(segment.audio.samples) - HOP * sum(timing.frames for timing in segment.timings)
    if not 0 <= excess < SLOT:
        return Verdict("its sound is not as long as its phonemes")
    return judge(gather(segment, recognizer), speed=speed)


def gather(segment: Segment, recognizer: Recognizer) -> Evidence:
    """Measure a segment that has words and is as long as its timings say."""
    words = timed_words(segment.timings)
    samples = segment.audio.samples
    level = _db(np.concatenate([samples[word.start * HOP : word.end * HOP] for word in words]))
    end = words[-1].end * HOP
    length = HOP * sum(timing.frames for timing in segment.timings)
    heard = recognizer.align(
        Recording(samples, segment.audio.rate), [word.phonemes for word in words]
    )
    scores = [word.score for word in heard or ()]
    return Evidence(
        level=level,
        gap=_gap(samples, segment.timings, level),
        end=_db(samples[max(0, max(end, length) - END) : length]) - level,
        pace=min(map(_pace, words)),
        shift=max(map(_shift, words, heard)) if heard else inf,
        fit=float(np.average(scores, weights=[word.end - word.start for word in heard]))
        if heard
        else -inf,
        poorest_fit=min(scores, default=-inf),
    )


def judge(evidence: Evidence, *, speed: float = 1.0) -> Verdict:
    """Say what the evidence means, by the plainest reason that there is.

    Above the speed FASTEST_HEARD the recogniser has no say.
    """
    if evidence.level < SILENT_DB:
        return Verdict("it is silent")
    if evidence.gap > LONGEST_GAP_SECONDS:
        return Verdict("it falls silent within a word")
    if evidence.end > LOUDEST_END_DB:
        return Verdict("it breaks off")
    if evidence.pace < FEWEST_FRAMES / speed:
        return Verdict("a word is hurried over")
    if speed > FASTEST_HEARD:
        return Verdict("")
    if evidence.fit < POOREST_FIT:
        return Verdict("its words are not heard")
    poor = evidence.poorest_fit
    far = evidence.shift * min(1.0, speed)  # slow words are long, and their middles less exact
    if (
        poor < POOREST_WORD
        or far > LARGEST_SHIFT_SECONDS
        or (poor < POOR_WORD and far > LARGE_SHIFT_SECONDS)
    ):
        return Verdict("a word is not heard where it should be")
    return Verdict("")


def timed_words(timings: Sequence[Timing]) -> list[TimedWord]:
    """Give the words that are timed, in order."""
    words: dict[int, TimedWord] = {}
    at = 0
    for timing in timings:
        end = at + timing.frames
        if timing.word >= 0:
            word = words.get(timing.word, TimedWord(timing.word, at, end, ()))
            plain = timing.symbol.rstrip("012")
            words[timing.word] = word._replace(end=end, phonemes=(*word.phonemes, plain))
        at = end
    return list(words.values())


def _gap(samples: Samples, timings: Sequence[Timing], level: float) -> float:
    """Give the seconds of the longest stretch below the level that no pause excuses."""
    in_words = np.repeat([timing.word >= 0 for timing in timings], [t.frames for t in timings])
    spoken = np.repeat(in_words, HOP)
    steps = min(len(spoken), len(samples)) // STEP
    powers = np.square(samples[: steps * STEP].reshape(-1, STEP), dtype=np.float64).mean(axis=1)
    quiet = powers < 10 ** ((level - GAP_DB) / 10)
    return _longest_run(quiet & spoken[: steps * STEP].reshape(-1, STEP).all(axis=1)) / (
        STEPS_PER_SECOND
    )


def _longest_run(flags: NDArray[np.bool_]) -> int:
    edges = np.flatnonzero(np.diff(np.pad(flags, 1).astype(np.int8)))
    return int(np.max(edges[1::2] - edges[::2], initial=0))


def _pace(word: TimedWord) -> float:
    """Give its frames a phoneme; of a single phoneme, which may well be short, none too few."""
    count = len(word.phonemes)
    return (word.end - word.start) / count if count > 1 else inf


def _shift(timed: TimedWord, heard: AlignedWord) -> float:
    middle = (timed.start + timed.end) / 2 / FRAMES_PER_SECOND
    return abs((heard.start + heard.end) / 2 - middle)


def _db(samples: Samples) -> float:
    if not len(samples):
        return SILENCE_DB
    return power_to_db(float(np.mean(np.square(samples, dtype=np.float64))))
