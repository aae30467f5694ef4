import json
from pathlib import Path

import numpy as np
import pyebur128
import pytest
import soundfile
import torch
from numpy.typing import NDArray
from spoken import TRAINED, Said, quiet

from narrator.engine.clean import TARGET_LUFS, denoise, level
from narrator.engine.config import MELS
from narrator.speech import HOP, SAMPLE_RATE
from narrator.text.symbols import PHONEME_SET
from narrator.training.corpus import UNKNOWN
from narrator.training.prepare import clean, phonemes_of, prepare, read_labels, worst_score

Floats = NDArray[np.float32]
HEADER = "file\tspeaker\tsource\tlicence\tsex\tseconds\tbandwidth_hz\tsplit\ttext\n"


def buzz(seconds: float, loudness: float = 0.1) -> Floats:
    """A voice-like tone of 100 Hz with all its harmonics."""
    chance = np.random.default_rng(0)
    time = np.arange(int(seconds * SAMPLE_RATE)) / SAMPLE_RATE
    harmonics = [np.sin(2 * np.pi * (100 * n * time + chance.random())) for n in range(1, 110)]
    wave = np.sum(harmonics, axis=0)
    return (loudness * wave / np.abs(wave).max()).astype(np.float32)


def decibels(samples: Floats) -> float:
    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64))))


def loudness(samples: Floats) -> float:
    meter = pyebur128.R128State(1, SAMPLE_RATE, pyebur128.MeasurementMode.MODE_I)
    meter.add_frames(samples, len(samples))
    return float(pyebur128.get_loudness_global(meter))


def test_the_noise_of_a_room_falls_and_the_voice_stays() -> None:
    pause = np.zeros(int(0.2 * SAMPLE_RATE), dtype=np.float32)
    voice = np.concatenate([pause, buzz(2.0), pause])
    noisy = voice + np.random.default_rng(1).normal(0, 5e-4, len(voice)).astype(np.float32)
    cleaned = denoise(torch.from_numpy(noisy)).numpy()
    silent, sounding = slice(1_000, 3_500), slice(8_000, 45_000)
    assert decibels(cleaned[silent]) < decibels(noisy[silent]) - 3
    assert decibels(cleaned[sounding]) == pytest.approx(decibels(voice[sounding]), abs=0.3)


def test_a_clip_with_silent_pauses_comes_back_as_it_is() -> None:
    pause = np.zeros(int(0.3 * SAMPLE_RATE), dtype=np.float32)
    voice = np.concatenate([pause, buzz(1.0), pause])
    assert np.abs(denoise(torch.from_numpy(voice)).numpy() - voice).max() < 1e-4


@pytest.mark.parametrize("before", [0.003, 0.1, 0.9])
def test_clips_are_brought_to_one_loudness(before: float) -> None:
    assert loudness(level(buzz(2.0, before))) == pytest.approx(TARGET_LUFS, abs=0.1)


def test_a_click_is_not_raised_past_full_scale() -> None:
    clip = buzz(2.0, 0.002)
    clip[10_000] = 0.5
    assert np.abs(level(clip)).max() == pytest.approx(0.98, abs=1e-3)


def test_silence_stays_silence() -> None:
    assert not level(np.zeros(SAMPLE_RATE, dtype=np.float32)).any()


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (44_100, 2), (48_000, 1)])
def test_any_recording_becomes_whole_frames_of_one_channel(
    tmp_path: Path, rate: int, channels: int
) -> None:
    path = tmp_path / "clip.flac"
    soundfile.write(path, np.tile(buzz(1.013)[:, None], channels)[: rate + 77], rate)
    samples = clean(path)
    assert samples.ndim == 1
    assert len(samples) % HOP == 0
    assert 0 <= soundfile.info(path).duration - len(samples) / SAMPLE_RATE < 2 * HOP / SAMPLE_RATE


def test_a_transcript_is_opened_by_what_it_is() -> None:
    assert phonemes_of("She left.").symbols[0] == "^"
    assert phonemes_of("She left. He did not.").symbols[0] == "¶"
    assert phonemes_of("The Old House").symbols[0] == "#"
    assert phonemes_of("SHE LEFT").words == ("she", "left")


@pytest.mark.slow
def test_clips_that_cannot_be_aligned_are_refused_with_the_reason(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clips = {"speechless": quiet(1), "empty": quiet(0), "short": quiet(0.01)}
    clips |= {"mute": quiet(1), "nobody": quiet(1)}
    for name, samples in clips.items():
        soundfile.write(tmp_path / f"{name}.wav", samples, SAMPLE_RATE)
    row = "{0}.wav\t{1}\tmine\tCC0\t?\t1\t12000\ttrain\t{2}\n"
    said = {"mute": ("anna", ""), "nobody": (UNKNOWN, "Hello.")}
    rows = [row.format(name, *said.get(name, ("anna", "Hello."))) for name in clips]
    (tmp_path / "manifest.tsv").write_text(HEADER + "".join(rows), encoding="utf-8")
    prepare(tmp_path, tmp_path / "features", workers=1)
    labels = read_labels(tmp_path / "features")
    assert all("refused" in labels[name] for name in clips)
    assert labels["nobody"]["refused"] == "nobody knows the speaker"
    assert "0 of 5 clips aligned" in capsys.readouterr().out
    with np.load(tmp_path / "features" / "speechless.npz") as saved:
        assert saved["mel"].shape == (MELS, SAMPLE_RATE // HOP)
        assert len(saved["f0"]) == len(saved["energy"]) == SAMPLE_RATE // HOP
        assert len(saved["audio"]) == SAMPLE_RATE


@pytest.mark.slow
def test_what_a_known_speaker_says_is_heard_where_no_text_is_given(
    said: dict[tuple[str, str], Said], tmp_path: Path
) -> None:
    text = TRAINED[0]
    sound = said["kathleen", text]
    soundfile.write(tmp_path / "heard.wav", sound.samples, SAMPLE_RATE)
    row = "heard.wav\tkathleen\tmine\tCC0\tf\t3\t12000\ttrain\t\n"
    (tmp_path / "manifest.tsv").write_text(HEADER + row, encoding="utf-8")
    prepare(tmp_path, tmp_path / "features", workers=1)
    symbols = read_labels(tmp_path / "features")["heard"]["symbols"]
    spoken = [symbol for symbol in symbols if symbol in PHONEME_SET]
    assert spoken == [s for s in sound.phonemes.symbols if s in PHONEME_SET]


def test_an_alignment_that_was_cut_off_goes_on_without_loss(tmp_path: Path) -> None:
    features = tmp_path / "features"
    features.mkdir()
    known = json.dumps({"key": "known", "refused": "no transcript"})
    (features / "labels.jsonl").write_text(f"{known}\n{known[:20]}", encoding="utf-8")
    soundfile.write(tmp_path / "new.wav", quiet(0.5), SAMPLE_RATE)
    row = "new.wav\tanna\tmine\tCC0\t?\t1\t12000\ttrain\t\n"
    (tmp_path / "manifest.tsv").write_text(HEADER + row, encoding="utf-8")
    prepare(tmp_path, features, workers=1)
    assert read_labels(features).keys() == {"known", "new"}


@pytest.mark.parametrize(("clips", "left_out"), [(0, 0), (10, 0), (50, 1), (500, 10)])
def test_the_worst_few_of_many_clips_are_left_out(clips: int, left_out: int) -> None:
    rows = [{"score": -float(number)} for number in range(clips)]
    threshold = worst_score([{"refused": "no transcript"}, *rows])
    assert sum(row["score"] < threshold for row in rows) == left_out
