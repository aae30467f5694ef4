"""The dialogs of voices for those who work without a mouse, without sight, or with a large type."""

from collections import Counter

import pytest
from own_speaker import own_voice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QDialog, QLabel, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot
from reach import SMALL_SCREEN, clipped, double_type, focusable, spoken_name, walked
from surroundings import Machine

from narrator.gui.checking.check_dialog import CheckDialog
from narrator.gui.voices.new_voice_dialog import NewVoiceDialog
from narrator.gui.voices.sample_page import Way
from narrator.gui.voices.voices_dialog import VoicesDialog
from narrator.studio.studio import Studio

PAGES = ("consent", "statement", "words", "live", "file", "sentences", "learning", "keep", "kept")
DIALOGS = (*PAGES, "voices", "check", "checked")


def shown(name: str, qtbot: QtBot, studio: Studio, machine: Machine) -> QDialog:
    """A dialog, or a page of the one that makes a voice, with all that ever stands in it."""
    if name == "voices":
        own_voice(studio)
        dialog: QDialog = VoicesDialog(studio, machine.outside)
    elif name in ("check", "checked"):
        dialog = CheckDialog(studio)
        if name == "checked":
            for label in (dialog.answer, dialog.figures):
                label.setText("Synthetic speech made by narrator with an AI voice. " * 3)
                label.setAccessibleName(f"{label is dialog.answer} {label.text()}")
                label.show()
    else:
        dialog = NewVoiceDialog(studio, machine.outside)
        put_on(name, dialog)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(lambda: dialog.isActiveWindow() and not dialog.errands.busy)
    return dialog


def put_on(name: str, dialog: NewVoiceDialog) -> None:
    sample = dialog.sample
    sample.show_sentences(["It rained on the old stone bridge all night. "] * 3)
    dialog.take.offer("Record", None, lambda _: None)
    dialog.words.show_text("amber   ladder   pepper   silver   tunnel   window")
    dialog.words.hint.setText("Six random words appear when the recording has begun. " * 3)
    dialog.statement.show_text("I am Anna. I agree that narrator on this computer. " * 3)
    if name in ("live", "file", "sentences"):
        dialog.go(sample)
        sample.ways[Way(name)].click()
        sample.ways[Way(name)].setFocus()
        sample.after.click()
        sample.count(40.0)
        return
    if name == "kept":
        dialog.keep.show_kept("Anna is saved. The consent holds until Wednesday, 3 November 2027.")
    dialog.go(dialog.keep if name == "kept" else getattr(dialog, name))


def reachable(dialog: QDialog) -> set[object]:
    """Of radio buttons that exclude each other Tab meets one, and the arrows the others."""
    return {
        widget
        for widget in focusable(dialog)
        if not isinstance(widget, QRadioButton) or widget.isChecked()
    }


@pytest.mark.parametrize("name", DIALOGS)
def test_all_can_be_reached_by_tab_and_has_a_name(
    qtbot: QtBot, studio: Studio, machine: Machine, name: str
) -> None:
    dialog = shown(name, qtbot, studio, machine)
    assert set(walked(qtbot, dialog, Qt.Key.Key_Tab)) == reachable(dialog)
    dialog.status.say("Ready.")
    names = [spoken_name(widget) for widget in focusable(dialog)]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("name", DIALOGS)
def test_every_letter_leads_to_one_place(
    qtbot: QtBot, studio: Studio, machine: Machine, name: str
) -> None:
    dialog = shown(name, qtbot, studio, machine)
    texts = [
        widget.text()
        for kind in (QLabel, QPushButton, QRadioButton, QCheckBox)
        for widget in dialog.findChildren(kind)
        if widget.isVisible() and "&" in widget.text()
    ]
    letters = Counter(text[text.index("&") + 1].lower() for text in texts)
    assert not [letter for letter, count in letters.items() if count > 1]


@pytest.mark.parametrize("name", DIALOGS)
def test_nothing_is_clipped_in_type_of_double_size(
    qtbot: QtBot, studio: Studio, machine: Machine, name: str
) -> None:
    with double_type():
        dialog = shown(name, qtbot, studio, machine)
        dialog.resize(*SMALL_SCREEN)
        qtbot.wait(20)
        assert (dialog.width(), dialog.height()) == SMALL_SCREEN
        assert clipped(dialog) == []


def test_the_focus_begins_where_the_step_does(
    qtbot: QtBot, studio: Studio, machine: Machine
) -> None:
    dialog = shown("consent", qtbot, studio, machine)
    assert QApplication.focusWidget() is dialog.consent.speaker
    dialog.go(dialog.statement)
    assert QApplication.focusWidget() is dialog.take.button
    dialog.go(dialog.keep)
    assert QApplication.focusWidget() is dialog.keep.title_edit
