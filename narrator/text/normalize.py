"""Written sentence -> the words a narrator says ("1984" -> "nineteen eighty-four")."""

import re
from typing import NamedTuple

from narrator.text.abbreviations import ABBREVIATIONS, NUMBERED, REFERENCES
from narrator.text.capitals import CAPITALS, lower_shouting
from narrator.text.clean import clean
from narrator.text.dates import DATES, TIMES
from narrator.text.figures import FIGURES
from narrator.text.measures import MEASURES
from narrator.text.money import MONEY
from narrator.text.romans import ROMANS
from narrator.text.rules import Rule, apply
from narrator.text.signs import SIGNS, SWEEP, TIDY
from narrator.text.web import WEB


class _Step(NamedTuple):
    """Rules and the sign without which none of them can match."""

    trigger: re.Pattern[str]
    rules: tuple[Rule, ...]


_DIGIT = re.compile(r"[0-9½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅐⅛⅜⅝⅞⅑⅒²³]")
_STEPS = (
    _Step(re.compile(r"[@#/]|\.\w"), WEB),
    _Step(re.compile(r"[A-Za-z](?:\. ?|\s)[\dIVXLCivxl#]"), NUMBERED),
    _Step(re.compile(r"\b(?:[IVXLCDM]+|[ivxlc]+)(?:th|st|nd|rd)?\b"), ROMANS),
    _Step(_DIGIT, (*REFERENCES, *MONEY, *DATES, *TIMES)),
    _Step(re.compile(r"[^A-Za-z ,.]"), SIGNS),
    _Step(_DIGIT, (*MEASURES, *FIGURES)),
    _Step(re.compile(r"\.|[A-Z]"), ABBREVIATIONS),
    _Step(re.compile(r"[A-Z][A-Z.]"), CAPITALS),
    _Step(re.compile(r"[^A-Za-z ,.]"), SWEEP),
)


def normalize(text: str) -> str:
    """Give `text` as it is spoken: letters, spaces, apostrophes, hyphens and punctuation alone.

    US English. Letters that are read singly stand apart in capitals ("F B I"). Punctuation is one
    of , ; : . ? ! … — “ ” ‘ ’ and is kept for its pauses. Plain prose comes back as it is.
    Never raises; text without anything to say gives an empty string or bare punctuation.
    """
    spoken = clean(text)
    for step in _STEPS:
        if step.trigger.search(spoken):
            spoken = apply(spoken, step.rules)
            if step.rules is ABBREVIATIONS:
                spoken = lower_shouting(spoken)
    return apply(spoken, TIDY).strip()
