"""What a recording must pass before it may make a voice or prove a consent."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from narrator.audio.recording import usable
from narrator.audio.watermark.detector import detect
from narrator.errors import AnotherSpeaker, SeveralSpeakers, SyntheticSample
from narrator.speech import Recording, Samples, VoiceEmbedding

SHORTEST_HEARD = 3.0  # seconds from which on the encoder tells people apart
# Of 61 honest stretches of 13 s 2 are refused so; pairs of 3 s refused 12.
PIECE_SECONDS = 5.0


class Ears(NamedTuple):
    """What voices are heard and compared with, as in `speech.Engine`."""

    voiceprint: Callable[[Sequence[Recording]], Samples]
    same_voice: float
    embed_voice: Callable[[Sequence[Recording]], VoiceEmbedding]


def likeness(one: Samples, other: Samples) -> float:
    """Give the cosine of two voiceprints (width,)."""
    return float(one @ other / (np.linalg.norm(one) * np.linalg.norm(other)))


def checked(recording: Recording, *, needed_seconds: float) -> Recording:
    """Give a recording without the silence at its ends when it is clean, long enough and human.

    Raises RecordingClipped, RecordingTooQuiet, RecordingTooNoisy, RecordingTooShort, or
    SyntheticSample when it bears the watermark of narrator.
    """
    speech = usable(recording, needed_seconds=needed_seconds)
    if detect(speech.samples, speech.rate).found:
        raise SyntheticSample
    return speech


def check_one_speaker(speech: Recording, ears: Ears) -> None:
    """Compare each piece of a recording with all the rest of it. Raises SeveralSpeakers."""
    pieces = _pieces(speech)
    for number, piece in enumerate(pieces):
        rest = pieces[:number] + pieces[number + 1 :]
        if rest and likeness(ears.voiceprint([piece]), ears.voiceprint(rest)) < ears.same_voice:
            raise SeveralSpeakers


def check_same_speaker(speech: Recording, known: Sequence[Recording], ears: Ears) -> float:
    """Compare a recording with those known to be the speaker's, and give the likeness.

    Raises AnotherSpeaker.
    """
    alike = likeness(ears.voiceprint([speech]), ears.voiceprint(known))
    if alike < ears.same_voice:
        raise AnotherSpeaker(alike, ears.same_voice)
    return alike


def _pieces(speech: Recording) -> list[Recording]:
    count = max(1, int(len(speech.samples) / speech.rate / PIECE_SECONDS))
    return [Recording(part, speech.rate) for part in np.array_split(speech.samples, count)]
