from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from speechlike import RATE, speechlike
from test_decode import write_m4a

from narrator.audio.microphone import Level
from narrator.audio.recording import Advice, Adviser, inspect, read_recording, usable
from narrator.errors import (
    RecordingClipped,
    RecordingError,
    RecordingTooNoisy,
    RecordingTooQuiet,
    RecordingTooShort,
    UnreadableAudio,
)
from narrator.speech import Recording

SPEECH_SECONDS = 4.0


def noise(seconds: float, db: float, rate: int = RATE) -> np.ndarray:
    return np.random.default_rng(5).normal(0, 10 ** (db / 20), round(seconds * rate))


def said(
    *, before: float = 1.0, after: float = 1.0, gain_db: float = 0.0, room_db: float = -75.0
) -> Recording:
    """Four seconds of speech in a room, after a second and before another."""
    voice = speechlike(SPEECH_SECONDS, seed=3) * 10 ** (gain_db / 20)
    sound = np.concatenate([np.zeros(round(before * RATE)), voice, np.zeros(round(after * RATE))])
    sound += noise(len(sound) / RATE, room_db)
    return Recording(np.clip(sound, -1, 1).astype(np.float32), RATE)


def test_speech_is_found_between_silences() -> None:
    quality = inspect(said(before=1.5))
    assert quality.onset_seconds == pytest.approx(1.5, abs=0.15)
    assert quality.speech_seconds == pytest.approx(SPEECH_SECONDS, abs=0.6)
    assert quality.clipped == 0


def test_the_level_is_that_of_the_speech_however_long_the_silence() -> None:
    tone = 0.5 * np.sin(2 * np.pi * 1000 * np.arange(2 * RATE) / RATE)
    for silence in (1.0, 8.0):
        sound = np.concatenate([noise(silence, -80), tone, noise(silence, -80)])
        assert inspect(Recording(sound, RATE)).level_db == pytest.approx(-9.03, abs=0.3)


@pytest.mark.parametrize("wanted", [10.0, 20.0, 30.0])
@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
def test_the_voice_is_measured_against_the_room(wanted: float, rate: int) -> None:
    tone = 0.1 * np.sin(2 * np.pi * 1000 * np.arange(2 * rate) / rate)
    sound = np.concatenate([np.zeros(rate), tone, np.zeros(rate)])
    in_band_db = 10 * np.log10(min(rate / 2, 7_000) / (rate / 2))
    room = noise(4, -23.01 - wanted - in_band_db, rate)
    assert inspect(Recording(sound + room, rate)).snr_db == pytest.approx(wanted, abs=1.0)


def test_hum_below_the_voice_is_no_speech() -> None:
    hum = 0.2 * np.sin(2 * np.pi * 50 * np.arange(3 * RATE) / RATE)
    assert inspect(Recording(hum + noise(3, -70), RATE)).speech_seconds == 0
    assert inspect(Recording(hum + noise(3, -70), RATE)).level_db < -50


