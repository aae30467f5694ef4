"""The files a narration leaves: names that are safe on any disk, a record of what each holds."""

import json
import unicodedata
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from narrator.disk import atomic_path

RECORD = ".narrator.json"
LONGEST_NAME_BYTES = (
    120  # leaves room in the 255 of the usual file systems, and on a player's display
)
FORBIDDEN = frozenset('<>:"/\\|?*')  # by Windows, which has the longest list
BLOCK_BYTES = 1 << 20


class Done(NamedTuple):
    """What a finished file held. content: fingerprint of what went in. digest: of its bytes."""

    content: str
    digest: str


class Record:
    """Which chapter files in `folder` are finished; kept beside them, damaged it counts as none."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RECORD
        self._done = _read(self._path)

    def holds(self, path: Path, content: str) -> bool:
        """Say whether `path` is there, unchanged, and holds just this content."""
        done = self._done.get(path.name)
        return bool(
            done and done.content == content and path.is_file() and digest_of(path) == done.digest
        )

    def add(self, path: Path, content: str) -> None:
        """Note that `path` is finished. Raises DiskFull or FolderNotWritable."""
        self._done[path.name] = Done(content, digest_of(path))
        self.save()

    def save(self) -> None:
        """Write the record; done first, it shows whether the folder can be written to at all.

        Raises DiskFull or FolderNotWritable.
        """
        table = {name: done._asdict() for name, done in sorted(self._done.items())}
        with atomic_path(self._path) as temporary:
            temporary.write_text(json.dumps(table, indent=1, ensure_ascii=False), "utf-8")


def chapter_file_name(number: int, of: int, title: str) -> str:
    """Give the file name of a chapter, as "01 - The Letters.mp3", safe on any disk.

    number: of `of` chapters, with as many digits as the last one needs, at least two.
    """
    digits = max(2, len(str(of)))
    return f"{number:0{digits}} - {safe_name(title, instead='Chapter')}.mp3"


def safe_name(title: str, *, instead: str) -> str:
    """Give `title` without what some disk refuses or a terminal misreads, or `instead` of nothing.

    Letters, digits, marks and plain punctuation of every script stay. Slashes and their like become
    blanks; emoji, control and direction characters go; it ends after 120 bytes at the latest, at a
    word if it can.
    """
    kept = "".join(_safe(character) for character in unicodedata.normalize("NFC", title))
    name = _shortened(" ".join(kept.split())).strip(". ")
    return name if any(character.isalnum() for character in name) else instead


def digest_of(path: Path) -> str:
    """Give the BLAKE2 digest of a file's bytes, read in blocks."""
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while block := file.read(BLOCK_BYTES):
            digest.update(block)
    return digest.hexdigest()


def _read(path: Path) -> dict[str, Done]:
    try:
        table = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(table, Mapping):
        return {}
    return {
        str(name): Done(str(entry.get("content")), str(entry.get("digest")))
        for name, entry in table.items()
        if isinstance(entry, Mapping)
    }


def _safe(character: str) -> str:
    if character in FORBIDDEN:
        return " "
    match unicodedata.category(character):
        case "Cc" | "Zl" | "Zp" | "Zs":
            return " "
        case "So" | "Sk" | "Cf" | "Cs" | "Co" | "Cn":
            return ""
        case _:
            return (
                "" if "\ufe00" <= character <= "\ufe0f" else character
            )  # emoji's variation selectors


def _shortened(name: str) -> str:
    if len(name.encode()) <= LONGEST_NAME_BYTES:
        return name
    cut = name.encode()[:LONGEST_NAME_BYTES].decode(errors="ignore")
    at_word = cut.rpartition(" ")[0]
    return at_word if len(at_word) > len(cut) // 2 else cut
