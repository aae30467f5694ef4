"""Whether a book is spoken whole: each sentence is there, and the recogniser hears its words.

It looks at the segments that a narration left in the cache, and speaks nothing.
"""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from narrator.audio.recognize import Recognizer
from narrator.errors import Cancelled, NothingToSay
from narrator.speech import Utterance
from narrator.studio.checking.proof import prove
from narrator.studio.plan import Plan, PlannedChapter, PlannedSentence
from narrator.studio.speaking.cache import segment_key
from narrator.studio.studio import Studio

MISSING = "it is not spoken"


class Doubt(NamedTuple):
    """A sentence that is missing or suspect. chapter: its number. text: as written."""

    chapter: int
    title: str
    text: str
    reason: str


class Completeness(NamedTuple):
    """What became of the sentences that should be spoken. doubts: the missing ones first."""

    sentences: int
    doubts: tuple[Doubt, ...]

    @property
    def is_complete(self) -> bool:
        """Whether there are sentences at all, and nothing is missing or suspect."""
        return bool(self.sentences) and not self.doubts


def look_over(
    plan: Plan,
    studio: Studio,
    *,
    stop: threading.Event | None = None,
    on_chapter: Callable[[Completeness, str], object] = lambda *_: None,
) -> Completeness:
    """Look for each sentence of `plan` as it would be spoken, and prove what is there.

    on_chapter: is told of each chapter, and its title. Raises EngineError, and Cancelled once
    `stop` is set.
    """
    check = Check(studio, stop or threading.Event())
    sentences, doubts = 0, list[Doubt]()
    for chapter in plan.chapters:
        found = check.chapter(chapter)
        on_chapter(found, chapter.title)
        sentences += found.sentences
        doubts += found.doubts
    return Completeness(sentences, tuple(sorted(doubts, key=lambda doubt: doubt.reason != MISSING)))


class Doubted(NamedTuple):
    """A sentence of a project that is missing or suspect. id: in the project."""

    id: int
    reason: str


class Check:
    """Looks for sentences in the cache and proves what is there. stop: ends it with Cancelled."""

    def __init__(self, studio: Studio, stop: threading.Event) -> None:
        self._cache = studio.cache
        self._voicing = studio.voicing("cpu")
        self._stop = stop
        self._recognizer = Recognizer()

    def chapter(self, chapter: PlannedChapter) -> Completeness:
        """Look at the sentences of one chapter, in order."""
        sentences, doubts = 0, list[Doubt]()
        for planned in chapter.sentences():
            try:
                reason = self._reason(planned.utterance)
            except NothingToSay:
                continue
            sentences += 1
            if reason:
                text = planned.utterance.text
                doubts.append(Doubt(chapter.number, chapter.title, text, reason))
        return Completeness(sentences, tuple(doubts))

    def doubts(self, script: Iterable[PlannedSentence]) -> Iterator[Doubted]:
        """Look at sentences of a project, and give those that are missing or suspect."""
        for planned in script:
            try:
                reason = self._reason(planned.utterance)
            except NothingToSay:
                continue
            if reason:
                yield Doubted(planned.id, reason)

    def _reason(self, utterance: Utterance) -> str:
        if self._stop.is_set():
            raise Cancelled
        phonemes = self._voicing.phonemize(
            utterance.text, opening=utterance.opening, pronunciations=utterance.pronunciations
        )
        segment = self._cache.get(segment_key(utterance, self._voicing.pipeline))
        if segment is None:
            return MISSING
        speed = utterance.prosody.speed
        return prove(segment, phonemes, self._recognizer, speed=speed).reason