def test_a_gate_that_makes_pauses_silent_does_not_make_the_room_speech() -> None:
    sound = said().samples.copy()
    breath = noise(0.5, -62)
    sound[: RATE // 4] = 0
    sound[RATE // 4 : RATE // 4 + len(breath)] = breath
    sound[-RATE:] = 0
    assert inspect(Recording(sound, RATE)).onset_seconds == pytest.approx(1.0, abs=0.15)


def test_a_click_is_no_speech() -> None:
    sound = noise(3, -75)
    sound[RATE : RATE + 240] += 0.5 * np.hanning(240) * np.sin(np.arange(240))
    quality = inspect(Recording(sound, RATE))
    assert quality.speech_seconds == 0
    assert quality.onset_seconds == 3


def test_a_good_recording_comes_back_without_its_silence() -> None:
    recording = said(before=2.0, after=3.0)
    kept = usable(recording, needed_seconds=3.0)
    assert kept.rate == RATE
    assert len(kept.samples) / RATE == pytest.approx(SPEECH_SECONDS + 0.4, abs=0.3)
    start = round(2.0 * RATE)
    word = recording.samples[start : start + RATE]
    found = np.correlate(kept.samples[: RATE * 2], word, mode="valid")
    assert np.max(found) == pytest.approx(np.sum(np.square(word)), rel=1e-3)


def test_a_recording_without_silence_is_not_cut() -> None:
    sound = speechlike(3.0)
    assert len(usable(Recording(sound, RATE), needed_seconds=2).samples) == pytest.approx(
        len(sound), abs=0.25 * RATE
    )


def test_too_little_speech_is_refused_with_both_figures() -> None:
    with pytest.raises(RecordingTooShort) as caught:
        usable(said(), needed_seconds=30.0)
    assert caught.value.seconds == pytest.approx(SPEECH_SECONDS, abs=0.6)
    assert caught.value.needed == 30.0


def test_speech_that_is_too_quiet_is_refused() -> None:
    assert usable(said(gain_db=-15, room_db=-85), needed_seconds=3)
    with pytest.raises(RecordingTooQuiet):
        usable(said(gain_db=-40, room_db=-100), needed_seconds=3)


def test_speech_cut_off_at_full_scale_is_refused() -> None:
    assert usable(said(gain_db=5.5), needed_seconds=3)
    with pytest.raises(RecordingClipped) as caught:
        usable(said(gain_db=20), needed_seconds=3)
    assert 0.05 < caught.value.share <= 1


def test_speech_in_a_loud_room_is_refused() -> None:
    level = inspect(said()).level_db
    assert usable(said(room_db=level - 22), needed_seconds=2)
    with pytest.raises(RecordingTooNoisy) as caught:
        usable(said(room_db=level - 8), needed_seconds=2)
    assert caught.value.snr_db < caught.value.needed_db


@pytest.mark.parametrize(
    ("sound", "kind"),
    [
        (np.zeros(0), RecordingTooQuiet),
        (np.zeros(100), RecordingTooQuiet),
        (np.zeros(5 * RATE), RecordingTooQuiet),
        (noise(5, -70), RecordingTooQuiet),
        (noise(5, -30), RecordingTooNoisy),
    ],
)
def test_where_nobody_speaks_the_recording_is_refused(
    sound: np.ndarray, kind: type[RecordingError]
) -> None:
    with pytest.raises(kind):
        usable(Recording(sound, RATE), needed_seconds=0)


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3", "a.m4a"])
def test_the_usual_sound_files_are_read(tmp_path: Path, name: str) -> None:
    voice = speechlike(2.0)
    if name.endswith("m4a"):
        write_m4a(tmp_path / name, voice)
    else:
        soundfile.write(tmp_path / name, np.stack([voice, voice], axis=1), RATE)
    recording = read_recording(tmp_path / name)
    assert recording.rate == RATE
    assert len(recording.samples) == pytest.approx(len(voice), abs=2100)
    assert inspect(recording).level_db == pytest.approx(
        inspect(Recording(voice, RATE)).level_db, abs=1.0
    )


def test_a_file_that_is_no_recording_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("not sound " * 100)
    soundfile.write(tmp_path / "nan.wav", np.full(RATE, np.nan, np.float32), RATE, "FLOAT")
    soundfile.write(tmp_path / "long.flac", np.zeros(601 * 8000, np.int16), 8000)
    for name in ("none.wav", "text.wav", "nan.wav", "long.flac"):
        with pytest.raises(UnreadableAudio):
            read_recording(tmp_path / name)


def at(db: float, peak_db: float | None = None) -> Level:
    peak = db + 12 if peak_db is None else peak_db
    return Level(peak, db, peak >= 0)


def advice(*levels: Level) -> list[Advice]:
    adviser = Adviser()
    return [adviser.advise(level) for level in levels]


def test_ordinary_speech_with_pauses_is_good_throughout() -> None:
    words = [at(-22)] * 12 + [at(-60)] * 8
    assert set(advice(*words * 20)) == {Advice.GOOD}
    assert set(advice(*[at(-60)] * 50, *words)) == {Advice.GOOD}
    assert set(advice(*words, *[at(-60)] * 45, *words)) == {Advice.GOOD}


def test_a_soft_voice_is_told_and_so_is_that_it_is_better_now() -> None:
    told = advice(*[at(-45)] * 80, *[at(-25)] * 20)
    assert told[58] is Advice.GOOD
    assert told[59:81] == [Advice.TOO_QUIET] * 22
    assert told[-1] is Advice.GOOD


def test_one_peak_at_full_scale_is_told_for_three_seconds() -> None:
    told = advice(*[at(-20)] * 70, at(-8, 0.0), *[at(-20)] * 100)
    assert told.count(Advice.TOO_LOUD) == 60
    assert told[-1] is Advice.GOOD


def test_advice_does_not_flicker_at_the_edge() -> None:
    swing = np.random.default_rng(2).normal(-38, 4, 4_000)
    told = advice(*(at(float(db)) for db in swing))
    assert sum(a is not b for a, b in pairwise(told)) <= 4


def test_a_knock_does_not_make_a_soft_voice_good() -> None:
    told = advice(*[at(-50)] * 70, at(-20), at(-24), *[at(-50)] * 70)
    assert set(told[60:]) == {Advice.TOO_QUIET}
