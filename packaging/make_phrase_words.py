"""Write resources/phrase_words.txt, the words from which a speaker's consent phrase is drawn.

    python packaging/make_phrase_words.py       the same file for the same version of pocketsphinx

Words of two or three syllables in pocketsphinx' dictionary, the most frequent first by the unigrams
of its language model. A word is taken when each of its pronunciations is at least three phones
from all that are taken already, so that the recogniser cannot mistake one for another. What a
reader should not have to say, names, and what is hard to read, was struck by hand.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

import pocketsphinx

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "resources" / "phrase_words.txt"
STRUCK = Path(__file__).with_name("phrase_words_struck.txt")
COUNT = 2_048
SYLLABLES = {2, 3}
APART = 3
VOWELS = set("AA AE AH AO AW AY EH ER EY IH IY OW OY UH UW".split())
WRITTEN = re.compile("[a-z]{4,10}")

Phones = tuple[str, ...]


class Word(NamedTuple):
    """A word, all its pronunciations, and how many syllables each of them has."""

    text: str
    sounds: tuple[Phones, ...]
    syllables: int


def dictionary() -> dict[str, list[Phones]]:
    """Give the pronunciations of each word that pocketsphinx brings."""
    path = Path(pocketsphinx.get_model_path("en-us")) / "cmudict-en-us.dict"
    sounds: dict[str, list[Phones]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        word, *phones = line.split()
        sounds[re.sub(r"\(\d+\)$", "", word)].append(tuple(phones))
    return sounds


def candidates() -> list[Word]:
    """Give the words that could be taken, the most frequent first."""
    model = pocketsphinx.Decoder(loglevel="FATAL").get_lm()
    unknown = model.prob(["no such word"])
    found = []
    for text, sounds in dictionary().items():
        syllables = {sum(phone in VOWELS for phone in phones) for phones in sounds}
        frequency = model.prob([text])
        if (
            WRITTEN.fullmatch(text)
            and len(syllables) == 1
            and syllables <= SYLLABLES
            and frequency != unknown
        ):
            found.append((-frequency, Word(text, tuple(sounds), syllables.pop())))
    return [word for _, word in sorted(found)]


def distance(one: Phones, other: Phones) -> int:
    """Give the Levenshtein distance between two pronunciations."""
    row = list(range(len(other) + 1))
    for i, phone in enumerate(one, 1):
        before, row = row, [i]
        for j, against in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (phone != against)))
    return row[-1]


def shortened(phones: Phones) -> Iterator[Phones]:
    """Give all that is left when fewer than APART phones are taken out.

    Two pronunciations less than APART from each other have one of these in common.
    """
    for kept in range(len(phones) - APART + 1, len(phones) + 1):
        yield from set(combinations(phones, max(kept, 0)))


def chosen(words: list[Word], struck: set[str]) -> Iterator[Word]:
    """Take each word that is far enough from those before it."""
    near: dict[Phones, list[Phones]] = defaultdict(list)
    for word in words:
        clash = any(
            distance(phones, other) < APART
            for phones in word.sounds
            for short in shortened(phones)
            for other in near.get(short, ())
        )
        if clash or word.text in struck:
            continue
        for phones in word.sounds:
            for short in shortened(phones):
                near[short].append(phones)
        yield word


def main() -> None:
    """Write the list, in alphabetical order."""
    struck = set(STRUCK.read_text("utf-8").split())
    taken = [word for word, _ in zip(chosen(candidates(), struck), range(COUNT), strict=False)]
    if len(taken) < COUNT:
        raise SystemExit(f"only {len(taken)} words are far enough apart")
    lines = [f"{word.text}\t{word.syllables}\n" for word in sorted(taken)]
    WORDS.write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
