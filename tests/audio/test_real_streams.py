"""Recording and playing through real streams: a sound server whose cables are of software.

PulseAudio is started in a folder of its own, with a speaker that the test hears and a microphone
that the test speaks into. Timing is the server's: what is heard is compared where it fits best.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import numpy as np
import pytest
import soundfile
from speechlike import RATE, speechlike

from narrator.audio.resample import resampled

pytestmark = pytest.mark.slow

HEARD_RATE = 48_000
PROGRAMS = ("pulseaudio", "pactl", "paplay", "parec")
PLUGIN = "libasound_module_pcm_pulse.so"
SERVER = """
load-module module-native-protocol-unix
load-module module-null-sink sink_name=speaker rate=48000
load-module module-null-sink sink_name=cable rate=48000
load-module module-remap-source source_name=microphone master=cable.monitor
set-default-sink speaker
set-default-source microphone
"""
ALSA = """
pcm.!default { type pulse hint { show on description "PulseAudio" } }
ctl.!default { type pulse }
"""
# For each line "seconds path": record, say "hears" at the first sound, then how it ended.
LISTENER = """
    import sys, threading, time
    import numpy as np
    from narrator.audio.microphone import record
    from narrator.errors import NarratorError

    for line in sys.stdin:
        seconds, path = line.split()
        stop, heard = threading.Event(), []
        asked = []

        def tell(level):
            if not heard:
                print("hears", flush=True)
            heard.append(level)
            if path == "stop" and len(heard) == 10:
                threading.Timer(0.01, lambda: (asked.append(time.monotonic()), stop.set())).start()

        try:
            take = record(stop=stop, longest=float(seconds), on_level=tell)
        except NarratorError as error:
            print(type(error).__name__, flush=True)
            continue
        if path == "stop":
            print("stopped", time.monotonic() - asked[0], flush=True)
            continue
        np.savez(path, samples=take.recording.samples, rate=take.recording.rate, levels=heard)
        print("took", take.device, flush=True)
"""
PLAYER = """
    import sys
    import numpy as np
    from narrator.audio.device import play
    from narrator.audio.watermark.marked import mark
    from narrator.speech import Audio

    block = mark(Audio(np.load(sys.argv[1])), key=bytes(range(32)))
    np.save(sys.argv[1], block.samples)
    play([block, block])
"""


class Machine:
    """A machine with a virtual sound server, in `folder`; `start` turns the server on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "run").mkdir(mode=0o700)
        (folder / "server.pa").write_text(SERVER)
        (folder / ".asoundrc").write_text(ALSA)
        own = {k: v for k, v in os.environ.items() if not k.startswith(("PULSE", "XDG_"))}
        self.environment = own | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "PULSE_RUNTIME_PATH": str(folder / "run"),
            "PULSE_STATE_PATH": str(folder / "state"),
            "PULSE_LATENCY_MSEC": "150",
        }
        self.log = (folder / "log").open("w")
        self.children: list[subprocess.Popen[str]] = []

    def start(self) -> subprocess.Popen[str]:
        file = str(self.folder / "server.pa")
        server = self.run("pulseaudio", "-n", "-F", file, "--exit-idle-time=-1", "--daemonize=no")
        until = time.monotonic() + 10
        while self.control("get-default-source") != "microphone":
            assert time.monotonic() < until, (self.folder / "log").read_text()
            assert server.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)
        return server

    def run(self, *command: str, out: IO[bytes] | int | None = None) -> subprocess.Popen[str]:
        child = subprocess.Popen(
            command,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=out or self.log,
            stderr=self.log,
            text=True,
        )
        self.children.append(child)
        return child

    def control(self, *words: str) -> str:
        done = subprocess.run(
            ["pactl", *words],
            env=self.environment,
            check=False,
            capture_output=True,
            text=True,
            timeout=10,
        )
        return done.stdout.strip()

    def listener(self) -> "Listener":
        return Listener(self)

    def close(self) -> None:
        for child in reversed(self.children):
            child.kill()
            child.communicate()
        self.log.close()


class Listener:
    """A program that records; whatever it does not say within 20 s is an empty line."""

    def __init__(self, machine: Machine) -> None:
        self.folder = machine.folder
        self.child = machine.run(
            sys.executable, "-c", textwrap.dedent(LISTENER), out=subprocess.PIPE
        )

    def record(self, seconds: float, path: str = "take.npz") -> None:
        assert self.child.stdin
        self.child.stdin.write(f"{seconds} {path if path == 'stop' else self.folder / path}\n")
        self.child.stdin.flush()

    def says(self) -> str:
        assert self.child.stdout
        timer = threading.Timer(20, self.child.kill)
        timer.start()
        line = self.child.stdout.readline().strip()
        timer.cancel()
        return line


@pytest.fixture
def machine() -> Iterator[Machine]:
    if sys.platform != "linux":
        pytest.skip("the virtual sound server is one of Linux")
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        pytest.skip(f"no virtual sound server here ({', '.join(missing)} not installed)")
    if not any(Path("/usr").glob(f"lib*/**/alsa-lib/{PLUGIN}")):
        pytest.skip(f"ALSA cannot reach a sound server here ({PLUGIN} not installed)")
    # The path of a socket has room for 107 letters.
    with tempfile.TemporaryDirectory(prefix="sound-") as folder:
        machine = Machine(Path(folder))
        try:
            yield machine
        finally:
            machine.close()


