"""Pages and a table of contents -> chapters, and a list of all that was left out.

The blocks of all pages stand in one row. It is cut into runs where a page begins and where the
contents point; each run is judged; those to be spoken become chapters, named by the contents or by
their headings.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote

from narrator.book.leaving import judge, mark_licence, words_in
from narrator.book.model import Chapter, LeftOut, Paragraph
from narrator.book.navigation import Cut, cuts_by_contents, cuts_by_headings
from narrator.book.page import Block, Entry, Kind, Page
from narrator.book.titles import with_title

_LARGEST_NOTE = 1000  # words: whatever a mark points at, more than this is text
_UNNAMED = "Opening"  # the text in front of the first chapter, when nothing names it
_TOLD_ONCE = {
    Kind.NOTE_MARK: "Note marks",
    Kind.PAGE_NUMBER: "Page numbers",
    Kind.FORMULA: "Formulas",
    Kind.PICTURE: "Picture descriptions",
}


class Composed(NamedTuple):
    """What `compose` makes of the pages."""

    chapters: tuple[Chapter, ...]
    left_out: tuple[LeftOut, ...]
    warnings: tuple[str, ...]


@dataclass
class _Run:
    """Blocks that belong together. title: "" when nothing names them, so that they go on."""

    title: str
    blocks: list[Block]
    hint: Kind | None = None


@dataclass
class _LeftOuts:
    """whole: each with how many of the kept runs stand in front of it."""

    whole: list[tuple[LeftOut, int]] = field(default_factory=list)
    pieces: Counter[tuple[str, Kind]] = field(default_factory=Counter)

    def add_pieces(self, title: str, blocks: Iterable[Block]) -> None:
        for block in blocks:
            if not block.kind.spoken:
                name = _TOLD_ONCE.get(block.kind) or f"{_label(block.kind)} in “{title}”"
                self.pieces[name, block.kind] += len(block.text.split())

    def add_whole(self, run: _Run, kind: Kind, kept: int) -> None:
        said = [block for block in run.blocks if block.kind.spoken or block.kind is kind]
        left = LeftOut(_name(run, kind), kind.value, words_in(run.blocks), _paragraphs(said))
        self.whole.append((left, kept))

    def all(self, runs_of_chapters: Sequence[int]) -> tuple[LeftOut, ...]:
        """runs_of_chapters: for each chapter, how many of the kept runs end with it."""
        whole = (
            replace(left, after=sum(runs <= kept for runs in runs_of_chapters))
            for left, kept in self.whole
        )
        pieces = (LeftOut(name, kind.value, words) for (name, kind), words in self.pieces.items())
        return (*whole, *pieces)


def compose(pages: Sequence[Page], contents: Sequence[Entry], book_title: str) -> Composed:
    """Cut `pages` into chapters by `contents`, or by their headings where the contents name fewer
    than two.

    Gives no chapter at all when nothing is left to be spoken.
    """
    blocks, starts = _in_one_row(pages)
    cuts, warnings = cuts_by_contents(pages, starts, blocks, contents)
    if len(cuts) < 2:
        cuts = cuts_by_headings(blocks) or cuts
    left_outs = _LeftOuts()
    kept: list[_Run] = []
    for run in _runs(pages, starts, blocks, cuts):
        kind = judge(run.title, run.blocks, run.hint, book_title)
        if kind is not None:
            left_outs.add_whole(run, kind, len(kept))
        elif run.title or not kept:
            kept.append(run)
        else:
            kept[-1].blocks += run.blocks
    warnings += [f"“{run.title}” holds no text" for run in kept if run.title and not run.blocks]
    chapters = list(_chapters(kept, left_outs))
    left_out = left_outs.all([runs for _, runs in chapters])
    return Composed(tuple(chapter for chapter, _ in chapters), left_out, tuple(warnings))


def _in_one_row(pages: Sequence[Page]) -> tuple[list[Block], list[int]]:
    """All blocks in reading order, notes marked; and where each page begins, with the end of the
    last."""
    notes = _notes(pages)
    blocks: list[Block] = []
    starts = [0]
    for page in pages:
        for block in page.blocks:
            is_note = block.kind is Kind.TEXT and any(
                (page.name, name) in notes for name in block.ids
            )
            kind = Kind.NOTE if is_note else block.kind
            blocks.append(block._replace(kind=kind, place=len(blocks)))
        starts.append(len(blocks))
    return mark_licence(blocks), starts


def _notes(pages: Sequence[Page]) -> set[tuple[str, str]]:
    """The elements that note marks point at, as (file, id), save those that hold too much to be a
    note."""
    aimed: set[tuple[str, str]] = set()
    for page in pages:
        for target in page.note_targets:
            file, _, name = target.partition("#")
            file = normpath(join(dirname(page.name), unquote(file))) if file else page.name
            aimed.add((file, unquote(name)))
    words: Counter[tuple[str, str]] = Counter()
    for page in pages:
        for block in page.blocks:
            for name in set(block.ids):
                if (page.name, name) in aimed:
                    words[page.name, name] += len(block.text.split())
    return {place for place in aimed if words[place] <= _LARGEST_NOTE}


def _runs(
    pages: Sequence[Page], starts: Sequence[int], blocks: Sequence[Block], cuts: Sequence[Cut]
) -> Iterator[_Run]:
    titles = {cut.start: cut.title for cut in cuts}
    bounds = sorted({*starts, *titles, len(blocks)})
    page = 0
    for start, end in pairwise(bounds):
        while starts[page + 1] <= start:
            page += 1
        yield _Run(titles.get(start, ""), list(blocks[start:end]), pages[page].kind)
    if bounds[-1] in titles:  # an entry that points at an empty file at the very end
        yield _Run(titles[bounds[-1]], [])


def _label(kind: Kind) -> str:
    return "Notes" if kind is Kind.NOTE else kind.name.replace("_", " ").capitalize()


def _name(run: _Run, kind: Kind) -> str:
    first = next((block.text for block in run.blocks if block.kind.spoken), "")
    return run.title or (first if 0 < len(first) <= 60 else _label(kind))


def _paragraphs(blocks: Iterable[Block]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(block.text, block.kind is Kind.HEADING, block.place) for block in blocks)


def _chapters(runs: Sequence[_Run], left_outs: _LeftOuts) -> Iterator[tuple[Chapter, int]]:
    """Give each chapter with the number of the runs that end with it."""
    waiting: list[
        Paragraph
    ] = []  # the heading of a part, to be heard in front of its first chapter
    for number, run in enumerate(runs):
        heading = next((block.text for block in run.blocks if block.kind is Kind.HEADING), "")
        title = run.title or heading or _UNNAMED
        left_outs.add_pieces(title, run.blocks)
        spoken = [block for block in run.blocks if block.kind.spoken]
        paragraphs = _paragraphs(spoken)
        if run.title and spoken:
            paragraphs = with_title(run.title, paragraphs)
        if all(paragraph.heading for paragraph in paragraphs) and number + 1 < len(runs):
            waiting += paragraphs
        elif paragraphs or waiting:
            yield Chapter(title, (*waiting, *paragraphs)), number + 1
            waiting = []
