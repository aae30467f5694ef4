"""How a word is said: the user's pronunciations, then our lexicon, then gruut's, then a guess.

gruut's own text processing is passed by: it would expand numbers and split sentences once more, and
reaches a fifth of the speed. Its lexicon, its guesser and its part-of-speech tagger are used alone.
"""

import re
import sqlite3
import threading
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.machinery import SourceFileLoader
from importlib.metadata import distribution
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple, Protocol

from anyascii import anyascii

from narrator.text import homographs
from narrator.text.arpabet import from_ipa
from narrator.text.symbols import PHONEMES

Sounds = tuple[str, ...]

_SHIPPED = Path("resources") / "lexicon.tsv"
_SIBILANTS = {"S", "Z", "SH", "ZH", "CH", "JH"}
_VOICELESS = {"P", "T", "K", "F", "TH"}
_CONTRACTIONS: dict[str, Sounds] = {
    "n't": ("AH0", "N", "T"),
    "'ll": ("AH0", "L"),
    "'ve": ("AH0", "V"),
    "'re": ("ER0",),
    "'d": ("D",),
    "'m": ("M",),
}
_DIGITS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_LONGEST_SPELLED = 5
_DRAWN_OUT = re.compile(r"([a-z])\1{2,}")  # "sooooo"
_WINDOW = 6  # tokens on either side that the tagger sees: it looks two back and two ahead
_CACHED_WORDS = 50_000


class Token(NamedTuple):
    """A word as written, apostrophes straight, and whether a pause follows it."""

    text: str
    before_pause: bool


class _Tagger(Protocol):
    def __call__(self, words: Sequence[str]) -> Sequence[str]: ...


class _Guesser(Protocol):
    def __call__(self, word: str) -> Sequence[str]: ...


class _Models(NamedTuple):
    tag: _Tagger
    guess: _Guesser


_LETTER_A = ("EY1",)
# The CRF models keep the state of a call inside: two threads at once would mix their words.
_models_lock, _lexicon_lock = threading.Lock(), threading.Lock()


def read_lexicon(path: Path) -> dict[str, Sounds]:
    """Read `word<TAB>ARPAbet` lines; `#` begins a comment.

    Raises ValueError for an unknown symbol.
    """
    entries: dict[str, Sounds] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        word, _, symbols = line.partition("\t")
        sounds = tuple(symbols.split())
        if not sounds or not set(sounds) <= set(PHONEMES):
            raise ValueError(f"{path.name}: {line!r} is not a word and ARPAbet phonemes")
        entries[word] = sounds
    return entries


def lexicon_path() -> Path:
    """Give the shipped lexicon: beside the package in a checkout, inside it when installed."""
    package = Path(str(files("narrator")))
    checkout = package.parent / _SHIPPED
    return checkout if checkout.is_file() else package / _SHIPPED


def pronounce(tokens: Sequence[Token], own: Mapping[str, Sounds]) -> list[Sounds]:
    """Give the ARPAbet of each word of a sentence.

    own: the user's pronunciations by lower-cased word; they also serve the word's possessive.
    A word with nothing that can be said gives an empty tuple. Safe to call from any thread.
    """
    words = [token.text for token in tokens]
    sounds = [_own(word.lower(), own) or _in_context(words, i) for i, word in enumerate(words)]
    for i, token in enumerate(tokens):
        if token.text.lower() not in own:
            following = sounds[i + 1] if i + 1 < len(sounds) else ()
            sounds[i] = homographs.weak_or_strong(
                token.text.lower(), sounds[i], following, before_pause=token.before_pause
            )
    return sounds


def _own(word: str, own: Mapping[str, Sounds]) -> Sounds:
    if word in own:
        return own[word]
    if word.endswith("'s") and word[:-2] in own:
        return _with_s(own[word[:-2]])
    return ()


def _in_context(words: list[str], index: int) -> Sounds:
    word = words[index].lower()
    if homographs.is_letter(words, index):
        return _LETTER_A
    ruled = homographs.by_rule(words, index)
    if ruled:
        return ruled
    roles = _gruut_roles(word)
    if len(roles) > 1 and word not in _our_lexicon():
        start = max(0, index - _WINDOW)
        tag = _tags(tuple(words[start : index + _WINDOW + 1]))[index - start]
        return _by_role(word, homographs.role(tag, roles))
    return _alone(words[index])


@cache
def _our_lexicon() -> dict[str, Sounds]:
    return read_lexicon(lexicon_path())


