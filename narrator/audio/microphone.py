"""Record what a person says into the machine's microphone, now: a take is live by construction."""

import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import InitVar, dataclass
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any, Final, NamedTuple

import numpy as np

from narrator.audio.loudness import power_to_db
from narrator.audio.portaudio import devices, reason
from narrator.errors import MicrophoneDenied, MicrophoneLost, NoMicrophone, SoundLost
from narrator.speech import Recording, Samples

RATES = (48_000, 44_100, 24_000)  # Hz, in the order of liking; a device may have its own besides
LEVEL_SECONDS = 0.05
LOOK_SECONDS = 0.02
# What the system keeps while the program is busy with something else.
BUFFER_SECONDS = 0.5
# A wireless headset takes seconds to begin; a sound server once was silent for 1.7 s under load.
PATIENCE_SECONDS = 4.0
PAUSE_SECONDS = 0.3  # after which another microphone may have taken the place of the first
# How far sound and clock may part: 2 %, more at the very beginning, as sound comes in pieces. The
# limit is what a buffer that ran over leaves out, however long the take.
EVEN_SHARE, EVEN_SECONDS, UNEVEN_SECONDS = 0.02, 0.1, 0.3
FULL_SCALE = 0.99  # converters and drivers stop at or a little below 1
# Parts of names, in lower case, of sources that give what the machine itself plays: of sound
# servers, of Windows' mixers in some of its languages, of drivers made for it.
PLAYBACK_NAMES = (
    ".monitor",
    "monitor of",
    "loopback",
    "stereo mix",
    "stereomix",
    "mixage stéréo",
    "mezcla estéreo",
    "what u hear",
    "wave out mix",
    "blackhole",
    "soundflower",
    "virtual cable",
    "cable output",
    "voicemeeter",
)
# ALSA's words, WASAPI's code (E_ACCESSDENIED), and what MME says to a program that Windows' privacy
# settings keep out.
DENIED = ("denied", "not permitted", "-2147024891", "undefined external error")

_SEAL: Final = object()


class Level(NamedTuple):
    """How loud 50 ms were. peak_db, rms_db: dBFS, at least -120. clipped: reached full scale."""

    peak_db: float
    rms_db: float
    clipped: bool


@dataclass(frozen=True, eq=False)
class Take:
    """What a microphone heard without a gap; `record` alone makes one.

    recording: mono, at the rate of the device. began: UTC. device: the system's name for it.
    """

    recording: Recording
    began: datetime
    device: str
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("a Take comes from microphone.record alone")


Listen = Callable[..., Take]  # `record`, or what stands for it


def record(
    *,
    stop: threading.Event,
    longest: float,
    on_level: Callable[[Level], None] | None = None,
) -> Take:
    """Record on the default microphone until `stop` is set or for `longest` seconds of sound.

    Blocks the calling thread, and calls `on_level` in it for every 50 ms. `stop` works within
    0.1 s, also before any sound has come, which gives an empty take. Raises NoMicrophone when there
    is none or it gives what the machine plays, MicrophoneDenied, MicrophoneLost when it goes away
    or another takes its place, and SoundLost when the sound has gaps.
    """
    with devices(NoMicrophone) as portaudio:
        name = _default_name(portaudio)
        if any(part in name.lower() for part in PLAYBACK_NAMES):
            raise NoMicrophone(f"“{name}” gives what the computer plays")
        with _open(portaudio) as stream:
            line = _Line(portaudio, stream, name, on_level)
            while line.seconds < longest and not stop.wait(LOOK_SECONDS):
                line.look()
            return line.take(longest)


