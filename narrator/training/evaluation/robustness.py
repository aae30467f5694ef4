"""Robustness: words skipped or said twice in a hundred hard sentences.

pocketsphinx is given each sentence as a grammar of its words, in the pronunciations of narrator's
own front end. Anywhere in it up to LONGEST_RUN words may be skipped, or said again, and each of
them costs the same, UNLIKELY: so the recogniser only decides whether a word was said, skipped or
said twice. It invents a few, so Moonshine, which knows nothing of the text, may contradict it. What
such a test is worth is measured with words that are cut out, or doubled, on purpose, at the edges
that FastSpeech 2 itself gave them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.engine.align import ALIGNER_RATE, aligner_pcm
from narrator.speech import HOP, Phonemes
from narrator.training.judges import Interval, spelled

if TYPE_CHECKING:
    from pocketsphinx import Decoder

LONGEST_RUN = 4  # words
# The chance of a word skipped or said again. Set without narrator's voices, on 85 human recordings
# and two flite voices, other sentences: there a hundred times more finds 1 % more of the harmed
# words, for 14 false alarms in 2,753 words where this has 12; a hundred times less loses 1 %: 10.
UNLIKELY = 1e-6
SETTINGS = {
    "lw": 1.0,  # or all chances here would be taken to the power of 6.5
    "silprob": 1e-2,
    "fillprob": 1e-30,  # coughs and noises, or a word said twice would pass for one
    "beam": 1e-80,
    "pbeam": 1e-80,
    "wbeam": 1e-60,
}
EDGE_SECONDS = 0.3  # of near silence at both ends, or the outermost words take it up
FAINT = 8.0  # of 32,767: the recogniser knows rooms, but no digital silence
HARMED_STEP = 8  # every eighth word, so that one control does not disturb the next
FEWEST_WORDS = 3  # of a sentence in which one is harmed
SMALL_WORD = 3  # phonemes
CONFIDENCE = 1.96  # deviations that 95 % lie within
Floats = NDArray[np.float32]


class Verdict(NamedTuple):
    """The places of the words that were skipped, and of those said again, once each time.

    unclear: of those in whose stead a neighbour was heard again: something was said there.
    """

    skipped: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    unclear: tuple[int, ...] = ()


def hard_sentences() -> list[str]:
    """Give the hundred sentences, always the same."""
    path = Path(__file__).with_name("hard_sentences.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def pronounced(phonemes: Phonemes) -> dict[int, tuple[str, ...]]:
    """Give the phonemes of each word that has any, without stress, by its place."""
    words: dict[int, tuple[str, ...]] = {}
    for symbol, place in zip(phonemes.symbols, phonemes.word_of, strict=True):
        if place >= 0:
            words[place] = (*words.get(place, ()), symbol.rstrip("012"))
    return words


def places_heard(samples: Floats, phonemes: Phonemes) -> list[int] | None:
    """Give the words of a sentence in the order in which they are said in 24 kHz samples.

    Words are given by their places. None where the recogniser finds no way through the sentence.
    """
    decoder = _decoder()
    words = pronounced(phonemes)
    names = {f"{place}.{'.'.join(word)}": place for place, word in words.items()}
    for name, word in zip(names, words.values(), strict=True):
        if decoder.lookup_word(name) is None:
            decoder.add_word(name, " ".join(word), False)
    grammar = decoder.create_fsg("sentence", 0, len(names), list(_transitions(list(names))))
    decoder.add_fsg("sentence", grammar)
    decoder.activate_search("sentence")
    decoder.reinit_feat()  # or the noise of the last sentence is taken off this one
    decoder.start_utt()
    decoder.process_raw(_pcm(samples).tobytes(), full_utt=True)
    decoder.end_utt()
    pieces = decoder.seg()  # words, pauses and leaps; without any words there is no hypothesis
    if pieces is None:
        return None
    return [names[piece.word] for piece in pieces if piece.word in names]


@lru_cache(maxsize=1)
def _decoder() -> "Decoder":
    from pocketsphinx import Decoder

    # Batch normalisation: what is heard must not depend on what was heard before.
    return Decoder(
        samprate=ALIGNER_RATE, loglevel="FATAL", cmn="batch", lm=None, bestpath=False, **SETTINGS
    )


def _transitions(
    names: Sequence[str],
) -> Iterator[tuple[int, int, float, str] | tuple[int, int, float]]:
    """Give the chain of words from state 0 on, with the leaps forth and back over some of them.

    The decoder takes one leap at most between two words, so each length has its own.
    """
    for state, name in enumerate(names):
        yield state, state + 1, 1.0, name
    for state in range(len(names) + 1):
        for run in range(1, LONGEST_RUN + 1):
            if state + run <= len(names):
                yield state, state + run, UNLIKELY**run
            if state >= run:
                yield state, state - run, UNLIKELY**run


def _pcm(samples: Floats) -> NDArray[np.int16]:
    edge = round(EDGE_SECONDS * ALIGNER_RATE)
    padded = np.pad(aligner_pcm(samples).astype(np.float64), edge)
    noise = np.random.default_rng(0).normal(0, FAINT, len(padded))
    return (padded + noise).astype(np.int16)


def judge(heard: Sequence[int], phonemes: Phonemes) -> Verdict:
    """Find the words that were skipped or said again. heard: as `places_heard` gives it."""
    skipped: list[int] = []
    repeated: list[int] = []
    unclear: list[int] = []
    said = sorted(pronounced(phonemes))
    edges = [(-1, -1), *matches(said, heard), (len(said), len(heard))]
    for (i, j), (k, m) in pairwise(edges):
        missing, added = said[i + 1 : k], heard[j + 1 : m]
        both = min(len(missing), len(added))
        unclear += missing[:both]
        skipped += missing[both:]
        repeated += added[both:]
    return Verdict(tuple(skipped), tuple(repeated), tuple(unclear))


def confirmed(verdict: Verdict, heard: Sequence[str], phonemes: Phonemes) -> Verdict:
    """Give what of a verdict the words `heard` by another recogniser do not contradict.

    A skipped word is contradicted where as many words were heard as there are to say between its
    nearest neighbours that were understood; one said twice, where no word too many was heard near.
    """
    said = sorted(pronounced(phonemes))
    words = [spelled(phonemes.words[place]) for place in said]
    flat = [(place, word) for place, own in zip(said, words, strict=True) for word in own]
    edges = [(-1, -1), *matches([word for _, word in flat], heard), (len(flat), len(heard))]
    lacking: set[int] = set()
    doubled: set[int] = set()
    for (i, j), (k, m) in pairwise(edges):
        if m - j < k - i:
            lacking |= {place for place, _ in flat[i + 1 : k]}
        if m - j > k - i:
            doubled |= {place for place, _ in flat[max(0, i - LONGEST_RUN) : k + LONGEST_RUN]}
    return verdict._replace(
        skipped=tuple(place for place in verdict.skipped if place in lacking),
        repeated=tuple(place for place in verdict.repeated if place in doubled),
    )


def matches(
    said: Sequence[int] | Sequence[str], heard: Sequence[int] | Sequence[str]
) -> list[tuple[int, int]]:
    """Give the places of equal words on a shortest way of edits from one row to the other."""
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


def to_harm(phonemes: Phonemes, number: int) -> list[int]:
    """Give the places of the words that are harmed in the sentence of this number.

    None in a sentence that is too short. The first differs with the number, so that first and last
    words have their turn.
    """
    places = sorted(pronounced(phonemes))
    if len(places) < FEWEST_WORDS:
        return []
    return places[number % min(len(places), HARMED_STEP) :: HARMED_STEP]


def harmed(
    samples: Floats,
    phonemes: Phonemes,
    frames: Sequence[int],
    places: Sequence[int],
    *,
    twice: bool,
) -> Floats:
    """Cut words out of a sentence, or say them `twice`. frames: of each symbol."""
    owner = np.array(phonemes.word_of)
    edges = np.cumsum([0, *frames]) * HOP
    pieces, reached = [], 0
    for place in places:
        own = np.flatnonzero(owner == place)
        start, end = int(edges[own[0]]), int(edges[own[-1] + 1])
        pieces.append(samples[reached : end if twice else start])
        reached = start if twice else end
    return np.concatenate([*pieces, samples[reached:]])


def found(
    harmed: Sequence[int], noticed: Sequence[int], before: Sequence[int], phonemes: Phonemes
) -> list[bool]:
    """Tell which of the harmed words were noticed. noticed: in a verdict; before: in that of the
    sentence unharmed, which does not count.

    Of words that sound alike any will do: which of two "round" is missing cannot be told.
    """
    words = pronounced(phonemes)
    left = Counter(words[place] for place in noticed) - Counter(words[place] for place in before)
    told = []
    for place in harmed:
        told.append(left[words[place]] > 0)
        left[words[place]] -= 1
    return told


def share(part: int, whole: int) -> Interval | None:
    """Give a share with the bounds that it lies between in 95 % of cases; also where it is 0 or 1.

    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
    """
    if not whole:
        return None
    square = CONFIDENCE**2
    mean = part / whole
    middle = (part + square / 2) / (whole + square)
    reach = CONFIDENCE / (whole + square) * sqrt(part * (1 - mean) + square / 4)
    return Interval(mean, max(0.0, middle - reach), min(1.0, middle + reach))
