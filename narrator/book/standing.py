"""Find where in the book each spoken sentence stands."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from narrator.book.model import Book
from narrator.book.spoken import SpokenChapter
from narrator.book.tracing import letters


class Spoken(NamedTuple):
    """A spoken sentence: its sound file and its place among the sentences of that, from 0."""

    file: int
    sentence: int


class Standing(NamedTuple):
    """A spoken sentence that stands in a block. first: of its letters among the block's."""

    key: Spoken
    first: int


def find_spoken(
    book: Book, chapters: Sequence[SpokenChapter], places: Sequence[Sequence[int]]
) -> dict[int, list[Standing]]:
    """Give the spoken sentences that stand in the text, by the place of their block, in order.

    places: of each chapter's paragraphs, -1 for one that no block says. What is said beside the
    text, an opening word or a title put in front, is not found.
    """
    found: dict[int, list[Standing]] = defaultdict(list)
    written = {
        number: list(_written(book, number - 1, places))
        for number in {chapter.number for chapter in chapters}
    }
    for file, chapter in enumerate(chapters):
        rest = written[chapter.number]
        for index, sentence in enumerate(chapter.sentences):
            at = next((at for at, line in enumerate(rest) if line.text == sentence.text), None)
            if at is None:
                continue
            line = rest[at]
            rest = rest[at + 1 :]
            if line.place >= 0:
                found[line.place].append(Standing(Spoken(file, index), line.first))
        written[chapter.number] = rest
    return found


class _Line(NamedTuple):
    """A sentence of a paragraph, the place of its block, and its first letter there."""

    text: str
    place: int
    first: int


def _written(book: Book, chapter: int, places: Sequence[Sequence[int]]) -> Iterator[_Line]:
    for paragraph, place in zip(book.chapters[chapter].paragraphs, places[chapter], strict=True):
        first = 0
        for sentence in paragraph.sentences:
            yield _Line(sentence, place, first)
            first += len(letters(sentence))
