"""Every action by its name: the palette that runs them, the table of keys that lists them."""

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot
from reach import SMALL_SCREEN, clipped, double_type, focusable, spoken_name, walked

from narrator.gui.shared.keys_dialog import KeysDialog
from narrator.gui.shared.palette import Command, CommandPalette

MENUS = {
    "&File": {"&Open a book…": ["Ctrl+O"], "Save && close": []},
    "&Sentence": {"Take a&gain": ["R"], "Leave out": ["X", "Del"]},
    "&View": {"List": ["F7"], "Open the prosody lane": ["F8"]},
}


@dataclass
class Window:
    """The actions of a window, and which of them were run."""

    parent: QWidget
    commands: list[Command]
    run: list[str]

    def action(self, name: str) -> QAction:
        return next(action for _, action in self.commands if name in action.text())


@pytest.fixture
def window(qtbot: QtBot) -> Window:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    made = Window(parent, [], [])
    for menu, actions in MENUS.items():
        for text, keys in actions.items():
            action = QAction(text, parent)
            action.setShortcuts([QKeySequence(key) for key in keys])
            action.triggered.connect(lambda _=False, name=text: made.run.append(name))
            made.commands.append((menu, action))
    made.action("List").setCheckable(True)
    made.action("Leave out").setEnabled(False)
    return made


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)


@pytest.fixture
def palette(qtbot: QtBot, window: Window) -> CommandPalette:
    dialog = CommandPalette(window.commands)
    shown(qtbot, dialog)
    return dialog


@pytest.fixture
def keys(qtbot: QtBot, window: Window) -> KeysDialog:
    dialog = KeysDialog(window.commands)
    shown(qtbot, dialog)
    return dialog


def rows(dialog: CommandPalette | KeysDialog) -> list[str]:
    return [dialog.table.said(row) for row in range(dialog.table.topLevelItemCount())]


def test_the_palette_lists_every_action_with_its_menu_and_keys(palette: CommandPalette) -> None:
    assert QApplication.focusWidget() is palette.field
    assert rows(palette) == [
        "Open a book…, File, Ctrl+O",
        "Save & close, File",
        "Take again, Sentence, R",
        "Leave out (not now), Sentence, X or Del",
        "List (off), View, F7",
        "Open the prosody lane, View, F8",
    ]
    assert palette.status.text == "6 actions"


def test_an_action_is_found_by_all_words_in_any_order(
    qtbot: QtBot, palette: CommandPalette
) -> None:
    qtbot.keyClicks(palette.field, "LANE op")
    assert rows(palette) == ["Open the prosody lane, View, F8"]
    palette.field.setText("sentence again")
    assert rows(palette) == ["Take again, Sentence, R"]
    palette.field.setText("f8")
    assert rows(palette) == ["Open the prosody lane, View, F8"]


def test_a_name_that_begins_so_comes_before_one_that_holds_it(palette: CommandPalette) -> None:
    palette.field.setText("l")
    assert rows(palette)[:2] == ["Leave out (not now), Sentence, X or Del", "List (off), View, F7"]
    palette.field.setText("a")
    assert rows(palette)[0].startswith("Open a book")


def test_enter_runs_the_action_and_closes(
    qtbot: QtBot, palette: CommandPalette, window: Window
) -> None:
    qtbot.keyClicks(palette.field, "take")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.run == ["Take a&gain"]
    assert not palette.isVisible()


def test_the_arrows_choose_while_the_focus_stays_in_the_field(
    qtbot: QtBot, palette: CommandPalette, window: Window
) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.field.hasFocus()
    assert palette.chosen is window.action("Take")
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    qtbot.keyClick(palette.field, Qt.Key.Key_Enter)
    assert window.run == ["Save && close"]


def test_enter_in_the_list_runs_too(qtbot: QtBot, palette: CommandPalette, window: Window) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Tab)
    assert palette.table.hasFocus()
    qtbot.keyClick(palette.table, Qt.Key.Key_End)
    qtbot.keyClick(palette.table, Qt.Key.Key_Return)
    assert window.run == ["Open the prosody lane"]


def test_what_cannot_be_done_now_says_so_and_is_not_run(
    qtbot: QtBot, palette: CommandPalette, window: Window
) -> None:
    qtbot.keyClicks(palette.field, "leave")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert window.run == []
    assert palette.isVisible()
    assert palette.status.text == "“Leave out” cannot be done now."


def test_words_that_no_action_has_are_told(
    qtbot: QtBot, palette: CommandPalette, window: Window
) -> None:
    qtbot.keyClicks(palette.field, "zebra")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert palette.status.text == "No action has these words."
    assert palette.chosen is None
    assert window.run == []


def test_escape_runs_nothing(qtbot: QtBot, palette: CommandPalette, window: Window) -> None:
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.run == []


def test_the_table_of_keys_goes_menu_by_menu(keys: KeysDialog) -> None:
    assert QApplication.focusWidget() is keys.table
    assert rows(keys) == [
        "File, Open a book…, Ctrl+O",
        "File, Save & close, none",
        "Sentence, Take again, R",
        "Sentence, Leave out, X or Del",
        "View, List, F7",
        "View, Open the prosody lane, F8",
    ]


def test_the_table_of_keys_is_narrowed_by_words(qtbot: QtBot, keys: KeysDialog) -> None:
    qtbot.keyClicks(keys.field, "open file")
    assert rows(keys) == ["File, Open a book…, Ctrl+O"]
    assert keys.status.text == "1 action"
    keys.field.setText("zebra")
    assert keys.status.text == "No action has these words."
    qtbot.keyClick(keys.field, Qt.Key.Key_Escape)
    assert not keys.isVisible()


@pytest.mark.parametrize("name", ["palette", "keys"])
def test_all_can_be_reached_by_tab_and_has_a_name(
    qtbot: QtBot, request: pytest.FixtureRequest, name: str
) -> None:
    dialog = request.getfixturevalue(name)
    assert set(walked(qtbot, dialog, Qt.Key.Key_Tab)) == set(focusable(dialog))
    names = [spoken_name(widget) for widget in focusable(dialog)]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", ["palette", "keys"])
def test_nothing_is_clipped_in_type_of_double_size(
    qtbot: QtBot, request: pytest.FixtureRequest, name: str
) -> None:
    with double_type():
        dialog = request.getfixturevalue(name)
        dialog.resize(*SMALL_SCREEN)
        qtbot.wait(20)
        assert (dialog.width(), dialog.height()) == SMALL_SCREEN
        assert clipped(dialog) == []
