"""The verbs of the command line, over the studio: results on stdout, everything else on stderr."""

import argparse
import io
import json
import logging
import os
import re
import shutil
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType
from typing import TextIO

from narrator.audio.assemble import assemble
from narrator.audio.device import play
from narrator.audio.encode import write_wav
from narrator.book.reader import read_book
from narrator.errors import Cancelled, NarratorError, VoiceDamaged
from narrator.settings import DEVICES, Folders, folders, logging_to
from narrator.studio.line import say, show
from narrator.studio.narration import Listener, Order, narrate
from narrator.studio.outputs import safe_name
from narrator.studio.pace import Progress
from narrator.studio.studio import Studio
from narrator.words import explain

DONE, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130
SLOWEST, FASTEST = 0.5, 3.0
REWRITE_SECONDS, LINE_SECONDS = 0.1, 30.0
Ranges = tuple[tuple[int, int], ...]

log = logging.getLogger(__name__)


class ProgressLine:
    """Progress in one line that is rewritten on a terminal; elsewhere a line now and then."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._rewrites = stream.isatty()
        self._next = 0.0
        self._shown = False

    def show(self, progress: Progress) -> None:
        """Show where the work stands, unless it was shown just before."""
        now = time.monotonic()
        if now < self._next and progress.sentence > 1:
            return
        self._next = now + (REWRITE_SECONDS if self._rewrites else LINE_SECONDS)
        if self._rewrites:
            width = shutil.get_terminal_size().columns - 1
            _write(f"\r{_worded(progress)[:width]}\x1b[K", self._stream, end="")
            self._shown = True
        else:
            _tell(_worded(progress))

    def clear(self) -> None:
        """Make room for another line."""
        if self._shown:
            _write("\r\x1b[K", self._stream, end="")
            self._shown = False


def _worded(progress: Progress) -> str:
    parts = [
        f"chapter {progress.chapter} of {progress.chapters}",
        f"sentence {progress.sentence} of {progress.sentences}",
    ]
    if progress.seconds_left is not None and progress.times_real_time is not None:
        parts += [
            f"{progress.seconds_left:.0f} s left",
            f"{progress.times_real_time:.0f}x real time",
        ]
    return f"{', '.join(parts)}: {progress.title}"


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line. Exits with code 2, or 0 after --help, as argparse does."""
    parser = argparse.ArgumentParser(
        prog="narrator", description="Turns a book into narrated audio on this machine, offline."
    )
    spoken = argparse.ArgumentParser(add_help=False)
    spoken.add_argument("--voice", metavar="NAME", help="one that `narrator voices` lists")
    spoken.add_argument("--device", choices=DEVICES, help="what to compute on")
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="VERB")
    narrate = verbs.add_parser(
        "narrate", parents=[spoken], help="speak a book into MP3 files, one a chapter"
    )
    narrate.add_argument("book", metavar="BOOK", type=Path, help="EPUB, TXT, Markdown or HTML file")
    narrate.add_argument("--out", metavar="DIR", type=Path, help="folder for the files")
    narrate.add_argument("--chapters", metavar="1,3-5", type=_ranges, help="only these chapters")
    narrate.add_argument("--speed", metavar="X", type=_speed, default=1.0, help="0.5 to 3")
    verbs.add_parser("voices", help="list the voices")
    say = verbs.add_parser("say", parents=[spoken], help="speak a line of text")
    say.add_argument("text", metavar="TEXT")
    say.add_argument("--out", metavar="FILE.wav", type=Path, help="write a file instead of playing")
    say.add_argument("--show", action="store_true", help="print words and phonemes, speak nothing")
    app = verbs.add_parser("app", help="open the window")
    app.add_argument("book", metavar="FILE", type=Path, nargs="?", help="the book to open")
    return parser.parse_args(arguments)


