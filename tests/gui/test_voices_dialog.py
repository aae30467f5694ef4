"""The gallery: every voice with its state; heard, renamed, kept in a file, withdrawn."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from own_speaker import own_voice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot
from surroundings import HeldVoice, Machine

from narrator.errors import NoOutputDevice
from narrator.gui.desk.window import StudioWindow
from narrator.gui.voices.voices_dialog import VoicesDialog
from narrator.studio.studio import Studio

Show = Callable[..., VoicesDialog]


def lines(dialog: VoicesDialog) -> list[str]:
    return [dialog.list.item(row).text() for row in range(dialog.list.count())]


def rest(qtbot: QtBot, dialog: VoicesDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.errands.busy)


def answer(qtbot: QtBot, dialog: VoicesDialog, text: str) -> None:
    """Press the button that says `text` in the question on show."""
    (box,) = dialog.findChildren(QMessageBox)
    next(button for button in box.buttons() if button.text() == text).click()
    qtbot.waitUntil(lambda: not dialog.findChildren(QMessageBox))
    rest(qtbot, dialog)


@pytest.fixture
def gallery(qtbot: QtBot, studio: Studio, machine: Machine) -> Show:
    """Shows the gallery, the voices looked up."""

    def show(now: datetime | None = None) -> VoicesDialog:
        dialog = VoicesDialog(studio, machine.outside, now=lambda: now or datetime.now(UTC))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        dialog.open()
        rest(qtbot, dialog)
        return dialog

    return show


def test_each_voice_is_listed_with_its_state(studio: Studio, gallery: Show) -> None:
    own_voice(studio)
    dialog = gallery()
    anna, kathleen = lines(dialog)
    assert anna.startswith("✓ Anna, made here, until ")
    assert kathleen == "✓ Kathleen, built in"
    assert dialog.details.text().startswith("consent of Anna until ")
    dialog.list.setCurrentRow(1)
    assert dialog.details.text() == "clear · CC0-1.0"
    able = [dialog.hear, dialog.new, dialog.take_back, dialog.close_button]
    assert [b for b in dialog.findChildren(QPushButton) if b.isEnabled()] == able


@pytest.mark.parametrize(("days", "sign"), [(350, "! Anna, runs out on"), (366, "! Anna, ran out")])
def test_a_consent_that_runs_out_asks_to_be_renewed(
    studio: Studio, gallery: Show, days: int, sign: str
) -> None:
    own_voice(studio)
    dialog = gallery(datetime.now(UTC) + timedelta(days=days))
    assert lines(dialog)[0].startswith(sign)
    assert lines(dialog)[0].endswith(": renew it")
    assert dialog.renew.isEnabled()
    assert dialog.hear.isEnabled() == (days < 365)


def test_a_damaged_voice_is_told_and_the_others_stay(
    studio: Studio, gallery: Show, tmp_path: Path
) -> None:
    (tmp_path / "home" / "voices" / "kathleen" / "profile.json").write_text("{", "utf-8")
    own_voice(studio)
    dialog = gallery()
    dialog.list.setCurrentRow(1)
    assert lines(dialog)[1] == "✗ kathleen, cannot be used"
    assert "The voice “kathleen” cannot be used" in dialog.details.text()
    assert not dialog.hear.isEnabled()


def test_enter_hears_a_voice_and_stops_it(
    qtbot: QtBot, gallery: Show, machine: Machine, voice: HeldVoice
) -> None:
    dialog = gallery()
    voice.hold()
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    assert dialog.hear.text() == "&Stop"
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    voice.let_go()
    rest(qtbot, dialog)
    assert dialog.status.text == "Stopped."
    assert machine.seconds == 0
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    rest(qtbot, dialog)
    assert machine.seconds > 1


def test_a_missing_sound_card_is_told(qtbot: QtBot, gallery: Show, machine: Machine) -> None:
    dialog = gallery()
    machine.error = NoOutputDevice("none")
    dialog.hear.click()
    rest(qtbot, dialog)
    assert "No sound can be played here" in dialog.status.text


def test_a_voice_is_renamed(qtbot: QtBot, studio: Studio, gallery: Show) -> None:
    own_voice(studio)
    dialog = gallery()
    dialog.rename.click()
    (question,) = dialog.findChildren(QInputDialog)
    question.setTextValue("Aunt Anna")
    question.accept()
    qtbot.waitUntil(lambda: lines(dialog)[0].startswith("✓ Aunt Anna"))
    rest(qtbot, dialog)
    assert studio.voices.names() == ("aunt-anna", "kathleen")
    assert dialog.status.text == "Aunt Anna is in the list."


def test_a_voice_is_kept_in_a_file_and_taken_back(
    qtbot: QtBot, studio: Studio, gallery: Show, tmp_path: Path
) -> None:
    own_voice(studio)
    dialog = gallery()
    file = tmp_path / "anna.voice"
    dialog.export.click()
    (files,) = dialog.findChildren(QFileDialog)
    files.fileSelected.emit(str(file))
    files.close()
    qtbot.waitUntil(lambda: dialog.status.text == f"Anna is in {file}")
    studio.voices.rename("anna", "Bea")
    dialog.import_from(file)
    rest(qtbot, dialog)
    assert dialog.status.text == "Anna is in the list."
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    dialog.import_from(file)
    rest(qtbot, dialog)
    assert "cannot be used as a voice profile" in dialog.status.text


def test_a_voice_is_withdrawn_only_after_a_question(
    qtbot: QtBot, studio: Studio, gallery: Show
) -> None:
    own_voice(studio)
    dialog = gallery()
    dialog.withdraw.click()
    (box,) = dialog.findChildren(QMessageBox)
    assert "This cannot be undone." in box.text()
    assert box.defaultButton().text() == "Keep the voice"
    answer(qtbot, dialog, "Keep the voice")
    assert "anna" in studio.voices.names()
    dialog.withdraw.click()
    answer(qtbot, dialog, "Withdraw and erase")
    qtbot.waitUntil(lambda: lines(dialog) == ["✓ Kathleen, built in"])
    assert dialog.status.text == "Anna is withdrawn and erased."


def test_the_window_offers_the_voices_as_they_are_afterwards(
    qtbot: QtBot, studio: Studio, window: StudioWindow
) -> None:
    window.can.voices.trigger()
    (dialog,) = window.findChildren(VoicesDialog)
    own_voice(studio)
    dialog.reject()
    qtbot.waitUntil(lambda: set(window.at_hand.voices) == {"anna", "kathleen"})
