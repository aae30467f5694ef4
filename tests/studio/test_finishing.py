"""Chapters become files beside the speaking: at once, from one sound, and no longer than wanted."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fake_voice import FakeVoice, build_studio
from test_narration import FILES, TITLES, Told, names, narrated

from narrator.audio.mastering import Mastering
from narrator.audio.watermark.marked import MarkedAudio
from narrator.errors import DiskFull
from narrator.speech import Speech, SynthesisRequest
from narrator.studio.studio import Studio

PATIENCE = 20.0
Passages = Iterator[tuple[MarkedAudio, ...]]


@dataclass
class Waiting(FakeVoice):
    """Says nothing of the second chapter before the file of the first is there."""

    first: Path = Path()

    def speak(self, request: SynthesisRequest) -> Speech:
        end = time.monotonic() + PATIENCE
        while request.phonemes.words[0] == "she" and not self.first.exists():
            assert time.monotonic() < end, "the first chapter waits for the second"
            time.sleep(0.01)
        return super().speak(request)


def test_a_chapter_is_written_while_the_next_is_spoken(tmp_path: Path) -> None:
    voice = Waiting(first=tmp_path / "out" / FILES[1])
    told = Told()
    result = narrated(build_studio(tmp_path / "home", voice), tmp_path / "out", told=told)
    assert [path.name for path in result.written] == FILES[1:]
    assert told.chapters == [(name, False) for name in FILES[1:]]


def one_after_the_next(monkeypatch: pytest.MonkeyPatch, next_one: Path) -> None:
    """Have the first chapter mastered after the file of the next one."""
    monkeypatch.setattr("narrator.studio.narrating.finishing.AT_ONCE", 2)
    enter, passages = Mastering.__enter__, Mastering.passages
    spoken: list[Mastering] = []  # in the order of the chapters; mastered they are in any

    def entered(self: Mastering) -> Mastering:
        spoken.append(self)
        return enter(self)

    def late(self: Mastering) -> Passages:
        if self is spoken[0]:
            end = time.monotonic() + PATIENCE
            while not next_one.exists():
                assert time.monotonic() < end, "the second chapter waits for the first"
                time.sleep(0.01)
        yield from passages(self)

    monkeypatch.setattr(Mastering, "__enter__", entered)
    monkeypatch.setattr(Mastering, "passages", late)


def test_chapters_are_finished_side_by_side_and_told_in_order(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one_after_the_next(monkeypatch, tmp_path / FILES[2])
    told = Told()
    result = narrated(studio, tmp_path, told=told)
    assert told.chapters == [(name, False) for name in FILES[1:]]
    assert [path.name for path in result.written] == FILES[1:]


def test_chapters_go_into_the_file_of_a_book_in_order(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    narrated(studio, tmp_path / "as ever", formats=("mp3-book",))
    one_after_the_next(monkeypatch, tmp_path / FILES[2])
    narrated(studio, tmp_path, formats=("mp3-book", "mp3"))
    book = "The Keeper.mp3"
    assert (tmp_path / book).read_bytes() == (tmp_path / "as ever" / book).read_bytes()


def test_a_chapter_that_cannot_be_finished_leaves_no_book_without_it(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrator.studio.narrating.finishing.AT_ONCE", len(TITLES))
    passages = Mastering.passages

    def full(self: Mastering) -> Passages:
        for number, passage in enumerate(passages(self)):
            if number == 1 and not (tmp_path / "refused").exists():
                (tmp_path / "refused").touch()
                time.sleep(0.5)
                raise DiskFull(tmp_path)
            yield passage

    monkeypatch.setattr(Mastering, "passages", full)
    with pytest.raises(DiskFull):
        narrated(studio, tmp_path, formats=("m4b",))
    assert names(tmp_path) == [".narrator.json", "refused"]


def test_the_sound_of_a_chapter_is_kept_once_for_all_formats(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Mastering] = []
    enter = Mastering.__enter__

    def counted(self: Mastering) -> Mastering:
        kept.append(self)
        return enter(self)

    monkeypatch.setattr(Mastering, "__enter__", counted)
    narrated(studio, tmp_path, formats=("mp3", "flac", "opus", "m4b"))
    assert len(kept) == len(TITLES)


@pytest.mark.parametrize("formats", [("mp3",), ("m4b",)])
def test_a_stop_waits_for_no_chapter_that_takes_long(
    studio: Studio,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    formats: tuple[str, ...],
) -> None:
    told = Told()
    passages = Mastering.passages

    def slow(self: Mastering) -> Passages:
        for passage in passages(self):
            told.stop.set()
            yield passage
            time.sleep(0.2)

    monkeypatch.setattr(Mastering, "passages", slow)
    monkeypatch.setattr("narrator.studio.narrating.finishing.GRACE_SECONDS", 0.0)
    result = narrated(studio, tmp_path, told=told, formats=formats)
    assert not result.written
    assert result.missing == (list(TITLES) if formats == ("mp3",) else ["The Keeper"])
    assert names(tmp_path) == [".narrator.json"]


def test_a_stop_lets_a_chapter_that_is_spoken_become_its_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    studio = build_studio(tmp_path / "home", Waiting(first=tmp_path / FILES[1]))
    told = Told()
    passages = Mastering.passages

    def stopping(self: Mastering) -> Passages:
        told.stop.set()
        yield from passages(self)

    monkeypatch.setattr(Mastering, "passages", stopping)
    result = narrated(studio, tmp_path, told=told)
    assert [path.name for path in result.written] == FILES[1:2]
    assert told.chapters == [(FILES[1], False)]
    assert result.missing == list(TITLES[1:])
