"""The microphone with a stand-in for sounddevice, which gives sound as time goes by."""

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from narrator.audio import microphone, portaudio
from narrator.audio.microphone import Level, Take, level_of, record
from narrator.errors import (
    MicrophoneDenied,
    MicrophoneLost,
    NoMicrophone,
    NoOutputDevice,
    SoundLost,
)
from narrator.speech import Recording

TONE = 0.25


class PortAudioError(Exception):
    pass


@dataclass
class Device:
    """A microphone that gives a tone. speed: sound a second; the rest is what goes wrong."""

    name: str = "Desk Microphone"
    rates: tuple[int, ...] = (48_000,)
    channels: int = 1
    denies: bool = False
    overflows: bool = False
    speed: float = 1.0
    fails_after: float = 1e9
    silent_after: float = 1e9
    silent: bool = False
    opened: list[tuple[int, int]] = field(default_factory=list)
    is_open: bool = False
    on_read: Callable[[float], None] = lambda seconds: None


class Stream:
    def __init__(self, device: Device, samplerate: int, channels: int, **_: object) -> None:
        device.opened.append((samplerate, channels))
        if device.denies:
            raise PortAudioError("Error opening", -9999, (0, -13, "Permission denied"))
        if samplerate not in device.rates or channels < device.channels:
            raise PortAudioError("Invalid sample rate", -9997)
        self.device, self.samplerate, self.channels = device, samplerate, channels
        self.given = 0

    def start(self) -> None:
        self.began = time.monotonic()

    def __enter__(self) -> "Stream":
        self.device.is_open = True
        return self

    def __exit__(self, *_: object) -> None:
        self.device.is_open = False

    @property
    def read_available(self) -> int:
        seconds = time.monotonic() - self.began
        self.device.on_read(seconds)
        if seconds > self.device.fails_after:
            raise PortAudioError("Unanticipated host error", -9999)
        until = min(seconds, self.device.silent_after)
        return round(until * self.device.speed * self.samplerate) - self.given

    def read(self, frames: int) -> tuple[np.ndarray, bool]:
        phase = np.arange(self.given, self.given + frames) * (2 * np.pi * 440 / self.samplerate)
        self.given += frames
        tone = np.zeros(frames) if self.device.silent else TONE * np.sin(phase)
        return np.stack([tone] * self.channels, axis=1).astype(np.float32), self.device.overflows


@pytest.fixture
def device(monkeypatch: pytest.MonkeyPatch) -> Iterator[Device]:
    """The machine's default microphone; no sound server is asked."""
    found = Device()
    module = ModuleType("sounddevice")
    known = {"default_samplerate": 16_000.0, "max_input_channels": 2}
    module.__dict__.update(
        PortAudioError=PortAudioError,
        InputStream=lambda **words: Stream(found, **words),
        query_devices=lambda kind: {"name": found.name, **known},
        _initialize=lambda: None,
        _terminate=lambda: None,
    )
    monkeypatch.setitem(sys.modules, "sounddevice", module)
    monkeypatch.setattr(microphone.shutil, "which", lambda name: None)
    yield found
    assert not found.is_open
    assert not portaudio._users


def for_seconds(seconds: float) -> Take:
    return record(stop=threading.Event(), longest=seconds)


def test_a_take_holds_what_the_microphone_heard(device: Device) -> None:
    before = datetime.now(UTC)
    take = for_seconds(0.4)
    assert take.device == "Desk Microphone"
    assert before <= take.began <= datetime.now(UTC)
    assert take.recording.rate == 48_000
    assert len(take.recording.samples) == round(0.4 * 48_000)
    assert level_of(take.recording.samples).peak_db == pytest.approx(-12.04, abs=0.1)
    crossings = np.count_nonzero(np.diff(np.signbit(take.recording.samples)))
    assert crossings == pytest.approx(2 * 440 * 0.4, abs=4)


def test_the_level_is_told_every_fifty_milliseconds(device: Device) -> None:
    levels: list[Level] = []
    record(stop=threading.Event(), longest=0.5, on_level=levels.append)
    assert len(levels) in {10, 11}
    assert all(level.rms_db == pytest.approx(-15.05, abs=0.2) for level in levels)
    assert not any(level.clipped for level in levels)


def test_full_scale_is_told() -> None:
    assert level_of(np.array([0.1, -1.0, 0.2], dtype=np.float32)).clipped
    assert level_of(np.zeros(10, dtype=np.float32)) == Level(-120.0, -120.0, False)


def test_stop_ends_it_within_a_tenth_of_a_second(device: Device) -> None:
    waits = []
    for _ in range(3):  # the machine may be busy with other tests
        stop = threading.Event()
        asked: list[float] = []
        timer = threading.Timer(0.2, lambda: (asked.append(time.monotonic()), stop.set()))  # noqa: B023
        timer.start()
        take = record(stop=stop, longest=60)
        waits.append(time.monotonic() - asked[0])
        assert 0.1 < len(take.recording.samples) / 48_000 < 1.0
    assert min(waits) < 0.1


def test_stopped_before_any_sound_the_take_is_empty(device: Device) -> None:
    stop = threading.Event()
    stop.set()
    assert len(record(stop=stop, longest=60).recording.samples) == 0


