"""The figures of sound files as they are, and what they are held against."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from chapter_files import RATE, chapter, mp3, written
from marked import spoken
from test_decode import write_m4a

from narrator.audio.encode import Mp3Writer, write_wav
from narrator.audio.inspection import FileFigures, inspect_file
from narrator.audio.targets import ACX, PODCAST, Figure, Target, judge
from narrator.errors import UnreadableAudio


def failed(figures: FileFigures, target: Target = ACX) -> list[Figure]:
    return [one.figure for one in judge(figures, target) if not one.passed]


def wav(path: Path) -> None:
    soundfile.write(path, chapter(), RATE, format="WAV")


def two_rates(path: Path) -> None:
    path.write_bytes(mp3(chapter(tail=0)) + mp3(chapter(head=0), kbps=256))


def test_a_chapter_as_it_should_be_meets_every_figure(tmp_path: Path) -> None:
    figures = inspect_file(written(tmp_path / "a.mp3"))
    assert not failed(figures)
    assert figures.loudness.rms == pytest.approx(-20.6, abs=0.3)  # LAME leaves the highest out
    assert figures.loudness.noise_floor == pytest.approx(-70.5, abs=1)
    assert figures.head == pytest.approx(1.0, abs=0.06)
    assert figures.tail == pytest.approx(2.1, abs=0.2)
    assert (figures.rate, figures.channels) == (RATE, 1)
    assert figures.coding == ("MP3", 192, True)


@pytest.mark.parametrize(
    ("write", "figure"),
    [
        (lambda path: written(path, db=-26), Figure.RMS),
        (lambda path: written(path, db=-16.5), Figure.RMS),
        (lambda path: written(path, peak=0.95), Figure.SAMPLE_PEAK),
        (lambda path: written(path, tone_db=-52), Figure.NOISE_FLOOR),
        (lambda path: written(path, head=0.2), Figure.HEAD),
        (lambda path: written(path, head=6, seconds=12), Figure.HEAD),
        (lambda path: written(path, tail=0.4), Figure.TAIL),
        (lambda path: written(path, tail=6, seconds=12), Figure.TAIL),
        (lambda path: written(path, rate=48_000), Figure.RATE),
        (lambda path: written(path, kbps=128), Figure.BIT_RATE),
        (two_rates, Figure.CONSTANCY),
        (wav, Figure.CODING),
    ],
)
def test_a_file_made_to_fail_one_figure_fails_exactly_that(
    tmp_path: Path, write: Callable[[Path], object], figure: Figure
) -> None:
    write(tmp_path / "a.mp3")
    assert failed(inspect_file(tmp_path / "a.mp3")) == [figure]


def test_two_hours_and_a_third_channel_are_too_much(tmp_path: Path) -> None:
    figures = inspect_file(written(tmp_path / "a.mp3"))
    long = replace(figures, loudness=figures.loudness._replace(seconds=7200.1))
    assert failed(long) == [Figure.DURATION]
    assert failed(replace(figures, channels=3)) == [Figure.CHANNELS]


def test_a_figure_is_judged_as_it_is_shown(tmp_path: Path) -> None:
    figures = inspect_file(written(tmp_path / "a.mp3"))
    assert not failed(replace(figures, loudness=figures.loudness._replace(rms=-17.996)))
    assert failed(replace(figures, loudness=figures.loudness._replace(rms=-17.994)))


def test_the_louder_channel_decides_the_peak(tmp_path: Path) -> None:
    both = chapter(channels=2)
    both[:, 1] = 0
    both[RATE * 2, 0] = 0.9
    soundfile.write(tmp_path / "a.wav", both, RATE, "FLOAT")
    figures = inspect_file(tmp_path / "a.wav")
    assert figures.channels == 2
    assert figures.loudness.sample_peak == pytest.approx(20 * np.log10(0.9), abs=0.01)
    assert figures.loudness.rms == pytest.approx(-23.0, abs=0.2)


@pytest.mark.parametrize(("channels", "db"), [(1, -19.0), (2, -19.0)])
def test_podcasts_are_held_to_another_loudness_in_stereo(
    tmp_path: Path, channels: int, db: float
) -> None:
    sound = chapter(channels=channels)
    soundfile.write(tmp_path / "a.wav", sound, RATE)
    measured = inspect_file(tmp_path / "a.wav").loudness.integrated
    goal = -19.0 if channels == 1 else -16.0
    for off, fails in ((0.0, []), (1.3, [Figure.LOUDNESS]), (-1.3, [Figure.LOUDNESS])):
        louder = sound * np.float32(10 ** ((goal + off - measured) / 20))
        soundfile.write(tmp_path / "a.wav", louder, RATE)
        assert failed(inspect_file(tmp_path / "a.wav"), PODCAST) == fails


def test_a_click_in_the_room_tone_is_no_speech(tmp_path: Path) -> None:
    sound = chapter()
    sound[RATE // 2 : RATE // 2 + 200] = 0.3
    soundfile.write(tmp_path / "a.wav", sound, RATE)
    assert inspect_file(tmp_path / "a.wav").head == pytest.approx(1.0, abs=0.06)


def test_sound_without_room_tone_has_none(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.random.default_rng(0).normal(0, 0.1, RATE), RATE)
    figures = inspect_file(tmp_path / "a.wav")
    assert (figures.head, figures.tail) == (0, 0)


def test_silence_has_no_loudness_and_is_all_room_tone(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(RATE), RATE)
    figures = inspect_file(tmp_path / "a.wav")
    assert figures.loudness.integrated == -np.inf
    assert figures.loudness.rms == -120
    assert figures.head == pytest.approx(1.0, abs=0.02)


def test_other_codings_are_told_with_their_bit_rate(tmp_path: Path) -> None:
    write_m4a(tmp_path / "a.m4a", chapter(rate=24_000)[:, 0])
    soundfile.write(tmp_path / "a.flac", chapter(), RATE)
    soundfile.write(tmp_path / "a.opus", chapter(rate=48_000), 48_000, format="OGG", subtype="OPUS")
    soundfile.write(tmp_path / "a.wav", chapter(), RATE)
    codings = {path.suffix: inspect_file(path).coding for path in tmp_path.iterdir()}
    assert {suffix: coding.name for suffix, coding in codings.items()} == {
        ".m4a": "AAC",
        ".flac": "FLAC",
        ".opus": "Opus",
        ".wav": "PCM",
    }
    assert codings[".wav"].kbps == pytest.approx(705.6)
    assert all(coding.constant is None for suffix, coding in codings.items() if suffix != ".wav")
    assert all(20 < coding.kbps < 800 for coding in codings.values())


def test_our_own_files_bear_their_labels(tmp_path: Path) -> None:
    with Mp3Writer(tmp_path / "a.mp3") as writer:
        writer.write(spoken(2))
    write_wav(tmp_path / "a.wav", [spoken(2)])
    for path in tmp_path.iterdir():
        labels = inspect_file(path).labels
        assert labels == {"AI_GENERATED": "1", "VOICE_TYPE": "AI Voice"}, path
    assert inspect_file(tmp_path / "a.mp3").coding == ("MP3", 192, True)


def test_low_rates_have_headers_of_their_own(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp3", rate=24_000, kbps=64)
    assert inspect_file(path).coding == ("MP3", 64, True)


def test_numbers_that_are_no_sound_are_refused_by_name(tmp_path: Path) -> None:
    sound = chapter()
    sound[1000] = np.nan
    soundfile.write(tmp_path / "a.wav", sound, RATE, "FLOAT")
    with pytest.raises(UnreadableAudio, match="no sound"):
        inspect_file(tmp_path / "a.wav")


def test_a_file_without_a_sample_is_refused_by_name(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(0), RATE)
    with pytest.raises(UnreadableAudio):
        inspect_file(tmp_path / "a.wav")