def main(
    arguments: Sequence[str] | None,
    open_studio: Callable[[Folders], Studio],
    run_app: Callable[[Studio, Path | None], int],
) -> int:
    """Do what the command line says; 0 done, 1 an error told in one sentence, 2 usage, 130 stopped.

    open_studio is called once the command line is right; run_app opens the window. Raises nothing
    but argparse's SystemExit.
    """
    options = parse(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name it cannot show must not end the work
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with logging_to(folders().log) as log_file:
            return _guarded(lambda: _do(options, open_studio(folders()), run_app), log_file)
    except NarratorError as error:
        _tell(explain(error))
        return FAILED
    except (KeyboardInterrupt, Cancelled):
        _tell("Stopped.")
        return INTERRUPTED


def _guarded(work: Callable[[], int], log_file: Path) -> int:
    try:
        return work()
    except (NarratorError, Cancelled):
        raise
    except Exception as error:  # broad on purpose: no traceback reaches the user
        log.exception("unexpected error")
        _tell(f"Something unexpected went wrong ({type(error).__name__}): see {log_file}.")
        return FAILED


def _do(
    options: argparse.Namespace, studio: Studio, run_app: Callable[[Studio, Path | None], int]
) -> int:
    match options.verb:
        case "narrate":
            return _narrate(options, studio)
        case "say" if options.show:
            return _show(options, studio)
        case "say":
            return _say(options, studio)
        case "voices":
            return _voices(studio)
        case _:
            return run_app(studio, options.book)


def _narrate(options: argparse.Namespace, studio: Studio) -> int:
    book = read_book(options.book)
    for warning in book.warnings:
        _print(f"warning: {warning}")
    for part in book.left_out:
        words = "word" if part.words == 1 else "words"
        _print(f"left out: {part.title} ({part.reason}, {part.words} {words})")
    order = Order(
        folder=options.out or Path(safe_name(book.title, instead="book")),
        voice=options.voice or studio.settings.voice,
        speed=options.speed,
        device=options.device or studio.settings.device,
        ranges=options.chapters,
    )
    line = ProgressLine(sys.stderr)
    listener = Listener(on_progress=line.show, on_chapter=partial(_chapter_done, line))
    try:
        with _stopping() as stop:
            result = narrate(book, order, studio, listener, stop)
    finally:
        line.clear()
    for error in result.failed:
        _tell(explain(error))
    if result.missing:
        _tell(f"Stopped. Not finished: {', '.join(result.missing)}. Start again to go on.")
        return INTERRUPTED
    return FAILED if result.failed else DONE


def _chapter_done(line: ProgressLine, path: Path, kept: bool) -> None:
    line.clear()
    _print(str(path))
    if kept:
        _tell(f"{path.name} is there already, unchanged.")


def _voices(studio: Studio) -> int:
    code = DONE
    for name in studio.voices.names():
        try:
            voice = studio.voices.get(name)
        except VoiceDamaged as error:
            _tell(explain(error))
            code = FAILED
        else:
            _print(f"{name:<12} {voice.title}: {voice.description} ({voice.licence.licence})")
    return code


def _show(options: argparse.Namespace, studio: Studio) -> int:
    escaped = (sys.stdout.encoding or "").lower() != "utf-8"
    lines = [
        json.dumps(sentence._asdict(), ensure_ascii=escaped)
        for sentence in show(options.text, studio.front_end)
    ]
    _print("[" + ",\n ".join(lines) + "]")
    return DONE


def _say(options: argparse.Namespace, studio: Studio) -> int:
    with _stopping() as stop:
        sound = assemble(
            say(
                options.text,
                options.voice or studio.settings.voice,
                studio,
                device=options.device or studio.settings.device,
                stop=stop,
            )
        )
        if options.out:
            write_wav(options.out, sound)
            _print(str(options.out))
        else:
            play(sound, stop=stop)
        if stop.is_set():
            raise Cancelled
    return DONE


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Give an event that Ctrl-C sets, to end between two sentences; a second one ends at once."""
    stop = threading.Event()

    def on_signal(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    asked = (signal.SIGINT, signal.SIGTERM)
    # What a shell has a job in the background ignore stays ignored.
    heard = [number for number in asked if signal.getsignal(number) is not signal.SIG_IGN]
    before = {number: signal.signal(number, on_signal) for number in heard}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


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


def _print(text: str) -> None:
    _write(text, sys.stdout)


def _tell(text: str) -> None:
    _write(text, sys.stderr)


def _write(text: str, stream: TextIO, end: str = "\n") -> None:
    """Print; when the reader of the pipe has gone the rest is not printed, and the work goes on."""
    try:
        print(text, end=end, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
