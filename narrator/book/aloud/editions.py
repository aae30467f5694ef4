"""What a read-along is made from: the files of an EPUB, or documents made of a book without files.

Accessibility metadata after EPUB Accessibility 1.1: what is synchronised is said, what is not is
not claimed.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise
from pathlib import Path
from posixpath import commonpath, dirname
from uuid import NAMESPACE_URL, uuid5

from narrator.book.aloud.facts import UNKNOWN, facts_carried_over, facts_told
from narrator.book.aloud.package import Part, Publication
from narrator.book.aloud.source import Item, Meta, read_source
from narrator.book.archive import Archive, MemberDamaged, open_checked
from narrator.book.details import read_details
from narrator.book.model import Book, Cover
from narrator.book.page import Document, Entry
from narrator.book.reader import open_package
from narrator.book.xhtml import bare_document

_SUMMARY = (
    "The text is synchronised with recorded speech, sentence by sentence. Parts that a narrator "
    "leaves out, such as notes and the table of contents, are text alone."
)


@dataclass(frozen=True)
class FileOfText:
    """A content document of the book to be made."""

    id: str
    name: str
    content: bytes
    properties: tuple[str, ...] = ()


@dataclass(frozen=True)
class Edition:
    """A book about to be written. files: those that may be heard, in the order of the reader.

    places: for each chapter and paragraph, its block among the blocks of all files, or -1.
    """

    publication: Publication
    files: Iterable[FileOfText]
    places: Sequence[Sequence[int]]


@contextmanager
def bare_edition(source: Path, book: Book, narrator: str) -> Iterator[Edition]:
    """Make documents of the chapters of a book that has no files of its own."""
    publication = _publication(book, narrator, book.title)
    names = [f"chapter-{number:03}" for number in range(1, len(book.chapters) + 1)]
    publication.metadata += facts_told(book)
    publication.metadata += _access((), pictures=False)
    publication.contents = [
        Entry(chapter.title, f"{name}.xhtml")
        for name, chapter in zip(names, book.chapters, strict=True)
    ]
    if book.cover:
        publication.parts.append(_cover(book.cover, "cover"))
    publication.spine = [(name, True) for name in names]
    files = (
        FileOfText(
            name, f"{name}.xhtml", bare_document(chapter.title, chapter.paragraphs, book.language)
        )
        for name, chapter in zip(names, book.chapters, strict=True)
    )
    lengths = (len(chapter.paragraphs) for chapter in book.chapters)
    ends = list(accumulate(lengths, initial=0))
    places = [range(start, end) for start, end in pairwise(ends)]
    yield Edition(publication, files, places)


@contextmanager
def epub_edition(source: Path, book: Book, narrator: str) -> Iterator[Edition]:
    """Take the files of the EPUB at `source`. Raises what reading it raises."""
    with open_checked(source) as archive:
        package, held = open_package(archive), read_source(archive)
        was = Book(
            package.title,
            package.authors,
            package.language,
            package.cover,
            (),
            details=read_details(archive),
        )
        by_name = {item.name: item for item in held.items}
        texts = [document.name for document in package.documents]
        folder = _folder([*by_name, *texts])
        files = [
            _file(number, document, by_name.get(document.name), folder)
            for number, document in enumerate(package.documents)
        ]
        others = [item for item in held.items if item.name not in texts]
        publication = _publication(book, narrator, held.identifier or book.title)
        publication.direction, publication.prefixes = held.direction, held.prefixes
        publication.parts += _parts(archive, others, folder, was.cover, book.cover)
        linear = dict(held.spine)
        publication.spine = [(file.id, linear.get(file.id, True)) for file in files]
        publication.own_nav = any("nav" in item.properties for item in held.items)
        publication.contents = [
            entry._replace(name=entry.name.removeprefix(folder)) for entry in package.contents
        ]
        pictures = [part for part in publication.parts if part.media_type.startswith("image/")]
        publication.metadata += facts_carried_over(held.metadata, was, book)
        if held.identifier:
            publication.metadata.append(Meta("source", held.identifier))
        publication.metadata += _access(
            held.access, pictures=any("cover-image" not in part.properties for part in pictures)
        )
        places = [
            [paragraph.place for paragraph in chapter.paragraphs] for chapter in book.chapters
        ]
        yield Edition(publication, files, places)


def _publication(book: Book, narrator: str, original: str) -> Publication:
    """Begin a publication; the same text in the same voice has the same identifier again."""
    identifier = uuid5(NAMESPACE_URL, f"read-along\n{original}\n{narrator}").urn
    return Publication(identifier, book.title, book.language or UNKNOWN, narrator)


def _folder(names: Sequence[str]) -> str:
    """Give the folder that holds all of `names`, with its slash, or ""."""
    folder = commonpath([dirname(name) for name in names])
    return f"{folder}/" if folder else ""


def _file(number: int, document: Document, item: Item | None, folder: str) -> FileOfText:
    name = document.name.removeprefix(folder)
    if item is None:
        return FileOfText(f"document-{number}", name, document.content)
    return FileOfText(item.id, name, document.content, item.properties)


def _parts(
    archive: Archive, items: Sequence[Item], folder: str, was: Cover | None, cover: Cover | None
) -> Iterator[Part]:
    """Give the files that are no text; the picture that is the cover is named as such.

    Another cover than the one that was comes beside it, for a page may show that one.
    """
    named = cover != was or any("cover-image" in item.properties for item in items)
    for item in items:
        content = partial(_read, archive, item.name)
        properties = item.properties
        if cover != was:
            properties = tuple(name for name in properties if name != "cover-image")
        elif not named and cover and item.media_type == cover.media_type:
            named = content() == cover.data
            properties = (*properties, "cover-image") if named else properties
        yield Part(item.id, item.name.removeprefix(folder), item.media_type, content, properties)
    if cover and cover != was:
        yield _cover(cover, "narrator/cover")


def _cover(cover: Cover, name: str) -> Part:
    """Give a picture as the cover of the book. name: without its suffix."""
    suffix, id = cover.media_type.removeprefix("image/"), name.replace("/", "-")
    return Part(id, f"{name}.{suffix}", cover.media_type, cover.data, ("cover-image",))


def _read(archive: Archive, name: str) -> bytes:
    try:
        return archive.read(name)
    except MemberDamaged:
        return b""  # the book was read without it too


def _access(held: Sequence[Meta], *, pictures: bool) -> Iterator[Meta]:
    """Give what the book said of its accessibility, and what is true of a read-along."""
    modes = ["textual", "visual"] if pictures else ["textual"]
    wanted = [("accessMode", mode) for mode in modes]
    wanted += [("accessModeSufficient", ",".join(modes))]
    wanted += [("accessibilityFeature", "synchronizedAudioText")]
    known = {(dict(meta.attributes)["property"], meta.text) for meta in held}
    said = {name for name, _ in known}
    for name, value in (("accessibilityHazard", "none"), ("accessibilitySummary", _SUMMARY)):
        if f"schema:{name}" not in said:
            wanted.append((name, value))
    yield from held
    for name, value in wanted:
        if (f"schema:{name}", value) not in known:
            yield Meta("meta", value, (("property", f"schema:{name}"),))
