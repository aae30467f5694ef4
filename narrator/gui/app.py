"""The desktop application: Qt started, the window shown, errors that nobody expected told."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from narrator.audio.device import Speaker, play
from narrator.audio.microphone import record
from narrator.errors import NoScreen
from narrator.gui.desk.open_book.opening import sample_book
from narrator.gui.desk.window import StudioWindow
from narrator.gui.shared.outside import Outside
from narrator.gui.shared.themes import apply_theme
from narrator.gui.shared.translations import use_language
from narrator.settings import resource
from narrator.studio.studio import Studio

SWITCH_SECONDS = 0.001  # a fifth of Python's own: how long the window waits for a busy thread
SIGNAL_MILLISECONDS = 300  # how soon Ctrl-C in the terminal is noticed


def run(studio: Studio, book: Path | None) -> int:
    """Show the window, with `book` opened if one is given; gives the exit code when it is closed.

    Raises NoScreen where there is nothing to show a window on.
    """
    require_screen(sys.platform, os.environ)
    sys.setswitchinterval(SWITCH_SECONDS)
    application = QApplication(["narrator"])
    application.setApplicationDisplayName("narrator")
    application.setDesktopFileName("narrator")
    settings = studio.settings
    use_language(application, settings.language, resource("resources/translations"))
    apply_theme(application, settings.theme, settings.type_percent)
    window = StudioWindow(
        studio, Outside(sample_book(), audiobooks_folder(), play, Speaker, record, show_in_system)
    )
    with unexpected_told_by(window), _closing_on_signals(window):
        window.show()
        last = next((path for path in settings.recent if path.exists()), sample_book())
        if (first := book or last) is not None:
            window.open_book(first)
        return application.exec()


def require_screen(platform: str, environment: Mapping[str, str]) -> None:
    """Raise NoScreen where Qt would end the process for want of a display."""
    if platform == "linux" and not any(
        environment.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    ):
        raise NoScreen


def audiobooks_folder() -> Path:
    """Give the folder for narrated books, in the user's music."""
    location = QStandardPaths.StandardLocation.MusicLocation
    return Path(QStandardPaths.writableLocation(location) or Path.home()) / "Audiobooks"


def show_in_system(path: Path) -> bool:
    """Open a file or folder in the program that the system has for it, if it has one."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


@contextmanager
def unexpected_told_by(window: StudioWindow) -> Iterator[None]:
    """Have the window tell, and the log keep, what no part of the window has caught."""

    def hook(kind: type[BaseException], error: BaseException, where: TracebackType | None) -> None:
        if isinstance(error, Exception):
            window.warn(error)
        else:
            before(kind, error, where)

    before, sys.excepthook = sys.excepthook, hook
    try:
        yield
    finally:
        sys.excepthook = before


@contextmanager
def _closing_on_signals(window: StudioWindow) -> Iterator[None]:
    """Close the window on Ctrl-C; a timer lets Python look, which waits while Qt does."""
    heard = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: window.close()) for number in heard]
    timer = QTimer(window)
    timer.timeout.connect(lambda: None)
    timer.start(SIGNAL_MILLISECONDS)
    try:
        yield
    finally:
        timer.stop()
        for number, handler in zip(heard, before, strict=True):
            signal.signal(number, handler)
