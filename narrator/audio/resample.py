"""Change the sample rate of mono sound as a stream, without clicks where its blocks meet."""

from collections.abc import Iterable, Iterator

import numpy as np

from narrator.audio.watermark.marked import MarkedAudio, derive
from narrator.speech import Samples

PIECE = 9600  # samples; more at once are no faster, a quarter of them takes half as long again


class Resampler:
    """One stream from one rate to another: `push` blocks of any length, then `finish`.

    The output is aligned with the input and as long to the sample: round(n * to_rate / from_rate).
    """

    def __init__(self, from_rate: int, to_rate: int) -> None:
        if from_rate <= 0 or to_rate <= 0:
            raise ValueError(f"rates must be positive, not {from_rate} and {to_rate}")
        from av.audio.resampler import AudioResampler

        self.from_rate = from_rate
        self.to_rate = to_rate
        self._filter = AudioResampler(format="flt", layout="mono", rate=to_rate)
        self._taken = 0
        self._given = 0

    def push(self, samples: Samples) -> Samples:
        """Take the next samples and give those that are ready; the filter keeps back about 16."""
        if not len(samples) or self.from_rate == self.to_rate:
            return samples
        from av import AudioFrame

        block = np.ascontiguousarray(samples, dtype=np.float32)
        made: list[Samples] = []
        for start in range(0, len(block), PIECE):
            piece = block[np.newaxis, start : start + PIECE]
            frame = AudioFrame.from_ndarray(piece, format="flt", layout="mono")
            frame.sample_rate = self.from_rate
            made += [out.to_ndarray()[0] for out in self._filter.resample(frame)]
        self._taken += len(samples)
        return self._counted(made)

    def finish(self) -> Samples:
        """Give the rest; nothing can be pushed afterwards."""
        if not self._taken:
            return np.zeros(0, dtype=np.float32)
        rest = self._counted([out.to_ndarray()[0] for out in self._filter.resample(None)])
        whole = (2 * self._taken * self.to_rate + self.from_rate) // (2 * self.from_rate)
        excess = self._given - whole
        return np.pad(rest, (0, -excess)) if excess < 0 else rest[: len(rest) - excess]

    def _counted(self, blocks: list[Samples]) -> Samples:
        self._given += sum(len(block) for block in blocks)
        return np.concatenate([np.zeros(0, dtype=np.float32), *blocks])


def resample(blocks: Iterable[MarkedAudio], to_rate: int) -> Iterator[MarkedAudio]:
    """Give the stream at `to_rate`, block by block; ValueError when the blocks differ in rate."""
    stream: Resampler | None = None
    last: MarkedAudio | None = None
    for block in blocks:
        stream = stream or Resampler(block.rate, to_rate)
        if block.rate != stream.from_rate:
            raise ValueError(f"a block at {block.rate} Hz in a stream at {stream.from_rate} Hz")
        last = block
        yield derive(block, stream.push(block.samples), to_rate)
    if stream and last:
        yield derive(last, stream.finish(), to_rate)


def resampled(samples: Samples, from_rate: int, to_rate: int) -> Samples:
    """Give a whole array (n,) at another rate."""
    stream = Resampler(from_rate, to_rate)
    return np.concatenate([stream.push(samples), stream.finish()])
