"""Where a book is cut into chapters: by its table of contents, else by its headings."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple
from urllib.parse import unquote

from narrator.book.page import Block, Entry, Kind, Page

_OWN_TEXT = 50  # words in front of its first subsection make an entry a chapter of its own
_LONGEST_CHAPTER = (
    15_000  # words; beyond it the entries below are chapters, whatever stands in front
)
_DEEPEST = 8  # levels of contents that are looked at upwards
_CHAPTER = re.compile(
    r"(?:chapter|book|part|canto|stave|letter|act|scene)\s+(?:\d+|[ivxlc]+|[a-z-]+)\b.*|[ivxlc]+\.?|\d+\.?|"
    r"(?:prologue|epilogue|preface|introduction|foreword|afterword|interlude)\b.*",
    re.IGNORECASE,
)


class Cut(NamedTuple):
    """A chapter begins at the block of index `start`."""

    start: int
    title: str


class _Place(NamedTuple):
    start: int
    page: int
    entry: Entry


def cuts_by_contents(
    pages: Sequence[Page], starts: Sequence[int], blocks: Sequence[Block], contents: Sequence[Entry]
) -> tuple[list[Cut], list[str]]:
    """Find where the entries of `contents` point. starts[i]: index of the first block of pages[i].

    Of entries at one place the innermost names it. Subsections of a chapter in one file are not
    cut. Gives the cuts in reading order, and a warning for entries that point nowhere.
    """
    places: list[_Place] = []
    lost: list[str] = []
    by_name = {page.name: number for number, page in enumerate(pages)}
    by_folded_name = {name.casefold(): number for name, number in by_name.items()}
    for entry in contents:
        page = by_name.get(entry.name, by_folded_name.get(entry.name.casefold()))
        if page is None:
            lost.append(entry.title)
            continue
        anchors = pages[page].anchors
        inside = anchors.get(entry.anchor, anchors.get(unquote(entry.anchor), 0))
        places.append(_Place(starts[page] + inside, page, entry))
    kept = _without_subsections(places, blocks)
    titles = {place.start: place.entry.title for place in kept if place.entry.title}
    warnings = [f"the table of contents points at missing text: {_listed(lost)}"] if lost else []
    return [Cut(index, titles[index]) for index in sorted(titles)], warnings


def _listed(titles: Sequence[str]) -> str:
    shown = ", ".join(f"“{title}”" for title in titles[:3])
    return f"{shown} and {len(titles) - 3} more" if len(titles) > 3 else shown


def _without_subsections(places: Sequence[_Place], blocks: Sequence[Block]) -> list[_Place]:
    """Drop entries under one that is a chapter by itself: the same file, text of its own, not too
    long."""
    words = [0, *accumulate(_words(block) for block in blocks)]
    kept: list[_Place] = []
    above: list[
        tuple[_Place, bool]
    ] = []  # the entries that this one stands under; whether each is a chapter
    ends = _ends(places, len(blocks))
    for number, place in enumerate(places):
        while above and above[-1][0].entry.depth >= place.entry.depth:
            above.pop()
        if not any(
            is_chapter and parent.page == place.page for parent, is_chapter in above[-_DEEPEST:]
        ):
            kept.append(place)
        own_end = places[number + 1].start if number + 1 < len(places) else len(blocks)
        own = words[max(own_end, place.start)] - words[place.start]
        whole = words[max(ends[number], place.start)] - words[place.start]
        above.append((place, own >= _OWN_TEXT and whole <= _LONGEST_CHAPTER))
    return kept


def _ends(places: Sequence[_Place], end: int) -> list[int]:
    """Where each entry with all under it ends: at the next one that is not deeper."""
    ends = [end] * len(places)
    open_entries: list[int] = []
    for number, place in enumerate(places):
        while open_entries and places[open_entries[-1]].entry.depth >= place.entry.depth:
            ends[open_entries.pop()] = place.start
        open_entries.append(number)
    return ends


def _words(block: Block) -> int:
    return len(block.text.split()) if block.kind is Kind.TEXT else 0


def cuts_by_headings(blocks: Sequence[Block]) -> list[Cut]:
    """Cut at the headings of chapters: those of the level that calls them so, else the highest used
    twice.

    Headings above that level cut too. Gives nothing when no heading stands in the text.
    """
    headings = [
        (index, block)
        for index, block in enumerate(blocks)
        if block.kind is Kind.HEADING and not _follows_heading(blocks, index)
    ]
    levels = Counter(block.level for _, block in headings)
    named = Counter(block.level for _, block in headings if _CHAPTER.fullmatch(block.text))
    if not levels:
        return []
    repeated = [level for level, times in levels.items() if times > 1]
    level = (
        max(named, key=named.__getitem__)
        if named.total() > 1
        else min(repeated, default=max(levels))
    )
    return [Cut(index, _title(blocks, index)) for index, block in headings if block.level <= level]


def _follows_heading(blocks: Sequence[Block], index: int) -> bool:
    """Whether this heading goes on with the one before: CHAPTER I / The Storm, at the same
    level."""
    before = blocks[index - 1] if index else None
    return (
        before is not None
        and before.kind is Kind.HEADING
        and before.level == blocks[index].level
        and _CHAPTER.fullmatch(before.text) is not None
        and _CHAPTER.fullmatch(blocks[index].text) is None
    )


def _title(blocks: Sequence[Block], index: int) -> str:
    return ": ".join(_title_lines(blocks, index))


def _title_lines(blocks: Sequence[Block], index: int) -> Iterator[str]:
    yield blocks[index].text.rstrip(" .:")
    if index + 1 < len(blocks) and _follows_heading(blocks, index + 1):
        yield blocks[index + 1].text
