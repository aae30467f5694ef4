"""Judge a recording of speech: how much of it, how loud, how clear; and read one from a file."""

from collections import deque
from enum import Enum
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.audio.decode import open_sound
from narrator.audio.loudness import SILENCE_DB, power_to_db
from narrator.audio.microphone import FULL_SCALE, LEVEL_SECONDS, Level
from narrator.errors import (
    RecordingClipped,
    RecordingTooNoisy,
    RecordingTooQuiet,
    RecordingTooShort,
    UnreadableAudio,
)
from narrator.speech import Recording, Samples

FRAMES_PER_SECOND = 50  # 20 ms: shorter than any phoneme that lasts, longer than a pitch period
# Rumble and the hum of the mains lie below, also as far as a frame this short spreads them. Old
# telephones and much noise reduction leave nothing above.
LOWEST_HZ, HIGHEST_HZ = 150.0, 7_000.0
FLOOR_SHARE = 0.05  # even a fast reader is silent for so much of the time
LOUD_SHARE = 0.95
OVER_FLOOR_DB = 9.0  # steady noise swings by less from frame to frame
# Softer frames are room and breath, also where a gate makes the pauses so silent that all else
# stands far above them.
UNDER_LOUD_DB = 35.0
WORD_GAP_SECONDS = 0.2  # closures of plosives and pauses between words belong to the speech
CLICK_SECONDS = 0.1  # what is shorter is no syllable
MARGIN_SECONDS = 0.2  # left at either end, for soft consonants

NEEDED_DB = -45.0  # below this, gain would bring up the noise of the microphone itself
NEEDED_SNR_DB = 15.0
MOST_CLIPPED = 0.05
LONGEST_SECONDS = 600

ADVICE_SECONDS = 3.0  # a reader's longest pause at a full stop is shorter
SPEAKING_SHARE = 0.1  # of that time is speech even then; knocks at the table are less
SOFT_DB = NEEDED_DB + 7.0  # advice comes before a refusal would
SOFT_STEADY_DB = 3.0  # a voice about that level gets one advice, not two in turn
LOUD_PEAK_DB = -1.5


class Quality(NamedTuple):
    """What a recording is like.

    speech_seconds: with the short gaps between words. onset_seconds: where the speech begins; the
    whole length where there is none. level_db: dBFS RMS of the speech, 150 to 7,000 Hz; of the
    loudest 5 % where there is no speech. snr_db: of the speech over what sounds in its pauses.
    clipped: share of the speech's frames of 20 ms that are cut off at full scale.
    """

    speech_seconds: float
    onset_seconds: float
    level_db: float
    snr_db: float
    clipped: float


class Advice(Enum):
    """What to tell the speaker about the level."""

    TOO_QUIET = "too quiet"
    GOOD = "good"
    TOO_LOUD = "too loud"


class Adviser:
    """Turn the levels of a running recording into advice that does not flicker.

    It looks back over 3 s: one peak at full scale is told for so long, and a pause for breath does
    not make the speech too quiet. The first 3 s get no such advice before the first word.
    """

    def __init__(self) -> None:
        self._levels: deque[Level] = deque(maxlen=round(ADVICE_SECONDS / LEVEL_SECONDS))
        self._advice = Advice.GOOD

    def advise(self, level: Level) -> Advice:
        """Take the level of the next 50 ms and give the advice that holds now."""
        self._levels.append(level)
        self._advice = self._of_last_seconds()
        return self._advice

    def _of_last_seconds(self) -> Advice:
        if any(level.clipped or level.peak_db > LOUD_PEAK_DB for level in self._levels):
            return Advice.TOO_LOUD
        if len(self._levels) < (self._levels.maxlen or 0):
            return Advice.GOOD
        loud = float(np.quantile([level.rms_db for level in self._levels], 1 - SPEAKING_SHARE))
        was_quiet = self._advice is Advice.TOO_QUIET
        is_quiet = loud < SOFT_DB + (SOFT_STEADY_DB if was_quiet else 0.0)
        return Advice.TOO_QUIET if is_quiet else Advice.GOOD


def inspect(recording: Recording) -> Quality:
    """Measure a recording of one person speaking; music and other voices count as speech too."""
    powers = _powers(recording)
    loud = powers > _threshold(powers)
    spoken = _spoken(loud)
    if not spoken.any():
        level = float(np.quantile(powers, LOUD_SHARE)) if len(powers) else 0.0
        seconds = len(recording.samples) / recording.rate
        return Quality(0.0, seconds, power_to_db(level), snr_db=0.0, clipped=0.0)
    level = float(powers[spoken & loud].mean())
    pauses = powers[~spoken & ~loud]
    noise = float(np.median(pauses) if len(pauses) else np.quantile(powers, FLOOR_SHARE))
    return Quality(
        speech_seconds=int(spoken.sum()) / FRAMES_PER_SECOND,
        onset_seconds=int(np.argmax(spoken)) / FRAMES_PER_SECOND,
        level_db=power_to_db(level),
        snr_db=power_to_db(max(level - noise, 0.0)) - power_to_db(noise),
        clipped=float(_clipped(recording)[spoken].mean()),
    )


