"""What a speaker reads aloud to consent, and whether it was read: the statement, six random words.

A choice among many phrases and not a transcript: with this recogniser speakers with an accent fail
a strict comparison, and a forced alignment accepts anything.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from random import SystemRandom
from typing import NamedTuple

from narrator.audio.recognize import Recognizer, Words
from narrator.speech import Recording

STATEMENT_VERSION = 1
WORDS_SHOWN = 6
DECOYS = 99
STATEMENT_DECOYS = 50
WINS_NEEDED, MOST_TRIES = 2, 4

_STATEMENT = (
    "I am {name}. I agree that narrator on this computer stores a voiceprint of me and makes a "
    "synthetic copy of my voice to read audiobooks. I can withdraw this at any time. "
    "Today is {day}."
)
_IN_TWO = {"voiceprint": "voice print", "audiobooks": "audio books"}  # as the dictionary has
_DAYS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first "
    "twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth twenty-seventh "
    "twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_BELOW_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()

_chance = SystemRandom()


class PhraseWord(NamedTuple):
    """A word of the list and how many syllables it has."""

    word: str
    syllables: int


class Phrase(NamedTuple):
    """The words to be read, and phrases of the same syllable counts that they must win against."""

    words: Words
    decoys: tuple[Words, ...]


class StatementHeard(NamedTuple):
    """won: the statement fits the recording better than its words in any other order.

    share: of its words, those recognised in their order; kept as a score, never a gate.
    """

    won: bool
    share: float


class WordsHeard(NamedTuple):
    """The tries so far. Two wins in four tries: by chance alone that happens once in 1,700."""

    wins: int = 0
    losses: int = 0

    def after(self, won: bool) -> "WordsHeard":
        """Count one more try."""
        return WordsHeard(self.wins + won, self.losses + (not won))

    @property
    def passed(self) -> bool:
        return self.wins >= WINS_NEEDED

    @property
    def failed(self) -> bool:
        return self.losses > MOST_TRIES - WINS_NEEDED


def read_words(path: Path) -> tuple[PhraseWord, ...]:
    """Read the list of words, `word<TAB>syllables` a line; ValueError for any other line."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines()]
    return tuple(PhraseWord(word, int(syllables)) for word, syllables in rows)


def new_phrase(words: Sequence[PhraseWord]) -> Phrase:
    """Draw six different words of the list, and the decoys, from the system's randomness.

    With 2,048 words that is one of 2 ** 65.99 phrases: none can have been recorded before.
    """
    alike: dict[int, list[str]] = defaultdict(list)
    for word, syllables in words:
        alike[syllables].append(word)
    shown = _chance.sample(words, WORDS_SHOWN)
    true = tuple(word for word, _ in shown)
    decoys: set[Words] = set()
    while len(decoys) < DECOYS:
        decoys.add(tuple(_chance.choice(alike[syllables]) for _, syllables in shown))
        decoys.discard(true)
    return Phrase(true, tuple(decoys))


def said(recognizer: Recognizer, recording: Recording, phrase: Phrase) -> bool:
    """Whether the recording fits the words better than any of the decoys."""
    return _wins(recognizer, recording, phrase.words, phrase.decoys)


def statement(name: str, day: date) -> str:
    """Give the statement of consent to be read aloud.

    The date is in words, because numbers are read in many ways. Years 2010 to 2099;
    ValueError for others.
    """
    return _STATEMENT.format(name=name, day=_spoken(day))


def statement_said(
    recognizer: Recognizer, recording: Recording, name: str, day: date
) -> StatementHeard:
    """Tell whether the statement of `name` on `day` was read.

    The decoys are the statement's own words in random orders, so that no other speech is nearer to
    the one than to the others. A name of which the recogniser knows no word is passed over: how it
    sounds is for its bearer to say, and a guess from its letters could only speak against them.
    """
    words = tuple(w for w in _words(statement(name, day)) if recognizer.knows(w))
    decoys = [tuple(_chance.sample(words, len(words))) for _ in range(STATEMENT_DECOYS)]
    won = _wins(recognizer, recording, words, decoys)
    return StatementHeard(won, _in_order(words, recognizer.words(recording)) / len(words))


def _wins(
    recognizer: Recognizer, recording: Recording, true: Words, decoys: Sequence[Words]
) -> bool:
    phrases = sorted(" ".join(words) for words in (true, *decoys))  # a place that tells nothing
    index = recognizer.choose(recording, phrases).index
    return index is not None and phrases[index] == " ".join(true)


def _words(text: str) -> Words:
    lowered = text.lower()
    for word, parts in _IN_TWO.items():
        lowered = lowered.replace(word, parts)
    return tuple(re.findall(r"[^\W\d_]+(?:'[^\W\d_]+)*", lowered))


def _spoken(day: date) -> str:
    if not 2010 <= day.year <= 2099:
        raise ValueError(f"no words for the year {day.year}")
    return f"the {_DAYS[day.day - 1]} of {_MONTHS[day.month - 1]}, twenty {_number(day.year % 100)}"


def _number(value: int) -> str:
    if value < 20:
        return _BELOW_TWENTY[value - 1]
    tens, ones = _TENS[value // 10 - 2], value % 10
    return f"{tens}-{_BELOW_TWENTY[ones - 1]}" if ones else tens


def _in_order(said: Words, heard: Words) -> int:
    """Give the length of the longest common subsequence."""
    row = [0] * (len(heard) + 1)
    for word in said:
        before = row
        row = [0]
        for place, other in enumerate(heard):
            row.append(before[place] + 1 if word == other else max(before[place + 1], row[place]))
    return row[-1]
