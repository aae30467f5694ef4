"""How far a narration is, in one line."""

import shutil
import time
from typing import TextIO

from narrator.cli.terminal import tell, write
from narrator.studio.speaking.pace import Progress

REWRITE_SECONDS, LINE_SECONDS = 0.1, 30.0


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
            write(f"\r{_worded(progress)[:width]}\x1b[K", self._stream, end="")
            self._shown = True
        else:
            tell(_worded(progress))

    def clear(self) -> None:
        """Make room for another line."""
        if self._shown:
            write("\r\x1b[K", self._stream, end="")
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
