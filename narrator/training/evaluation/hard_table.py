"""Let all voices speak the hard sentences, and count what went wrong."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.speech import Phonemes
from narrator.training import judges
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.results import Figure
from narrator.training.evaluation.robustness import (
    Hearing,
    Verdict,
    damaged,
    hard_sentences,
    judge,
)
from narrator.training.evaluation.systems import FLITES, Trained, installed, narration, program
from narrator.training.evaluation.timing import aligned
from narrator.training.prepare import phonemes_of

QUICK_STEP = 5
DAMAGED_STEP = 4  # of the sentences with a word long enough to cut
Floats = NDArray[np.float32]


class _Spoken(NamedTuple):
    samples: Floats
    meant: list[int] | None


def fill(
    models: Sequence[Trained], memory: Memory, say: Callable[[str], None], *, quick: bool = False
) -> tuple[dict[str, dict[str, Figure]], list[str]]:
    """Give a row a voice, and a line for each sentence in which something was found."""
    texts = hard_sentences()[:: QUICK_STEP if quick else 1]
    phonemes = [phonemes_of(text) for text in texts]
    flites = [name for name in FLITES if name in installed()]
    said = {name: [_Spoken(program(name, text), None) for text in texts] for name in flites}
    anchors = {name: _heard(said[name], memory) for name in flites}
    for trained in models:
        for voice in trained.voices:
            spoken = [narration(trained, voice, text) for text in texts]
            said[f"narrator, {voice}{trained.suffix}"] = [
                _Spoken(one.audio.samples, [timing.frames for timing in one.timings])
                for one in spoken
            ]
    ours = next(name for name in said if name not in flites)
    rows: dict[str, dict[str, Figure]] = {}
    notes: list[str] = []
    for name, sounds in said.items():
        others = [heard for flite, heard in anchors.items() if flite != name]
        verdicts = _verdicts(sounds, phonemes, others, memory)
        rows[name] = _counts(verdicts)
        notes += [
            f"{name}: {text}: {_found(verdict)}"
            for text, verdict in zip(texts, verdicts, strict=True)
            if verdict.skipped or verdict.repeated or verdict.refused
        ]
        say(f"heard {name} on hard sentences")
    for twice, harm in ((False, "a word cut out of each"), (True, "a word doubled in each")):
        harmed = _harmed(said[ours], phonemes, twice=twice)[::DAMAGED_STEP]
        places = [place for place, _ in harmed]
        verdicts = _verdicts(
            [spoken for _, spoken in harmed],
            [phonemes[n] for n in places],
            [[heard[n] for n in places] for heard in anchors.values()],
            memory,
        )
        rows[f"{ours}, {harm}"] = _counts(verdicts)
    return rows, notes


def _heard(sounds: Sequence[_Spoken], memory: Memory) -> list[list[str]]:
    return memory.map(judges.heard_words, [sound.samples for sound in sounds])


def _verdicts(
    sounds: Sequence[_Spoken],
    phonemes: Sequence[Phonemes],
    anchors: Sequence[Sequence[list[str]]],
    memory: Memory,
) -> list[Verdict]:
    heard = _heard(sounds, memory)
    found = memory.map(aligned, [sound.samples for sound in sounds], phonemes)
    return [
        judge(Hearing(said, words, frames, sound.meant), [anchor[n] for anchor in anchors])
        for n, (said, words, frames, sound) in enumerate(
            zip(phonemes, heard, found, sounds, strict=True)
        )
    ]


def _harmed(
    sounds: Sequence[_Spoken], phonemes: Sequence[Phonemes], *, twice: bool
) -> list[tuple[int, _Spoken]]:
    """Give the damaged sentences with their places; what was meant is not told to the judge."""
    cut = [
        damaged(sound.samples, said, sound.meant or [], twice=twice)
        for sound, said in zip(sounds, phonemes, strict=True)
    ]
    return [(place, _Spoken(wave, None)) for place, wave in enumerate(cut) if wave is not None]


def _counts(verdicts: Sequence[Verdict]) -> dict[str, Figure]:
    return {
        "sentences": len(verdicts),
        "words": sum(verdict.words for verdict in verdicts),
        "words skipped": sum(len(verdict.skipped) for verdict in verdicts),
        "words repeated": sum(len(verdict.repeated) for verdict in verdicts),
        "sentences refused": sum(verdict.refused for verdict in verdicts),
        "sentences with any": sum(
            bool(verdict.skipped or verdict.repeated or verdict.refused) for verdict in verdicts
        ),
    }


def _found(verdict: Verdict) -> str:
    parts = [f"skipped {word}" for word in verdict.skipped]
    parts += [f"repeated {words}" for words in verdict.repeated]
    return ", ".join(parts + (["refused by the aligner"] if verdict.refused else []))
