"""A table of what two independent readers, ffprobe and mutagen, find in each format.

Run: python tests/bench/format_table.py. The book is short, spoken by the fake voice; times are held
against where its chapters were written.
"""

import json
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS / "studio"), str(TESTS / "audio"), str(TESTS.parent)]

import mutagen  # noqa: E402  (the path above leads to the rest)
from fake_voice import FakeVoice, build_studio  # noqa: E402
from test_formats import COVER, SOUND  # noqa: E402
from test_masters import cover_by_mutagen, starts_by_mutagen  # noqa: E402
from test_narration import a_book  # noqa: E402

from narrator.book.model import Details  # noqa: E402
from narrator.studio.narrating.narration import Order, narrate  # noqa: E402
from narrator.studio.narrating.run import Listener  # noqa: E402

DETAILS = Details("A tale", "Lighthouses", "2", "1903", "Who keeps the light?", "Pier & Sons")
HEAD = (
    "| format | length, s (ffprobe / mutagen) | chapters (ffprobe / mutagen) | furthest off, ms "
    "| tags (ffprobe / mutagen) | cover (ffprobe / mutagen) |\n|---|---|---|---|---|---|\n"
)


class Found(NamedTuple):
    """What one reader finds. starts: seconds, of chapters. texts: all that the tags say."""

    seconds: float
    starts: list[float]
    texts: str
    cover: bool


def by_ffprobe(path: Path) -> Found:
    """Ask ffprobe."""
    asked = ("-show_format", "-show_streams", "-show_chapters")
    command = ["ffprobe", "-v", "error", *asked, "-of", "json", str(path)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    tags = [part.get("tags", {}) for part in (found["format"], *found["streams"])]
    return Found(
        float(found["format"]["duration"]),
        [float(one["start_time"]) for one in found["chapters"]],
        " ".join(str(text) for part in tags for text in part.values()),
        any(one["disposition"]["attached_pic"] for one in found["streams"]),
    )


def by_mutagen(path: Path) -> Found:
    """Ask mutagen."""
    file: Any = mutagen.File(path)
    has_list = path.suffix == ".m4b" or "CTOC:toc" in (file.tags or {})
    starts = [start / 1000 for _, start in starts_by_mutagen(path)] if has_list else []
    texts = " ".join(
        str(value) for value in file.tags.values() if "APIC" not in type(value).__name__
    )
    if not isinstance(file.tags, dict):
        texts = " ".join(f"{name} {value}" for name, value in file.tags.items())
    return Found(file.info.length, starts, texts, cover_by_mutagen(path) == COVER.data)


def rows(folder: Path) -> str:
    """Narrate in every format and give a line for each."""
    book = replace(a_book(), cover=COVER, details=DETAILS)
    studio = build_studio(folder / "home", FakeVoice())
    expected = [
        *("The Keeper", "A. Writer, B. Author", "Kathleen (AI Voice)", "Audiobook", "1903"),
        *("A tale", "Lighthouses", "Who keeps the light?", "Pier & Sons", "Voice"),
    ]
    lengths: list[float] = []
    lines = []
    for name in ("flac", *(name for name in SOUND if name != "flac")):
        order = Order(folder / name, "kathleen", formats=(name,))
        listener = Listener(lambda _: None, lambda _: None)
        paths = narrate(book, order, studio, listener, threading.Event()).written
        lengths = lengths or [by_mutagen(path).seconds for path in paths]
        real = [sum(lengths[:number]) for number in range(len(lengths))]
        one, other = by_ffprobe(paths[0]), by_mutagen(paths[0])
        off = [
            abs(start - at)
            for found in (one, other)
            for start, at in zip(found.starts, real, strict=bool(found.starts))
        ]
        said = [sum(text in found.texts for text in expected) for found in (one, other)]
        lines.append(
            f"| {name} | {one.seconds:.2f} / {other.seconds:.2f} "
            f"| {len(one.starts) or '-'} / {len(other.starts) or '-'} "
            f"| {f'{1000 * max(off):.1f}' if off else '-'} "
            f"| {said[0]} / {said[1]} of {len(expected)} "
            f"| {'yes' if one.cover else 'no'} / {'yes' if other.cover else 'no'} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as home:
        sys.stdout.write(HEAD + rows(Path(home)) + "\n")