def test_a_take_cannot_be_made_from_a_file() -> None:
    file = Recording(np.zeros(10), 48_000)
    with pytest.raises(TypeError):
        Take(file, datetime.now(UTC), "file", seal=object())
    with pytest.raises(TypeError):
        Take(file, datetime.now(UTC), "file")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("rates", "channels", "chosen"),
    [
        ((44_100, 24_000), 1, (44_100, 1)),
        ((24_000,), 1, (24_000, 1)),
        ((16_000,), 1, (16_000, 1)),
        ((48_000,), 2, (48_000, 2)),
    ],
)
def test_a_device_gets_settings_that_it_takes(
    device: Device, rates: tuple[int, ...], channels: int, chosen: tuple[int, int]
) -> None:
    device.rates, device.channels = rates, channels
    take = for_seconds(0.1)
    assert device.opened[-1] == chosen
    assert take.recording.rate == chosen[0]
    assert take.recording.samples.ndim == 1
    assert level_of(take.recording.samples).peak_db == pytest.approx(-12.04, abs=0.1)


def test_a_device_that_takes_nothing_is_no_microphone(device: Device) -> None:
    device.rates = ()
    with pytest.raises(NoMicrophone) as caught:
        for_seconds(0.1)
    assert caught.value.reason == "Invalid sample rate"


def test_a_machine_without_a_microphone_is_told_by_name(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    def query(kind: str) -> None:
        raise PortAudioError("Error querying device -1")

    monkeypatch.setattr(sys.modules["sounddevice"], "query_devices", query)
    with pytest.raises(NoMicrophone):
        for_seconds(0.1)


def test_without_the_library_there_is_no_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    finder = SimpleNamespace(find_spec=_no_library)
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    with pytest.raises(NoMicrophone) as caught:
        for_seconds(0.1)
    assert caught.value.reason == "PortAudio library not found"


def _no_library(name: str, *_: object) -> None:
    if name == "sounddevice":
        raise OSError("PortAudio library not found")


def test_a_microphone_that_the_system_refuses_is_told_by_name(device: Device) -> None:
    device.denies = True
    with pytest.raises(MicrophoneDenied):
        for_seconds(0.1)


def test_nothing_but_zeros_is_how_macos_refuses(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    device.silent = True
    assert not for_seconds(0.1).recording.samples.any()
    monkeypatch.setattr(sys, "platform", "darwin")
    with pytest.raises(MicrophoneDenied):
        for_seconds(0.1)


def test_a_microphone_that_fails_in_the_middle_is_lost(device: Device) -> None:
    device.fails_after = 0.3
    with pytest.raises(MicrophoneLost) as caught:
        for_seconds(10)
    assert caught.value.seconds == pytest.approx(0.3, abs=0.1)


def test_a_microphone_that_falls_silent_is_lost(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(microphone, "PATIENCE_SECONDS", 0.3)
    device.silent_after = 0.2
    with pytest.raises(MicrophoneLost) as caught:
        for_seconds(10)
    assert caught.value.seconds == pytest.approx(0.2, abs=0.05)


def test_another_microphone_in_its_place_is_told(device: Device) -> None:
    def swap(seconds: float) -> None:
        device.name = "Desk Microphone" if seconds < 0.2 else "Camera"

    device.on_read = swap
    with pytest.raises(MicrophoneLost):
        for_seconds(0.4)


def test_an_overflow_spoils_the_take(device: Device) -> None:
    device.overflows = True
    with pytest.raises(SoundLost):
        for_seconds(0.2)


@pytest.mark.parametrize(("speed", "is_even"), [(1.005, True), (0.8, False), (1.25, False)])
def test_sound_that_does_not_keep_up_with_time_spoils_the_take(
    device: Device, speed: float, is_even: bool
) -> None:
    device.speed = speed
    if is_even:
        for_seconds(1.0)
    else:
        with pytest.raises(SoundLost):
            for_seconds(1.0)


@pytest.mark.parametrize(
    "name",
    [
        "Monitor of Built-in Audio",
        "Stereo Mix (Realtek)",
        "BlackHole 2ch",
        "Loopback: PCM (hw:1,0)",
    ],
)
def test_what_the_machine_plays_is_no_microphone(device: Device, name: str) -> None:
    device.name = name
    with pytest.raises(NoMicrophone) as caught:
        for_seconds(0.1)
    assert name in caught.value.reason
    assert not device.opened


def test_the_sound_server_is_asked_for_the_name(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "alsa_input.usb-desk\n"
    monkeypatch.setattr(microphone.shutil, "which", lambda name: name)
    monkeypatch.setattr(microphone.subprocess, "run", lambda *_, **__: SimpleNamespace(stdout=said))
    assert for_seconds(0.1).device == "alsa_input.usb-desk"
    said = "alsa_output.pci.monitor\n"
    with pytest.raises(NoMicrophone):
        for_seconds(0.1)


def test_a_sound_server_that_does_not_answer_gives_no_microphone(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    def hang(command: list[str], **_: object) -> None:
        raise subprocess.TimeoutExpired(command, 5)

    monkeypatch.setattr(microphone.shutil, "which", lambda name: name)
    monkeypatch.setattr(microphone.subprocess, "run", hang)
    with pytest.raises(NoMicrophone):
        for_seconds(0.1)


def test_devices_are_looked_for_anew_unless_a_stream_is_open(
    device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[str] = []
    monkeypatch.setattr(sys.modules["sounddevice"], "_initialize", lambda: looks.append("look"))
    for_seconds(0.05)
    for_seconds(0.05)
    assert len(looks) == 2
    with portaudio.devices(NoOutputDevice):
        assert len(looks) == 3
        for_seconds(0.05)
    assert len(looks) == 3
