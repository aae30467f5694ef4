"""narrator narrate BOOK: a book into MP3 files, one a chapter."""

import argparse
import re
import sys
from functools import partial
from pathlib import Path

from narrator.book.reader import read_book
from narrator.cli.progress import ProgressLine
from narrator.cli.terminal import DONE, FAILED, INTERRUPTED, show, stopping, tell
from narrator.cli.verbs import Verbs
from narrator.studio.narration import Listener, Order, narrate
from narrator.studio.outputs import safe_name
from narrator.studio.studio import Studio
from narrator.words import explain

SLOWEST, FASTEST = 0.5, 3.0
Ranges = tuple[tuple[int, int], ...]


def add(verbs: Verbs) -> None:
    """Say what may follow the verb."""
    parser = verbs.add("narrate", run, "speak a book into MP3 files, one a chapter", speaks=True)
    parser.add_argument("book", metavar="BOOK", type=Path, help="EPUB, TXT, Markdown or HTML file")
    parser.add_argument("--out", metavar="DIR", type=Path, help="folder for the files")
    parser.add_argument("--chapters", metavar="1,3-5", type=_ranges, help="only these chapters")
    parser.add_argument("--speed", metavar="X", type=_speed, default=1.0, help="0.5 to 3")
    parser.add_argument(
        "--notice",
        action=argparse.BooleanOptionalAction,
        help="say first that an AI reads, as cloned voices do; leave it out for yourself alone",
    )


def run(options: argparse.Namespace, studio: Studio) -> int:
    """Narrate, and tell each file as it is finished."""
    book = read_book(options.book)
    for warning in book.warnings:
        show(f"warning: {warning}")
    for part in book.left_out:
        words = "word" if part.words == 1 else "words"
        show(f"left out: {part.title} ({part.reason}, {part.words} {words})")
    order = Order(
        folder=options.out or Path(safe_name(book.title, instead="book")),
        voice=options.voice or studio.settings.voice,
        speed=options.speed,
        device=options.device or studio.settings.device,
        ranges=options.chapters,
        notice=options.notice,
    )
    line = ProgressLine(sys.stderr)
    listener = Listener(on_progress=line.show, on_chapter=partial(_chapter_done, line))
    try:
        with stopping() as stop:
            result = narrate(book, order, studio, listener, stop)
    finally:
        line.clear()
    for error in result.failed:
        tell(explain(error))
    if result.missing:
        tell(f"Stopped. Not finished: {', '.join(result.missing)}. Start again to go on.")
        return INTERRUPTED
    return FAILED if result.failed else DONE


def _chapter_done(line: ProgressLine, path: Path, kept: bool) -> None:
    line.clear()
    show(str(path))
    if kept:
        tell(f"{path.name} is there already, unchanged.")


def _ranges(text: str) -> Ranges:
    ranges = []
    for part in text.split(","):
        match = re.fullmatch(r"\s*([0-9]{1,9})(?:-([0-9]{1,9}))?\s*", part)
        if match is None:
            raise argparse.ArgumentTypeError(f"{part!r} is no chapter and no range such as 3-5")
        first, last = int(match[1]), int(match[2] or match[1])
        if first > last:
            raise argparse.ArgumentTypeError(f"{part!r} runs backwards")
        ranges.append((first, last))
    return tuple(ranges)


def _speed(text: str) -> float:
    try:
        speed = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from error
    if not SLOWEST <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(f"{text} is not between {SLOWEST} and {FASTEST:g}")
    return speed
