from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event

import numpy as np
import pytest
import tiny
import torch
from numpy.typing import NDArray

from narrator.engine import enroll as enrolment
from narrator.engine.align import Alignment, Refused
from narrator.engine.checkpoint import load_model
from narrator.engine.clean import cleaned
from narrator.engine.enroll import enroll
from narrator.engine.measure import sounding
from narrator.engine.precision import Precision
from narrator.engine.synthesizer import Synthesizer
from narrator.errors import Cancelled, ModelMismatch, RecordingTooShort, SentenceNotHeard
from narrator.speech import (
    SAMPLE_RATE,
    Enrolling,
    Phonemes,
    Prompted,
    Recording,
    SynthesisRequest,
    VoiceEmbedding,
)

CPU = torch.device("cpu")
SECONDS = 2.0
UNSAID = Phonemes(("^", "AA1", "."), ("ah",), (-1, 0, -1))
Enroll = Callable[..., VoiceEmbedding]


class EvenAligner:
    """Finds every symbol to last as long as the next, and never hears UNSAID."""

    def align(self, pcm: NDArray[np.int16], phonemes: Phonemes, frames: int) -> object:
        if phonemes == UNSAID:
            return Refused("the text does not fit the sound")
        edges = np.linspace(0, frames, len(phonemes.symbols) + 1).round().astype(np.int64)
        return Alignment(np.diff(edges), 0.0)


def take(hz: float = 120.0, phonemes: Phonemes = tiny.PHONEMES) -> Prompted:
    """A buzz that passes for a sentence."""
    time = np.arange(int(SECONDS * SAMPLE_RATE)) / SAMPLE_RATE
    buzz = sum(np.sin(2 * np.pi * hz * n * time) / n for n in range(1, 20))
    return Prompted(Recording((0.1 * np.asarray(buzz)).astype(np.float32), SAMPLE_RATE), phonemes)


TAKES = [take(hz) for hz in (110, 120, 130)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("model"))


@pytest.fixture
def heard(folder: Path) -> VoiceEmbedding:
    return tiny.request(folder).voice


@pytest.fixture
def fit(folder: Path, heard: VoiceEmbedding, monkeypatch: pytest.MonkeyPatch) -> Enroll:
    """Enroll `heard` in few steps."""
    monkeypatch.setattr(enrolment, "Aligner", EvenAligner)
    monkeypatch.setattr(enrolment, "NEEDED_SECONDS", 3.0)
    monkeypatch.setattr(enrolment, "STEPS", 30)

    def run(
        takes: Sequence[Prompted] = TAKES,
        voice: VoiceEmbedding = heard,
        progress: Callable[[Enrolling], None] = lambda _: None,
        stop: Event | None = None,
    ) -> VoiceEmbedding:
        return enroll(folder, CPU, takes, voice, progress, stop or Event())

    return run


def test_an_enrolled_voice_sounds_more_like_the_takes(
    fit: Enroll, folder: Path, heard: VoiceEmbedding
) -> None:
    sound = sounding(cleaned(TAKES[1].recording.samples, SAMPLE_RATE))
    found = EvenAligner().align(np.zeros(0, np.int16), tiny.PHONEMES, len(sound.energy))
    assert isinstance(found, Alignment)
    speaker = Synthesizer(
        load_model(folder), device=CPU, precision=Precision.FP32, encoder=heard.encoder
    )
    apart = []
    for voice in (heard, fit()):
        request = SynthesisRequest(tiny.PHONEMES, voice)
        ((mel, _),) = speaker.speak_mels([request], durations=[found.durations.tolist()])
        apart.append(float((mel[0] - torch.tensor(sound.mel)).abs().mean()))
    assert apart[1] < apart[0] - 0.03


def test_melody_and_pace_are_those_of_the_takes(fit: Enroll) -> None:
    voice = fit()
    assert np.exp(voice.pitch_mean) == pytest.approx(120, rel=0.05)
    assert voice.rate == pytest.approx(len(tiny.PHONEMES.symbols) / SECONDS, rel=0.02)


def test_the_same_takes_give_the_same_voice(fit: Enroll) -> None:
    first, second = fit(), fit()
    assert np.array_equal(first.values, second.values)
    assert np.array_equal(first.steering, second.steering)
    assert first.steering.any()


def test_progress_ends_at_one_with_no_time_left(fit: Enroll) -> None:
    told: list[Enrolling] = []
    fit(progress=told.append)
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert told[-1] == Enrolling(1.0, 0.0)


def test_it_stops_within_a_step(fit: Enroll) -> None:
    stop = Event()
    told: list[Enrolling] = []

    def after_three(step: Enrolling) -> None:
        told.append(step)
        if len(told) == 3:
            stop.set()

    with pytest.raises(Cancelled):
        fit(progress=after_three, stop=stop)
    assert len(told) == 3


def test_a_take_that_does_not_fit_its_sentence_is_left_out(fit: Enroll) -> None:
    plain = fit()
    assert np.array_equal(fit([*TAKES, take(300, UNSAID)]).steering, plain.steering)


def test_too_few_takes_that_fit_name_the_first_that_does_not(fit: Enroll) -> None:
    with pytest.raises(SentenceNotHeard) as caught:
        fit([*TAKES[:1], take(phonemes=UNSAID)])
    assert caught.value.text == "ah"


def test_too_little_speech_is_too_short(fit: Enroll) -> None:
    with pytest.raises(RecordingTooShort) as caught:
        fit(TAKES[:1])
    assert 0 < caught.value.seconds < SECONDS < caught.value.needed


def test_a_voice_of_other_weights_is_refused(fit: Enroll, tmp_path: Path) -> None:
    with pytest.raises(ModelMismatch):
        fit(voice=tiny.request(tiny.save(tmp_path, seed=1)).voice)
