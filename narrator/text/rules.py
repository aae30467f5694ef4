"""What a normalising rule is, and the fragments of pattern that several rules share.

No pattern may need more than linear time on hostile text: a run of digits or letters is entered at
its first character only (a lookbehind) and taken whole (possessive quantifiers).
"""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

Match = re.Match[str]

NUMBER = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?"
DASH = r"\s?[–—-]\s?"

_STARTERS = (
    "The This That These Those There They Their Then He His Her She It Its We Our You Your My I "
    "But And So When While Where What Who Why How If In On At Not Now As After Before For From "
    "With "
    "Nobody Everyone Everybody Nothing Once Yet Still Perhaps Later Soon Suddenly"
)
_ENDS = (
    r"(?=[\s”’\"')\]]*$|[”’\"')\]]*\s+[“‘\"(]?(?:"
    + "|".join(_STARTERS.split())
    + r")(?![\w.])|[”’\"']*\s+[“‘])"
)
STOP = rf"(?:(?P<stop>\.{_ENDS})|\.)?"


class Rule(NamedTuple):
    """A pattern of written text and what is said in its place, always or by the match."""

    pattern: re.Pattern[str]
    say: str | Callable[[Match], str]


def rule(pattern: str, say: str | Callable[[Match], str]) -> Rule:
    """The rule that says `say`, or what it gives, at each place where `pattern` matches."""
    return Rule(re.compile(pattern), say)


def apply(text: str, rules: Iterable[Rule]) -> str:
    """Give `text` with each rule applied once, in order."""
    for each in rules:
        text = each.pattern.sub(each.say, text)
    return text


def stop(match: Match) -> str:
    """The full stop after an abbreviation where it also ends the sentence, else nothing.

    For patterns that hold STOP after the abbreviation.
    """
    return match["stop"] or ""
