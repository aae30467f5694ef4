from pathlib import Path

import numpy as np
import pytest

from narrator.engine.config import MELS
from narrator.training.evaluate import as_markdown, held_out, natives
from narrator.training.judges import (
    Interval,
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


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Two collections, each with a held-out clip, one that is trained on and one without text."""
    rows = ["file speaker source licence sex seconds bandwidth_hz split text".replace(" ", "\t")]
    for source in ("kathleen", "mine"):
        for name, split, text in (
            ("a", "valid", "Yes."),
            ("b", "train", "No."),
            ("c", "valid", ""),
        ):
            rows.append(f"{source}{name}.wav\tx\t{source}\tCC0\tf\t1\t12000\t{split}\t{text}")
            np.savez(
                tmp_path / f"{source}{name}.npz",
                audio=np.zeros(900, dtype=np.int16),
                mel=np.zeros((MELS, 3), dtype=np.float16),
            )
    (tmp_path / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return tmp_path


def test_only_held_out_sentences_are_judged(corpus: Path) -> None:
    sentences = held_out(corpus, corpus)
    assert [sentence.clip.file for sentence in sentences] == ["kathleena.wav", "minea.wav"]
    assert natives(sentences) == [0]


def test_a_corpus_of_ones_own_is_native_throughout(corpus: Path) -> None:
    own = held_out(corpus, corpus)[1:]
    assert natives(own) == [0]


def test_a_corpus_without_held_out_sentences_cannot_be_judged(corpus: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no `valid` row"):
        held_out(corpus, tmp_path / "features")


def test_the_table_leaves_a_cell_empty_that_was_not_measured() -> None:
    rows = {
        "human": {"word errors, native": Interval(0.25, 0.2, 0.3), "melody, semitones": 2.5},
        "ours": {"PESQ-WB": Interval(3, 2, 4)},
    }
    _, _, human, ours = as_markdown(rows).splitlines()
    assert human == "| human | 0.250 (0.200 to 0.300) |  | 2.50 |  |  |  |"
    assert ours.endswith("|  |  |  |  | 3.000 (2.000 to 4.000) |  |")
