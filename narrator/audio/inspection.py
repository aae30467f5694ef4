"""Every technical figure of a sound file: loudness, room tone, coding, bit rate, labels."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from narrator.audio.decode import open_channels
from narrator.audio.loudness import Loudness, measure
from narrator.audio.mp3 import KBPS
from narrator.errors import UnreadableAudio
from narrator.speech import Samples

if TYPE_CHECKING:
    from av import AudioStream, Packet

STEPS_PER_SECOND = 100  # in which head and tail are counted
LONGEST_EDGE_SECONDS = 60  # of head and tail that are looked at
# What counts as speech: this far above the noise floor, and no further below the RMS than the first
# where the floor is deep, no nearer than the second where all is floor.
ABOVE_FLOOR_DB, BELOW_RMS_DB = 12.0, (32.0, 6.0)
CLICK_STEPS = 3  # a shorter sound is a click and no speech
# Headers 1 to 14 of layer III at the lower rates of MPEG-2; ISO/IEC 13818-3, 2.4.2.3.
LOW_KBPS = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
MPEG_1 = 3
LABELS = ("AI_GENERATED", "VOICE_TYPE")
CODINGS = {"mp3": "MP3", "aac": "AAC", "opus": "Opus", "flac": "FLAC", "vorbis": "Vorbis"}


class Coding(NamedTuple):
    """How the sound is stored. name: "MP3", "AAC", "PCM" and the like.

    kbps: of the sound alone, in kbit/s, the mean where it varies. constant: whether each frame has
    this bit rate; None where the coding does not tell.
    """

    name: str
    kbps: float
    constant: bool | None


@dataclass(frozen=True)
class FileFigures:
    """The technical figures of a sound file, measured in what a player would play.

    head, tail: seconds of room tone before the first sound and after the last, up to 60. rate: Hz.
    labels: what its tags say of a synthetic voice, by name; those that it does not have are absent.
    """

    path: Path
    loudness: Loudness
    head: float
    tail: float
    rate: int
    channels: int
    coding: Coding
    labels: dict[str, str]


def inspect_file(path: Path) -> FileFigures:
    """Measure a sound file of any length, as a stream. Raises UnreadableAudio."""
    sound = open_channels(path)
    edges = _Edges(sound.rate)
    loudness = measure(_watched(path, sound.blocks, edges), sound.rate, sound.channels)
    if not loudness.seconds:
        raise UnreadableAudio(path, "there is no sound in it")
    lowest, highest = (loudness.rms - below for below in BELOW_RMS_DB)
    speech = min(max(loudness.noise_floor + ABOVE_FLOOR_DB, lowest), highest)
    coding, labels = _stored(path, loudness.seconds)
    return FileFigures(
        path=path,
        loudness=loudness,
        head=edges.head(speech),
        tail=edges.tail(speech),
        rate=sound.rate,
        channels=sound.channels,
        coding=coding,
        labels=labels,
    )


class _Edges:
    """The powers of the first and the last minute, in steps of 10 ms."""

    def __init__(self, rate: int) -> None:
        self._step = max(1, round(rate / STEPS_PER_SECOND))
        self._seconds = self._step / rate
        longest = LONGEST_EDGE_SECONDS * STEPS_PER_SECOND
        self._first: list[float] = []
        self._last: deque[float] = deque(maxlen=longest)
        self._longest = longest
        self._rest = np.zeros(0, dtype=np.float64)

    def add(self, block: Samples) -> None:
        """Take the next sound, (n, channels)."""
        powers = np.concatenate([self._rest, np.square(block, dtype=np.float64).mean(axis=1)])
        whole = len(powers) // self._step * self._step
        self._rest = powers[whole:]
        steps = powers[:whole].reshape(-1, self._step).mean(axis=1).tolist()
        self._first += steps[: self._longest - len(self._first)]
        self._last.extend(steps)

    def head(self, speech_db: float) -> float:
        """Give the seconds before the first sound above `speech_db` that is no click."""
        return self._quiet_steps(self._first, speech_db) * self._seconds

    def tail(self, speech_db: float) -> float:
        """Give the seconds after the last one."""
        return self._quiet_steps(list(self._last)[::-1], speech_db) * self._seconds

    def _quiet_steps(self, powers: list[float], speech_db: float) -> int:
        loud = np.array(powers) > 10 ** (speech_db / 10)
        together = np.convolve(loud, np.ones(CLICK_STEPS), mode="valid") == CLICK_STEPS
        return int(np.argmax(together)) if together.any() else len(powers)


def _watched(path: Path, blocks: Iterator[Samples], edges: _Edges) -> Iterator[Samples]:
    for block in blocks:
        if not np.isfinite(block).all():
            raise UnreadableAudio(path, "it holds numbers that are no sound")
        edges.add(block)
        yield block


def _stored(path: Path, seconds: float) -> tuple[Coding, dict[str, str]]:
    """Give how the sound is stored, by a look at each packet, and the labels."""
    import av

    try:
        with av.open(path) as container:
            stream = container.streams.audio[0]
            name = stream.codec_context.codec.canonical_name
            said = {
                key.upper(): text for key, text in (container.metadata | stream.metadata).items()
            }
            labels = {label: said[label] for label in LABELS if label in said}
            packets = container.demux(stream)
            return (
                _mp3(packets, seconds) if name == "mp3" else _other(name, packets, seconds)
            ), labels
    except (av.FFmpegError, OSError, IndexError) as error:
        raise UnreadableAudio(path, "it is no sound file that can be looked into") from error


def _mp3(packets: "Iterator[Packet[AudioStream]]", seconds: float) -> Coding:
    """Read the bit rate in each frame's header (ISO/IEC 11172-3, 2.4.1.3)."""
    size, found = 0, set[int]()
    for packet in packets:
        if packet.size:
            header = bytes(packet)[:3]
            table = KBPS if header[1] >> 3 & 3 == MPEG_1 else LOW_KBPS
            found.add(((0, *table, 0))[header[2] >> 4])
            size += packet.size
    constant = len(found) == 1 and found != {0}
    return Coding("MP3", float(found.pop()) if constant else _kbps(size, seconds), constant)


def _other(name: str, packets: "Iterator[Packet[AudioStream]]", seconds: float) -> Coding:
    size = sum(packet.size for packet in packets)
    if name.startswith("pcm_"):
        return Coding("PCM", _kbps(size, seconds), True)
    return Coding(CODINGS.get(name, name), _kbps(size, seconds), None)


def _kbps(size: int, seconds: float) -> float:
    return size * 8 / seconds / 1000
