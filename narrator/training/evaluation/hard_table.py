"""Let all voices speak the hard sentences, and count what went wrong."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.speech import Phonemes
from narrator.text.frontend import spoken
from narrator.training import judges
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.results import Figure
from narrator.training.evaluation.robustness import (
    SMALL_WORD,
    Verdict,
    confirmed,
    found,
    hard_sentences,
    harmed,
    judge,
    places_heard,
    pronounced,
    share,
    to_harm,
)
from narrator.training.evaluation.sentences import Sentence
from narrator.training.evaluation.systems import (
    FLITES,
    HUMAN,
    Trained,
    installed,
    narration,
    program,
)
from narrator.training.evaluation.timing import aligned
from narrator.training.prepare import phonemes_of

QUICK_STEP = 5
HARMS = {False: "words cut out on purpose", True: "words doubled on purpose"}
Floats = NDArray[np.float32]


class _Said(NamedTuple):
    """A sentence as somebody spoke it. frames: of each symbol, empty where they are not known."""

    text: str
    phonemes: Phonemes
    samples: Floats
    frames: tuple[int, ...] = ()


class _Judged(NamedTuple):
    """What pocketsphinx found in a sentence, and what of it Moonshine does not contradict."""

    alone: Verdict
    both: Verdict


class _Found(NamedTuple):
    """A harmed word: whether it is a small one, and whether it was noticed."""

    is_small: bool
    alone: bool
    both: bool


def fill(
    models: Sequence[Trained],
    recordings: Sequence[Sentence],
    memory: Memory,
    say: Callable[[str], None],
    *,
    quick: bool = False,
) -> tuple[dict[str, dict[str, Figure]], list[str]]:
    """Give the rows of the table, and a line for each sentence in which something was found.

    Each voice has a row, and each of the first model's two more, of words harmed on purpose. So
    does the human, whose sentences are others: of the test, they show when it errs.
    """
    texts = hard_sentences()[:: QUICK_STEP if quick else 1]
    rows: dict[str, dict[str, Figure]] = {}
    notes: list[str] = []

    def hear(name: str, sayings: Sequence[_Said], *, harming: bool) -> None:
        verdicts = _verdicts(sayings, memory)
        rows[name] = _counts(sayings, verdicts)
        notes.extend(_notes(name, sayings, verdicts))
        for twice, harm in HARMS.items() if harming else ():
            rows[f"{name}: {harm}"] = _worth(sayings, verdicts, memory, twice=twice)
        say(f"heard {name} on hard sentences")

    hear(f"{HUMAN}, other sentences", _recorded(recordings, memory), harming=True)
    for name in (name for name in FLITES if name in installed()):
        # It is given the words, or it would read figures its own way.
        sayings = [_Said(text, phonemes_of(text), program(name, spoken(text))) for text in texts]
        hear(name, sayings, harming=False)
    for trained in models:
        for voice in trained.voices:
            sayings = [_narrated(trained, voice, text) for text in texts]
            hear(f"narrator, {voice}{trained.suffix}", sayings, harming=trained is models[0])
    return rows, notes


def _recorded(recordings: Sequence[Sentence], memory: Memory) -> list[_Said]:
    waves = [recording.audio for recording in recordings]
    phonemes = [phonemes_of(recording.clip.text) for recording in recordings]
    found = memory.map(aligned, waves, phonemes)
    return [
        _Said(recording.clip.text, said, wave, tuple(frames or ()))
        for recording, said, wave, frames in zip(recordings, phonemes, waves, found, strict=True)
    ]


def _narrated(trained: Trained, voice: str, text: str) -> _Said:
    speech = narration(trained, voice, text)
    frames = tuple(timing.frames for timing in speech.timings)
    return _Said(text, phonemes_of(text), speech.audio.samples, frames)


def _verdicts(sayings: Sequence[_Said], memory: Memory) -> list[_Judged | None]:
    """Judge each sentence; None where pocketsphinx refused it."""
    phonemes = [said.phonemes for said in sayings]
    waves = [said.samples for said in sayings]
    places = memory.map(places_heard, waves, phonemes)
    words = memory.map(judges.transcribed_words, waves)
    return [
        None if heard is None else _judged(heard, understood, said)
        for heard, understood, said in zip(places, words, phonemes, strict=True)
    ]


def _judged(heard: Sequence[int], understood: Sequence[str], phonemes: Phonemes) -> _Judged:
    alone = judge(heard, phonemes)
    return _Judged(alone, confirmed(alone, understood, phonemes))


def _worth(
    sayings: Sequence[_Said], verdicts: Sequence[_Judged | None], memory: Memory, *, twice: bool
) -> dict[str, Figure]:
    """Give how many of the words that are harmed on purpose the test finds."""
    chosen = [
        (said, verdict, places)
        for number, (said, verdict) in enumerate(zip(sayings, verdicts, strict=True))
        if verdict and said.frames and (places := to_harm(said.phonemes, number))
    ]
    altered = [
        said._replace(samples=harmed(said.samples, said.phonemes, said.frames, places, twice=twice))
        for said, _, places in chosen
    ]
    told: list[_Found] = []
    for (said, before, places), after in zip(chosen, _verdicts(altered, memory), strict=True):
        alone, both = (
            found(places, after[test][twice] if after else (), before[test][twice], said.phonemes)
            for test in (0, 1)
        )
        words = pronounced(said.phonemes)
        small = [len(words[place]) <= SMALL_WORD for place in places]
        told += map(_Found, small, alone, both)
    others = [one for one in told if not one.is_small]
    return {
        "sentences": len(chosen),
        "words": len(told),
        "found": share(sum(one.alone for one in told), len(told)),
        "found by both": share(sum(one.both for one in told), len(told)),
        "found by both, over three phonemes": share(sum(one.both for one in others), len(others)),
    }


def _counts(sayings: Sequence[_Said], verdicts: Sequence[_Judged | None]) -> dict[str, Figure]:
    judged = [verdict for verdict in verdicts if verdict]
    words = sum(
        len(pronounced(said.phonemes))
        for said, verdict in zip(sayings, verdicts, strict=True)
        if verdict
    )
    skipped, repeated = (sum(len(verdict.both[kind]) for verdict in judged) for kind in (0, 1))
    return {
        "sentences": len(verdicts),
        "words": words,
        "skipped, pocketsphinx alone": sum(len(verdict.alone.skipped) for verdict in judged),
        "said twice, alone": sum(len(verdict.alone.repeated) for verdict in judged),
        "skipped, both": skipped,
        "said twice, both": repeated,
        "either, both, share of the words": share(skipped + repeated, words),
        "heard as a neighbour": sum(len(verdict.alone.unclear) for verdict in judged),
        "sentences refused": len(verdicts) - len(judged),
    }


def _notes(name: str, sayings: Sequence[_Said], verdicts: Sequence[_Judged | None]) -> list[str]:
    lines = []
    for said, verdict in zip(sayings, verdicts, strict=True):
        words = said.phonemes.words
        parts = ["refused by pocketsphinx"]
        if verdict:
            alone, both = verdict
            parts = [f"skipped {words[n]}{_sure(n in both.skipped)}" for n in alone.skipped]
            parts += [f"{words[n]} twice{_sure(n in both.repeated)}" for n in alone.repeated]
        if parts:
            lines.append(f"{name}: {said.text}: {', '.join(parts)}")
    return lines


def _sure(by_both: bool) -> str:
    return "" if by_both else " (not so Moonshine)"