@lru_cache(maxsize=_CACHED_WORDS)
def _gruut_roles(word: str) -> dict[str, str]:
    """Give role -> IPA of a word in gruut's lexicon, the usual one first; {} for one not in it."""
    with _lexicon_lock:
        query = "SELECT role, phonemes FROM sayings WHERE word = ? ORDER BY pron_order"
        roles: dict[str, str] = {}
        for role, phonemes in _gruut_lexicon().execute(query, (word,)):
            roles.setdefault(role.removeprefix("gruut:"), phonemes)
    return roles


@cache
def _gruut_lexicon() -> sqlite3.Connection:
    """Give the lexicon in memory, with the index that its file lacks; `_lexicon_lock` guards it."""
    database = Path(str(files("gruut_lang_en"))) / "lexicon.db"
    lexicon = sqlite3.connect(":memory:", uri=True, check_same_thread=False)
    lexicon.execute("ATTACH ? AS stored", (f"{database.as_uri()}?mode=ro&immutable=1",))
    columns = "word, role, phonemes, pron_order"
    lexicon.execute(f"CREATE TABLE sayings AS SELECT {columns} FROM stored.word_phonemes")
    lexicon.execute("DETACH stored")
    lexicon.execute("CREATE INDEX by_word ON sayings (word)")
    return lexicon


@cache
def _models() -> _Models:
    folder = Path(str(files("gruut_lang_en")))
    return _Models(
        tag=_of_gruut("pos").PartOfSpeechTagger(str(folder / "pos" / "model.crf")),
        guess=_of_gruut("g2p").GraphemesToPhonemes(str(folder / "g2p" / "model.crf")),
    )


def _of_gruut(name: str) -> Any:
    """Load a module of gruut alone.

    The package itself begins by loading its text processing, which takes a third of a second.
    """
    file = distribution("gruut").locate_file(f"gruut/{name}.py")
    module = ModuleType(f"gruut.{name}")
    SourceFileLoader(module.__name__, str(file)).exec_module(module)
    return module


@lru_cache(maxsize=1024)
def _tags(words: tuple[str, ...]) -> tuple[str, ...]:
    with _models_lock:
        return tuple(_models().tag(words))


@lru_cache(maxsize=_CACHED_WORDS)
def _by_role(word: str, role: str) -> Sounds:
    return from_ipa(_gruut_roles(word)[role].split())


@lru_cache(maxsize=_CACHED_WORDS)
def _alone(written: str) -> Sounds:
    """Say a word without its neighbours."""
    word = written.lower()
    known = _known(word)
    if known:
        return known
    if word.isdecimal():
        return _joined([_DIGITS[int(digit)] for digit in word])
    if not any(letter.isalnum() for letter in word):
        return ()
    plain = re.sub(r"[^a-z']", "", anyascii(word).lower())
    if plain != word:
        return _alone(plain) if plain else ()
    if plain.strip("'") != plain:
        return _alone(plain.strip("'")) if plain.strip("'") else ()
    if _DRAWN_OUT.search(word):
        return _alone(_DRAWN_OUT.sub(r"\1", word))
    derived = _derived(word)
    if derived:
        return derived
    if len(word) <= _LONGEST_SPELLED and (written.isupper() or not re.search("[aeiouy]", word)):
        return _joined(list(word.replace("'", "")))
    with _models_lock:
        return from_ipa(_models().guess(word.replace("'", "")))


def _joined(words: Sequence[str]) -> Sounds:
    return tuple(sound for word in words for sound in _known(word))


def _known(word: str) -> Sounds:
    if word == "a":
        return ("AH0",)
    if word in _our_lexicon():
        return _our_lexicon()[word]
    roles = _gruut_roles(word)
    return _by_role(word, next(iter(roles))) if roles else ()


def _derived(word: str) -> Sounds:
    """Say a word by the one it is made from: possessives, contractions, and -in' for -ing."""
    if word.endswith("'s"):
        return _with_s(_alone(word[:-2]))
    for ending, sounds in _CONTRACTIONS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return _alone(word.removesuffix(ending)) + sounds
    if word.endswith("in") and (whole := _known(word + "g")) and whole[-2:] == ("IH0", "NG"):
        return (*whole[:-2], "AH0", "N")
    return ()


def _with_s(sounds: Sounds) -> Sounds:
    match sounds[-1:]:
        case (last,) if last in _SIBILANTS:
            return (*sounds, "IH0", "Z")
        case (last,) if last in _VOICELESS:
            return (*sounds, "S")
        case (_,):
            return (*sounds, "Z")
    return ()
