"""Robustness: words skipped or repeated in a hundred hard sentences.

A word is skipped when less than SWALLOWED frames a phoneme were meant for it; or when it is not
heard, though it is heard from flite, and forced alignment has to squeeze it or a neighbour to make
room. Words of one or two phonemes are always hard to hear, and only the first test is for them. A
word is repeated when it is heard twice running, more often than it is written or heard from flite.
A sentence that the aligner refuses is counted apart. To see what such tests are worth, sentences
are damaged on purpose and counted too.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.speech import HOP, Phonemes
from narrator.training.judges import spelled

SWALLOWED = 2.0  # frames a phoneme
SQUEEZED = 3.5  # frames a phoneme; the aligner's own least is 2.4
SMALL_WORD, LONG_WORD = 2, 4  # phonemes; only a long word tells that it was squeezed
LONGEST_ECHO = 4  # words
Floats = NDArray[np.float32]


class Hearing(NamedTuple):
    """What the judges made of one sentence. meant: the speaker's own frames, where it tells them.

    found: frames by forced alignment, None where refused.
    """

    phonemes: Phonemes
    heard: Sequence[str]
    found: Sequence[int] | None
    meant: Sequence[int] | None = None


class Verdict(NamedTuple):
    """One sentence: the words it has, those skipped, those said twice; whether it was refused."""

    words: int
    skipped: tuple[str, ...]
    repeated: tuple[str, ...]
    refused: bool


def hard_sentences() -> list[str]:
    """Give the hundred sentences, always the same."""
    path = Path(__file__).with_name("hard_sentences.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def judge(hearing: Hearing, anchors: Sequence[Sequence[str]]) -> Verdict:
    """Find the words that were skipped or repeated. anchors: what was heard of other speakers."""
    phonemes = hearing.phonemes
    said = [(piece, n) for n, word in enumerate(phonemes.words) for piece in spelled(word)]
    words = [piece for piece, _ in said]
    understood = _words_heard(said, hearing.heard)
    plain = set().union(*(_words_heard(said, anchor) for anchor in anchors))
    plain_echoes = {run for anchor in anchors for run in echoes(words, anchor)}
    squeezed = _narrow(phonemes, hearing.found, SQUEEZED) & _longer(phonemes, LONG_WORD - 1)
    no_room = {n + side for n in squeezed for side in (-1, 0, 1)} & _longer(phonemes, SMALL_WORD)
    skipped = (plain & no_room - understood) | _narrow(phonemes, hearing.meant, SWALLOWED)
    return Verdict(
        len(words),
        tuple(phonemes.words[n] for n in sorted(skipped)),
        tuple(run for run in echoes(words, hearing.heard) if run not in plain_echoes),
        hearing.found is None,
    )


def _words_heard(said: Sequence[tuple[str, int]], heard: Sequence[str]) -> set[int]:
    pairs = matches([piece for piece, _ in said], heard)
    return {said[place][1] for place, _ in pairs}


def _narrow(phonemes: Phonemes, frames: Sequence[int] | None, least: float) -> set[int]:
    """Give the words with fewer than `least` frames a phoneme; none where frames are not known."""
    if frames is None:
        return set()
    owner = np.array(phonemes.word_of)
    lasting = np.array(frames)
    return {n for n in set(phonemes.word_of) - {-1} if lasting[owner == n].mean() < least}


def _longer(phonemes: Phonemes, count: int) -> set[int]:
    """Give the words of more than `count` phonemes."""
    return {n for n in set(phonemes.word_of) - {-1} if phonemes.word_of.count(n) > count}


def matches(said: Sequence[str], heard: Sequence[str]) -> list[tuple[int, int]]:
    """Give the places of equal words on a shortest way of edits from one text to the other."""
    costs = np.zeros((len(said) + 1, len(heard) + 1), dtype=np.int64)
    costs[:, 0], costs[0] = np.arange(len(said) + 1), np.arange(len(heard) + 1)
    for i, word in enumerate(said, 1):
        for j, other in enumerate(heard, 1):
            changed = costs[i - 1, j - 1] + (word != other)
            costs[i, j] = min(changed, costs[i - 1, j] + 1, costs[i, j - 1] + 1)
    pairs = []
    i, j = len(said), len(heard)
    while i and j:
        equal = said[i - 1] == heard[j - 1]
        if costs[i, j] == costs[i - 1, j - 1] + (not equal):
            i, j = i - 1, j - 1
            if equal:
                pairs.append((i, j))
        elif costs[i, j] == costs[i - 1, j] + 1:
            i -= 1
        else:
            j -= 1
    return pairs[::-1]


def echoes(said: Sequence[str], heard: Sequence[str]) -> list[str]:
    """Give the runs of up to LONGEST_ECHO words that are heard twice running more often than said.

    "the cat the cat sat" for "the cat sat" gives "the cat". Where no more words are heard than
    were said, one was only taken for its neighbour.
    """
    found = []
    surplus = _surplus(said, heard)
    for length in range(1, LONGEST_ECHO + 1):
        twice = _doubles(heard, length)
        added = [run for n, run in twice if surplus & set(range(n, n + 2 * length))]
        meant = [run for _, run in _doubles(said, length)]
        for run in sorted(set(added)):
            more = min(added.count(run), sum(run == one for _, one in twice) - meant.count(run))
            if more > 0 and _stands_in(run, said):
                found += [" ".join(run)] * more
    return found


def _surplus(said: Sequence[str], heard: Sequence[str]) -> set[int]:
    """Give the places of the heard words between two matches that are more than the said ones."""
    found: set[int] = set()
    edges = [(-1, -1), *matches(said, heard), (len(said), len(heard))]
    for (i, j), (k, m) in pairwise(edges):
        if m - j > k - i:
            found |= set(range(j + 1, m))
    return found


def _doubles(words: Sequence[str], length: int) -> list[tuple[int, tuple[str, ...]]]:
    runs = [tuple(words[n : n + length]) for n in range(len(words) - length + 1)]
    return [(n, run) for n, run in enumerate(runs) if run in runs[n + length : n + length + 1]]


def _stands_in(run: tuple[str, ...], words: Sequence[str]) -> bool:
    return any(tuple(words[n : n + len(run)]) == run for n in range(len(words)))


def damaged(
    samples: Floats, phonemes: Phonemes, frames: Sequence[int], *, twice: bool
) -> Floats | None:
    """Cut out the middle one of the words of four phonemes and more, or say it `twice`.

    None where the sentence has no such word.
    """
    owner = np.array(phonemes.word_of)
    long = [n for n in range(len(phonemes.words)) if (owner == n).sum() >= LONG_WORD]
    if not long:
        return None
    own = np.flatnonzero(owner == long[len(long) // 2])
    edges = np.cumsum([0, *frames]) * HOP
    start, end = int(edges[own[0]]), int(edges[own[-1] + 1])
    return np.concatenate(
        [samples[:end], samples[start:]] if twice else [samples[:start], samples[end:]]
    )
