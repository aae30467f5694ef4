"""Start `narrator app` as it is, and end once its window is painted: one line of JSON.

wall_ms counts from the start of the process, cpu_ms all that the process spent by then.
"""

import json
import os
import sys
import time


def since_start() -> float:
    """Give the seconds since this process began, where the system tells."""
    with open("/proc/self/stat", "rb") as file:
        began = int(file.read().rpartition(b")")[2].split()[19])
    return time.clock_gettime(time.CLOCK_BOOTTIME) - began / os.sysconf("SC_CLK_TCK")


def painted(*_: object) -> int:
    """In place of the event loop: let the window be painted, tell, and close it."""
    from PySide6.QtWidgets import QApplication

    QApplication.processEvents()
    wall, cpu = since_start(), time.process_time()
    told = {
        "wall_ms": round(1000 * wall),
        "cpu_ms": round(1000 * cpu),
        "torch": "torch" in sys.modules,
        "shown": any(window.isVisible() for window in QApplication.topLevelWidgets()),
    }
    QApplication.closeAllWindows()
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


if __name__ == "__main__":
    from PySide6 import QtWidgets

    from narrator.__main__ import main

    QtWidgets.QApplication.exec = painted  # type: ignore[method-assign]
    sys.exit(main(["app"]))
