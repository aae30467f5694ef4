import numpy as np
import pytest

from narrator.training.judges import (
    WordCount,
    bootstrap,
    count_errors,
    said_words,
    word_error_rate,
)


@pytest.mark.parametrize(
    ("heard", "errors"),
    [
        ("the cat sat", 0),
        ("the hat sat", 1),
        ("the sat", 1),
        ("the big cat sat", 1),
        ("cat the sat", 2),
        ("", 3),
        ("a b c d e", 5),
    ],
)
def test_word_errors_are_words_changed_missing_or_added(heard: str, errors: int) -> None:
    assert count_errors("the cat sat".split(), heard.split()) == WordCount(errors, 3)


def test_nothing_said_and_something_heard_is_all_errors() -> None:
    assert count_errors([], ["the", "cat"]) == WordCount(2, 0)


def test_a_long_sentence_weighs_more_than_a_short_one() -> None:
    rate = word_error_rate([WordCount(1, 1), WordCount(0, 9)])
    assert rate.mean == 0.1
    assert rate.low <= rate.mean <= rate.high


def test_equal_sentences_leave_no_doubt() -> None:
    assert word_error_rate([WordCount(1, 4)] * 20) == (0.25, 0.25, 0.25)
    assert bootstrap([2.0] * 5) == (2, 2, 2)


def test_the_interval_is_that_of_a_mean() -> None:
    values = np.random.default_rng(5).normal(10, 2, 400).tolist()
    found = bootstrap(values)
    assert found.mean == pytest.approx(np.mean(values))
    assert found.high - found.low == pytest.approx(2 * 1.96 * 2 / 20, rel=0.15)
    assert bootstrap(values) == found


def test_what_was_said_is_spelled_as_a_recogniser_would() -> None:
    said = "In 1984, it’s Dr. Smith — don't 'go'!"
    expected = "in nineteen eighty four it's doctor smith don't go"
    assert said_words(said) == expected.split()