def likeness(heard: np.ndarray, said: np.ndarray) -> float:
    """The correlation of `said`, at 24 kHz, with the part of `heard`, at 48, most like it.

    A server delays by parts of a sample, which at the higher rate hardly matters.
    """
    said = resampled(said, RATE, HEARD_RATE)
    return float(np.corrcoef(most_like(heard, said), said)[0, 1])


def most_like(heard: np.ndarray, said: np.ndarray) -> np.ndarray:
    """The part of `heard` that is most like `said`, at one rate."""
    size = 1 << (len(heard) + len(said)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(said, size))
    best = int(np.argmax(np.fft.irfft(spectrum, size)[: len(heard) - len(said) + 1]))
    return heard[best : best + len(said)]


def missing_at_the_end(heard: np.ndarray, said: np.ndarray) -> float:
    """The seconds of `said`, at 24 kHz, of which `heard`, at 48, no longer has the sound."""
    said = resampled(said, RATE, HEARD_RATE)
    last = [np.flatnonzero(np.abs(sound) > 0.01)[-1] for sound in (said, most_like(heard, said))]
    return float(last[0] - last[1]) / HEARD_RATE


def at_best(attempt: Callable[[], float], wanted: float) -> float:
    """A server that gets no processor time for a while leaves gaps: it may try three times."""
    return next((found for _ in range(3) if (found := attempt()) > wanted), 0.0)


def test_what_is_said_into_the_microphone_is_recorded(machine: Machine) -> None:
    machine.start()
    voice = speechlike(2.0, seed=8)
    soundfile.write(machine.folder / "voice.wav", voice, RATE)
    listener = machine.listener()

    def attempt() -> float:
        listener.record(5.0)
        assert listener.says() == "hears"
        machine.run("paplay", "--device=cable", str(machine.folder / "voice.wav"))
        if (ended := listener.says()) == "SoundLost":
            return 0.0
        assert ended == "took microphone"
        take = np.load(machine.folder / "take.npz")
        assert take["rate"] == HEARD_RATE
        assert len(take["samples"]) == 5 * HEARD_RATE
        assert len(take["levels"]) == pytest.approx(100, abs=1)
        return likeness(take["samples"], voice)

    assert at_best(attempt, 0.95) > 0.95


def test_what_is_played_is_heard_at_the_speaker_to_its_end(machine: Machine) -> None:
    machine.start()
    path = machine.folder / "voice.npy"
    heard_path = machine.folder / "heard.raw"

    def attempt() -> float:
        np.save(path, speechlike(1.5, seed=9))
        words = ("-d", "speaker.monitor", f"--rate={HEARD_RATE}", "--channels=1")
        with heard_path.open("wb") as out:
            ear = machine.run("parec", *words, "--format=float32le", out=out)
            while not heard_path.stat().st_size:
                assert ear.poll() is None
                time.sleep(0.05)
            player = machine.run(sys.executable, "-c", textwrap.dedent(PLAYER), str(path))
            assert player.wait(30) == 0, (machine.folder / "log").read_text()
            time.sleep(1.0)
            ear.terminate()
            ear.wait(10)
        heard = np.fromfile(heard_path, dtype="<f4")
        said = np.tile(np.load(path), 2)
        # What a sleeping server misses while it wakes, at the start, is not for a player to mend.
        if abs(missing_at_the_end(heard, said)) > 0.01:
            return 0.0
        return likeness(heard, said)

    assert at_best(attempt, 0.95) > 0.95


def test_stop_ends_a_recording_at_once(machine: Machine) -> None:
    machine.start()
    listener = machine.listener()
    took = []
    for _ in range(3):  # the machine may be busy with other tests
        listener.record(30.0, "stop")
        assert listener.says() == "hears"
        word, seconds = listener.says().split()
        assert word == "stopped"
        took.append(float(seconds))
    assert min(took) < 0.5


def test_a_microphone_unplugged_in_the_middle_is_lost(machine: Machine) -> None:
    machine.start()
    listener = machine.listener()
    listener.record(60.0)
    assert listener.says() == "hears"
    time.sleep(1.0)
    machine.control("unload-module", "module-remap-source")
    assert machine.control("get-default-source") != "microphone"
    unplugged = time.monotonic()
    assert listener.says() == "MicrophoneLost"
    assert time.monotonic() - unplugged < 10


def test_a_sound_server_that_dies_takes_the_microphone_with_it(machine: Machine) -> None:
    server = machine.start()
    listener = machine.listener()
    listener.record(60.0)
    assert listener.says() == "hears"
    server.kill()
    assert listener.says() == "MicrophoneLost"


def test_a_microphone_that_comes_later_is_found(machine: Machine) -> None:
    listener = machine.listener()
    listener.record(0.5)
    assert listener.says() == "NoMicrophone"
    machine.start()
    listener.record(0.5)
    assert listener.says() == "hears"
    assert listener.says() == "took microphone"


def test_what_the_speaker_plays_is_no_microphone(machine: Machine) -> None:
    machine.start()
    machine.control("set-default-source", "speaker.monitor")
    listener = machine.listener()
    listener.record(0.5)
    assert listener.says() == "NoMicrophone"
