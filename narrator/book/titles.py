"""Let the title of a chapter be heard once: find it in the text, or put it in front."""

import re
from collections.abc import Sequence
from dataclasses import replace

from narrator.book.model import Paragraph

_NUMBERS = """one first two second three third four fourth five fifth six sixth seven seventh eight
eighth     nine ninth ten tenth eleven eleventh twelve twelfth thirteen thirteenth fourteen
fourteenth fifteen     fifteenth sixteen sixteenth seventeen seventeenth eighteen eighteenth
nineteen nineteenth twenty     twentieth"""
_NUMBER_WORDS = {word: 1 + place // 2 for place, word in enumerate(_NUMBERS.split())}
_ROMAN = re.compile(r"(x{0,3})(ix|iv|v?i{0,3})|(l?x{0,3})(ix|iv|v?i{0,3})|(xl)(ix|iv|v?i{0,3})")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50}
_LONGEST_LINE = 15  # words: a longer paragraph is no title
_MOST_LINES = 4  # of a chapter's head: its number, its title, a subtitle


def with_title(title: str, paragraphs: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """Give `paragraphs` with `title` as their heading, once.

    When their first lines say the title, these are the heading ("CHAPTER ONE" says "Chapter 1");
    when they say a part of it, the title takes their place; else it is put in front of them.
    """
    wanted = _said(title)
    if not wanted.strip():
        return tuple(paragraphs)
    replaced = 0
    for count in range(1, min(_MOST_LINES, len(paragraphs)) + 1):
        head, rest = paragraphs[:count], paragraphs[count:]
        if any(not line.heading and len(line.text.split()) > _LONGEST_LINE for line in head):
            break
        said = _said(" ".join(line.text for line in head))
        if said == wanted or (wanted in said and all(line.heading for line in head)):
            return (*(replace(line, heading=True) for line in head), *rest)
        if said.strip() and said in wanted:
            replaced = count
    return (Paragraph(title, heading=True), *paragraphs[replaced:])


def _said(text: str) -> str:
    """The words of a title with numbers as digits, between blanks: " chapter 1 the storm "."""
    words = re.findall(r"[^\W_]+", text.casefold())
    return f" {' '.join(map(_number, words))} "


def _number(word: str) -> str:
    if word in _NUMBER_WORDS:
        return str(_NUMBER_WORDS[word])
    if word and _ROMAN.fullmatch(word):
        values = [_ROMAN_VALUES[letter] for letter in word]
        signed = (-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
        return str(sum(signed))
    return word
