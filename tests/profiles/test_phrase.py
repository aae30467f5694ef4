"""What is read aloud to consent: the list of words, the choice among phrases, the statement."""

import sys
from datetime import date
from itertools import combinations

import numpy as np
import pytest
from shipped_voice import ROOT, WORDS, read_aloud

from narrator.audio.recognize import Choice, Recognizer
from narrator.profiles.phrase import (
    DECOYS,
    Phrase,
    PhraseWord,
    WordsHeard,
    new_phrase,
    read_words,
    said,
    statement,
    statement_said,
)
from narrator.speech import Recording

sys.path.insert(0, str(ROOT / "packaging"))
from make_phrase_words import APART, COUNT, STRUCK, dictionary, distance, shortened

LIST = read_words(WORDS)
SYLLABLES = dict(LIST)
DAY = date(2026, 11, 22)
SILENCE = Recording(np.zeros(16_000, np.float32), 16_000)


class Hears:
    """A recogniser that chooses by a rule, and keeps what it was asked."""

    def __init__(self, heard: str | None = None) -> None:
        self.heard = heard
        self.asked: list[list[str]] = []

    def knows(self, word: str) -> bool:
        return word not in {"xochitl", "nguyen"}

    def choose(self, recording: Recording, phrases: list[str]) -> Choice:
        self.asked.append(list(phrases))
        return Choice(phrases.index(self.heard) if self.heard in phrases else None, -1.0)

    def words(self, recording: Recording) -> tuple[str, ...]:
        return tuple((self.heard or "").split())


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer()


def test_the_list_has_2048_words_of_two_or_three_syllables() -> None:
    assert len(LIST) == len(SYLLABLES) == COUNT == 2_048
    assert set(SYLLABLES.values()) == {2, 3}
    assert all(word.isascii() and word.isalpha() and word.islower() for word in SYLLABLES)


def test_the_recogniser_knows_every_word_with_as_many_syllables() -> None:
    sounds = dictionary()
    for word, syllables in LIST:
        for phones in sounds[word]:
            assert sum(phone[0] in "AEIOU" for phone in phones) == syllables, word


def test_no_two_words_of_the_list_sound_alike() -> None:
    sounds = dictionary()
    near: dict[tuple[str, ...], set[tuple[str, tuple[str, ...]]]] = {}
    for word, _ in LIST:
        for phones in sounds[word]:
            for short in shortened(phones):
                near.setdefault(short, set()).add((word, phones))
    for alike in near.values():
        for (one, phones), (other, others) in combinations(sorted(alike), 2):
            assert one == other or distance(phones, others) >= APART, (one, other)


def test_words_less_than_three_phones_apart_share_a_shortened_form() -> None:
    one, other = tuple("K AE T".split()), tuple("B AE D S".split())
    assert distance(one, other) == 3
    assert set(shortened(one)) & set(shortened(tuple("B AE D".split())))


def test_no_struck_word_is_in_the_list() -> None:
    assert not set(SYLLABLES) & set(STRUCK.read_text("utf-8").split())


def test_a_phrase_is_six_different_words_and_99_others_of_the_same_syllables() -> None:
    phrase = new_phrase(LIST)
    assert len(set(phrase.words)) == 6
    assert len({phrase.words, *phrase.decoys}) == DECOYS + 1 == 100
    for decoy in phrase.decoys:
        assert [SYLLABLES[w] for w in decoy] == [SYLLABLES[w] for w in phrase.words]


def test_phrases_are_drawn_from_the_whole_list_and_do_not_come_back() -> None:
    drawn = [new_phrase(LIST).words for _ in range(300)]
    assert len(set(drawn)) == 300
    assert len({word for words in drawn for word in words}) > 1_000


def test_the_place_of_the_true_phrase_tells_nothing() -> None:
    hears = Hears()
    places = set()
    for _ in range(60):
        phrase = new_phrase(LIST)
        said(hears, SILENCE, phrase)  # type: ignore[arg-type]
        assert hears.asked[-1] == sorted(hears.asked[-1])
        places.add(hears.asked[-1].index(" ".join(phrase.words)))
    assert len(places) > 20


@pytest.mark.parametrize(("heard", "won"), [("b c", True), ("a d", False), (None, False)])
def test_the_true_phrase_must_win(heard: str | None, won: bool) -> None:
    phrase = Phrase(("b", "c"), (("a", "d"), ("e", "f")))
    assert said(Hears(heard), SILENCE, phrase) is won  # type: ignore[arg-type]


