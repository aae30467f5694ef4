"""Trim and fade one spoken sentence."""

import warnings
from itertools import takewhile

import numpy as np

from narrator.speech import HOP, SAMPLE_RATE, Audio, Samples, Speech, Timing

with warnings.catch_warnings():  # pydub looks for an ffmpeg program, which it needs for files alone
    warnings.filterwarnings("ignore", "Couldn't find ffmpeg or avconv", RuntimeWarning)
    warnings.filterwarnings("ignore", "'audioop' is deprecated", DeprecationWarning)
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

PER_MS = SAMPLE_RATE // 1000  # pydub counts in whole milliseconds
FADE_MS = 10
LOOK_MS = 5  # stretches in which silence is looked for
SILENT_DB = 45.0  # below the sentence's peak
# Soft consonants begin below the threshold, and the sound of a room dies away below it.
MARGIN_BEFORE_MS, MARGIN_AFTER_MS = 30, 60
FULL_SCALE = 2**31  # pydub works on whole numbers; 32 bits lose nothing of float32 that is heard


def trim(speech: Speech) -> Speech:
    """Cut the silence before the first word and after the last down to 30 and 60 ms.

    So a pause lasts as long as it was asked for, whatever the engine leaves at the ends. Whole
    frames are cut, of the pauses that `timings` tell of and no others, and the timings tell of the
    rest.
    """
    samples, rate = speech.audio.samples, speech.audio.rate
    peak = float(np.max(np.abs(samples), initial=0.0))
    if not 0 < peak < np.inf or rate != SAMPLE_RATE:
        return speech
    silent = 20 * np.log10(peak) - SILENT_DB
    timings, cut_before = _without_pause(speech.timings, samples, silent, MARGIN_BEFORE_MS)
    backwards, cut_after = _without_pause(timings[::-1], samples[::-1], silent, MARGIN_AFTER_MS)
    whole = samples[cut_before * HOP : len(samples) - cut_after * HOP]
    return Speech(Audio(whole, rate), backwards[::-1])


def fade(samples: Samples) -> Samples:
    """Fade (n,) at 24 kHz in and out within 10 ms, so that neither end can click."""
    length = min(FADE_MS, len(samples) // PER_MS // 2)
    if not length:
        return samples
    edge = length * PER_MS
    rising = np.linspace(0, 1, edge, dtype=np.float32)
    faded = samples.copy()
    faded[:edge] *= rising
    faded[len(samples) - edge :] *= rising[::-1]
    return faded


def _without_pause(
    timings: tuple[Timing, ...], samples: Samples, silent: float, margin_ms: int
) -> tuple[tuple[Timing, ...], int]:
    """Take the silence out of the pauses at the beginning, but for the margin.

    silent: dBFS. Gives the timings, and how many frames that were.
    """
    pause = sum(timing.frames for timing in takewhile(_is_pause, timings))
    looked = samples[: pause * HOP + (margin_ms + LOOK_MS) * PER_MS]
    silence = detect_leading_silence(_to_pydub(looked), silent, LOOK_MS) - margin_ms
    frames = min(pause, max(0, silence) * PER_MS // HOP)
    left = frames
    kept = list(timings)
    for index, timing in enumerate(timings):
        cut = min(left, timing.frames)
        kept[index] = timing._replace(frames=timing.frames - cut)
        left -= cut
    return tuple(kept), frames


def _is_pause(timing: Timing) -> bool:
    return timing.word == -1


def _to_pydub(samples: Samples) -> AudioSegment:
    whole = np.clip(samples.astype(np.float64) * FULL_SCALE, -FULL_SCALE, FULL_SCALE - 1)
    stored = whole.astype("<i4").tobytes()
    return AudioSegment(stored, sample_width=4, frame_rate=SAMPLE_RATE, channels=1)
