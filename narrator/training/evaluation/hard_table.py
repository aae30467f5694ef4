"""Let all voices speak the hard sentences, and count what went wrong."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.speech import Phonemes
from narrator.text.frontend import spoken
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.results import Figure
from narrator.training.evaluation.robustness import (
    SMALL_WORD,
    Verdict,
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


def _verdicts(sayings: Sequence[_Said], memory: Memory) -> list[Verdict | None]:
    """Judge each sentence; None where the recogniser refused it."""
    phonemes = [said.phonemes for said in sayings]
    heard = memory.map(places_heard, [said.samples for said in sayings], phonemes)
    return [
        None if places is None else judge(places, words)
        for places, words in zip(heard, phonemes, strict=True)
    ]


def _worth(
    sayings: Sequence[_Said], verdicts: Sequence[Verdict | None], memory: Memory, *, twice: bool
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
    told: list[tuple[bool, bool]] = []  # is it a small word, was it found
    for (said, before, places), after in zip(chosen, _verdicts(altered, memory), strict=True):
        new, old = (one[twice] if one else () for one in (after, before))
        words = pronounced(said.phonemes)
        small = [len(words[place]) <= SMALL_WORD for place in places]
        told += zip(small, found(places, new, old, said.phonemes), strict=True)
    return {"sentences": len(chosen), "words": len(told), "found": _share_found(told)} | {
        f"found, {size}": _share_found([one for one in told if one[0] == is_small])
        for size, is_small in (("small words", True), ("other words", False))
    }


def _share_found(told: Sequence[tuple[bool, bool]]) -> Figure:
    return share(sum(is_found for _, is_found in told), len(told))


def _counts(sayings: Sequence[_Said], verdicts: Sequence[Verdict | None]) -> dict[str, Figure]:
    judged = [verdict for verdict in verdicts if verdict]
    words = sum(
        len(pronounced(said.phonemes))
        for said, verdict in zip(sayings, verdicts, strict=True)
        if verdict
    )
    skipped, repeated = (sum(len(verdict[kind]) for verdict in judged) for kind in (0, 1))
    return {
        "sentences": len(verdicts),
        "words": words,
        "skipped": skipped,
        "said twice": repeated,
        "either, share of the words": share(skipped + repeated, words),
        "heard as a neighbour": sum(len(verdict.unclear) for verdict in judged),
        "sentences refused": len(verdicts) - len(judged),
    }


def _notes(name: str, sayings: Sequence[_Said], verdicts: Sequence[Verdict | None]) -> list[str]:
    lines = []
    for said, verdict in zip(sayings, verdicts, strict=True):
        words = said.phonemes.words
        parts = ["refused by the recogniser"]
        if verdict:
            parts = [f"skipped {words[place]}" for place in verdict.skipped]
            parts += [f"{words[place]} said twice" for place in verdict.repeated]
        if parts:
            lines.append(f"{name}: {said.text}: {', '.join(parts)}")
    return lines
