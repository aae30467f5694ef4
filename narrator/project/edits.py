"""What the user does to sentences, as pure functions: sentences in, sentences or row edits out."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from narrator.project.model import Bookmark, Entry, Sentence, Take
from narrator.project.quotations import Piece
from narrator.project.rows import bookmark_row, entry_row, sentence_row, without_bends
from narrator.project.steps import RowEdit, edit_of
from narrator.speech import Opening

GAP = 2**20  # between the places of neighbours: room for some twenty splits at one point

Change = Callable[[Sentence], Sentence]


def one_line(text: str) -> str:
    """Give `text` with single blanks, as a book has it. Raises ValueError when nothing is left."""
    line = " ".join(text.split())
    if not line:
        raise ValueError("a text with nothing in it")
    return line


def with_text(sentence: Sentence, text: str) -> Sentence:
    """Say something else. What was bent of the old text's phonemes goes with it."""
    text = one_line(text)
    if text == sentence.text:
        return sentence
    return replace(sentence, text=text, takes=without_bends(sentence.takes))


def with_pause(seconds: float | None) -> Change:
    """Change the pause after a sentence. Raises ValueError for what is no length of time."""
    if seconds is not None and not (math.isfinite(seconds) and seconds >= 0):
        raise ValueError(f"a pause of {seconds} s")
    return lambda sentence: replace(sentence, pause=seconds)


def with_new_take(take: Take | None) -> Change:
    """Add a take and choose it. None: the chosen one, read in a way that was not heard yet."""

    def change(sentence: Sentence) -> Sentence:
        reading = 1 + max(known.reading for known in sentence.takes)
        new = replace(sentence.take, reading=reading) if take is None else take
        return replace(sentence, takes=(*sentence.takes, new), chosen=len(sentence.takes))

    return change


def with_chosen_take(index: int) -> Change:
    """Choose a take; a sentence that has not so many stays as it is. Raises ValueError below 0."""
    if index < 0:
        raise ValueError(f"take {index}")
    return lambda sentence: (
        replace(sentence, chosen=index) if index < len(sentence.takes) else sentence
    )


def changed(sentences: Iterable[Sentence], change: Change) -> list[RowEdit]:
    """Give the edits that `change` means for each of the sentences."""
    return [edit for sentence in sentences for edit in between(sentence, change(sentence))]


def between(before: Sentence | None, after: Sentence | None) -> Iterable[RowEdit]:
    """Give the edit that turns one sentence into the other; None: it is not there."""
    if before == after:
        return ()
    either = before or after
    return edit_of(
        "sentence",
        either.id if either else 0,
        sentence_row(before) if before else None,
        sentence_row(after) if after else None,
    )


def room_after(start: int, end: int | None, count: int) -> list[int] | None:
    """Give `count` places behind `start`, in front of `end` (None: the end); None: no room."""
    step = GAP if end is None else (end - start) // (count + 1)
    return [start + step * number for number in range(1, count + 1)] if step else None


def spaced_out(sentences: Sequence[Sentence]) -> list[Sentence]:
    """Give the sentences of a chapter with room between them again."""
    return [replace(sentence, place=GAP * rank) for rank, sentence in enumerate(sentences)]


def moved(before: Sequence[Sentence], after: Sequence[Sentence]) -> list[RowEdit]:
    """Give the edits that bring the same sentences to other places."""
    return [edit for pair in zip(before, after, strict=True) for edit in between(*pair)]


def in_pieces(
    sentence: Sentence, texts: Sequence[str], places: Sequence[int], next_id: int
) -> list[Sentence]:
    """Cut a sentence into `texts`; the first keeps the id, `places` are those of the others.

    What is written is cut likewise where it is what is said; else the first keeps all of it. The
    last keeps the pause and the end of the paragraph; the chosen take goes to all of them.
    """
    as_written = sentence.text == sentence.written
    opens = Opening.HEADING if sentence.opens is Opening.HEADING else Opening.SENTENCE
    others = [
        replace(
            sentence,
            id=next_id + number,
            place=place,
            written=text if as_written else "",
            text=text,
            opens=opens,
            ends_paragraph=False,
            pause=None,
            takes=without_bends([sentence.take]),
            chosen=0,
        )
        for number, (text, place) in enumerate(zip(texts[1:], places, strict=True))
    ]
    last = others.pop()
    return [
        replace(
            sentence,
            written=texts[0] if as_written else sentence.written,
            text=texts[0],
            ends_paragraph=False,
            pause=None,
        ),
        *others,
        replace(last, ends_paragraph=sentence.ends_paragraph, pause=sentence.pause),
    ]


def given_away(
    sentence: Sentence, found: Sequence[Piece], character: str, next_id: int
) -> list[Sentence]:
    """Cut a sentence with all its room into what was found; what is quoted is the character's."""
    whole = [sentence]
    if others := len(found) - 1:
        places = room_after(sentence.place, sentence.place + GAP, others) or []
        whole = in_pieces(sentence, [piece.text for piece in found], places, next_id)
    return [
        replace(part, character=character) if piece.quoted else part
        for part, piece in zip(whole, found, strict=True)
    ]


def cut_edits(
    sentence: Sentence, pieces: Sequence[Sentence], entries: Iterable[Entry], next_entry: int
) -> list[RowEdit]:
    """Give the edits that put `pieces` in place of a sentence.

    entries: its own pronunciations; a piece gets those of its words.
    """
    edits = [*between(sentence, pieces[0])]
    wanted = [(entry, entry.pronunciation.word.casefold()) for entry in entries]
    for piece in pieces[1:]:
        edits += between(None, piece)
        said = piece.text.casefold()
        for entry in (entry for entry, word in wanted if word in said):
            row = entry_row(entry._replace(sentence=piece.id))
            edits += edit_of("entry", next_entry, None, row)
            next_entry += 1
    return edits


def merged(sentences: Sequence[Sentence]) -> Sentence:
    """Join neighbours of one paragraph, in order; the first keeps its id and takes.

    Raises ValueError when a paragraph or a chapter ends among them.
    """
    first, last = sentences[0], sentences[-1]
    if any(sentence.ends_paragraph for sentence in sentences[:-1]) or first.chapter != last.chapter:
        raise ValueError("sentences of more than one paragraph")
    return replace(
        first,
        written=" ".join(sentence.written for sentence in sentences if sentence.written),
        text=" ".join(sentence.text for sentence in sentences),
        ends_paragraph=last.ends_paragraph,
        pause=last.pause,
        # What was to be said stays said.
        included=any(sentence.included for sentence in sentences),
    )


def merge_edits(
    sentences: Sequence[Sentence], entries: Iterable[Entry], bookmarks: Iterable[Bookmark]
) -> list[RowEdit]:
    """Give the edits that join `sentences`; what belongs to those that go is the first one's."""
    first, *others = sentences
    gone = {sentence.id for sentence in others}
    edits: list[RowEdit] = []
    known = {entry.pronunciation.word.casefold() for entry in entries if entry.sentence == first.id}
    for entry in (entry for entry in entries if entry.sentence in gone):
        word, row = entry.pronunciation.word.casefold(), entry_row(entry)
        moved = None if word in known else entry_row(entry._replace(sentence=first.id))
        known.add(word)
        edits += edit_of("entry", entry.id, row, moved)
    for bookmark in (bookmark for bookmark in bookmarks if bookmark.sentence in gone):
        moved = bookmark_row(bookmark._replace(sentence=first.id))
        edits += edit_of("bookmark", bookmark.id, bookmark_row(bookmark), moved)
    for sentence in others:
        edits += between(sentence, None)
    return [*edits, *between(first, merged(sentences))]
