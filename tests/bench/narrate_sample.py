"""Speed and memory of narrating the sample book, and of the window: tables, build/bench.json.

Run: python tests/bench/narrate_sample.py [--book FILE] [--device cpu|cuda] [--large]. Figures are
given and never judged; those by processor seconds say something on a busy machine as well.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import narrate_large_book
import window
from machine import machine
from own_process import (
    ROOT,
    Figures,
    children_cpu,
    counted,
    environment,
    figures_of,
)
from whole_run import seconds_of

BUILD = ROOT / "build"
RESULT = BUILD / "bench.json"
# Two sentences, because one that was spoken before needs no engine.
FIRST_WORDS = ("The first start of all.", "The second start, which knows this machine.")


def cold_start(home: Path, text: str, device: str) -> Figures:
    """Speak one sentence in a new process, from its start to its end, with its sound in a file."""
    command = [sys.executable, "-m", "narrator", "say", text, "--device", device]
    command += ["--out", str(home / "said.wav")]
    with counted(children_cpu) as spent:
        subprocess.run(command, env=environment(home), stdout=subprocess.DEVNULL, check=True)
    return {"wall_seconds": round(spent.wall, 2), "cpu_seconds": round(spent.cpu, 2)}


def from_the_start(home: Path, book: Path, out: Path, device: str) -> Figures:
    """Narrate the book in a new process that knows nothing of it, from its start to its end."""
    command = [sys.executable, "-m", "narrator", "narrate", str(book), "--device", device]
    with counted(children_cpu) as spent:
        subprocess.run(
            [*command, "--out", str(out)],
            env=environment(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=True,
        )
    return spent.rates(seconds_of(sorted(out.glob("*.mp3"))))


def measure(book: Path, device: str, folder: Path) -> Figures:
    """Give all figures of narrating `book`, each measurement in its own process."""
    home = folder / "home"
    tell("cold start ...")
    starts = [cold_start(home, text, device) for text in FIRST_WORDS]
    tell("whole book, from the program's start ...")
    started = from_the_start(home, book, folder / "started", device)
    tell("whole book ...")
    whole = figures_of("whole_run.py", str(book), str(folder / "out"), device, home=folder / "warm")
    tell("stage by stage ...")
    place = folder / "stages"
    stages = figures_of(
        "stages.py", str(book), str(place / "out"), device, "1", home=place / "home"
    )
    tell("acoustic models, parallel and autoregressive ...")
    acoustic = figures_of("acoustic_models.py", str(book), home=place / "home")
    return {
        "cold_start": {"first_of_all": starts[0], "later": starts[1]},
        "from_the_start": started,
        "whole_book": whole,
        "one_thread": stages,
        "acoustic_models": acoustic,
    }


def table(found: Figures) -> str:
    """Give the figures as lines for people."""
    narrating = [*_about(found), *_runs(found), *_stages(found), *_models(found), *_memory(found)]
    return "\n".join([*narrating, "", window.table(found["window"])])


def _about(found: Figures) -> list[str]:
    here, whole = found["machine"], found["whole_book"]
    load = " ".join(f"{load:.1f}" for load in here["load_average"])
    return [
        f"{here['processor']}, {here['cores']} cores, load average {load}, {here['date']}",
        f"Python {here['python']}, torch {here['torch']}, device {whole['device']}, "
        f"precision {whole['precision']}",
        f"{whole['book']}: {whole['chapters']} chapters, {whole['sentences']} sentences, "
        f"{whole['audio_seconds']:.0f} s of audio, voice {whole['voice']}",
        "",
    ]


def _runs(found: Figures) -> list[str]:
    whole, cold = found["whole_book"], found["cold_start"]
    rows = {
        "from the program's start": found["from_the_start"],
        "the book, nothing kept": whole["narrated"],
        "again, chapters kept": whole["all_kept"],
        "again, sentences kept": whole["sentences_kept"],
    }
    lines = [f"{'end to end':<24} {'audio s':>8} {'wall s':>8} {'CPU s':>8} {'cores':>6} {'x':>8}"]
    for name, row in rows.items():
        lines.append(
            f"{name:<24} {whole['audio_seconds']:>8.1f} {row['wall_seconds']:>8.2f} "
            f"{row['cpu_seconds']:>8.2f} {row['cores_used']:>6.2f} {row['times_real_time']:>8.1f}"
        )
    names = {"first_of_all": "first start of all", "later": "later start"}
    for name, row in cold.items():
        title = f"{names[name]}, a line"
        lines.append(f"{title:<33} {row['wall_seconds']:>8.2f} {row['cpu_seconds']:>8.2f}")
    return [*lines, ""]


def _stages(found: Figures) -> list[str]:
    alone = found["one_thread"]
    rows = alone["stages"] | {
        "engine": alone["engine"],
        "all but engine": alone["all_but_engine"],
        "all": alone["all"],
    }
    return [*_rates(f"one thread, {alone['precision']}", rows), ""]


def _models(found: Figures) -> list[str]:
    both = found["acoustic_models"]
    lines = _rates(f"acoustic, {both['threads']} thread, CPU", both["models"])
    for name, times in both["times_faster"].items():
        lines.append(
            f"{name} is {times['by_cpu']:.1f} times as fast as {both['reference']} by CPU, "
            f"{times['by_clock']:.1f} by clock"
        )
    about = f"{both['sentences']} sentences, {both['frames']:,} frames each; weights: "
    sizes = (f"{name} {count / 1e6:.1f} million" for name, count in both["parameters"].items())
    return [*lines, about + ", ".join(sizes), ""]


def _rates(title: str, rows: dict[str, Figures]) -> list[str]:
    heads = ("wall s", "CPU s", "ms/audio s", "x by CPU", "x by clock")
    lines = [f"{title:<24}" + "".join(f" {head:>10}" for head in heads)]
    for name, row in rows.items():
        lines.append(
            f"{name:<24} {row['wall_seconds']:>10.2f} {row['cpu_seconds']:>10.2f} "
            f"{row['cpu_ms_per_audio_second']:>10.2f} {row['times_real_time_by_cpu']:>10.0f} "
            f"{row['times_real_time']:>10.0f}"
        )
    return lines


def _memory(found: Figures) -> list[str]:
    whole = found["whole_book"]
    lines = [
        f"memory: {whole['warm_megabytes']} MB when warm, peak {whole['peak_megabytes']} MB",
    ]
    return lines + [narrate_large_book.worded(size) for size in found.get("large_books", ())]


def tell(text: str) -> None:
    """Say on standard error what is going on."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def main() -> None:
    """Measure, write build/bench.json, show the table."""
    parser = argparse.ArgumentParser(description="Speed and memory of a narration.")
    sample = next((ROOT / "resources" / "sample").glob("*.epub"))
    parser.add_argument("--book", type=Path, default=sample)
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--large", action="store_true", help="books of 30,000 and 300,000 words")
    options = parser.parse_args()
    found: Figures = {"machine": machine()}
    BUILD.mkdir(exist_ok=True)
    # Beside the real results and not in a memory disk: syncing files is part of the work.
    with tempfile.TemporaryDirectory(dir=BUILD, prefix="bench-") as folder:
        found |= measure(options.book.resolve(), options.device, Path(folder))
    found["window"] = window.figures(tuple(window.MEASURES))
    if options.large:
        tell("large books with a fake voice, some minutes ...")
        found["large_books"] = [
            narrate_large_book.figures(words) for words in narrate_large_book.SIZES
        ]
    RESULT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{table(found)}\nAll figures: {RESULT.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main()
