"""How many damaged sentences the proof names, and how many good ones it suspects.

Run: python tests/bench/proof.py [--corpus FOLDER] [--good N] [--damaged N] [--first N]

Sentences are those of the sample book and, with a corpus, the texts of its readings, each spoken by
both built-in voices and marked as the program does it. What was measured is kept in
build/proof/, by the model that spoke; a later run goes on from there, and judges all of it anew.

Every damage leaves a segment that is whole by its form: as long as its timings say, and with the
timings of all its phonemes. So only the sound can give it away, and each one is harder to see than
a file that was cut short.
"""

import argparse
import csv
import json
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from time import process_time
from typing import NamedTuple

import numpy as np
from machine import machine
from own_process import ROOT

from narrator.__main__ import open_studio
from narrator.audio.recognize import Recognizer
from narrator.audio.segment import Segment
from narrator.audio.sentence import trim
from narrator.audio.watermark.marked import derive, mark
from narrator.book.reader import read_book
from narrator.settings import folders
from narrator.speech import (
    HOP,
    SAMPLE_RATE,
    Engine,
    Samples,
    SynthesisRequest,
    Timing,
    Utterance,
    VoiceRef,
)
from narrator.studio.checking.proof import Evidence, TimedWord, gather, judge, timed_words
from narrator.studio.plan import Choices, plan_book
from narrator.studio.speaking.cache import Cache, segment_key

FOLDER = ROOT / "build" / "proof"
KEY = bytes(range(32))
VOICES = ("kathleen", "rowan")
NARRATED = ("kathleen", "asp")  # sources of the corpus whose texts have punctuation
FIRST_DAMAGED = 200  # sentences before it were looked at when the limits were chosen

Damage = Callable[[Segment, Segment, random.Random], Segment]


class Case(NamedTuple):
    """One segment: the sentence's number, its voice, and what was done to it, "good" if nothing."""

    sentence: int
    voice: str
    damage: str


class Measured(NamedTuple):
    """What the proof saw of a case. spent: processor seconds. seconds: of the sound."""

    evidence: Evidence
    spent: float
    seconds: float


def stops_early(segment: Segment, _: Segment, chance: random.Random) -> Segment:
    """Cut: silence from somewhere on."""
    samples = segment.audio.samples
    return _with(segment, samples[: int(len(samples) * chance.uniform(0.3, 0.85))])


def ends_early(segment: Segment, _: Segment, chance: random.Random) -> Segment:
    """Cut: sound and timings end somewhere, and what is left of the phonemes has no frame."""
    left = keep = int(sum(timing.frames for timing in segment.timings) * chance.uniform(0.4, 0.85))
    timings = []
    for timing in segment.timings:
        timings.append(timing._replace(frames=min(timing.frames, left)))
        left -= timings[-1].frames
    return _with(segment, segment.audio.samples[: keep * HOP], timings)


def is_silent(segment: Segment, _: Segment, __: random.Random) -> Segment:
    """Silenced: all of it."""
    return _with(segment, segment.audio.samples[:0])


