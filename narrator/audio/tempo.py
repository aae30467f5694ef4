"""Change how fast sound goes by, as a stream, and leave its pitch as it is."""

import math
from typing import TYPE_CHECKING

import numpy as np

from narrator.audio.watermark.marked import MarkedAudio, derive
from narrator.speech import Samples

if TYPE_CHECKING:
    from av.filter import Graph

SLOWEST, FASTEST = 0.5, 3.0
BLENDED = 2.0  # beyond this factor ffmpeg's filter skips samples, so two of them share the work


class Tempo:
    """One stream at one rate, `factor` times as fast: `push` its blocks, then `finish`.

    At the factor 1 the blocks pass as they are. Otherwise some 40 ms stay in the filter, and the
    watermark need not be found any more. Raises ValueError for a factor outside 0.5 to 3.
    """

    def __init__(self, factor: float) -> None:
        if not SLOWEST <= factor <= FASTEST:
            raise ValueError(f"a tempo goes from {SLOWEST} to {FASTEST}, not to {factor}")
        self.factor = factor
        self._graph: Graph | None = None
        self._last: MarkedAudio | None = None
        self._taken = 0

    def push(self, block: MarkedAudio) -> MarkedAudio:
        """Take the next block and give what is ready; ValueError when it has another rate."""
        if self.factor == 1 or not len(block.samples):
            return block
        from av import AudioFrame

        if self._last and self._last.rate != block.rate:
            raise ValueError(f"a block at {block.rate} Hz in a stream at {self._last.rate} Hz")
        self._graph = self._graph or _graph(self.factor, block.rate)
        self._last = block
        frame = AudioFrame.from_ndarray(block.samples[np.newaxis], format="flt", layout="mono")
        frame.sample_rate = block.rate
        frame.pts = self._taken
        self._taken += len(block.samples)
        self._graph.push(frame)
        return derive(block, _ready(self._graph))

    def finish(self) -> MarkedAudio | None:
        """Give the rest, None where there is none; nothing can be pushed afterwards."""
        if self._graph is None or self._last is None:
            return None
        self._graph.push(None)
        return derive(self._last, _ready(self._graph))


def _graph(factor: float, rate: int) -> "Graph":
    from av.filter import Graph

    graph = Graph()
    last = graph.add_abuffer(format="flt", sample_rate=rate, layout="mono")
    steps = 2 if factor > BLENDED else 1
    for _ in range(steps):
        step = graph.add("atempo", repr(math.pow(factor, 1 / steps)))
        last.link_to(step)
        last = step
    last.link_to(graph.add("abuffersink"))
    graph.configure()
    return graph


def _ready(graph: "Graph") -> Samples:
    from av.error import BlockingIOError, EOFError

    made: list[Samples] = [np.zeros(0, dtype=np.float32)]
    while True:
        try:
            frame = graph.pull()
        except (BlockingIOError, EOFError):
            return np.concatenate(made)
        made.append(frame.to_ndarray()[0])
