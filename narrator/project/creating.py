"""A book as the first state of a project: its chapters, what the reader left out, its sentences."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from narrator.book.model import Book, Paragraph
from narrator.project.edits import GAP
from narrator.project.model import Facts
from narrator.project.rows import Value, facts_row, picture_row
from narrator.speech import Opening


class _Part(NamedTuple):
    title: str
    paragraphs: tuple[Paragraph, ...]
    left_out: str = ""


def fill(connection: sqlite3.Connection, book: Book, voice: str, source: Path | None) -> None:
    """Write `book` into the empty tables of a new file. voice: the name of who reads it."""
    _insert_facts(connection, book, voice, source)
    parts = list(_parts(book))
    connection.executemany(
        "INSERT INTO chapter (id, place, title, included, left_out) VALUES (?, ?, ?, ?, ?)",
        (
            (number, number, _sound(part.title), not part.left_out, part.left_out)
            for number, part in enumerate(parts, start=1)
        ),
    )
    connection.executemany(
        "INSERT INTO sentence (chapter, place, written, opens, ends_paragraph, included,"
        " character, takes, chosen) VALUES (?, ?, ?, ?, ?, 1, '', '', 0)",
        (
            (number, place * GAP, *row)
            for number, part in enumerate(parts, start=1)
            for place, row in enumerate(_sentences(part.paragraphs))
        ),
    )


def opening(paragraph: Paragraph, number: int) -> Opening:
    """Tell where a sentence stands. number: in its paragraph, from 0."""
    if paragraph.heading:
        return Opening.HEADING
    return Opening.SENTENCE if number else Opening.PARAGRAPH


def _parts(book: Book) -> Iterator[_Part]:
    for number in range(len(book.chapters) + 1):
        for left in book.left_out:
            if left.after == number and left.paragraphs:
                yield _Part(left.title, left.paragraphs, left.reason)
        for chapter in book.chapters[number : number + 1]:
            yield _Part(chapter.title, chapter.paragraphs)


def _sentences(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[Value, ...]]:
    for paragraph in paragraphs:
        last = len(paragraph.sentences) - 1
        for number, text in enumerate(paragraph.sentences):
            yield _sound(text), opening(paragraph, number).value, number == last


def _insert_facts(
    connection: sqlite3.Connection, book: Book, voice: str, source: Path | None
) -> None:
    cover = None
    if book.cover is not None:
        picture = picture_row(book.cover)
        cover = connection.execute(
            "INSERT INTO picture (media_type, data) VALUES (:media_type, :data)", picture
        ).lastrowid
    facts = Facts(
        title=_sound(book.title),
        voice=voice,
        authors=tuple(map(_sound, book.authors)),
        subtitle=_sound(book.details.subtitle),
        series=_sound(book.details.series),
        series_number=_sound(book.details.series_number),
        language=_sound(book.language),
        year=_sound(book.details.date),
        description=_sound(book.details.description),
        cover=book.cover,
    )
    row = {
        **facts_row(facts, cover),
        "source": os.fsencode(source.absolute()) if source else None,
    }
    connection.execute(
        f"INSERT INTO book (id, {', '.join(row)}) VALUES (1, {', '.join('?' * len(row))})",
        (*row.values(),),
    )


def _sound(text: str) -> str:
    """A file's name may hold half of a character, which no file of text can."""
    return text.encode("utf-8", "replace").decode()
