"""narrator voices: a voice is made, heard, renamed, kept and withdrawn at the terminal."""

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import soundfile

sys.path.insert(0, str(Path(__file__).parent.parent / "profiles"))
from reading import RATE, WORDS, Listener, speech

from narrator.audio import microphone
from narrator.audio.microphone import Take
from narrator.cli import main as cli
from narrator.cli import recording
from narrator.errors import MicrophoneLost, NoMicrophone
from narrator.profiles.phrase import _words
from narrator.speech import Recording
from narrator.studio import new_voice
from narrator.studio.studio import Studio


class Reader:
    """Somebody at the terminal, who reads aloud what is printed there."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.listener = Listener()
        self.capsys = capsys
        self.voice: Recording = speech()
        self.shown = ""
        monkeypatch.setattr(recording, "record", self.record)
        monkeypatch.setattr(new_voice, "Recognizer", lambda: self.listener)
        monkeypatch.setattr(new_voice, "read_words", lambda path: WORDS)
        monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n" + "\n" * 200))

    def record(self, **_: object) -> Take:
        told = self.capsys.readouterr()
        self.shown += told.out + told.err
        blocks = [line.strip() for line in self.shown.splitlines() if line.startswith("    ")]
        self.listener.hears = " ".join(_words(blocks[-1]))
        return Take(self.voice, datetime.now(UTC), "desk", seal=microphone._SEAL)


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Reader:
    return Reader(monkeypatch, capsys)


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NARRATOR_HOME", str(tmp_path / "home"))


def voices(studio: Studio, *words: str) -> int:
    return cli.main(["voices", *words], lambda _: studio, lambda *_: 0)


def test_a_voice_is_made_from_what_is_read_aloud(studio: Studio, reader: Reader) -> None:
    assert voices(studio, "record", "Anna", "--speaker", "Ånna Smith") == 0
    voice = studio.voices.get("anna")
    assert voice.is_replica
    assert "consent of Ånna Smith until" in reader.capsys.readouterr().out
    assert "keeps on this computer" in reader.shown


def test_the_checkbox_comes_first(
    studio: Studio, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("no\n"))
    assert voices(studio, "record", "Anna", "--speaker", "Anna") == 1
    assert "Nothing is recorded without consent" in reader.capsys.readouterr().err
    assert "anna" not in studio.voices.names()


def test_input_that_ends_stops_the_making(
    studio: Studio, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n"))
    assert voices(studio, "record", "Anna", "--speaker", "Anna") == 130
    assert "anna" not in studio.voices.names()


def test_a_missing_microphone_is_one_sentence(
    studio: Studio, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(**_: object) -> Take:
        raise NoMicrophone("the system knows none")

    monkeypatch.setattr(recording, "record", none)
    assert voices(studio, "record", "Anna", "--speaker", "Anna") == 1
    assert "connect a microphone" in reader.capsys.readouterr().err


def test_a_sample_from_a_file_must_be_the_live_voice(
    studio: Studio, reader: Reader, tmp_path: Path
) -> None:
    mine = tmp_path / "mine.flac"
    soundfile.write(mine, speech().samples, RATE)
    assert voices(studio, "record", "Anna", "--speaker", "Anna", "--sample", str(mine)) == 0
    assert "anna" in studio.voices.names()
    absent = str(tmp_path / "none.wav")
    assert voices(studio, "record", "Bo", "--speaker", "Bo", "--sample", absent) == 1
    assert "bo" not in studio.voices.names()


def test_sentences_read_aloud_enrol_a_voice(studio: Studio, reader: Reader) -> None:
    assert voices(studio, "enroll", "Anna", "--speaker", "Anna") == 0
    voice = studio.voices.get("anna")
    assert len(studio.voices.embedding(voice.ref).steering) > 0
    assert "Sentence 16 of 16" in reader.shown


def test_a_voice_is_renamed_kept_withdrawn_and_cannot_come_back(
    studio: Studio, reader: Reader, tmp_path: Path
) -> None:
    kept = tmp_path / "anna.voice"
    assert voices(studio, "record", "Anna", "--speaker", "Anna") == 0
    assert voices(studio, "rename", "anna", "Aunt Anna") == 0
    assert voices(studio, "export", "aunt-anna", str(kept)) == 0
    assert voices(studio, "preview", "aunt-anna", "--out", str(tmp_path / "heard.wav")) == 0
    assert soundfile.info(tmp_path / "heard.wav").duration > 1
    assert voices(studio, "revoke", "aunt-anna") == 0
    assert studio.voices.names() == ("kathleen",)
    assert voices(studio, "import", str(kept)) == 1
    assert voices(studio, "preview", "aunt-anna", "--out", str(tmp_path / "again.wav")) == 1
    assert not (tmp_path / "again.wav").exists()


def test_a_consent_is_renewed_by_the_same_steps(studio: Studio, reader: Reader) -> None:
    assert voices(studio, "record", "Anna", "--speaker", "Anna") == 0
    first = studio.voices.get("anna").origin
    sys.stdin = io.StringIO("yes\n" + "\n" * 50)
    assert voices(studio, "renew", "anna") == 0
    assert studio.voices.get("anna").origin != first
    assert voices(studio, "renew", "kathleen") == 1


def test_a_built_in_voice_is_neither_renamed_nor_withdrawn(studio: Studio, reader: Reader) -> None:
    assert voices(studio, "rename", "kathleen", "Mine") == 1
    assert voices(studio, "revoke", "kathleen") == 1
    assert studio.voices.names() == ("kathleen",)


def test_an_unplugged_microphone_costs_one_line_and_no_more(
    studio: Studio, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    takes = iter(range(1, 100))

    def unplugged_at_times(**options: object) -> Take:
        if next(takes) % 2:
            raise MicrophoneLost(2.0)
        return reader.record(**options)

    monkeypatch.setattr(recording, "record", unplugged_at_times)
    assert voices(studio, "record", "Anna", "--speaker", "Anna") == 0
    assert "anna" in studio.voices.names()
