"""Peak memory and time of a book of N hours as M4B and as MP3, with a fast fake voice.

Run: python tests/bench/long_book.py [--hours N] [--format NAME]; 3 hours in both if not given. Each
format has its own process, because the peak of a process never falls. Growth is what the peak gains
after the first tenth.
"""

import argparse
import os
import sys
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from fake_voice import FakeVoice, build_studio  # noqa: E402  (the path above leads to it)
from narrate_large_book import write_book  # noqa: E402
from own_process import Figures, figures_of, give, peak_megabytes  # noqa: E402

from narrator.audio.segment import Segment  # noqa: E402
from narrator.book.reader import read_book  # noqa: E402
from narrator.studio.narrating.narration import Order, narrate  # noqa: E402
from narrator.studio.narrating.run import Listener  # noqa: E402
from narrator.studio.speaking.cache import Cache  # noqa: E402
from narrator.studio.speaking.pace import Progress  # noqa: E402

HOURS = 3.0
FORMATS = ("m4b", "mp3")
TELLS = 20  # lines of progress
SPEED = 0.5
LONG_SECONDS = 4.0
WORDS_PER_HOUR = 6_500  # of the fake voice at this speed


class Said(Cache):
    """A cache that holds one sentence for all, so that the time is that of joining and encoding."""

    def __init__(self, folder: Path, key: bytes) -> None:
        super().__init__(folder, key=key, quota_bytes=10**9)
        self._one: Segment | None = None

    def get(self, key: str) -> Segment | None:
        """Give the sentence."""
        return self._one

    def put(self, key: str, segment: Segment) -> Segment:
        """Keep the first that is no heading."""
        kept = super().put(key, segment)
        if kept.audio.seconds > LONG_SECONDS:
            self._one = kept
        return kept


def measure(hours: float, form: str) -> Figures:
    """Narrate a book of about so many hours and give its figures."""
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        home = Path(folder)
        write_book(home / "book.md", round(hours * WORDS_PER_HOUR))
        studio = build_studio(home / "home", FakeVoice())
        studio = replace(studio, cache=Said(studio.folders.cache, studio.key))
        book = read_book(home / "book.md")
        sentences = sum(len(p.sentences) for one in book.chapters for p in one.paragraphs)
        done, early, began = 0, 0.0, time.monotonic()

        def on_progress(_: Progress) -> None:
            nonlocal done, early
            done += 1
            if done <= sentences / 10:
                early = peak_megabytes()
            if done % -(-sentences // TELLS) == 0:
                tell(hours * done / sentences, early, time.monotonic() - began)

        order = Order(home / "out", "kathleen", speed=SPEED, formats=(form,))
        listener = Listener(on_progress, lambda _: None)
        result = narrate(book, order, studio, listener, threading.Event())
        spent = time.monotonic() - began
        return {
            "format": form,
            "files": len(result.written),
            "hours": round(sum(seconds_of(path) for path in result.written) / 3600, 2),
            "megabytes": round(sum(path.stat().st_size for path in result.written) / 1e6),
            "sentences": done,
            "early_megabytes": round(early, 1),
            "peak_megabytes": round(peak_megabytes(), 1),
            "seconds": round(spent),
        }


def tell(hour: float, early: float, seconds: float) -> None:
    """Say how far it is, for who waits for a long book."""
    peak = peak_megabytes()
    line = f"hour {hour:5.1f}: peak {peak:.0f} MB, {peak - early:+.0f}; {seconds:.0f} s"
    sys.stderr.write(line + "\n")
    sys.stderr.flush()


def seconds_of(path: Path) -> float:
    """Give how long a file plays."""
    import mutagen

    return float(mutagen.File(path).info.length)


def worded(found: Figures) -> str:
    """Give the figures of one format as a line."""
    return (
        f"{found['format']:>8}: {found['hours']} h in {found['files']} file(s), "
        f"{found['megabytes']} MB, {found['sentences']:,} sentences: peak "
        f"{found['peak_megabytes']:.0f} MB, of it {growth(found):.0f} MB after the first tenth; "
        f"{found['seconds']} s"
    )


def growth(found: Figures) -> float:
    """Give the megabytes that the peak gains after the first tenth."""
    return float(found["peak_megabytes"] - found["early_megabytes"])


def main(arguments: list[str]) -> None:
    """Measure the length in each format, in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hours", type=float, default=HOURS)
    parser.add_argument("--format", choices=FORMATS)
    parser.add_argument("--here", action="store_true", help="in this process")
    options = parser.parse_args(arguments)
    if options.here:
        give(measure(options.hours, options.format))
        return
    for form in [options.format] if options.format else FORMATS:
        hours = str(options.hours)
        found = figures_of(Path(__file__).name, "--here", "--hours", hours, "--format", form)
        sys.stdout.write(worded(found) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
