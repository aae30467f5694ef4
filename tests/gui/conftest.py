"""A window over a fake voice, without a screen and without a sound card."""

import os
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

from fake_voice import FakeVoice
from pytestqt.qtbot import QtBot

from narrator.audio.watermark import MarkedAudio
from narrator.gui.main_window import MainWindow, Outside
from narrator.speech import Speech, SynthesisRequest
from narrator.studio.studio import Studio

SAMPLE = Path(__file__).parents[2] / "resources" / "sample" / "the-clock-at-tern-point.epub"
BOOK = """# The Keeper

## One

It rained. He ran.

## Two

She waited.

## Three

All slept.
"""


class HeldVoice(FakeVoice):
    """Speaks one sentence for each time it is let go, once it is held."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()
        self.free.set()
        self.turns = threading.Semaphore(0)

    def synthesize(self, request: SynthesisRequest) -> Speech:
        if not self.free.is_set():
            self.turns.acquire()
        return super().synthesize(request)

    def hold(self, *, after: int) -> None:
        """Speak `after` more sentences, then wait for `let_go`."""
        self.free.clear()
        for _ in range(after):
            self.turns.release()

    def let_go(self) -> None:
        self.free.set()
        self.turns.release(1000)


@dataclass
class Machine:
    """What the window found around it: what was played and shown."""

    folder: Path
    seconds: float = 0.0
    shown: list[Path] = field(default_factory=list)
    can_show: bool = True
    error: Exception | None = None

    def play(self, blocks: Iterable[MarkedAudio], *, stop: threading.Event) -> None:
        if self.error:
            raise self.error
        for block in blocks:
            self.seconds += len(block.samples) / block.rate

    def show(self, path: Path) -> bool:
        self.shown.append(path)
        return self.can_show


@pytest.fixture
def voice() -> Iterator[HeldVoice]:
    held = HeldVoice()
    yield held
    held.let_go()


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path / "Audiobooks")


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    path = tmp_path / "book.md"
    path.write_text(BOOK, "utf-8")
    return path


@pytest.fixture
def window(qtbot: QtBot, studio: Studio, machine: Machine) -> MainWindow:
    """A window on show, its voices found."""
    window = MainWindow(studio, Outside(SAMPLE, machine.folder, machine.play, machine.show))
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: window.panel.chosen_voice is not None)
    return window


@pytest.fixture
def opened(qtbot: QtBot, window: MainWindow, book_file: Path) -> MainWindow:
    """A window in which the book with three chapters is open."""
    window.open_book(book_file)
    qtbot.waitUntil(window.can.narrate.isEnabled)
    return window


@pytest.fixture
def settled(qtbot: QtBot) -> Callable[[MainWindow], None]:
    """Wait until a window neither speaks nor opens anything."""
    return lambda window: qtbot.waitUntil(lambda: not window.can.stop.isEnabled())
