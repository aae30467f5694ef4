"""How single words are said, and words that are written alike."""

import sqlite3
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest

from narrator.text.arpabet import from_ipa
from narrator.text.g2p import Token, lexicon_path, pronounce, read_lexicon
from narrator.text.symbols import PHONEMES

GRUUT = Path(str(files("gruut_lang_en")))

WORDS = {
    "cat": "K AE1 T",
    "judge": "JH AH1 JH",
    "church": "CH ER1 CH",
    "measure": "M EH1 ZH ER0",
    "thing": "TH IH1 NG",
    "house": "HH AW1 S",
    "boy": "B OY1",
    "dogs'": "D AO1 G Z",
    "john's": "JH AA1 N Z",
    "james's": "JH EY1 M Z IH0 Z",
    "isn't": "IH1 Z AH0 N T",
    "it'd": "IH1 T AH0 D",
    "naïve": "N AA0 IY1 V",
    "café": "K AE0 F EY1",
    "fiancée": "F IY2 AA0 N S EY1",
    "x": "EH1 K S",
    "FBI": "EH1 F B IY1 AY1",
    "BBC": "B IY1 B IY1 S IY1",
    "NASA": "N AE1 S AH0",
    "goin": "G OW1 AH0 N",
    "'em": "AH0 M",
    "o'clock": "OW0 K L AA1 K",
    "42": "F AO1 R T UW1",
    "Wednesday": "W EH1 N Z D EY2",
    "colonel": "K ER1 N AH0 L",
    "sooooo": "S OW1",
    "Millipede": "M IH1 L AH0 P IY2 D",
    "used": "Y UW1 Z D",
}

HOMOGRAPHS = [
    ("I will read the book", "read", "R IY1 D"),
    ("Yesterday I read the book", "read", "R EH1 D"),
    ("The lead pipe", "lead", "L EH1 D"),
    ("She will lead", "lead", "L IY1 D"),
    ("The wind blew", "wind", "W IH1 N D"),
    ("wind the clock", "wind", "W AY1 N D"),
    ("She shed a tear", "tear", "T IH1 R"),
    ("tear it up", "tear", "T EH1 R"),
    ("I live near here", "live", "L IH1 V"),
    ("a live wire", "live", "L AY1 V"),
    ("the bow of the ship", "bow", "B AW1"),
    ("he took a bow", "bow", "B AW1"),
    ("a bow and arrow", "bow", "B OW1"),
    ("They refuse to carry it", "refuse", "R IH0 F Y UW1 Z"),
    ("to carry refuse", "refuse", "R EH1 F Y UW2 S"),
    ("Present it to him", "Present", "P R IH0 Z EH1 N T"),
    ("it was the present", "present", "P R EH1 Z AH0 N T"),
    ("Close the door", "Close", "K L OW1 Z"),
    ("Please stay close", "close", "K L OW1 S"),
    ("He used to smoke", "used", "Y UW1 S T"),
    ("They used the boat", "used", "Y UW1 Z D"),
    ("They polish it", "polish", "P AA1 L IH0 SH"),
    ("The Polish army", "Polish", "P OW1 L IH0 SH"),
]


def say(text: str, own: dict[str, tuple[str, ...]] | None = None) -> list[str]:
    tokens = [Token(word, before_pause=False) for word in text.split()]
    return [" ".join(sounds) for sounds in pronounce(tokens, own or {})]


@pytest.mark.parametrize(("word", "sounds"), WORDS.items())
def test_a_word_sounds_as_in_the_dictionary(word: str, sounds: str) -> None:
    assert say(word) == [sounds]


@pytest.mark.parametrize(("sentence", "word", "sounds"), HOMOGRAPHS)
def test_words_written_alike_are_told_apart(sentence: str, word: str, sounds: str) -> None:
    assert say(sentence)[sentence.split().index(word)] == sounds


