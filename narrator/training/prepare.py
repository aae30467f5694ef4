"""Prepare a corpus: level, denoise, melody, then forced alignment; one file of features a clip.

python -m narrator.training.prepare --corpus FOLDER --features FOLDER [--share 0.01] [--workers 2]

What is done is kept, so an interrupted run goes on where it stopped. What is refused is counted by
reason.
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from narrator.engine.align import Aligner, Refused, aligner_pcm
from narrator.engine.clean import cleaned
from narrator.engine.measure import sounding
from narrator.errors import NothingToSay
from narrator.speech import HOP, SAMPLE_RATE, Opening, Phonemes
from narrator.training.corpus import UNKNOWN, Clip, read_manifest
from narrator.training.transcriber import transcript

T = TypeVar("T")
WORST_SCORES_DROPPED = 0.02
LABELS = "labels.jsonl"


class Task(NamedTuple):
    """One clip to prepare. corpus: its folder. features: where the result goes."""

    clip: Clip
    corpus: Path
    features: Path


def clean(path: Path) -> NDArray[np.float32]:
    """Read a clip as the networks know speech."""
    import soundfile

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return cleaned(samples.mean(axis=1), rate)


def phonemes_of(text: str) -> Phonemes:
    """Phonemize a transcript: several sentences open a paragraph, an unstopped line a heading."""
    from narrator.text.frontend import phonemize

    stops = sum(text.count(mark) for mark in ".!?")
    opening = Opening.PARAGRAPH if stops > 1 else Opening.SENTENCE
    if stops == 0 and not text.isupper() and text != text.lower():
        opening = Opening.HEADING
    return phonemize(text.lower() if text.isupper() else text, opening=opening)


@lru_cache(maxsize=1)
def _aligner() -> Aligner:
    return Aligner()


def write_features(task: Task) -> None:
    """Write what can be measured of one clip without its text.

    audio int16 (samples,), mel float16 (MELS, frames), energy float32 (frames,) in dB,
    f0 float32 (frames,) in Hz, 0 where unvoiced.
    """
    sound = sounding(clean(task.corpus / task.clip.file))
    final = task.features / f"{task.clip.key}.npz"
    with final.with_suffix(".part").open("wb") as file:
        np.savez(
            file,
            audio=(sound.samples * 32767).round().astype(np.int16),
            mel=sound.mel.astype(np.float16),
            energy=sound.energy,
            f0=sound.f0,
        )
    final.with_suffix(".part").replace(final)


def label(task: Task) -> dict[str, Any]:
    """Align the text of one clip: its symbols and their durations, or "refused" with the reason."""
    return {"key": task.clip.key} | _label(task)


def _label(task: Task) -> dict[str, Any]:
    if task.clip.speaker == UNKNOWN:
        return {"refused": "nobody knows the speaker"}
    with np.load(task.features / f"{task.clip.key}.npz") as features:
        audio = features["audio"] / np.float32(32767)
        frames = features["mel"].shape[1]
    try:
        phonemes = phonemes_of(task.clip.text.strip() or transcript(audio))
    except NothingToSay:
        return {"refused": "nothing to say"}
    found = _aligner().align(aligner_pcm(audio), phonemes, frames)
    if isinstance(found, Refused):
        return {"refused": found.reason}
    return {
        "symbols": list(phonemes.symbols),
        "durations": found.durations.tolist(),
        "score": found.score,
    }


def prepare(corpus: Path, features: Path, *, share: float = 1.0, workers: int = 2) -> None:
    """Prepare `share` of a corpus into `features`."""
    features.mkdir(parents=True, exist_ok=True)
    clips = read_manifest(corpus)
    if share < 1:
        clips = clips[:: max(1, round(1 / share))]
    tasks = [Task(clip, corpus, features) for clip in clips]
    unheard = [task for task in tasks if not (features / f"{task.clip.key}.npz").exists()]
    for _ in _report("measured", _run(write_features, unheard, workers), len(unheard)):
        pass
    labelled = read_labels(features)
    unread = [task for task in tasks if task.clip.key not in labelled]
    with (features / LABELS).open("a", encoding="utf-8") as file:
        for row in _report("aligned", _run(label, unread, workers), len(unread)):
            file.write("\n" + json.dumps(row))  # the line before may have been cut off
    print_summary(list(read_labels(features).values()))


def _run(work: Callable[[Task], T], tasks: list[Task], workers: int) -> Iterator[T]:
    if workers <= 1 or len(tasks) < 2:
        yield from map(work, tasks)
        return
    with ProcessPoolExecutor(workers, initializer=torch.set_num_threads, initargs=(1,)) as pool:
        yield from pool.map(work, tasks, chunksize=4)


def _report(verb: str, results: Iterator[T], total: int) -> Iterator[T]:
    began = time.monotonic()
    for number, result in enumerate(results, 1):
        yield result
        if number % 200 == 0 or number == total:
            left = (time.monotonic() - began) / number * (total - number)
            print(f"{verb} {number}/{total} clips, {left:.0f} s left", flush=True)


def read_labels(features: Path) -> dict[str, dict[str, Any]]:
    """Read what an earlier, perhaps interrupted alignment left, by clip."""
    path = features / LABELS
    if not path.exists():
        return {}
    rows = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except json.JSONDecodeError:  # empty, or being written when the run was cut off
            continue
        rows[row["key"]] = row
    return rows


def worst_score(rows: list[dict[str, Any]]) -> float:
    """Give the score below which the worst few of many alignments fall; of few clips none do."""
    scores = sorted(row["score"] for row in rows if "score" in row)
    return float(scores[int(WORST_SCORES_DROPPED * len(scores))]) if scores else -np.inf


def print_summary(rows: list[dict[str, Any]]) -> None:
    """Say how many clips are aligned and why the others are not."""
    aligned = sum("score" in row for row in rows)
    frames = sum(sum(row["durations"]) for row in rows if "score" in row)
    hours = frames * HOP / SAMPLE_RATE / 3600
    print(f"{aligned} of {len(rows)} clips aligned, {hours:.2f} h")
    for reason, count in Counter(row["refused"] for row in rows if "refused" in row).most_common():
        print(f"  left out: {count} ({reason})")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    prepare(options.corpus, options.features, share=options.share, workers=options.workers)


if __name__ == "__main__":
    main()
