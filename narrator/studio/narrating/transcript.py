"""Note what is said when while a chapter is joined: texts and times, never sound.

Times are counted in the samples that `assemble` gives, which an encoded file keeps: its encoder's
delay is told in its first frame and dropped by players.
"""

from pathlib import Path

from narrator.audio.segment import Segment
from narrator.audio.watermark.grid import SLOTS_PER_SECOND
from narrator.book.aloud.spoken import SpokenChapter, SpokenSentence
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.speaker import Phonemize
from narrator.studio.speaking.word_times import sounding, word_times


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
        sounds = sounding(segment.timings, begin)
        start = sounds[0].start if sounds else begin
        end = sounds[-1].end if sounds else self._slots / SLOTS_PER_SECOND
        utterance = sentence.utterance
        words = word_times(utterance, sounds, self._phonemize) if self._phonemize else ()
        self._sentences.append(
            SpokenSentence(self._number, utterance.text, start, end, words, sentence.written)
        )

    def finish(self, number: int, title: str, audio: Path) -> SpokenChapter:
        """Give all that was said; `audio` is the file that says it."""
        seconds = self._slots / SLOTS_PER_SECOND
        return SpokenChapter(number, title, audio, seconds, tuple(self._sentences))
