"""The dialogs of the window, as it opens them, for those without a mouse, sight, or small type."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot
from reach import (
    SMALL_SCREEN,
    clipped,
    double_type,
    focusable,
    out_of_sight,
    reachable,
    spoken_name,
    twice_used_letters,
    walked,
)
from surroundings import Machine

from narrator.gui.desk.window import StudioWindow
from narrator.studio.studio import Studio

DIALOGS = (
    "export",
    "details",
    "pronounce",
    "pronunciations",
    "preferences",
    "palette",
    "keys",
    "voices",
    "new_voice",
    "check",
    "book_voice",
    "chapter_voice",
    "character",
)


def shown(qtbot: QtBot, window: StudioWindow, book_file: Path, name: str) -> QDialog:
    """A dialog that an action of the window opens over a book."""
    window.open_book(book_file)
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    window.text.page.setTextCursor(window.text.page.document().find("rained"))
    getattr(window.can, name).trigger()
    qtbot.waitUntil(lambda: any(dialog.isVisible() for dialog in dialogs(window)))
    dialog = next(dialog for dialog in dialogs(window) if dialog.isVisible())
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return dialog


def dialogs(window: StudioWindow) -> list[QDialog]:
    return window.findChildren(QDialog)


@pytest.mark.parametrize("name", DIALOGS)
def test_all_in_a_dialog_is_reached_by_tab_and_by_letters_and_has_a_name(
    qtbot: QtBot, window: StudioWindow, book_file: Path, name: str
) -> None:
    dialog = shown(qtbot, window, book_file, name)
    assert set(reachable(dialog)) == set(walked(qtbot, dialog, Qt.Key.Key_Tab))
    qtbot.waitUntil(lambda: all(map(spoken_name, focusable(dialog))))  # what is looked up has come
    names = [spoken_name(widget) for widget in focusable(dialog)]
    assert sorted(set(names)) == sorted(names)
    assert twice_used_letters(dialog) == []
    dialog.reject()


@pytest.mark.parametrize("name", DIALOGS)
def test_nothing_in_a_dialog_is_clipped_in_type_of_double_size(
    qtbot: QtBot, studio: Studio, machine: Machine, book_file: Path, name: str
) -> None:
    with double_type():
        window = StudioWindow(studio, machine.outside)
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: bool(window.at_hand.voices))
        dialog = shown(qtbot, window, book_file, name)
        dialog.resize(min(dialog.width(), SMALL_SCREEN[0]), min(dialog.height(), SMALL_SCREEN[1]))
        qtbot.wait(10)
        assert dialog.width() <= SMALL_SCREEN[0]
        assert dialog.height() <= SMALL_SCREEN[1]
        assert clipped(dialog) == []
        assert out_of_sight(dialog) == []
        dialog.reject()
        window.close()
