"""Forced alignment: when each symbol of a known sentence sounds in a recording.

pocketsphinx is given our own pronunciations, word by word, so that its phonemes are ours; pauses
that it finds between words fall to the boundary symbol that stands there. Where the sentence is not
known, its free phoneme recognition says at least how long phonemes last.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.speech import FRAMES_PER_SECOND, SAMPLE_RATE, Phonemes
from narrator.text.symbols import BOUNDARIES, OPENINGS, PHONEME_SET

ALIGNER_RATE = 16_000
ALIGNER_FRAMES_PER_SECOND = 100
PADDING_SECONDS = (
    0.3  # of near silence at both ends, or edge pauses stick to the first and last phoneme
)
SPEECH_RANGE_DB = 32.0
LOUD_DB = 6.0  # below the median of the phonemes
MAX_UNSAID = 0.4  # 1 % of a corpus of plain recordings lies above
MAX_PHONEME_SECONDS = 0.5
MIN_PHONEMES_PER_SECOND, MAX_PHONEMES_PER_SECOND = 4.0, 26.0


class Refused(NamedTuple):
    """Why an utterance cannot be aligned."""

    reason: str


class Alignment(NamedTuple):
    """durations: frames of 12.5 ms per symbol, int64, adding up to the frames of the clip.

    score: the aligner's mean log likelihood a frame, to drop the worst by.
    """

    durations: NDArray[np.int64]
    score: float


class _Span(NamedTuple):
    name: str
    start: float
    end: float


@dataclass(frozen=True)
class _Heard:
    phones: list[_Span]
    words: int
    score: float


class Aligner:
    """A pocketsphinx decoder that learns the words of each utterance as they come."""

    def __init__(self) -> None:
        from pocketsphinx import Decoder

        # Without lm=None every new word would rebuild a language model that alignment never uses.
        self._decoder = Decoder(
            samprate=ALIGNER_RATE, bestpath=False, loglevel="FATAL", lm=None, silprob=0.1
        )

    def align(self, pcm: NDArray[np.int16], phonemes: Phonemes, frames: int) -> Alignment | Refused:
        """Align `phonemes` to `pcm` (16 kHz) of `frames` frames, or say why it cannot be done."""
        words = _pronunciations(phonemes)
        heard = self._listen(_padded(pcm), words)
        if heard is None:
            return Refused("the text does not fit the sound")
        if heard.words != len(words):
            return Refused("words missing from the alignment")
        level = _level(pcm)
        spans = _within(heard.phones, *_speech_edges(level))
        if _unsaid(level, spans) > MAX_UNSAID:
            return Refused("speech that the text does not have")
        durations = _spread(phonemes, spans, frames)
        if durations is None:
            return Refused("phonemes differ from the aligner's")
        return _gate(phonemes, Alignment(durations, heard.score))

    def _listen(self, pcm: NDArray[np.int16], words: list[tuple[str, ...]]) -> _Heard | None:
        names = ["w." + ".".join(word) for word in words]
        for name, word in dict(zip(names, words, strict=True)).items():
            if self._decoder.lookup_word(name) is None:
                self._decoder.add_word(name, " ".join(word), False)
        self._decoder.set_align_text(" ".join(names))
        self._pass(pcm)
        if self._decoder.hyp() is None:
            return None
        self._decoder.set_alignment()
        self._pass(pcm)
        alignment = self._decoder.get_alignment()
        if alignment is None:
            return None
        spans: list[_Span] = []
        spoken, score = 0, 0
        for word in alignment:
            if word.name.startswith("w."):
                spoken += 1
                score += word.score
                spans += [_seconds(phone.name, phone) for phone in word]
            else:
                spans.append(_seconds("", word))
        voiced = sum(span.end - span.start for span in spans if span.name)
        return _Heard(spans, spoken, score / max(1.0, voiced * ALIGNER_FRAMES_PER_SECOND))

    def _pass(self, pcm: NDArray[np.int16]) -> None:
        self._decoder.start_utt()
        self._decoder.process_raw(pcm.tobytes(), full_utt=True)
        self._decoder.end_utt()


class PhonemeRecognizer:
    """A pocketsphinx decoder that hears phonemes without knowing the words."""

    def __init__(self) -> None:
        from pocketsphinx import Decoder, get_model_path

        # The settings of its tutorial on phoneme recognition; a phoneme bigram takes the place of
        # words.
        self._decoder = Decoder(
            samprate=ALIGNER_RATE,
            allphone=get_model_path("en-us/en-us-phone.lm.bin"),
            lm=None,
            lw=2.0,
            beam=1e-20,
            pbeam=1e-20,
            cmn="batch",
            loglevel="FATAL",
        )

    def segments(
        self, pcm: NDArray[np.int16], frames: int
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """Cut `pcm` (16 kHz) of `frames` frames into phonemes and what lies between them.

        Returns the durations of the segments in frames, adding up, and which of them are phonemes.
        """
        self._decoder.start_utt()
        self._decoder.process_raw(pcm.tobytes(), full_utt=True)
        self._decoder.end_utt()
        heard = [(found.word, found.end_frame + 1) for found in self._decoder.seg() or ()]
        heard = heard or [("SIL", 0)]
        seconds = np.array([end for _, end in heard]) / ALIGNER_FRAMES_PER_SECOND
        edges = np.rint(seconds * FRAMES_PER_SECOND).astype(np.int64).clip(0, frames)
        edges[-1] = frames
        durations: NDArray[np.int64] = np.diff(edges, prepend=0)
        spoken = np.array([name.isalpha() and name != "SIL" for name, _ in heard])
        return durations, spoken & (durations > 0)


def aligner_pcm(samples: NDArray[np.float32]) -> NDArray[np.int16]:
    """Give 24 kHz samples as the 16 kHz that both decoders take, at an even level."""
    import torch
    from torchaudio.functional import resample

    narrow: NDArray[np.float32]
    narrow = resample(torch.tensor(samples), SAMPLE_RATE, ALIGNER_RATE).numpy()
    return (narrow / max(float(np.abs(narrow).max()), 1e-4) * 0.7 * 32767).astype(np.int16)


def _seconds(name: str, entry: object) -> _Span:
    start: int = entry.start  # type: ignore[attr-defined]
    duration: int = entry.duration  # type: ignore[attr-defined]
    begin = start / ALIGNER_FRAMES_PER_SECOND - PADDING_SECONDS
    end = begin + duration / ALIGNER_FRAMES_PER_SECOND
    return _Span(name, max(0.0, begin), max(0.0, end))


def _padded(pcm: NDArray[np.int16]) -> NDArray[np.int16]:
    """Put faint noise at both ends; digital silence would upset the aligner's features."""
    count = int(PADDING_SECONDS * ALIGNER_RATE)
    noise = np.random.default_rng(0).normal(0, 8, 2 * count).astype(np.int16)
    return np.concatenate([noise[:count], pcm, noise[count:]])


