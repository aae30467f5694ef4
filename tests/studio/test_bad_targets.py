"""What stands in the way of finished files: told by name, and nothing half-written is left."""

import errno
import os
from dataclasses import replace
from pathlib import Path

import mutagen
import pytest
from mutagen.mp4 import MP4
from test_formats import CHAPTERS, SOUND, long_book
from test_narration import a_book, names, narrated

from narrator.audio.mastering import Mastering
from narrator.book.cover import LARGEST_COVER
from narrator.book.model import Cover
from narrator.errors import DiskFull, FolderNotWritable
from narrator.studio.narrating.formats import FORMATS
from narrator.studio.studio import Studio


def test_a_file_that_is_open_elsewhere_is_told_and_stays_as_it_was(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / f"{CHAPTERS[0]}.mp3"
    target.write_bytes(b"is being played")
    move = os.replace

    def in_use(source: Path, to: Path) -> None:  # as Windows has it
        if Path(to) == target:
            raise PermissionError(errno.EACCES, "in use by another program", source, None, to)
        move(source, to)

    monkeypatch.setattr(os, "replace", in_use)
    with pytest.raises(FolderNotWritable) as refused:
        narrated(studio, tmp_path, ranges=[(1, 1)])
    assert "in use" in refused.value.reason
    assert names(tmp_path) == [".narrator.json", target.name]
    assert target.read_bytes() == b"is being played"


@pytest.mark.parametrize("form", ["mp3", "m4b", "wav"])
def test_a_disk_that_fills_up_between_the_two_passes_leaves_nothing(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    taken = Mastering.add
    count = 0

    def full(self: Mastering, blocks: object) -> None:
        nonlocal count
        count += 1
        if count == 6:
            raise DiskFull(tmp_path)
        taken(self, blocks)  # type: ignore[arg-type]

    monkeypatch.setattr(Mastering, "add", full)
    with pytest.raises(DiskFull):
        narrated(studio, tmp_path, formats=(form,))
    assert not [name for name in names(tmp_path) if ".narrator-" in name or "Either" in name]


def test_a_chapter_too_long_for_one_book_file_goes_on_in_the_next_under_its_name(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMATS, "m4b", replace(SOUND["m4b"], longest=8.0))
    narrated(studio, tmp_path, long_book(), formats=("m4b",))
    parts = sorted(tmp_path.glob("*.m4b"))
    titles = [[one.title for one in MP4(part).chapters] for part in parts]
    assert titles == [["One"], ["One"], ["Two/2"], ["Two/2"]]
    assert all(MP4(part).info.length <= 8.1 for part in parts)


@pytest.mark.parametrize("form", ["mp3", "m4b", "flac", "opus"])
def test_the_largest_cover_goes_into_every_format(
    studio: Studio, tmp_path: Path, form: str
) -> None:
    size = 2_000_000 if form == "opus" else LARGEST_COVER  # mutagen needs 6 s for it in Ogg
    cover = Cover(b"\xff\xd8\xff\xe0" + bytes(size - 4), "image/jpeg")
    book = replace(a_book(), cover=cover, chapters=a_book().chapters[:1])
    result = narrated(studio, tmp_path, book, formats=(form,))
    assert all(path.stat().st_size > size for path in result.written)
    assert mutagen.File(result.written[0]).info.length > 1
