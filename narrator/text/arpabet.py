"""From the International Phonetic Alphabet, as gruut writes it, to ARPAbet with stress."""

from collections.abc import Iterable, Iterator

# Source: Handbook of the IPA (1999), American English; CMU pronouncing dictionary, table of phones.
_CONSONANTS = {
    **{letter: (letter.upper(),) for letter in "bdfklmnpstvwz"},
    "ɡ": ("G",), "g": ("G",), "h": ("HH",), "ɦ": ("HH",), "x": ("K",), "ç": ("HH",),
    "j": ("Y",), "ɹ": ("R",), "r": ("R",), "ɻ": ("R",), "ɫ": ("L",), "ʍ": ("HH", "W"),
    "ŋ": ("NG",), "ð": ("DH",), "θ": ("TH",), "ʃ": ("SH",), "ʒ": ("ZH",),
    "t͡ʃ": ("CH",), "tʃ": ("CH",), "d͡ʒ": ("JH",), "dʒ": ("JH",), "ɾ": ("T",), "ʔ": ("T",),
}  # fmt: skip
_VOWELS = {
    "ɑ": "AA", "ɒ": "AA", "a": "AA", "æ": "AE", "ʌ": "AH", "ə": "AH", "ɐ": "AH", "ɔ": "AO",
    "aʊ": "AW", "aɪ": "AY", "ɛ": "EH", "e": "EH", "ɚ": "ER", "ɝ": "ER", "ɜ": "ER", "eɪ": "EY",
    "ɪ": "IH", "ɨ": "IH", "i": "IY", "oʊ": "OW", "o": "OW", "ɔɪ": "OY", "ʊ": "UH", "u": "UW",
    "ʉ": "UW",
}  # fmt: skip
_SYLLABIC = {"n̩": "N", "l̩": "L", "m̩": "M", "ŋ̍": "NG", "ɹ̩": "R"}
_STRESS = {"ˈ": "1", "ˌ": "2"}
_LENGTH = "ː"


def from_ipa(phonemes: Iterable[str]) -> tuple[str, ...]:
    """Give ARPAbet for IPA phonemes with their stress mark in front, as `ˈoʊ`.

    Raises ValueError for a phoneme that is not in the table: none is left out in silence.
    """
    return tuple(symbol for phoneme in phonemes for symbol in _convert(phoneme))


def _convert(phoneme: str) -> Iterator[str]:
    stress = _STRESS.get(phoneme[:1], "0")
    bare = phoneme.lstrip("".join(_STRESS)).replace(_LENGTH, "")
    if bare in _VOWELS:
        yield _VOWELS[bare] + stress
    elif bare in _CONSONANTS:
        yield from _CONSONANTS[bare]
    elif bare in _SYLLABIC:
        yield "AH" + stress
        yield _SYLLABIC[bare]
    else:
        raise ValueError(f"no ARPAbet for the IPA phoneme {phoneme!r}")
