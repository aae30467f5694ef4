"""Tones asked for and tones sung: of made-up speech, and of the voices that ship."""

import numpy as np
import pytest
from shipped_voice import speak

from narrator.speech import Audio, Prosody, Speech, Timing
from narrator.training.evaluation.melody import tones
from narrator.training.evaluation.tones import SEMITONES, Sung, figures, sung

SENTENCE = "The quick brown fox jumps over the lazy dog while we all look on in wonder."
ASKED = np.linspace(80, 92, 24)


def timing(frames: int, tone: float) -> Timing:
    return Timing("AA1", 0, frames, tone / SEMITONES, 0.0)


def test_a_tone_is_laid_beside_that_of_its_own_phoneme() -> None:
    timings = (timing(2, 84.0), timing(3, 0.0), timing(4, 90.0), timing(3, 88.0))
    speech = Speech(Audio(np.zeros(300, dtype=np.float32)), timings)
    track = [85.0, 85.0, 70, 70, 70, 0.0, 91.0, 91.0, 94.0, 0, 0, 80.0]  # the last is hardly voiced
    found = sung(speech, track)
    assert found.asked == pytest.approx([84, 90])
    assert found.measured == pytest.approx([85, 92])


def test_who_sings_half_of_it_a_semitone_too_low_is_told_so() -> None:
    half = Sung(ASKED, 86 + (ASKED - 86) / 2 - 1)
    found = figures([half, half])
    assert found["slope"] == pytest.approx((0.5, 0.5, 0.5))
    assert found["too high, semitones"] == pytest.approx((-1, -1, -1))
    assert (found["phonemes"], found["misread"]) == (48, 0)


def test_a_misread_octave_is_counted_and_left_out() -> None:
    measured = ASKED.copy()
    measured[3] += 12
    found = figures([Sung(ASKED, measured)])
    assert found["slope"] == pytest.approx((1, 1, 1))
    assert found["misread"] == pytest.approx(1 / 24)


def test_a_voice_that_never_sings_has_no_slope() -> None:
    silent = Sung(np.empty(0), np.empty(0))
    assert figures([silent, silent]) == {"phonemes": 0}
    assert figures([silent, Sung(ASKED[:1], ASKED[:1])]) == {"phonemes": 1}


@pytest.mark.slow
@pytest.mark.usefixtures("one_thread")
@pytest.mark.parametrize("voice", ["kathleen", "rowan"])
def test_a_shipped_voice_sings_the_tones_that_it_is_asked_for(voice: str) -> None:
    plain, high = (speak(SENTENCE, voice, Prosody(pitch=shift)) for shift in (0.0, 3.0))
    one, other = (sung(speech, tones(speech.audio.samples)) for speech in (plain, high))
    for found in (figures([one]), figures([other])):
        assert 0.75 < found["slope"].mean < 1.15
        assert abs(found["too high, semitones"].mean) < 0.6
    assert np.median(other.measured) - np.median(one.measured) == pytest.approx(3, abs=0.8)
