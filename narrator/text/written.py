"""Which written word each spoken word belongs to: "in 1984" is said in three words.

Words said as they are written hold the two rows together; what stands between them is shared out by
how each written word would be said alone.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from narrator.text.normalize import normalize

# White space parts words, and so do dashes and dots of omission with a letter behind them.
_WRITTEN = re.compile(r"\S+?(?:(?:[—–…]|--+|\.{3})(?=[^\W_])|(?=\s)|$)")
_SPOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class WrittenWord(NamedTuple):
    """A word as it stands in a text. at: of its first character."""

    text: str
    at: int


class _Said(NamedTuple):
    """A word as it would be said alone. owner: index of the written word."""

    text: str
    owner: int


def written_words(text: str) -> list[WrittenWord]:
    """Cut a text into its words, with the marks that touch them."""
    return [WrittenWord(found[0], found.start()) for found in _WRITTEN.finditer(text)]


def written_of(text: str, words: Sequence[str]) -> list[int]:
    """Give for each of `words`, those of Phonemes.words, the index of its word in `written_words`.

    The indexes never fall. Empty when nothing is written.
    """
    written = written_words(text)
    if not written:
        return []
    said = [_said_alone(word.text) for word in written]
    expected = [_Said(word, index) for index, alone in enumerate(said) for word in alone]
    spoken = [_plain(word) for word in words]
    if [word.text for word in expected] == spoken:
        return [word.owner for word in expected]
    as_written = [
        len(alone) == 1 and alone[0] in _plain(word.text)
        for word, alone in zip(written, said, strict=True)
    ]
    # Words said as written first: "$5 million" is "five million dollars", alone "five dollars".
    anchors = [word.text if as_written[word.owner] else "" for word in expected]
    owners: list[int] = []
    for part, heard in _parts(anchors, spoken):
        inside = expected[part.start : part.stop]
        for few, little in _parts([word.text for word in inside], spoken[heard.start : heard.stop]):
            owners += _shared(inside[few.start : few.stop], len(little), owners)
    return list(accumulate(owners, max))


def _parts(expected: Sequence[str], spoken: Sequence[str]) -> Iterator[tuple[range, range]]:
    """Cut both rows where words agree: each agreeing stretch is a part, and each one between."""
    matcher = SequenceMatcher(None, expected, spoken, autojunk=False)
    for _, first, last, start, end in matcher.get_opcodes():
        yield range(first, last), range(start, end)


def _shared(said: Sequence[_Said], count: int, before: Sequence[int]) -> list[int]:
    """Spread `count` spoken words over those that should have been said; else over the last."""
    if not said:
        return [before[-1] if before else 0] * count
    return [said[place * len(said) // count].owner for place in range(count)]


@lru_cache(maxsize=4096)
def _said_alone(word: str) -> tuple[str, ...]:
    if word.isalpha() and word.isascii() and word[1:].islower():
        return (word.lower(),)
    return tuple(_plain(found[0]) for found in _SPOKEN.finditer(normalize(word)))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").strip("'")
