"""Subtitles beside the sound, and the book that lights up while it is read."""

import json
import zipfile
from pathlib import Path

import pytest
from fake_voice import FakeVoice
from test_narration import narrated

from narrator.book.reader import read_book
from narrator.studio.narrating.subtitles import WRITERS
from narrator.studio.studio import Studio

BOOK = """# The Keeper

## One

It rained on the lake. He ran, and he fell.

## Two

She waited for him.
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "keeper.md"
    path.write_text(BOOK, "utf-8")
    return path


def test_each_chapter_gets_its_subtitles_beside_its_sound(
    studio: Studio, voice: FakeVoice, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = narrated(
        studio, out, read_book(source), formats=("flac", *WRITERS), source=source, words=True
    )
    assert {path.suffix for path in result.written} == {".flac", ".srt", ".vtt", ".lrc", ".json"}
    srt = next(out.glob("*One.srt")).read_text("utf-8")
    assert "-->" in srt
    assert "rained" in srt
    told = json.loads(next(out.glob("*One.json")).read_text("utf-8"))
    assert [sentence["text"] for sentence in told["sentences"]][-2:] == [
        "It rained on the lake.",
        "He ran, and he fell.",
    ]
    voice.spoken.clear()
    again = narrated(studio, out, read_book(source), formats=("srt",), source=source, words=True)
    assert not again.written
    assert len(again.kept) == 2


def test_the_book_itself_comes_back_with_its_sound_inside(
    studio: Studio, source: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    result = narrated(studio, out, read_book(source), formats=("readalong",), source=source)
    (path,) = result.written
    assert path.name == "The Keeper.readalong.epub"
    with zipfile.ZipFile(path) as book:
        names = book.namelist()
        smil = [book.read(name).decode() for name in names if name.endswith(".smil")]
    assert sum(name.endswith(".mp3") for name in names) == 2
    assert sum(text.count("<par") for text in smil) >= 3
    assert not [left for left in out.iterdir() if left.is_dir()]


def test_a_sentence_that_fails_leaves_no_half_book(
    studio: Studio, voice: FakeVoice, source: Path, tmp_path: Path
) -> None:
    voice.broken = ("waited",)
    out = tmp_path / "out"
    result = narrated(studio, out, read_book(source), formats=("readalong", "srt"), source=source)
    assert [path.suffix for path in result.written] == [".srt"]
    assert not list(out.glob("*.epub"))
    assert not [left for left in out.iterdir() if left.is_dir()]
