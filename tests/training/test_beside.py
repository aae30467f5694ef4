"""A training beside another ends with the process that began it, however that ends."""

import fcntl
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from narrator.training.beside import BrokenOff, beside

BEGIN = """
import signal, sys, time
sys.path.insert(0, {here!r})
from narrator.training.beside import beside
from test_beside import hold
if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have put it off
    with beside(1, hold, {file!r}):
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


def is_free(file: Path, seconds: float) -> bool:
    """Tell whether nobody holds the file any longer, at the latest after so long."""
    until = time.monotonic() + seconds
    with file.open("r", encoding="utf-8") as wanted:
        while time.monotonic() < until:
            with suppress(BlockingIOError):
                fcntl.flock(wanted, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return True
            time.sleep(0.05)
    return False


def wait_for(file: Path, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not file.exists() and time.monotonic() < until:
        time.sleep(0.05)


def fail_beside(file: Path) -> None:
    with beside(1, hold, str(file)):
        wait_for(file.with_suffix(".held"))
        raise KeyError


def test_what_fails_beside_says_so_and_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BrokenOff, match="exit code 1"), beside(1, fail):
        pass
    assert "it cannot be trained" in capfd.readouterr().err


@pytest.mark.slow
def test_it_ends_where_the_body_fails(tmp_path: Path) -> None:
    file = tmp_path / "file"
    with pytest.raises(KeyError):
        fail_beside(file)
    assert is_free(file, 20)


@pytest.mark.slow
@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_it_ends_with_the_process_that_began_it(end: signal.Signals, tmp_path: Path) -> None:
    file, program = tmp_path / "file", tmp_path / "begin.py"
    here = str(Path(__file__).parent)
    program.write_text(BEGIN.format(here=here, file=str(file)), encoding="utf-8")
    with subprocess.Popen([sys.executable, str(program)], stderr=subprocess.DEVNULL) as first:
        try:
            wait_for(file.with_suffix(".held"))
            first.send_signal(end)
            first.wait(20)
            assert is_free(file, 20)
        finally:
            first.kill()
