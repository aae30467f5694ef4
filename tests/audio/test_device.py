import os
import subprocess
import sys
import textwrap
from pathlib import Path

import numpy as np
import pytest
import soundfile

from narrator.audio.device import play

ALSA = """
pcm.!default {{ type plug slave {{ pcm {{ type file slave.pcm "null" file "{path}" format "wav" }}
format S16_LE rate 24000 channels 1 }} }}
"""
SCRIPT = """
    import sys, threading
    import numpy as np
    from narrator.audio.device import play
    from narrator.audio.watermark.marked import mark
    from narrator.errors import NoOutputDevice
    from narrator.speech import Audio
    tone = 0.3 * np.sin(np.arange(24_000) * 0.1)
    block = mark(Audio(tone), key=bytes(range(32)))
    stop = threading.Event()
    def blocks():
        yield block
        yield block
        if sys.argv[1] == "stop":
            stop.set()
            yield block
    try:
        play(blocks(), stop=stop)
    except NoOutputDevice as error:
        sys.exit(f"none: {error.reason}")
"""


def played(home: Path, way: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), way]
    environment = os.environ | {"HOME": str(home)}
    environment = {k: v for k, v in environment.items() if not k.startswith(("PULSE", "XDG_RUN"))}
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=20
    )


@pytest.fixture
def to_a_file(tmp_path: Path) -> Path:
    """A sound card that writes a file: an ALSA device of the test's own."""
    if sys.platform != "linux":
        pytest.skip("the test's sound card is one of Linux")
    (tmp_path / ".asoundrc").write_text(ALSA.format(path=tmp_path / "heard.wav"))
    return tmp_path


@pytest.mark.parametrize(("way", "seconds"), [("whole", 2.0), ("stop", 2.0)])
def test_what_is_played_is_heard_to_its_end_or_to_the_stop(
    to_a_file: Path, way: str, seconds: float
) -> None:
    done = played(to_a_file, way)
    if done.stderr.startswith("none: "):
        pytest.skip(f"PortAudio without ALSA here ({done.stderr.strip()})")
    assert done.returncode == 0, done.stderr
    heard, rate = soundfile.read(to_a_file / "heard.wav", dtype="float32")
    assert rate == 24_000
    assert len(heard) == pytest.approx(seconds * rate, abs=0.3 * rate)
    assert np.max(np.abs(heard[:48_000])) == pytest.approx(0.3, abs=0.1)


def test_a_machine_without_a_sound_card_is_told_by_name(tmp_path: Path) -> None:
    done = played(tmp_path, "whole")
    if done.returncode == 0:
        pytest.skip("this machine has a sound card")
    assert done.stderr.startswith("none: ")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("sound", [np.zeros(2400, dtype=np.float32), b"RIFF", None])
def test_only_marked_sound_is_played(sound: object) -> None:
    with pytest.raises(TypeError):
        play([sound])  # type: ignore[list-item]


def test_nothing_is_played_without_a_device() -> None:
    play([])
