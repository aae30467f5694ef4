"""A training beside another ends with the process that began it, however that ends."""

import fcntl
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from narrator.training import beside

BEGIN = """
import signal, sys, time
sys.path.insert(0, {here!r})
from narrator.training import beside
from test_beside import hold
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have put it off
    beside.begin(1, hold, {file!r})
    time.sleep(60)
"""


def hold(file: str) -> None:
    """Make the file and keep it locked for longer than any test lasts."""
    with Path(file).open("w", encoding="utf-8") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        Path(file).with_suffix(".held").touch()
        time.sleep(100)


def fail() -> None:
    raise ValueError("it cannot be trained")


def test_what_fails_beside_leaves_its_exit_code(capfd: pytest.CaptureFixture[str]) -> None:
    process = beside.begin(1, fail)
    process.join()
    assert process.exitcode == 1
    assert "it cannot be trained" in capfd.readouterr().err


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_it_ends_with_the_process_that_began_it(end: signal.Signals, tmp_path: Path) -> None:
    file, program = tmp_path / "file", tmp_path / "begin.py"
    here = str(Path(__file__).parent)
    program.write_text(BEGIN.format(here=here, file=str(file)), encoding="utf-8")
    first = subprocess.Popen([sys.executable, str(program)], stderr=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while not file.with_suffix(".held").exists() and time.monotonic() < until:
        time.sleep(0.05)
    first.send_signal(end)
    first.wait(20)
    with file.open("r", encoding="utf-8") as free:
        while time.monotonic() < until:
            with suppress(BlockingIOError):
                fcntl.flock(free, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(0.05)
    pytest.fail("it goes on")
