import numpy as np
import pytest

from narrator.speech import HOP, Phonemes
from narrator.training.evaluation.robustness import (
    Hearing,
    Verdict,
    damaged,
    echoes,
    hard_sentences,
    judge,
    matches,
)
from narrator.training.prepare import phonemes_of

TEXT = "The captain saw a lantern"
WORDS = "the captain saw a lantern".split()


def spoken() -> Phonemes:
    return phonemes_of(TEXT + ".")


def evenly(phonemes: Phonemes, frames: int = 6) -> list[int]:
    return [frames if word >= 0 else 0 for word in phonemes.word_of]


def squeezed(phonemes: Phonemes, word: str, frames: int) -> list[int]:
    place = phonemes.words.index(word)
    even = evenly(phonemes)
    return [frames if n == place else f for n, f in zip(phonemes.word_of, even, strict=True)]


def test_there_are_a_hundred_different_sentences_that_can_be_spoken() -> None:
    sentences = hard_sentences()
    assert len(sentences) == len(set(sentences)) == 100
    assert sum(len(sentence.split()) == 1 for sentence in sentences) >= 10
    assert sum(len(sentence.split()) >= 60 for sentence in sentences) >= 15
    assert all(phonemes_of(sentence).words for sentence in sentences[::8])


def test_what_is_heard_and_has_room_is_not_skipped() -> None:
    said = spoken()
    hearing = Hearing(said, WORDS, evenly(said), evenly(said))
    assert judge(hearing, [WORDS]) == Verdict(5, (), (), False)


def test_a_word_that_nobody_hears_and_that_has_no_room_is_skipped() -> None:
    said = spoken()
    hearing = Hearing(said, ["the", "saw", "a", "lantern"], squeezed(said, "captain", 3))
    assert judge(hearing, [WORDS]).skipped == ("captain",)


def test_a_skipped_word_may_take_the_room_of_its_neighbour() -> None:
    said = phonemes_of("The captain lifted a lantern.")
    words = "the captain lifted a lantern".split()
    heard = ["the", "lifted", "a", "lantern"]
    assert judge(Hearing(said, heard, squeezed(said, "lifted", 3)), [words]).skipped == ("captain",)
    assert not judge(Hearing(said, heard, squeezed(said, "lantern", 3)), [words]).skipped


def test_a_small_word_that_is_slurred_is_not_skipped() -> None:
    said = spoken()
    slurred = Hearing(said, ["the", "captain", "saw", "lantern"], squeezed(said, "a", 2))
    assert not judge(slurred, [WORDS]).skipped
    assert judge(slurred._replace(meant=squeezed(said, "a", 1)), [WORDS]).skipped == ("a",)


def test_a_word_that_is_hard_to_hear_from_anybody_is_no_skip() -> None:
    said = spoken()
    heard = ["the", "saw", "a", "lantern"]
    assert not judge(Hearing(said, heard, squeezed(said, "captain", 3)), [heard]).skipped
    assert not judge(Hearing(said, heard, evenly(said)), [WORDS]).skipped


def test_a_word_that_was_given_no_time_is_skipped_whoever_hears_it() -> None:
    said = spoken()
    hearing = Hearing(said, WORDS, evenly(said), squeezed(said, "lantern", 1))
    assert judge(hearing, [WORDS]).skipped == ("lantern",)


def test_a_sentence_that_the_aligner_refuses_is_told() -> None:
    assert judge(Hearing(spoken(), WORDS, None), [WORDS]).refused


@pytest.mark.parametrize(
    ("heard", "found"),
    [
        ("the captain saw a lantern", []),
        ("the captain captain saw a lantern", ["captain"]),
        ("the captain the captain saw a lantern", ["the captain"]),
        ("the captain saw saw a lantern lantern", ["lantern", "saw"]),
        ("the captain saw so a lantern", []),
        ("the captain captain a lantern", []),
        ("the captain saw a uh uh lantern", []),
    ],
)
def test_a_word_said_twice_is_repeated(heard: str, found: list[str]) -> None:
    assert echoes(WORDS, heard.split()) == found


def test_what_the_text_says_twice_may_be_heard_twice() -> None:
    said = "no no no he had had it".split()
    assert echoes(said, said) == []
    assert echoes(said, "no no no he had had had it".split()) == ["had"]


def test_what_is_heard_twice_from_everybody_is_no_repetition() -> None:
    said = spoken()
    heard = "the captain saw saw a lantern".split()
    assert judge(Hearing(said, heard, evenly(said)), [WORDS]).repeated == ("saw",)
    assert not judge(Hearing(said, heard, evenly(said)), [WORDS, heard]).repeated


def test_equal_words_are_matched_in_order() -> None:
    assert matches("a b c d".split(), "a x c d d".split()) == [(0, 0), (2, 2), (3, 4)]
    assert matches([], ["a"]) == []


def test_a_word_is_cut_out_or_said_twice_where_it_stands() -> None:
    said = spoken()
    frames = evenly(said)
    samples = np.repeat(np.arange(sum(frames), dtype=np.float32), HOP)
    long = said.words.index("lantern")
    length = HOP * sum(f for f, n in zip(frames, said.word_of, strict=True) if n == long)
    cut, double = (damaged(samples, said, frames, twice=twice) for twice in (False, True))
    assert cut is not None
    assert double is not None
    assert len(samples) - len(cut) == len(double) - len(samples) == length
    assert (np.diff(double) < 0).sum() == 1
    assert damaged(samples, phonemes_of("No."), [1, 1, 1, 1], twice=True) is None
