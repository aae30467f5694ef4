"""Play marked sound on the machine's sound card."""

import threading
from collections.abc import Callable, Iterable
from contextlib import ExitStack, closing
from itertools import chain
from types import ModuleType

import numpy as np

from narrator.audio.cut import pieces
from narrator.audio.encode import require_marked
from narrator.audio.portaudio import devices, reason
from narrator.audio.resample import Resampler
from narrator.audio.watermark.marked import MarkedAudio
from narrator.errors import NoOutputDevice
from narrator.speech import SAMPLE_RATE, Samples

# Asked of the system: what is in its buffer still sounds after a pause, and bridges what keeps the
# player from writing.
LATENCY_SECONDS = 0.12
# Of silence at the end: a sound server drops what it has not played when the stream is closed.
TAIL_SECONDS = 0.2


class Speaker:
    """The machine's default output, opened and ready for marked sound at `rate`.

    latency: seconds from a write to the ear, once the buffer is full. A device that refuses the
    rate gets its own. Used by one thread. Raises NoOutputDevice when nothing can be played here,
    and later when the device is lost.
    """

    def __init__(self, rate: int = SAMPLE_RATE) -> None:
        with ExitStack() as opened:
            self._device = opened.enter_context(devices(NoOutputDevice))
            try:
                self._rate = _accepted_rate(self._device, rate)
                self._stream = self._device.OutputStream(
                    samplerate=self._rate, channels=1, dtype="float32", latency=LATENCY_SECONDS
                )
                opened.callback(self._stream.close)
                self._stream.start()
            except self._device.PortAudioError as error:
                raise NoOutputDevice(reason(error)) from error
            self._opened = opened.pop_all()
        self._from_rate = rate
        self._resampler = Resampler(rate, self._rate)
        self.latency = float(self._stream.latency)

    def write(self, block: MarkedAudio) -> None:
        """Play the next block; waits for room in the buffer. ValueError at another rate."""
        require_marked(block)
        if block.rate != self._from_rate:
            raise ValueError(f"a block at {block.rate} Hz in a stream at {self._from_rate} Hz")
        self._put(self._resampler.push(block.samples))

    def finish(self) -> None:
        """Wait until all is heard; what is written next begins anew."""
        tail = np.zeros(round(self._rate * TAIL_SECONDS), dtype=np.float32)
        self._put(np.concatenate([self._resampler.finish(), tail]))
        self._end(self._stream.stop)

    def drop(self) -> None:
        """Be silent at once: what is written and not heard yet is not heard any more."""
        self._end(self._stream.abort)

    def close(self) -> None:
        """Let go of the device."""
        self._opened.close()

    def _put(self, samples: Samples) -> None:
        try:
            if self._stream.stopped:
                self._stream.start()
            if len(samples):
                self._stream.write(np.ascontiguousarray(samples))
        except self._device.PortAudioError as error:
            raise NoOutputDevice(reason(error)) from error

    def _end(self, way: Callable[[], None]) -> None:
        self._resampler = Resampler(self._from_rate, self._rate)
        try:
            way()
        except self._device.PortAudioError as error:
            raise NoOutputDevice(reason(error)) from error


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
    with closing(Speaker(first.rate)) as speaker:
        for block in chain([first], stream):
            require_marked(block)
            for piece in pieces(block):
                if stop and stop.is_set():
                    speaker.drop()
                    return
                speaker.write(piece)
        speaker.finish()


def _accepted_rate(device: ModuleType, rate: int) -> int:
    own = int(device.query_devices(kind="output")["default_samplerate"])
    try:
        device.check_output_settings(samplerate=rate, channels=1, dtype="float32")
    except device.PortAudioError:
        return own
    return rate
