"""A small book as a project, and what the file of a project holds."""

import sqlite3
from pathlib import Path

from narrator.book.model import Book, Chapter, Cover, LeftOut, Paragraph
from narrator.project.project import Project

LETTERS, LIGHTHOUSE = 2, 3  # ids of the chapters of the text; 1 and 4 are left out
BOOK = Book(
    title="The Keeper",
    authors=("A. N. Writer", "Another"),
    language="en",
    cover=Cover(b"\x89PNG picture", "image/png"),
    chapters=(
        Chapter(
            "The Letters",
            (
                Paragraph("The Letters", heading=True),
                Paragraph("“Come in!” said the clerk. He did not look up. It was 9 o'clock."),
                Paragraph("***"),
                Paragraph('Nobody came. "Is it late?" he asked, "or early?"'),
            ),
        ),
        Chapter(
            "The Lighthouse",
            (
                Paragraph("The Lighthouse", heading=True),
                Paragraph("The keeper counted the steps. There were a hundred and twelve."),
                Paragraph("The wind did not care."),
            ),
        ),
    ),
    left_out=(
        LeftOut("Imprint", "a copyright page", 4, (Paragraph("Copyright. All rights reserved."),)),
        LeftOut("Index", "an index", 2, (Paragraph("Keeper, 1"),), after=2),
        LeftOut("Note marks", "marks that point at notes", 3),
    ),
)


def make(folder: Path, book: Book = BOOK) -> Project:
    """Make a project of `book` in `folder`."""
    return Project.create(
        folder / "The Keeper.narrator", book, voice="kathleen", source=folder / "keeper.epub"
    )


def hurry(project: Project) -> None:
    """Do not wait for the disk: for tests of what is written, not of whether it stays."""
    project._connection.execute("PRAGMA synchronous = OFF")


def said(project: Project, chapter: int = LETTERS) -> list[str]:
    return [sentence.text for sentence in project.sentences(chapter)]


def ids(project: Project, chapter: int = LETTERS) -> list[int]:
    return [sentence.id for sentence in project.sentences(chapter)]


def state(project: Project) -> tuple[object, ...]:
    """All that a window can see of a project."""
    return (
        project.facts,
        project.cast,
        project.entries,
        project.bookmarks,
        project.chapters,
        [project.sentences(chapter.id) for chapter in project.chapters],
    )


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of a closed project but the steps of undo and what SQLite counts."""
    connection = sqlite3.connect(path)
    try:
        tables = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name not in ("step", "sqlite_sequence")
        ]
        return {
            name: connection.execute(f"SELECT * FROM {name} ORDER BY id").fetchall()
            for name in tables
        }
    finally:
        connection.close()
