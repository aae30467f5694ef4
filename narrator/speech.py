"""The types that travel between the rooms, from written text to spoken sound.

All are frozen. Arrays are numpy and read-only; a class that holds one is compared by identity.
`Utterance` holds text and numbers alone and is compared by value: schedule and cache rest on that.
`MarkedAudio`, the only sound that may be played or written, lives in audio/watermark.py, which
alone can make it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from threading import Event
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE = 24_000
HOP = 300
FRAMES_PER_SECOND = SAMPLE_RATE // HOP
if FRAMES_PER_SECOND * HOP != SAMPLE_RATE:
    raise AssertionError("the hop must divide the sample rate")

Samples = NDArray[np.float32]


def read_only(values: NDArray[np.floating]) -> Samples:
    """Give `values` as contiguous float32 that nobody can write to."""
    frozen = np.array(values, dtype=np.float32, copy=True, order="C")
    frozen.setflags(write=False)
    return frozen


@dataclass(frozen=True, eq=False)
class Audio:
    """Synthetic speech without a watermark: no player and no writer takes it.

    samples: float32 (n,) in [-1, 1]. rate: Hz.
    """

    samples: Samples
    rate: int = SAMPLE_RATE

    def __post_init__(self) -> None:
        object.__setattr__(self, "samples", read_only(self.samples))

    @property
    def seconds(self) -> float:
        return len(self.samples) / self.rate


@dataclass(frozen=True, eq=False)
class Recording:
    """Human speech, from a microphone or a file: no path leads from it to a player or an export.

    samples: float32 (n,) in [-1, 1]. rate: Hz.
    """

    samples: Samples
    rate: int

    def __post_init__(self) -> None:
        object.__setattr__(self, "samples", read_only(self.samples))


class Opening(Enum):
    """Where a sentence stands, which a narrator lets one hear at its beginning."""

    SENTENCE = "sentence"
    PARAGRAPH = "paragraph"
    HEADING = "heading"


class Pronunciation(NamedTuple):
    """The user's own way to say a word. symbols: phonemes of text/symbols.py."""

    word: str
    symbols: tuple[str, ...]


class Phonemes(NamedTuple):
    """A sentence as the engine reads it.

    symbols: of text/symbols.py, pauses included. words: as spoken. word_of[i]: index into `words`
    of symbol i, -1 for a pause.
    """

    symbols: tuple[str, ...]
    words: tuple[str, ...]
    word_of: tuple[int, ...]


class Bend(NamedTuple):
    """What the user bent of one symbol, on top of all else. symbol: index in Phonemes.symbols.

    stretch: factor on its duration. pitch: semitones. energy: dB.
    """

    symbol: int
    stretch: float = 1.0
    pitch: float = 0.0
    energy: float = 0.0


@dataclass(frozen=True)
class Prosody:
    """How a sentence is spoken, relative to the voice.

    speed: factor, 2 is twice as fast. pitch: semitones. energy: dB. liveliness: factor on the range
    of the melody, 0 is flat. bends: one a symbol at most.
    """

    speed: float = 1.0
    pitch: float = 0.0
    energy: float = 0.0
    liveliness: float = 1.0
    bends: tuple[Bend, ...] = ()


class VoiceRef(NamedTuple):
    """Which voice, and the fingerprint of its embedding and its licence or consent.

    number: of its consent record, which decides its watermark; 0 is a built-in voice.
    """

    name: str
    fingerprint: str
    number: int = 0


@dataclass(frozen=True)
class Utterance:
    """A sentence with all that changes its sound. take: another reading of the same."""

    text: str
    voice: VoiceRef
    opening: Opening = Opening.SENTENCE
    prosody: Prosody = Prosody()
    pronunciations: tuple[Pronunciation, ...] = ()
    take: int = 0


@dataclass(frozen=True, eq=False)
class VoiceEmbedding:
    """A voice: what the encoder heard and what was measured.

    values: float32 (width,). pitch_mean, pitch_std: log Hz over voiced phonemes. energy_mean,
    energy_std: dB over phonemes. rate: phonemes a second without pauses. encoder: fingerprint of
    the encoder's weights. steering: float32 (n,), what is added to the norms of the acoustic model:
    the timbre of a voice that was heard, all that enrolment learned; empty for a built-in voice.
    """

    values: Samples
    pitch_mean: float
    pitch_std: float
    energy_mean: float
    energy_std: float
    rate: float
    encoder: str
    steering: Samples = field(default_factory=lambda: np.zeros(0, np.float32))

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", read_only(self.values))
        object.__setattr__(self, "steering", read_only(self.steering))


class Prompted(NamedTuple):
    """A recording of a sentence that was shown to be read, and the sentence."""

    recording: Recording
    phonemes: Phonemes


class Enrolling(NamedTuple):
    """How far an enrolment is. done: share, 0 to 1."""

    done: float
    seconds_left: float


class SynthesisRequest(NamedTuple):
    """All that decides the samples of one sentence. The same request gives the same samples, but
    for rounding, which other sentences spoken with it change.

    take: 0 as the model reads it; any other number varies melody and pace a little, by the seed.
    """

    phonemes: Phonemes
    voice: VoiceEmbedding
    prosody: Prosody = Prosody()
    seed: int = 0
    take: int = 0


class Timing(NamedTuple):
    """One symbol as spoken. word: index into Phonemes.words, -1 a pause. frames: of 12.5 ms.

    pitch: log Hz. energy: dB. Word and sentence times add up from `frames`.
    """

    symbol: str
    word: int
    frames: int
    pitch: float
    energy: float


@dataclass(frozen=True, eq=False)
class Speech:
    """What the engine gives: unmarked audio and when each symbol sounds in it."""

    audio: Audio
    timings: tuple[Timing, ...]


class Engine(NamedTuple):
    """The speech engine as all others know it. fingerprint: of its weights.

    synthesize: speaks sentences together, which is faster than one after the other.
    voiceprint: what people are told apart by, (width,); same_voice: the cosine of two voiceprints
    from which on they are one person's.
    enroll: fits a heard voice to sentences that its speaker read; tells how far it is, and raises
    Cancelled once the event is set.
    """

    synthesize: Callable[[Sequence[SynthesisRequest]], list[Speech]]
    voiceprint: Callable[[Sequence[Recording]], Samples]
    same_voice: float
    embed_voice: Callable[[Sequence[Recording]], VoiceEmbedding]
    enroll: Callable[
        [Sequence[Prompted], VoiceEmbedding, Callable[[Enrolling], None], Event], VoiceEmbedding
    ]
    fingerprint: str
