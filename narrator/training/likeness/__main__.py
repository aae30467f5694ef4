"""How much a voice that was heard, or enrolled, is like its speaker: one table, by Resemblyzer.

python -m narrator.training.likeness --corpus FOLDER [--speakers 4] [--workers 2] [--out FOLDER]

Speakers of the `valid` rows, whom no network here has met. Of one with transcripts some clips are
set aside to be compared with, the others are heard and enrolled; of one with a single clip the
first half is heard and the second compared with. What is done is kept for the weights it was done
with, so an interrupted run goes on where it stopped.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from narrator.engine.manifest import fingerprint
from narrator.training.likeness.kept import kept
from narrator.training.likeness.speakers import Speaker, held_out
from narrator.training.likeness.table import as_markdown, rows_of


def table(speakers: Sequence[Speaker], corpus: Path, model: Path, out: Path, workers: int) -> str:
    """Measure the speakers and write table.md below `out`, in a folder of these weights."""
    folder = out / fingerprint(model)
    folder.mkdir(parents=True, exist_ok=True)
    count = len(speakers)
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        each = pool.map(kept, speakers, [corpus] * count, [model] * count, [folder] * count)
        measured = [found for found in each if found is not None]
    text = as_markdown(list(rows_of(measured)))
    (folder / "table.md").write_text(text, encoding="utf-8")
    return text


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    parser.add_argument("--out", type=Path, default=Path("build/training/likeness"))
    parser.add_argument("--speakers", type=int, default=1000, help="at most, of each source")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    everyone = held_out(options.corpus)
    chosen = [
        speaker
        for source in sorted({one.source for one in everyone})
        for speaker in [one for one in everyone if one.source == source][: options.speakers]
    ]
    print(table(chosen, options.corpus, options.model, options.out, options.workers), flush=True)


if __name__ == "__main__":
    main()
