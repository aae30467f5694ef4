"""Read what a screen reader finds of narrator, by AT-SPI, and print it as JSON: a list of objects.

Run by the system's Python, which alone has `gi`. Waits until the book is open and spoken.
"""

import json
import sys
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib

LONGEST = 60  # seconds until the window is there
MOST = 100  # children of one object that are looked at


def told(item):
    states = item.get_state_set()
    wanted = (Atspi.StateType.ENABLED, Atspi.StateType.FOCUSED, Atspi.StateType.SHOWING)
    text = item.get_text_iface()
    return {
        "role": item.get_role_name(),
        "name": item.get_name(),
        "description": item.get_description(),
        "states": [state.value_nick for state in wanted if states.contains(state)],
        "text": Atspi.Text.get_text(item, 0, -1) if text else "",
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


def main():
    last = time.monotonic() + LONGEST
    while time.monotonic() < last:
        try:
            objects = found()
        except GLib.Error:  # the window is just being built
            objects = []
        if any("It rained." in each["text"] for each in objects):
            print(json.dumps(objects))
            return 0
        time.sleep(0.2)
    return 1


if __name__ == "__main__":
    sys.exit(main())
