"""What an order will leave, told before anything is spoken: files, lengths, room."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import NamedTuple

from narrator.audio.levels import LOUDNESS
from narrator.audio.watermark.grid import VoiceKind
from narrator.book.model import Book
from narrator.project.model import Manuscript
from narrator.speech import Opening, Phonemes, Pronunciation
from narrator.studio.narrating.commission import ChapterWork, Commission, Output
from narrator.studio.narrating.credits import CLOSING_TITLE, OPENING_TITLE
from narrator.studio.narrating.formats import FORMATS, SoundFiles
from narrator.studio.narrating.names import Naming
from narrator.studio.narrating.narration import Order
from narrator.studio.narrating.reading_formats import ReadAlongBook, SubtitleFile
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.schedule import CHARACTERS_PER_SECOND

CREDITS_CHARACTERS = 80  # about, of title, author and narrator


class Expected(NamedTuple):
    """A file to come. seconds, bytes: about how long and how large it will be.

    parts: how many files it becomes, where shops or players take none so long.
    """

    path: Path
    seconds: float
    bytes: int
    parts: int = 1


def expected_files(manuscript: Manuscript, order: Order) -> tuple[Expected, ...]:
    """Give the files that `order` will leave of `manuscript`, by format.

    Raises UnknownNameField, and KeyError as `narrate` does.
    """
    facts, last = manuscript.facts, manuscript.of_chapters
    works = [
        _work(chapter.number, chapter.title, sum(len(sentence.text) for sentence in sentences))
        for chapter, sentences in manuscript.chapters
    ]
    titles = tuple(chapter.title for chapter, _ in manuscript.chapters)
    if order.credits:
        opening = _work(0, OPENING_TITLE, CREDITS_CHARACTERS)
        works = [opening, *works, _work(last + 1, CLOSING_TITLE, CREDITS_CHARACTERS)]
    commission = Commission(
        book=Book(facts.title, facts.authors, facts.language, facts.cover, ()),
        source=order.source,
        chapters=works,
        of_chapters=last,
        narrator="",
        kind=VoiceKind.STOCK,
        phonemize=_silent,
        words=order.words,
        folder=order.folder,
        profile=LOUDNESS[order.loudness],
        naming=Naming(order.name, facts.title, ", ".join(facts.authors), last, titles),
        credits=order.credits,
    )
    asked = [FORMATS[name] for name in dict.fromkeys(order.formats)]
    return tuple(_expected(output) for form in asked for output in form.outputs(commission))


def _work(number: int, title: str, characters: int) -> ChapterWork:
    return ChapterWork(_Unspoken(number, title), "", 0, characters)


@dataclass(frozen=True)
class _Unspoken:
    """A chapter by name, which is all that a file is named after."""

    number: int
    title: str

    def sentences(self) -> Iterator[PlannedSentence]:
        return iter(())


def _expected(output: Output) -> Expected:
    seconds = sum(work.characters for work in output.chapters) / CHARACTERS_PER_SECOND
    match output:
        case SoundFiles(format=form) if form.is_sample:
            seconds = min(seconds, output.longest)
            return Expected(output.path(1, 1), seconds, round(seconds * form.bytes_per_second))
        case SoundFiles(longest=longest):
            parts = max(1, ceil(seconds / longest))
            return Expected(output.path(1, parts), seconds, output.bytes_needed, parts)
        case SubtitleFile() | ReadAlongBook():
            return Expected(output.path, seconds, output.bytes_needed)
    raise TypeError(f"{type(output).__name__} has no file name")


def _silent(text: str, *, opening: Opening, pronunciations: tuple[Pronunciation, ...]) -> Phonemes:
    raise AssertionError("what is only told beforehand is not spoken")
