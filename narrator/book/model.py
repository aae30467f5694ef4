"""What a book is: chapters, paragraphs and sentences, and what was left out, all frozen."""

from dataclasses import dataclass, field
from functools import cached_property

from narrator.book.sentences import split_sentences


@dataclass(frozen=True)
class Cover:
    """The cover picture as it stands in the book. media_type: image/jpeg or image/png."""

    data: bytes
    media_type: str


@dataclass(frozen=True)
class LeftOut:
    """Something that stands in the book and is not spoken. words: how many, by white space."""

    title: str
    reason: str
    words: int


@dataclass(frozen=True)
class Paragraph:
    """One paragraph or heading; white space is single blanks.

    place: of its block among all blocks of the book, from 0; -1 for a title that no block says.
    """

    text: str
    heading: bool = False
    place: int = field(default=-1, compare=False)

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of the paragraph, in order; joined by blanks they give `text`."""
        return tuple(split_sentences(self.text))


@dataclass(frozen=True)
class Chapter:
    """A chapter by the book's own navigation; its title is also its first heading."""

    title: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def words(self) -> int:
        """How many words the chapter speaks, by white space."""
        return sum(len(paragraph.text.split()) for paragraph in self.paragraphs)


@dataclass(frozen=True)
class Book:
    """A book as a narrator reads it.

    title is never empty; language is a BCP 47 tag or "". warnings: what was wrong with the file,
    each in one plain clause; left_out: what is not spoken, and why.
    """

    title: str
    authors: tuple[str, ...]
    language: str
    cover: Cover | None
    chapters: tuple[Chapter, ...]
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[str, ...] = ()
