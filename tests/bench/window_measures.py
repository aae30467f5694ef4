"""What is measured of the window in one process: its figures as one line of JSON.

Run: python tests/bench/window_measures.py sizes|sound|stalls, with NARRATOR_HOME an empty folder
and QT_QPA_PLATFORM=offscreen.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

from narrate_large_book import WORDS, write_book
from own_process import Figures, give
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from narrator.__main__ import open_studio
from narrator.audio.microphone import Level, Take
from narrator.audio.watermark import MarkedAudio
from narrator.book.model import Book, Chapter, Paragraph
from narrator.errors import Cancelled, NoMicrophone
from narrator.gui.desk.window import StudioWindow
from narrator.gui.shared.outside import Outside
from narrator.project.project import Project
from narrator.settings import folders
from narrator.studio.narrating.narration import Order
from narrator.studio.narrating.queue import Job
from narrator.studio.studio import Studio

TICK = 5  # milliseconds
SHAPES = ((100, 1000), (20, 5000))  # chapters, sentences of each
FRAMES, STEPS, EDITS, PLAYS = 200, 50, 10, 20
PHASE_SECONDS = 20.0  # that is looked for stalls, unless the work ends before
LONG_WORDS = 300_000
PATIENCE = 600.0  # seconds


class Output:
    """A sound card that takes as long as the sound; it notes when it was first written to."""

    latency = 0.02

    def __init__(self) -> None:
        self.first: float | None = None

    def write(self, block: MarkedAudio) -> None:
        """Note the first write, and be busy."""
        if self.first is None:
            self.first = time.perf_counter()
        time.sleep(block.seconds)

    def finish(self) -> None:
        """Nothing is left."""

    def drop(self) -> None:
        """Nothing is left."""

    def close(self) -> None:
        """Nothing is held."""


def no_play(blocks: Iterable[MarkedAudio], *, stop: threading.Event) -> None:
    """Play nothing."""


def no_microphone(
    *, stop: threading.Event, longest: float, on_level: Callable[[Level], None]
) -> Take:
    """Hear nothing."""
    raise NoMicrophone


class Bench:
    """A window over the real studio, without a screen."""

    def __init__(self, home: Path, studio: Studio | None = None) -> None:
        self.application = QApplication(["narrator"])
        self.output = Output()
        outside = Outside(
            None, home / "Audiobooks", no_play, lambda: self.output, no_microphone, lambda _: False
        )
        self.window = StudioWindow(studio or open_studio(folders()), outside)
        self.window.resize(1280, 800)
        self.window.show()
        self.until(lambda: bool(self.window.at_hand.voices))

    def until(self, true: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Let the window live until something is true, or so long."""
        ends = time.monotonic() + seconds
        flag = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        waker = QTimer()
        waker.start(TICK)
        while not true() and time.monotonic() < ends:
            self.application.processEvents(flag)

    def open(self, path: Path) -> None:
        """Open a project or a book and wait until it is shown."""
        self.window.open_book(path)
        self.until(lambda: self.window.at_hand.current is not None)
        self.application.processEvents()


class Times:
    """Milliseconds of some things: by the clock, and of this thread's processor time."""

    def __init__(self) -> None:
        self.wall: list[float] = []
        self.cpu: list[float] = []

    @contextmanager
    def one(self) -> Iterator[None]:
        """Measure one."""
        wall, cpu = time.perf_counter(), time.thread_time()
        yield
        self.add(time.perf_counter() - wall, time.thread_time() - cpu)

    def add(self, wall: float, cpu: float) -> None:
        """Note one, in seconds."""
        self.wall.append(1000 * wall)
        self.cpu.append(1000 * cpu)

    @property
    def figures(self) -> Figures:
        """Median, 99th of 100, worst."""
        return {"wall_ms": _spread(self.wall), "cpu_ms": _spread(self.cpu), "of": len(self.wall)}


