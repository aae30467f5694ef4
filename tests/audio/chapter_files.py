"""Chapter files for tests: noise bursts as loud as speech between two stretches of room tone."""

from pathlib import Path

import lameenc
import numpy as np

from narrator.audio.loudness import db_to_factor

RATE = 44_100


def chapter(
    *,
    db: float = -20.0,
    tone_db: float = -70.0,
    head: float = 1.0,
    tail: float = 2.0,
    seconds: float = 6.0,
    rate: int = RATE,
    channels: int = 1,
    peak: float = 0.0,
) -> np.ndarray:
    """Give float32 (n, channels) whose RMS over all is about `db`. peak: of one click, if any."""
    rng = np.random.default_rng(0)
    count = [round(part * rate) for part in (head, seconds, tail)]
    spoken = np.zeros(sum(count))
    bursts = np.repeat(np.arange(int(seconds * 8)) % 8 != 7, rate // 8)[: count[1]]
    spoken[count[0] : count[0] + len(bursts)] = bursts * rng.uniform(-1, 1, len(bursts))
    spoken *= db_to_factor(db) / np.sqrt(np.mean(np.square(spoken)))
    spoken += rng.normal(0, db_to_factor(tone_db), len(spoken))
    if peak:
        spoken[count[0] + rate : count[0] + rate + 40] = peak
    return np.repeat(spoken.clip(-1, 1)[:, None], channels, axis=1).astype(np.float32)


def mp3(samples: np.ndarray, *, rate: int = RATE, kbps: int = 192) -> bytes:
    """Encode (n, channels) at a constant bit rate."""
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(kbps)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(samples.shape[1])
    encoder.set_quality(7)
    return bytes(encoder.encode((samples * 32_767).astype("<i2").tobytes())) + bytes(
        encoder.flush()
    )


def written(path: Path, *, kbps: int = 192, rate: int = RATE, **shape: float) -> Path:
    """Write a chapter as MP3."""
    path.write_bytes(mp3(chapter(rate=rate, **shape), rate=rate, kbps=kbps))  # type: ignore[arg-type]
    return path
