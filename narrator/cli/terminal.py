"""The terminal: results on stdout, all else on stderr, and Ctrl-C that ends in good order."""

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TextIO

DONE, FAILED, NO, INTERRUPTED = 0, 1, 3, 130


@contextmanager
def stopping() -> Iterator[threading.Event]:
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


def show(text: str) -> None:
    """Print a result."""
    write(text, sys.stdout)


def tell(text: str) -> None:
    """Print what is no result: news, progress, errors."""
    write(text, sys.stderr)


def write(text: str, stream: TextIO, end: str = "\n") -> None:
    """Print; when the reader of the pipe has gone the rest is not printed, and the work goes on."""
    try:
        print(text, end=end, file=stream, flush=True)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
