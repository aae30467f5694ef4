"""Sound leaves by a few doors; each takes marked sound alone, and all that leaves is marked."""

import ast
import inspect
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest
from fake_voice import KEY, FakeVoice, build_studio
from mutagen.id3 import ID3
from own_speaker import own_voice
from test_architecture import FILES, called, calls, here, imports, tree_of, writes_sound

from narrator.audio.decode import open_sound
from narrator.audio.device import Speaker
from narrator.audio.encode import Mp3Writer, SoundWriter, WavWriter, write_flac
from narrator.audio.masters import FlacWriter, M4bWriter, OpusWriter
from narrator.audio.watermark import marked as watermark
from narrator.audio.watermark.detector import Finding, detect
from narrator.audio.watermark.marked import MarkedAudio, VoiceKind
from narrator.audio.watermark.search import AS_MADE, Peak
from narrator.cli import main as cli
from narrator.cli import say
from narrator.errors import MarkFailed
from narrator.speech import Audio, Recording
from narrator.studio.studio import Studio

PLAYERS = {
    *("OutputStream", "RawOutputStream", "Stream", "RawStream"),
    *("QAudioSink", "QMediaPlayer", "QSoundEffect"),
}
TEXT = (
    "It rained on the harbour all that night, and the keeper of the light sat awake over his "
    "letters until the wind had blown itself out at last."
)
BOOK = f"# The Keeper\n\n## One\n\n{TEXT}\n\n## Two\n\n{TEXT}\n"


def writes(writer: type[SoundWriter]) -> Callable[[Path, object], None]:
    def write(folder: Path, sound: object) -> None:
        with writer(folder / "a") as file:
            file.write(sound)  # type: ignore[arg-type]

    return write


DOORS: dict[str, Callable[[Path, object], None]] = {
    "audio/device.py Speaker": lambda folder, sound: Speaker.write(
        Speaker.__new__(Speaker),
        sound,  # type: ignore[arg-type]
    ),
    "audio/encode.py Mp3Writer": writes(Mp3Writer),
    "audio/encode.py WavWriter": writes(WavWriter),
    "audio/masters.py _ByFfmpeg": writes(OpusWriter),
    "audio/encode.py write_flac": lambda folder, sound: write_flac(
        folder / "a.flac",
        sound,  # type: ignore[arg-type]
        comment="-",
    ),
}


def sinks(path: Path) -> Iterator[str]:
    """The top-level functions and classes of a file in which sound is played or written."""
    for part in tree_of(path).body:
        inside = [node for node in ast.walk(part) if isinstance(node, ast.Call)]
        if any(called(call) in PLAYERS or writes_file(call) for call in inside):
            yield f"{here(path)} {getattr(part, 'name', '')}"


def writes_file(call: ast.Call) -> bool:
    match call.func:
        case ast.Attribute(value=ast.Name(id="wave"), attr="open"):
            return True
        case ast.Attribute(value=ast.Name(id="lameenc"), attr="Encoder"):
            return True
        case _:
            return writes_sound(call)


def test_the_doors_are_all_that_plays_or_writes_sound() -> None:
    assert {sink for path in FILES for sink in sinks(path)} == set(DOORS)


def test_a_door_says_that_it_takes_marked_sound() -> None:
    for door in DOORS:
        file, name = door.split()
        module = import_module(f"narrator.{file.removesuffix('.py').replace('/', '.')}")
        part = getattr(module, name)
        taking = part.write if isinstance(part, type) else part
        given = [str(one.annotation) for one in inspect.signature(taking).parameters.values()]
        assert any("MarkedAudio" in annotation for annotation in given), door


def test_the_writers_differ_in_what_they_write_and_not_in_what_they_take() -> None:
    for writer in (Mp3Writer, WavWriter, FlacWriter, M4bWriter, OpusWriter):
        assert writer.write is SoundWriter.write