@pytest.mark.parametrize("voice", ["kathleen", "rowan"])
def test_words_that_were_read_win_and_an_old_reading_loses(
    recognizer: Recognizer, voice: str
) -> None:
    alike: dict[int, list[str]] = {2: [], 3: []}
    for word, syllables in LIST:
        alike[syllables].append(word)
    words = ("button", "carpenter", "garden", "beautiful", "window", "telephone")
    counts = [2, 3, 2, 3, 2, 3]
    chance = np.random.default_rng(3)
    decoys = tuple(
        tuple(map(str, (chance.choice(alike[n]) for n in counts))) for _ in range(DECOYS)
    )
    reading = read_aloud("Button, carpenter, garden, beautiful, window, telephone.", voice)
    assert said(recognizer, reading, Phrase(words, decoys))
    assert not said(recognizer, reading, Phrase(decoys[0], (words, *decoys[1:])))


@pytest.mark.parametrize(
    ("tries", "passed", "failed"),
    [
        ([], False, False),
        ([1], False, False),
        ([1, 1], True, False),
        ([0, 0, 1], False, False),
        ([0, 0, 1, 1], True, False),
        ([0, 0, 0], False, True),
        ([0, 1, 0, 0], False, True),
    ],
)
def test_two_wins_in_four_tries_are_needed(tries: list[int], passed: bool, failed: bool) -> None:
    heard = WordsHeard()
    for won in tries:
        heard = heard.after(bool(won))
    assert (heard.passed, heard.failed) == (passed, failed)


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        (date(2026, 11, 22), "the twenty-second of November, twenty twenty-six"),
        (date(2030, 1, 1), "the first of January, twenty thirty"),
        (date(2011, 12, 31), "the thirty-first of December, twenty eleven"),
        (date(2048, 5, 30), "the thirtieth of May, twenty forty-eight"),
    ],
)
def test_the_statement_names_the_speaker_and_says_the_day_in_words(day: date, spoken: str) -> None:
    text = statement("Maria Keller", day)
    assert text.startswith("I am Maria Keller. I agree that narrator on this computer stores")
    assert text.endswith(f"Today is {spoken}.")


@pytest.mark.parametrize("year", [1999, 2009, 2100])
def test_a_year_that_cannot_be_today_has_no_words(year: int) -> None:
    with pytest.raises(ValueError, match="year"):
        statement("Maria", date(year, 1, 1))


@pytest.mark.parametrize("name", ["Xochitl Nguyen", "李明", "R2-D2 {day}", "'", ""])
def test_any_name_can_be_stated(name: str) -> None:
    hears = Hears()
    heard = statement_said(hears, SILENCE, name, DAY)  # type: ignore[arg-type]
    assert not heard.won
    assert heard.share == 0.0
    assert not any("nguyen" in phrase or "{" in phrase for phrase in hears.asked[0])


def test_the_statement_wins_against_its_own_words_in_other_orders() -> None:
    hears = Hears()
    statement_said(hears, SILENCE, "Maria", DAY)  # type: ignore[arg-type]
    (phrases,) = hears.asked
    assert len(phrases) == 51
    assert len({tuple(sorted(phrase.split())) for phrase in phrases}) == 1


def test_the_share_counts_words_in_their_order() -> None:
    right = statement_said(Hears("agree that narrator on"), SILENCE, "", DAY)  # type: ignore[arg-type]
    wrong = statement_said(Hears("narrator on that agree"), SILENCE, "", DAY)  # type: ignore[arg-type]
    assert right.share == pytest.approx(2 * wrong.share)


class OnlyChooses(Recognizer):
    """Free recognition of a whole statement takes seconds."""

    def words(self, recording: Recording) -> tuple[str, ...]:
        return ()


def test_a_statement_that_was_read_wins_and_other_speech_does_not() -> None:
    text = statement("Maria Keller", DAY)
    other = "The old man walked slowly along the river, and the boat was gone. " * 3
    for read, won in ((text, True), (other, False)):
        heard = statement_said(OnlyChooses(), read_aloud(read), "Maria Keller", DAY)
        assert heard.won is won


def test_the_share_grows_with_what_was_read(recognizer: Recognizer) -> None:
    part = statement_said(recognizer, read_aloud("I can withdraw this at any time."), "", DAY)
    assert 0.08 < part.share < 0.3


@pytest.mark.parametrize("line", ["word", "word\ttwo", "a\t2\t3", ""])
def test_a_damaged_list_is_refused(tmp_path, line: str) -> None:
    path = tmp_path / "words.txt"
    path.write_text(f"able\t2\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=r".+"):
        read_words(path)


def test_the_list_can_be_any_list() -> None:
    words = tuple(PhraseWord(f"{a}{b}", 2) for a in "abcde" for b in "xyzuv")
    assert len(set(new_phrase(words).words)) == 6