def test_the_users_pronunciation_goes_before_everything() -> None:
    own = {"hermione": ("HH", "ER0", "M", "AY1", "AH0", "N", "IY0")}
    assert say("Hermione Hermione's", own) == ["HH ER0 M AY1 AH0 N IY0", "HH ER0 M AY1 AH0 N IY0 Z"]
    assert say("the lead pipe", {"lead": ("L",)})[1] == "L"
    assert say("the apple", {"the": ("D", "AA1")})[0] == "D AA1"


def test_small_words_are_linked_to_a_vowel() -> None:
    assert say("the apple the hour the pear to eat to sleep")[::2] == [
        *("DH IY0", "DH IY0", "DH AH0", "T UW0", "T AH0")
    ]


def test_the_letter_a_is_named_among_letters_only() -> None:
    def first_a(sentence: str) -> tuple[str, ...]:
        tokens = [Token(word, before_pause=False) for word in sentence.split()]
        return pronounce(tokens, {})[sentence.split().index("A")]

    assert first_a("the U S A won") == ("EY1",)
    assert first_a("A B C") == ("EY1",)
    assert first_a("A man I knew") == ("AH0",)
    assert first_a("reading A Tale of Two Cities") == ("AH0",)


def test_an_unknown_word_is_guessed() -> None:
    (sounds,) = say("Daenerys")
    assert len(sounds.split()) >= 6


def test_foreign_letters_are_said_by_their_sound() -> None:
    assert say("Привет") != [""]
    assert say("日本") != [""]


def test_a_word_without_letters_has_no_sound() -> None:
    assert say("😀") == [""]


def test_every_phoneme_of_gruut_has_a_symbol() -> None:
    connection = sqlite3.connect(GRUUT / "lexicon.db")
    rows = connection.execute("SELECT phonemes FROM word_phonemes").fetchall()
    connection.close()
    heard = {phoneme for (phonemes,) in rows for phoneme in phonemes.split()}
    assert len(heard) > 60
    assert set(from_ipa(sorted(heard))) <= set(PHONEMES)


def test_every_phoneme_that_can_be_guessed_has_a_symbol() -> None:
    import base64

    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(GRUUT / "g2p" / "model.crf"))
    labels = [base64.b64decode(label).decode() for label in tagger.labels()]
    guessed = {phoneme for label in labels for phoneme in label.split("|")} - {"_"}
    assert len(guessed) > 60
    assert set(from_ipa(sorted(guessed))) <= set(PHONEMES)


@pytest.mark.parametrize(
    ("ipa", "arpabet"),
    [("ɾ", "T"), ("ʔ", "T"), ("ˈɝ", "ER1"), ("ɐ", "AH0"), ("ɨ", "IH0"), ("n̩", "AH0 N")],
)
def test_phonemes_of_other_ipa_habits_have_a_symbol(ipa: str, arpabet: str) -> None:
    assert " ".join(from_ipa([ipa])) == arpabet


def test_an_unknown_phoneme_is_refused_aloud() -> None:
    with pytest.raises(ValueError, match="ʘ"):
        from_ipa(["ʘ"])


def test_the_shipped_lexicon_is_sound() -> None:
    assert read_lexicon(lexicon_path())["and"] == ("AH0", "N", "D")


def test_a_lexicon_with_an_unknown_symbol_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "lexicon.tsv"
    path.write_text("cat\tK QQ T\n", encoding="utf-8")
    with pytest.raises(ValueError, match="cat"):
        read_lexicon(path)


def test_the_first_word_waits_for_nothing_that_no_word_needs() -> None:
    said = (
        "from narrator.text.g2p import Token, pronounce; pronounce([Token('frindle', False)], {})"
    )
    loaded = "import sys; print({'pycrfsuite', 'networkx', 'dateparser'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", f"{said}; {loaded}"], capture_output=True, text=True, check=True
    )
    assert done.stdout == "{'pycrfsuite'}\n"
