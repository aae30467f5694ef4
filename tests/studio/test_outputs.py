"""Names that every disk takes, and the record of what is finished."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.studio.narrating.names import Naming
from narrator.studio.narrating.outputs import (
    FORBIDDEN,
    LONGEST_NAME_BYTES,
    RECORD,
    Record,
    part_of,
    safe_name,
)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("The Letters", "The Letters"),
        ("Either/Or", "Either Or"),
        ("..\\..\\etc: <a|b>?*", "etc a b"),
        ("Joy 😀 and 👩‍👩‍👧", "Joy and"),
        ("I ❤️ you", "I you"),
        ("", "Chapter"),
        ("…", "Chapter"),
        ("  . ", "Chapter"),
        ("***", "Chapter"),
        ("a\nb\tc\x00d", "a b c d"),
        ("\u202egnp.exe", "gnp.exe"),
        ("שלום", "שלום"),
        ("Cafe\u0301", "Café"),
        ("end...", "end"),
        ("half \ud800 pair", "half pair"),
        ("No. 5 – “What?”", "No. 5 – “What ”"),
    ],
)
def test_a_title_becomes_a_name_that_every_disk_takes(title: str, name: str) -> None:
    assert safe_name(title, instead="Chapter") == name


@given(st.text())
def test_no_title_makes_a_name_that_a_disk_refuses(title: str) -> None:
    name = safe_name(title, instead="Chapter")
    assert 0 < len(name.encode()) <= LONGEST_NAME_BYTES
    assert not set(name) & FORBIDDEN
    assert name.isprintable()
    assert name == name.strip(". ")


@pytest.mark.parametrize("title", ["word " * 200, "x" * 999, "é" * 999, "字" * 999])
def test_a_long_title_is_cut_between_characters(title: str) -> None:
    name = safe_name(title, instead="Chapter")
    assert len(name.encode()) <= LONGEST_NAME_BYTES
    assert title.startswith(name)
    assert name


def test_numbers_sort_as_the_chapters_do() -> None:
    names = [Naming(chapters=100).chapter(number, "x") for number in range(1, 101)]
    assert names == sorted(names)
    assert Naming(chapters=9).chapter(1, "The Letters") == "01 - The Letters"


def test_parts_are_numbered_where_there_are_several() -> None:
    assert part_of("The End", 1, 1) == "The End"
    names = [f"{part_of('The End', number, 12)}.mp3" for number in range(1, 13)]
    assert names == sorted(names)
    assert names[1] == "The End, part 02.mp3"


def test_a_finished_file_is_known_again(tmp_path: Path) -> None:
    file = tmp_path / "01 - x.mp3"
    file.write_bytes(b"sound")
    Record(tmp_path).add([file], "content 1")
    assert Record(tmp_path).holding("content 1") == (file,)
    assert not Record(tmp_path).holding("content 2")


def test_a_file_that_was_changed_or_removed_is_not_finished(tmp_path: Path) -> None:
    file = tmp_path / "01 - x.mp3"
    file.write_bytes(b"sound")
    Record(tmp_path).add([file], "content")
    file.write_bytes(b"found")
    assert not Record(tmp_path).holding("content")
    file.unlink()
    assert not Record(tmp_path).holding("content")


def test_parts_are_finished_together_or_not_at_all(tmp_path: Path) -> None:
    parts = [tmp_path / f"x, part {number}.mp3" for number in (1, 2)]
    for part in parts:
        part.write_bytes(b"sound")
    Record(tmp_path).add(parts, "content")
    assert Record(tmp_path).holding("content") == tuple(parts)
    parts[1].write_bytes(b"found")
    assert not Record(tmp_path).holding("content")
    Record(tmp_path).add(parts[:1], "content")
    assert Record(tmp_path).holding("content") == (parts[0],)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"01 - x.mp3": 3}', '{"01 - x.mp3": {}}'])
def test_a_damaged_record_counts_as_none(tmp_path: Path, text: str) -> None:
    (tmp_path / RECORD).write_text(text, "utf-8")
    file = tmp_path / "01 - x.mp3"
    file.write_bytes(b"sound")
    record = Record(tmp_path)
    assert not record.holding("content")
    record.add([file], "content")
    assert json.loads((tmp_path / RECORD).read_text("utf-8"))["01 - x.mp3"]["content"] == "content"
