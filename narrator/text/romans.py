"""Roman numerals as they are said: "Chapter XIV", "Henry VIII", "World War II", "I. Title"."""

import re

from narrator.text.numbers import cardinal, ordinal, roman, year
from narrator.text.rules import DASH, Match, Rule, rule

_COUNTED = (
    "chapter chapters chap part parts act acts scene scenes book books volume volumes section "
    "sections "
    "canto cantos figure figures appendix article articles title phase type class episode war "
    "bowl apollo "
    "level stage number opus psalm page pages plate plates table letter stave stanza verse lesson "
    "step unit grade schedule annex case fantasy rocky rambo "
    "series division corps factor category group tier symphony sonata concerto"
)
_REGNAL = (
    "Henry George Charles James Edward Richard William Elizabeth Mary Anne Louis Philip Philippe "
    "Francis "
    "Frederick Friedrich Napoleon Nicholas Alexander Peter Ivan Catherine Pius Leo John Paul "
    "Gregory Innocent "
    "Clement Urban Benedict Ferdinand Leopold Wilhelm Otto Ramses Rameses Ptolemy Darius Xerxes "
    "Artaxerxes Constantine Justinian Theodosius Haakon Gustav Christian Umberto Victor Emmanuel "
    "Alfonso "
    "Carlos Felipe Juan Isabella Maximilian Joseph Rudolf Rudolph Boniface Julius Sixtus Alfred "
    "Harold "
    "Robert Kenneth Stephen Amenhotep Thutmose Seti Cyrus Cambyses Antiochus Seleucus "
    "Mithridates Philadelphus Margaret Margrethe Beatrix Albert Baldwin Bohemond Conrad Lothair "
    "Sigismund "
    "Ludwig Franz Karl"
)
_VERBS = (
    "am have had will would could can do did shall should must may might know knew think thought "
    "said "
    "say saw see love loved never wish want find found feel felt hope mean like remember believe "
    "suppose "
    "liked read wrote wanted gave give told tell went go took take made make met owe owed ask "
    "asked heard"
)
_RANKS = "King|Queen|Emperor|Empress|Pope|Tsar|Czar|Prince|Kaiser|Saint"
_NOT_A_WORD = r"(?!\w|['’](?!s\b)|\.[A-Z])"
_NUMERAL = r"[IVXLCDM]++"
_NAME = "|".join(_REGNAL.split())
_CONTEXT = "|".join(sorted(set(_COUNTED.split()), key=len, reverse=True))
_CLOSED = re.compile(r"[.,;:)]|$| of\b")
_SMALL = "a an and as at but by for from in into of on or the to with"


def _context(match: Match) -> str:
    if (
        match[1][0].islower()
        and match[2] == "I"
        and not match[4]
        and not _CLOSED.match(match.string, match.end(2))
    ):
        return match[0]
    values = [roman(part) for part in (match[2], match[4]) if part]
    if None in values:
        return match[0]
    words = " to ".join(cardinal(value) for value in values if value)
    return f"{match[1]} {words}"


def _regnal(match: Match) -> str:
    value = roman(match[2])
    return f"{match[1]} the {ordinal(value)}" if value and value < 40 else match[0]


def _after_name(match: Match) -> str:
    value = roman(match[2])
    if value is None:
        return match[0]
    return f"{match[1]} the {ordinal(value)}" if value < 5 else f"{match[1]} {cardinal(value)}"


def _century(match: Match) -> str:
    value = roman(match[1])
    return f"{ordinal(value)} {match[2]}" if value else match[0]


def _heading(match: Match) -> str:
    value = roman(match[1])
    return f"{_value(value)}{match[2]}" if value else match[0]


def _value(value: int) -> str:
    return year(value) if value > 1000 else cardinal(value)


def _long(match: Match) -> str:
    value = roman(match[0])
    return _value(value) if value else match[0]


def _ranked(match: Match) -> str:
    value = roman(match[2])
    return f"{match[1]} {ordinal(value)}" if value else match[0]


def _listed(match: Match) -> str:
    value = roman(match[1])
    return f"{cardinal(value)}," if value else match[0]


ROMANS: tuple[Rule, ...] = (
    rule(
        rf"\b((?i:{_CONTEXT})) ([IVXLCDM]{{2,}}+|[IVX]|[ivxlc]{{2,}}+|[ivx])\b"
        rf"(?:({DASH}| and | to )([IVXLC]++|[ivxlc]++)\b)?(?!['’.]\w)",
        _context,
    ),
    rule(rf"\b({_NAME}) ((?!I\b)[IVX]++)(?:\.(?= [a-z]))?{_NOT_A_WORD}", _regnal),
    rule(
        rf"((?:^|\b(?:{_RANKS})(?: of \w+)? )(?:{_NAME})"
        rf"|\b(?:{_NAME})(?= I(?:['’]s|[.,;:)]|$| of| and))) (I)"
        rf"(?:\.(?= [a-z]))?{_NOT_A_WORD}(?! (?:{'|'.join(_VERBS.split())})\b)",
        _regnal,
    ),
    rule(
        r"\b((?!The|And)[A-Z][a-z]++) ([IVX]{2,7})(?!['’]?\w)(?! (?:drip|line|fluid|bag|needle))",
        _after_name,
    ),
    rule(
        r"\b([IVX]{1,6})(?:th|st|nd|rd)? ((?:and [IVX]++th )?(?:[Cc]entur(?:y|ies)|[Cc]orps))\b",
        _century,
    ),
    rule(r"\b([IVX]{2,6})(?:th|st|nd|rd)\b()", lambda match: _century(match).strip()),
    rule(
        rf"^((?![IVXLCDM] ){_NUMERAL})([.:—]?)(?=$|[ ]?[—:.]? ?“?(?:[A-Z][\w'’-]*+|[A-Z]{{2,}})"
        rf"(?:,? (?:[A-Z][\w'’-]*+|(?:{'|'.join(_SMALL.split())})\b))*+[?!]?$)",
        _heading,
    ),
    rule(r"^([IVX]{2,7}|V|X)([.:])(?= [A-Z])", _heading),
    rule(r"\b([A-Z][a-z]++ the) ([IVX]{1,6})(?![\w'’.]\w|\w)", _ranked),
    rule(r"(?<!\w)\(([ivx]{1,5})\)", _listed),
    rule(
        r"\b(?:[IVX]{2,7}|M[CDXLIVM]{4,14})\b(?! (?:drip|line|fluid|bag|needle))(?!['’.]\w)", _long
    ),
)
