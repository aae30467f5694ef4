"""The spoken credits before and after a book, each a chapter and a file of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from narrator.audio.watermark.grid import VoiceKind
from narrator.book.model import Book, Chapter, Paragraph
from narrator.studio.plan import BookChapter, Choices, Plan, PlannedSentence

OPENING_TITLE, CLOSING_TITLE = "Opening Credits", "Closing Credits"
SPOKEN_KIND = {
    VoiceKind.STOCK: "an AI voice",
    VoiceKind.REPLICA: "an authorised AI replica of a voice",
}


class Reader(NamedTuple):
    """Who reads: title and kind of the voice, and how it speaks."""

    name: str
    kind: VoiceKind
    choices: Choices


@dataclass(frozen=True)
class Credit:
    """A chapter of words that stand in no book."""

    number: int
    title: str
    lines: tuple[str, ...]
    choices: Choices

    def sentences(self) -> Iterator[PlannedSentence]:
        """Walk through the sentences, made anew at each walk, always the same."""
        chapter = Chapter(self.title, tuple(map(Paragraph, self.lines)))
        for sentence in BookChapter(self.number, self.title, chapter, self.choices).sentences():
            yield sentence._replace(written="")


def with_credits(plan: Plan, book: Book, reader: Reader) -> Plan:
    """Give the plan with the credits around it: number 0, and the one after the last chapter."""
    others = ", ".join(book.authors[:-1])
    authors = " and ".join(part for part in (others, *book.authors[-1:]) if part)
    by = f", by {authors}" if authors else ""
    narrated = f"Narrated by {reader.name}, {SPOKEN_KIND[reader.kind]}."
    full_title = ": ".join(part for part in (book.title, book.details.subtitle) if part)
    opening = (_sentence(f"{full_title}{by}"),)
    closing = ("The end.", _sentence(f"This was {book.title}{by}"), narrated)
    return Plan(
        (
            Credit(0, OPENING_TITLE, (*opening, narrated), reader.choices),
            *plan.chapters,
            Credit(plan.of_chapters + 1, CLOSING_TITLE, closing, reader.choices),
        ),
        plan.of_chapters,
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
