"""A window over a fake voice, without a screen, a sound card or a microphone."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ["QT_QPA_PLATFORM"] = "offscreen"  # before Qt is loaded

from PySide6.QtCore import QLocale
from pytestqt.qtbot import QtBot
from surroundings import HeldVoice, Machine

from narrator.gui.desk.window import StudioWindow
from narrator.studio.studio import Studio

QLocale.setDefault(QLocale("en"))  # whatever the machine speaks: so do the texts

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
def window(qtbot: QtBot, studio: Studio, machine: Machine) -> Iterator[StudioWindow]:
    """A window on show, its voices found."""
    window = StudioWindow(studio, machine.outside)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitUntil(lambda: bool(window.at_hand.voices))
    yield window
    window.close()


@pytest.fixture
def opened(qtbot: QtBot, window: StudioWindow, book_file: Path) -> StudioWindow:
    """A window in which the book with three chapters is open."""
    window.open_book(book_file)
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    return window


@pytest.fixture
def spoken(qtbot: QtBot) -> Callable[[StudioWindow], None]:
    """Wait until all of the chapter at hand is spoken."""
    return lambda window: qtbot.waitUntil(lambda: window.at_hand.spoken_share() == 1)