def _level(pcm: NDArray[np.int16]) -> NDArray[np.float64]:
    hop = ALIGNER_RATE // ALIGNER_FRAMES_PER_SECOND
    frames = pcm[: len(pcm) // hop * hop].reshape(-1, hop).astype(np.float64)
    decibels: NDArray[np.float64] = 10 * np.log10(np.square(frames).mean(axis=1) + 1.0)
    return decibels


def _unsaid(level: NDArray[np.float64], spans: list[_Span]) -> float:
    """Give the share of the loud frames that no phoneme covers."""
    covered = np.zeros(len(level), dtype=bool)
    for span in spans:
        start, end = (round(edge * ALIGNER_FRAMES_PER_SECOND) for edge in span[1:])
        covered[start:end] = True
    if not covered.any():
        return 1.0
    loud = level > np.median(level[covered]) - LOUD_DB
    return float((loud & ~covered).sum() / loud.sum())


def _speech_edges(level: NDArray[np.float64]) -> tuple[float, float]:
    """Give the seconds where a clip first rises above, and last falls below, its speech range."""
    loud = np.flatnonzero(level > np.quantile(level, 0.95) - SPEECH_RANGE_DB)
    return loud[0] / ALIGNER_FRAMES_PER_SECOND, (loud[-1] + 1) / ALIGNER_FRAMES_PER_SECOND


def _within(spans: list[_Span], onset: float, offset: float) -> list[_Span]:
    """Keep the first and last phoneme out of the silence before onset and after offset."""
    spoken = [span for span in spans if span.name]
    keep = 1.5 / FRAMES_PER_SECOND
    first, last = spoken[0], spoken[-1]
    spoken[0] = first._replace(start=min(max(first.start, onset), first.end - keep))
    last = spoken[-1]
    spoken[-1] = last._replace(end=max(min(last.end, offset), last.start + keep))
    return spoken


def _plain(symbol: str) -> str:
    return symbol.rstrip("012")


def _pronunciations(phonemes: Phonemes) -> list[tuple[str, ...]]:
    words: list[list[str]] = [[] for _ in phonemes.words]
    for symbol, word in zip(phonemes.symbols, phonemes.word_of, strict=True):
        if word >= 0:
            words[word].append(_plain(symbol))
    return [tuple(word) for word in words if word]


def _spread(phonemes: Phonemes, spans: list[_Span], frames: int) -> NDArray[np.int64] | None:
    """Give each symbol its frames: phonemes theirs, silences to the symbol that may hold them."""
    ends = np.zeros(len(phonemes.symbols))
    spoken = iter(spans)
    previous_end = 0.0
    first = True
    boundary: int | None = None
    for place, symbol in enumerate(phonemes.symbols):
        if symbol in PHONEME_SET:
            span = next(spoken, None)
            if span is None or span.name != _plain(symbol):
                return None
            if first:
                ends[:place] = span.start
                first = False
            elif boundary is not None:
                ends[boundary:place] = span.start
            boundary = None
            previous_end = ends[place] = span.end
        else:
            ends[place] = previous_end
            if boundary is None and symbol in BOUNDARIES:
                boundary = place
    if next(spoken, None) is not None:
        return None
    ends[boundary if boundary is not None else -1 :] = frames / FRAMES_PER_SECOND
    edges = np.rint(ends * FRAMES_PER_SECOND).astype(np.int64).clip(0, frames)
    edges[-1] = frames
    durations: NDArray[np.int64] = np.diff(edges, prepend=0)
    if any(symbol in OPENINGS.values() for symbol in phonemes.symbols[1:]):
        return None
    return durations if (durations >= 0).all() else None


def _gate(phonemes: Phonemes, alignment: Alignment) -> Alignment | Refused:
    spoken = np.array([word >= 0 for word in phonemes.word_of])
    seconds = alignment.durations[spoken] / FRAMES_PER_SECOND
    rate = len(seconds) / max(seconds.sum(), 1e-3)
    if (seconds > MAX_PHONEME_SECONDS).any():
        return Refused("a phoneme longer than half a second")
    if (alignment.durations[spoken] < 1).any():
        return Refused("a phoneme without a frame")
    if not MIN_PHONEMES_PER_SECOND <= rate <= MAX_PHONEMES_PER_SECOND:
        return Refused("an unlikely speaking rate")
    return alignment
