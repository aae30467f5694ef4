"""What else has digits: telephone numbers, ranges, fractions, ordinals, codes, plain numbers."""

import re

from narrator.text.capitals import acronym, spell
from narrator.text.numbers import (
    FRACTION_SIGNS,
    bare,
    cardinal,
    digits,
    fraction,
    grouped,
    number,
    ordinal,
    whole,
)
from narrator.text.rules import DASH, NUMBER, Match, Rule, rule

_SAID = {
    "24/7": "twenty-four seven", "9/11": "nine eleven", "50/50": "fifty-fifty",
    "50-50": "fifty-fifty",
    "50–50": "fifty-fifty", "20/20": "twenty-twenty", "7/11": "seven eleven",
    "007": "double oh seven",
    "1040": "ten forty",
}  # fmt: skip
_SUPERSCRIPTS = {"²": "squared", "³": "cubed"}
_CALLED = "call called calling dial dialed dialled dialing ring rang phoned"
_HOUSED = (
    "Boeing Flight Route Highway Interstate Room Apartment Suite Porsche Area Channel Bus Train"
)


def _telephone(match: Match) -> str:
    groups = re.findall(r"\d+", match[0])
    words = [_dialled(group) for group in groups]
    return ("plus " if match[0].startswith("+") else "") + ", ".join(words)


def _dialled(group: str) -> str:
    return cardinal(int(group)) if group in ("800", "900") else digits(group, zero="oh")


def _postal_code(match: Match) -> str:
    return ", ".join(digits(group) for group in match.groups() if group)


def _isbn(match: Match) -> str:
    groups = re.findall(r"[\dX]+", match[1])
    return "I S B N " + ", ".join(digits(g.strip("X")) + (" X" if "X" in g else "") for g in groups)


def _mixed_fraction(match: Match) -> str:
    above, below = (
        FRACTION_SIGNS[match["sign"]]
        if match["sign"]
        else (int(match["above"]), int(match["below"]))
    )
    words = fraction(above, below)
    if not match["whole"]:
        return words
    return f"{number(match['whole'])} and {words.replace('one ', 'a ', 1) if above == 1 else words}"


def _slashed(match: Match) -> str:
    above, below = int(match[1]), int(match[2])
    if above == below:
        return f"{bare(match[1])} out of {bare(match[2])}"
    proper = 0 < above < below and (below <= 20 or below in (25, 32, 50, 64, 100, 1000))
    return fraction(above, below) if proper else f"{bare(match[1])} over {bare(match[2])}"


def _ordinal(match: Match) -> str:
    return ordinal(int(match[1].replace(",", "")))


def _range(match: Match) -> str:
    return f"{bare(match[1])} to {bare(match[2])}"


def _points(match: Match) -> str:
    return ("version " if match[1] else "") + " point ".join(
        whole(part) for part in match[2].split(".")
    )


def _code(match: Match) -> str:
    """A token of letters and digits: "221B", "MP3", "COVID-19", "H2O", "R2-D2"."""
    words = [_code_part(part) for part in re.findall(r"\d+|[^\W\d_]+", match[0])]
    return " ".join(words)


def _code_part(part: str) -> str:
    if part.isdigit():
        return grouped(part) if len(part) == 3 else bare(part)
    if part.isupper():
        return acronym(part)
    return spell(part) if len(part) == 1 else part


def _negative(match: Match) -> str:
    return f"minus {bare(match[1])}"


def _plain(match: Match) -> str:
    words = bare(match[0])
    text, start, end = match.string, match.start(), match.end()
    before = " " if text[start - 1 : start].isalpha() else ""
    return before + words + (" " if text[end : end + 1].isalpha() else "")


def _said(match: Match) -> str:
    return _SAID[match[0]]


def _times(match: Match) -> str:
    return f"{number(match[1])} times"


def _power(match: Match) -> str:
    return f"{match[1]} {_SUPERSCRIPTS[match[2]]}"


def _exponent(match: Match) -> str:
    return (
        f"{number(match[1])} to the power of {'minus ' if match['minus'] else ''}{number(match[3])}"
    )


