"""What is no book is refused by a named error with one plain clause, whatever it is."""

import os
import random
import zipfile
from pathlib import Path

import pytest
from epub_files import chapter, good, item, nav, opf, ref, write_epub
from hypothesis import given, settings
from hypothesis import strategies as st

from narrator.book.model import Book
from narrator.book.reader import read_book
from narrator.errors import (
    BookNotFound,
    BookTooLarge,
    EmptyBook,
    EncryptedBook,
    NarratorError,
    UnreadableBook,
)


def reason(path: Path) -> str:
    with pytest.raises(UnreadableBook) as caught:
        read_book(path)
    assert caught.value.path == path
    assert "\n" not in caught.value.reason
    return caught.value.reason


def test_a_missing_file_is_not_found(tmp_path):
    with pytest.raises(BookNotFound) as caught:
        read_book(tmp_path / "none.epub")
    assert not caught.value.is_folder


def test_a_folder_is_no_book(tmp_path):
    with pytest.raises(BookNotFound) as caught:
        read_book(tmp_path)
    assert caught.value.is_folder


@pytest.mark.parametrize("name", ["a.epub", "a.txt", "a.md", "a.html"])
def test_an_empty_file_is_refused(tmp_path, name):
    path = tmp_path / name
    path.touch()
    assert reason(path) == "the file is empty"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        (
            "a.epub",
            b"PK\x03\x04 and then nothing",
            "the file is damaged or was not copied to its end",
        ),
        (
            "a.epub",
            b"%PDF-1.7 ...",
            "it is a PDF file; narrator reads EPUB, TXT, Markdown and HTML files",
        ),
        (
            "a.epub",
            b"<!DOCTYPE html><p>Hi",
            "it is a web page, whatever its name says; rename it to end in .html",
        ),
        (
            "a.epub",
            b"x" * 60 + b"BOOKMOBI",
            "it is a Kindle file; narrator reads EPUB, TXT, Markdown and HTML files",
        ),
        (
            "a.txt",
            b"%PDF-1.7 ...",
            "it is a PDF file; narrator reads EPUB, TXT, Markdown and HTML files",
        ),
        ("a.txt", bytes(range(256)) * 20, "it holds data, not text, whatever its name says"),
        (
            "a.md",
            b"\x7fELF\x02\x01\x01" + b"\0\1\2\3" * 99,
            "it holds data, not text, whatever its name says",
        ),
        (
            "a.docx",
            b"x",
            "narrator reads EPUB, TXT, Markdown and HTML files, and its name ends in none of them",
        ),
        (
            "book",
            b"x",
            "narrator reads EPUB, TXT, Markdown and HTML files, and its name ends in none of them",
        ),
    ],
)
def test_a_file_that_is_no_book_is_refused_with_its_reason(tmp_path, name, content, expected):
    path = tmp_path / name
    path.write_bytes(content)
    assert reason(path) == expected


