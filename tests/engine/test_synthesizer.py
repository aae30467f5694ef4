from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import tiny
import torch

from narrator.engine.mel import log_mel
from narrator.engine.precision import Precision, fastest
from narrator.engine.synthesizer import Synthesizer, load_engine
from narrator.errors import DeviceUnavailable, ModelMismatch, NothingToSay, RecordingTooShort
from narrator.speech import (
    FRAMES_PER_SECOND,
    SAMPLE_RATE,
    Bend,
    Engine,
    Phonemes,
    Prosody,
    Recording,
    Speech,
    SynthesisRequest,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny.save(tmp_path_factory.mktemp("model"))


def spoken(speaker: Synthesizer | Engine, request: SynthesisRequest) -> Speech:
    (speech,) = speaker.synthesize([request])
    return speech


@pytest.fixture
def speaker(folder: Path) -> Synthesizer:
    return Synthesizer(
        tiny.model(),
        device=torch.device("cpu"),
        precision=Precision.FP32,
        encoder=tiny.encoder_fingerprint(folder),
    )


def test_the_timings_add_up_to_the_audio(speaker: Synthesizer, folder: Path) -> None:
    speech = spoken(speaker, tiny.request(folder))
    frames = sum(timing.frames for timing in speech.timings)
    assert speech.audio.seconds == frames / FRAMES_PER_SECOND
    assert tuple(timing.symbol for timing in speech.timings) == tiny.PHONEMES.symbols
    assert all(timing.frames >= 1 for timing in speech.timings if timing.word >= 0)


def test_the_same_request_gives_the_same_samples(speaker: Synthesizer, folder: Path) -> None:
    first, second = (spoken(speaker, tiny.request(folder)).audio.samples for _ in range(2))
    assert np.array_equal(first, second)


def test_sentences_spoken_together_sound_as_each_alone(speaker: Synthesizer, folder: Path) -> None:
    request = tiny.request(folder)
    short = Phonemes(("^", "W", "ER1", "D", "."), ("word",), (-1, 0, 0, 0, -1))
    low = replace(request.voice, values=-request.voice.values)
    requests = [
        tiny.request(folder, seed=1, phonemes=short),
        tiny.request(folder, seed=2, prosody=Prosody(pitch=3.0, speed=0.7)),
        tiny.request(folder, seed=3, voice=low),
        tiny.request(folder, seed=5, take=2),
    ]
    together = speaker.synthesize(requests)
    for request, one in zip(requests, together, strict=True):
        alone = spoken(speaker, request)
        assert [t.frames for t in one.timings] == [t.frames for t in alone.timings]
        pitches = [t.pitch for t in alone.timings]
        assert [t.pitch for t in one.timings] == pytest.approx(pitches, abs=1e-4)
        heard = [log_mel(torch.tensor(each.audio.samples)[None]) for each in (one, alone)]
        assert (heard[0] - heard[1]).abs().max() < 0.05  # phases go astray by rounding


def test_of_requests_one_of_which_cannot_be_spoken_none_is(
    speaker: Synthesizer, folder: Path
) -> None:
    silent = tiny.request(folder, phonemes=Phonemes(("^", "."), (), (-1, -1)))
    with pytest.raises(NothingToSay):
        speaker.synthesize([tiny.request(folder), silent])


def test_another_seed_is_another_take(speaker: Synthesizer, folder: Path) -> None:
    first = spoken(speaker, tiny.request(folder, seed=1)).audio.samples
    assert not np.array_equal(first, spoken(speaker, tiny.request(folder, seed=2)).audio.samples)


def test_twice_the_speed_takes_half_the_time(speaker: Synthesizer, folder: Path) -> None:
    slow = spoken(speaker, tiny.request(folder)).audio.seconds
    fast = spoken(speaker, tiny.request(folder, prosody=Prosody(speed=2.0))).audio.seconds
    assert fast == pytest.approx(slow / 2, rel=0.15)


def test_an_octave_up_doubles_the_pitch(speaker: Synthesizer, folder: Path) -> None:
    plain = spoken(speaker, tiny.request(folder)).timings
    high = spoken(speaker, tiny.request(folder, prosody=Prosody(pitch=12.0))).timings
    raised = [b.pitch - a.pitch for a, b in zip(plain, high, strict=True) if a.pitch > 0]
    assert raised == pytest.approx([np.log(2)] * len(raised), abs=1e-4)


def test_no_liveliness_is_a_flat_melody(speaker: Synthesizer, folder: Path) -> None:
    flat = spoken(speaker, tiny.request(folder, prosody=Prosody(liveliness=0.0))).timings
    assert {round(timing.pitch, 4) for timing in flat if timing.pitch > 0} <= {5.0}


def test_more_energy_is_told_in_the_timings(speaker: Synthesizer, folder: Path) -> None:
    plain = spoken(speaker, tiny.request(folder)).timings
    loud = spoken(speaker, tiny.request(folder, prosody=Prosody(energy=3.0))).timings
    assert loud[2].energy - plain[2].energy == pytest.approx(3.0, abs=1e-3)


def test_another_take_has_another_melody_and_pace(speaker: Synthesizer, folder: Path) -> None:
    plain = spoken(speaker, tiny.request(folder, seed=1)).timings
    again = spoken(speaker, tiny.request(folder, seed=1, take=1)).timings
    once_more = spoken(speaker, tiny.request(folder, seed=2, take=2)).timings
    melodies = [[round(timing.pitch, 4) for timing in one] for one in (plain, again, once_more)]
    assert melodies[0] != melodies[1] != melodies[2]
    strayed = [abs(b.pitch - a.pitch) for a, b in zip(plain, again, strict=True) if a.pitch > 0]
    assert max(strayed) < 0.2 * 3  # pitch_std of the voice: three deviations at the most


def test_a_bent_phoneme_is_longer_higher_and_louder_and_the_others_stay(
    speaker: Synthesizer, folder: Path
) -> None:
    plain = spoken(speaker, tiny.request(folder)).timings
    bends = (Bend(4, stretch=2.0, pitch=3.0, energy=2.0), Bend(99, stretch=3.0))
    bent = spoken(speaker, tiny.request(folder, prosody=Prosody(bends=bends))).timings
    assert bent[4].frames == pytest.approx(2 * plain[4].frames, abs=1)
    assert bent[4].energy - plain[4].energy == pytest.approx(2.0, abs=1e-3)
    if plain[4].pitch:
        assert bent[4].pitch - plain[4].pitch == pytest.approx(3 * np.log(2) / 12, abs=1e-4)
    for index in set(range(len(plain))) - {4}:
        assert bent[index].pitch == plain[index].pitch
        assert abs(bent[index].frames - plain[index].frames) <= 1


def test_a_sentence_of_pauses_has_nothing_to_say(speaker: Synthesizer, folder: Path) -> None:
    silent = Phonemes(("^", "."), (), (-1, -1))
    with pytest.raises(NothingToSay):
        spoken(speaker, tiny.request(folder, phonemes=silent))


def test_a_voice_of_other_weights_is_refused(speaker: Synthesizer, tmp_path: Path) -> None:
    other = tiny.save(tmp_path, seed=1)
    with pytest.raises(ModelMismatch):
        spoken(speaker, tiny.request(other))


def test_offsets_for_other_norms_are_refused(speaker: Synthesizer, folder: Path) -> None:
    request = tiny.request(folder)
    voice = replace(request.voice, steering=np.zeros(7, np.float32))
    with pytest.raises(ModelMismatch):
        spoken(speaker, request._replace(voice=voice))


def test_an_enrolled_voice_sounds_otherwise(speaker: Synthesizer, folder: Path) -> None:
    request = tiny.request(folder)
    offsets = np.full(speaker.acoustic.steering, 0.3, np.float32)
    steered = request._replace(voice=replace(request.voice, steering=offsets))
    plain, other = (spoken(speaker, one).audio.samples for one in (request, steered))
    assert len(plain) != len(other) or not np.allclose(plain, other, atol=1e-4)


def test_silence_is_no_voice(speaker: Synthesizer) -> None:
    with pytest.raises(RecordingTooShort):
        speaker.embed_voice([Recording(np.zeros(3 * SAMPLE_RATE, np.float32), SAMPLE_RATE)])


def test_a_recording_becomes_a_voice(speaker: Synthesizer) -> None:
    time = np.arange(2 * SAMPLE_RATE) / SAMPLE_RATE
    buzz = sum(np.sin(2 * np.pi * 120 * n * time) / n for n in range(1, 20)).astype(np.float32)
    voice = speaker.embed_voice([Recording(buzz * np.float32(0.2), SAMPLE_RATE)])
    assert voice.values.shape == (tiny.VOICE,)
    assert voice.steering.shape == (speaker.acoustic.steering,)
    assert np.exp(voice.pitch_mean) == pytest.approx(120, rel=0.02)


def test_cuda_is_refused_by_name_where_there_is_none(folder: Path) -> None:
    if torch.cuda.is_available():
        pytest.skip("this machine has CUDA")
    with pytest.raises(DeviceUnavailable):
        load_engine(folder, device="cuda")


def test_an_engine_is_loaded_and_remembers_its_precision(folder: Path, tmp_path: Path) -> None:
    note = tmp_path / "precision.json"
    engine = load_engine(folder, device="cpu", remembered=note)
    assert spoken(engine, tiny.request(folder)).audio.seconds > 0
    written = note.read_text()
    load_engine(folder, device="cpu", remembered=note)
    assert note.read_text() == written


def test_a_precision_that_loses_quality_is_not_taken(tmp_path: Path) -> None:
    candidates = {
        Precision.FP32: lambda: torch.zeros(80),
        Precision.BF16: lambda: torch.ones(80),
    }
    assert fastest(candidates, None, "key") is Precision.FP32


def test_a_damaged_note_costs_one_more_measurement(tmp_path: Path) -> None:
    note = tmp_path / "precision.json"
    note.write_text("{broken")
    assert fastest({Precision.FP32: lambda: torch.zeros(80)}, note, "key") is Precision.FP32
