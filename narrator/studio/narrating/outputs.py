"""The files a narration leaves: names that are safe on any disk, a record of what each holds."""

import json
import threading
import unicodedata
from collections.abc import Mapping, Sequence
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
    """Which files in `folder` are finished; kept beside them, damaged it counts as none."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / RECORD
        self._done = _read(self._path)
        self._adding = threading.Lock()

    def holding(self, content: str) -> tuple[Path, ...]:
        """Give the files that hold just this content, in order; none unless all are unchanged."""
        names = sorted(name for name, done in self._done.items() if done.content == content)
        paths = tuple(self._path.with_name(name) for name in names)
        return paths if all(self._is_unchanged(path) for path in paths) else ()

    def add(self, paths: Sequence[Path], content: str) -> None:
        """Note that `paths` are finished and hold `content` together; several threads may call it.

        Raises DiskFull or FolderNotWritable.
        """
        added = {path.name: Done(content, digest_of(path)) for path in paths}
        with self._adding:
            left = {name: done for name, done in self._done.items() if done.content != content}
            self._done = left | added
            self.save()

    def _is_unchanged(self, path: Path) -> bool:
        return path.is_file() and digest_of(path) == self._done[path.name].digest

    def save(self) -> None:
        """Write the record; done first, it shows whether the folder can be written to at all.

        Raises DiskFull or FolderNotWritable.
        """
        table = {name: done._asdict() for name, done in sorted(self._done.items())}
        with atomic_path(self._path) as temporary:
            temporary.write_text(json.dumps(table, indent=1, ensure_ascii=False), "utf-8")


def part_of(name: str, number: int, of: int) -> str:
    """Give the name, or the title, of one part: itself where there is but one."""
    return name if of == 1 else f"{name}, part {number:0{len(str(of))}}"


def safe_name(title: str, *, instead: str) -> str:
    """Give `title` without what some disk refuses or a terminal misreads, or `instead` of nothing.

    Letters, digits, marks and plain punctuation of every script stay. Slashes and their like become
    blanks; emoji, control and direction characters go; it ends after 120 bytes at the latest, at a
    word if it can.
    """
    return shortened(cleaned(title), LONGEST_NAME_BYTES) or instead


def cleaned(title: str) -> str:
    """Give `title` as `safe_name` does, however long it is; "" where nothing sayable is left."""
    kept = "".join(_safe(character) for character in unicodedata.normalize("NFC", title))
    name = " ".join(kept.split()).strip(". ")
    return name if any(character.isalnum() for character in name) else ""


def shortened(name: str, most_bytes: int) -> str:
    """Give the beginning of a name, to the end of a word if it can."""
    if len(name.encode()) <= most_bytes:
        return name
    cut = name.encode()[:most_bytes].decode(errors="ignore")
    at_word = cut.rpartition(" ")[0]
    return (at_word if len(at_word) > len(cut) // 2 else cut).strip(". ")


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
