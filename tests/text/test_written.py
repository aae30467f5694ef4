"""Spoken words find the written words that they say."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrator.errors import NothingToSay
from narrator.text.frontend import phonemize
from narrator.text.written import written_of, written_words


def said_by(text: str) -> list[tuple[str, list[str]]]:
    """Give each written word that sounds, with its spoken words."""
    words = phonemize(text).words
    written = written_words(text)
    found: dict[int, list[str]] = {}
    for word, owner in zip(words, written_of(text, words), strict=True):
        found.setdefault(owner, []).append(word.lower())
    return [(written[owner].text, spoken) for owner, spoken in found.items()]


@pytest.mark.parametrize(
    ("text", "word", "spoken"),
    [
        ("In 1984 he left.", "1984", "nineteen eighty four"),
        ("In 1984 he left.", "he", "he"),
        ("Dr. Bell met Mr. Ash.", "Mr.", "mister"),
        ("He paid $5 million to her.", "$5", "five"),
        ("He paid $5 million to her.", "million", "million dollars"),
        ("He paid $5 million to her.", "to", "to"),
        ("The F.B.I. came.", "F.B.I.", "f b i"),
        ("Henry VIII lived.", "VIII", "the eighth"),
        ("At 10:30 p.m. it rang.", "10:30", "ten thirty"),
        ("At 10:30 p.m. it rang.", "p.m.", "p m"),
        ("The sea—and the sky.", "sea—", "sea"),
        ("The sea—and the sky.", "and", "and"),
        ("3 and 3 and 3 make 9.", "9.", "nine"),
        ("“Stop!” he cried.", "“Stop!”", "stop"),
        ("Wait — now.", "now.", "now"),
    ],
)
def test_each_written_word_is_said_by_its_own(text, word, spoken):
    assert (word, spoken.split()) in said_by(text)


@settings(max_examples=100, deadline=None)
@given(st.text("ab 1,.$—'’“”-&%IVX", max_size=40))
def test_any_text_is_shared_out_in_order(text):
    try:
        words = phonemize(text).words
    except NothingToSay:
        return
    owners = written_of(text, words)
    assert len(owners) == len(words)
    assert owners == sorted(owners)
    assert all(0 <= owner < len(written_words(text)) for owner in owners)


@given(st.text(max_size=60))
def test_written_words_are_all_that_is_written(text):
    words = written_words(text)
    assert "".join(word.text for word in words) == "".join(text.split())
    assert all(text[word.at :].startswith(word.text) for word in words)
