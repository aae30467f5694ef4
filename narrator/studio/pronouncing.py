"""How words are said: the user's pronunciations for all books, and what becomes of a word."""

import logging
from collections.abc import Iterable, Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

from narrator.disk import atomic_path, locked, refusals_by_name
from narrator.errors import FolderNotWritable
from narrator.speech import Opening, Phonemes, Pronunciation
from narrator.studio.studio import FrontEnd
from narrator.text.symbols import PHONEMES
from narrator.text.written import written_of, written_words

NAME = "pronunciations.tsv"  # in the data folder
_HEAD = "# Pronunciations for all books: word, tab, ARPAbet, tab, as it was typed.\n"

log = logging.getLogger(__name__)


class Scope(Enum):
    """Where a pronunciation holds."""

    SENTENCE = "sentence"
    BOOK = "book"
    EVERYWHERE = "everywhere"


class OwnPronunciation(NamedTuple):
    """A pronunciation for all books. respelling: as the user typed it."""

    pronunciation: Pronunciation
    respelling: str


class Said(NamedTuple):
    """How a word of a sentence is said. words: as spoken, several for "1984", none for "—".

    symbols: phonemes of text/symbols.py.
    """

    words: tuple[str, ...]
    symbols: tuple[str, ...]


class Pronouncer:
    """The pronunciations for all books, one for each word, in the file `path`.

    Lines that cannot be read are passed over and kept. Safe to use from any thread.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> tuple[Pronunciation, ...]:
        """Give what the front end takes, by the alphabet; nothing while the file is unreadable."""
        return tuple(own.pronunciation for own in self.entries())

    def entries(self) -> tuple[OwnPronunciation, ...]:
        """Give all with what was typed, by the alphabet; nothing while the file is unreadable."""
        try:
            lines = self._lines()
        except FolderNotWritable as error:
            log.warning("the pronunciations cannot be read: %s", error.reason)
            return ()
        read = [own for own in map(_read, lines) if own]
        return tuple(sorted(read, key=lambda own: folded(own.pronunciation.word)))

    def add(self, pronunciation: Pronunciation, respelling: str = "") -> None:
        """Keep a pronunciation in place of an older one of its word.

        Raises ValueError for a word or phonemes that are none, DiskFull or FolderNotWritable.
        """
        line = "\t".join(
            (_clean(pronunciation.word), " ".join(pronunciation.symbols), _clean(respelling))
        )
        if _read(line) is None:
            raise ValueError(f"{line!r} is not a word and ARPAbet phonemes")
        self._replace(pronunciation.word, [line])

    def remove(self, word: str) -> None:
        """Forget the pronunciation of a word, if it has one. Raises as `add`, but ValueError."""
        self._replace(word, [])

    def _replace(self, word: str, lines: Iterable[str]) -> None:
        with locked(self._path.with_suffix(".lock")):
            kept = [line for line in self._lines() if not _is_of(line, word)]
            text = _HEAD + "".join(f"{line}\n" for line in (*kept, *lines))
            with atomic_path(self._path) as temporary:
                # An undecodable byte goes back as it came.
                temporary.write_text(text, "utf-8", errors="surrogateescape", newline="\n")

    def _lines(self) -> list[str]:
        with refusals_by_name(self._path):
            if not self._path.exists():
                return []
            text = self._path.read_text("utf-8", errors="surrogateescape")
        return [line for line in text.split("\n") if line.strip() and line != _HEAD.rstrip()]


def folded(word: str) -> str:
    """Give the form of a word in which the front end compares it with a pronunciation's."""
    return word.lower().replace("’", "'")


def said_in(
    word: str, sentence: str, front_end: FrontEnd, pronunciations: Sequence[Pronunciation] = ()
) -> Said:
    """Give how `word` is said where it first stands in `sentence`, with these pronunciations.

    word: as written or as spoken; one that does not stand there is said alone. A pronunciation
    reaches it when one word is spoken, by that one. The first call takes seconds. Raises
    NothingToSay when no word of the sentence can be said.
    """

    def phonemes_of(text: str) -> Phonemes:
        own = tuple(pronunciations)
        return front_end.phonemize(text, opening=Opening.SENTENCE, pronunciations=own)

    phonemes = phonemes_of(sentence)
    indexes = _indexes(word, sentence, phonemes.words)
    if not indexes:
        phonemes = phonemes_of(word)
        indexes = list(range(len(phonemes.words)))
    return Said(
        tuple(phonemes.words[index] for index in indexes),
        tuple(
            symbol
            for symbol, index in zip(phonemes.symbols, phonemes.word_of, strict=True)
            if index in indexes
        ),
    )


def _indexes(word: str, sentence: str, spoken: Sequence[str]) -> list[int]:
    """Give which of the spoken words are `word`."""
    wanted = folded(word)
    for index, said in enumerate(spoken):
        if folded(said) == wanted:
            return [index]
    for place, written in enumerate(written_words(sentence)):
        if wanted in folded(written.text):
            owners = written_of(sentence, spoken)
            return [index for index, owner in enumerate(owners) if owner == place]
    return []


def _read(line: str) -> OwnPronunciation | None:
    word, _, rest = line.partition("\t")
    symbols, _, respelling = rest.partition("\t")
    sounds = tuple(symbols.split())
    if not word.strip() or word.startswith("#") or not sounds or not set(sounds) <= set(PHONEMES):
        return None
    return OwnPronunciation(Pronunciation(word, sounds), respelling)


def _is_of(line: str, word: str) -> bool:
    own = _read(line)
    return own is not None and folded(own.pronunciation.word) == folded(_clean(word))


def _clean(text: str) -> str:
    return " ".join(text.split())
