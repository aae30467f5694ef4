"""The one door from synthetic speech to sound: `mark` puts the watermark in and gives MarkedAudio.

No player and no writer takes anything but MarkedAudio, and only this module makes it: `mark`;
`as_stored`, for the rounding to 16 bit; `reopen`, for a stored segment whose keyed digest is right;
`derive`, for what the audio room makes of marked sound; `unspoken`, for room tone too quiet to hold
speech. The mark is log-spectral spread spectrum: gains of 0.1 to 6 dB, smaller in louder cells,
signed by keyed patterns, in cells of 100 ms and 100 or 200 Hz. The phase is untouched, digital
silence stays silent. It is not proof against somebody who sets out to remove it; a missing mark
means nothing.
"""

import hmac
import json
import logging
import math
from dataclasses import InitVar, dataclass
from functools import cache
from hashlib import blake2b
from typing import Final

import numpy as np
from numpy.typing import NDArray

from narrator.audio.watermark.grid import (
    FORMAT,
    KEY_BYTES,
    PERIOD,
    PRIVATE_PERIODS,
    SLOT,
    VoiceKind,
    chips_to_write,
    stream,
)
from narrator.audio.watermark.payload import encode
from narrator.audio.watermark.search import Piece, best_peak
from narrator.audio.watermark.write import QUIET_PEAK, STRONG, write_mark
from narrator.errors import MarkFailed
from narrator.speech import SAMPLE_RATE, Audio, Samples, read_only

SELF_TEST_SCORE = 7.2  # by chance once in a million files of ten seconds
PEAK_LIMIT = 10 ** (-3 / 20)  # the mark raises the loud cells, which make the peaks, by less

_SEAL: Final = object()
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Mark:
    """What the watermark in a sound says.

    payload: 32 bits, readable with the key of this installation. slot: the absolute slot of 100 ms
    that the sound begins with. score: sigma with which the mark was found again right after
    marking.
    """

    kind: VoiceKind
    payload: int
    slot: int
    score: float


@dataclass(frozen=True, eq=False)
class MarkedAudio:
    """Sound that may be played and written, because it carries the mark.

    samples: float32 (n,), read-only. rate: Hz. Raises TypeError when made outside this module.
    """

    samples: Samples
    rate: int
    mark: Mark
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("MarkedAudio comes from watermark.mark and its like alone")
        object.__setattr__(self, "samples", read_only(self.samples))

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.samples) / self.rate

    @property
    def is_weak(self) -> bool:
        """Whether the mark was found less surely than in speech of ordinary loudness."""
        return self.mark.score < STRONG * math.sqrt(self.seconds)


def mark(
    audio: Audio,
    *,
    key: bytes,
    kind: VoiceKind = VoiceKind.STOCK,
    payload: int = 0,
    slot: int = 0,
) -> MarkedAudio:
    """Put both layers of the watermark into a sentence and look for them again.

    The sound is padded with silence to whole slots of 100 ms; a peak above -3 dBFS is first turned
    down to it, with the whole sentence. A mark that stays weak is kept (`is_weak`). key: the 32
    bytes of this installation. slot: the absolute slot to begin with; a sentence that goes on where
    the one before ended makes both easier to find.
    Raises MarkFailed when the sound is empty, not finite or takes no mark at all, or the key is no
    key, or `self_test` fails; ValueError when rate, payload or slot are out of range. Either way no
    sound leaves.
    """
    self_test()
    return _marked(audio, key=key, kind=kind, payload=payload, slot=slot)


@cache
def self_test() -> None:
    """Mark three seconds of fixed noise and find the mark again; done once, before the first mark.

    Raises MarkFailed when it is not found, each time: then nothing can be spoken here.
    """
    noise = np.random.default_rng(2).standard_normal(3 * SAMPLE_RATE)
    hz = np.fft.rfftfreq(len(noise), 1 / SAMPLE_RATE)
    muffled = np.fft.irfft(np.fft.rfft(noise) / np.maximum(hz, 100))  # as voices are
    sound = Audio(0.3 * muffled / np.max(np.abs(muffled)))
    kind = VoiceKind.REPLICA
    made = _marked(sound, key=bytes(KEY_BYTES), kind=kind, payload=0, slot=0)
    found = best_peak(Piece(made.samples))
    if (found.kind, found.phase) != (kind, 0) or not found.z >= SELF_TEST_SCORE:
        raise MarkFailed(f"its own trial was not found again ({found.z:.1f} sigma)")


