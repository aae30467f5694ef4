import numpy as np
import pytest
from spoken import SPEAKERS, TRAINED, Said, quiet

from narrator.speech import HOP, Phonemes
from narrator.training.evaluation.robustness import (
    FEWEST_WORDS,
    HARMED_STEP,
    Verdict,
    confirmed,
    found,
    hard_sentences,
    harmed,
    judge,
    places_heard,
    pronounced,
    share,
    to_harm,
)
from narrator.training.judges import Interval, spelled
from narrator.training.prepare import phonemes_of

Sayings = dict[tuple[str, str], Said]


def spoken() -> Phonemes:
    return phonemes_of("The captain saw a lantern.")


def verdict(samples: np.ndarray, phonemes: Phonemes) -> Verdict:
    heard = places_heard(samples, phonemes)
    assert heard is not None
    return judge(heard, phonemes)


def test_there_are_a_hundred_different_sentences_that_can_be_spoken() -> None:
    sentences = hard_sentences()
    assert len(sentences) == len(set(sentences)) == 100
    assert sum(len(sentence.split()) == 1 for sentence in sentences) >= 10
    assert sum(len(sentence.split()) >= 60 for sentence in sentences) >= 15
    assert all(phonemes_of(sentence).words for sentence in sentences[::8])


def test_sentences_that_are_said_as_written_are_left_in_peace(said: Sayings) -> None:
    verdicts = [verdict(sound.samples, sound.phonemes) for sound in said.values()]
    assert sum(len(one.skipped) + len(one.repeated) for one in verdicts) <= 1  # of 92 words


@pytest.mark.parametrize("speaker", SPEAKERS)
@pytest.mark.parametrize("word", ["old", "man", "slowly", "along", "river"])
def test_a_word_that_is_missing_or_said_again_is_found(
    said: Sayings, speaker: str, word: str
) -> None:
    sound = said[speaker, TRAINED[0]]
    place = sound.phonemes.words.index(word)
    cut, double = (
        harmed(sound.samples, sound.phonemes, sound.frames, [place], twice=twice)
        for twice in (False, True)
    )
    assert verdict(cut, sound.phonemes) == Verdict((place,), ())
    assert verdict(double, sound.phonemes) == Verdict((), (place,))


def test_several_words_in_a_row_are_found(said: Sayings) -> None:
    sound = said["kathleen", TRAINED[0]]
    words = sound.phonemes.words
    first = words.index("man")
    assert words[first : first + 3] == ("man", "walked", "slowly")
    places = [first, first + 1, first + 2]
    cut = harmed(sound.samples, sound.phonemes, sound.frames, places, twice=False)
    assert verdict(cut, sound.phonemes) == Verdict(tuple(places), ())
    start, end = (sound.edge(sound.phonemes.word_of.index(n)) for n in (first, first + 3))
    again = np.concatenate([sound.samples[:end], sound.samples[start:]])
    assert verdict(again, sound.phonemes) == Verdict((), tuple(places))


def test_what_the_text_itself_says_twice_is_no_fault(said: Sayings) -> None:
    sound = said["kathleen", TRAINED[0]]
    place = sound.phonemes.words.index("old")
    double = harmed(sound.samples, sound.phonemes, sound.frames, [place], twice=True)
    written = phonemes_of("The old old man walked slowly along the river.")
    assert verdict(double, written) == Verdict((), ())


def test_what_was_heard_before_changes_nothing(said: Sayings) -> None:
    one, other = (said["rowan", text] for text in TRAINED[1:3])
    first = places_heard(one.samples, one.phonemes)
    places_heard(other.samples + quiet(len(other.samples) / 24_000), other.phonemes)
    assert places_heard(one.samples, one.phonemes) == first


def test_in_silence_every_word_is_missing() -> None:
    phonemes = phonemes_of("Good night.")
    assert verdict(quiet(1.0), phonemes) == Verdict((0, 1), ())


def test_words_are_counted_by_how_often_they_are_heard() -> None:
    assert judge([0, 1, 2, 3, 4], spoken()) == Verdict((), ())
    assert judge([0, 2, 4], spoken()) == Verdict((1, 3), ())
    assert judge([0, 1, 0, 1, 2, 3, 4, 4, 4], spoken()) == Verdict((), (0, 1, 4, 4))
    assert judge([], spoken()) == Verdict((0, 1, 2, 3, 4), ())