def test_an_archive_that_is_no_book_is_refused(tmp_path):
    path = write_epub(tmp_path / "a.epub", {"photo.jpg": b"\xff\xd8\xff"})
    assert reason(path) == "no text of a book is in it"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.txt", " \n\n \u200b\u200d "),
        ("a.txt", "* * *\n\n---"),
        ("a.md", "![](x.png)"),
        ("a.html", "<p></p>"),
    ],
)
def test_a_book_without_text_is_empty(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(EmptyBook):
        read_book(path)


def test_a_book_of_pictures_is_empty(tmp_path):
    picture = chapter("", '<img src="x.jpg"/>')
    with pytest.raises(EmptyBook):
        read_book(
            write_epub(
                tmp_path / "a.epub", good() | {"OEBPS/a.xhtml": picture, "OEBPS/b.xhtml": picture}
            )
        )


def test_a_pipe_is_not_waited_for(tmp_path):
    path = tmp_path / "a.txt"
    os.mkfifo(path)
    assert reason(path) == "it is not a file but a device or a pipe"


def test_a_name_that_the_system_refuses_is_told(tmp_path):
    assert reason(tmp_path / ("x" * 5000 + ".txt")).startswith("the system does not hand it over")


def test_a_rights_file_means_copy_protection(tmp_path):
    path = write_epub(tmp_path / "a.epub", good() | {"META-INF/rights.xml": "<rights/>"})
    with pytest.raises(EncryptedBook):
        read_book(path)


def test_a_text_without_end_is_too_large(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(64_000_001)
    with pytest.raises(BookTooLarge) as caught:
        read_book(path)
    assert caught.value.limit == "it is larger than 64 MB"


def test_reading_writes_nothing_beside_the_book(tmp_path):
    path = write_epub(tmp_path / "a.epub", good())
    before = path.stat().st_mtime_ns
    read_book(path)
    assert list(tmp_path.iterdir()) == [path]
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("epub3", [False, True])
def test_a_mutated_epub_gives_a_book_or_a_named_error(tmp_path, epub3):
    members = good()
    if epub3:
        manifest = (
            item("nav", "nav.xhtml", properties="nav") + item("a", "a.xhtml") + item("b", "b.xhtml")
        )
        links = '<li><a href="a.xhtml">A</a><ol><li><a href="b.xhtml">B</a></li></ol></li>'
        members |= {
            "OEBPS/book.opf": opf(manifest, ref("a", "b"), toc=""),
            "OEBPS/nav.xhtml": nav(links),
        }
    chance = random.Random(20260101 + epub3)
    outcomes = []
    for number in range(60):
        path = write_epub(tmp_path / f"{number}.epub", _mutated(members, chance))
        if number % 6 == 0:
            path.write_bytes(_damaged(path.read_bytes(), chance))
        try:
            outcomes.append(type(read_book(path)))
        except NarratorError as error:
            outcomes.append(type(error))
    assert set(outcomes) <= {Book, UnreadableBook, EmptyBook, EncryptedBook, BookTooLarge}
    assert outcomes.count(Book) > 20


@settings(deadline=None, max_examples=30)
@given(content=st.one_of(st.binary(max_size=300), st.text("<>&#;![]-*_ \n\tab1", max_size=300)))
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".epub"])
def test_any_bytes_give_a_book_or_a_named_error(tmp_path_factory, suffix, content):
    path = tmp_path_factory.getbasetemp() / f"any{suffix}"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    try:
        book = read_book(path)
    except (UnreadableBook, EmptyBook):
        return
    assert book.title
    assert any(p.sentences for c in book.chapters for p in c.paragraphs)


def test_a_thousand_faults_are_told_in_fifty_lines(tmp_path):
    ghosts = ref(*(f"ghost{number}" for number in range(1000)))
    manifest = item("a", "a.xhtml") * 1000
    book = read_book(
        write_epub(
            tmp_path / "a.epub", good() | {"OEBPS/book.opf": opf(manifest, ref("a") + ghosts)}
        )
    )
    assert len(book.warnings) == 51
    assert len(book.chapters) == 1


def _mutated(members: dict[str, str | bytes], chance: random.Random) -> dict[str, str | bytes]:
    changed = dict(members)
    for _ in range(chance.randint(1, 4)):
        name = chance.choice(list(changed))
        content = changed[name]
        data = content.encode() if isinstance(content, str) else content
        match chance.randrange(5):
            case 0:
                changed[name] = _damaged(data, chance)
            case 1:
                changed[name] = data[: chance.randrange(len(data) + 1)]
            case 2:
                del changed[name]
            case 3:
                start = chance.randrange(len(data) + 1)
                changed[name] = data[:start] + data[start : start + 80] * 3 + data[start:]
            case 4:
                changed[chance.choice(list(changed))] = data
        if not changed:
            return dict(members)
    return changed


def _damaged(data: bytes, chance: random.Random) -> bytes:
    damaged = bytearray(data)
    for _ in range(min(len(damaged), 8)):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def test_a_damaged_member_costs_its_chapter_only(tmp_path):
    path = tmp_path / "a.epub"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in good().items():
            archive.writestr(name, content)
    path.write_bytes(path.read_bytes().replace(b"The wind rose", b"The wind lose"))
    book = read_book(path)
    assert [c.title for c in book.chapters] == ["The Calm"]
    assert "OEBPS/a.xhtml is damaged and is left out" in book.warnings
