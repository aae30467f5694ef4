"""Peak memory of narrating books of 30,000 and 300,000 words with a fast fake voice.

Run: python tests/bench/narrate_large_book.py [WORDS ...]. Each size has its own process, because
the peak of a process never falls. What grows with the book is its text; audio must not.
"""

import random
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from fake_voice import FakeVoice, build_studio  # noqa: E402  (the path above leads to it)

from narrator.book.reader import read_book  # noqa: E402
from narrator.studio.narration import Listener, Order, narrate  # noqa: E402
from narrator.studio.pace import Progress  # noqa: E402

SIZES = (30_000, 300_000)
CHAPTER_WORDS = 5_000
FAST = 3.0
WORDS = ["keeper", "lamp", "oil", "stair", "wind", "morning", "letter", "sea", "glass", "nobody"]


def write_book(path: Path, words: int) -> None:
    """Write a Markdown book of about `words` words, in chapters; no two sentences are alike."""
    choice = random.Random(1)
    lines = ["# The Long Watch\n"]
    written = 0
    while written < words:
        if written % CHAPTER_WORDS < 60:
            lines.append(f"## Part {written // CHAPTER_WORDS + 1}\n")
        paragraph = []
        for _ in range(4):
            paragraph.append(" ".join(choice.choices(WORDS, k=15)).capitalize() + ".")
            written += 15
        lines.append(" ".join(paragraph) + "\n")
    path.write_text("\n".join(lines), "utf-8")


def megabytes() -> float:
    """Give the peak of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(words: int) -> str:
    """Narrate a book of `words` words and give a line of figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_book(home / "book.md", words)
        studio = build_studio(home / "home", FakeVoice())
        book = read_book(home / "book.md")
        text = sum(len(p.text) for chapter in book.chapters for p in chapter.paragraphs)
        after_reading, sentences, began = megabytes(), 0, time.monotonic()
        quarter = 0.0

        def on_progress(progress: Progress) -> None:
            nonlocal sentences, quarter
            sentences += 1
            if progress.chapter <= progress.chapters / 4:
                quarter = megabytes()

        order = Order(home / "out", "kathleen", speed=FAST)
        narrate(book, order, studio, Listener(on_progress, lambda *_: None), threading.Event())
        return (
            f"{words:>8,} words {len(book.chapters):>3} chapters {sentences:>6,} sentences "
            f"{text / 1e6:5.1f} MB text: after reading {after_reading:.0f} MB, after a quarter "
            f"{quarter:.0f} MB, peak {megabytes():.0f} MB, {time.monotonic() - began:.0f} s"
        )


def main() -> None:
    """Measure each size in its own process, or here when one is given."""
    sizes = [int(word) for word in sys.argv[1:]]
    if len(sizes) == 1:
        sys.stdout.write(measure(sizes[0]) + "\n")
        return
    for size in sizes or SIZES:
        subprocess.run([sys.executable, __file__, str(size)], check=True)


if __name__ == "__main__":
    main()
