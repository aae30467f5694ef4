"""Where somebody speaks in the text: quotations cut out of the sentences they stand in."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from narrator.project.model import Sentence
from narrator.speech import Opening

_OPENS, _CLOSES, _EITHER = "“", "”", '"'


class Piece(NamedTuple):
    """A part of a sentence. quoted: whether it stands in quotation marks, which belong to it."""

    text: str
    quoted: bool


def quotations(sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, list[Piece]]]:
    """Give the sentences of a chapter in which somebody speaks, each with its pieces in order.

    A quotation goes on from sentence to sentence, but never beyond its paragraph. Headings stay.
    """
    inside = False
    for sentence in sentences:
        found, inside = pieces(sentence.text, inside=inside)
        inside = inside and not sentence.ends_paragraph
        if sentence.opens is not Opening.HEADING and any(piece.quoted for piece in found):
            yield sentence, found


def pieces(text: str, *, inside: bool = False) -> tuple[list[Piece], bool]:
    """Cut `text` where quotations begin and end; inside: whether it begins within one.

    Joined by blanks the pieces give the text, save a blank at a cut. Marks alone, with no letter or
    digit, stay with what they follow. Tells also whether the text ends within a quotation.
    """
    found: list[Piece] = []
    start = 0
    for at, character in enumerate(text):
        opens = character == _OPENS or (character == _EITHER and not inside)
        closes = inside and character in (_CLOSES, _EITHER)
        if opens and not inside:
            _add(found, text[start:at], quoted=False)
            start, inside = at, True
        elif closes:
            _add(found, text[start : at + 1], quoted=True)
            start, inside = at + 1, False
    _add(found, text[start:], quoted=inside)
    return [piece._replace(text=piece.text.strip()) for piece in found], inside


def _add(found: list[Piece], text: str, *, quoted: bool) -> None:
    if not text.strip():
        return
    if not found or (_says_something(text) and _says_something(found[-1].text)):
        found.append(Piece(text, quoted))
        return
    # A full stop behind a quotation, or a dash in front of everything.
    last = found.pop()
    found.append(Piece(last.text + text, last.quoted if _says_something(last.text) else quoted))


def _says_something(text: str) -> bool:
    return any(character.isalnum() for character in text)
