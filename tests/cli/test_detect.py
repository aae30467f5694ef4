"""narrator detect: plain words first, figures after, an exit code that a script can use."""

import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile
from fake_voice import KEY

from narrator.audio.encode import write_wav
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.marked import mark
from narrator.cli import main as cli
from narrator.speech import Audio
from narrator.studio.studio import Studio

sys.path.insert(0, str(Path(__file__).parent.parent / "audio"))
from speechlike import speechlike

OTHER_KEY = bytes(reversed(range(32)))


def detect(studio: Studio, *paths: Path) -> int:
    return cli.main(["detect", *map(str, paths)], lambda _: studio, lambda *_: 0)


def written(path: Path, *, key: bytes = KEY, kind: VoiceKind = VoiceKind.STOCK) -> Path:
    write_wav(path, [mark(Audio(speechlike(8)), key=key, kind=kind)])
    return path


def test_our_own_speech_is_told_with_its_voice(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert detect(studio, written(tmp_path / "ours.wav")) == 0
    said = capsys.readouterr().out
    assert "synthetic speech made by narrator with an AI voice, by a built-in voice" in said
    assert "marked from 0:00 to 0:0" in said
    assert "chance of a false alarm" in said


def test_speech_of_another_installation_is_told_without_an_origin(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path / "theirs.wav", key=OTHER_KEY, kind=VoiceKind.REPLICA)
    assert detect(studio, path) == 0
    said = capsys.readouterr().out
    assert "a replica of a person's voice, origin not verified" in said


def test_unmarked_sound_says_that_nothing_is_proven(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "human.flac"
    soundfile.write(path, speechlike(8), 24_000)
    assert detect(studio, path) == 3
    assert "no mark of narrator found, which proves nothing" in capsys.readouterr().out


def test_silence_is_too_little_to_tell(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(24_000), 24_000)
    assert detect(studio, path) == 3
    assert "too little speech to tell" in capsys.readouterr().out


def test_a_file_that_is_no_sound_is_one_sentence_and_the_others_are_still_told(
    studio: Studio, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.mp3"
    broken.write_bytes(b"no sound" * 100)
    assert detect(studio, broken, written(tmp_path / "ours.wav")) == 1
    told = capsys.readouterr()
    assert told.err.count("\n") == 1
    assert "cannot be read as sound" in told.err
    assert "synthetic speech" in told.out
