from pathlib import Path

import pytest

from narrator.training.corpus import Clip
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.results import as_html, as_markdown, in_words
from narrator.training.evaluation.sentences import (
    ACCENTED_SENTENCES,
    held_out,
    natives,
    of_main_speaker,
    strangers,
)
from narrator.training.judges import Interval


def clip(
    name: str, split: str, text: str = "Yes.", *, speaker: str = "x", source: str = "kathleen"
):
    return Clip(f"{name}.wav", speaker, source, "CC0", "f", 1.0, 12000.0, split, text)


def test_only_held_out_sentences_with_a_text_are_judged() -> None:
    clips = [clip("a", "valid"), clip("b", "train"), clip("c", "valid", ""), clip("d", "valid")]
    assert [one.file for one in held_out(clips)] == ["a.wav", "d.wav"]


def test_accented_sentences_are_thinned_out_and_native_ones_kept() -> None:
    native = [clip(f"n{n}", "valid") for n in range(7)]
    accented = [clip(f"a{n}", "valid", source="phones") for n in range(400)]
    chosen = held_out(accented + native)
    assert natives(chosen) == list(range(7))
    assert len(chosen) == 7 + ACCENTED_SENTENCES
    assert held_out(accented + native) == chosen
    assert held_out(accented + native, quick=True) == chosen[::5]


def test_a_corpus_of_ones_own_is_native_throughout() -> None:
    assert natives([clip("a", "valid", source="mine"), clip("b", "valid", source="mine")]) == [0, 1]


def test_melody_is_judged_on_the_speaker_with_most_sentences() -> None:
    clips = [clip(name, "valid", speaker=name[0]) for name in ("a1", "b1", "b2")]
    assert of_main_speaker(clips) == [1, 2]


def test_a_corpus_without_held_out_sentences_cannot_be_judged() -> None:
    with pytest.raises(ValueError, match="no `valid` row"):
        held_out([clip("a", "train")])


def test_a_stranger_was_never_trained_on_and_needs_no_text() -> None:
    clips = [clip("a", "train", speaker="known"), clip("b", "valid", speaker="known")]
    clips += [clip(f"s{n}", "valid", "", speaker="new") for n in range(5)]
    assert [one.file for one in strangers(clips)] == ["s0.wav", "s1.wav", "s2.wav"]


def test_the_table_leaves_a_cell_empty_that_was_not_measured() -> None:
    tables = {
        "speech": {"human": {"words": Interval(0.25, 0.21, 0.3), "F0": 2.5}, "ours": {"n": 3}}
    }
    head, _, human, ours = as_markdown(tables).strip().splitlines()
    assert head == "| speech | words | F0 | n |"
    assert human == "| human | 0.250 (0.210 to 0.300) | 2.50 |  |"
    assert ours == "| ours |  |  | 3 |"


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (Interval(0.2612, 0.2251, 0.3101), "0.261 (0.225 to 0.310)"),
        (Interval(12.345, 8.1, 16.2), "12.3 (8.1 to 16.2)"),
        (Interval(1.0, 1.0, 1.0), "1.000 (1.000 to 1.000)"),
        (None, ""),
        (7, "7"),
    ],
)
def test_a_figure_is_written_as_far_as_it_is_known(figure: Interval | None, words: str) -> None:
    assert in_words(figure) == words


def test_a_name_cannot_break_the_page() -> None:
    html = as_html({"<b>": {"a & b": {"<i>": 1}}})
    assert "<b>" not in html
    assert "<i>" not in html
    assert "a &amp; b" in html


class Counting:
    """A pool of one that counts what it is given."""

    def __init__(self) -> None:
        self.calls = 0

    def map(self, measure, *columns):
        for row in zip(*columns, strict=True):
            self.calls += 1
            yield measure(*row)


def times(first: int, second: int) -> int:
    return first * second


def test_what_was_measured_is_not_measured_again(tmp_path: Path) -> None:
    pool = Counting()
    assert Memory(tmp_path, pool).map(times, [2, 3, 2], [5, 7, 5]) == [10, 21, 10]
    assert pool.calls == 2
    assert Memory(tmp_path, pool).map(times, [3, 4], [7, 1]) == [21, 4]
    assert pool.calls == 3


def test_an_interrupted_measurement_goes_on(tmp_path: Path) -> None:
    pool = Counting()
    Memory(tmp_path, pool).map(times, [2, 3], [5, 7])
    kept = tmp_path / "times.jsonl"
    kept.write_text(kept.read_text("utf-8")[:-3], encoding="utf-8")
    assert Memory(tmp_path, pool).map(times, [2, 3], [5, 7]) == [10, 21]
    assert pool.calls == 3
