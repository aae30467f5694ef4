"""From a written sentence to the symbols that the engine reads."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from narrator.errors import NothingToSay
from narrator.speech import Opening, Phonemes, Pronunciation
from narrator.text import g2p
from narrator.text.normalize import normalize
from narrator.text.symbols import (
    COLON,
    COMMA,
    DASH,
    ELLIPSIS,
    EXCLAMATION,
    OPENINGS,
    QUESTION,
    QUOTE_CLOSE,
    QUOTE_OPEN,
    STOP,
    WORD,
)

# A question outranks an exclamation: in "What?!" the melody is the question's.
_STRENGTH = (WORD, COMMA, COLON, DASH, STOP, ELLIPSIS, EXCLAMATION, QUESTION)
_BOUNDARY_OF = {
    **dict.fromkeys(",،、，", COMMA),
    **dict.fromkeys(":;：；", COLON),
    **dict.fromkeys("—–―‒()[]{}", DASH),
    **dict.fromkeys(".。", STOP),
    **dict.fromkeys("?؟？", QUESTION),
    **dict.fromkeys("!！", EXCLAMATION),
    "…": ELLIPSIS,
}
_QUOTE_OF = {
    **dict.fromkeys("“„‟«‹", QUOTE_OPEN),
    **dict.fromkeys("”»›", QUOTE_CLOSE),
}
_ELISIONS = frozenset(
    ("tis", "twas", "twere", "twill", "twould", "em", "cause", "til", "till", "round", "bout", "n")
)
_ONSET = frozenset(" \t\n([{—–―-“„«‹‘\"'")
_WORD = r"[^\W_](?:[^\W_]|[\u0300-\u036f])*"
_PIECES = re.compile(
    rf"(?P<initials>(?<!\w)(?:[A-Za-z]\.){{2,}})"
    rf"|(?P<word>{_WORD}(?:['’]{_WORD})*)"
    r"|(?P<ellipsis>\.(?:\s?\.)+)"
    r"|(?P<dash>-{2,}|(?<!\S)-(?!\S)|-(?=[\s\"”’]|$))"
    r"|(?P<mark>\S)"
)


class _Word(NamedTuple):
    text: str


class _Mark(NamedTuple):
    symbol: str


def phonemize(
    text: str,
    *,
    opening: Opening = Opening.SENTENCE,
    pronunciations: Sequence[Pronunciation] = (),
) -> Phonemes:
    """Give the symbols of one sentence: opening, words with a boundary between, ending.

    Of several marks between two words the most telling one becomes the boundary, in the order
    ? ! … . dash colon comma; quotation marks follow it. pronunciations: the user's,
    before all else. Safe to call from any thread. Raises NothingToSay when no word remains.
    """
    pieces = list(_pieces(normalize(text)))
    own = {entry.word.lower().replace("’", "'"): entry.symbols for entry in pronunciations}
    words, gaps = _words_and_gaps(pieces)
    tokens = [
        g2p.Token(word, before_pause=_boundary(gap) != WORD or gap is gaps[-1])
        for word, gap in zip(words, gaps[1:], strict=True)
    ]
    sounds = g2p.pronounce(tokens, own)
    kept, gaps = _without_silent(sounds, gaps)
    if not kept:
        raise NothingToSay(text)
    symbols = [OPENINGS[opening], *_quotes(gaps[0])]
    word_of = [-1] * len(symbols)
    for number, (index, gap) in enumerate(zip(kept, gaps[1:], strict=True)):
        last = number == len(kept) - 1
        pause = [_ending(gap) if last else _boundary(gap), *_quotes(gap)]
        symbols += [*sounds[index], *pause]
        word_of += [number] * len(sounds[index]) + [-1] * len(pause)
    return Phonemes(tuple(symbols), tuple(words[index] for index in kept), tuple(word_of))


def spoken(text: str) -> str:
    """Give the words of a sentence as they will be said, with their punctuation."""
    return normalize(text)


@cache
def fingerprint() -> str:
    """Give a short hash of lexicon and rules: a change of it may change how a text sounds."""
    folder = Path(str(files("narrator.text")))
    digest = hashlib.sha256()
    for path in (*sorted(folder.glob("*.py")), g2p.lexicon_path()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _pieces(text: str) -> Iterator[_Word | _Mark]:
    """Cut normalised text into words and the boundaries and quotation marks between them."""
    text = unicodedata.normalize("NFC", text)
    double_open = single_open = False
    for match in _PIECES.finditer(text):
        piece, start, end = match[0], match.start(), match.end()
        after_gap = start == 0 or text[start - 1] in _ONSET
        match match.lastgroup:
            case "initials":
                yield from map(_Word, piece.replace(".", ""))
                if end == len(text):
                    yield _Mark(STOP)
            case "word":
                yield _Word(
                    _with_apostrophes(piece.replace("’", "'"), text, start, end, single_open)
                )
            case "ellipsis":
                yield _Mark(ELLIPSIS)
            case "dash":
                yield _Mark(DASH)
            case _ if piece == '"':
                double_open = after_gap and not (double_open and text[end : end + 1].isspace())
                yield _Mark(QUOTE_OPEN if double_open else QUOTE_CLOSE)
            case _ if piece in "'‘’":
                if piece != "’" and after_gap and not _elided(text, end):
                    single_open = True
                    yield _Mark(QUOTE_OPEN)
                elif _closes(text, start, single_open) and not _elided(text, end):
                    single_open = False
                    yield _Mark(QUOTE_CLOSE)
            case _ if piece in _QUOTE_OF:
                yield _Mark(_QUOTE_OF[piece])
            case _ if piece in _BOUNDARY_OF:
                yield _Mark(_BOUNDARY_OF[piece])


def _elided(text: str, start: int) -> bool:
    """Tell whether the apostrophe before `start` stands for letters left out, as in ’tis."""
    following = re.match(r"\w+", text[start:])
    return following is not None and following[0].lower() in _ELISIONS


def _closes(text: str, start: int, single_open: bool) -> bool:
    before = text[start - 1 : start]
    return bool(before) and not before.isspace() and (single_open or not before.isalnum())


def _with_apostrophes(word: str, text: str, start: int, end: int, single_open: bool) -> str:
    """Give back to a word the apostrophe at its edge that belongs to it: 'em, goin'."""
    if text[start - 1 : start] in ("'", "’", "‘") and word.lower() in _ELISIONS:
        return "'" + word
    if not single_open and text[end : end + 1] in ("'", "’") and word.lower() in ("o", "ol"):
        return word + "'"
    return word


def _words_and_gaps(pieces: Iterable[_Word | _Mark]) -> tuple[list[str], list[list[str]]]:
    """Give the words, and the marks before, between and after them: one gap more than words."""
    words: list[str] = []
    gaps: list[list[str]] = [[]]
    for piece in pieces:
        if isinstance(piece, _Word):
            words.append(piece.text)
            gaps.append([])
        else:
            gaps[-1].append(piece.symbol)
    return words, gaps


def _without_silent(
    sounds: Sequence[tuple[str, ...]], gaps: Sequence[list[str]]
) -> tuple[list[int], list[list[str]]]:
    """Give the indexes of the words that sound, and the gaps joined where one did not."""
    kept: list[int] = []
    joined = [list(gaps[0])]
    for index, (said, gap) in enumerate(zip(sounds, gaps[1:], strict=True)):
        if said:
            kept.append(index)
            joined.append(list(gap))
        else:
            joined[-1] += gap
    return kept, joined


def _boundary(gap: Iterable[str]) -> str:
    return max((mark for mark in gap if mark in _STRENGTH), key=_STRENGTH.index, default=WORD)


def _ending(gap: Iterable[str]) -> str:
    strongest = _boundary(gap)
    return STOP if strongest == WORD else strongest


def _quotes(gap: Iterable[str]) -> list[str]:
    return [mark for mark in gap if mark in (QUOTE_OPEN, QUOTE_CLOSE)]
