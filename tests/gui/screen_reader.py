"""Read what a screen reader finds of narrator, by AT-SPI, and give it as JSON: a list of objects.

Run by the system's Python, which alone has `gi`. Argument: words that are there when the book is.
"""

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

LONGEST = 60  # seconds until the window is there
MOST = 100  # children of one object that are looked at


def told(item):
    states = item.get_state_set()
    wanted = (Atspi.StateType.ENABLED, Atspi.StateType.FOCUSED, Atspi.StateType.SHOWING)
    has_text = "Text" in item.get_interfaces()
    return {
        "role": item.get_role_name(),
        "name": item.get_name(),
        "description": item.get_description(),
        "states": [state.value_nick for state in wanted if states.contains(state)],
        "text": Atspi.Text.get_text(item, 0, -1) if has_text else "",
        "caret": Atspi.Text.get_caret_offset(item) if has_text else -1,
    }


def walk(item):
    yield told(item)
    for index in range(min(item.get_child_count(), MOST)):
        child = item.get_child_at_index(index)
        if child is not None:
            yield from walk(child)


def found():
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(index)
        if application is not None and application.get_name() == "narrator":
            return list(walk(application))
    return []


def main(words):
    last = time.monotonic() + LONGEST
    while time.monotonic() < last:
        try:
            objects = found()
        except GLib.Error:  # the window is just being built
            objects = []
        if any(words in each["text"] for each in objects):
            json.dump(objects, sys.stdout)
            return 0
        time.sleep(0.2)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
