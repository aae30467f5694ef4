"""When each written word of a sentence sounds, by the durations of its phonemes."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from narrator.audio.segment import Segment
from narrator.book.aloud.spoken import SpokenWord
from narrator.speech import FRAMES_PER_SECOND, Timing, Utterance
from narrator.studio.speaking.speaker import Phonemize


class Sound(NamedTuple):
    """A spoken word: its index in Phonemes.words, and its first and last moment in seconds."""

    word: int
    start: float
    end: float


class Look(NamedTuple):
    """A spoken sentence, looked at closely.

    words: as written, with their times from the beginning of the segment. said: as spoken, those
    that the timings number. voice_pitch: about which the voice sings, log Hz.
    """

    words: tuple[SpokenWord, ...]
    said: tuple[str, ...]
    timings: tuple[Timing, ...]
    voice_pitch: float


def look_at(
    utterance: Utterance, segment: Segment, phonemize: Phonemize, voice_pitch: float
) -> Look:
    """Give the words of a segment, both ways, and when each of them sounds."""
    phonemes = _phonemes(utterance, phonemize)
    words = _written(utterance, sounding(segment.timings), phonemes)
    return Look(words, phonemes, segment.timings, voice_pitch)


def word_times(
    utterance: Utterance, sounds: Sequence[Sound], phonemize: Phonemize
) -> tuple[SpokenWord, ...]:
    """Give the written words that sound, in order."""
    return _written(utterance, sounds, _phonemes(utterance, phonemize)) if sounds else ()


def sounding(timings: Sequence[Timing], begin: float = 0.0) -> list[Sound]:
    """Give the spoken words in order; `begin`: of the segment, in seconds."""
    return list(_sounds(timings, begin))


def _phonemes(utterance: Utterance, phonemize: Phonemize) -> tuple[str, ...]:
    return phonemize(
        utterance.text, opening=utterance.opening, pronunciations=utterance.pronunciations
    ).words


def _written(
    utterance: Utterance, sounds: Sequence[Sound], said: Sequence[str]
) -> tuple[SpokenWord, ...]:
    from narrator.text.written import written_of, written_words

    owners = written_of(utterance.text, said)
    written = written_words(utterance.text)
    words: dict[int, SpokenWord] = {}
    for sound in sounds:
        owner = owners[sound.word]
        start = words[owner].start if owner in words else sound.start
        words[owner] = SpokenWord(*written[owner], start, sound.end)
    return tuple(words.values())


def _sounds(timings: Sequence[Timing], begin: float) -> Iterator[Sound]:
    frames = 0
    current: Sound | None = None
    for timing in timings:
        start = begin + frames / FRAMES_PER_SECOND
        frames += timing.frames
        end = begin + frames / FRAMES_PER_SECOND
        if current and timing.word == current.word:
            current = current._replace(end=end)
            continue
        if current:
            yield current
        current = Sound(timing.word, start, end) if timing.word >= 0 else None
    if current:
        yield current
