"""An open project: what is read of it, how an edit gets onto the disk, undo and redo."""

import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Self

from narrator.book.model import Book
from narrator.errors import NarratorError
from narrator.project import queries, search, steps
from narrator.project.copies import EVERY, latest_copy, make_copy
from narrator.project.creating import fill
from narrator.project.model import (
    Bookmark,
    Changes,
    Chapter,
    Character,
    Entry,
    Facts,
    Found,
    Manuscript,
    Sentence,
)
from narrator.project.steps import RowEdit, Step
from narrator.project.store import (
    by_name,
    close_file,
    new_file,
    open_file,
    reading,
    transaction,
)

log = logging.getLogger(__name__)

_CHAPTERS_HELD = 8  # in memory, beside the one that is shown: memory stays flat in a long book
_LOOKED_AT = 500  # sentences among which the first one changed is sought
_OF_BOOK = frozenset({"book", "picture", "character", "entry", "bookmark"})


class OpenedProject:
    """What a project says, and its way to the disk; the edits themselves are in `Project`.

    One thread at a time may use it; it may be made in another. Reading raises ProjectDamaged.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, now: Callable[[], datetime]):
        self.path = path
        self._connection = connection
        self._now = now
        self._copied = latest_copy(path) or datetime.fromtimestamp(path.stat().st_mtime)
        self._held: dict[int, tuple[Sentence, ...]] = {}
        self._closed = False
        with reading(path):
            self._counts = queries.read_counts(connection)
            self._read_book()
            self.chapters: tuple[Chapter, ...] = queries.read_chapters(connection, self._counts)
            self.source: Path | None = queries.read_source(connection)

    @classmethod
    def create(
        cls,
        path: Path,
        book: Book,
        *,
        voice: str,
        source: Path | None = None,
        now: Callable[[], datetime] = datetime.now,
    ) -> Self:
        """Make a project of `book` and open it. An older project at `path` is replaced.

        voice: the name of who reads it. source: the book's own file. now: local time. Raises
        ProjectInUse, DiskFull or FolderNotWritable; then an older project stays as it was.
        """
        with new_file(path) as connection:
            fill(connection, book, voice, source)
        return cls.open(path, now=now)

    @classmethod
    def open(cls, path: Path, *, now: Callable[[], datetime] = datetime.now) -> Self:
        """Open a project for this program alone. now: local time.

        Raises BookNotFound, ProjectInUse, ProjectTooNew, ProjectDamaged, DiskFull or
        FolderNotWritable.
        """
        connection = open_file(path, now())
        try:
            return cls(connection, path, now)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        """Let go of the file, which is whole and alone then; once more does nothing."""
        if not self._closed:
            self._closed = True
            with by_name(self.path):
                close_file(self._connection)

    def sentences(self, chapter: int) -> tuple[Sentence, ...]:
        """Give all sentences of a chapter in order, those that are not said too."""
        held = self._held.pop(chapter, None)
        if held is None:
            with reading(self.path):
                held = queries.read_chapter(self._connection, chapter)
        self._held[chapter] = held
        while len(self._held) > _CHAPTERS_HELD:
            del self._held[next(iter(self._held))]
        return held

    def sentence(self, id: int) -> Sentence:
        """Give one sentence. Raises KeyError when there is none with this id."""
        found = self._some([id])
        if not found:
            raise KeyError(id)
        return found[0]

    def find(
        self,
        text: str,
        *,
        match_case: bool = False,
        whole_words: bool = False,
        chapter: int | None = None,
    ) -> tuple[Found, ...]:
        """Find `text` in what is said, in order: in one chapter or in all of the text."""
        with reading(self.path):
            texts = queries.read_texts(self._connection, chapter)
            hits = search.find(texts, text, match_case=match_case, whole_words=whole_words)
            return tuple(hits)

    def manuscript(self, chapters: Collection[int] | None = None) -> Manuscript:
        """Give what is narrated as it stands now. chapters: ids; None: all that are included."""
        chosen = [
            chapter
            for chapter in self.chapters
            if (chapter.included if chapters is None else chapter.id in chapters)
        ]
        return Manuscript(
            facts=self.facts,
            cast=self.cast,
            entries=self.entries,
            chapters=tuple(
                (chapter, tuple(said for said in self.sentences(chapter.id) if said.included))
                for chapter in chosen
            ),
            of_chapters=max((chapter.number for chapter in self.chapters), default=0),
        )

    def undo(self) -> Changes | None:
        """Take the last step back; None when there is none. Errors as for an edit."""
        return self._step_over(steps.undo, to_redo=False)

    def redo(self) -> Changes | None:
        """Do again the step that was taken back last; None when there is none."""
        return self._step_over(steps.redo, to_redo=True)

    @property
    def undo_name(self) -> str:
        """The short key of what would be taken back, one of `steps.NAMES`; "" for nothing."""
        with reading(self.path):
            return steps.name_of_next(self._connection, to_redo=False)

    @property
    def redo_name(self) -> str:
        """The short key of what would be done again; "" for nothing."""
        with reading(self.path):
            return steps.name_of_next(self._connection, to_redo=True)

    def place_left(self) -> int | None:
        """Give the sentence that was remembered, or one near to it when it went away."""
        with reading(self.path):
            return queries.read_position(self._connection)

    def remember_place(self, sentence: int) -> None:
        """Remember where somebody was, which is no step of undo. Errors as for an edit."""
        with transaction(self._connection, self.path):
            self._connection.execute(
                "INSERT OR REPLACE INTO position (id, sentence, chapter, place)"
                " SELECT 1, id, chapter, place FROM sentence WHERE id = ?",
                (sentence,),
            )

    def _some(self, ids: Collection[int]) -> list[Sentence]:
        with reading(self.path):
            return queries.read_sentences(self._connection, ids)

    def _commit(self, name: str, edits: Sequence[RowEdit]) -> Changes:
        """Keep an edit as one step; nothing to change is no step."""
        if not edits:
            return Changes()
        with transaction(self._connection, self.path):
            steps.do(self._connection, name, edits)
        return self._done(edits)

    def _step_over(
        self,
        way: Callable[[sqlite3.Connection, Step], Sequence[RowEdit]],
        *,
        to_redo: bool,
    ) -> Changes | None:
        with reading(self.path):
            step = steps.next_step(self._connection, to_redo=to_redo)
            if step is None:
                return None
            with transaction(self._connection, self.path):
                edits = way(self._connection, step)
        return self._done(edits)

    def _done(self, edits: Sequence[RowEdit]) -> Changes:
        tables = {edit.table for edit in edits}
        # Sentences that only move apart sound as they did, and others come between them.
        there = [
            edit.id
            for edit in edits
            if edit.table == "sentence" and edit.after and edit.after.keys() != {"place"}
        ]
        came_or_went = {
            int(row["chapter"] or 0)
            for edit in edits
            if edit.table == "sentence" and (edit.before is None or edit.after is None)
            if (row := edit.after or edit.before)
        }
        with reading(self.path):
            if tables & _OF_BOOK:
                self._read_book()
            touched = came_or_went | queries.read_chapters_of(self._connection, there)
            renamed = self._read_chapters(touched) if tables & {"chapter", "sentence"} else set()
            first = self._first(there, edits)
            moved = any(edit.after and edit.after.keys() == {"place"} for edit in edits)
            self._renew(touched, () if came_or_went or moved else there)
        self._copy_when_due()
        return Changes(
            sentences=frozenset(there),
            chapters=frozenset(came_or_went | renamed),
            book=bool(tables & _OF_BOOK),
            first=first,
        )

    def _renew(self, chapters: Collection[int], changed: Sequence[int]) -> None:
        """Read anew what is held of chapters: these sentences; none, all of them when needed."""
        if not changed:
            for chapter in chapters:
                self._held.pop(chapter, None)
            return
        now = {said.id: said for said in queries.read_sentences(self._connection, changed)}
        for chapter in self._held.keys() & set(chapters):
            self._held[chapter] = tuple(now.get(said.id, said) for said in self._held[chapter])

    def _first(self, there: Sequence[int], edits: Iterable[RowEdit]) -> int | None:
        if there:
            return queries.read_sentences(self._connection, there[:_LOOKED_AT])[0].id
        rows = (row for edit in edits if (row := edit.after or edit.before))
        sentences = (row.get("sentence") for row in rows)
        return next((int(sentence) for sentence in sentences if sentence is not None), None)

    def _read_book(self) -> None:
        connection = self._connection
        self.facts: Facts = queries.read_facts(connection)
        self._cast = queries.read_cast(connection)
        self.cast: tuple[Character, ...] = tuple(self._cast.values())
        self.entries: tuple[Entry, ...] = queries.read_entries(connection)
        self.bookmarks: tuple[Bookmark, ...] = queries.read_bookmarks(connection)

    def _read_chapters(self, touched: Collection[int]) -> set[int]:
        """Read the chapters again, and give those whose own facts are others now."""
        for chapter in touched:
            self._counts.pop(chapter, None)
        self._counts |= queries.read_counts(self._connection, touched)
        before = {_facts_of(chapter) for chapter in self.chapters}
        self.chapters = queries.read_chapters(self._connection, self._counts)
        return {chapter.id for chapter in self.chapters if _facts_of(chapter) not in before}

    def _copy_when_due(self) -> None:
        now = self._now()
        # The copy is for the day when the file is damaged; the edit itself is safe without it. A
        # clock that was set back must not keep copies away.
        if abs(now - self._copied) < EVERY:
            return
        self._copied = now
        try:
            with by_name(self.path):
                make_copy(self._connection, self.path, now)
        except NarratorError as error:
            log.warning("no copy of the project could be made: %s", type(error).__name__)


def _facts_of(chapter: Chapter) -> tuple[object, ...]:
    return chapter.id, chapter.number, chapter.title, chapter.included, chapter.voice
