"""Make the pictures of the window anew: the real window, the real voice, the sample book.

    xvfb-run -a -s "-screen 0 1600x1000x24" .venv/bin/python packaging/make_screenshots.py [NAME...]

Writes resources/screenshots/NAME.png, all of them or those named. Nothing of the user's is read or
changed, and no sound card is needed. Takes a few minutes: the first chapter is spoken.
"""

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from narrator.__main__ import open_studio
from narrator.audio.device import play
from narrator.audio.microphone import record
from narrator.audio.watermark.marked import MarkedAudio
from narrator.gui.desk.open_book.opening import sample_book
from narrator.gui.desk.window import StudioWindow
from narrator.gui.exporting.export_dialog import ExportDialog
from narrator.gui.preferences.preferences_dialog import PreferencesDialog
from narrator.gui.shared.outside import Outside
from narrator.gui.shared.palette import CommandPalette
from narrator.settings import HOME_VARIABLE, folders

PICTURES = Path(__file__).parents[1] / "resources" / "screenshots"
SIZE = (1400, 900)  # pixels of the window; a dialog is as large as it likes to be
LARGE = (1280, 800)  # pixels of the small screen on which type of double size has to fit
SMALLEST = 0  # of Qt's qualities for a PNG, whose pixels are the same in all
SETTLE = 500  # milliseconds, until all is drawn
LONGEST = 300  # seconds that anything may take
HEARD = 2.5  # seconds of the sentence that are played before it is paused


class Silence:
    """A sound card that takes as long as the sound does, and makes none."""

    latency = 0.0

    def write(self, block: MarkedAudio) -> None:
        """Wait as long as the block lasts."""
        time.sleep(block.seconds)

    def finish(self) -> None:
        """Nothing is left to be heard."""

    def drop(self) -> None:
        """Nothing is left to be heard."""

    def close(self) -> None:
        """Nothing was opened."""


