"""The window for those who work without a mouse, without sight, or with a large type."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot
from reach import (
    SMALL_SCREEN,
    clipped,
    double_type,
    focusable,
    follows,
    out_of_sight,
    reachable,
    spoken_name,
    twice_used_letters,
    walked,
)
from surroundings import Machine

from narrator.gui.desk.window import StudioWindow
from narrator.studio.studio import Studio

DESK = ("page", "list", "lane", "find", "replace", "queue", "several")
READER = ("reader", "look", "bookmarks")
STATES = ("welcome", *DESK, *READER)


def put(qtbot: QtBot, window: StudioWindow, state: str, book_file: Path) -> None:
    """Bring the window into a state, with all enabled that ever is."""
    if state != "welcome":
        window.open_book(book_file)
        qtbot.waitUntil(lambda: window.at_hand.current is not None)
    if state in ("look", "bookmarks"):
        window.can.reader.trigger()
        view = window.reading.view
        (view.look_button if state == "look" else view.bookmarks_button).click()
    elif state == "several":
        window.text.page.selectAll()
    elif state not in ("welcome", "page"):
        names = {"list": "as_list"}
        getattr(window.can, names.get(state, state)).trigger()
    for action in actions(window):
        action.setEnabled(True)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.wait(10)  # until what has just come has its place


def stops(window: StudioWindow) -> list[list[QWidget]]:
    """The widgets at which Tab stops now, pane by pane."""
    panes = {
        window.welcome: [window.welcome.stops()],
        window.desk: window.desk.panes(),
        window.reading.view: [window.reading.view.stops()],
    }[window.pages.currentWidget()]
    shown = set(reachable(window))
    return [[widget for widget in pane if widget in shown] for pane in panes]


def actions(window: StudioWindow) -> Iterator[QAction]:
    for menu in window.findChildren(QMenu):
        yield from (
            action for action in menu.actions() if not (action.isSeparator() or action.menu())
        )


@pytest.mark.parametrize("state", STATES)
def test_tab_reaches_every_widget_in_the_order_of_the_eye_and_comes_round(
    qtbot: QtBot, window: StudioWindow, book_file: Path, state: str
) -> None:
    put(qtbot, window, state, book_file)
    panes = stops(window)
    expected = [widget for pane in panes for widget in pane]
    expected[0].setFocus()
    assert walked(qtbot, window, Qt.Key.Key_Tab) == expected
    assert QApplication.focusWidget() is expected[0]
    assert set(reachable(window)) == set(expected)
    for pane in panes:
        for before, after in pairwise(pane):
            assert follows(window, before, after), (spoken_name(before), spoken_name(after))


@pytest.mark.parametrize("state", STATES)
def test_every_widget_has_a_name_of_its_own_for_a_screen_reader(
    qtbot: QtBot, window: StudioWindow, book_file: Path, state: str
) -> None:
    put(qtbot, window, state, book_file)
    window.say("Ready.")
    names = [spoken_name(widget) for widget in focusable(window)]
    assert all(names)
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("state", STATES)
def test_every_letter_leads_to_one_place(
    qtbot: QtBot, window: StudioWindow, book_file: Path, state: str
) -> None:
    put(qtbot, window, state, book_file)
    labels = [label for label in window.findChildren(QLabel) if "&" in label.text()]
    assert all(label.buddy() is not None for label in labels)
    menus = [action.text() for action in window.menuBar().actions()]
    assert twice_used_letters(window, [] if state in READER else menus) == []


def test_every_action_is_in_a_menu_with_a_key_of_its_own(opened: StudioWindow) -> None:
    named = [action for _, action in opened.can.table]
    assert set(named) <= set(actions(opened))
    assert all(action.shortcuts() for action in named)
    keys = [key for action in named for key in action.shortcuts()]
    keys += [shortcut.key() for shortcut in opened.text.views.findChildren(QShortcut)]
    told = [key.toString(QKeySequence.SequenceFormat.PortableText) for key in keys]
    assert sorted(set(told)) == sorted(told)


@pytest.mark.parametrize("state", ["page", "queue", "replace"])
def test_f6_goes_round_the_panes(
    qtbot: QtBot, window: StudioWindow, book_file: Path, state: str
) -> None:
    put(qtbot, window, state, book_file)
    firsts = [pane[0] for pane in stops(window) if pane]
    firsts[0].setFocus()
    met = []
    for _ in firsts:
        window.can.next_pane.trigger()
        met.append(QApplication.focusWidget())
    assert met == [*firsts[1:], firsts[0]]
    window.can.previous_pane.trigger()
    assert QApplication.focusWidget() is firsts[-1]


def test_a_chapter_is_read_with_its_state_and_its_length(opened: StudioWindow) -> None:
    model = opened.desk.book.chapters
    told = model.data(model.index(2, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith("Two, narrated, ")
    assert told.endswith("2 sentences, less than a minute")


@pytest.mark.parametrize("state", STATES)
def test_nothing_is_clipped_in_type_of_double_size_on_a_small_screen(
    qtbot: QtBot, studio: Studio, machine: Machine, book_file: Path, state: str
) -> None:
    with double_type():
        window = StudioWindow(studio, machine.outside)
        qtbot.addWidget(window)
        window.show()
        window.resize(*SMALL_SCREEN)
        qtbot.waitUntil(lambda: bool(window.at_hand.voices))
        put(qtbot, window, state, book_file)
        assert (window.width(), window.height()) == SMALL_SCREEN
        assert clipped(window) == []
        assert out_of_sight(window) == []
        window.close()
