"""One speaker's trial: heard, enrolled, spoken with, and compared by Resemblyzer."""

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.engine.clean import cleaned
from narrator.engine.synthesizer import load_engine
from narrator.speech import (
    SAMPLE_RATE,
    Engine,
    Enrolling,
    Prompted,
    Recording,
    SynthesisRequest,
    VoiceEmbedding,
)
from narrator.training import judges
from narrator.training.likeness.speakers import Speaker, beginning, recordings, seconds_of
from narrator.training.prepare import phonemes_of

SENTENCES = (
    "The old man walked slowly along the river, and nobody asked him where he was going.",
    "She put the letter on the table, closed the window, and went out without her coat.",
    "Every morning the children ran down to the water to look for the boats of their fathers.",
    "It was late in the summer before anyone remembered the key behind the clock.",
)
SAID_SECONDS = 5.2  # that one of these lasts, on average over nineteen voices
HEARD_SECONDS = (3.0, 10.0)
HEARD, ENROLLED = JUDGED = ("all heard", "enrolled")
Floats = NDArray[np.float32]


class Measured(NamedTuple):
    """Resemblyzer's unit vectors, a row a stretch, clip or sentence.

    learned: of stretches as long as a sentence, for cosines grow with length. compared: of clips.
    made: of sentences, by how the voice came about. seconds: of speech that the speaker gave, by
    the same. errors: wrong words of `words`, of the voices in JUDGED alone, for recognition takes
    longer than speaking.
    """

    source: str
    learned: Floats
    compared: Floats
    made: dict[str, Floats]
    seconds: dict[str, float]
    errors: dict[str, int]
    words: int


@lru_cache(maxsize=1)
def _engine(model: Path) -> Engine:
    return load_engine(model, device="cpu")


def measure(speaker: Speaker, corpus: Path, model: Path) -> Measured:
    """Hear a speaker for some seconds, then enroll them, and speak with each of these voices."""
    engine = _engine(model)
    learned, compared = recordings(speaker, corpus)
    voices: dict[str, VoiceEmbedding] = {}
    seconds: dict[str, float] = {}
    for wanted in HEARD_SECONDS:
        first = beginning(learned, wanted)
        voices[f"{wanted:.0f} s heard"] = engine.embed_voice(first)
        seconds[f"{wanted:.0f} s heard"] = seconds_of(first)
    if not speaker.halved:
        heard = engine.embed_voice(learned)
        texts = [phonemes_of(clip.text) for clip in speaker.learned]
        takes = [Prompted(*pair) for pair in zip(learned, texts, strict=True)]
        voices[HEARD] = heard
        voices[ENROLLED] = engine.enroll(takes, heard, _silent, Event())
        seconds |= dict.fromkeys(JUDGED, seconds_of(learned))
    said = [judges.said_words(text) for text in SENTENCES]
    made: dict[str, Floats] = {}
    errors: dict[str, int] = {}
    for name, voice in voices.items():
        waves = [_spoken(engine, text, voice) for text in SENTENCES]
        made[name] = _prints(waves)
        if name in JUDGED:
            heard_words = [judges.heard_words(wave) for wave in waves]
            counts = map(judges.count_errors, said, heard_words)
            errors[name] = sum(count.errors for count in counts)
    words = sum(map(len, said))
    own = _prints(stretches(_cleaned(learned), SAID_SECONDS))
    other = _prints(_cleaned(compared))
    return Measured(speaker.source, own, other, made, seconds, errors, words)


def _silent(_: Enrolling) -> None:
    pass


def _spoken(engine: Engine, text: str, voice: VoiceEmbedding) -> Floats:
    (speech,) = engine.synthesize([SynthesisRequest(phonemes_of(text), voice)])
    return np.array(speech.audio.samples)


def _cleaned(recordings: Sequence[Recording]) -> list[Floats]:
    return [cleaned(recording.samples, recording.rate) for recording in recordings]


def _prints(sounds: Sequence[Floats]) -> Floats:
    return np.stack([judges.voice_print(samples) for samples in sounds])


def stretches(sounds: Sequence[Floats], seconds: float) -> list[Floats]:
    """Cut 24 kHz samples, joined, into stretches of so many seconds, evenly from end to end.

    They overlap where the whole is no multiple of that; what is shorter is given as it is.
    """
    joined = np.concatenate(sounds)
    length = min(round(seconds * SAMPLE_RATE), len(joined))
    starts = np.linspace(0, len(joined) - length, -(-len(joined) // length)).astype(int)
    return [joined[start : start + length] for start in starts]
