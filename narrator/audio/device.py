"""Play marked sound on the machine's sound card."""

import threading
from collections.abc import Iterable, Iterator
from itertools import chain
from types import ModuleType

import numpy as np

from narrator.audio.encode import require_marked
from narrator.audio.portaudio import devices, reason
from narrator.audio.resample import resample
from narrator.audio.watermark import MarkedAudio
from narrator.errors import NoOutputDevice
from narrator.speech import Samples

STEP_SECONDS = 0.1  # between two looks at `stop`
# Of silence at the end: a sound server drops what it has not played when the stream is closed.
TAIL_SECONDS = 0.2


def play(blocks: Iterable[MarkedAudio], *, stop: threading.Event | None = None) -> None:
    """Play `blocks` to their end on the default device; blocks the calling thread.

    All blocks must have one rate, else ValueError; a device that refuses it gets its own. When
    `stop` is set, playing ends within a fraction of a second. Raises NoOutputDevice when nothing
    can be played here.
    """
    stream = iter(blocks)
    try:
        first = next(stream)
    except StopIteration:
        return
    require_marked(first)
    with devices(NoOutputDevice) as device:
        try:
            rate = _accepted_rate(device, first.rate)
            output = device.OutputStream(samplerate=rate, channels=1, dtype="float32")
        except device.PortAudioError as error:
            raise NoOutputDevice(reason(error)) from error
        with output:
            steps = _steps(resample(_marked(chain([first], stream)), rate))
            for step in chain(steps, [np.zeros(round(rate * TAIL_SECONDS), dtype=np.float32)]):
                if stop and stop.is_set():
                    output.abort()
                    return
                try:
                    output.write(step)
                except device.PortAudioError as error:
                    raise NoOutputDevice(reason(error)) from error


def _accepted_rate(device: ModuleType, rate: int) -> int:
    own = int(device.query_devices(kind="output")["default_samplerate"])
    try:
        device.check_output_settings(samplerate=rate, channels=1, dtype="float32")
    except device.PortAudioError:
        return own
    return rate


def _marked(blocks: Iterable[MarkedAudio]) -> Iterator[MarkedAudio]:
    for block in blocks:
        require_marked(block)
        yield block


def _steps(blocks: Iterable[MarkedAudio]) -> Iterator[Samples]:
    for block in blocks:
        length = round(block.rate * STEP_SECONDS)
        for start in range(0, len(block.samples), length):
            yield block.samples[start : start + length]
