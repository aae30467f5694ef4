"""The proof of a sentence: what is whole passes, what was damaged is named."""

from dataclasses import replace

import numpy as np
import pytest
from shipped_voice import speak

from narrator.audio.recognize import Recognizer
from narrator.audio.segment import Segment
from narrator.audio.sentence import trim
from narrator.audio.watermark.marked import derive, mark
from narrator.speech import HOP, Samples
from narrator.studio.checking.proof import Evidence, TimedWord, Verdict, judge, prove, timed_words
from narrator.text.frontend import phonemize

TEXT = "The old lighthouse keeper counted every ship that passed the point."
OTHER = "Nobody in the village had remembered to bring a lantern, so they waited."
GOOD = Evidence(-24.0, 0.02, -38.0, 3.0, 0.03, -1.0, -2.0)


@pytest.fixture(scope="module")
def recognizer() -> Recognizer:
    return Recognizer()


@pytest.fixture(scope="module")
def segment() -> Segment:
    return spoken(TEXT)


def spoken(text: str, voice: str = "kathleen") -> Segment:
    speech = trim(speak(text, voice))
    return Segment(mark(speech.audio, key=bytes(range(32))), speech.timings)


def sounding(segment: Segment, samples: Samples) -> Segment:
    """The segment with other sound of the same length."""
    length = len(segment.audio.samples)
    whole = np.pad(samples[:length], (0, max(0, length - len(samples))))
    return Segment(derive(segment.audio, whole), segment.timings)


def verdict(segment: Segment, recognizer: Recognizer, text: str = TEXT) -> Verdict:
    return prove(segment, phonemize(text), recognizer)


def word(segment: Segment, number: int) -> TimedWord:
    return timed_words(segment.timings)[number]


@pytest.mark.parametrize("voice", ["kathleen", "rowan"])
def test_a_whole_sentence_is_good(recognizer: Recognizer, voice: str) -> None:
    found = verdict(spoken(TEXT, voice), recognizer)
    assert found.is_good
    assert not found.reason


def test_silence_is_named(segment: Segment, recognizer: Recognizer) -> None:
    assert (
        verdict(sounding(segment, segment.audio.samples * 0), recognizer).reason == "it is silent"
    )


def test_a_word_that_falls_silent_is_named(segment: Segment, recognizer: Recognizer) -> None:
    samples = segment.audio.samples.copy()
    silenced = word(segment, 4)
    samples[silenced.start * HOP : silenced.end * HOP] = 0
    found = verdict(sounding(segment, samples), recognizer)
    assert found.reason == "it falls silent within a word"


def test_sound_that_breaks_off_is_named(segment: Segment, recognizer: Recognizer) -> None:
    end = word(segment, 6).start + 6
    left, timings = end, []
    for timing in segment.timings:
        timings.append(timing._replace(frames=min(left, timing.frames)))
        left -= timings[-1].frames
    cut = Segment(derive(segment.audio, segment.audio.samples[: end * HOP]), tuple(timings))
    assert not verdict(cut, recognizer).is_good


def test_sound_and_timings_of_different_lengths_are_named(
    segment: Segment, recognizer: Recognizer
) -> None:
    half = derive(segment.audio, segment.audio.samples[: len(segment.audio.samples) // 2])
    found = verdict(replace(segment, audio=half), recognizer)
    assert found.reason == "its sound is not as long as its phonemes"


def test_another_sentence_is_named(segment: Segment, recognizer: Recognizer) -> None:
    assert verdict(segment, recognizer, OTHER).reason == "it says another text"
    assert not verdict(sounding(segment, spoken(OTHER).audio.samples), recognizer).is_good


def test_a_word_that_is_left_out_is_named(segment: Segment, recognizer: Recognizer) -> None:
    samples, dropped = segment.audio.samples, word(segment, 4)
    kept = np.concatenate([samples[: dropped.start * HOP], samples[dropped.end * HOP :]])
    tone = np.random.default_rng(0).normal(0, 1e-3, len(samples) - len(kept)).astype(np.float32)
    assert not verdict(sounding(segment, np.concatenate([kept, tone])), recognizer).is_good


def test_a_word_that_is_hurried_over_is_named(segment: Segment, recognizer: Recognizer) -> None:
    samples, dropped = segment.audio.samples, word(segment, 4)
    end = dropped.start + len(dropped.phonemes)
    kept = np.concatenate([samples[: end * HOP], samples[dropped.end * HOP :]])
    timings = tuple(
        timing._replace(frames=1) if timing.word == dropped.number else timing
        for timing in segment.timings
    )
    found = verdict(Segment(derive(segment.audio, kept), timings), recognizer)
    assert found.reason == "a word is hurried over"


def test_what_is_good_is_judged_good() -> None:
    assert judge(GOOD).is_good


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"level": -70.0}, "it is silent"),
        ({"gap": 0.15}, "it falls silent within a word"),
        ({"end": -3.0}, "it breaks off"),
        ({"pace": 1.0}, "a word is hurried over"),
        ({"fit": -3.0}, "its words are not heard"),
        ({"poorest_fit": -9.0}, "a word is not heard where it should be"),
        ({"shift": 0.3}, "a word is not heard where it should be"),
        ({"poorest_fit": -4.5, "shift": 0.1}, "a word is not heard where it should be"),
        ({"poorest_fit": -4.5}, ""),
        ({"shift": 0.1}, ""),
    ],
)
def test_each_measure_has_its_reason(change: dict[str, float], reason: str) -> None:
    assert judge(GOOD._replace(**change)).reason == reason


def test_fast_speech_may_be_fast() -> None:
    assert judge(GOOD._replace(pace=1.0), speed=2.0).is_good


def test_the_recogniser_has_no_say_in_speech_that_is_too_fast_for_it() -> None:
    unheard = GOOD._replace(shift=float("inf"), fit=-float("inf"), poorest_fit=-float("inf"))
    assert not judge(unheard, speed=1.5).is_good
    assert judge(unheard, speed=2.0).is_good
    assert not judge(unheard._replace(level=-70.0), speed=2.0).is_good


def test_slow_words_may_be_a_little_further_off() -> None:
    slow = GOOD._replace(shift=0.3, pace=6.0)
    assert not judge(slow).is_good
    assert judge(slow, speed=0.5).is_good
