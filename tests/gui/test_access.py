"""The window for those who work without a mouse, without sight, or with a large type."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from pytestqt.qtbot import QtBot
from reach import SMALL_SCREEN, clipped, double_type, focusable, spoken_name, walked
from surroundings import Machine

from narrator.gui.desk.window import StudioWindow
from narrator.studio.studio import Studio


def all_on(window: StudioWindow) -> None:
    """Have everything enabled that ever is, to be walked over."""
    window.panel.line.setText("It rained.")
    for action in vars(window.can).values():
        if isinstance(action, QAction):
            action.setEnabled(True)


@pytest.mark.parametrize("page", ["welcome", "book"])
def test_tab_reaches_every_widget_in_the_order_of_the_eye(
    qtbot: QtBot, window: StudioWindow, request: pytest.FixtureRequest, page: str
) -> None:
    if page == "book":
        request.getfixturevalue("opened")
    all_on(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    stops = [w for w in (*window.book.stops(), *window.panel.stops(), *window.footer.stops())]
    expected = [widget for widget in stops if widget.isVisible()]
    expected[0].setFocus()
    assert walked(qtbot, window, Qt.Key.Key_Tab) == expected
    assert set(focusable(window)) == set(expected)


def test_every_widget_has_a_name_of_its_own_for_a_screen_reader(opened: StudioWindow) -> None:
    all_on(opened)
    opened.footer.status.say("Ready.")
    names = [spoken_name(widget) for widget in focusable(opened)]
    assert all(names)
    assert len(set(names)) == len(names)
    assert spoken_name(opened.footer.status.label) == "Status: Ready."
    assert spoken_name(opened.book.page.cover) == "Cover of The Keeper"


def test_every_letter_under_a_label_leads_to_its_widget_and_to_no_other(opened: StudioWindow) -> None:
    labels = [label for label in opened.findChildren(QLabel) if "&" in label.text()]
    assert all(label.buddy() is not None for label in labels)
    menus = [action.text() for action in opened.menuBar().actions()]
    letters = Counter(
        text[text.index("&") + 1].lower() for text in [*menus, *(label.text() for label in labels)]
    )
    assert len(letters) == len(menus) + len(labels)


def actions(window: StudioWindow) -> Iterator[QAction]:
    for menu in window.findChildren(QMenu):
        yield from (action for action in menu.actions() if not action.isSeparator())


def test_every_action_is_in_a_menu_with_a_shortcut_of_its_own(opened: StudioWindow) -> None:
    named = [action for action in vars(opened.can).values() if isinstance(action, QAction)]
    assert set(named) <= set(actions(opened))
    keys = [key.toString() for action in named for key in action.shortcuts()]
    assert all(action.shortcuts() for action in named)
    assert len(set(keys)) == len(keys)


def test_f6_goes_round_the_panes(qtbot: QtBot, opened: StudioWindow) -> None:
    opened.activateWindow()
    qtbot.waitUntil(opened.isActiveWindow)
    opened.panel.line.setFocus()
    met = []
    for _ in range(3):
        opened.can.next_pane.trigger()
        met.append(QApplication.focusWidget())
    assert met == [opened.footer.status.label, opened.book.page.opener, opened.panel.voice]
    opened.can.previous_pane.trigger()
    assert QApplication.focusWidget() is opened.book.page.opener


def test_a_row_is_read_with_its_place_and_its_state(opened: StudioWindow) -> None:
    model = opened.book.page.chapters
    role = Qt.ItemDataRole.AccessibleTextRole
    assert model.data(model.index(1, 0), role) == (
        "Chapter 2 of 3, Two, 2 sentences, less than a minute"
    )


def test_nothing_is_clipped_in_type_of_double_size_on_a_small_screen(
    qtbot: QtBot, studio: Studio, machine: Machine, book_file: object
) -> None:
    with double_type():
        outside = replace(machine.outside, sample=None)
        window = StudioWindow(studio, outside)
        qtbot.addWidget(window)
        window.show()
        window.open_book(book_file)
        qtbot.waitUntil(window.can.narrate.isEnabled)
        window.resize(*SMALL_SCREEN)
        qtbot.wait(20)
        assert (window.width(), window.height()) == SMALL_SCREEN
        assert clipped(window) == []