def usable(recording: Recording, *, needed_seconds: float) -> Recording:
    """Give the recording without the silence at its ends, when a voice can be learned from it.

    Raises RecordingClipped, RecordingTooQuiet, RecordingTooNoisy or RecordingTooShort, in this
    order: what the earlier ones ask for would change the figures of the later.
    """
    quality = inspect(recording)
    if quality.clipped > MOST_CLIPPED:
        raise RecordingClipped(quality.clipped)
    if quality.level_db < NEEDED_DB:
        raise RecordingTooQuiet(quality.level_db, NEEDED_DB)
    if quality.snr_db < NEEDED_SNR_DB:
        raise RecordingTooNoisy(quality.snr_db, NEEDED_SNR_DB)
    if not quality.speech_seconds or quality.speech_seconds < needed_seconds:
        raise RecordingTooShort(quality.speech_seconds, needed_seconds)
    return _without_silence(recording)


def read_recording(path: Path) -> Recording:
    """Read human speech from a WAV, FLAC, MP3, M4A or Ogg file, mono, at the file's own rate.

    Raises UnreadableAudio, also for more than ten minutes and for values that are no numbers.
    """
    sound = open_sound(path)
    blocks = [np.zeros(0, dtype=np.float32)]
    count = 0
    for block in sound.blocks:
        blocks.append(block)
        count += len(block)
        if count > LONGEST_SECONDS * sound.rate:
            raise UnreadableAudio(path, f"it is longer than {LONGEST_SECONDS // 60} minutes")
    samples = np.concatenate(blocks)
    if not np.all(np.isfinite(samples)):
        raise UnreadableAudio(path, "it holds values that are no numbers")
    return Recording(samples, sound.rate)


def _powers(recording: Recording) -> NDArray[np.float64]:
    """Give the mean square of each frame (frames,) in the band of speech."""
    frames = _frames(recording)
    length = frames.shape[1]
    window = np.hanning(length + 1)[:-1].astype(np.float32)
    hz = np.fft.rfftfreq(length, 1 / recording.rate)
    band = (hz >= LOWEST_HZ) & (hz <= HIGHEST_HZ)
    spectra = np.fft.rfft(frames * window, axis=1)[:, band]  # (frames, bins)
    # Parseval's theorem; a bin stands for its mirror image too.
    scale = 2 / (length * float(np.sum(np.square(window, dtype=np.float64))))
    powers: NDArray[np.float64] = scale * np.sum(np.square(np.abs(spectra)), axis=1, dtype=float)
    return powers


def _frames(recording: Recording) -> Samples:
    length = recording.rate // FRAMES_PER_SECOND
    whole = len(recording.samples) // length
    return recording.samples[: whole * length].reshape(whole, length)


def _threshold(powers: NDArray[np.float64]) -> float:
    """Give the mean square that a frame of speech exceeds, over noise floor and under loudness."""
    if not len(powers):
        return 0.0
    floor, loud = np.quantile(powers, (FLOOR_SHARE, LOUD_SHARE))
    silence = 10 ** (SILENCE_DB / 10)
    over_floor = max(float(floor), silence) * 10 ** (OVER_FLOOR_DB / 10)
    return max(over_floor, float(loud) / 10 ** (UNDER_LOUD_DB / 10))


def _spoken(loud: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Close the gaps between words, then leave out what is as short as a click."""
    spoken = loud.copy()
    for start, stop in _runs(~loud):
        is_between = start > 0 and stop < len(loud)
        if is_between and stop - start <= WORD_GAP_SECONDS * FRAMES_PER_SECOND:
            spoken[start:stop] = True
    for start, stop in _runs(spoken):
        if stop - start < CLICK_SECONDS * FRAMES_PER_SECOND:
            spoken[start:stop] = False
    return spoken


def _runs(chosen: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[False], chosen, [False]])))
    return [(int(start), int(stop)) for start, stop in edges.reshape(-1, 2)]


def _clipped(recording: Recording) -> NDArray[np.bool_]:
    """Say of each frame (frames,) whether two samples in a row stand at full scale."""
    full = np.abs(_frames(recording)) >= FULL_SCALE
    at_once: NDArray[np.bool_] = np.any(full[:, 1:] & full[:, :-1], axis=1)
    return at_once


def _without_silence(recording: Recording) -> Recording:
    powers = _powers(recording)
    where = np.flatnonzero(_spoken(powers > _threshold(powers)))
    length = recording.rate // FRAMES_PER_SECOND
    margin = round(MARGIN_SECONDS * recording.rate)
    start = max(0, int(where[0]) * length - margin)
    stop = (int(where[-1]) + 1) * length + margin
    return Recording(recording.samples[start:stop], recording.rate)
