"""A window over a fake voice, without a screen, a sound card or a microphone."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

from pytestqt.qtbot import QtBot
from surroundings import HeldVoice, Machine

from narrator.gui.main_window import MainWindow
from narrator.studio.studio import Studio

BOOK = """# The Keeper

## One

It rained. He ran.

## Two

She waited.

## Three

All slept.
"""


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
    window = MainWindow(studio, machine.outside)
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
