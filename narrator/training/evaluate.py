"""Judge the shipped model on held-out speech: one table for every system, and a page to listen to.

python -m narrator.training.evaluate --corpus FOLDER [--before FOLDER] [--quick] [--out FOLDER]

Everything is measured on the `valid` rows of a manifest, which nothing here was trained on; any
folder with a manifest of those columns can be judged. What does not change between calls, above all
the recogniser's work on human and other programs, is kept in OUT/memory.
"""

import argparse
import json
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import torch

from narrator.engine.manifest import fingerprint
from narrator.engine.precision import Precision
from narrator.training.corpus import read_manifest
from narrator.training.evaluation import (
    copies,
    hard_table,
    own_likeness,
    sentences,
    speech_table,
    systems,
    tones,
)
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.page import SENTENCES, write_page
from narrator.training.evaluation.picture import spectrograms
from narrator.training.evaluation.results import Tables, as_markdown

BEFORE = ", before"


class Judged(NamedTuple):
    """corpus: what is judged on. models: the new one first. out: where it is written.

    heard_voices: tables of zero-shot and enrolled voices, as training/likeness wrote them.
    """

    corpus: Path
    models: list[systems.Trained]
    out: Path
    quick: bool = False
    heard_voices: tuple[str, ...] = ()


def judge(judged: Judged, pool: ProcessPoolExecutor, say: Callable[[str], None] = print) -> Tables:
    """Fill every table and write table.json, table.md, spectrogram.png and page/ into `out`."""
    torch.set_num_threads(1)
    clips = read_manifest(judged.corpus)
    memory = Memory(judged.out / "memory", pool)
    chosen = sentences.held_out(clips, quick=judged.quick)
    heard = sentences.load(chosen, judged.corpus, pool)
    foreign = sentences.load(sentences.strangers(clips, quick=judged.quick), judged.corpus, pool)
    both = [*heard, *foreign]
    copied = pool.map(systems.griffin_lim, [sentence.mel for sentence in both])
    inverted = dict(zip([sentence.clip.key for sentence in both], copied, strict=True))
    everyone = systems.speakers(judged.models, inverted)
    tables = dict(speech_table.fill(heard, everyone, memory, say))
    copiers = {name: speak for name, speak in everyone.items() if name.startswith(systems.COPIES)}
    tables["copies"] = copies.fill(
        {"unseen speakers": foreign, "the sentences above": heard}, copiers, memory
    )
    native = [heard[n] for n in sentences.natives(chosen)]
    tables["robustness"], notes = hard_table.fill(
        judged.models, native, memory, say, quick=judged.quick
    )
    tables["tones asked for"] = tones.fill(native, judged.models, memory)
    tables["likeness"] = own_likeness.fill(heard, judged.models, memory)
    counts = {
        source: sum(clip.source == source for clip in chosen)
        for source in sorted({clip.source for clip in chosen})
    }
    result = {"sentences": counts, "tables": tables, "hard sentences": notes}
    (judged.out / "table.json").write_text(json.dumps(result, indent=1), encoding="utf-8")
    text = "\n".join([as_markdown(tables), *judged.heard_voices])
    (judged.out / "table.md").write_text(text, encoding="utf-8")
    spectrograms(native[0], everyone, judged.out / "spectrogram.png")
    shown = native[:: max(1, len(native) // SENTENCES)][:SENTENCES]
    page = write_page(judged.out / "page", judged.corpus, shown, everyone, tables)
    say("\n".join([text, json.dumps(counts), *notes, f"To listen: {page}"]))
    return tables


def heard_voices(likeness: Path, *models: Path) -> tuple[str, ...]:
    """Give the tables that `python -m narrator.training.likeness` wrote for these weights."""
    tables = (likeness / fingerprint(model) / "table.md" for model in models)
    return tuple(table.read_text(encoding="utf-8") for table in tables if table.exists())


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    parser.add_argument("--voices", type=Path, default=Path("voices"))
    parser.add_argument(
        "--before",
        type=Path,
        help="a folder with model/ and voices/ of an earlier day, judged in the same run",
    )
    parser.add_argument("--quick", action="store_true", help="every fifth sentence")
    parser.add_argument(
        "--likeness",
        type=Path,
        default=Path("build/training/likeness"),
        help="where `python -m narrator.training.likeness` wrote its table, which is taken in",
    )
    parser.add_argument("--out", type=Path, default=Path("build/training/evaluation"))
    parser.add_argument("--precision", default="bf16", choices=[p.value for p in Precision])
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    precision = Precision(options.precision)
    models = [systems.load_trained(options.model, options.voices, precision)]
    if options.before:
        folders = (options.before / "model", options.before / "voices")
        models.append(systems.load_trained(*folders, precision, suffix=BEFORE))
    began = time.monotonic()
    with ProcessPoolExecutor(
        options.workers, get_context("spawn"), torch.set_num_threads, (1,)
    ) as pool:
        judge(
            Judged(
                options.corpus,
                models,
                options.out,
                options.quick,
                heard_voices(options.likeness, options.model),
            ),
            pool,
            partial(print, flush=True),
        )
    print(f"{(time.monotonic() - began) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
