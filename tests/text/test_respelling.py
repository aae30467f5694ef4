"""What a user types to say how a word sounds, and phonemes shown as such a word."""

import pytest

from narrator.errors import NotPronounceable
from narrator.text.respelling import phonemes_shown, respelled
from narrator.text.symbols import PHONEMES

PHONEMES_TYPED = {
    "K AH0 N IY1": "K AH0 N IY1",
    "k ah0 n iy1": "K AH0 N IY1",
    "  K   AH0\tN IY1 ": "K AH0 N IY1",
    "K AH N IY": "K AH1 N IY0",
    "K AH N IY1": "K AH0 N IY1",
    "AY1": "AY1",
    "T OW": "T OW1",
}
SYLLABLES = {
    "kuh-NEE-lee-uh": "K AH0 N IY1 L IY0 AH0",
    "her-MY-uh-nee": "HH ER0 M AY1 AH0 N IY0",
    "shi-VAWN": "SH IH0 V AO1 N",
    "WUUS-ter": "W UH1 S T ER0",
    "eye-OH-wuh": "AY0 OW1 W AH0",
    "NIGHT-lee": "N AY1 T L IY0",
    "MEZH-er": "M EH1 ZH ER0",
    "dhat-uh-WAY": "DH AE0 T AH0 W EY1",
    "THING-king": "TH IH1 NG K IH0 NG",
    "CHOY-sez": "CH OY1 S EH0 Z",
    "KWES-chun": "K W EH1 S CH AH0 N",
    "NYOO-klee-er": "N Y UW1 K L IY0 ER0",
    "BAH-tl": "B AA1 T AH0 L",
    "BOT-l": "B AA1 T AH0 L",
    "bakh-us": "B AE1 K AH0 S",
    "NEER-air-ar-or": "N IH1 R EH0 R AA0 R AO0 R",
    "how-row-BOT": "HH AW0 R AW0 B AA1 T",
    "go-TO": "G OW0 T OW1",
    "van GOH": "V AE0 N G OW1",
    "doh": "D OW1",
}
UNSTRESSED = {
    "kuh-nee-lee-uh": "K AH0 N IY1 L IY0 AH0",
    "KUH-NEE-LEE": "K AH0 N IY1 L IY0",
    "uh-duh": "AH1 D AH0",
}
WORDS = {
    "new cleer": "N Y UW1 K L IY2 R",
    "night": "N AY1 T",
    "NASA": "N AE1 S AH0",
    "john": "JH AA1 N",
    "café": "K AE0 F EY1",
}
CANNOT = {
    "K AH0 QX IY1": "QX",
    "K AH0 N, IY1": "N,",
    "krt-NEE": "krt",
    "kuh-NEE-4": "4",
    "kuh-née": "née",
    "???": "???",
    "": "",
}


@pytest.mark.parametrize(("typed", "phonemes"), PHONEMES_TYPED.items())
def test_phonemes_are_taken_as_they_are(typed: str, phonemes: str) -> None:
    assert " ".join(respelled(typed)) == phonemes


@pytest.mark.parametrize(("typed", "phonemes"), SYLLABLES.items())
def test_syllables_are_read_as_newspapers_write_them(typed: str, phonemes: str) -> None:
    assert " ".join(respelled(typed)) == phonemes


@pytest.mark.parametrize(("typed", "phonemes"), UNSTRESSED.items())
def test_without_capitals_the_first_full_syllable_is_stressed(typed: str, phonemes: str) -> None:
    assert " ".join(respelled(typed)) == phonemes


@pytest.mark.parametrize(("typed", "phonemes"), WORDS.items())
def test_english_words_are_said_as_ever(typed: str, phonemes: str) -> None:
    assert " ".join(respelled(typed)) == phonemes


@pytest.mark.parametrize(("typed", "part"), CANNOT.items())
def test_what_cannot_be_said_is_named(typed: str, part: str) -> None:
    with pytest.raises(NotPronounceable) as caught:
        respelled(typed)
    assert caught.value.part == part


@pytest.mark.parametrize(
    ("phonemes", "shown"),
    {
        "K AH0 N IY1 L IY0 AH0": "kuh-NEE-lee-uh",
        "K AE1 T": "kat",
        "B EH1 T ER0": "BET-er",
        "EH2 K S T R AH0": "ek-struh",
        "AY1 ER0 N": "EYE-ern",
        "F IH1 NG G ER0": "FING-ger",
        "HH AA1 R T IY0": "HAR-tee",
        "JH AH1 JH": "juj",
        "^ M AY1 .": "my",
        "N": "n",
        "": "",
    }.items(),
)
def test_phonemes_are_shown_as_newspapers_write_them(phonemes: str, shown: str) -> None:
    assert phonemes_shown(phonemes.split()) == shown


@pytest.mark.parametrize(
    "phonemes",
    [
        "S T R EH1 NG TH AH0 N IH0 NG",
        "B Y UW1 T IH0 F AH0 L",
        "P R IH1 Z AH0 M",
        "K OY0 ER1 AW0 R IY0",
        "AE0 R UH1 R AO0 L",
    ],
)
def test_what_is_shown_can_be_typed_again(phonemes: str) -> None:
    assert " ".join(respelled(phonemes_shown(phonemes.split()))) == phonemes


@pytest.mark.parametrize("phoneme", PHONEMES)
def test_every_phoneme_can_be_typed_and_shown(phoneme: str) -> None:
    word = ("B", phoneme) if phoneme[-1].isdigit() else ("AA1", phoneme)
    assert respelled(" ".join(word)) == word
    assert phonemes_shown(word)
