"""On what a bench was run: without it no figure of speed says anything."""

import os
import platform
import re
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from own_process import Figures, cores

CPU_INFO = Path("/proc/cpuinfo")


def machine() -> Figures:
    """Give processor, cores, load, versions and date; to be called before the work begins."""
    return {
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "system": platform.platform(),
        "processor": _processor(),
        "cores": cores(),
        "load_average": [round(load, 2) for load in os.getloadavg()],
        "python": platform.python_version(),
        "torch": version("torch"),
        "numpy": version("numpy"),
    }


def _processor() -> str:
    text = CPU_INFO.read_text("utf-8") if CPU_INFO.is_file() else ""
    name = re.search(r"^model name\s*:\s*(.+)$", text, re.MULTILINE)
    return name[1] if name else platform.processor() or platform.machine()