class _Line:
    """The sound that has come from one stream, piece by piece, and when.

    It looks for sound at short intervals: a read that waits could wait for ever on a lost device.
    """

    def __init__(
        self,
        portaudio: ModuleType,
        stream: Any,
        name: str,
        on_level: Callable[[Level], None] | None,
    ) -> None:
        self._portaudio = portaudio
        self._stream = stream
        self._name = name
        self._rate: int = round(stream.samplerate)
        self._meter = _Meter(self._rate, on_level)
        self._pieces = [np.zeros(0, dtype=np.float32)]
        self._count = self._first_count = 0
        self._began = datetime.now(UTC)
        self._first = self._last = time.monotonic()

    @property
    def seconds(self) -> float:
        return self._count / self._rate

    def look(self) -> None:
        """Take what there is. Raises MicrophoneLost or SoundLost."""
        try:
            available = self._stream.read_available
            block, overflowed = self._stream.read(available) if available else (None, False)
        except self._portaudio.PortAudioError as error:
            raise MicrophoneLost(self.seconds) from error
        if overflowed:
            raise SoundLost(self.seconds)
        now = time.monotonic()
        if block is None:
            if now - self._last > PATIENCE_SECONDS:
                raise MicrophoneLost(self.seconds)
            return
        if not self._count:
            self._first, self._first_count = now, available
            self._began = datetime.now(UTC) - timedelta(seconds=available / self._rate)
        elif now - self._last > PAUSE_SECONDS:
            self._require_same_microphone()
        self._last = now
        self._count += available
        self._pieces.append(block.mean(axis=1, dtype=np.float32))  # (frames, channels)
        self._meter.push(self._pieces[-1])

    def take(self, longest: float) -> Take:
        """Give what came as one take. Raises MicrophoneLost, SoundLost or MicrophoneDenied."""
        self._require_same_microphone()
        self._require_even()
        samples = np.concatenate(self._pieces)[: round(longest * self._rate)]
        if sys.platform == "darwin" and len(samples) and not samples.any():
            raise MicrophoneDenied("it lets through nothing but silence")  # as macOS refuses
        return Take(Recording(samples, self._rate), self._began, self._name, seal=_SEAL)

    def _require_same_microphone(self) -> None:
        """A sound server goes on with another source, the monitor even, when one goes away."""
        try:
            is_same = _default_name(self._portaudio) == self._name
        except NoMicrophone as error:
            raise MicrophoneLost(self.seconds) from error
        if not is_same:
            raise MicrophoneLost(self.seconds)

    def _require_even(self) -> None:
        """As much sound as time: then nothing was left out and nothing put in."""
        given = (self._count - self._first_count) / self._rate
        passed = self._last - self._first
        if abs(given - passed) > min(EVEN_SECONDS + EVEN_SHARE * passed, UNEVEN_SECONDS):
            raise SoundLost(self.seconds)


class _Meter:
    """Cut the sound into steps of 50 ms and tell the level of each."""

    def __init__(self, rate: int, on_level: Callable[[Level], None] | None) -> None:
        self._length = round(rate * LEVEL_SECONDS)
        self._tell = on_level
        self._rest = np.zeros(0, dtype=np.float32)

    def push(self, samples: Samples) -> None:
        sound = np.concatenate([self._rest, samples])
        whole = len(sound) // self._length * self._length
        self._rest = sound[whole:]
        if self._tell:
            for step in sound[:whole].reshape(-1, self._length):
                self._tell(level_of(step))


def level_of(samples: Samples) -> Level:
    """Give the level of a stretch (n,), n > 0."""
    peak = float(np.max(np.abs(samples)))
    mean = float(np.mean(np.square(samples, dtype=np.float64)))
    return Level(power_to_db(peak**2), power_to_db(mean), peak >= FULL_SCALE)


@contextmanager
def _open(portaudio: ModuleType) -> Iterator[Any]:
    """Give a running stream of the first settings that the device takes."""
    refusal: Exception | None = None
    for rate, channels in _settings(portaudio):
        try:
            stream = portaudio.InputStream(
                samplerate=rate, channels=channels, dtype="float32", latency=BUFFER_SECONDS
            )
        except portaudio.PortAudioError as error:
            refusal = error
            continue
        break
    else:
        raise _refused(refusal) from refusal
    try:
        stream.start()
    except portaudio.PortAudioError as error:
        stream.close()
        raise _refused(error) from error
    with stream:
        yield stream


def _settings(portaudio: ModuleType) -> Iterator[tuple[int, int]]:
    """Give rates and channels to try: mono first, then as many as the device insists on."""
    own = portaudio.query_devices(kind="input")
    for channels in dict.fromkeys((1, min(2, own["max_input_channels"]))):
        for rate in dict.fromkeys((*RATES, int(own["default_samplerate"]))):
            yield rate, channels


def _refused(error: Exception | None) -> MicrophoneDenied | NoMicrophone:
    said = " ".join(str(part) for part in error.args).lower() if error else ""
    word = reason(error) if error else ""
    return MicrophoneDenied(word) if any(sign in said for sign in DENIED) else NoMicrophone(word)


def _default_name(portaudio: ModuleType) -> str:
    """Give the system's name for its microphone; raises NoMicrophone."""
    try:
        name = str(portaudio.query_devices(kind="input")["name"])
    except portaudio.PortAudioError as error:
        raise NoMicrophone("the system knows none") from error
    return _source_of_server() or name


def _source_of_server() -> str | None:
    """Ask PulseAudio or PipeWire for its default source, which PortAudio calls "default"."""
    if not shutil.which("pactl"):
        return None
    command = ["pactl", "get-default-source"]
    try:
        asked = subprocess.run(command, capture_output=True, text=True, check=False, timeout=5)
    except subprocess.TimeoutExpired as error:
        raise NoMicrophone("the sound server does not answer") from error
    return asked.stdout.strip() or None
