"""The recogniser: which phrase was said, by a shipped voice; what it makes of no speech at all."""

import numpy as np
import pytest
from shipped_voice import read_aloud

from narrator.audio.recognize import Recognizer
from narrator.audio.resample import resampled
from narrator.speech import Recording

SPOKEN = "window carpenter yesterday"
OTHERS = ["garden department tomorrow", "river customer nobody", "letter musician holiday"]


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer()


@pytest.fixture(scope="module")
def recording() -> Recording:
    return read_aloud("Window, carpenter, yesterday.")


def nothing_said(seconds: float, level: float) -> Recording:
    samples = np.random.default_rng(0).normal(0, level, int(seconds * 48_000))
    return Recording(samples.astype(np.float32), 48_000)


@pytest.mark.parametrize("place", range(len(OTHERS) + 1))
def test_the_phrase_that_was_said_is_chosen_wherever_it_stands(
    recognizer: Recognizer, recording: Recording, place: int
) -> None:
    phrases = [*OTHERS[:place], SPOKEN, *OTHERS[place:]]
    assert recognizer.choose(recording, phrases).index == place


def test_another_phrase_than_the_spoken_one_scores_less(
    recognizer: Recognizer, recording: Recording
) -> None:
    said = recognizer.choose(recording, [SPOKEN])
    other = recognizer.choose(recording, ["window carpenter holiday"])
    assert said.score > other.score or other.index is None


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_any_sample_rate_is_understood(
    recognizer: Recognizer, recording: Recording, rate: int
) -> None:
    other = Recording(resampled(recording.samples, recording.rate, rate), rate)
    assert recognizer.choose(other, [*OTHERS, SPOKEN]).index == len(OTHERS)


@pytest.mark.parametrize("gain", [0.01, 20.0])
def test_the_level_of_a_recording_does_not_matter(
    recognizer: Recognizer, recording: Recording, gain: float
) -> None:
    other = Recording(np.clip(recording.samples * gain, -4, 4), recording.rate)
    assert recognizer.choose(other, [*OTHERS, SPOKEN]).index == len(OTHERS)


def test_what_was_heard_before_changes_nothing(
    recognizer: Recognizer, recording: Recording
) -> None:
    first = recognizer.choose(recording, [*OTHERS, SPOKEN])
    recognizer.choose(nothing_said(2, 0.3), OTHERS)
    assert recognizer.choose(recording, [*OTHERS, SPOKEN]) == first


@pytest.mark.parametrize(
    "recording_of_nothing",
    [
        Recording(np.zeros(0, np.float32), 48_000),
        Recording(np.zeros(10, np.float32), 48_000),
        Recording(np.zeros(96_000, np.float32), 48_000),
        nothing_said(2, 1e-4),
        nothing_said(2, 0.2),
    ],
    ids=["empty", "ten samples", "digital silence", "a quiet room", "noise"],
)
def test_no_phrase_is_found_where_nobody_speaks(
    recognizer: Recognizer, recording_of_nothing: Recording
) -> None:
    assert recognizer.choose(recording_of_nothing, OTHERS).index is None


def test_no_words_are_heard_in_an_empty_recording(recognizer: Recognizer) -> None:
    assert recognizer.words(Recording(np.zeros(0, np.float32), 48_000)) == ()


def test_words_that_are_not_in_the_dictionary_are_passed_over(
    recognizer: Recognizer, recording: Recording
) -> None:
    assert not recognizer.knows("qwxyz")
    assert recognizer.choose(recording, [*OTHERS, f"qwxyz {SPOKEN}"]).index == len(OTHERS)


@pytest.mark.parametrize("phrases", [["one two", "one two"], ["one", "one qwxyz"], ["qwxyz"], [""]])
def test_phrases_that_cannot_be_told_apart_are_refused(
    recognizer: Recognizer, recording: Recording, phrases: list[str]
) -> None:
    with pytest.raises(ValueError, match="apart"):
        recognizer.choose(recording, phrases)


def test_words_are_heard_in_speech_of_which_nothing_is_known(recognizer: Recognizer) -> None:
    heard = recognizer.words(read_aloud("The old man walked slowly along the river."))
    assert {"old", "man", "river"} <= set(heard)


WINDOW, CARPENTER = ("W", "IH", "N", "D", "OW"), ("K", "AA", "R", "P", "AH", "N", "T", "ER")
YESTERDAY = ("Y", "EH", "S", "T", "ER", "D", "EY")


def test_words_are_found_in_their_order_and_where_they_sound(
    recognizer: Recognizer, recording: Recording
) -> None:
    words = recognizer.align(recording, [WINDOW, CARPENTER, YESTERDAY])
    assert words is not None
    edges = [edge for word in words for edge in (word.start, word.end)]
    assert edges == sorted(edges)
    assert 0 <= edges[0] < 0.3
    assert edges[-1] <= len(recording.samples) / recording.rate
    assert all(-4 < word.score <= 0 for word in words)


def test_words_that_were_not_said_fit_poorly_or_not_at_all(
    recognizer: Recognizer, recording: Recording
) -> None:
    words = recognizer.align(recording, [WINDOW, YESTERDAY, CARPENTER])
    assert words is None or min(word.score for word in words) < -4


def test_no_words_are_found_in_silence(recognizer: Recognizer) -> None:
    words = recognizer.align(nothing_said(2, 0.0), [WINDOW, CARPENTER])
    assert words is None or min(word.score for word in words) < -4
