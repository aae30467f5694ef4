"""Hostile archives are refused by name, before anything in them is parsed."""

import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from epub_files import good, write_epub

from narrator.book import archive
from narrator.book.archive import MemberDamaged, open_checked
from narrator.book.reader import read_book
from narrator.errors import BookTooLarge, EncryptedBook, UnreadableBook


def limit(path: Path) -> str:
    with pytest.raises(BookTooLarge) as caught, open_checked(path):
        pass
    return caught.value.limit


def test_a_bomb_is_refused_by_its_ratio(tmp_path):
    path = write_epub(tmp_path / "a.epub", good() | {"OEBPS/bomb.xhtml": bytes(5_000_000)})
    assert limit(path) == "a file in it grows more than 200 times when unpacked"


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_MEMBERS", 5)
    assert limit(write_epub(tmp_path / "a.epub", good())) == "it holds more than 5 files"


def test_a_huge_member_is_refused_by_its_header(tmp_path):
    path = write_epub(tmp_path / "a.epub", good())
    _lie(path, size=64_000_001)
    assert limit(path) == "a file in it unpacks to more than 64 MB"


def test_a_huge_total_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "LARGEST_TOTAL", 1_000)
    assert limit(write_epub(tmp_path / "a.epub", good())).startswith("it unpacks to more than")


def test_a_huge_file_is_refused(tmp_path):
    path = tmp_path / "a.epub"
    with path.open("wb") as file:
        file.truncate(500_000_001)
    assert limit(path) == "it is larger than 500 MB"


def _lie(path: Path, size: int) -> None:
    """Write another unpacked size of the last member into the central directory."""
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", size)
    path.write_bytes(content)


def test_a_member_never_gives_more_than_its_header_says(tmp_path):
    path = write_epub(tmp_path / "a.epub", {"mimetype": "x", "big": b"0123456789" * 1000})
    _lie(path, size=10)
    with open_checked(path) as opened, pytest.raises(MemberDamaged):
        opened.read("big")


@pytest.mark.parametrize(
    "name",
    ["../evil.xhtml", "OEBPS/../../evil", "/etc/passwd", "C:/evil", "..\\evil", "\\\\host\\share"],
)
def test_a_name_that_leads_outside_is_refused(tmp_path, name):
    path = write_epub(tmp_path / "a.epub", good() | {name: "x"})
    with pytest.raises(UnreadableBook) as caught:
        read_book(path)
    assert caught.value.reason == "a name in its archive leads outside of the book"


def test_a_name_with_nul_is_refused(tmp_path):
    path = write_epub(tmp_path / "a.epub", good() | {"evil@name": "x"})
    path.write_bytes(path.read_bytes().replace(b"evil@name", b"evil\0name"))
    with pytest.raises(UnreadableBook):
        read_book(path)


def test_a_symbolic_link_is_refused(tmp_path):
    path = write_epub(tmp_path / "a.epub", good())
    link = zipfile.ZipInfo("OEBPS/link.xhtml")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "a") as opened:
        opened.writestr(link, "/etc/passwd")
    with pytest.raises(UnreadableBook):
        read_book(path)


@pytest.mark.parametrize("twin", ["OEBPS/b.xhtml", "OEBPS/B.XHTML"])
def test_two_members_of_one_name_are_refused(tmp_path, twin):
    path = write_epub(tmp_path / "a.epub", good())
    with zipfile.ZipFile(path, "a") as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # zipfile warns of what is meant here
        opened.writestr(twin, "x")
    with pytest.raises(UnreadableBook) as caught:
        read_book(path)
    assert caught.value.reason == "its archive holds two files of one name"


def test_a_member_with_a_password_means_copy_protection(tmp_path):
    path = write_epub(tmp_path / "a.epub", good())
    content = bytearray(path.read_bytes())
    content[content.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)
    with pytest.raises(EncryptedBook):
        read_book(path)


def test_a_zip_inside_is_never_opened(tmp_path):
    inner = write_epub(tmp_path / "inner.zip", {"deep.xhtml": "x"}).read_bytes()
    book = read_book(write_epub(tmp_path / "a.epub", good() | {"OEBPS/inner.zip": inner}))
    assert len(book.chapters) == 2
