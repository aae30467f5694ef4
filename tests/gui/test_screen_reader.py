"""What a screen reader finds of the window from outside, by AT-SPI, on a screen of its own."""

import json
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PYTHON = "/usr/bin/python3"  # the system's, for which Debian has `gi`
LONGEST = 120  # seconds
NEEDED = ("xvfb-run", "xauth", "dbus-run-session")
HAS_ATSPI = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
BOOK = "# The Keeper\n\n## One\n\nIt rained. He ran.\n\n## Two\n\nShe waited.\n"
BOTH = """
"$1" "$2/window_on_screen.py" "$3" "$4" &
"$0" "$2/screen_reader.py" "It rained." >"$5"
kill $!
"""
ENVIRONMENT = {
    "QT_QPA_PLATFORM": "xcb",
    "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
    "PYTHONPATH": os.pathsep.join(map(str, (HERE, HERE.parent, HERE.parents[1]))),
}

Seen = dict[str, object]


def missing() -> str:
    """What stands in the way of reading the window from outside, "" for nothing."""
    if sys.platform != "linux":
        return "AT-SPI is Linux's"
    lacking = [name for name in NEEDED if not shutil.which(name)]
    if not Path("/usr/share/dbus-1/services/org.a11y.Bus.service").exists():
        lacking.append("at-spi2-core")
    if not lacking and subprocess.run([PYTHON, "-c", HAS_ATSPI], capture_output=True).returncode:
        lacking.append("python3-gi with gir1.2-atspi-2.0")
    return f"needs {', '.join(lacking)}: sh packaging/system.sh screen reader" if lacking else ""


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> list[Seen]:
    """All objects that a screen reader meets in the window with a book."""
    if reason := missing():
        pytest.skip(reason)
    home = tmp_path_factory.mktemp("home")
    book = home / "book.md"
    book.write_text(BOOK, "utf-8")
    found = home / "found.json"
    session = ["xvfb-run", "-a", "dbus-run-session", "--", "sh", "-c", BOTH]
    running = subprocess.Popen(
        [*session, PYTHON, sys.executable, str(HERE), str(home), str(book), str(found)],
        env=os.environ | ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        told, _ = running.communicate(timeout=LONGEST)
    finally:
        with suppress(ProcessLookupError):  # all have ended, as they should
            os.killpg(running.pid, signal.SIGTERM)
    assert found.read_text(), told
    objects: list[Seen] = json.loads(found.read_text())
    return objects


def named(seen: list[Seen], name: str, role: str) -> Seen:
    return next(each for each in seen if each["name"] == name and each["role"] == role)


def test_the_window_bears_the_title_of_the_book(seen: list[Seen]) -> None:
    assert "showing" in named(seen, "The Keeper", "frame")["states"]


def test_the_chapters_are_read_row_by_row_with_their_states(seen: list[Seen]) -> None:
    named(seen, "Chapters", "tree")
    names = [str(each["name"]) for each in seen if each["role"] == "table cell"]
    for chapter in ("One, narrated", "Two, narrated"):
        assert any(name.startswith(chapter) for name in names)


def test_the_play_button_says_what_it_does_and_that_it_can(seen: list[Seen]) -> None:
    assert "enabled" in named(seen, "Play", "push button")["states"]


def test_the_text_is_there_with_the_cursor_at_the_current_sentence(seen: list[Seen]) -> None:
    page = named(seen, "Text of the chapter", "text")
    assert page["text"] == "One\nIt rained. He ran."
    assert str(page["description"]).startswith("sentence 1 of 3")
    assert page["caret"] == 0
