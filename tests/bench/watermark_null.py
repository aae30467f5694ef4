"""What the detector says of speech without a mark: all of the corpus, and keys drawn at random.

Run: python tests/bench/watermark_null.py --corpus FOLDER [--tests N] [--search]. Prints a page in
Markdown. --search looks through all speeds: half an hour of processor time for six hours of speech.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from marked_speech import read_clip, rows

from narrator.audio.watermark.detector import detect
from narrator.audio.watermark.grid import PERIOD
from narrator.audio.watermark.search import Piece
from narrator.speech import SAMPLE_RATE, Samples

sys.path.insert(0, str(Path(__file__).parents[1] / "audio"))
from random_keys import gaussian_tail, scores_of_chance

CROPS = 120
CROP_SECONDS = 10


def stream(corpus: Path, source: str, split: str | None) -> Iterator[Samples]:
    """Give the clips of a source one after the other."""
    for row in rows(corpus):
        if row["source"] == source and split in (None, row["split"]):
            yield read_clip(corpus / row["file"])


def looked_through(corpus: Path, *, search: bool, split: str | None) -> Iterator[str]:
    """Give a line about each source, heard as one long recording."""
    speeds = "all speeds" if search else "as made"
    yield f"| source, {split or 'all'}, {speeds} | hours | z | needed | found |"
    yield "|---|---|---|---|---|"
    for source in sorted({row["source"] for row in rows(corpus)}):
        hours = sum(
            float(row["seconds"]) / 3600
            for row in rows(corpus)
            if row["source"] == source and split in (None, row["split"])
        )
        if hours:
            finding = detect(stream(corpus, source, split), SAMPLE_RATE, search=search)
            z, needed = finding.z, finding.threshold
            yield f"| {source} | {hours:.2f} | {z:.2f} | {needed:.2f} | {finding.found} |"


def by_chance(corpus: Path, tests: int) -> Iterator[str]:
    """Give a line for each half sigma: how often random keys score above it, and chance would."""
    rng = np.random.default_rng(1)
    chosen = [row for row in rows(corpus) if float(row["seconds"]) > CROP_SECONDS]
    picks = rng.choice(len(chosen), CROPS, replace=False)
    crops = [read_clip(corpus / chosen[at]["file"])[: CROP_SECONDS * SAMPLE_RATE] for at in picks]
    signal = np.stack([Piece(crop).cells().signal[0] for crop in crops])
    bounds = np.arange(3, 6.5, 0.5)
    above = np.zeros(len(bounds), dtype=np.int64)
    largest, done = 0.0, 0
    while done < tests:
        z = scores_of_chance(signal, rng)
        above += [int(np.sum(z > bound)) for bound in bounds]
        largest = max(largest, float(z.max()))
        done += CROPS * 2 * PERIOD
    yield f"{done:.2e} random keys and phases, {CROPS} crops of 10 s; largest {largest:.2f}."
    yield ""
    yield "| above | tests | by chance |"
    yield "|---|---|---|"
    for bound, count in zip(bounds, above, strict=True):
        yield f"| {bound:.1f} | {count} | {gaussian_tail(bound) * done:.1f} |"


def main() -> None:
    """Print the page."""
    parser = argparse.ArgumentParser(description="The watermark's null tests.")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--tests", type=float, default=1e7)
    parser.add_argument("--search", action="store_true", help="look through all speeds")
    parser.add_argument("--split", choices=("train", "valid"), help="hear only this part")
    options = parser.parse_args()
    lines = [
        *looked_through(options.corpus, search=options.search, split=options.split),
        "",
        *by_chance(options.corpus, round(options.tests)),
    ]
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
