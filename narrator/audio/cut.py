"""Cut marked sound: into short pieces, or away from its beginning."""

from collections.abc import Iterable, Iterator

import numpy as np

from narrator.audio.watermark.marked import MarkedAudio, derive

PIECE_SECONDS = 0.05  # so short that a pause or a stop between two pieces is heard at once
RAMP_SECONDS = 0.005  # where speech is cut into, so that it does not click


def pieces(block: MarkedAudio) -> Iterator[MarkedAudio]:
    """Give a block in pieces of 50 ms at most."""
    length = round(block.rate * PIECE_SECONDS)
    for start in range(0, len(block.samples), length):
        yield derive(block, block.samples[start : start + length])


def from_second(blocks: Iterable[MarkedAudio], seconds: float) -> Iterator[MarkedAudio]:
    """Give the stream without its first `seconds`; it then begins softly."""
    stream = iter(blocks)
    left = seconds
    for block in stream:
        if block.seconds > left:
            yield block if left <= 0 else _softly(block, round(left * block.rate))
            break
        left -= block.seconds
    yield from stream


def _softly(block: MarkedAudio, first: int) -> MarkedAudio:
    samples = block.samples[first:].copy()
    length = min(len(samples), round(RAMP_SECONDS * block.rate))
    samples[:length] *= np.linspace(0, 1, length, dtype=np.float32)
    return derive(block, samples)
