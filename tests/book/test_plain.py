"""Text files, Markdown and HTML become books with chapters."""

from pathlib import Path

import pytest

from narrator.book.model import Book
from narrator.book.reader import read_book


def read(folder: Path, name: str, content: str | bytes) -> Book:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_book(path)


def shape(book: Book) -> list[tuple[str, list[str]]]:
    return [(c.title, [p.text for p in c.paragraphs]) for c in book.chapters]


def test_hard_wrapped_lines_are_joined(tmp_path):
    book = read(
        tmp_path,
        "tale.txt",
        "It was a dark\r\nand stormy night; a well-\r\nknown one.\r\n\r\nRain fell.",
    )
    assert shape(book) == [
        ("Opening", ["It was a dark and stormy night; a well-known one.", "Rain fell."])
    ]
    assert book.title == "tale"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("CHAPTER I", "CHAPTER II"),
        ("Chapter 1: The Storm", "Chapter 2: The Calm"),
        ("Chapter One", "Chapter Twenty-Two"),
        ("PROLOGUE", "EPILOGUE"),
        ("I.", "II."),
        ("1.", "2."),
        ("STAVE ONE. MARLEY'S GHOST", "STAVE TWO. THE FIRST SPIRIT"),
    ],
)
def test_chapters_are_found_by_their_headings(tmp_path, first, second):
    book = read(tmp_path, "a.txt", f"{first}\n\nThe wind rose.\n\n{second}\n\nThe wind fell.\n")
    assert [c.title for c in book.chapters] == [first.rstrip("."), second.rstrip(".")]
    assert [p.heading for p in book.chapters[0].paragraphs] == [True, False]


def test_a_chapter_number_and_its_title_are_one_heading_in_two_breaths(tmp_path):
    book = read(
        tmp_path,
        "a.txt",
        "CHAPTER I\nThe Storm\n\nWind.\n\nCHAPTER II\n\nRain fell, and rain again.\n",
    )
    assert shape(book)[0] == ("CHAPTER I: The Storm", ["CHAPTER I", "The Storm", "Wind."])


def test_a_sentence_that_begins_like_a_heading_is_text(tmp_path):
    book = read(
        tmp_path,
        "a.txt",
        "Chapter one of his life was over, he thought, and there would be no other, ever.",
    )
    assert not book.chapters[0].paragraphs[0].heading


def test_a_file_without_blank_lines_is_read_line_by_line(tmp_path):
    book = read(
        tmp_path,
        "a.txt",
        "First line is a paragraph.\nSo is the second.\nAnd the third.\nAnd more.\n",
    )
    assert len(book.chapters[0].paragraphs) == 4


GUTENBERG = """The Project Gutenberg eBook of The Lamp

This eBook is for the use of anyone anywhere.

Title: The Lamp

Author: Ada Stone

Language: English

*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

THE LAMP

by Ada Stone

Contents

CHAPTER I. The Storm
CHAPTER II. The Calm

CHAPTER I. The Storm

Wind.

CHAPTER II. The Calm

Nothing at all.

*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***

Updated editions will replace the previous one.
"""


def test_what_a_library_puts_around_the_text_is_left_out(tmp_path):
    book = read(tmp_path, "pg1.txt", GUTENBERG)
    assert (book.title, book.authors, book.language) == ("The Lamp", ("Ada Stone",), "en")
    assert shape(book) == [
        ("CHAPTER I. The Storm", ["CHAPTER I. The Storm", "Wind."]),
        ("CHAPTER II. The Calm", ["CHAPTER II. The Calm", "Nothing at all."]),
    ]
    assert {left.reason for left in book.left_out} == {
        "a title page",
        "a table of contents",
        "the notice of who gave the text away",
    }


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"])
def test_the_encoding_of_a_text_is_found_out(tmp_path, encoding):
    text = "“It’s a naïve café,” she said—“isn’t it?” And “so it was,” in ‘truth’ and “spirit”."
    assert read(tmp_path, "a.txt", text.encode(encoding)).chapters[0].paragraphs[0].text == text


def test_a_cyrillic_text_is_found_out(tmp_path):
    text = "Все счастливые семьи похожи друг на друга, каждая несчастливая по-своему."
    assert read(tmp_path, "a.txt", text.encode("cp1251")).chapters[0].paragraphs[0].text == text


def test_markdown_headings_are_chapters(tmp_path):
    book = read(
        tmp_path,
        "a.md",
        "---\nx: y\n---\n# My Book\n\n## One\n\nHello *there*, [you](http://x.y).\n\n"
        "## Two\n\n- a\n- b\n\n> quoted\n",
    )
    assert book.title == "My Book"
    assert shape(book) == [
        ("One", ["One", "Hello there, you."]),
        ("Two", ["Two", "a", "b", "quoted"]),
    ]


def test_html_is_cut_at_its_headings(tmp_path):
    head = (
        '<html lang="en-GB"><head><title>A &amp; B</title><meta name="author" content="Ada"></head>'
    )
    book = read(
        tmp_path, "a.html", head + "<h1>A &amp; B</h1><h2>One</h2><p>First.<h2>Two</h2><p>Second."
    )
    assert (book.title, book.authors, book.language) == ("A & B", ("Ada",), "en-GB")
    assert shape(book) == [("One", ["One", "First."]), ("Two", ["Two", "Second."])]
