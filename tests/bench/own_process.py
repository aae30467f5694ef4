"""Run a measurement in a process of its own, on so many cores, and get its figures back.

The peak of a process never falls and imports happen once, so no two measurements share one.
"""

import json
import os
import re
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
Figures = dict[str, Any]


@dataclass
class Spent:
    """Seconds that some work took: by the clock, and of all processors together."""

    wall: float = 0.0
    cpu: float = 0.0

    def rates(self, audio_seconds: float) -> Figures:
        """Give the figures of work that made so much audio."""
        return {
            "wall_seconds": round(self.wall, 3),
            "cpu_seconds": round(self.cpu, 3),
            "cores_used": round(self.cpu / self.wall, 2) if self.wall else 0.0,
            "cpu_ms_per_audio_second": round(1000 * self.cpu / audio_seconds, 3),
            "times_real_time": round(audio_seconds / self.wall, 1) if self.wall else 0.0,
            "times_real_time_by_cpu": round(audio_seconds / self.cpu, 1) if self.cpu else 0.0,
        }


@contextmanager
def counted(cpu_clock: Callable[[], float] = time.process_time) -> Iterator[Spent]:
    """Count what the block spends."""
    spent = Spent()
    wall, cpu = time.perf_counter(), cpu_clock()
    try:
        yield spent
    finally:
        spent.wall = time.perf_counter() - wall
        spent.cpu = cpu_clock() - cpu


def children_cpu() -> float:
    """Give the processor seconds of all child processes that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def peak_megabytes() -> float:
    """Give the peak of this process so far, without that of the program which began it."""
    status = Path("/proc/self/status")
    if status.is_file():  # getrusage inherits the peak of whoever forked
        found = re.search(r"VmHWM:\s+(\d+) kB", status.read_text("ascii"))
        if found:
            return int(found[1]) / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def environment(home: Path | None = None) -> Mapping[str, str]:
    """Give the environment of a narrator that keeps all its things below `home`."""
    own = {"NARRATOR_HOME": str(home)} if home else {}
    return os.environ | own | {"PYTHONPATH": str(ROOT)}


def cores() -> int:
    """Give how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def keep_to(count: int) -> None:
    """Keep this process to `count` cores, where the system can: the engine counts them itself."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


def figures_of(script: str, *arguments: str, home: Path | None = None) -> Figures:
    """Run a script of this folder in its own process and give the JSON that it ends with."""
    done = subprocess.run(
        [sys.executable, str(HERE / script), *arguments],
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def give(figures: Figures) -> None:
    """End a measurement with its figures, for `figures_of`."""
    sys.stdout.write(json.dumps(figures) + "\n")
