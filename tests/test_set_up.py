"""Set-up on a bare machine: the shell scripts, with stand-ins for apt, dpkg and sudo."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PACKAGING = Path(__file__).parent.parent / "packaging"
TOOLS = ("sh", "uname", "env", "tr", "grep", "rm", "touch", "true")
DPKG = """shift 2
for name; do grep -qx "$name" "$STATE/have" && printf ' installed '; done
printf ' not-installed '
"""
APT = """echo "$DEBIAN_FRONTEND $*" >> "$STATE/calls"
case " $* " in *" update "*) touch "$STATE/updated"; exit 0 ;; esac
test -e "$STATE/updated" || exit 100
for last; do :; done
echo "$last" >> "$STATE/have"
"""

SetUp = Callable[..., subprocess.CompletedProcess[str]]

pytestmark = pytest.mark.skipif(os.uname().sysname != "Linux", reason="the scripts serve Linux")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A folder with what the stand-ins know: packages installed, calls of apt-get."""
    for name in ("have", "calls"):
        (tmp_path / name).touch()
    return tmp_path


@pytest.fixture
def system(state: Path) -> SetUp:
    """Run system.sh on a machine that has only the stand-ins and a few tools."""
    tools = state / "tools"
    tools.mkdir()
    for name in TOOLS:
        (tools / name).symlink_to(str(shutil.which(name)))
    stand_ins = {
        "dpkg-query": DPKG,
        "apt-get": APT,
        "id": "echo $USER_ID",
        "sudo": 'test "$SUDO_WORKS" || exit 1; shift; exec "$@"',
    }
    for name, script in stand_ins.items():
        (tools / name).write_text(f"#!/bin/sh\n{script}\n")
        (tools / name).chmod(0o755)

    def run(*words: str, user: str = "1000", sudo: str = "") -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": str(tools),
            "STATE": str(state),
            "USER_ID": user,
            "SUDO_WORKS": sudo,
        }
        command = [str(tools / "sh"), str(PACKAGING / "system.sh"), *words]
        return subprocess.run(command, env=environment, check=False, capture_output=True, text=True)

    return run


def test_where_all_is_there_nothing_is_said_and_nothing_installed(
    system: SetUp, state: Path
) -> None:
    (state / "have").write_text("libportaudio2\n")
    done = system("sound", user="0")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert not (state / "calls").read_text()


def test_a_library_under_its_newer_name_counts_as_there(system: SetUp, state: Path) -> None:
    (state / "have").write_text("libglib2.0-0t64\n")
    assert system("libglib2.0-0").stderr == ""


@pytest.mark.parametrize(("user", "sudo"), [("0", ""), ("1000", "yes")])
def test_what_is_missing_is_installed_without_a_question(
    system: SetUp, state: Path, user: str, sudo: str
) -> None:
    done = system("sound", user=user, sudo=sudo)
    assert (done.returncode, done.stderr) == (0, "")
    calls = (state / "calls").read_text().splitlines()
    assert all(call.startswith("noninteractive -y -qq") for call in calls)
    assert calls[-1].endswith("install libportaudio2")
    assert (state / "have").read_text() == "libportaudio2\n"


def test_without_the_right_to_install_one_line_names_it_and_work_goes_on(
    system: SetUp, state: Path
) -> None:
    (state / "have").write_text("libgl1\n")
    done = system("sound", "window")
    assert done.returncode == 0
    (line,) = done.stderr.splitlines()
    assert "sudo apt-get install libportaudio2 libegl1 libxkbcommon0" in line
    assert "libgl1" not in line
    assert not (state / "calls").read_text()


def test_another_linux_is_told_the_names_in_one_line(system: SetUp, state: Path) -> None:
    (state / "tools" / "dpkg-query").unlink()
    done = system("sound", user="0")
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
    assert "libportaudio2" in done.stderr


def test_without_a_python_that_is_new_enough_one_line_says_so(system: SetUp, state: Path) -> None:
    stamp = state / "stamp"
    done = subprocess.run(
        [str(state / "tools" / "sh"), str(PACKAGING / "environment.sh"), str(stamp)],
        env={"PATH": str(state / "tools")},
        cwd=state,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("narrator needs Python 3.11 or newer")
    assert not stamp.exists()