def _marked(audio: Audio, *, key: bytes, kind: VoiceKind, payload: int, slot: int) -> MarkedAudio:
    if audio.rate != SAMPLE_RATE or slot < 0:
        raise ValueError(f"a mark wants {SAMPLE_RATE} Hz and slot >= 0, not {audio.rate}, {slot}")
    if len(key) != KEY_BYTES:
        raise MarkFailed(f"the key has {len(key)} bytes instead of {KEY_BYTES}")
    first = slot % (PRIVATE_PERIODS * PERIOD)
    block = _whole_slots(audio.samples)
    chips = chips_to_write(kind, key, encode(payload), first, len(block) // SLOT)
    samples, score = write_mark(block, chips)
    made = Mark(kind, payload, first, round(score, 2))
    return MarkedAudio(samples, SAMPLE_RATE, made, seal=_SEAL)


def derive(marked: MarkedAudio, samples: Samples, rate: int | None = None) -> MarkedAudio:
    """Keep the mark on what was made of marked sound: gain, fade, cut, join, another rate.

    For the audio room alone, which changes how marked sound is heard and never what is said: the
    samples must come from marked sound and room tone. A join bears the mark of `marked`.
    Raises MarkFailed when the samples are not finite.
    """
    if not np.all(np.isfinite(samples)):
        raise MarkFailed("the sound holds values that are no numbers")
    return MarkedAudio(samples, rate or marked.rate, marked.mark, seal=_SEAL)


def unspoken(samples: Samples, rate: int) -> MarkedAudio:
    """Let room tone through for pauses, without a mark: there is no speech in it to mark.

    This is no way around the mark. Above a peak of -50 dBFS nothing passes; speech turned down so
    far would have to be turned up again to be of use, which `derive` alone could do, and there the
    gain follows the speech that the pause stands beside.
    Raises ValueError above that peak, or when a sample is not finite.
    """
    peak = float(np.max(np.abs(samples), initial=0.0))
    if not peak <= QUIET_PEAK:
        raise ValueError(f"room tone peaks at {peak:.5f}, speech would begin at {QUIET_PEAK:.5f}")
    return MarkedAudio(samples, rate, Mark(VoiceKind.STOCK, 0, 0, 0.0), seal=_SEAL)


def to_pcm(samples: Samples) -> NDArray[np.int16]:
    """Give the 16-bit values as which marked sound is stored; /32768 undoes it."""
    whole = samples * np.float32(32768)
    np.rint(whole, out=whole)
    pcm: NDArray[np.int16] = np.clip(whole, -32768, 32767, out=whole).astype(np.int16)
    return pcm


def as_stored(marked: MarkedAudio) -> MarkedAudio:
    """Give marked sound as its 16-bit values hold it: storing that loses nothing."""
    samples = to_pcm(marked.samples).astype(np.float32) / np.float32(32768)
    return MarkedAudio(samples, marked.rate, marked.mark, seal=_SEAL)


def seal_digest(marked: MarkedAudio, extra: bytes, key: bytes) -> str:
    """Give the keyed digest that lets `reopen` trust a stored segment.

    It covers the 16-bit samples (`to_pcm`), rate and mark, and `extra`, what else stands beside
    them (the timings as JSON). key: of this installation.
    """
    return _digest(marked.samples, marked.rate, marked.mark, extra, key)


def reopen(
    samples: Samples, rate: int, mark: Mark, digest: str, extra: bytes, key: bytes
) -> MarkedAudio:
    """Give stored sound back as MarkedAudio, when its digest says that it is what was stored.

    Raises MarkFailed when samples, rate, mark, extra or key are not those of `seal_digest`.
    """
    expected = _digest(samples, rate, mark, extra, key)
    if not hmac.compare_digest(expected.encode(), digest.encode()):
        raise MarkFailed("the stored speech is not what was stored")
    return MarkedAudio(samples, rate, mark, seal=_SEAL)


def _digest(samples: Samples, rate: int, mark: Mark, extra: bytes, key: bytes) -> str:
    facts = [FORMAT, rate, mark.kind.value, mark.payload, mark.slot, mark.score, len(samples)]
    digest = blake2b(key=stream(key, "segment", 32), digest_size=32)
    digest.update(json.dumps(facts).encode() + b"\n")
    digest.update(to_pcm(samples).astype("<i2", copy=False).tobytes())
    digest.update(extra)
    return digest.hexdigest()


def _whole_slots(samples: Samples) -> Samples:
    peak = float(np.max(np.abs(samples), initial=0.0))
    if not np.isfinite(peak) or not len(samples):
        raise MarkFailed("the sound is empty or holds values that are no numbers")
    block = np.zeros(-(-len(samples) // SLOT) * SLOT, dtype=np.float32)
    block[: len(samples)] = samples
    if peak > PEAK_LIMIT:
        _log.info("sentence turned down by %.1f dB for the mark", 20 * np.log10(peak / PEAK_LIMIT))
        block *= np.float32(PEAK_LIMIT / peak)
    return block
