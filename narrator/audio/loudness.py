"""How loud speech is, and the gain that makes it even from sentence to sentence."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.audio.watermark.marked import MarkedAudio, derive
from narrator.speech import Samples

TARGET_DB = -19.5  # RMS of the speech; with its pauses a chapter then lies near -20.5 dB
CEILING_DB = -3.5  # dBTP; MP3 coding adds up to 0.5
LARGEST_GAIN_DB = 18.0
FRAME_SECONDS = 0.05
GATE_DB = 20.0  # frames this far below the loudest half are pauses within the sentence
# Of speech, at which a sentence's own level counts as much as those before.
HALF_TRUST_SECONDS = 1.0
MEMORY_SECONDS = 30.0
OVERSAMPLING = 8  # twice that of BS.1770-4, annex 2, as it costs nothing where it is needed
TAPS = 16  # samples to either side that a value between them is interpolated from
# A tone at a quarter of the rate hides 3 dB between its samples; speech hides less.
BETWEEN = 2**0.5
MARGIN_DB = 0.2  # that the limiter stays below its ceiling, since coding adds to the peaks
ATTACK_MS, RELEASE_MS = 5, 50  # in which the limiter's gain falls and rises again
FLOOR_WINDOW_SECONDS = 0.5
SILENCE_DB = -120.0


class Loudness(NamedTuple):
    """The figures of a whole file. rms, sample_peak, noise_floor: dBFS. true_peak: dBTP.

    integrated: LUFS (ITU-R BS.1770-4); -inf where all is below its gate. noise_floor: RMS of the
    quietest half second.
    """

    integrated: float
    rms: float
    sample_peak: float
    true_peak: float
    noise_floor: float
    seconds: float


class Leveller:
    """Even sentences of one chapter, by one gain each; a peak over the ceiling is limited besides.

    A sentence is brought to `target_db` by a level that lies between its own and that of those
    before it: the more it says, the more its own counts. So long sentences come out even, a soft
    "Oh." stays softer than its neighbours, and what a reader's voice does within a sentence is left
    as it is.
    """

    def __init__(
        self,
        *,
        target_db: float = TARGET_DB,
        ceiling_db: float = CEILING_DB,
        gauge: "Callable[[Samples, int], SpeechLevel] | None" = None,
    ) -> None:
        self.target_db = target_db
        self.ceiling_db = ceiling_db
        self._gauge = gauge or speech_rms
        self._usual_db: float | None = None
        self._heard_seconds = 0.0

    def level(self, audio: MarkedAudio) -> MarkedAudio:
        """Give the next sentence at the level of the chapter, its peaks at or below the ceiling."""
        speech = self._gauge(audio.samples, audio.rate)
        if speech.seconds == 0:
            return audio
        gain_db = np.clip(self.target_db - self._level(speech), -LARGEST_GAIN_DB, LARGEST_GAIN_DB)
        louder = (audio.samples * db_to_factor(float(gain_db))).astype(np.float32)
        return derive(audio, limited(louder, audio.rate, self.ceiling_db))

    def _level(self, speech: "SpeechLevel") -> float:
        usual = speech.db if self._usual_db is None else self._usual_db
        trust = speech.seconds / (speech.seconds + HALF_TRUST_SECONDS)
        level = usual + trust * (speech.db - usual)
        self._heard_seconds = min(self._heard_seconds + speech.seconds, MEMORY_SECONDS)
        self._usual_db = usual + speech.seconds / self._heard_seconds * (speech.db - usual)
        return level


class SpeechLevel(NamedTuple):
    """How loud a sentence is, and how many seconds of it are speech."""

    db: float
    seconds: float


def measure(blocks: Iterable[Samples], rate: int, channels: int = 1) -> Loudness:
    """Measure a whole file, given as blocks (n,) or (n, channels), in bounded memory.

    RMS and noise floor are the mean power of all channels, peaks those of the loudest one. Source:
    ITU-R BS.1770-4 by libebur128; noise floor by the common method of audiobook checkers.
    """
    import pyebur128

    modes = pyebur128.MeasurementMode
    wanted = modes.MODE_I | modes.MODE_TRUE_PEAK | modes.MODE_HISTOGRAM
    meter = pyebur128.R128State(channels, rate, wanted)
    window = round(rate * FLOOR_WINDOW_SECONDS)
    energy, count, peak, floor = 0.0, 0, 0.0, np.inf
    rest = np.zeros(0, dtype=np.float64)
    for block in blocks:
        meter.add_frames(np.ascontiguousarray(block, dtype=np.float32).ravel(), len(block))
        powers = np.square(block.reshape(len(block), channels), dtype=np.float64).mean(axis=1)
        energy += float(powers.sum())
        count += len(block)
        peak = max(peak, float(np.max(np.abs(block), initial=0.0)))
        rest = np.concatenate([rest, powers])
        whole = len(rest) // window * window
        if whole:
            floor = min(floor, float(rest[:whole].reshape(-1, window).mean(axis=1).min()))
            rest = rest[whole:]
    mean = energy / count if count else 0.0
    true_peak = max(pyebur128.get_true_peak(meter, channel) for channel in range(channels))
    return Loudness(
        integrated=float(pyebur128.get_loudness_global(meter)),
        rms=power_to_db(mean),
        sample_peak=power_to_db(peak**2),
        true_peak=power_to_db(true_peak**2),
        noise_floor=power_to_db(min(floor, mean)),
        seconds=count / rate,
    )


def limited(samples: Samples, rate: int, ceiling_db: float) -> Samples:
    """Turn `samples` (n,) down around each peak above `ceiling_db` dBTP, and nowhere else.

    Peaks between the samples count as well (`true_peaks`). The gain falls before a peak and rises
    behind it along a cosine, so that no peak is cut and nothing clicks; where several are near, the
    deepest fall decides. What is nowhere near the ceiling is given back as it is.
    """
    # FFmpeg's limiter sees only samples: lifted to four times the rate for it, a book took a fifth
    # longer as a whole, and a sentence was heard up to 80 ms later.
    ceiling = db_to_factor(ceiling_db - MARGIN_DB)
    near = np.flatnonzero(np.abs(samples) > ceiling / BETWEEN)
    if not len(near):
        return samples
    peaks = true_peaks(samples, near)
    above = peaks > ceiling
    if not above.any():
        return samples
    before, shape = _fall(rate)
    falls = np.zeros(len(samples) + len(shape) - 1, dtype=np.float32)  # dB, from `before` ahead
    depths = 20 * np.log10(peaks[above] / ceiling)
    for place, depth in zip(near[above].tolist(), depths.astype(np.float32), strict=True):
        fall = falls[place : place + len(shape)]
        np.maximum(fall, depth * shape, out=fall)
    falls = falls[before : before + len(samples)]
    fallen = np.flatnonzero(falls > 0)  # numpy finds truths sixteen times as fast as numbers
    quieter = samples.copy()
    quieter[fallen] *= np.power(np.float32(10), falls[fallen] / -20)
    return quieter


def true_peaks(samples: Samples, places: NDArray[np.intp]) -> NDArray[np.float32]:
    """Give the highest of the sound within a sample to either side of each place, (places,).

    It is interpolated at `OVERSAMPLING` times the rate there, and nowhere else.
    """
    padded = np.pad(samples, TAPS)
    around = np.lib.stride_tricks.sliding_window_view(padded, 2 * TAPS + 1)[places]
    peaks: NDArray[np.float32] = np.abs(around @ _between()).max(axis=1)
    return peaks


@lru_cache
def _between() -> Samples:
    """Give what interpolates by a windowed sinc around the middle of 2 * TAPS + 1 samples."""
    aside = np.arange(1 - OVERSAMPLING, OVERSAMPLING) / OVERSAMPLING
    apart = np.arange(-TAPS, TAPS + 1)[:, np.newaxis] - aside  # (samples, places between)
    window = np.cos(np.pi / 2 * apart / (TAPS + 1)) ** 2
    return np.asarray(np.sinc(apart) * window, dtype=np.float32)


@lru_cache
def _fall(rate: int) -> tuple[int, Samples]:
    """Give the shape of the fall around a peak, 1 at the peak, and how many samples lie before."""
    before, behind = (round(rate * ms / 1000) for ms in (ATTACK_MS, RELEASE_MS))
    away = np.concatenate([np.arange(-before, 0) / before, np.arange(behind + 1) / behind])
    return before, ((1 + np.cos(np.pi * away)) / 2).astype(np.float32)


def speech_rms(samples: Samples, rate: int) -> SpeechLevel:
    """Give RMS, dBFS, and length of the frames that hold speech, leaving out pauses."""
    frame = round(rate * FRAME_SECONDS)
    whole = (
        np.resize(samples, 0) if len(samples) < frame else samples[: len(samples) // frame * frame]
    )
    frames = whole.reshape(-1, frame)
    powers = np.vecdot(frames, frames).astype(np.float64) / frame  # (frames,)
    loud = powers[powers >= np.median(powers[powers > 0])] if np.any(powers > 0) else powers[:0]
    if not len(loud):
        return SpeechLevel(SILENCE_DB, 0.0)
    spoken = powers[powers >= loud.mean() / 10 ** (GATE_DB / 10)]
    return SpeechLevel(power_to_db(float(spoken.mean())), len(spoken) * FRAME_SECONDS)


def speech_loudness(samples: Samples, rate: int) -> SpeechLevel:
    """Give the loudness of a sentence, LUFS (ITU-R BS.1770-4), as `speech_rms` gives its level.

    Below the 400 ms that loudness is measured in, the RMS stands for it.
    """
    import pyebur128

    speech = speech_rms(samples, rate)
    meter = pyebur128.R128State(1, rate, pyebur128.MeasurementMode.MODE_I)
    meter.add_frames(np.ascontiguousarray(samples, dtype=np.float32), len(samples))
    lufs = float(pyebur128.get_loudness_global(meter))
    return speech._replace(db=lufs) if np.isfinite(lufs) else speech


def power_to_db(power: float) -> float:
    """Give a mean square as dBFS, at least -120."""
    return max(10 * float(np.log10(power)), SILENCE_DB) if power > 0 else SILENCE_DB


def db_to_factor(db: float) -> float:
    """Give the factor on samples for a gain in dB."""
    return 10 ** (db / 20)
