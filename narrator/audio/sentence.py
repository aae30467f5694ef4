"""Trim and fade one spoken sentence."""

import warnings

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
    sound = _to_pydub(speech.audio.samples, speech.audio.rate)
    silent = sound.max_dBFS - SILENT_DB
    if not np.isfinite(silent) or speech.audio.rate != SAMPLE_RATE:
        return speech
    before = _frames(detect_leading_silence(sound, silent, LOOK_MS) - MARGIN_BEFORE_MS)
    after = _frames(detect_leading_silence(sound.reverse(), silent, LOOK_MS) - MARGIN_AFTER_MS)
    timings, cut_before = _without_pause(speech.timings, before)
    backwards, cut_after = _without_pause(timings[::-1], after)
    samples = speech.audio.samples[cut_before * HOP : len(speech.audio.samples) - cut_after * HOP]
    return Speech(Audio(samples, speech.audio.rate), backwards[::-1])


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


def _without_pause(timings: tuple[Timing, ...], frames: int) -> tuple[tuple[Timing, ...], int]:
    """Take up to `frames` out of the pauses at the beginning, and give how many those were."""
    kept = list(timings)
    left = frames
    for index, timing in enumerate(timings):
        if timing.word != -1 or not left:
            break
        cut = min(left, timing.frames)
        kept[index] = timing._replace(frames=timing.frames - cut)
        left -= cut
    return tuple(kept), frames - left


def _frames(milliseconds: int) -> int:
    return max(0, milliseconds) * SAMPLE_RATE // (1000 * HOP)


def _to_pydub(samples: Samples, rate: int) -> AudioSegment:
    whole = np.clip(samples.astype(np.float64) * FULL_SCALE, -FULL_SCALE, FULL_SCALE - 1)
    return AudioSegment(whole.astype("<i4").tobytes(), sample_width=4, frame_rate=rate, channels=1)
