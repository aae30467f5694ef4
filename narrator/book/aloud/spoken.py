"""What was said when: the sentences of a narration and their words, in seconds of the sound file.

Readers, shops and players that show text beside sound are all written from this.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple


class SpokenWord(NamedTuple):
    """A word as written, marks and all. at: of its first character in the sentence."""

    text: str
    at: int
    start: float
    end: float


@dataclass(frozen=True)
class SpokenSentence:
    """A sentence as it is said. start, end: of its first and last sound, in seconds.

    number: its place among what the chapter says, from 1. words: those that sound, in order; empty
    where they were not asked for. written: what the book has for it, "" for nothing.
    """

    number: int
    text: str
    start: float
    end: float
    words: tuple[SpokenWord, ...] = ()
    written: str = ""


@dataclass(frozen=True)
class SpokenChapter:
    """What a sound file says. number: of the chapter in the book, from 1. seconds: of the file.

    A chapter of several files is several of these, in order. The sentences are in order and do not
    overlap.
    """

    number: int
    title: str
    audio: Path
    seconds: float
    sentences: tuple[SpokenSentence, ...]