def wait(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until(is_so: Callable[[], object], what: str) -> None:
    """Let the window work until something is so. Raises TimeoutError when it never is."""
    last = time.monotonic() + LONGEST
    while not is_so():
        if time.monotonic() > last:
            raise TimeoutError(what)
        wait(50)


class Stage:
    """The window with the sample book, brought into order before each picture."""

    def __init__(self, window: StudioWindow) -> None:
        self.window = window

    def begin(self) -> None:
        """Open the book and have the chapter with the story's beginning spoken."""
        window = self.window
        window.show()
        until(lambda: window.at_hand.voices, "voices")
        window.can.sample.trigger()
        until(lambda: window.at_hand.current, "the book")
        if not window.at_hand.script[4:]:
            window.can.next_chapter.trigger()
        window.listening.live.look_ahead = 60.0
        until(lambda: window.at_hand.spoken_share() > 0.3, "speech")

    def dress(self, theme: str, percent: int = 100, size: tuple[int, int] = SIZE) -> StudioWindow:
        """Put everything away, and the window into a theme."""
        window = self.window
        for dialog in window.findChildren(QDialog):
            dialog.reject()
        window.can.reader.setChecked(False)
        window.can.as_page.trigger()
        for action in (window.can.lane, window.can.queue):
            if action.isChecked():
                action.trigger()
        window.text.find_bar.close_button.click()
        settings = replace(window.preferring.settings, theme=theme, type_percent=percent)
        window.preferring.use(settings)
        window.resize(*size)
        window.activateWindow()
        wait(SETTLE)
        return window

    def listen(self) -> None:
        """Hear the beginning of a sentence in the middle of the page."""
        window = self.window
        window.go_to(window.at_hand.script[6].id)
        window.can.play.trigger()
        wait(round(HEARD * 1000))
        window.can.play.trigger()

    def dialog(self) -> QDialog:
        """Give the dialog that has just come."""
        until(self._dialogs, "a dialog")
        wait(SETTLE)
        return self._dialogs()[-1]

    def _dialogs(self) -> list[QDialog]:
        return [one for one in self.window.findChildren(QDialog) if one.isVisible()]


def _desk(theme: str, stage: Stage) -> QWidget:
    window = stage.dress(theme)
    stage.listen()
    return window


def _large(stage: Stage) -> QWidget:
    window = stage.dress("light", 200, LARGE)
    stage.listen()
    return window


def _list(stage: Stage) -> QWidget:
    window = stage.dress("light")
    window.can.as_list.trigger()
    return window


def _find(stage: Stage) -> QWidget:
    window = stage.dress("light")
    window.can.replace.trigger()
    window.text.find_bar.text.setText("the clock")
    window.text.find_bar.by.setText("the old clock")
    return window


def _prosody(theme: str, stage: Stage) -> QWidget:
    window = stage.dress(theme)
    window.can.lane.trigger()
    wait(2 * SETTLE)
    return window


def _reader(colours: str, stage: Stage) -> QWidget:
    window = stage.dress("light")
    view = window.reading.view
    view.look_panel.show_look(view.look_panel.look._replace(colours=colours))
    window.can.reader.setChecked(True)
    if colours != "theme":
        view.look_button.click()
    stage.listen()
    return window


def _export(theme: str, stage: Stage) -> QWidget:
    stage.dress(theme).can.export.trigger()
    return stage.dialog()


def _queue(stage: Stage) -> QWidget:
    window = stage.dress("light")
    window.can.export.trigger()
    cast(ExportDialog, stage.dialog()).export.click()
    until(lambda: any(job.share > 0.3 for job in window.exports.queue.jobs), "an export")
    return window


def _pronunciation(theme: str, stage: Stage) -> QWidget:
    window = stage.dress(theme)
    page = window.text.page
    page.setTextCursor(page.document().find("Abernathy"))  # which selects it
    window.can.pronounce.trigger()
    wait(2 * SETTLE)
    return stage.dialog()


def _opens(name: str, theme: str, stage: Stage) -> QWidget:
    getattr(stage.dress(theme).can, name).trigger()
    return stage.dialog()


def _preferences(theme: str, stage: Stage) -> QWidget:
    stage.dress(theme).can.preferences.trigger()
    dialog = cast(PreferencesDialog, stage.dialog())
    dialog.folder.setPlaceholderText("Music/Audiobooks")  # not the one for the pictures
    return dialog


def _palette(stage: Stage) -> QWidget:
    stage.dress("light").can.palette.trigger()
    dialog = cast(CommandPalette, stage.dialog())
    dialog.field.setText("sentence")
    return dialog


def _welcome(stage: Stage) -> QWidget:
    window = stage.dress("light")
    window.can.close_book.trigger()
    return window


SCENES: dict[str, Callable[[Stage], QWidget]] = {
    "desk": partial(_desk, "light"),
    "desk-dark": partial(_desk, "dark"),
    "desk-contrast": partial(_desk, "contrast"),
    "desk-large": _large,
    "list": _list,
    "find": _find,
    "prosody": partial(_prosody, "light"),
    "prosody-dark": partial(_prosody, "dark"),
    "reader": partial(_reader, "theme"),
    "reader-sepia": partial(_reader, "sepia"),
    "export": partial(_export, "light"),
    "queue": _queue,
    "pronunciation": partial(_pronunciation, "light"),
    "preferences": partial(_preferences, "light"),
    "preferences-contrast": partial(_preferences, "contrast"),
    "palette": _palette,
    "keys": partial(_opens, "keys", "light"),
    "voices": partial(_opens, "voices", "light"),
    "welcome": _welcome,
}


def make(names: list[str], target: Path) -> None:
    """Make the pictures with these names, or all of them. Raises OSError where none can be kept."""
    application = QApplication(["narrator"])
    application.setApplicationDisplayName("narrator")
    home = Path(tempfile.mkdtemp(prefix="narrator-screenshots-"))
    os.environ[HOME_VARIABLE] = str(home)
    outside = Outside(sample_book(), home / "Audiobooks", play, Silence, record, lambda _: True)
    window = StudioWindow(open_studio(folders()), outside)
    try:
        stage = Stage(window)
        stage.begin()
        for name, scene in SCENES.items():
            if names and name not in names:
                continue
            shown = scene(stage)
            wait(SETTLE)
            path = target / f"{name}.png"
            if not shown.grab().save(str(path), "PNG", SMALLEST):
                raise OSError(f"{path} cannot be written")
    finally:
        window.close()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    make(sys.argv[1:], PICTURES)
