"""Peak memory of narrating books of 30,000 and 300,000 words with a fast fake voice.

Run: python tests/bench/narrate_large_book.py [WORDS ...]. Each size has its own process, because
the peak of a process never falls. What grows with the book is its text; audio must not.
"""

import random
import sys
import tempfile
import threading
import time
from pathlib import Path

TESTS = Path(__file__).parent.parent
sys.path[:0] = [str(TESTS), str(TESTS.parent)]

from fake_voice import FakeVoice, build_studio  # noqa: E402  (the path above leads to it)
from own_process import Figures, figures_of, give, peak_megabytes  # noqa: E402

from narrator.book.reader import read_book  # noqa: E402
from narrator.studio.narrating.narration import Order, narrate  # noqa: E402
from narrator.studio.narrating.run import Listener  # noqa: E402
from narrator.studio.speaking.pace import Progress  # noqa: E402

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


def measure(words: int) -> Figures:
    """Narrate a book of `words` words and give its figures."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        write_book(home / "book.md", words)
        studio = build_studio(home / "home", FakeVoice())
        book = read_book(home / "book.md")
        after_reading, sentences, began = peak_megabytes(), 0, time.monotonic()
        quarter = 0.0

        def on_progress(progress: Progress) -> None:
            nonlocal sentences, quarter
            sentences += 1
            if progress.chapter <= progress.chapters / 4:
                quarter = peak_megabytes()

        order = Order(home / "out", "kathleen", speed=FAST)
        narrate(book, order, studio, Listener(on_progress, lambda *_: None), threading.Event())
        return {
            "words": words,
            "chapters": len(book.chapters),
            "sentences": sentences,
            "text_megabytes": round(
                sum(len(p.text) for chapter in book.chapters for p in chapter.paragraphs) / 1e6, 1
            ),
            "after_reading_megabytes": round(after_reading),
            "after_a_quarter_megabytes": round(quarter),
            "peak_megabytes": round(peak_megabytes()),
            "seconds": round(time.monotonic() - began),
        }


def figures(words: int) -> Figures:
    """Measure one size in its own process."""
    return figures_of(Path(__file__).name, "--here", str(words))


def worded(found: Figures) -> str:
    """Give the figures of one size as a line."""
    return (
        f"{found['words']:>8,} words {found['chapters']:>3} chapters {found['sentences']:>6,} "
        f"sentences {found['text_megabytes']:5.1f} MB text: after reading "
        f"{found['after_reading_megabytes']} MB, after a quarter "
        f"{found['after_a_quarter_megabytes']} MB, peak {found['peak_megabytes']} MB, "
        f"{found['seconds']} s"
    )


def main(arguments: list[str]) -> None:
    """Measure each size in its own process."""
    if arguments[:1] == ["--here"]:
        give(measure(int(arguments[1])))
        return
    for words in [int(word) for word in arguments] or SIZES:
        sys.stdout.write(worded(figures(words)) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
