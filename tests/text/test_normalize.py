"""The words of a written sentence as a narrator says them."""

import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.text.normalize import normalize
from narrator.text.numbers import cardinal, grouped, roman, year

GOLDEN = [
    tuple(line.split("\t"))
    for line in (Path(__file__).parent / "normalize.tsv").read_text("utf-8").splitlines()
]
SPEAKABLE = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ'’‘“”,;:.?!…—\- ]*")
HOSTILE_RUNS = [(50_000, sign) for sign in ("1", ".", "I")] + [
    (20_000, sign)
    for sign in ("é", "A.", "1.", "'", '"', "a@", "$1", "-", "<", "½", "\0", "Chapter I ", "St. ")
]
WRITTEN_SIGNS = st.sampled_from(
    [*"aeIVXcSt. ,'\"0159½$£€%°-–—/:()[]#@&+=*_<>|~^\u00a0éж漢😀…“”‘’²\u0301"]
)
PLAIN_WORDS = st.sampled_from(
    "The old captain saw me and said nothing of civil lights don't I".split()
)


@pytest.mark.parametrize(("written", "spoken", "category"), GOLDEN)
def test_each_golden_sentence_is_said_as_written_down(
    written: str, spoken: str, category: str
) -> None:
    assert normalize(written) == spoken, category


def test_the_golden_list_is_long_and_says_nothing_twice() -> None:
    assert len(GOLDEN) >= 280
    assert len({written for written, _, _ in GOLDEN}) == len(GOLDEN)


@pytest.mark.parametrize("spoken", sorted({spoken for _, spoken, _ in GOLDEN}))
def test_what_is_already_spoken_stays_as_it_is(spoken: str) -> None:
    assert normalize(spoken) == spoken


@given(st.text())
def test_any_text_at_all_leaves_letters_and_punctuation_alone(text: str) -> None:
    assert SPEAKABLE.fullmatch(normalize(text))


@given(st.text(WRITTEN_SIGNS, max_size=20))
def test_signs_thrown_together_leave_letters_and_punctuation_alone(text: str) -> None:
    assert SPEAKABLE.fullmatch(normalize(text))


@given(st.lists(PLAIN_WORDS, min_size=2), st.sampled_from(".?!…"))
def test_plain_prose_comes_back_as_it_is(words: list[str], mark: str) -> None:
    sentence = " ".join(words) + mark
    assert normalize(sentence.replace(" ", "\u00a0\n")) == sentence


@pytest.mark.parametrize(("length", "run"), HOSTILE_RUNS)
def test_a_long_run_of_one_sign_takes_linear_time(length: int, run: str) -> None:
    began = time.process_time()
    spoken = normalize((run * length)[:length])
    assert (
        time.process_time() - began < 1.5
    )  # quadratic patterns took a minute at the longer length
    assert SPEAKABLE.fullmatch(spoken)


def test_plain_prose_goes_through_at_twenty_thousand_words_a_second() -> None:
    sentence = "It was the best of times, it was the worst of times, and she knew it."
    normalize(sentence)
    rates = []
    for _ in range(5):
        began = time.process_time()
        for _ in range(100):
            normalize(sentence)
        rates.append(100 * len(sentence.split()) / (time.process_time() - began))
    assert max(rates) > 20_000


def test_nothing_to_say_is_an_empty_string() -> None:
    assert normalize("") == normalize(" \u200b\n") == normalize("* * *") == normalize("😀") == ""


@pytest.mark.parametrize(
    ("value", "spoken"),
    [(0, "zero"), (112, "one hundred twelve"), (-7, "minus seven"), (10**6, "one million")],
)
def test_cardinals_go_without_and(value: int, spoken: str) -> None:
    assert cardinal(value) == spoken


@pytest.mark.parametrize(
    ("value", "spoken"),
    [
        (1900, "nineteen hundred"),
        (1905, "nineteen oh-five"),
        (2000, "two thousand"),
        (2009, "two thousand nine"),
        (2010, "twenty ten"),
        (79, "seventy-nine"),
    ],
)
def test_years_are_said_in_pairs(value: int, spoken: str) -> None:
    assert year(value) == spoken


@pytest.mark.parametrize(("written", "value"), [("XIV", 14), ("mcmxcix", 1999), ("IV", 4)])
def test_roman_numerals_have_their_value(written: str, value: int) -> None:
    assert roman(written) == value


@pytest.mark.parametrize("written", ["", "IIII", "VX", "CIVIL", "LIVID", "IC", "ABC", "M" * 20])
def test_what_is_no_roman_numeral_has_no_value(written: str) -> None:
    assert roman(written) is None


def test_house_numbers_are_said_in_groups() -> None:
    assert [grouped(text) for text in ("221", "101", "500", "1080")] == [
        "two twenty-one",
        "one oh one",
        "five hundred",
        "ten eighty",
    ]
