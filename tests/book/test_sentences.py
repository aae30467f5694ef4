"""Sentences: the golden list, what quotes and long sentences do, and that nothing is ever lost."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrator.book.sentences import LONGEST, split_sentences

GOLDEN = Path(__file__).with_name("sentences.tsv")
SCRAPS = """Mr. Dr. St. No. 7 p.m. “Stop!” “No.” he said. Tom cried. She I... I … ... — —” " ' ) (He
    left. What?! Louis U.S. J. R. etc. and then, because; the sea. 3:16 The Gen. IV. ‘Home.’ eBay"""
BOOKISH = st.lists(st.sampled_from(SCRAPS.split())).map(" ".join)


def test_at_least_49_of_the_50_golden_paragraphs_are_split_as_expected():
    rows = [line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines()[1:]]
    wrong = [row[0] for row in rows if split_sentences(row[2]) != row[3].split(" | ")]
    assert len(rows) == 50
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    "pieces",
    [
        ["“Stop!” Tom cried.", "He ran."],
        ["“Stop!” cried Mr. Pell.", "Nobody stopped."],
        ["“Run!” I shouted.", "Nobody ran."],
        ["“What?”", "He looked up."],
        ["“No.”", "Tom said nothing."],
        ["“I never—”", "He fell silent."],
        ["“Go,” she said. “And take the cat.”", "He went."],
        ["“Who are you?” he asked.", "“Nobody.”"],
        ["“I... I do not know.”"],
        ["Is it 5 p.m. Tuesday or Friday?", "It is noon."],
        ["They paid $5 to Smith & Co.", "The shop closed."],
        ["He came with Mrs. Dalloway, Dr. Moore and St. John.", "They sat."],
        ["So am I.", "Tom came too."],
        ["CHAPTER I.", "The Storm"],
        ["No full stop at the end"],
        ["He paid 3.5 million.", "1912 was a good year."],
        ["See pp. 3 and 4, vol. II, no. 7."],
        ["She left (nobody knew why).", "He stayed."],
    ],
)
def test_a_narrator_would_breathe_here(pieces):
    assert split_sentences(" ".join(pieces)) == pieces


def test_white_space_alone_is_no_sentence():
    assert split_sentences("") == split_sentences(" \n\t\u00a0 ") == []


def test_a_long_sentence_is_cut_where_a_clause_ends():
    clause = "the rain fell upon the roofs of the town and ran along the gutters to the sea"
    pieces = split_sentences("; ".join([clause] * 12) + ".")
    assert all(120 <= len(piece) <= LONGEST for piece in pieces)
    assert all(piece.endswith(("sea;", "sea.")) for piece in pieces)


def test_a_long_sentence_without_any_mark_is_cut_between_words():
    pieces = split_sentences("word " * 500)
    assert max(map(len, pieces)) <= LONGEST
    assert " ".join(pieces).split() == ["word"] * 500


def test_a_word_without_end_is_cut_all_the_same():
    assert list(map(len, split_sentences("x" * 1000))) == [400, 400, 200]


@pytest.mark.parametrize("text", ["." * 200_000, "!" + ")" * 200_000, "—“" * 100_000])
def test_hostile_runs_of_marks_take_no_time(text):
    assert "".join(split_sentences(text)) == text


@settings(deadline=None)
@given(st.one_of(st.text(max_size=1500), BOOKISH))
def test_joining_the_sentences_gives_the_paragraph(paragraph):
    pieces = split_sentences(paragraph)
    assert all(piece and piece == piece.strip() and len(piece) <= LONGEST for piece in pieces)
    assert "".join(" ".join(pieces).split()) == "".join(paragraph.split())
    if all(len(word) <= LONGEST for word in paragraph.split()):
        assert " ".join(pieces) == " ".join(paragraph.split())


@settings(deadline=None)
@given(BOOKISH)
def test_a_sentence_never_ends_in_a_title(paragraph):
    assert not any(piece.endswith((" Mr.", " Dr.")) for piece in split_sentences(paragraph)[:-1])
