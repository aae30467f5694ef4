"""What a book is: chapters, paragraphs and sentences, and what was left out, all frozen."""

from dataclasses import dataclass, field, fields, replace
from functools import cached_property

from narrator.book.sentences import split_sentences


@dataclass(frozen=True)
class Cover:
    """The cover picture as it stands in the book. media_type: image/jpeg or image/png."""

    data: bytes
    media_type: str


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
class LeftOut:
    """Something that stands in the book and is not spoken. words: how many, by white space.

    paragraphs: its text, where it is a whole page that could be spoken; empty for pieces that stand
    in chapters. after: how many chapters stand in front of it.
    """

    title: str
    reason: str
    words: int
    paragraphs: tuple[Paragraph, ...] = ()
    after: int = 0


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
class Details:
    """What else is known of a book, each "" where it is not.

    series_number: its place in the series, which need not be whole. date: of publication, as the
    book has it, the year first.
    """

    subtitle: str = ""
    series: str = ""
    series_number: str = ""
    date: str = ""
    description: str = ""
    publisher: str = ""


def known_of(found: Details, given: Details) -> Details:
    """Give what is known of a book, where what the user gives counts more than what was found.

    Another series has another number.
    """
    said = {field.name: text for field in fields(Details) if (text := getattr(given, field.name))}
    if given.series:
        said["series_number"] = given.series_number
    return replace(found, **said)


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
    details: Details = Details()
