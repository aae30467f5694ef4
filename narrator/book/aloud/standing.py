"""Find where in the book each spoken sentence stands, by what the book has for it.

Letters are matched in order, so that a sentence which was split or joined is found as well.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, takewhile
from typing import NamedTuple

from narrator.book.aloud.spoken import SpokenChapter
from narrator.book.aloud.tracing import letters
from narrator.book.model import Book


class Spoken(NamedTuple):
    """A spoken sentence: its sound file and its place among the sentences of that, from 0."""

    file: int
    sentence: int


@dataclass(frozen=True)
class Standing:
    """A spoken sentence, or the part of it that stands in one block.

    first: of its letters among the block's. count: how many. said: how many letters of the sentence
    stand in blocks before. total: how many it has in all.
    """

    key: Spoken
    first: int
    count: int
    said: int
    total: int


def find_spoken(
    book: Book, chapters: Sequence[SpokenChapter], places: Sequence[Sequence[int]]
) -> dict[int, list[Standing]]:
    """Give the spoken sentences that stand in the text, by the place of their block, in order.

    places: of each chapter's paragraphs, -1 for one that no block says. What is said beside the
    text, an opening word or a title put in front, is not found.
    """
    found: dict[int, list[Standing]] = defaultdict(list)
    homes = _homes(book, chapters)
    texts: dict[int, _Text] = {}
    for file, chapter in enumerate(chapters):
        home = homes.get(chapter.number)
        if home is None:
            continue
        if home not in texts:
            texts[home] = _Text(book, home, places[home])
        for index, sentence in enumerate(chapter.sentences):
            for place, standing in texts[home].next(letters(sentence.written), Spoken(file, index)):
                found[place].append(standing)
    return found


@dataclass(frozen=True)
class _Line:
    """A sentence of a paragraph: the place of its block, its first letter there and in all."""

    place: int
    first: int
    start: int
    count: int


class _Text:
    """The letters of a chapter, found from the first to the last."""

    def __init__(self, book: Book, chapter: int, places: Sequence[int]) -> None:
        self._lines: list[_Line] = []
        self._starts: set[int] = set()
        self._ends: set[int] = set()
        self._line_ends: dict[int, int] = {}
        parts: list[str] = []
        start = 0
        for paragraph, place in zip(book.chapters[chapter].paragraphs, places, strict=True):
            first = 0
            for sentence in paragraph.sentences:
                parts.append(letters(sentence))
                count = len(parts[-1])
                self._lines.append(_Line(place, first, start, count))
                at = start
                for word in sentence.split():
                    self._starts.add(at)
                    at += len(letters(word))
                    self._ends.add(at)
                self._line_ends[start] = start + count
                first += count
                start += count
        self._letters = "".join(parts)
        self._from = 0

    def next(self, wanted: str, key: Spoken) -> Iterator[tuple[int, Standing]]:
        """Give where `wanted` stands next, each part of it with the place of its block."""
        start = self._find(wanted)
        if start is None:
            return
        self._from = end = start + len(wanted)
        part: tuple[int, Standing] | None = None
        at = max(0, bisect_right(self._lines, start, key=lambda line: line.start) - 1)
        for line in takewhile(lambda line: line.start < end, islice(self._lines, at, None)):
            begin, stop = max(start, line.start), min(end, line.start + line.count)
            if begin >= stop or line.place < 0:
                continue
            first = line.first + begin - line.start
            if part and part[0] == line.place:
                part = (line.place, replace(part[1], count=part[1].count + stop - begin))
                continue
            if part:
                yield part
            standing = Standing(key, first, stop - begin, begin - start, len(wanted))
            part = (line.place, standing)
        if part:
            yield part

    def _find(self, wanted: str) -> int | None:
        """Give the next place: here, else a whole sentence, else whole words."""
        if not wanted:
            return None
        loose: int | None = None
        at = self._letters.find(wanted, self._from)
        while at >= 0:
            end = at + len(wanted)
            if at in self._starts and end in self._ends:
                if at == self._from or self._line_ends.get(at) == end:
                    return at
                loose = at if loose is None else loose
            at = self._letters.find(wanted, at + 1)
        return loose


def _homes(book: Book, chapters: Sequence[SpokenChapter]) -> dict[int, int]:
    """Give for each number the chapter of the book, from 0, that has most of what is spoken of it.

    The numbers of a project go on counting over parts that the reader of the book leaves out.
    """
    owners: dict[str, set[int]] = defaultdict(set)
    for number, chapter in enumerate(book.chapters):
        for paragraph in chapter.paragraphs:
            for sentence in paragraph.sentences:
                owners[letters(sentence)].add(number)
    votes: dict[int, Counter[int]] = defaultdict(Counter)
    for spoken in chapters:
        votes[spoken.number].update(
            owner
            for sentence in spoken.sentences
            for owner in owners.get(letters(sentence.written), ())
        )
    homes = {}
    for number, counts in votes.items():
        own = min(number, len(book.chapters)) - 1
        homes[number] = max(counts, key=lambda one: (counts[one], -abs(one - own)), default=own)
    return {number: home for number, home in homes.items() if home >= 0}
