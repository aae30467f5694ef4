"""Open a ZIP archive behind every limit against hostile files, before anything in it is parsed."""

import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from narrator.errors import BookTooLarge, EncryptedBook, UnreadableBook

MB = 1_000_000
LARGEST_FILE = 500 * MB
MOST_MEMBERS = 20_000
LARGEST_MEMBER = 64 * MB
LARGEST_TOTAL = 1_000 * MB
STEEPEST_RATIO = 200  # deflate of real text gives 3 to 10; of zeros 1,000
SMALL_MEMBER = 1 * MB  # below this a steep ratio harms nobody
_BLOCK = 1 << 20


class MemberDamaged(Exception):
    """A member of the archive cannot be unpacked; the rest may be whole."""


class Archive:
    """The members of an opened archive, by name. Nothing is ever unpacked to disk."""

    def __init__(self, path: Path, opened: zipfile.ZipFile) -> None:
        self.path = path
        self._opened = opened
        self._members = {_slashed(info.filename): info for info in _files(opened)}
        self._by_folded_name = {_folded(name): name for name in self._members}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all files in the archive, in its own order."""
        return tuple(self._members)

    def find(self, name: str) -> str | None:
        """Give the name under which `name` is kept: itself, or the one that differs by case
        alone."""
        return name if name in self._members else self._by_folded_name.get(_folded(name))

    def read(self, name: str) -> bytes:
        """Unpack one member in blocks, counting what comes out.

        Raises KeyError when there is none of this very name, MemberDamaged when it cannot be
        unpacked and BookTooLarge when it grows beyond the limit.
        """
        info = self._members[name]
        blocks: list[bytes] = []
        size = 0
        try:
            with self._opened.open(info) as member:
                while block := member.read(_BLOCK):
                    size += len(block)
                    if size > LARGEST_MEMBER:
                        raise BookTooLarge(self.path, _MEMBER_LIMIT)
                    blocks.append(block)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            OSError,
            ValueError,
        ) as error:
            raise MemberDamaged(f"{name}: {error}") from error
        return b"".join(blocks)


_MEMBER_LIMIT = f"a file in it unpacks to more than {LARGEST_MEMBER // MB} MB"


@contextmanager
def open_checked(path: Path) -> Iterator[Archive]:
    """Open the archive at `path` once sizes, counts, ratios and names have been found harmless.

    Raises BookTooLarge, EncryptedBook (a member asks for a password) or UnreadableBook.
    """
    if path.stat().st_size > LARGEST_FILE:
        raise BookTooLarge(path, f"it is larger than {LARGEST_FILE // MB} MB")
    try:
        opened = zipfile.ZipFile(path)
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        ValueError,
        EOFError,
    ) as error:
        raise UnreadableBook(path, "the file is damaged or was not copied to its end") from error
    with opened:
        _check_sizes(path, opened.infolist())
        _check_names(path, _files(opened))
        yield Archive(path, opened)


def _files(opened: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    return [info for info in opened.infolist() if not info.is_dir()]


def _slashed(name: str) -> str:
    return name.replace("\\", "/")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _check_sizes(path: Path, members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise BookTooLarge(path, f"it holds more than {MOST_MEMBERS:,} files")
    if any(info.file_size > LARGEST_MEMBER for info in members):
        raise BookTooLarge(path, _MEMBER_LIMIT)
    if sum(info.file_size for info in members) > LARGEST_TOTAL:
        raise BookTooLarge(path, f"it unpacks to more than {LARGEST_TOTAL // MB:,} MB")
    for info in members:
        if info.file_size > SMALL_MEMBER and info.file_size > STEEPEST_RATIO * info.compress_size:
            raise BookTooLarge(
                path, f"a file in it grows more than {STEEPEST_RATIO} times when unpacked"
            )


def _check_names(path: Path, members: list[zipfile.ZipInfo]) -> None:
    seen: set[str] = set()
    for info in members:
        if info.flag_bits & 1:
            raise EncryptedBook(path)
        name = _slashed(info.filename)
        if (
            "\0" in info.orig_filename
            or _leads_outside(name)
            or stat.S_ISLNK(info.external_attr >> 16)
        ):
            raise UnreadableBook(path, "a name in its archive leads outside of the book")
        if (folded := _folded(name)) in seen:
            raise UnreadableBook(path, "its archive holds two files of one name")
        seen.add(folded)


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")
