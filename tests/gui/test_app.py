"""The application around the window: no screen, what nobody expected, Ctrl-C."""

import sys

import pytest

from narrator.errors import NoScreen
from narrator.gui.app import require_screen, unexpected_told_by
from narrator.gui.desk.window import StudioWindow


def test_without_a_screen_the_window_is_refused_by_name() -> None:
    with pytest.raises(NoScreen):
        require_screen("linux", {})
    for good in ({"DISPLAY": ":0"}, {"WAYLAND_DISPLAY": "w"}, {"QT_QPA_PLATFORM": "offscreen"}):
        require_screen("linux", good)
    require_screen("win32", {})


def test_what_nobody_expected_is_told_in_the_window(window: StudioWindow) -> None:
    before = sys.excepthook
    with unexpected_told_by(window):
        sys.excepthook(ValueError, ValueError("a secret"), None)
    assert sys.excepthook is before
    assert "ValueError" in window.welcome.status.text
    assert "secret" not in window.welcome.status.text
