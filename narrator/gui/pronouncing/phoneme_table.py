"""The 39 phonemes of ARPAbet, each with a word in which it is heard."""

from typing import NamedTuple


class Example(NamedTuple):
    """A phoneme without its stress, and a word with it."""

    phoneme: str
    word: str


VOWELS = tuple(
    Example(*pair.split())
    for pair in (
        "AA father", "AE cat", "AH cup", "AO law", "AW cow", "AY my", "EH bed", "ER bird", "EY pay",
        "IH sit", "IY see", "OW go", "OY boy", "UH book", "UW food",
    )
)  # fmt: skip
CONSONANTS = tuple(
    Example(*pair.split())
    for pair in (
        "B big", "CH chair", "D day", "DH this", "F fun", "G gum", "HH hat", "JH jam", "K key",
        "L leg", "M man", "N no", "NG sing", "P pen", "R red", "S sun", "SH shoe", "T tea",
        "TH thin", "V van", "W we", "Y yes", "Z zoo", "ZH vision",
    )
)  # fmt: skip
STRESSED, UNSTRESSED = "1", "0"
_VOWELS = frozenset(example.phoneme for example in VOWELS)
_CONSONANTS = frozenset(example.phoneme for example in CONSONANTS)


def is_vowel(phoneme: str) -> bool:
    """Tell whether a phoneme without its stress bears one."""
    return phoneme in _VOWELS


def are_phonemes(parts: list[str]) -> bool:
    """Tell whether all parts of a typed text are phonemes, with their stress or without."""
    return all(part in _CONSONANTS or part.rstrip("012") in _VOWELS for part in parts)


def with_stress(phoneme: str, parts: list[str]) -> str:
    """Give a phoneme as it is to stand among `parts`: the first vowel is the stressed one."""
    if not is_vowel(phoneme):
        return phoneme
    return phoneme + (UNSTRESSED if any(STRESSED in part for part in parts) else STRESSED)
