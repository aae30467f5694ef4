"""What a project has spoken: its sentences as utterances, with voices and pauses."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from narrator.project.model import Chapter, Manuscript, Sentence
from narrator.speech import Opening, Pronunciation, Utterance, VoiceRef
from narrator.studio.plan import (
    PARAGRAPH,
    PAUSE_STEP,
    Plan,
    PlannedSentence,
    at_speed,
    in_chapter,
    pause_after,
    that_apply,
)

Voices = Callable[[str], VoiceRef]  # raises UnknownVoice and its like


@dataclass(frozen=True, eq=False)
class ScriptChapter:
    """A chapter as the project has it. notice: said before all else, in the book's voice.

    everywhere: pronunciations of the user's that hold in every book.
    """

    manuscript: Manuscript
    chapter: Chapter
    included: tuple[Sentence, ...]
    voices: Voices
    everywhere: Sequence[Pronunciation] = ()
    notice: str = ""

    @property
    def number(self) -> int:
        """Its place in the book, from 1."""
        return self.chapter.number

    @property
    def title(self) -> str:
        """As the files bear it."""
        return self.chapter.title

    def sentences(self) -> Iterator[PlannedSentence]:
        """Walk through the sentences, made anew at each walk, always the same.

        Raises what `voices` raises for a voice that is not there.
        """
        own = {sentence.id for sentence in self.included if sentence.pause is not None}
        return in_chapter(self._planned(), own)

    def _planned(self) -> Iterator[PlannedSentence]:
        casting = _Casting(self.manuscript, self.voices, self.everywhere)
        if self.notice:
            voice = casting.voice(self.manuscript.facts.voice)
            yield PlannedSentence(Utterance(self.notice, voice, Opening.PARAGRAPH), PARAGRAPH)
        included = [sentence for sentence in self.included if sentence.included]
        for sentence, following in pairwise([*included, None]):
            if sentence is not None:
                utterance = casting.utterance(sentence, self.chapter)
                pause = _pause_after(sentence, following)
                yield PlannedSentence(utterance, pause, sentence.written, sentence.id)


def script_of(
    manuscript: Manuscript, chapter: int, voices: Voices, everywhere: Sequence[Pronunciation] = ()
) -> tuple[PlannedSentence, ...]:
    """Give what is spoken of the chapter with the id `chapter`, in order.

    Raises KeyError when it is not in the manuscript, and what `voices` raises.
    """
    for known, included in manuscript.chapters:
        if known.id == chapter:
            made = ScriptChapter(manuscript, known, included, voices, everywhere)
            return tuple(made.sentences())
    raise KeyError(chapter)


def plan_manuscript(
    manuscript: Manuscript,
    voices: Voices,
    everywhere: Sequence[Pronunciation] = (),
    *,
    notice: str = "",
) -> Plan:
    """Give the plan of a project. notice: a sentence to begin its first chapter with."""
    chapters = tuple(
        ScriptChapter(manuscript, chapter, included, voices, everywhere, "" if number else notice)
        for number, (chapter, included) in enumerate(manuscript.chapters)
    )
    return Plan(chapters, manuscript.of_chapters)


def voices_of(manuscript: Manuscript) -> frozenset[str]:
    """Give the names of all voices that speak in it."""
    names: dict[str, VoiceRef] = {}

    def note(name: str) -> VoiceRef:
        return names.setdefault(name, VoiceRef(name, ""))

    for chapter, sentences in manuscript.chapters:
        casting = _Casting(manuscript, note, ())
        for sentence in sentences:
            casting.utterance(sentence, chapter)
    return frozenset(names)


def utterance_of(
    sentence: Sentence,
    manuscript: Manuscript,
    voices: Voices,
    everywhere: Sequence[Pronunciation] = (),
) -> Utterance:
    """Give how one sentence of the project is spoken, also one that was changed just now.

    Of a chapter that is not in the manuscript only its voice is not known. Raises what `voices`
    raises.
    """
    chapters = (chapter for chapter, _ in manuscript.chapters if chapter.id == sentence.chapter)
    return _Casting(manuscript, voices, everywhere).utterance(sentence, next(chapters, None))


class _Casting:
    """Who says what, and how; each voice is asked for once."""

    def __init__(
        self, manuscript: Manuscript, voices: Voices, everywhere: Sequence[Pronunciation]
    ) -> None:
        self.voice = cache(voices)
        self._book = manuscript.facts.voice
        self._cast = dict(manuscript.cast)
        self._everywhere = tuple(everywhere)
        self._own: dict[int | None, tuple[Pronunciation, ...]] = {}
        for entry in manuscript.entries:
            known = self._own.get(entry.sentence, ())
            self._own[entry.sentence] = (*known, entry.pronunciation)

    def utterance(self, sentence: Sentence, chapter: Chapter | None) -> Utterance:
        """Give how a sentence of that chapter is spoken."""
        take = sentence.take
        own = self._own.get(sentence.id, ())
        entries = (*own, *self._own.get(None, ()), *self._everywhere)
        name = (
            take.voice
            or self._cast.get(sentence.character)
            or (chapter.voice if chapter else None)
            or self._book
        )
        return Utterance(
            text=sentence.text,
            voice=self.voice(name),
            opening=sentence.opens,
            prosody=take.prosody,
            pronunciations=that_apply(entries, sentence.text),
            take=take.reading,
        )


def _pause_after(sentence: Sentence, following: Sentence | None) -> float:
    if sentence.pause is not None:
        return round(round(sentence.pause / PAUSE_STEP) * PAUSE_STEP, 1)
    pause = pause_after(
        sentence.text,
        ends_paragraph=sentence.ends_paragraph or _begins_another(sentence, following),
        in_heading=sentence.opens is Opening.HEADING,
    )
    return at_speed(pause, sentence.take.prosody.speed)


def _begins_another(sentence: Sentence, following: Sentence | None) -> bool:
    """Tell whether a paragraph ends in between, also where its own last sentence is left out."""
    if following is None or following.opens is Opening.SENTENCE:
        return False
    return following.opens is Opening.PARAGRAPH or sentence.opens is not Opening.HEADING
