"""Check a sound file: plain words first, figures after; stopped, dropped, unreadable."""

import sys
from pathlib import Path

import pytest
import soundfile
from fake_voice import KEY
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from surroundings import dropped

from narrator.audio.encode import write_wav
from narrator.audio.watermark.marked import mark
from narrator.gui.checking.check_dialog import CheckDialog
from narrator.gui.desk.window import StudioWindow
from narrator.speech import Audio
from narrator.studio.studio import Studio

sys.path.insert(0, str(Path(__file__).parents[1] / "audio"))
from speechlike import speechlike


@pytest.fixture
def dialog(qtbot: QtBot, studio: Studio) -> CheckDialog:
    dialog = CheckDialog(studio)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def rest(qtbot: QtBot, dialog: CheckDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.errands.busy, timeout=20_000)


def test_our_own_speech_is_told_first_in_words_then_in_figures(
    qtbot: QtBot, dialog: CheckDialog, tmp_path: Path
) -> None:
    path = tmp_path / "ours.wav"
    write_wav(path, [mark(Audio(speechlike(8)), key=KEY)])
    dialog.check(path)
    assert dialog.bar.isVisible()
    assert not dialog.choose.isEnabled()
    rest(qtbot, dialog)
    assert not dialog.bar.isVisible()
    said = dialog.answer.text()
    assert said.startswith("ours.wav\nSynthetic speech made by narrator with an AI voice, by ")
    assert "sigma" not in said
    assert "chance of a false alarm" in dialog.figures.text()
    assert dialog.answer.hasFocus()


def test_unmarked_sound_says_that_nothing_is_proven(
    qtbot: QtBot, dialog: CheckDialog, tmp_path: Path
) -> None:
    path = tmp_path / "human.flac"
    soundfile.write(path, speechlike(8), 24_000)
    dropped(dialog, path)
    rest(qtbot, dialog)
    assert dialog.answer.text() == ("human.flac\nNo mark of narrator found, which proves nothing.")
    assert dialog.figures.isVisible()


def test_silence_is_too_little_and_has_no_figures(
    qtbot: QtBot, dialog: CheckDialog, tmp_path: Path
) -> None:
    path = tmp_path / "short.wav"
    soundfile.write(path, speechlike(1)[:2400], 24_000)
    dialog.check(path)
    rest(qtbot, dialog)
    assert "Too little speech to tell." in dialog.answer.text()
    assert not dialog.figures.isVisible()


def test_a_file_that_is_no_sound_is_one_sentence(
    qtbot: QtBot, dialog: CheckDialog, tmp_path: Path
) -> None:
    path = tmp_path / "book.wav"
    path.write_text("no sound", "utf-8")
    dialog.check(path)
    rest(qtbot, dialog)
    assert "cannot be read as sound" in dialog.status.text
    assert not dialog.answer.isVisible()
    assert dialog.choose.isEnabled()


def test_a_check_can_be_stopped(qtbot: QtBot, dialog: CheckDialog, tmp_path: Path) -> None:
    path = tmp_path / "long.flac"
    soundfile.write(path, speechlike(60), 24_000)
    dialog.check(path)
    dialog.stop.click()
    rest(qtbot, dialog)
    assert dialog.status.text == "Stopped."
    assert not dialog.answer.isVisible()


def test_the_window_opens_it(window: StudioWindow) -> None:
    window.can.check.trigger()
    (dialog,) = window.findChildren(CheckDialog)
    assert dialog.isVisible()
    dialog.reject()
