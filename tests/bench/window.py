"""How quick the window is, with the real engine: a table, build/bench-window.json.

Run: python tests/bench/window.py [start] [sizes] [sound] [stalls]; all four if none is named. Each
has a process of its own and no screen. By the clock a figure says something on an idle machine
only; those by processor seconds, of the window's thread alone, say something on a busy one too.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from machine import machine
from own_process import HERE, ROOT, Figures, environment, figures_of

RESULT = ROOT / "build" / "bench-window.json"
STARTS = 5
WANTED = {  # milliseconds
    "start to window": 1500,
    "stall p99": 50,
    "first sample": 150,
    "open": 2000,
    "frame": 16,
}


def started(home: Path) -> Figures:
    """Start `narrator app` some times, each until its window is painted; the first makes keys."""
    runs = [
        json.loads(
            subprocess.run(
                [sys.executable, str(HERE / "window_start.py")],
                env={**environment(home), "QT_QPA_PLATFORM": "offscreen"},
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,  # what a screen that is none cannot do
                text=True,
                check=True,
            ).stdout.splitlines()[-1]
        )
        for _ in range(STARTS)
    ]
    later = runs[1:]
    return {
        "first_wall_ms": runs[0]["wall_ms"],
        "wall_ms": round(statistics.median(run["wall_ms"] for run in later)),
        "cpu_ms": round(statistics.median(run["cpu_ms"] for run in later)),
        "torch": any(run["torch"] for run in runs),
    }


def figures(names: Sequence[str]) -> Figures:
    """Measure what is named, each in a new home."""
    found: Figures = {"machine": machine()}
    for name in names:
        sys.stderr.write(f"window: {name} ...\n")
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            measure = MEASURES[name]
            found[name] = measure(Path(folder))
    return found


def table(found: Figures) -> str:
    """Give the figures as lines for people."""
    load = " ".join(f"{load:.1f}" for load in found["machine"]["load_average"])
    lines = [f"the window, load average {load}; CPU is that of its own thread"]
    if start := found.get("start"):
        lines.append(
            f"{'start to window':<40} {start['wall_ms']:>7} ms, CPU {start['cpu_ms']} ms of the "
            f"whole process, first of all {start['first_wall_ms']} ms, "
            f"{'with' if start['torch'] else 'without'} torch{_goal('start to window')}"
        )
    for shape, row in found.get("sizes", {}).items():
        lines.append(_times(f"open, {shape}", row["open"], "open"))
        for name in ("scroll the page", "scroll the table", "next sentence", "change a text"):
            goal = "frame" if name.startswith("scroll") else ""
            lines.append(_times(f"{name}, {shape}", row[name], goal))
    for name, row in found.get("sound", {}).items():
        lines.append(_times(f"play to first sample, {name}", row, "first sample"))
    for phase, row in found.get("stalls", {}).items():
        lines.append(_times(f"stalls while {phase}", row, "stall p99"))
    return "\n".join(lines)


def _times(name: str, row: Figures, goal: str) -> str:
    values = " ".join(f"{key} {value:.1f}" for key, value in row["wall_ms"].items())
    cpu = " ".join(f"{key} {value:.1f}" for key, value in row["cpu_ms"].items())
    return f"{name:<40} {values} ms; CPU {cpu} ms{_goal(goal)}"


def _goal(name: str) -> str:
    return f" (wanted: {WANTED[name]} ms)" if name else ""


def _in_process(name: str) -> Callable[[Path], Figures]:
    def measure(home: Path) -> Figures:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        return figures_of("window_measures.py", name, home=home)

    return measure


MEASURES: dict[str, Callable[[Path], Figures]] = {
    "start": started,
    **{name: _in_process(name) for name in ("sizes", "sound", "stalls")},
}


def main(arguments: list[str]) -> None:
    """Measure, write the result, show the table."""
    found = figures(arguments or tuple(MEASURES))
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    sys.stdout.write(f"{table(found)}\nAll figures: {RESULT.relative_to(ROOT)}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
