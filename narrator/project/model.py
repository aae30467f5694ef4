"""What a project is made of, all frozen: chapters, sentences, takes, characters, bookmarks."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from narrator.book.model import Cover
from narrator.speech import Opening, Pronunciation, Prosody


@dataclass(frozen=True)
class Facts:
    """What the files will say of the book; the user may change all of it.

    title is never empty; voice: the name of the voice that reads it. year: as text, "" unknown.
    """

    title: str
    voice: str
    authors: tuple[str, ...] = ()
    subtitle: str = ""
    series: str = ""
    series_number: str = ""
    language: str = ""
    year: str = ""
    description: str = ""
    cover: Cover | None = None


@dataclass(frozen=True)
class Take:
    """One way to say a sentence. voice: a name; None: as the sentence is cast.

    reading: 0 as the model reads it by itself; any other number varies melody and pace a little.
    """

    voice: str | None = None
    prosody: Prosody = field(default_factory=Prosody)
    reading: int = 0


@dataclass(frozen=True)
class Sentence:
    """A sentence of a project. id: its own for ever, through edits, undo and redo.

    chapter: id of its chapter. place: its rank there, ascending, with gaps. written: what the book
    has for it, "" for nothing. text: what is said. opens: where it stands. ends_paragraph: whether
    it is the last of its paragraph. included: whether it is said at all. pause: seconds after it;
    None: by the rules. character: a name in the project's cast, "" for the narrator. takes: one at
    least; chosen: index of the take that counts.
    """

    id: int
    chapter: int
    place: int
    written: str
    text: str
    opens: Opening = Opening.SENTENCE
    ends_paragraph: bool = False
    included: bool = True
    pause: float | None = None
    character: str = ""
    takes: tuple[Take, ...] = (Take(),)
    chosen: int = 0

    @property
    def take(self) -> Take:
        """The take that counts."""
        return self.takes[self.chosen]

    def with_take(self, take: Take) -> "Sentence":
        """Give the sentence with another take in place of the chosen one."""
        takes = (*self.takes[: self.chosen], take, *self.takes[self.chosen + 1 :])
        return replace(self, takes=takes)


@dataclass(frozen=True)
class Chapter:
    """A chapter of a project. id: its own for ever. number: from 1, in the order of the book.

    included: whether it is narrated. voice: a name; None: the book's. sentences, characters: how
    much of it is said. left_out: why the reader left it out; "" for a chapter of the text.
    """

    id: int
    number: int
    title: str
    included: bool
    voice: str | None
    sentences: int
    characters: int
    left_out: str = ""


class Character(NamedTuple):
    """Somebody who speaks in the book, and the voice that was given to them."""

    name: str
    voice: str


class Entry(NamedTuple):
    """A pronunciation of this book, or of one sentence of it: its id, None for all."""

    id: int
    pronunciation: Pronunciation
    respelling: str
    sentence: int | None = None


class Bookmark(NamedTuple):
    """A place that somebody wants to find again. note: a few words of theirs, or ""."""

    id: int
    sentence: int
    note: str


class Found(NamedTuple):
    """Where a text was found: in the spoken text of a sentence, from character `start` to `end`."""

    sentence: int
    start: int
    end: int


class Changes(NamedTuple):
    """What an edit, an undo or a redo has changed.

    sentences: ids of those that read or sound otherwise now. chapters: ids of those whose sentences
    came, went or moved, or whose own facts changed. book: whether facts, cast, pronunciations or
    bookmarks changed. first: a sentence to go to, None for none.
    """

    sentences: frozenset[int] = frozenset()
    chapters: frozenset[int] = frozenset()
    book: bool = False
    first: int | None = None


@dataclass(frozen=True)
class Manuscript:
    """A project as it stood at one moment, for other threads: what is narrated, in order.

    chapters: the included ones, each with its included sentences.
    """

    facts: Facts
    cast: tuple[Character, ...]
    entries: tuple[Entry, ...]
    chapters: tuple[tuple[Chapter, tuple[Sentence, ...]], ...]
    of_chapters: int