def _spread(values: list[float]) -> Figures:
    ordered = sorted(values) or [0.0]
    places = {"p50": len(ordered) // 2, "p99": int(len(ordered) * 0.99), "worst": len(ordered) - 1}
    return {name: round(ordered[place], 2) for name, place in places.items()}


class Stalls(QTimer):
    """A timer that notes by how much it comes late."""

    def __init__(self) -> None:
        super().__init__()
        self.times = Times()
        self._last = time.perf_counter()
        self._cpu = time.thread_time()
        self.setTimerType(Qt.TimerType.PreciseTimer)
        self.timeout.connect(self._tick)

    def begin(self) -> None:
        """Look from now on."""
        self.times = Times()
        self._last, self._cpu = time.perf_counter(), time.thread_time()
        self.start(TICK)

    def _tick(self) -> None:
        now, cpu = time.perf_counter(), time.thread_time()
        self.times.add(max(0.0, now - self._last - TICK / 1000), cpu - self._cpu)
        self._last, self._cpu = now, cpu


def sizes(home: Path) -> Figures:
    """A project of 100,000 sentences: opened, scrolled, walked, changed; nothing is spoken."""

    def silent(_: str) -> None:
        raise Cancelled

    studio = replace(open_studio(folders()), load_engine=silent)
    bench, found = Bench(home, studio), {}
    for chapters, each in SHAPES:
        path = home / f"{chapters}.narrator"
        Project.create(path, large_book(chapters, each), voice=studio.settings.voice).close()
        opening = Times()
        with opening.one():
            bench.open(path)
        window, row = bench.window, {"open": opening.figures}
        row["scroll the page"] = scrolled(window.text.page)
        row["next sentence"] = repeated(STEPS, window.can.next.trigger, bench)
        ids = [sentence.id for sentence in window.at_hand.sentences]
        words = (f"The keeper counted {number} ships." for number in range(EDITS))
        row["change a text"] = repeated(
            EDITS, lambda: window.changing.change_text(ids[len(ids) // 2], next(words)), bench
        )
        window.can.as_list.trigger()
        bench.application.processEvents()
        row["scroll the table"] = scrolled(window.text.table)
        window.can.as_page.trigger()
        window.close_book()
        found[f"{chapters} x {each:,}"] = row
    bench.window.close()
    return found


def large_book(chapters: int, sentences: int) -> Book:
    """Make up a book; no two sentences are alike."""
    chance = Random(1)

    def chapter(number: int) -> Chapter:
        texts = [" ".join(chance.choices(WORDS, k=14)).capitalize() + "." for _ in range(sentences)]
        parts = (" ".join(texts[first : first + 5]) for first in range(0, sentences, 5))
        return Chapter(f"Part {number + 1}", tuple(map(Paragraph, parts)))

    return Book("The Long Watch", ("Nobody",), "en", None, tuple(map(chapter, range(chapters))))


def repeated(times: int, do: Callable[[], object], bench: Bench) -> Figures:
    """Do something again and again, each time until it is shown."""
    spent = Times()
    for _ in range(times):
        with spent.one():
            do()
            bench.application.processEvents()
    return spent.figures


def scrolled(view: QAbstractScrollArea) -> Figures:
    """Scroll through the whole of a view, frame by frame."""
    bar, spent = view.verticalScrollBar(), Times()
    for frame in range(FRAMES):
        with spent.one():
            bar.setValue(round(bar.maximum() * frame / FRAMES))
            view.viewport().repaint()
    for _ in range(FRAMES):
        with spent.one():
            bar.setValue(bar.value() - bar.singleStep())
            view.viewport().repaint()
    return spent.figures


def sound(home: Path) -> Figures:
    """From "play" to the first sample of a sentence not spoken yet, while others are spoken."""
    bench = Bench(home)
    path = home / "book.narrator"
    Project.create(path, large_book(2, 1000), voice="kathleen").close()
    bench.open(path)
    window, found = bench.window, {}
    bench.until(lambda: window.at_hand.spoken_share() > 0)
    for name, held in (("alone", True), ("while others are spoken", False)):
        spent = Times()
        for number in range(PLAYS):
            sentence = window.at_hand.sentences[-1 - number - PLAYS * held]
            (window.listening.live.hold if held else window.listening.live.resume)()
            bench.until(lambda: False, 0.5)
            window.at_hand.go(sentence.id)
            window.listening.live.resume()
            bench.output.first = None
            wall, cpu = time.perf_counter(), time.process_time()
            window.can.play.trigger()
            bench.until(lambda: bench.output.first is not None)
            spent.add((bench.output.first or 0) - wall, time.process_time() - cpu)
            window.playing.halt()
        found[name] = spent.figures
    window.close()
    return found


def stalls(home: Path) -> Figures:
    """By how much the window comes late while it rests, speaks, imports and exports."""
    bench = Bench(home)
    window, stalls, found = bench.window, Stalls(), {}

    def phase(name: str, over: Callable[[], bool], seconds: float = PHASE_SECONDS) -> None:
        stalls.begin()
        bench.until(over, seconds)
        stalls.stop()
        found[name] = stalls.times.figures

    small, large = home / "small.md", home / "large.md"
    write_book(small, 20_000)
    write_book(large, LONG_WORDS)
    phase("resting", lambda: False, 3.0)
    bench.open(small)
    phase("the engine is loaded", lambda: window.at_hand.spoken_share() > 0, 60.0)
    phase("speaking", lambda: False)
    window.can.play.trigger()
    phase("speaking and playing", lambda: False)
    window.playing.halt()
    manuscript = window.editing.read(lambda project: project.manuscript())
    window.exports.queue.add(Job(manuscript, Order(home / "out", "kathleen")), first=True)
    phase("exporting and speaking", lambda: not window.exports.busy)
    window.exports.close()
    small_path = window.editing.project and window.editing.project.path
    window.open_book(large)
    phase(
        f"importing {LONG_WORDS:,} words",
        lambda: (window.editing.project and window.editing.project.path) != small_path,
        PATIENCE,
    )
    window.close()
    return found


if __name__ == "__main__":
    measures = {"sizes": sizes, "sound": sound, "stalls": stalls}
    give(measures[sys.argv[1]](folders().data.parent))