def _numbered_list(match: Match) -> str:
    return f"{bare(match[1])}{'.' if match[2] == '.' else ','}"


def _checked_mixed(match: Match) -> str:
    if match["sign"] or (match["whole"] and int(match["above"]) < int(match["below"])):
        return _mixed_fraction(match)
    return match[0]


_SPACED = r"[ .-]"
FIGURES: tuple[Rule, ...] = (
    rule(r"(?<=\b[A-Z]{2} )(\d{5})(?:-(\d{4}))?(?!\w)", _postal_code),
    rule(r"\bISBN(?:-1[03])?:? ?([\d][\dX -]{8,16}[\dX])(?!\w)", _isbn),
    rule(rf"(?<![\w.])(?:{'|'.join(map(re.escape, _SAID))})(?![\w/.,–-]\w|\w|%)", _said),
    rule(
        rf"(?<![\w.])\+\d{{1,3}}{_SPACED}?\(?\d{{1,4}}\)?(?:{_SPACED}?\d{{2,4}}){{1,4}}(?!\w)",
        _telephone,
    ),
    rule(r"(?<![\w.-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[.-])?\d{3}[.-]\d{4}(?![\w-])", _telephone),
    rule(
        r"(?<![\w.-])(?:1[ -])\d{3} \d{3} \d{4}(?![\w-])|(?<![\w.-])\d{3} \d{3} \d{4}(?![\w-])",
        _telephone,
    ),
    rule(
        rf"(?<=\b)((?:{'|'.join(_CALLED.split())}) )(\d{{3}})(?!\w)", lambda m: m[1] + digits(m[2])
    ),
    rule(
        rf"\b((?:{'|'.join(_HOUSED.split())}) )(\d{{3,4}})(?![\w,]\d|\w)",
        lambda m: m[1] + grouped(m[2]),
    ),
    rule(
        r"(?:(?<![\d.,])(?P<whole>\d{1,9})[ -]?)?(?:(?P<sign>[½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒])"
        r"|(?<=[ -])(?P<above>[1-9]\d?)/(?P<below>[2-9]|[1-9]\d)(?!\w|/))",
        _checked_mixed,
    ),
    rule(r"(?<![\d/.,])(\d{1,6})/(\d{1,6})(?![\d/]|st|nd|rd|th)", _slashed),
    rule(r"(?<![\w.])(\d{1,3}(?:,\d{3})++|\d{1,12})(?:st|nd|rd|th)\b", _ordinal),
    rule(r"(?<![\w.])([vV]\.? ?)?(\d{1,9}(?:\.\d{1,9}){2,})(?!\w)", _points),
    rule(r"(?<![\w.])([vV])(\d{1,4}(?:\.\d{1,4})?)(?![\w.]\d|\w)", _points),
    rule(rf"(?<![\w.,/–-])({NUMBER}){DASH}({NUMBER})(?![\w/–-]|\.\d)", _range),
    rule(rf"({NUMBER})x(?!\w)", _times),
    rule(rf"({NUMBER})\^(?P<minus>-)?({NUMBER})", _exponent),
    rule(r"(?<![^\W\d_])(\w)([²³])", _power),
    rule(r"^\(?(\d{1,3})([.)]) (?=\S)", lambda match: _numbered_list(match) + " "),
    rule(r"(?<![\w'’])\d{1,3}(?:,\d{3})++[A-Za-z]++", _code),
    rule(
        r"(?<![\w.,'’-])(?:\d{1,9}[A-Za-z]{1,3}|[A-Za-z]{1,12}-?\d)[A-Za-z0-9]*+(?:-(?=\w*\d)[A-Za-z0-9]++)*+(?![\w])",
        _code,
    ),
    rule(rf"(?<![\w)])-({NUMBER}|\.\d++)", _negative),
    rule(rf"{NUMBER}|(?<!\d)\.\d++", _plain),
    rule(r"\d+", lambda match: f" {whole(match[0])} "),
)
