"""The preferences, as somebody uses them: changed, kept or thrown away, the store emptied."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox, QWidget
from pytestqt.qtbot import QtBot
from reach import SMALL_SCREEN, clipped, double_type, focusable, spoken_name, walked

from narrator.errors import FolderNotWritable
from narrator.gui.preferences.preferences_dialog import PreferencesDialog
from narrator.gui.preferences.store import SpokenStore
from narrator.gui.shared.translations import Language
from narrator.settings import Settings

VOICES = (("Kathleen", "kathleen"), ("Rowan", "rowan"))
LANGUAGES = (Language("de", "Deutsch"), Language("en", "English"))


@dataclass
class Disk:
    """The store on it: how much it holds, and whether it lets anybody empty it."""

    held: int = 1_234_567_890
    refuses: bool = False

    def size(self) -> int:
        assert threading.current_thread() is not threading.main_thread()
        return self.held

    def empty(self) -> None:
        assert threading.current_thread() is not threading.main_thread()
        if self.refuses:
            raise FolderNotWritable(Path("cache"), "read-only")
        self.held = 0


@pytest.fixture
def disk() -> Disk:
    return Disk()


@pytest.fixture
def shown(qtbot: QtBot, disk: Disk) -> Callable[[Settings], PreferencesDialog]:
    def show(settings: Settings) -> PreferencesDialog:
        dialog = PreferencesDialog(
            settings,
            voices=VOICES,
            languages=LANGUAGES,
            usual_folder=Path("Music/Audiobooks"),
            store=SpokenStore(disk.size, disk.empty),
        )
        qtbot.addWidget(dialog)
        dialog.show()
        dialog.activateWindow()
        qtbot.waitUntil(lambda: dialog.isActiveWindow() and not dialog.store.errands.busy)
        return dialog

    return show


@pytest.fixture
def dialog(shown: Callable[[Settings], PreferencesDialog]) -> PreferencesDialog:
    return shown(Settings())


def press(dialog: PreferencesDialog, button: QDialogButtonBox.StandardButton) -> None:
    dialog.buttons.button(button).click()


def chosen_by_keys(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    for box, presses in (
        (dialog.theme, 2),
        (dialog.reading_face, 1),
        (dialog.language, 1),
        (dialog.voice, 1),
        (dialog.device, 1),
    ):
        for _ in range(presses):
            qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(dialog.type_percent, Qt.Key.Key_Up)
    qtbot.keyClick(dialog.cache_size, Qt.Key.Key_Down)
    qtbot.keyClicks(dialog.folder, "/books ")


def test_all_that_was_chosen_comes_at_once_with_ok(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    chosen_by_keys(qtbot, dialog)
    with qtbot.waitSignal(dialog.changed) as changed:
        press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert changed.args == [
        Settings(
            device="cpu",
            voice="rowan",
            cache_gigabytes=9.0,
            theme="dark",
            type_percent=110,
            language="de",
            reading_face="sans",
            folder="/books",
        )
    ]
    assert not dialog.isVisible()


def test_cancel_and_escape_change_nothing(
    qtbot: QtBot, shown: Callable[[Settings], PreferencesDialog]
) -> None:
    for leave in (
        lambda one: press(one, QDialogButtonBox.StandardButton.Cancel),
        lambda one: qtbot.keyClick(one, Qt.Key.Key_Escape),
    ):
        dialog = shown(Settings())
        chosen_by_keys(qtbot, dialog)
        with qtbot.assertNotEmitted(dialog.changed):
            leave(dialog)
        assert not dialog.isVisible()


def test_ok_without_a_change_tells_nobody_and_spoils_nothing(
    qtbot: QtBot, shown: Callable[[Settings], PreferencesDialog]
) -> None:
    settings = Settings(
        voice="one that is gone",
        cache_gigabytes=2.345,
        language="de",
        recent=(Path("a.narrator"),),
        reader_size=40,
    )
    dialog = shown(settings)
    with qtbot.assertNotEmitted(dialog.changed):
        press(dialog, QDialogButtonBox.StandardButton.Ok)
    assert dialog.settings == settings


def test_it_says_what_the_store_takes_and_empties_it_when_confirmed(
    qtbot: QtBot, dialog: PreferencesDialog, disk: Disk
) -> None:
    assert dialog.store.taken.text() == "They take 1.2 GB now."
    answer(dialog, "Keep it")
    assert disk.held
    answer(dialog, "Empty it")
    qtbot.waitUntil(lambda: dialog.store.taken.text() == "They take 0 MB now.")
    assert dialog.status.text == "The store is emptied."


def test_a_store_that_cannot_be_emptied_is_told(
    qtbot: QtBot, dialog: PreferencesDialog, disk: Disk
) -> None:
    disk.refuses = True
    answer(dialog, "Empty it")
    qtbot.waitUntil(lambda: "cache" in dialog.status.text)
    assert dialog.store.empty.isEnabled()


def answer(dialog: PreferencesDialog, text: str) -> None:
    dialog.store.empty.click()
    box = dialog.store.findChildren(QMessageBox)[-1]
    (button,) = (one for one in box.buttons() if one.text() == text)
    button.click()


def test_the_dialog_closes_while_the_store_is_looked_at(qtbot: QtBot) -> None:
    free = threading.Event()
    store = SpokenStore(lambda: 5 if free.wait(5) else 0, lambda: None)
    dialog = PreferencesDialog(
        Settings(), voices=VOICES, languages=LANGUAGES, usual_folder=Path("x"), store=store
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert not dialog.store.empty.isEnabled()
    press(dialog, QDialogButtonBox.StandardButton.Cancel)
    free.set()
    assert not dialog.isVisible()


def test_all_can_be_reached_by_tab_and_has_a_name(qtbot: QtBot, dialog: PreferencesDialog) -> None:
    dialog.status.say("Ready.")
    stops: list[QWidget] = focusable(dialog)
    assert set(walked(qtbot, dialog, Qt.Key.Key_Tab)) == set(stops)
    names = [widget.accessibleName() or spoken_name(widget) for widget in stops]
    assert all(names)
    assert len(set(names)) == len(names)


def test_nothing_is_clipped_in_type_of_double_size(
    qtbot: QtBot, shown: Callable[[Settings], PreferencesDialog]
) -> None:
    with double_type():
        dialog = shown(Settings())
        dialog.resize(*SMALL_SCREEN)
        qtbot.wait(20)
        assert (dialog.width(), dialog.height()) == SMALL_SCREEN
        assert clipped(dialog) == []
