"""Note what is said when while a chapter is joined: texts and times, never sound.

Times are counted in the samples that `assemble` gives, which an encoded file keeps: its encoder's
delay is told in its first frame and dropped by players.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from narrator.audio.segment import Segment
from narrator.audio.watermark_grid import SLOTS_PER_SECOND
from narrator.book.spoken import SpokenChapter, SpokenSentence, SpokenWord
from narrator.speech import FRAMES_PER_SECOND, Timing, Utterance
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.worker import Phonemize


class Transcript:
    """What one sound file says, told part by part in the order of the file.

    phonemize: the front end that spoke the sentences, for the times of their words; None: without.
    """

    def __init__(self, phonemize: Phonemize | None = None) -> None:
        self._phonemize = phonemize
        self._sentences: list[SpokenSentence] = []
        self._slots = 0
        self._number = 0

    def pause(self, seconds: float) -> None:
        """Count a pause, to the whole slot as `assemble` makes it."""
        self._slots += max(0, round(seconds * SLOTS_PER_SECOND))

    def say(self, sentence: PlannedSentence, segment: Segment | None) -> None:
        """Count a sentence; None: one that could not be spoken and takes no time."""
        self._number += 1
        if segment is None:
            return
        begin = self._slots / SLOTS_PER_SECOND
        self._slots += round(segment.audio.seconds * SLOTS_PER_SECOND)
        sounds = list(_sounds(segment.timings, begin))
        start = sounds[0].start if sounds else begin
        end = sounds[-1].end if sounds else self._slots / SLOTS_PER_SECOND
        utterance = sentence.utterance
        words = _words(self._phonemize, utterance, sounds) if self._phonemize and sounds else ()
        self._sentences.append(
            SpokenSentence(self._number, utterance.text, start, end, words, sentence.written)
        )

    def finish(self, number: int, title: str, audio: Path) -> SpokenChapter:
        """Give all that was said; `audio` is the file that says it."""
        seconds = self._slots / SLOTS_PER_SECOND
        return SpokenChapter(number, title, audio, seconds, tuple(self._sentences))


class _Sound(NamedTuple):
    """A spoken word: its index in Phonemes.words, and its first and last moment in the file."""

    word: int
    start: float
    end: float


def _words(
    phonemize: Phonemize, utterance: Utterance, sounds: Sequence[_Sound]
) -> tuple[SpokenWord, ...]:
    from narrator.text.written import written_of, written_words

    phonemes = phonemize(
        utterance.text, opening=utterance.opening, pronunciations=utterance.pronunciations
    )
    owners = written_of(utterance.text, phonemes.words)
    written = written_words(utterance.text)
    words: dict[int, SpokenWord] = {}
    for sound in sounds:
        owner = owners[sound.word]
        start = words[owner].start if owner in words else sound.start
        words[owner] = SpokenWord(*written[owner], start, sound.end)
    return tuple(words.values())


def _sounds(timings: Sequence[Timing], begin: float) -> Iterator[_Sound]:
    frames = 0
    current: _Sound | None = None
    for timing in timings:
        start = begin + frames / FRAMES_PER_SECOND
        frames += timing.frames
        end = begin + frames / FRAMES_PER_SECOND
        if current and timing.word == current.word:
            current = current._replace(end=end)
            continue
        if current:
            yield current
        current = _Sound(timing.word, start, end) if timing.word >= 0 else None
    if current:
        yield current
