"""Addresses as they are said: "www.example.com", "a.b@c.org", "#BlackLives", "report.pdf"."""

import re

from narrator.text.capitals import acronym, is_spelled, spell
from narrator.text.numbers import bare, digits
from narrator.text.rules import Match, Rule, rule

_SIGNS = {
    ".": "dot", "/": "slash", "-": "dash", "_": "underscore", "?": "question mark", "=": "equals",
    "&": "and", "#": "hash", "%": "percent", "+": "plus", "~": "tilde", "@": "at", ":": "colon",
}  # fmt: skip
_TOPS = (
    "com org net edu gov mil info biz io ai app dev uk us ca au de fr it es nl eu ch jp cn ru nz "
    "ie tv me co"
)
_FILES = (
    "pdf html htm txt jpg jpeg png gif exe py js css doc docx xls xlsx csv zip mp3 mp4 epub xml "
    "json md"
)
_SPELLED = frozenset(
    "uk us eu io ai tv ca au nz jp cn ru pdf html htm txt jpg png gif py js css csv xml".split()
)
_PIECE = re.compile(r"[a-zA-ZÀ-ɏ']+|\d+|[^\w\s]|_")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z']+|\d+")


def _address(text: str) -> str:
    words = (_piece(piece) for piece in _PIECE.findall(text))
    return " ".join(word for word in words if word)


def _piece(piece: str) -> str:
    if piece.isdigit():
        return bare(piece) if len(piece) < 5 else digits(piece)
    if not piece[0].isalpha():
        return _SIGNS.get(piece, "")
    if piece == "www":
        return "w w w"
    if len(piece) == 1 or piece.lower() in _SPELLED or (len(piece) < 6 and _unsayable(piece)):
        return spell(piece)
    return piece.lower()


def _unsayable(piece: str) -> bool:
    return not re.search("[aeiouyà-ɏ]", piece.lower()) and is_spelled(piece)


def _link(match: Match) -> str:
    address, ending = _without_ending(match[0])
    address = re.sub(r"^\w+://", "", address).rstrip("/")
    return _address(address) + ending


def _without_ending(text: str) -> tuple[str, str]:
    kept = text.rstrip(".,;:!?)]}”’\"'>…—")
    return kept, text[len(kept) :]


def _plain(match: Match) -> str:
    return _address(match[0])


def _hashtag(match: Match) -> str:
    words = " ".join(
        bare(part) if part.isdigit() else acronym(part) if part.isupper() else part
        for part in _CAMEL.findall(match[1])
    )
    return f"hashtag {words}"


def _handle(match: Match) -> str:
    return f"at {_address(match[1])}"


def _file(match: Match) -> str:
    return f"{match[1]} dot {_piece(match[2])}"


_TLD = "|".join(_TOPS.split())
WEB: tuple[Rule, ...] = (
    rule(rf"(?<!\S)\.({_TLD})(?!\w)", lambda match: f"dot {_piece(match[1])}"),
    rule(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+", _plain),
    rule(r"(?<!\w)(?i:https?://|ftp://|www\.)[^\s“”‘<>]+", _link),
    rule(
        rf"(?<![\w.@-])(?:[A-Za-z0-9-]++\.)+(?:{_TLD})(?![\w-])(?!\.[A-Za-z])(?:/[^\s“”‘<>]*)?",
        _link,
    ),
    rule(rf"(?<![\w.-])([\w-]++)\.({'|'.join(_FILES.split())})(?!\w)", _file),
    rule(r"(?<![\w&])#([A-Za-z]\w*)", _hashtag),
    rule(r"(?<![\w.])@(\w[\w.]*\w|\w)", _handle),
)
