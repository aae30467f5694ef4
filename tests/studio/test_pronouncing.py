"""The user's pronunciations for all books, and what becomes of a word with them."""

import threading
from pathlib import Path

import pytest

from narrator.errors import FolderNotWritable
from narrator.speech import Pronunciation
from narrator.studio.pronouncing import NAME, OwnPronunciation, Pronouncer, said_in
from narrator.studio.studio import FrontEnd
from narrator.text import frontend, respelling

KEEPER = Pronunciation("Keeper", ("K", "IY1", "P", "AH0"))
CANEA = Pronunciation("Canea", ("K", "AH0", "N", "IY1", "AH0"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / NAME


@pytest.fixture
def front_end() -> FrontEnd:
    return FrontEnd(
        frontend.phonemize,
        frontend.spoken,
        frontend.fingerprint,
        respelling.respelled,
        respelling.phonemes_shown,
    )


def test_nothing_is_there_at_first(path: Path) -> None:
    assert Pronouncer(path).all() == ()
    assert not path.exists()


def test_what_was_added_is_there_at_the_next_start(path: Path) -> None:
    own = Pronouncer(path)
    own.add(KEEPER, "KEE-puh")
    own.add(CANEA)
    assert Pronouncer(path).all() == (CANEA, KEEPER)
    assert Pronouncer(path).entries()[1] == OwnPronunciation(KEEPER, "KEE-puh")


def test_a_word_has_one_pronunciation_however_it_is_written(path: Path) -> None:
    own = Pronouncer(path)
    own.add(KEEPER)
    other = Pronunciation("keeper", ("K", "EH1", "P"))
    own.add(other)
    assert own.all() == (other,)
    own.remove("KEEPER")
    assert own.all() == ()
    own.remove("never there")


def test_tabs_and_line_ends_do_not_break_the_file(path: Path) -> None:
    own = Pronouncer(path)
    own.add(Pronunciation("Keep\ter\n", ("K",)), "a\tb\nc")
    assert own.entries() == (OwnPronunciation(Pronunciation("Keep er", ("K",)), "a b c"),)


@pytest.mark.parametrize(
    "pronunciation",
    [Pronunciation(" ", ("K",)), Pronunciation("Keeper", ()), Pronunciation("Keeper", ("QX",))],
)
def test_what_is_no_pronunciation_is_refused(path: Path, pronunciation: Pronunciation) -> None:
    with pytest.raises(ValueError, match="ARPAbet"):
        Pronouncer(path).add(pronunciation)


def test_damaged_lines_are_passed_over_and_kept(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"# mine\nCanea\tK AH0 N IY1 AH0\n\xff\xfe\x00\tQX\nhalf a li\r\n")
    own = Pronouncer(path)
    assert own.all() == (CANEA,)
    own.add(KEEPER)
    assert own.all() == (CANEA, KEEPER)
    left = path.read_bytes()
    assert b"\xff\xfe\x00\tQX\n" in left
    assert b"half a li\n" in left
    assert b"# mine\n" in left


def test_a_file_that_cannot_be_read_says_nothing_and_is_not_overwritten(path: Path) -> None:
    path.mkdir(parents=True)
    own = Pronouncer(path)
    assert own.all() == ()
    with pytest.raises(FolderNotWritable):
        own.add(KEEPER)


def test_two_windows_at_once_lose_nothing(path: Path) -> None:
    words = [f"word{letter}" for letter in "abcdefgh"]
    threads = [
        threading.Thread(target=Pronouncer(path).add, args=(Pronunciation(word, ("K",)),))
        for word in words
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.word for entry in Pronouncer(path).all()] == words


def test_a_word_is_said_before_and_after(front_end: FrontEnd) -> None:
    sentence = "“The keeper’s lamp,” said the keeper."
    before = said_in("Keeper", sentence, front_end)
    assert before == (("keeper",), ("K", "IY1", "P", "ER0"))
    assert said_in("Keeper", sentence, front_end, [KEEPER]).symbols == KEEPER.symbols


def test_a_word_is_said_as_its_sentence_needs(front_end: FrontEnd) -> None:
    assert said_in("read", "Yesterday I read the book.", front_end).symbols == ("R", "EH1", "D")
    assert said_in("read", "I will read it.", front_end).symbols == ("R", "IY1", "D")


def test_a_number_is_said_in_several_words(front_end: FrontEnd) -> None:
    said = said_in("1984", "It was 1984, she said.", front_end)
    assert [word.lower() for word in said.words] == ["nineteen", "eighty", "four"]


def test_an_abbreviation_is_the_word_it_stands_for(front_end: FrontEnd) -> None:
    assert said_in("Dr.", "I saw Dr. Watson.", front_end).words == ("Doctor",)


def test_a_word_that_is_not_in_the_sentence_is_said_alone(front_end: FrontEnd) -> None:
    assert said_in("cat", "It rained.", front_end).symbols == ("K", "AE1", "T")
