"""The first reader of EPUB files, by ebooklib; what it refuses goes to epub_tolerant.py.

ebooklib never sees the file, only what the checked archive hands it, and of pictures, fonts and
sound nothing at all. Chapters are parsed by markup.py from the bytes: ebooklib's own parser loses
long ones.
"""

from posixpath import dirname, join, normpath
from urllib.parse import unquote

from ebooklib import epub

from narrator.book.archive import Archive
from narrator.book.cover import read_cover
from narrator.book.page import KIND_OF_PART, Document, Entry, Kind, Package

_TEXT_SUFFIXES = (".xhtml", ".html", ".htm", ".xml", ".opf", ".ncx", ".txt")


class PackageRefused(Exception):
    """ebooklib cannot read the package, or would lose a part of it."""


def read_package(archive: Archive) -> Package:
    """Read the package of an EPUB 2 or 3 as ebooklib understands it.

    Raises PackageRefused for whatever ebooklib raises, and where the reading order names what is
    not there.
    """
    reader = _Reader(archive)
    try:
        book = reader.load()
        return _package(archive, reader, book)
    except Exception as error:  # broad on purpose: ebooklib lets any error of a broken file through
        raise PackageRefused(f"{type(error).__name__}: {error}") from error


class _Reader(epub.EpubReader):  # type: ignore[misc]
    """ebooklib's reader over a checked archive instead of a file."""

    def __init__(self, archive: Archive) -> None:
        super().__init__(str(archive.path))
        self._archive = archive
        self._read: dict[str, bytes] = {}  # a manifest may name one file a million times

    def read_file(self, name: str) -> bytes:
        """Read a member of text; others are given as empty, for nothing here looks at them."""
        name = normpath(name)
        wanted = name.lower().endswith(_TEXT_SUFFIXES) or "." not in name
        if wanted and name not in self._read:
            self._read[name] = self._archive.read(name)
        return self._read.get(name, b"")

    def load(self) -> epub.EpubBook:
        """Read container, package, manifest, spine, guide and navigation."""
        self._load_container()
        self._load_opf_file()
        return self.book


def _package(archive: Archive, reader: _Reader, book: epub.EpubBook) -> Package:
    folder = reader.opf_dir
    guide = {
        _name(folder, entry["href"]): entry["type"] or "" for entry in book.guide if entry["href"]
    }
    by_id = {item.id: item for item in book.items}
    documents: dict[str, Document] = {}
    warnings = []
    for idref, _ in book.spine:
        item = by_id.get(idref)
        if item is None:
            warnings.append(f"the reading order names “{idref}”, which is not in the book")
            continue
        name = _name(folder, item.file_name)
        kind = KIND_OF_PART.get(guide.get(name, "").lower())
        if isinstance(item, epub.EpubNav):
            kind = Kind.CONTENTS
        documents.setdefault(name, Document(name, item.content, kind))
    if not documents:
        raise PackageRefused("the reading order is empty")
    cover, cover_warnings = read_cover(archive, _cover_names(folder, book))
    return Package(
        _metadata(book, "title")[0] if _metadata(book, "title") else "",
        tuple(_metadata(book, "creator")),
        next(iter(_metadata(book, "language")), ""),
        cover,
        tuple(documents.values()),
        tuple(_entries(book.toc, _contents_folder(folder, book), 0)),
        (*warnings, *cover_warnings),
    )


def _name(folder: str, href: str) -> str:
    return normpath(join(folder, unquote(href.partition("#")[0])))


def _metadata(book: epub.EpubBook, name: str) -> list[str]:
    values = (value for value, _ in book.get_metadata("DC", name))
    return [" ".join(value.split()) for value in values if value and value.strip()]


def _contents_folder(folder: str, book: epub.EpubBook) -> str:
    """The folder that links of the contents start from: ebooklib has joined those of a nav
    already."""
    if any(isinstance(item, epub.EpubNav) for item in book.items):
        return folder
    ncx = next((item for item in book.items if isinstance(item, epub.EpubNcx)), None)
    return dirname(join(folder, ncx.file_name)) if ncx else folder


def _entries(contents: list[object], folder: str, depth: int) -> list[Entry]:
    entries = []
    for item in contents:
        node, children = item if isinstance(item, tuple) else (item, [])
        if node.href:
            anchor = node.href.partition("#")[2]
            entries.append(
                Entry(" ".join(node.title.split()), _name(folder, node.href), anchor, depth)
            )
        entries += _entries(children, folder, depth + 1)
    return entries


def _cover_names(folder: str, book: epub.EpubBook) -> list[str]:
    """The pictures that the package calls its cover: by EPUB 3's property, EPUB 2's meta, or by
    name."""
    named = [item for item in book.items if isinstance(item, epub.EpubCover)]
    for _, attributes in book.get_metadata("OPF", "meta"):
        if attributes.get("name") == "cover":
            named.append(book.get_item_with_id(attributes.get("content")))
    images = [item for item in book.items if (item.media_type or "").startswith("image/")]
    named += [item for item in images if "cover" in f"{item.id} {item.file_name}".lower()]
    return list(dict.fromkeys(_name(folder, item.file_name) for item in named if item is not None))
