"""Read a book of any kind that narrator knows, or refuse it by name."""

from dataclasses import replace
from pathlib import Path

from lxml import etree

from narrator.book.archive import Archive, MemberDamaged, open_checked
from narrator.book.chapters import compose
from narrator.book.details import read_details
from narrator.book.epub import PackageRefused, read_package
from narrator.book.epub_tolerant import read_package_tolerantly
from narrator.book.markup import read_markup
from narrator.book.model import Book
from narrator.book.page import Package, Page
from narrator.book.plain import read_markdown, read_text
from narrator.errors import BookNotFound, BookTooLarge, EmptyBook, EncryptedBook, UnreadableBook

LARGEST_TEXT = 64_000_000  # bytes: a hundred times the longest novel
MOST_WARNINGS = 50  # a user reads no more; a hostile file may earn a million
_HTML = (".html", ".htm", ".xhtml")
_MARKDOWN = (".md", ".markdown")
_TEXT = (".txt", ".text")
_SOUGHT = "narrator reads EPUB, TXT, Markdown and HTML files"
_OTHER_FORMATS = (
    (b"%PDF", "it is a PDF file"),
    (b"{\\rtf", "it is an RTF file"),
    (b"\xd0\xcf\x11\xe0", "it is an old Word file"),
    (b"\x1f\x8b", "it is packed with gzip"),
    (b"7z\xbc\xaf", "it is packed with 7-Zip"),
    (b"Rar!", "it is packed with RAR"),
)
_ENCRYPTION = "META-INF/encryption.xml"
_RIGHTS = "META-INF/rights.xml"
# Fonts scrambled so that they cannot be lifted out of the book: EPUB 3.3, section 4.4, and Adobe's
# older way.
_FONT_METHODS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def is_book_name(path: Path) -> bool:
    """Say whether a file of this name would be read as a book."""
    return path.suffix.lower() in {".epub", *_TEXT, *_MARKDOWN, *_HTML}


def read_book(path: Path) -> Book:
    """Read an EPUB, TXT, Markdown or HTML file into chapters, paragraphs and sentences.

    What ebooklib refuses goes to the tolerant reader; its warnings stand in `Book.warnings`.
    Raises BookNotFound, UnreadableBook, EncryptedBook, EmptyBook or BookTooLarge and nothing else.
    Opens no network connection, writes nothing.
    """
    try:
        return _read_existing(path)
    except OSError as error:
        raise UnreadableBook(
            path, f"the system does not hand it over: {error.strerror or error}"
        ) from error


def _read_existing(path: Path) -> Book:
    if path.is_dir():
        raise BookNotFound(path, is_folder=True)
    if not path.exists():
        raise BookNotFound(path)
    if not path.is_file():
        raise UnreadableBook(path, "it is not a file but a device or a pipe")
    if path.stat().st_size == 0:
        raise UnreadableBook(path, "the file is empty")
    suffix = path.suffix.lower()
    if suffix == ".epub":
        return _read_epub(path)
    if suffix in _TEXT:
        return _book_of_page(path, read_text(path, _content(path)))
    if suffix in _MARKDOWN:
        return _book_of_page(path, read_markdown(path, _content(path)))
    if suffix in _HTML:
        return _book_of_page(path, read_markup(_content(path)))
    raise UnreadableBook(path, f"{_SOUGHT}, and its name ends in none of them")


def _content(path: Path) -> bytes:
    """Read a file of text. Raises BookTooLarge, or UnreadableBook when it is plainly no text."""
    if path.stat().st_size > LARGEST_TEXT:
        raise BookTooLarge(path, f"it is larger than {LARGEST_TEXT // 1_000_000} MB")
    content = path.read_bytes()
    _refuse_other_format(path, content[:8])
    return content


def _refuse_other_format(path: Path, head: bytes) -> None:
    for magic, what in _OTHER_FORMATS:
        if head.startswith(magic):
            raise UnreadableBook(path, f"{what}; {_SOUGHT}")


def _book_of_page(path: Path, page: Page) -> Book:
    title = page.title or path.stem
    package = Package(title, (page.author,) if page.author else (), page.language, None, (), ())
    return _book(path, package, [page])


def _read_epub(path: Path) -> Book:
    with path.open("rb") as file:
        head = file.read(512)
    _refuse_other_format(path, head)
    if head.lstrip().lower().startswith((b"<html", b"<!doctype html", b"<?xml")):
        raise UnreadableBook(
            path, "it is a web page, whatever its name says; rename it to end in .html"
        )
    if head[60:68] in (b"BOOKMOBI", b"TEXtREAd"):
        raise UnreadableBook(path, f"it is a Kindle file; {_SOUGHT}")
    with open_checked(path) as archive:
        _refuse_encrypted(path, archive)
        package = replace(open_package(archive), details=read_details(archive))
    pages = [
        read_markup(document.content, document.name, document.kind)
        for document in package.documents
    ]
    return _book(path, package, pages)


def open_package(archive: Archive) -> Package:
    """Read the package with ebooklib, or tolerantly where ebooklib refuses it.

    Raises UnreadableBook when no text is in it.
    """
    try:
        return read_package(archive)
    except PackageRefused:
        return read_package_tolerantly(archive)


def _refuse_encrypted(path: Path, archive: Archive) -> None:
    """Raise EncryptedBook when more than fonts is encrypted."""
    if archive.find(_RIGHTS):
        raise EncryptedBook(path)
    name = archive.find(_ENCRYPTION)
    if name is None:
        return
    try:
        content = archive.read(name)
        parser = etree.XMLParser(
            recover=True, resolve_entities=False, no_network=True, load_dtd=False
        )
        root = etree.fromstring(content, parser)
    except (MemberDamaged, etree.XMLSyntaxError) as error:
        raise UnreadableBook(path, "what it says of its copy protection is damaged") from error
    methods = [] if root is None else root.iter("{*}EncryptionMethod")
    if any(not (method.get("Algorithm") or "").startswith(_FONT_METHODS) for method in methods):
        raise EncryptedBook(path)


def _book(path: Path, package: Package, pages: list[Page]) -> Book:
    headings = (block.text for page in pages for block in page.blocks if block.level)
    title = (
        package.title
        or next((page.title for page in pages if page.title), "")
        or next(headings, path.stem)
    )
    composed = compose(pages, package.contents, title)
    if not any(
        _speaks(paragraph.text) for chapter in composed.chapters for paragraph in chapter.paragraphs
    ):
        raise EmptyBook(path)
    empty = [
        f"{page.name} holds no text" for page in pages if package.documents and not page.blocks
    ]
    warnings = (
        *package.warnings,
        *(page.warning for page in pages if page.warning),
        *empty,
        *composed.warnings,
    )
    if len(warnings) > MOST_WARNINGS:
        more = f"and {len(warnings) - MOST_WARNINGS:,} faults more"
        warnings = (*warnings[:MOST_WARNINGS], more)
    language = package.language or next((page.language for page in pages if page.language), "")
    return Book(
        title,
        package.authors,
        language,
        package.cover,
        composed.chapters,
        composed.left_out,
        warnings,
        package.details,
    )


def _speaks(text: str) -> bool:
    return any(letter.isalnum() for letter in text)
