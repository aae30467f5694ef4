from pathlib import Path

import numpy as np
import pytest
import soundfile
from marked import decibels

from narrator.audio.decode import open_sound
from narrator.errors import UnreadableAudio

TONE = (0.3 * np.sin(2 * np.pi * 440 * np.arange(48_000) / 24_000)).astype(np.float32)


def write_m4a(path: Path, samples: np.ndarray) -> None:
    import av

    with av.open(path, "w", format="ipod") as container:
        stream = container.add_stream("aac", rate=24_000)
        stream.layout = "stereo"
        frame = av.AudioFrame.from_ndarray(np.stack([samples] * 2), format="fltp", layout="stereo")
        frame.sample_rate = 24_000
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg"])
def test_sound_files_are_read_in_blocks(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    soundfile.write(path, np.tile(TONE, 3), 24_000)
    sound = open_sound(path)
    assert (sound.rate, sound.channels) == (24_000, 1)
    blocks = list(sound.blocks)
    assert len(blocks) > 1
    assert decibels(np.concatenate(blocks) - np.tile(TONE, 3)) < -40


def test_stereo_is_heard_as_the_mean_of_both_sides(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.stack([TONE, 0 * TONE], axis=1), 24_000, "FLOAT")
    sound = open_sound(tmp_path / "a.wav")
    assert sound.channels == 2
    np.testing.assert_allclose(sound.whole(), TONE / 2)


def test_what_libsndfile_cannot_read_is_read_by_ffmpeg(tmp_path: Path) -> None:
    write_m4a(tmp_path / "a.m4a", TONE)
    sound = open_sound(tmp_path / "a.m4a")
    assert (sound.rate, sound.channels) == (24_000, 2)
    samples = sound.whole()
    assert len(samples) == pytest.approx(len(TONE), abs=2100)
    assert decibels(samples[4000:40_000]) == pytest.approx(decibels(TONE), abs=0.2)


def test_another_rate_can_be_asked_for(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", TONE, 24_000)
    sound = open_sound(tmp_path / "a.wav", 16_000)
    assert sound.rate == 16_000
    assert len(sound.whole()) == len(TONE) * 2 // 3


@pytest.mark.parametrize(
    "content", [b"", b"hello " * 1000, bytes(50_000), b"RIFF\x00\x00\x00\x00WAVE"]
)
def test_what_is_no_sound_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "voice.bin"
    path.write_bytes(content)
    with pytest.raises(UnreadableAudio) as caught:
        open_sound(path).whole()
    assert caught.value.path == path


def test_a_missing_file_and_a_folder_are_refused_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "none.wav", tmp_path):
        with pytest.raises(UnreadableAudio):
            open_sound(path)


@pytest.mark.parametrize("name", ["a.flac", "a.m4a"])
def test_damage_in_the_middle_is_told_by_name(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith("flac"):
        soundfile.write(path, np.random.default_rng(0).normal(0, 0.1, 48_000), 24_000)
    else:
        write_m4a(path, TONE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(UnreadableAudio):
        open_sound(path).whole()
