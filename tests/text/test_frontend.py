"""From a sentence to the symbols that the engine reads."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from narrator.errors import NothingToSay
from narrator.speech import Opening, Pronunciation
from narrator.text.frontend import fingerprint, phonemize, spoken
from narrator.text.symbols import BOUNDARIES, INDEX, OPENINGS, QUOTES, WORD

PAUSES = {*BOUNDARIES, *QUOTES, *OPENINGS.values()}


def outline(text: str) -> str:
    """Give the words and the symbols between, the opening left out: `Hi,”he said.`"""
    made = phonemize(text)
    parts: list[str] = []
    last = -1
    for symbol, word in zip(made.symbols[1:], made.word_of[1:], strict=True):
        if word == -1:
            parts.append(symbol)
        elif word != last:
            parts.append(made.words[word])
        last = word
    return "".join(parts)


def test_a_sentence_is_an_opening_words_with_boundaries_and_an_ending() -> None:
    made = phonemize("Stop it.", opening=Opening.HEADING)
    assert made.symbols == ("#", "S", "T", "AA1", "P", " ", "IH1", "T", ".")
    assert made.words == ("Stop", "it")
    assert made.word_of == (-1, 0, 0, 0, 0, -1, 1, 1, -1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no end", "no end."),
        ("one, two; three: four", "one,two:three:four."),
        ("He—no—she – it -- we", "He-no-she-it-we."),
        ("Wait… what?!", "Wait…what?"),
        ("Wait... . . . what!?", "Wait…what?"),
        ("Never!!!", "Never!"),
        ("Then I thought—", "Then I thought-"),
        ("A well-known man", "A well known man."),
        ("“Hi,” he said.", "“Hi,”he said."),
        ('"Hi," he said, "you."', "“Hi,”he said,“you.”"),
        ("«Hi», he said.", "“Hi,”he said."),
        ("‘Hi,’ he said. ‘Don’t go.’", "“Hi,”he said.“Don't go.”"),
        ("'Hi,' he said. 'Don't go.'", "“Hi,”he said.“Don't go.”"),
        ("He said, “She said, ‘Go!’”", "He said,“She said,“Go!””"),
        ("The dogs’ bowls", "The dogs bowls."),
        ("’Tis late, ’twas good", "'Tis late,'twas good."),
        ("Give 'em that", "Give 'em that."),
    ],
)
def test_punctuation_becomes_boundaries_and_quotes(text: str, expected: str) -> None:
    assert outline(text) == expected


@pytest.mark.parametrize("text", ["", " ", "…", "***", "😀", "—“”"])
def test_a_text_without_words_is_refused_by_name(text: str) -> None:
    with pytest.raises(NothingToSay):
        phonemize(text)


def test_small_words_are_full_before_a_pause() -> None:
    assert " ".join(phonemize("What for?").symbols).endswith("F AO1 R ?")
    assert " ".join(phonemize("For you.").symbols).startswith("^ F ER0")


def test_the_users_pronunciation_is_spoken() -> None:
    own = Pronunciation("Cthulhu", ("K", "UW1"))
    assert phonemize("Cthulhu!", pronunciations=[own]).symbols == ("^", "K", "UW1", "!")


def test_threads_get_the_same_as_one_after_the_other() -> None:
    texts = [
        f"Zorb{'xyzqw'[i % 5] * (i % 7)}el will close the present by the lead pipe."
        for i in range(40)
    ]
    expected = [phonemize(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(phonemize, texts)) == expected


def test_the_words_as_spoken_can_be_shown() -> None:
    assert spoken("One,  two.") == "One, two."


def test_the_fingerprint_is_short_and_steady() -> None:
    assert fingerprint() == fingerprint()
    assert len(fingerprint()) == 16


@settings(max_examples=30, deadline=None, derandomize=True)
@given(st.text(max_size=30) | st.text("aeth's .,?!\"'’‘“”—-…()1é", max_size=40))
def test_any_text_gives_known_symbols_or_is_refused(text: str) -> None:
    try:
        made = phonemize(text)
    except NothingToSay:
        return
    assert len(made.symbols) == len(made.word_of)
    assert set(made.symbols) <= set(INDEX)
    assert {word for word in made.word_of if word >= 0} == set(range(len(made.words)))
    for symbol, word in zip(made.symbols, made.word_of, strict=True):
        assert (word == -1) == (symbol in PAUSES)
    assert made.symbols[0] == "^"
    ending = [symbol for symbol in made.symbols if symbol not in QUOTES][-1]
    assert ending in BOUNDARIES
    assert ending != WORD
