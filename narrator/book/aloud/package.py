"""Put an EPUB 3 together with ebooklib: files as they are, overlays, navigation, metadata."""

import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from urllib.parse import quote, unquote
from uuid import uuid4

from ebooklib import epub

from narrator.book.aloud.smil import ACTIVE_CLASS, clock
from narrator.book.aloud.source import Meta
from narrator.book.page import Entry
from narrator.disk import atomic_path

# What ebooklib would make of the documents by itself, and the guide that EPUB 3 has done away with.
_OPTIONS = {"epub3_pages": False, "epub3_landmark": False, "epub2_guide": False}


@dataclass(frozen=True)
class Part:
    """A file of the book to be written. name: inside the book. content: its bytes, what gives them,
    or the file that holds them, which is streamed. overlay: the id of its overlay."""

    id: str
    name: str
    media_type: str
    content: bytes | Path | Callable[[], bytes]
    properties: tuple[str, ...] = ()
    overlay: str | None = None


@dataclass
class Publication:
    """An EPUB to be written. spine: ids of parts, and whether each is read in turn.

    durations: milliseconds of each overlay, by its id. contents: for the navigation; names are
    those of parts. own_nav: whether a part is the navigation document already.
    """

    identifier: str
    title: str
    language: str
    narrator: str
    direction: str = ""
    prefixes: str = ""
    parts: list[Part] = field(default_factory=list)
    spine: list[tuple[str, bool]] = field(default_factory=list)
    metadata: list[Meta] = field(default_factory=list)
    contents: Sequence[Entry] = ()
    own_nav: bool = False
    durations: dict[str, int] = field(default_factory=dict)


def write_publication(path: Path, publication: Publication) -> None:
    """Write the EPUB to `path`, whole or not at all. Raises DiskFull or FolderNotWritable."""
    book = _book(publication)
    now = {"mtime": datetime.now(UTC)}
    with atomic_path(path) as temporary:
        writer = _Writer(str(temporary), book, _OPTIONS | now)
        writer.process()
        try:
            writer.write()
        finally:
            writer.out.close()


class _File(epub.EpubItem):  # type: ignore[misc]
    """A part as ebooklib keeps it: its name is a link, its content may stay where it is."""

    def __init__(self, part: Part) -> None:
        super().__init__(part.id, quote(part.name), part.media_type)
        self.part = part
        self.properties = list(part.properties)
        self.media_overlay = part.overlay


class _Writer(epub.EpubWriter):  # type: ignore[misc]
    """ebooklib's writer, but files are streamed, sound is not packed twice, names are no links."""

    def _write_items(self) -> None:
        files = [item for item in self.book.items if isinstance(item, _File)]
        self.book.items = [item for item in self.book.items if not isinstance(item, _File)]
        super()._write_items()
        for file in files:
            name = f"{self.book.FOLDER_NAME}/{unquote(file.file_name)}"
            content = file.part.content
            if isinstance(content, Path):
                self.out.write(content, name, zipfile.ZIP_STORED)
            else:
                self.out.writestr(name, content() if callable(content) else content)


def _book(publication: Publication) -> epub.EpubBook:
    book = epub.EpubBook()
    book.metadata.clear()
    book.set_identifier(publication.identifier)
    book.title, book.language = publication.title, publication.language
    book.direction = publication.direction or None
    book.prefixes = _prefixes(publication.prefixes)
    for meta in publication.metadata:
        space = None if meta.name == "meta" else "DC"
        book.add_metadata(space, meta.name, meta.text, dict(meta.attributes))
    for part in publication.parts:
        book.add_item(_File(part))
    book.spine = [(name, "yes" if linear else "no") for name, linear in publication.spine]
    book.toc = _nested(publication.contents)
    if not publication.own_nav:
        book.add_item(epub.EpubNav("narrator-nav", "narrator-nav.xhtml", title=publication.title))
    book.add_item(epub.EpubNcx("narrator-ncx", "narrator-toc.ncx"))
    _add_durations(book, publication)
    return book


def _add_durations(book: epub.EpubBook, publication: Publication) -> None:
    def add(name: str, text: str, **more: str) -> None:
        book.add_metadata(None, "meta", text, {"property": f"media:{name}", **more})

    for overlay, milliseconds in publication.durations.items():
        add("duration", clock(milliseconds), refines=f"#{overlay}")
    add("duration", clock(sum(publication.durations.values())))
    add("active-class", ACTIVE_CLASS)
    add("narrator", publication.narrator)


def _prefixes(declared: str) -> list[str]:
    """Give the declared prefixes as "name: address" each, but the one that ebooklib declares."""
    words = declared.split()
    pairs = zip(words[::2], words[1::2], strict=False)
    return [f"{name} {address}" for name, address in pairs if name != "rendition:"]


def _nested(contents: Sequence[Entry], depth: int = 0) -> list[object]:
    """Give the contents as ebooklib's tree: a link, or a section with what stands under it."""
    tops = [place for place, entry in enumerate(contents) if entry.depth <= depth]
    if contents and not tops:
        return _nested(contents, min(entry.depth for entry in contents))
    made: list[object] = []
    for place, end in pairwise([*tops, len(contents)]):
        entry, below = contents[place], contents[place + 1 : end]
        title = entry.title or "-"
        link = quote(entry.name) + (f"#{quote(entry.anchor)}" if entry.anchor else "")
        section = (epub.Section(title, link), _nested(below, depth + 1))
        made.append(section if below else epub.Link(link, title, f"toc-{uuid4().hex}"))
    return made
