"""Fill the tables on held-out sentences: a row a speaker, and the human recording to compare with.

The human's own row of melody and timing is her second reading of a prompt against her first, where
the corpus holds two: nobody can be expected to come closer than that.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.speech import Phonemes
from narrator.training import judges
from narrator.training.evaluation import harmonics, melody, real_or_not, sharpness
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.results import Figure, in_words
from narrator.training.evaluation.sentences import Sentence, natives, of_main_speaker
from narrator.training.evaluation.timing import aligned, pace, spoken, timing
from narrator.training.judges import Interval, WordCount
from narrator.training.prepare import phonemes_of

Floats = NDArray[np.float32]
Row = dict[str, Figure]


class Measured(NamedTuple):
    """What was heard of one speaker. counts: of each sentence, by the name of a recogniser.
    durations, tones: by place of a native sentence, where the aligner took it. shares, mels: by
    place of a sentence of the main speaker.
    """

    counts: dict[str, list[WordCount]]
    durations: dict[int, list[int]]
    tones: dict[int, list[float]]
    shares: dict[int, list[float | None]]
    mels: dict[int, Floats]


@dataclass(frozen=True)
class Sayings:
    """The sentences, what is in them, and which of them each judge takes."""

    sentences: Sequence[Sentence]
    phonemes: Sequence[Phonemes]
    native: Sequence[int]
    main: Sequence[int]

    @classmethod
    def of(cls, sentences: Sequence[Sentence]) -> "Sayings":
        """Read the texts."""
        clips = [sentence.clip for sentence in sentences]
        phonemes = [phonemes_of(clip.text) for clip in clips]
        return cls(sentences, phonemes, natives(clips), of_main_speaker(clips))

    def again(self) -> list[tuple[int, int]]:
        """Give the places of two readings of one native text by one speaker."""
        readings: dict[tuple[str, str], list[int]] = {}
        for place in self.native:
            clip = self.sentences[place].clip
            readings.setdefault((clip.speaker, clip.text), []).append(place)
        return [(second, first) for own in readings.values() for first, second in pairwise(own)]


def measure(sayings: Sayings, waves: Sequence[Floats], memory: Memory) -> Measured:
    """Hear what one speaker made of the sentences, in their order."""
    words = [judges.said_words(sentence.clip.text) for sentence in sayings.sentences]
    heard = {name: memory.map(hear, waves) for name, hear in judges.recognisers().items()}
    native = [waves[n] for n in sayings.native]
    found = memory.map(aligned, native, [sayings.phonemes[n] for n in sayings.native])
    tracks = memory.map(melody.tones, native)
    shares = memory.map(harmonics.harmonicity, [waves[n] for n in sayings.main])
    return Measured(
        {
            name: [judges.count_errors(*pair) for pair in zip(words, theirs, strict=True)]
            for name, theirs in heard.items()
        },
        {n: frames for n, frames in zip(sayings.native, found, strict=True) if frames},
        dict(zip(sayings.native, tracks, strict=True)),
        dict(zip(sayings.main, shares, strict=True)),
        {n: sharpness.mel_of(waves[n]) for n in sayings.main},
    )


def speech_row(sayings: Sayings, made: Measured, real: Measured) -> Row:
    """Give words, melody and timing of one speaker."""
    again = made is real
    pairs = sayings.again() if again else [(n, n) for n in sayings.native]
    pairs = [(n, m) for n, m in pairs if n in made.durations and m in real.durations]
    phonemes = {n: spoken(sayings.phonemes[n]) for n, _ in pairs}
    paces = [pace(made.durations[n], real.durations[m], phonemes[n]) for n, m in pairs]
    contours = [
        melody.compare(
            made.tones[n], real.tones[m], made.durations[n], real.durations[m], phonemes[n]
        )
        for n, m in pairs
    ]
    followed = [contour for contour in contours if contour]
    row: Row = {}
    for name, counts in made.counts.items():
        native = [counts[n] for n in sayings.native]
        row[f"word errors, native, {name}"] = judges.word_error_rate(native)
        row[f"word errors, all, {name}"] = judges.word_error_rate(counts)
    row |= {
        "aligned": len(made.durations) / len(sayings.native),
        "F0 correlation": _mean([contour.correlation for contour in followed]),
        "F0 RMSE, semitones": _mean([contour.rmse for contour in followed]),
        "F0 deviation": melody.deviation_ratio(
            [made.tones[n] for n in sayings.main], [real.tones[n] for n in sayings.main]
        ),
    }
    return row | (timing(paces) if paces else {})


def sound_row(sayings: Sayings, made: Measured, real: Measured) -> Row:
    """Give sharpness, harmonics and likeness to human sound, on the main speaker's sentences."""
    row: Row = {
        "global variance": sharpness.global_variance(
            list(made.mels.values()), list(real.mels.values())
        )
    }
    for band, (low, high) in enumerate(harmonics.BANDS_KHZ):
        row[f"HNR {low} to {high} kHz, dB"] = harmonics.difference(
            list(made.shares.values()), list(real.shares.values()), band
        )
    texts = [sayings.sentences[n].clip.text for n in sayings.main]
    if made is not real and len(set(texts)) >= real_or_not.FOLDS:
        ours, theirs = (
            [real_or_not.traits(mel) for mel in heard.mels.values()] for heard in (made, real)
        )
        row["real or not, AUC"] = real_or_not.area(ours, theirs, texts)
    return row


def human_harmonics(real: Measured) -> Row:
    """Give the human's own harmonics-to-noise ratios, which the table shows as 0."""
    own: Row = {}
    for band, (low, high) in enumerate(harmonics.BANDS_KHZ):
        found = [share for shares in real.shares.values() if (share := shares[band]) is not None]
        if found:
            own[f"HNR {low} to {high} kHz, dB"] = harmonics.decibels(float(np.mean(found)))
    return own


def fill(
    sentences: Sequence[Sentence],
    speakers: Mapping[str, Callable[[Sentence], Floats]],
    memory: Memory,
    say: Callable[[str], None],
) -> dict[str, dict[str, Row]]:
    """Let all speak all sentences and judge them. The first speaker is the human."""
    sayings = Sayings.of(sentences)
    real: Measured | None = None
    speech: dict[str, Row] = {}
    sound: dict[str, Row] = {}
    for name, speak in speakers.items():
        made = measure(sayings, [speak(sentence) for sentence in sentences], memory)
        real = real or made
        speech[name] = speech_row(sayings, made, real)
        sound[name] = sound_row(sayings, made, real)
        say(f"heard {name}: word errors {in_words(speech[name]['word errors, native, Moonshine'])}")
    if real:
        sound["the human's own HNR"] = human_harmonics(real)
    return {"words, melody, timing": speech, "sound": sound}


def _mean(values: list[float]) -> Interval | None:
    return judges.bootstrap(values) if values else None