@pytest.mark.parametrize(
    ("verdict", "heard", "left"),
    [
        (Verdict((1,), ()), "the captain saw a lantern", Verdict()),
        (Verdict((1,), ()), "the captive saw a lantern", Verdict()),
        (Verdict((1,), ()), "the saw a lantern", Verdict((1,))),
        (Verdict((3,), ()), "the captain saw lantern", Verdict((3,))),
        (Verdict((4,), ()), "the captain saw a", Verdict((4,))),
        (Verdict((), (1,)), "the captain saw a lantern", Verdict()),
        (Verdict((), (1,)), "the captain captain saw a lantern", Verdict((), (1,))),
        (Verdict((), (1, 2)), "the captain saw captain saw a lantern", Verdict((), (1, 2))),
        (Verdict((), (4,)), "the captain captain saw a lantern", Verdict((), (4,))),
        (Verdict((), (4,)), "the captain saw a lantern lantern", Verdict((), (4,))),
        (Verdict((0, 1), ()), "", Verdict((0, 1))),
    ],
)
def test_what_another_recogniser_understood_may_contradict(
    verdict: Verdict, heard: str, left: Verdict
) -> None:
    assert confirmed(verdict, heard.split(), spoken()) == left


def test_a_number_of_several_words_is_one_place_or_more_and_none_is_lacking() -> None:
    said = phonemes_of("Room 101, o'clock.")
    everything = Verdict(tuple(sorted(pronounced(said))))
    heard = [word for place in pronounced(said) for word in spelled(said.words[place])]
    assert confirmed(everything, heard, said) == Verdict()


def test_words_are_harmed_at_all_places_and_far_apart() -> None:
    long = phonemes_of(max(hard_sentences(), key=len))
    places = [to_harm(long, number) for number in range(HARMED_STEP)]
    assert sorted(place for some in places for place in some) == sorted(pronounced(long))
    assert all((np.diff(some) == HARMED_STEP).all() for some in places)
    assert [to_harm(spoken(), number) for number in (0, 4, 5)] == [[0], [4], [0]]
    assert to_harm(phonemes_of("Good night."), 0) == []
    assert len(pronounced(phonemes_of("Good night."))) < FEWEST_WORDS


def test_words_are_cut_out_or_said_twice_where_they_stand() -> None:
    said = spoken()
    frames = [6 if word >= 0 else 0 for word in said.word_of]
    samples = np.repeat(np.arange(sum(frames), dtype=np.float32), HOP)
    places = [0, said.words.index("lantern")]
    length = HOP * 6 * sum(word in places for word in said.word_of)
    cut, double = (harmed(samples, said, frames, places, twice=twice) for twice in (False, True))
    assert len(samples) - len(cut) == len(double) - len(samples) == length
    assert (np.diff(double) < 0).sum() == 2
    assert set(samples) - set(cut) == {
        frame
        for frame in samples
        if said.word_of[np.searchsorted(np.cumsum(frames), frame, side="right")] in places
    }
    assert np.array_equal(harmed(samples, said, frames, [], twice=True), samples)


def test_a_harmed_word_is_found_when_it_or_one_that_sounds_alike_is_named() -> None:
    said = phonemes_of("Round and round the wheel went.")
    assert found([0, 4], [2, 4], [], said) == [True, True]
    assert found([0, 2], [2], [], said) == [True, False]
    assert found([3], [4], [], said) == [False]
    assert found([3], [3], [3], said) == [False]
    assert found([1], [1, 3], [3], said) == [True]


def test_a_share_has_bounds_even_where_nothing_was_found() -> None:
    assert share(0, 0) is None
    none, all_, half = share(0, 100), share(100, 100), share(50, 100)
    assert none == pytest.approx(Interval(0, 0, 0.0370), abs=1e-4)
    assert all_ == pytest.approx(Interval(1, 0.9630, 1), abs=1e-4)
    assert half == pytest.approx(Interval(0.5, 0.4038, 0.5962), abs=1e-4)
