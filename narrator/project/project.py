"""The edits of a project: each is one transaction, one step of undo, and gives what it changed.

An edit that changes nothing gives empty `Changes` and is no step.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from types import EllipsisType

from narrator.project import edits as doing
from narrator.project import queries
from narrator.project.model import Bookmark, Changes, Character, Entry, Facts, Found, Sentence, Take
from narrator.project.opened import OpenedProject
from narrator.project.quotations import quotations
from narrator.project.rows import (
    Value,
    bookmark_row,
    character_row,
    entry_row,
    facts_row,
    picture_row,
)
from narrator.project.search import by_sentence, replaced
from narrator.project.steps import RowEdit, edit_of
from narrator.project.store import reading
from narrator.speech import Pronunciation

SUFFIX = ".narrator"


class Project(OpenedProject):
    """One book and all that was made of it, in one file.

    Every edit is on the disk when it returns. Raises DiskFull or FolderNotWritable; then nothing of
    it was kept and the project goes on as it was. Ids that are not there any more are left, but an
    edit of one sentence raises KeyError.
    """

    def change_text(self, id: int, text: str) -> Changes:
        """Change what is said. Raises ValueError when `text` is empty."""
        before = self.sentence(id)
        return self._commit("text", [*doing.between(before, doing.with_text(before, text))])

    def split(self, id: int, at: int) -> Changes:
        """Cut what a sentence says in front of character `at`; at its ends that changes nothing."""
        sentence = self.sentence(id)
        texts = [sentence.text[: max(at, 0)].strip(), sentence.text[max(at, 0) :].strip()]
        if not all(texts):
            return Changes()
        edits, sentence, places = self._with_room(sentence, 1)
        pieces = doing.in_pieces(sentence, texts, places, self._next_id("sentence"))
        entries = [entry for entry in self.entries if entry.sentence == id]
        edits += doing.cut_edits(sentence, pieces, entries, self._next_id("entry"))
        return self._commit("split", edits)

    def merge(self, ids: Collection[int]) -> Changes:
        """Join neighbours of one paragraph; the first keeps its id and its takes.

        Raises ValueError when they are no neighbours or stand in more than one paragraph.
        """
        sentences = self._some(ids)
        if len(sentences) < 2:
            return Changes()
        first, *others = [sentence.id for sentence in sentences]
        in_chapter = [sentence.id for sentence in self.sentences(sentences[0].chapter)]
        start = in_chapter.index(first)
        if in_chapter[start + 1 : start + 1 + len(others)] != others:
            raise ValueError("sentences that are no neighbours")
        return self._commit("merge", doing.merge_edits(sentences, self.entries, self.bookmarks))

    def include(self, ids: Collection[int], included: bool) -> Changes:
        """Leave sentences out, or put them back."""
        return self._each(
            "include", ids, lambda sentence: replace(sentence, included=bool(included))
        )

    def set_pause(self, ids: Collection[int], seconds: float | None) -> Changes:
        """Change the pause after sentences; None: by the rules. Raises ValueError below 0 s."""
        return self._each("pause", ids, doing.with_pause(seconds))

    def set_character(self, ids: Collection[int], name: str) -> Changes:
        """Give sentences to a character of the cast, "" is the narrator. Raises ValueError."""
        self._require_character(name)
        return self._each("character", ids, lambda sentence: replace(sentence, character=name))

    def cast_character(self, name: str, voice: str | None) -> Changes:
        """Give a character a voice, a new one too; None: strike it out, its text is the narrator's.

        Raises ValueError when the name is empty.
        """
        name = doing.one_line(name)
        known = {character.name: number for number, character in self._cast.items()}
        number = known.get(name)
        before = None if number is None else character_row(self._cast[number])
        after = None if voice is None else character_row(Character(name, voice))
        edits: list[RowEdit] = []
        if before is not None and after is None:
            with reading(self.path):
                said = queries.read_of_character(self._connection, name)
            edits = doing.changed(said, lambda sentence: replace(sentence, character=""))
        number = self._next_id("character") if number is None else number
        return self._commit("cast", [*edits, *edit_of("character", number, before, after)])

    def set_takes(self, takes: Mapping[int, Take]) -> Changes:
        """Put a take in place of the one that counts, for each id its own."""
        return self._each("take", takes, lambda sentence: sentence.with_take(takes[sentence.id]))

    def add_take(self, ids: Collection[int], take: Take | None = None) -> Changes:
        """Add a take and choose it. None: the one that counts, in a reading not heard yet."""
        return self._each("add_take", ids, doing.with_new_take(take))

    def choose_take(self, ids: Collection[int], index: int) -> Changes:
        """Choose a take, from 0; sentences with fewer stay. Raises ValueError below 0."""
        return self._each("choose_take", ids, doing.with_chosen_take(index))

    def change_chapter(
        self,
        ids: Collection[int],
        *,
        included: bool | None = None,
        voice: str | EllipsisType | None = ...,
        title: str | None = None,
    ) -> Changes:
        """Leave chapters out or put them back, give them a voice (None: the book's), or a title.

        What is not named stays. Raises ValueError when the title is empty.
        """
        edits: list[RowEdit] = []
        for chapter in (chapter for chapter in self.chapters if chapter.id in ids):
            before: dict[str, Value] = {
                "title": chapter.title,
                "included": int(chapter.included),
                "voice": chapter.voice,
            }
            after: dict[str, Value] = {
                "title": chapter.title if title is None else doing.one_line(title),
                "included": int(chapter.included if included is None else included),
                "voice": chapter.voice if isinstance(voice, EllipsisType) else voice,
            }
            edits += edit_of("chapter", chapter.id, before, after)
        return self._commit("chapter", edits)

    def change_facts(self, facts: Facts) -> Changes:
        """Change what the files will say of the book. Raises ValueError when the title is empty."""
        doing.one_line(facts.title)
        with reading(self.path):
            cover = queries.read_cover_id(self._connection)
        before = facts_row(self.facts, cover)
        edits: list[RowEdit] = []
        if facts.cover != self.facts.cover:
            cover = None
            if facts.cover is not None:
                cover = self._next_id("picture")
                edits += edit_of("picture", cover, None, picture_row(facts.cover))
        edits += edit_of("book", 1, before, facts_row(facts, cover))
        return self._commit("facts", edits)

    def pronounce(
        self, pronunciation: Pronunciation, respelling: str, sentence: int | None
    ) -> Changes:
        """Say a word in a way of one's own, in one sentence or everywhere (None).

        An entry for the same word and the same place is replaced. Raises ValueError for no word.
        """
        doing.one_line(pronunciation.word)
        if sentence is not None:
            self.sentence(sentence)
        new = Entry(0, pronunciation, respelling, sentence)
        old = next((entry for entry in self.entries if _same_place(entry, new)), None)
        number = self._next_id("entry") if old is None else old.id
        before = None if old is None else entry_row(old)
        return self._commit("pronounce", [*edit_of("entry", number, before, entry_row(new))])

    def forget_pronunciation(self, entry: int) -> Changes:
        """Say a word again as everybody does. entry: its id."""
        old = [known for known in self.entries if known.id == entry]
        edits = [edit for known in old for edit in edit_of("entry", entry, entry_row(known), None)]
        return self._commit("forget", edits)

    def replace_all(self, found: Sequence[Found], by: str) -> Changes:
        """Put `by` in place of all that was found, as one step.

        Raises ValueError when a sentence would have nothing to say; then nothing is changed.
        """
        hits = by_sentence(found)

        def change(sentence: Sentence) -> Sentence:
            return doing.with_text(sentence, replaced(sentence.text, hits[sentence.id], by))

        return self._each("replace", list(hits), change)

    def split_quotations(self, chapter_ids: Collection[int], character: str) -> Changes:
        """Make every quotation a sentence of its own, and give it to a character of the cast.

        What another character says already stays. Raises ValueError for a name not in the cast.
        """
        self._require_character(doing.one_line(character))
        edits: list[RowEdit] = []
        next_id, next_entry = self._next_id("sentence"), self._next_id("entry")
        for chapter in (chapter for chapter in self.chapters if chapter.id in chapter_ids):
            before = self.sentences(chapter.id)
            after = doing.spaced_out(before)
            cuts = [
                (sentence, found) for sentence, found in quotations(after) if not sentence.character
            ]
            edits += doing.moved(before, after) if cuts else []
            for sentence, found in cuts:
                pieces = doing.given_away(sentence, found, character, next_id)
                entries = [entry for entry in self.entries if entry.sentence == sentence.id]
                cut = doing.cut_edits(sentence, pieces, entries, next_entry)
                next_id += len(pieces) - 1
                next_entry += sum(edit.table == "entry" for edit in cut)
                edits += cut
        return self._commit("quotations", edits)

    def add_bookmark(self, sentence: int, note: str = "") -> Changes:
        """Mark a place to find again."""
        row = bookmark_row(Bookmark(0, self.sentence(sentence).id, note))
        return self._commit(
            "bookmark", [*edit_of("bookmark", self._next_id("bookmark"), None, row)]
        )

    def remove_bookmark(self, id: int) -> Changes:
        """Take a bookmark away."""
        old = [bookmark for bookmark in self.bookmarks if bookmark.id == id]
        edits = [edit for mark in old for edit in edit_of("bookmark", id, bookmark_row(mark), None)]
        return self._commit("remove_bookmark", edits)

    def _each(self, name: str, ids: Collection[int], change: doing.Change) -> Changes:
        return self._commit(name, doing.changed(self._some(ids), change))

    def _with_room(
        self, sentence: Sentence, count: int
    ) -> tuple[list[RowEdit], Sentence, list[int]]:
        """Give places for `count` sentences behind one, moving the chapter's apart if need be."""
        with reading(self.path):
            end = queries.read_next_place(self._connection, sentence)
        places = doing.room_after(sentence.place, end, count)
        if places is not None:
            return [], sentence, places
        before = self.sentences(sentence.chapter)
        after = doing.spaced_out(before)
        [now] = [other for other in after if other.id == sentence.id]
        return (
            doing.moved(before, after),
            now,
            doing.room_after(now.place, now.place + doing.GAP, count) or [],
        )

    def _next_id(self, table: str) -> int:
        with reading(self.path):
            return queries.read_next_id(self._connection, table)

    def _require_character(self, name: str) -> None:
        if name and name not in {character.name for character in self.cast}:
            raise ValueError("a character that is not in the cast")


def _same_place(entry: Entry, other: Entry) -> bool:
    words = (entry.pronunciation.word.casefold(), other.pronunciation.word.casefold())
    return words[0] == words[1] and entry.sentence == other.sentence
