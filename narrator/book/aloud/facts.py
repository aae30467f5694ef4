"""What a read-along says of its book: the lines that its file has, new ones for what was edited.

Source: EPUB 3.3, sections 5.4 (metadata), 5.5.3 (title-type) and D.3 (belongs-to-collection).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import NamedTuple

from narrator.book.aloud.source import Meta, with_targets
from narrator.book.model import Book

UNKNOWN = "und"  # as BCP 47 has it, for a publication must name its language
_SERIES = "belongs-to-collection"


def facts_told(book: Book) -> list[Meta]:
    """Give all that is known of a book, line by line."""
    return [line for fact in _FACTS for line in fact.said(book)]


def facts_carried_over(held: Sequence[Meta], was: Book, now: Book) -> list[Meta]:
    """Give the lines that a file has for what is still so, and new ones for what was changed.

    was: the book as its file tells of it. A language or publisher that `now` does not know stays:
    no publication is without the one, and projects know nothing of the other.
    """
    publisher = now.details.publisher or was.details.publisher
    language, details = now.language or was.language, replace(now.details, publisher=publisher)
    now = replace(now, language=language, details=details)
    kept, made = list(held), list[Meta]()
    for fact in _FACTS:
        said, lines = fact.said(now), fact.lines_in(held)
        if said != fact.said(was) or (said and not lines):
            kept = [line for line in kept if line not in lines]
            made += said
    return [*made, *with_targets(kept)]


class _Fact(NamedTuple):
    """One thing that is said. said: the lines for it. lines_in: those that a file has for it."""

    said: Callable[[Book], list[Meta]]
    lines_in: Callable[[Sequence[Meta]], list[Meta]]


def _dc(name: str, texts: Callable[[Book], Sequence[str]]) -> _Fact:
    """Give a fact that Dublin Core has an element for, one for each text."""
    return _Fact(
        lambda book: [Meta(name, text) for text in texts(book) if text], partial(_named, name)
    )


def _named(name: str, held: Sequence[Meta]) -> list[Meta]:
    return [meta for meta in held if meta.name == name]


def _titles(book: Book) -> list[Meta]:
    if not book.details.subtitle:
        return [Meta("title", book.title)] if book.title else []
    return [
        Meta("title", book.title, (("id", "narrator-title"),)),
        _refining("narrator-title", "title-type", "main"),
        Meta("title", book.details.subtitle, (("id", "narrator-subtitle"),)),
        _refining("narrator-subtitle", "title-type", "subtitle"),
    ]


def _series(book: Book) -> list[Meta]:
    if not book.details.series:
        return []
    lines = [
        Meta("meta", book.details.series, (("id", "narrator-series"), ("property", _SERIES))),
        _refining("narrator-series", "collection-type", "series"),
    ]
    if book.details.series_number:
        lines.append(_refining("narrator-series", "group-position", book.details.series_number))
    return lines


def _series_in(held: Sequence[Meta]) -> list[Meta]:
    """Give the series; a set of several volumes is none."""
    sets = {
        attributes.get("refines", "")
        for meta in held
        if (attributes := dict(meta.attributes)).get("property") == "collection-type"
        and meta.text == "set"
    }
    return [
        meta
        for meta in held
        if (attributes := dict(meta.attributes)).get("property") == _SERIES
        and "refines" not in attributes
        and f"#{attributes.get('id', '')}" not in sets
    ]


def _refining(id: str, name: str, text: str) -> Meta:
    return Meta("meta", text, (("refines", f"#{id}"), ("property", name)))


_FACTS = (
    _Fact(_titles, partial(_named, "title")),
    _dc("creator", lambda book: book.authors),
    _dc("language", lambda book: (book.language or UNKNOWN,)),
    _dc("date", lambda book: (book.details.date,)),
    _dc("description", lambda book: (book.details.description,)),
    _dc("publisher", lambda book: (book.details.publisher,)),
    _Fact(_series, _series_in),
)
