"""Respelling: how a user writes what a word sounds like, to phonemes, and phonemes to such a word.

Three ways to write it: phonemes ("K AH0 N IY1"), syllables in newspaper style with capitals for the
stressed one ("kuh-NEE-lee-uh"), or English words that sound like it ("new cleer").
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from narrator.errors import NothingToSay, NotPronounceable
from narrator.text import frontend
from narrator.text.symbols import CONSONANTS, PHONEME_SET, VOWELS

_VOWEL_OF = {
    "eye": "AY", "igh": "AY", "y": "AY",
    "air": "EH R", "eer": "IH R", "ear": "IH R", "oor": "UH R",
    "ar": "AA R", "or": "AO R", "er": "ER", "ir": "ER", "ur": "ER",
    "ah": "AA", "aa": "AA", "o": "AA", "ae": "AE", "a": "AE",
    "aw": "AO", "au": "AO", "ow": "AW", "ou": "AW",
    "ay": "EY", "ai": "EY", "ey": "EY",
    "ee": "IY", "ea": "IY", "eh": "EH", "e": "EH", "ih": "IH", "i": "IH",
    "oh": "OW", "oa": "OW", "oe": "OW", "oy": "OY", "oi": "OY",
    "oo": "UW", "ew": "UW", "ue": "UW", "uu": "UH", "uh": "AH", "u": "AH",
}  # fmt: skip
_CONSONANT_OF = {
    **{letter: letter.upper() for letter in "bdfgklmnprstvwz"},
    "c": "K", "ck": "K", "kh": "K", "ph": "F", "gh": "G", "h": "HH", "j": "JH", "q": "K",
    "qu": "K W", "wh": "W", "x": "K S", "y": "Y",
    "ch": "CH", "tch": "CH", "dh": "DH", "ng": "NG", "nk": "NG K", "sh": "SH", "th": "TH",
    "zh": "ZH",
    **{2 * letter: letter.upper() for letter in "bdfgklmnprstvz"},
}  # fmt: skip
_AT_THE_END_ONLY = {"ck", "ng", "nk", "tch", "x"}
_AT_THE_START_ONLY = {"gh", "h", "qu", "w", "wh", "y"}


def _one_of(spellings: Iterable[str]) -> str:
    return "|".join(sorted(spellings, key=len, reverse=True))


_CONSONANTS_AT = {
    "start": _one_of(set(_CONSONANT_OF) - _AT_THE_END_ONLY),
    "end": _one_of(set(_CONSONANT_OF) - _AT_THE_START_ONLY),
}
_SYLLABLE = re.compile(
    rf"(?P<start>(?:{_CONSONANTS_AT['start']})*)(?P<vowel>{_one_of(_VOWEL_OF)})"
    rf"(?P<end>(?:{_CONSONANTS_AT['end']})*)"
)
# The end of "bottle" or "prism", which has no vowel of its own.
_VOWELLESS = re.compile(rf"(?P<start>(?:{_CONSONANTS_AT['start']})?)(?P<end>[lmn])")
_CONSONANT = re.compile(_one_of(_CONSONANT_OF))
# A word without hyphens is read as English unless it is written as no English word is.
_NO_ENGLISH_WORD = re.compile(r"[a-z]uh|uh[a-z]|[^aeiou][aeio]h$|zh|dh")

_PRIMARY, _SECONDARY, _NONE = "1", "2", "0"
_LONGEST_BARE = 2  # letters of a phoneme without its stress

# Two and three consonants that begin an English syllable.
_ONSETS = frozenset(
    """B-L B-R B-Y D-R D-W F-L F-R F-Y G-L G-R HH-W HH-Y K-L K-R K-W K-Y M-Y P-L P-R P-Y S-K S-L
    S-M S-N S-P S-T S-W SH-R T-R T-W TH-R TH-W V-Y S-K-R S-K-W S-P-L S-P-R S-T-R""".split()
)
_SHORT = {"AE", "EH", "IH", "UH"}  # which draw the next consonant to them: "BET-er"
_SHOWN = {
    "AA": "ah", "AE": "ae", "AH": "uh", "AO": "aw", "AW": "ow", "AY": "y", "EH": "eh", "ER": "er",
    "EY": "ay", "IH": "ih", "IY": "ee", "OW": "oh", "OY": "oy", "UH": "uu", "UW": "oo",
}  # fmt: skip
_SHOWN_BEFORE_CONSONANT = {"AA": "o", "AE": "a", "AH": "u", "EH": "e", "IH": "i"}
_SHOWN_BEFORE_R = {"AA": "a", "AO": "o", "EH": "ai", "IH": "ee", "UH": "oo"}
_SHOWN_CONSONANT = {"HH": "h", "JH": "j"}


def respelled(text: str) -> tuple[str, ...]:
    """Give the phonemes of a word that is written as it sounds, in one of the three ways.

    Phonemes may lack their stress: without any the first vowel has the primary one. Of syllables
    those in capitals are stressed, without any the first with a full vowel. Of several English
    words the first keeps its stress. Takes seconds for the first English word. Raises
    NotPronounceable with the part that cannot be said.
    """
    parts = text.split()
    if not parts:
        raise NotPronounceable(text)
    if _are_phonemes(parts):
        return _phonemes(parts)
    if "-" in text or _has_capital_syllables(parts):
        return _from_syllables([part for part in re.split(r"[\s-]+", text) if part])
    if len(parts) == 1 and _NO_ENGLISH_WORD.search(parts[0].lower()):
        return _from_syllables(parts)
    return _from_words(text)


def phonemes_shown(symbols: Sequence[str]) -> str:
    """Give phonemes as a word in newspaper style: "kuh-NEE-lee-uh". Other symbols are left out.

    Secondary stress does not show.
    """
    spelled = []
    for syllable in _syllables([symbol for symbol in symbols if symbol in PHONEME_SET]):
        shown = _shown(syllable)
        spelled.append(shown.upper() if any(s.endswith(_PRIMARY) for s in syllable) else shown)
    return "-".join(spelled) if len(spelled) > 1 else "".join(spelled).lower()


def _are_phonemes(parts: Sequence[str]) -> bool:
    if any(_is_stressed_vowel(part.upper()) for part in parts):
        return True
    return len(parts) > 1 and all(part.isupper() and len(part) <= _LONGEST_BARE for part in parts)


def _is_stressed_vowel(part: str) -> bool:
    return part[:-1] in VOWELS and part in PHONEME_SET


def _phonemes(parts: Sequence[str]) -> tuple[str, ...]:
    symbols = [part.upper() for part in parts]
    has_stress = any(_is_stressed_vowel(symbol) for symbol in symbols)
    said: list[str] = []
    for part, symbol in zip(parts, symbols, strict=True):
        if symbol in VOWELS:
            said.append(symbol + (_NONE if has_stress else _PRIMARY))
            has_stress = True
        elif symbol in PHONEME_SET:
            said.append(symbol)
        else:
            raise NotPronounceable(part)
    return tuple(said)


def _has_capital_syllables(parts: Sequence[str]) -> bool:
    loud = any(part.isupper() and len(part) > 1 for part in parts)
    return loud and any(part.islower() for part in parts)


def _from_syllables(syllables: Sequence[str]) -> tuple[str, ...]:
    bare = [_spelled(syllable) for syllable in syllables]
    loud = [syllable.isupper() for syllable in syllables]
    if all(loud) or not any(loud):
        full = [i for i, sounds in enumerate(bare) if "AH" not in sounds]
        first = full[0] if full else 0
        loud = [i == first for i in range(len(bare))]
    return tuple(
        sound + (_PRIMARY if stressed else _NONE) if sound in VOWELS else sound
        for sounds, stressed in zip(bare, loud, strict=True)
        for sound in sounds
    )


def _spelled(syllable: str) -> list[str]:
    """Give the phonemes of a syllable, the vowel without its stress."""
    word = syllable.lower()
    if found := _SYLLABLE.fullmatch(word):
        vowel = _VOWEL_OF[found["vowel"]].split()
        if found["vowel"] == "o" and not found["end"]:
            vowel = ["OW"]
    elif found := _VOWELLESS.fullmatch(word):
        vowel = ["AH"]
    else:
        raise NotPronounceable(syllable)
    return [*_consonants(found["start"]), *vowel, *_consonants(found["end"])]


def _consonants(letters: str) -> list[str]:
    return [
        sound for found in _CONSONANT.finditer(letters) for sound in _CONSONANT_OF[found[0]].split()
    ]


def _from_words(text: str) -> tuple[str, ...]:
    try:
        symbols = frontend.phonemize(text).symbols
    except NothingToSay as error:
        raise NotPronounceable(text) from error
    said: list[str] = []
    has_stress = False
    for symbol in symbols:
        if symbol in PHONEME_SET:
            again = has_stress and symbol.endswith(_PRIMARY)
            has_stress = has_stress or symbol.endswith(_PRIMARY)
            said.append(symbol[:-1] + _SECONDARY if again else symbol)
    return tuple(said)


def _syllables(symbols: Sequence[str]) -> list[list[str]]:
    """Cut phonemes so that each syllable begins with as many consonants as English lets it."""
    nuclei = [i for i, symbol in enumerate(symbols) if symbol not in CONSONANTS]
    starts = [0]
    for before, after in pairwise(nuclei):
        start = before + 1
        if start < after and symbols[before][:-1] in _SHORT:
            start += 1
        while not _begins(symbols[start:after]):
            start += 1
        starts.append(start)
    ends = [*starts[1:], len(symbols)]
    return [list(symbols[start:end]) for start, end in zip(starts, ends, strict=True)]


def _begins(consonants: Sequence[str]) -> bool:
    return list(consonants) != ["NG"] and (len(consonants) < 2 or "-".join(consonants) in _ONSETS)


def _shown(syllable: Sequence[str]) -> str:
    spelled = ""
    for symbol, following in zip(syllable, [*syllable, ""][1:], strict=True):
        bare = symbol.rstrip("012")
        if symbol in CONSONANTS:
            spelled += _SHOWN_CONSONANT.get(symbol, symbol.lower())
        elif bare == "AY" and not spelled:
            spelled += "eye"
        elif following == "R" and bare in _SHOWN_BEFORE_R:
            spelled += _SHOWN_BEFORE_R[bare]
        elif following not in ("", "R") and bare in _SHOWN_BEFORE_CONSONANT:
            spelled += _SHOWN_BEFORE_CONSONANT[bare]
        else:
            spelled += _SHOWN[bare]
    return spelled
