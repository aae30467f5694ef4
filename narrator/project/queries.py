"""What a project's file holds, read as the frozen types of a project.

Values that no project has raise LookupError, TypeError or ValueError; the caller knows the file.
"""

import os
import sqlite3
from collections.abc import Collection, Iterator
from itertools import islice
from pathlib import Path

from narrator.book.model import Cover
from narrator.project.model import Bookmark, Chapter, Character, Entry, Facts, Sentence
from narrator.project.rows import FACTS, SENTENCE, cover_of, entry_of, facts_of, sentence_of

_AT_ONCE = 500  # ids in one statement


def read_facts(connection: sqlite3.Connection) -> Facts:
    """Read what the files will say of the book."""
    row = connection.execute(f"SELECT {FACTS} FROM book").fetchone()
    return facts_of(row, _cover(connection, row[-1]))


def read_cover_id(connection: sqlite3.Connection) -> int | None:
    """Read the id of the picture that is the cover."""
    cover: int | None = connection.execute("SELECT cover FROM book").fetchone()[0]
    return cover


def read_source(connection: sqlite3.Connection) -> Path | None:
    """Read where the book was that the project was made from."""
    (source,) = connection.execute("SELECT source FROM book").fetchone()
    return None if source is None else Path(os.fsdecode(source))


def read_cast(connection: sqlite3.Connection) -> dict[int, Character]:
    """Read who speaks in the book, by id, in the order in which they were cast."""
    rows = connection.execute("SELECT id, name, voice FROM character ORDER BY id")
    return {number: Character(name, voice) for number, name, voice in rows}


def read_entries(connection: sqlite3.Connection) -> tuple[Entry, ...]:
    """Read the pronunciations of the book and of its sentences."""
    rows = connection.execute(
        "SELECT id, word, symbols, respelling, sentence FROM entry ORDER BY id"
    )
    return tuple(map(entry_of, rows))


def read_bookmarks(connection: sqlite3.Connection) -> tuple[Bookmark, ...]:
    """Read the bookmarks, in the order of the book."""
    rows = connection.execute(
        "SELECT bookmark.id, bookmark.sentence, note FROM bookmark"
        " JOIN sentence ON sentence.id = bookmark.sentence"
        " JOIN chapter ON chapter.id = sentence.chapter"
        " ORDER BY chapter.place, sentence.place, bookmark.id"
    )
    return tuple(Bookmark(*row) for row in rows)


def read_counts(
    connection: sqlite3.Connection, chapters: Collection[int] | None = None
) -> dict[int, tuple[int, int]]:
    """Count the included sentences and their characters, by chapter. None: of all of them."""
    which = "" if chapters is None else f"AND chapter IN ({_numbers(chapters)})"
    rows = connection.execute(
        "SELECT chapter, count(*), sum(length(coalesce(text, written))) FROM sentence"
        f" WHERE included {which} GROUP BY chapter"
    )
    return {chapter: (sentences, characters) for chapter, sentences, characters in rows}


def read_chapters(
    connection: sqlite3.Connection, counts: dict[int, tuple[int, int]]
) -> tuple[Chapter, ...]:
    """Read the chapters in order; those that stay left out have no number, 0."""
    rows = connection.execute(
        "SELECT id, title, included, voice, left_out FROM chapter ORDER BY place, id"
    )
    number = 0
    chapters = []
    for chapter, title, included, voice, left_out in rows:
        counted = bool(included or not left_out)
        number += counted
        sentences, characters = counts.get(chapter, (0, 0))
        chapters.append(
            Chapter(
                id=chapter,
                number=number if counted else 0,
                title=title,
                included=bool(included),
                voice=voice,
                sentences=sentences,
                characters=characters,
                left_out=left_out,
            )
        )
    return tuple(chapters)


def read_chapter(connection: sqlite3.Connection, chapter: int) -> tuple[Sentence, ...]:
    """Read all sentences of a chapter, in order."""
    rows = connection.execute(
        f"SELECT {SENTENCE} FROM sentence WHERE chapter = ? ORDER BY place, id", (chapter,)
    )
    return tuple(map(sentence_of, rows))


def read_sentences(connection: sqlite3.Connection, ids: Collection[int]) -> list[Sentence]:
    """Read these sentences in the order of the book; ids that are not there are left."""
    places = {
        chapter: place for chapter, place in connection.execute("SELECT id, place FROM chapter")
    }
    found = [
        sentence_of(row)
        for part in _parts(ids)
        for row in connection.execute(f"SELECT {SENTENCE} FROM sentence WHERE id IN ({part})")
    ]
    return sorted(found, key=lambda sentence: (places[sentence.chapter], sentence.place))


def read_of_character(connection: sqlite3.Connection, name: str) -> list[Sentence]:
    """Read the sentences that a character says."""
    rows = connection.execute(f"SELECT {SENTENCE} FROM sentence WHERE character = ?", (name,))
    return list(map(sentence_of, rows))


def read_chapters_of(connection: sqlite3.Connection, ids: Collection[int]) -> set[int]:
    """Read in which chapters these sentences stand."""
    return {
        chapter
        for part in _parts(ids)
        for (chapter,) in connection.execute(
            f"SELECT DISTINCT chapter FROM sentence WHERE id IN ({part})"
        )
    }


def read_texts(connection: sqlite3.Connection, chapter: int | None) -> Iterator[tuple[int, str]]:
    """Read id and text of the sentences of a chapter, or of all that are not left out, in order."""
    which = "chapter.included OR chapter.left_out = ''" if chapter is None else "chapter.id = ?"
    rows: Iterator[tuple[int, str]] = connection.execute(
        "SELECT sentence.id, coalesce(text, written) FROM chapter"
        " JOIN sentence ON sentence.chapter = chapter.id"
        f" WHERE {which} ORDER BY chapter.place, sentence.place",
        () if chapter is None else (chapter,),
    )
    return rows


def read_next_place(connection: sqlite3.Connection, sentence: Sentence) -> int | None:
    """Read the place of the next sentence of the chapter, None behind the last."""
    place: int | None = connection.execute(
        "SELECT min(place) FROM sentence WHERE chapter = ? AND place > ?",
        (sentence.chapter, sentence.place),
    ).fetchone()[0]
    return place


def read_next_id(connection: sqlite3.Connection, table: str) -> int:
    """Read the id of the next row of a table, which no row has ever had."""
    row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
    return 1 + (int(row[0]) if row else 0)


def read_position(connection: sqlite3.Connection) -> int | None:
    """Read the sentence that was remembered, or the one in front of it when it went away."""
    row = connection.execute(
        "SELECT coalesce((SELECT id FROM sentence WHERE id = position.sentence),"
        " (SELECT sentence.id FROM sentence WHERE chapter = position.chapter"
        " AND place <= position.place ORDER BY place DESC LIMIT 1)) FROM position"
    ).fetchone()
    return row[0] if row else None


def _cover(connection: sqlite3.Connection, picture: int | None) -> Cover | None:
    if picture is None:
        return None
    row = connection.execute(
        "SELECT media_type, data FROM picture WHERE id = ?", (picture,)
    ).fetchone()
    return cover_of(*row)


def _parts(ids: Collection[int]) -> Iterator[str]:
    waiting = iter(ids)
    while part := list(islice(waiting, _AT_ONCE)):
        yield _numbers(part)


def _numbers(ids: Collection[int]) -> str:
    return ", ".join(str(int(number)) for number in ids)
