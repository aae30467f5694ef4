"""What a reader hands on: the blocks of each file of a book, each marked as what it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from narrator.book.model import Cover, Details


class Kind(Enum):
    """What a block is. TEXT and HEADING are spoken; the value of any other is why it is left
    out."""

    TEXT = "text"
    HEADING = "heading"
    COVER = "a cover page"
    TITLE_PAGE = "a title page"
    COPYRIGHT = "a copyright page"
    CONTENTS = "a table of contents"
    INDEX = "an index"
    SOURCES = "a list of sources"
    NOTE = "notes"
    NOTE_MARK = "marks that point at notes"
    PAGE_NUMBER = "numbers of printed pages"
    PICTURE = "descriptions of pictures"
    FORMULA = "formulas"
    LICENCE = "the notice of who gave the text away"

    @property
    def spoken(self) -> bool:
        """Whether a narrator reads it."""
        return self in (Kind.TEXT, Kind.HEADING)


class Block(NamedTuple):
    """A paragraph, heading, table row or left-out piece, its white space single blanks.

    level: 1 to 6 for a heading. linked: how many of its characters are links. ids: names of the
    elements it stands in, by which a mark points at a note. place: among the blocks of the whole
    book, from 0, once they stand in one row.
    """

    text: str
    kind: Kind
    level: int = 0
    linked: int = 0
    ids: tuple[str, ...] = ()
    place: int = -1


@dataclass(frozen=True)
class Page:
    """One file of the book. anchors: id -> index of the block it stands in or before.

    note_targets: where note marks point, as "file#id" or "#id". kind: what the package says that
    the whole file is.
    """

    name: str
    blocks: tuple[Block, ...]
    anchors: Mapping[str, int] = field(default_factory=dict)
    note_targets: frozenset[str] = frozenset()
    title: str = ""
    language: str = ""
    author: str = ""
    kind: Kind | None = None
    warning: str = ""


class Entry(NamedTuple):
    """One line of a table of contents. depth: 0 for the outermost. name, anchor: where it
    points."""

    title: str
    name: str
    anchor: str = ""
    depth: int = 0


class Document(NamedTuple):
    """One file of an EPUB's reading order, not parsed yet."""

    name: str
    content: bytes
    kind: Kind | None = None


@dataclass(frozen=True)
class Package:
    """An EPUB as taken from its archive, before its files are parsed."""

    title: str
    authors: tuple[str, ...]
    language: str
    cover: Cover | None
    documents: tuple[Document, ...]
    contents: tuple[Entry, ...]
    warnings: tuple[str, ...] = ()
    details: Details = field(default_factory=Details)


# EPUB Structural Semantics and DPUB-ARIA call these parts by the same words.
KIND_OF_PART = {
    "cover": Kind.COVER,
    "titlepage": Kind.TITLE_PAGE,
    "title-page": Kind.TITLE_PAGE,
    "halftitlepage": Kind.TITLE_PAGE,
    "copyright-page": Kind.COPYRIGHT,
    "copyright": Kind.COPYRIGHT,
    "imprint": Kind.COPYRIGHT,
    "colophon": Kind.COPYRIGHT,
    "toc": Kind.CONTENTS,
    "landmarks": Kind.CONTENTS,
    "page-list": Kind.CONTENTS,
    "pagelist": Kind.CONTENTS,
    "loi": Kind.CONTENTS,
    "lot": Kind.CONTENTS,
    "index": Kind.INDEX,
    "bibliography": Kind.SOURCES,
    "footnote": Kind.NOTE,
    "footnotes": Kind.NOTE,
    "endnote": Kind.NOTE,
    "endnotes": Kind.NOTE,
    "rearnote": Kind.NOTE,
    "rearnotes": Kind.NOTE,
    "note": Kind.NOTE,
    "notes": Kind.NOTE,
    "noteref": Kind.NOTE_MARK,
    "pagebreak": Kind.PAGE_NUMBER,
}