def test_nothing_is_done_about_a_watermark_that_cannot_be_imported() -> None:
    marking = [path for path in FILES if any("audio.watermark" in name for name in imports(path))]
    assert marking
    assert not [
        here(path, node)
        for path in marking
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ExceptHandler) and "Import" in ast.dump(node.type or node)
    ]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(2400, dtype=np.float32),
        Audio(np.zeros(2400)),
        Recording(np.zeros(2400), 24_000),
        b"RIFF",
        None,
    ],
    ids=["array", "speech", "recording", "bytes", "nothing"],
)
def test_a_door_lets_nothing_else_through(door: str, sound: object, tmp_path: Path) -> None:
    with pytest.raises(TypeError):
        DOORS[door](tmp_path, sound)
    assert not list(tmp_path.iterdir())


@pytest.fixture
def run(studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    monkeypatch.setenv("NARRATOR_HOME", str(tmp_path / "home"))
    (tmp_path / "book.md").write_text(BOOK, "utf-8")
    return lambda *words: cli.main([str(word) for word in words], lambda _: studio, lambda *_: 0)


def found_in(path: Path) -> Finding:
    sound = open_sound(path)
    return detect(sound.blocks, sound.rate, key=KEY, search=False)


def test_every_chapter_of_a_book_is_marked(run: Callable[..., int], tmp_path: Path) -> None:
    assert run("narrate", tmp_path / "book.md", "--out", tmp_path / "out") == 0
    files = sorted((tmp_path / "out").glob("*.mp3"))
    assert len(files) == 2
    for path in files:
        finding = found_in(path)
        assert (finding.kind, finding.payload) == (VoiceKind.STOCK, 0)


def test_a_book_in_ones_own_voice_is_marked_labelled_and_says_so_first(
    run: Callable[..., int], studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    own = own_voice(studio)
    words = ("narrate", tmp_path / "book.md", "--voice", own.name, "--out", tmp_path / "out")
    assert run(*words) == 0
    said = "this audiobook is read by an authorised ai replica of annas voice"
    assert [said in spoken for spoken in sorted(voice.spoken)].count(True) == 1
    for path in sorted((tmp_path / "out").glob("*.mp3")):
        finding = found_in(path)
        assert (finding.kind, finding.payload) == (VoiceKind.REPLICA, own.number << 12)
        assert str(ID3(path)["TXXX:VOICE_TYPE"]) == "Authorized Voice Replica"


def test_a_line_in_a_file_is_marked(run: Callable[..., int], tmp_path: Path) -> None:
    assert run("say", TEXT, "--out", tmp_path / "line.wav") == 0
    assert found_in(tmp_path / "line.wav").kind is VoiceKind.STOCK


def test_a_line_that_is_played_is_marked(
    run: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[MarkedAudio] = []
    monkeypatch.setattr(say, "play", lambda blocks, stop: heard.extend(blocks))
    assert run("say", TEXT) == 0
    sound = np.concatenate([block.samples for block in heard])
    assert detect(sound, heard[0].rate, search=False).kind is VoiceKind.STOCK


def test_what_is_kept_for_later_is_marked(
    run: Callable[..., int], studio: Studio, tmp_path: Path
) -> None:
    assert run("say", TEXT, "--out", tmp_path / "line.wav") == 0
    kept = list(studio.folders.cache.rglob("*.flac"))
    assert kept
    assert all(found_in(path).found for path in kept)


def test_where_the_mark_fails_its_trial_nothing_is_spoken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    voice = FakeVoice()
    studio = build_studio(tmp_path / "silent", voice)
    monkeypatch.setenv("NARRATOR_HOME", str(tmp_path / "home"))
    missed = Peak(3.0, VoiceKind.STOCK, 0, 0, AS_MADE, 2000)
    monkeypatch.setattr(watermark, "best_peak", lambda _: missed)
    watermark.self_test.cache_clear()
    out = tmp_path / "line.wav"
    assert cli.main(["say", TEXT, "--out", str(out)], lambda _: studio, lambda *_: 0) == 1
    assert not out.exists()
    assert voice.spoken == voice.loads == []
    with pytest.raises(MarkFailed):
        watermark.mark(Audio(np.zeros(2400)), key=KEY)


def test_the_list_of_doors_names_calls_that_are_there() -> None:
    assert any(called(call) == "OutputStream" for path in FILES for call in calls(path))
