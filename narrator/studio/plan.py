"""What is to be spoken, in order: the book's sentences as utterances, with the pause after each.

A plan holds no utterance: a chapter makes them when it is walked, so memory stays flat.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

from narrator.book.model import Book, Chapter, Paragraph
from narrator.errors import ChapterOutOfRange
from narrator.speech import Opening, Pronunciation, Prosody, Utterance, VoiceRef

PAUSE_STEP = 0.1  # seconds; a slot of the watermark, so that what follows keeps its phase

# Seconds at the speed 1, by ear and after the habits of human readers: a listener must hear the
# difference between a clause, a sentence, a paragraph and a scene.
CLAUSE, COLON, SENTENCE, ELLIPSIS = 0.2, 0.3, 0.4, 0.6
PARAGRAPH, HEADING, SCENE = 0.7, 1.2, 1.8
BEFORE_CHAPTER, AFTER_CHAPTER = 1.0, 2.5  # what audiobook shops ask for, at any speed

QUOTES_AND_BRACKETS = "\"'”’»«)]}*_ "


@dataclass(frozen=True)
class Choices:
    """How the book is to be spoken."""

    voice: VoiceRef
    prosody: Prosody = field(default_factory=Prosody)
    pronunciations: tuple[Pronunciation, ...] = ()


class PlannedSentence(NamedTuple):
    """One sentence to speak. pause_after: seconds, whole steps of 100 ms.

    written: what the book has for it, which is what is said unless somebody edited it; "" where the
    book has nothing. id: of the sentence in its project, 0 without one.
    """

    utterance: Utterance
    pause_after: float
    written: str = ""
    id: int = 0


class PlannedChapter(Protocol):
    """A chapter to speak."""

    @property
    def number(self) -> int:
        """Its place in the book, from 1."""

    @property
    def title(self) -> str:
        """As the files bear it."""

    def sentences(self) -> Iterator[PlannedSentence]:
        """Walk through the sentences, made anew at each walk, always the same."""


@dataclass(frozen=True)
class BookChapter:
    """A chapter as the book has it. notice: said before all else."""

    number: int
    title: str
    chapter: Chapter
    choices: Choices
    notice: str = ""

    def sentences(self) -> Iterator[PlannedSentence]:
        """Walk through the sentences, made anew at each walk, always the same."""
        return in_chapter(self._planned())

    def _planned(self) -> Iterator[PlannedSentence]:
        for spoken in _spoken(self.chapter, self.notice):
            utterance = Utterance(
                text=spoken.text,
                voice=self.choices.voice,
                opening=spoken.opening,
                prosody=self.choices.prosody,
                pronunciations=that_apply(self.choices.pronunciations, spoken.text),
            )
            pause = pause_after(
                spoken.text, ends_paragraph=spoken.ends_paragraph, in_heading=spoken.in_heading
            )
            written = spoken.text if spoken.is_written else ""
            yield PlannedSentence(utterance, at_speed(pause, self.choices.prosody.speed), written)


@dataclass(frozen=True)
class Plan:
    """The chapters to speak, of a book that has `of_chapters`."""

    chapters: tuple[PlannedChapter, ...]
    of_chapters: int


def plan_book(
    book: Book,
    choices: Choices,
    *,
    ranges: Sequence[tuple[int, int]] | None = None,
    notice: str = "",
) -> Plan:
    """Give the plan of `book`, or of the chapters in `ranges` (first and last, from 1).

    notice: a sentence to begin the first of these chapters with. Raises ChapterOutOfRange.
    """
    last = len(book.chapters)
    for bounds in ranges or ():
        for asked in bounds:
            if not 1 <= asked <= last:
                raise ChapterOutOfRange(asked, last)
    chapters = [
        BookChapter(number, chapter.title, chapter, choices)
        for number, chapter in enumerate(book.chapters, start=1)
        if ranges is None or any(first <= number <= end for first, end in ranges)
    ]
    if chapters:
        chapters[0] = replace(chapters[0], notice=notice)
    return Plan(tuple(chapters), last)


class _Spoken(NamedTuple):
    text: str
    opening: Opening
    ends_paragraph: bool
    in_heading: bool
    is_written: bool = True


def _spoken(chapter: Chapter, notice: str) -> Iterator[_Spoken]:
    if notice:
        yield _Spoken(
            notice, Opening.PARAGRAPH, ends_paragraph=True, in_heading=False, is_written=False
        )
    for paragraph in chapter.paragraphs:
        last = len(paragraph.sentences) - 1
        for number, text in enumerate(paragraph.sentences):
            yield _Spoken(text, _opening(paragraph, number), number == last, paragraph.heading)


def _opening(paragraph: Paragraph, number: int) -> Opening:
    if paragraph.heading:
        return Opening.HEADING
    return Opening.SENTENCE if number else Opening.PARAGRAPH


def pause_after(text: str, *, ends_paragraph: bool, in_heading: bool) -> float:
    """Give the pause after a sentence, in seconds at the speed 1, by how it ends and where."""
    if ends_paragraph:
        return HEADING if in_heading else PARAGRAPH
    bare = text.rstrip(QUOTES_AND_BRACKETS)
    match bare[-1:]:
        case ".":
            return ELLIPSIS if bare.endswith("..") else SENTENCE
        case "!" | "?":
            return SENTENCE
        case "…":
            return ELLIPSIS
        case ":" | ";" | "—" | "–":
            return COLON
        case _:
            return CLAUSE


def at_speed(seconds: float, speed: float) -> float:
    """Give a pause at another speed, in whole steps of 100 ms and one at least."""
    return round(max(1, round(seconds / speed / PAUSE_STEP)) * PAUSE_STEP, 1)


def in_chapter(
    sentences: Iterable[PlannedSentence], own_pause: Container[int] = ()
) -> Iterator[PlannedSentence]:
    """Give the sentences of a chapter that have a word, ending with the pause of a chapter.

    One without a word, such as "***", makes the pause before it that of a scene. own_pause: ids of
    those whose pause stays as it is.
    """
    waiting: PlannedSentence | None = None
    for sentence in sentences:
        if any(character.isalnum() for character in sentence.utterance.text):
            if waiting:
                yield waiting
            waiting = sentence
        elif waiting and waiting.id not in own_pause:
            pause = at_speed(SCENE, waiting.utterance.prosody.speed)
            waiting = waiting._replace(pause_after=pause)
    if waiting:
        own = waiting.id in own_pause
        yield waiting if own else waiting._replace(pause_after=AFTER_CHAPTER)


def that_apply(pronunciations: Iterable[Pronunciation], text: str) -> tuple[Pronunciation, ...]:
    """Keep what occurs in `text`: a new entry must not have the whole book spoken again.

    Of two for the same word the first one counts.
    """
    folded = text.casefold()
    first: dict[str, Pronunciation] = {}
    for entry in pronunciations:
        if (word := entry.word.casefold()) in folded:
            first.setdefault(word, entry)
    return tuple(first.values())