def falls_silent(segment: Segment, _: Segment, chance: random.Random) -> Segment:
    """Silenced: 0.25 to 0.8 s around the middle of a word."""
    samples = segment.audio.samples.copy()
    word = chance.choice(timed_words(segment.timings))
    length = int(chance.uniform(0.25, 0.8) * SAMPLE_RATE)
    start = max(0, (word.start + word.end) // 2 * HOP - length // 2)
    samples[start : start + length] = 0
    return _with(segment, samples)


def is_another(segment: Segment, other: Segment, _: random.Random) -> Segment:
    """Swapped: another sentence of the same voice, as long as this one."""
    return _with(segment, other.audio.samples)


def closes_up(segment: Segment, _: Segment, chance: random.Random) -> Segment:
    """A word dropped: what follows comes early."""
    samples, word = segment.audio.samples, _some_word(segment, chance)
    return _with(segment, np.concatenate([samples[: word.start * HOP], samples[word.end * HOP :]]))


def spreads(segment: Segment, _: Segment, chance: random.Random) -> Segment:
    """A word dropped: the timings are spread over what is left."""
    samples, word = segment.audio.samples, _some_word(segment, chance)
    kept = np.concatenate([samples[: word.start * HOP], samples[word.end * HOP :]])
    ends = np.cumsum([timing.frames for timing in segment.timings])
    frames = np.diff(np.rint(ends * (len(kept) // HOP / ends[-1])).astype(int), prepend=0)
    timings = [
        timing._replace(frames=int(count))
        for timing, count in zip(segment.timings, frames, strict=True)
    ]
    return _with(segment, kept, timings)


def hurries(segment: Segment, _: Segment, chance: random.Random) -> Segment:
    """A word dropped: its phonemes have one frame each."""
    samples, word = segment.audio.samples, _some_word(segment, chance)
    end = word.start + len(word.phonemes)
    kept = np.concatenate([samples[: end * HOP], samples[word.end * HOP :]])
    timings = [
        timing._replace(frames=1) if timing.word == word.number else timing
        for timing in segment.timings
    ]
    return _with(segment, kept, timings)


KINDS: dict[str, tuple[Damage, ...]] = {
    "cut": (stops_early, ends_early),
    "silenced": (is_silent, falls_silent),
    "swapped": (is_another,),
    "words dropped": (closes_up, spreads, hurries),
}


def _some_word(segment: Segment, chance: random.Random) -> TimedWord:
    words = timed_words(segment.timings)
    return chance.choice([word for word in words if len(word.phonemes) > 1] or words)


def _with(
    segment: Segment, samples: Samples, timings: list[Timing] | tuple[Timing, ...] = ()
) -> Segment:
    timings = tuple(timings) or segment.timings
    length = sum(timing.frames for timing in timings) * HOP
    whole = np.pad(samples[:length], (0, max(0, length - len(samples))))
    return Segment(derive(segment.audio, whole), timings)


class Bench:
    """The sentences, spoken when they are first needed."""

    def __init__(self, corpus: Path | None) -> None:
        self.texts = list(dict.fromkeys(_texts(corpus)))
        self.studio = open_studio(folders())
        folder = FOLDER / self.studio.model_fingerprint()[:12]
        self.cache = Cache(folder / "segments", key=KEY, quota_bytes=10**12)
        self.result = folder / "evidence.jsonl"
        self.recognizer = Recognizer()
        self.engine: Engine | None = None

    def measured(self, case: Case) -> Measured:
        """Give what the proof measures of a case, and what that costs."""
        segment = self._segment(case.sentence, case.voice)
        if case.damage != "good":
            other = self._segment((case.sentence * 7 + 13) % FIRST_DAMAGED, case.voice)
            damage: Damage = globals()[case.damage]
            segment = damage(segment, other, random.Random(str(case)))
        start = process_time()
        found = gather(segment, self.recognizer)
        return Measured(found, process_time() - start, segment.audio.seconds)

    def _segment(self, number: int, voice: str) -> Segment:
        utterance = Utterance(self.texts[number], VoiceRef(voice, ""))
        key = segment_key(utterance, "proof")
        return self.cache.get(key) or self._spoken(key, utterance, number)

    def _spoken(self, key: str, utterance: Utterance, number: int) -> Segment:
        self.engine = self.engine or self.studio.load_engine("cpu")
        voice = utterance.voice.name
        phonemes = self.studio.front_end.phonemize(
            utterance.text, opening=utterance.opening, pronunciations=()
        )
        embedding = self.studio.voices.embedding(self.studio.voices.get(voice).ref)
        request = SynthesisRequest(phonemes, embedding, seed=number)
        speech = trim(self.engine.synthesize([request])[0])
        return self.cache.put(key, Segment(mark(speech.audio, key=KEY), speech.timings))


def _texts(corpus: Path | None) -> Iterator[str]:
    book = read_book(next((ROOT / "resources" / "sample").glob("*.epub")))
    for chapter in plan_book(book, Choices(VoiceRef("", ""))).chapters:
        yield from (utterance.text for utterance, *_ in chapter.sentences())
    if corpus:
        with (corpus / "manifest.tsv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                if row["source"] in NARRATED and row["text"]:
                    yield row["text"]


def cases(good: int, damaged: int) -> Iterator[Case]:
    """Give the good cases by sentence and voice, then the damaged ones, as many of each kind."""
    for number in range(good):
        yield Case(number // len(VOICES), VOICES[number % len(VOICES)], "good")
    for number in range(damaged):
        kind = list(KINDS.values())[number % len(KINDS)]
        turn = number // len(KINDS)
        damage = kind[turn % len(kind)].__name__
        yield Case(FIRST_DAMAGED + turn, VOICES[turn // len(kind) % len(VOICES)], damage)


def kept(result: Path) -> dict[Case, Measured]:
    """Give what earlier runs measured."""
    if not result.is_file():
        return {}
    lines = map(json.loads, result.read_text("utf-8").splitlines())
    return {
        Case(*case): Measured(Evidence(*found), spent, length)
        for case, found, spent, length in lines
    }


def main() -> None:
    """Measure what is missing, then say what the proof makes of all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--good", type=int, default=300)
    parser.add_argument("--damaged", type=int, default=200)
    parser.add_argument("--first", type=int, default=0, help="leave out so many good ones")
    options = parser.parse_args()
    bench = Bench(options.corpus)
    known = kept(bench.result)
    bench.result.parent.mkdir(parents=True, exist_ok=True)
    asked = list(cases(options.good, options.damaged))[options.first :]
    with bench.result.open("a", encoding="utf-8") as file:
        for case in asked:
            if case not in known and case.sentence < len(bench.texts):
                file.write(json.dumps([case, *bench.measured(case)]) + "\n")
                file.flush()
    sys.stdout.write("\n".join(report(kept(bench.result))) + "\n")


def report(known: dict[Case, Measured]) -> Iterator[str]:
    """Say what was named and what was suspected, what the recogniser alone names, and the cost."""
    for kind, damages in {"good": (), **KINDS}.items():
        for name in [damage.__name__ for damage in damages] or ["good"]:
            found = [one.evidence for case, one in known.items() if case.damage == name]
            reasons = [judge(evidence).reason for evidence in found]
            alone = [evidence._replace(level=0, gap=0, end=-99, pace=9) for evidence in found]
            counts = {reason: reasons.count(reason) for reason in dict.fromkeys(reasons) if reason}
            heard = sum(not judge(evidence).is_good for evidence in alone)
            yield (
                f"{kind:<14} {name:<13} {sum(counts.values())} of {len(found)}, "
                f"by the recogniser alone {heard}: {counts}"
            )
    spent, seconds = (sum(one[place] for one in known.values()) for place in (1, 2))
    yield f"{1000 * spent / max(seconds, 1):.1f} ms of processor time a second of sound"
    yield str(machine())


if __name__ == "__main__":
    main()
