"""What is measured of the window in one process: its figures as one line of JSON.

Run: python tests/bench/window_measures.py sizes|sound|stalls, with NARRATOR_HOME an empty folder
and QT_QPA_PLATFORM=offscreen.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import count
from pathlib import Path
from random import Random

from narrate_large_book import WORDS, write_book
from own_process import Figures, give
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QAbstractScrollArea, QApplication
from spent_times import TICK, Stalls, Times

from narrator.__main__ import open_studio
from narrator.audio.microphone import Level, Take
from narrator.audio.watermark.marked import MarkedAudio
from narrator.book.model import Book, Chapter, Paragraph
from narrator.errors import Cancelled, NoMicrophone
from narrator.gui.app import SWITCH_SECONDS
from narrator.gui.desk.window import StudioWindow
from narrator.gui.shared.outside import Outside
from narrator.project.project import Project
from narrator.settings import folders
from narrator.speech import Engine
from narrator.studio.narrating.narration import Order
from narrator.studio.narrating.queue import Job
from narrator.studio.studio import Studio

SHAPES = ((100, 1000), (20, 5000))  # chapters, sentences of each
FRAMES, STEPS, EDITS, PLAYS = 200, 50, 10, 20
SHOWN_SECONDS = 0.5
PHASE_SECONDS = 10.0  # that is looked for stalls, unless the work ends before
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
    raise NoMicrophone("a bench hears nothing")


class Bench:
    """A window over the real studio, without a screen."""

    def __init__(self, home: Path, studio: Studio | None = None) -> None:
        self.application = QApplication(["narrator"])
        sys.setswitchinterval(SWITCH_SECONDS)  # as the application does
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


def sizes(home: Path) -> Figures:
    """A project of 100,000 sentences: opened, scrolled, walked, changed; nothing is spoken."""

    def silent(_: str) -> Engine:
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
        row["change a text"] = repeated(EDITS, changing(window), bench)
        window.can.as_list.trigger()
        bench.application.processEvents()
        row["scroll the table"] = scrolled(window.text.table)
        window.can.as_page.trigger()
        window.close_book()
        found[f"{chapters} x {each:,}"] = row
    bench.window.close()
    return found


def changing(window: StudioWindow) -> Callable[[], object]:
    """Give what changes the sentence in the middle, each time to other words."""
    sentences = window.at_hand.sentences
    id = sentences[len(sentences) // 2].id
    words = (f"The keeper counted {number} ships." for number in count(1))
    return lambda: window.changing.change_text(id, next(words))


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
    """From "play" to the first sample of a sentence not spoken yet, the engine being loaded."""
    bench = Bench(home)
    window = bench.window
    few, many = home / "few.narrator", home / "many.narrator"
    Project.create(few, large_book(1, PLAYS), voice="kathleen").close()
    Project.create(many, large_book(1, 2000), voice="kathleen").close()
    bench.open(few)
    bench.until(lambda: window.at_hand.spoken_share() == 1)
    words = (f"She counted {number} ships before the lamp went out." for number in count(100))

    def anew(id: int) -> None:
        window.editing.do(lambda project: project.change_text(id, next(words)))

    found = {"nothing else to speak": played(bench, anew)}
    window.close_book()
    bench.open(many)
    bench.until(lambda: window.at_hand.spoken_share() > 0)
    found["the chapter being spoken"] = played(bench, lambda _: None)
    window.close()
    return found


def played(bench: Bench, prepare: Callable[[int], object]) -> Figures:
    """Play the last sentences, the last one first, each until its first sample."""
    window, spent = bench.window, Times()
    for sentence in window.at_hand.sentences[-1 : -1 - PLAYS : -1]:
        window.at_hand.go(sentence.id)
        prepare(sentence.id)
        bench.output.first = None
        wall, cpu = time.perf_counter(), time.process_time()
        window.can.play.trigger()
        bench.until(lambda: bench.output.first is not None)
        spent.add((bench.output.first or 0) - wall, time.process_time() - cpu)
        window.playing.halt()
        bench.until(lambda: False, 0.3)
    return spent.figures


class Shown:
    """Whether another book is shown, for long enough to see what that held up."""

    def __init__(self, window: StudioWindow) -> None:
        self._window = window
        self._before = window.editing.project
        self._since: float | None = None

    def for_a_while(self) -> bool:
        """Say so."""
        is_shown = self._window.at_hand.current is not None
        if self._since is None and is_shown and self._window.editing.project is not self._before:
            self._since = time.monotonic()
        return self._since is not None and time.monotonic() - self._since > SHOWN_SECONDS


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
    shown = Shown(window)
    window.open_book(large)
    phase(f"importing {LONG_WORDS:,} words", shown.for_a_while, PATIENCE)
    window.close()
    return found


if __name__ == "__main__":
    measures = {"sizes": sizes, "sound": sound, "stalls": stalls}
    give(measures[sys.argv[1]](folders().data.parent))
