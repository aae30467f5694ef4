"""narrator narrate BOOK: a book into sound files, of one format or several."""

import argparse
import re
import sys
import threading
from collections.abc import Collection
from dataclasses import fields
from functools import partial
from pathlib import Path

from narrator.audio.levels import LOUDNESS
from narrator.book.model import Details
from narrator.book.reader import read_book
from narrator.cli.progress import ProgressLine
from narrator.cli.projects import is_project, read_project
from narrator.cli.terminal import DONE, FAILED, INTERRUPTED, show, stopping, tell
from narrator.cli.verbs import Verbs
from narrator.studio.narrating.formats import FORMATS
from narrator.studio.narrating.names import DEFAULT_NAME, FIELDS
from narrator.studio.narrating.narration import Order, narrate, narrate_manuscript
from narrator.studio.narrating.outputs import safe_name
from narrator.studio.narrating.run import Finished, Listener, Narration
from narrator.studio.narrating.subtitles import WRITERS
from narrator.studio.studio import Studio
from narrator.words import explain

SLOWEST, FASTEST = 0.5, 3.0
Ranges = tuple[tuple[int, int], ...]


def add(verbs: Verbs) -> None:
    """Say what may follow the verb."""
    parser = verbs.add("narrate", run, "speak a book into sound files", speaks=True)
    parser.add_argument(
        "book",
        metavar="BOOK",
        type=Path,
        help="EPUB, TXT, Markdown or HTML file, or a project of the window",
    )
    parser.add_argument("--out", metavar="DIR", type=Path, help="folder for the files")
    parser.add_argument(
        "--chapters", metavar="1,3-5", type=chapter_ranges, help="only these chapters"
    )
    parser.add_argument(
        "--format",
        metavar="A,B",
        type=partial(_some_of, FORMATS),
        default=("mp3",),
        help=f"{', '.join(FORMATS)}; mp3 if not given; several at once, with commas",
    )
    parser.add_argument(
        "--subtitles",
        metavar="A,B",
        type=partial(_some_of, WRITERS),
        default=(),
        help=", ".join(WRITERS),
    )
    parser.add_argument(
        "--words", action="store_true", help="let subtitles and read-along go word by word"
    )
    parser.add_argument(
        "--loudness",
        choices=LOUDNESS,
        default="acx",
        help="as audiobook shops want it, as podcasts do, or as it is spoken",
    )
    parser.add_argument(
        "--name",
        metavar="TEMPLATE",
        default=DEFAULT_NAME,
        help=f"of the chapters' files, {DEFAULT_NAME} if not given; there are {', '.join(FIELDS)}",
    )
    parser.add_argument(
        "--credits", action="store_true", help="speak opening and closing credits, each a file"
    )
    parser.add_argument(
        "--sample", action="store_true", help="write the first minutes as a sample for shops"
    )
    known = parser.add_argument_group("what is known of the book", "instead of what it says itself")
    known.add_argument("--subtitle", metavar="TEXT", default="")
    known.add_argument("--series", metavar="NAME", default="")
    known.add_argument("--series-number", metavar="N", default="")
    known.add_argument("--year", metavar="YEAR", dest="date", type=_year, default="")
    known.add_argument("--description", metavar="TEXT", default="")
    known.add_argument("--publisher", metavar="NAME", default="")
    parser.add_argument("--speed", metavar="X", type=speed_factor, default=1.0, help="0.5 to 3")
    parser.add_argument(
        "--notice",
        action=argparse.BooleanOptionalAction,
        help="say first that an AI reads, as cloned voices do; leave it out for yourself alone",
    )


def run(options: argparse.Namespace, studio: Studio) -> int:
    """Narrate, and tell each file as it is finished."""
    narrated = _project if is_project(options.book) else _book
    line = ProgressLine(sys.stderr)
    listener = Listener(on_progress=line.show, on_finished=partial(_finished, line))
    try:
        with stopping() as stop:
            result = narrated(options, studio, listener, stop)
    finally:
        line.clear()
    for error in result.failed:
        tell(explain(error))
    for title in result.incomplete:
        tell(f"The whole of “{title}” is not written either, as a chapter is missing.")
    if result.missing:
        missing = ", ".join(dict.fromkeys(result.missing))
        tell(f"Stopped. Not finished: {missing}. Start again to go on.")
        return INTERRUPTED
    return FAILED if result.failed else DONE


def _book(
    options: argparse.Namespace, studio: Studio, listener: Listener, stop: threading.Event
) -> Narration:
    book = read_book(options.book)
    for warning in book.warnings:
        show(f"warning: {warning}")
    for part in book.left_out:
        words = "word" if part.words == 1 else "words"
        show(f"left out: {part.title} ({part.reason}, {part.words} {words})")
    order = _order(options, studio, title=book.title, source=options.book)
    return narrate(book, order, studio, listener, stop)


def _project(
    options: argparse.Namespace, studio: Studio, listener: Listener, stop: threading.Event
) -> Narration:
    """Narrate what a project includes, as it is cast and edited there."""
    manuscript, source = read_project(options.book)
    order = _order(options, studio, title=manuscript.facts.title, source=source)
    return narrate_manuscript(manuscript, order, studio, listener, stop)


def _order(
    options: argparse.Namespace, studio: Studio, *, title: str, source: Path | None
) -> Order:
    return Order(
        folder=options.out or Path(safe_name(title, instead="book")),
        voice=options.voice or studio.settings.voice,
        speed=options.speed,
        device=options.device or studio.settings.device,
        ranges=options.chapters,
        notice=options.notice,
        formats=(*options.format, *options.subtitles, *(("sample",) if options.sample else ())),
        loudness=options.loudness,
        source=source,
        words=options.words,
        name=options.name,
        details=Details(**{one.name: getattr(options, one.name) for one in fields(Details)}),
        credits=options.credits,
    )


def _finished(line: ProgressLine, finished: Finished) -> None:
    line.clear()
    for path in finished.paths:
        show(str(path))
        if finished.kept:
            tell(f"{path.name} is there already, unchanged.")


def _some_of(known: Collection[str], text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(","))
    for name in names:
        if name not in known:
            raise argparse.ArgumentTypeError(f"{name!r} is none of {', '.join(known)}")
    return names


def _year(text: str) -> str:
    if not re.fullmatch(r"([0-9]{4}(-[0-9]{2}){0,2})?", text):
        raise argparse.ArgumentTypeError(f"{text!r} is no year such as 1903")
    return text


def chapter_ranges(text: str) -> Ranges:
    """Read chapters as "1,3-5". Raises ArgumentTypeError."""
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


def speed_factor(text: str) -> float:
    """Read a speed. Raises ArgumentTypeError."""
    try:
        speed = float(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no number") from error
    if not SLOWEST <= speed <= FASTEST:
        raise argparse.ArgumentTypeError(f"{text} is not between {SLOWEST} and {FASTEST:g}")
    return speed
