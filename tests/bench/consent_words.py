"""How often the word check of the consent lets a speaker through who read the words, and others.

Run: python tests/bench/consent_words.py --corpus FOLDER [--minutes N] [--sessions N] [--rows a,b]

Every finished session is kept in build/consent_words.jsonl; a later run goes on from there. The
corpus holds sentences and nobody who reads our list. So a true phrase is a whole clip of 5 to 14
words that are all in the dictionary, and its decoys are words of other clips of the same source, of
the same syllable counts one by one. That is harder than the list: words are short, run into each
other, and are not three phones apart. All that must not pass is tried against phrases of the real
list, as in the app. Readings of the list by the shipped voices stand in for people's, who are
missing, and for the recording of an old phrase that is played again.
"""

import argparse
import csv
import json
import random
import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

import numpy as np
import soundfile
from machine import machine

sys.path.insert(0, str(Path(__file__).parents[1]))
from shipped_voice import ROOT, WORDS, read_aloud

from narrator.audio.recognize import Recognizer
from narrator.audio.recording import usable
from narrator.errors import RecordingError
from narrator.profiles.cloning import WORDS_SECONDS
from narrator.profiles.phrase import (
    DECOYS,
    MOST_TRIES,
    Phrase,
    WordsHeard,
    new_phrase,
    read_words,
    said,
    statement,
    statement_said,
)
from narrator.speech import SAMPLE_RATE, Recording

RESULT = ROOT / "build" / "consent_words.jsonl"
SHORTEST, LONGEST = 5, 14
RATE = 16_000
TAKE_SECONDS = 3.5  # as long as six words take
VOICES = ("kathleen", "rowan")
DAY = date(2026, 11, 22)
NAMES = "Maria Keller;John Smith;Wei Zhang;Aoife Byrne;Priya Natarajan;Robert".split(";")


class Clip(NamedTuple):
    """One clip of the corpus. words: in its order, empty where nobody wrote them down."""

    path: Path
    speaker: str
    source: str
    words: tuple[str, ...]


class Session(NamedTuple):
    """One whole check: who is heard (the unit of the bootstrap), and which tries were won.

    share: of the statement's words, those heard.
    """

    speaker: str
    tries: list[bool]
    share: float = 0.0


class Bench:
    """The corpus, the list, and a recogniser. Each row gives its n-th session by its number."""

    def __init__(self, corpus: Path) -> None:
        self.recognizer = Recognizer()
        self.list = read_words(WORDS)
        self.clips = list(_clips(corpus))
        self.usable = [clip for clip in self.clips if self._usable(clip)]
        pools: dict[tuple[str, int], set[str]] = defaultdict(set)
        for clip in self.usable:
            for word in clip.words:
                pools[clip.source, self._syllables(word)].add(word)
        self.pools = {key: sorted(pool) for key, pool in pools.items()}

    def reader(self, source: str, number: int) -> Session:
        """Four clips of one speaker, all four tried, also after two wins."""
        clips = in_turns([c for c in self.usable if c.source == source], whole=True)[number]
        chance = random.Random(number)
        tries = [said(self.recognizer, _recording(c), self._of_clip(c, chance)) for c in clips]
        return Session(clips[0].speaker, tries)

    def list_reader(self, number: int) -> Session:
        """Four phrases of the list read by a shipped voice, all four tried."""
        voice = VOICES[number % len(VOICES)]
        phrases = [new_phrase(self.list) for _ in range(MOST_TRIES)]
        tries = [said(self.recognizer, _read(phrase, voice), phrase) for phrase in phrases]
        return Session(voice, tries)

    def unrelated(self, number: int) -> Session:
        """Clips of one speaker who says something else; a long one in pieces."""
        clips = in_turns(self.clips, whole=False)[number]
        return self._check(clips[0].speaker, lambda attempt: _piece(clips, attempt))

    def replay(self, number: int) -> Session:
        """An old reading of the list by a shipped voice, the same in all tries."""
        voice = VOICES[number % len(VOICES)]
        old = _read(new_phrase(self.list), voice)
        return self._check(voice, lambda _: old)

    def silence(self, number: int) -> Session:
        """Digital silence first, then rooms between -90 and -50 dB."""
        chance = np.random.default_rng(number)
        return self._check(
            "nobody",
            lambda attempt: _white(10 ** chance.uniform(-4.5, -2.5) if attempt else 0.0, chance),
        )

    def noise(self, number: int) -> Session:
        """White noise, pink noise, hum, or six people at once."""
        chance = np.random.default_rng(number)
        match number % 4:
            case 0:
                return self._check("white", lambda _: _white(0.1, chance))
            case 1:
                return self._check("pink", lambda _: _pink(chance))
            case 2:
                return self._check("hum", lambda _: _hum(chance))
            case _:
                return self._check("babble", lambda _: _babble(chance, self.usable))

    def statement_read(self, number: int) -> Session:
        """The statement by a shipped voice, under several names."""
        voice, name = VOICES[number % len(VOICES)], NAMES[number // len(VOICES)]
        heard = statement_said(self.recognizer, read_aloud(statement(name, DAY), voice), name, DAY)
        return Session(voice, [heard.won], heard.share)

    def statement_unrelated(self, number: int) -> Session:
        """Some 14 s of a book in place of the statement."""
        clip = [clip for clip in self.clips if clip.source == "librispeech"][number]
        heard = statement_said(self.recognizer, _recording(clip), NAMES[0], DAY)
        return Session(clip.speaker, [heard.won], heard.share)

    def _check(self, speaker: str, take: Callable[[int], Recording]) -> Session:
        """Check as the app does: what is no clean speech is refused, else a new phrase each try.

        In the app such a refusal costs no try; here it counts as one, or silence would never end.
        """
        heard, tries = WordsHeard(), list[bool]()
        while not (heard.passed or heard.failed):
            recording = take(len(tries))
            clean = _is_clean(recording)
            tries.append(clean and said(self.recognizer, recording, new_phrase(self.list)))
            heard = heard.after(tries[-1])
        return Session(speaker, tries)

    def _of_clip(self, clip: Clip, chance: random.Random) -> Phrase:
        decoys: set[tuple[str, ...]] = set()
        while len(decoys) < DECOYS:
            pools = (self.pools[clip.source, self._syllables(word)] for word in clip.words)
            decoys.add(tuple(chance.choice(pool) for pool in pools))
            decoys.discard(clip.words)
        return Phrase(clip.words, tuple(decoys))

    def _usable(self, clip: Clip) -> bool:
        return SHORTEST <= len(clip.words) <= LONGEST and all(map(self._syllables, clip.words))

    def _syllables(self, word: str) -> int:
        """Give 0 for a word that is not in the dictionary."""
        phones = self.recognizer._chooser.lookup_word(word)
        return sum(phone[0] in "AEIOU" for phone in phones.split()) if phones else 0


def _is_clean(recording: Recording) -> bool:
    try:
        usable(recording, needed_seconds=WORDS_SECONDS)
    except RecordingError:
        return False
    return True


ROWS: dict[str, Callable[[Bench, int], Session]] = {
    "true phrase, native (kathleen)": lambda b, n: b.reader("kathleen", n),
    "true phrase, storytellers (asp)": lambda b, n: b.reader("asp", n),
    "true phrase, non-native (speechocean762)": lambda b, n: b.reader("speechocean762", n),
    "true phrase of the list, shipped voices": Bench.list_reader,
    "unrelated speech": Bench.unrelated,
    "replay of an old phrase": Bench.replay,
    "silence": Bench.silence,
    "noise": Bench.noise,
    "statement, shipped voices": Bench.statement_read,
    "statement, unrelated speech": Bench.statement_unrelated,
}


def in_turns(clips: Sequence[Clip], *, whole: bool) -> list[list[Clip]]:
    """Give sessions of four clips of one speaker, speakers taking turns. whole: none of fewer."""
    piles: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips:
        piles[clip.speaker].append(clip)
    for speaker, pile in piles.items():
        random.Random(speaker).shuffle(pile)
    longest = max(map(len, piles.values()))
    found = [
        pile[start : start + MOST_TRIES]
        for start in range(0, longest, MOST_TRIES)
        for pile in piles.values()
    ]
    return [session for session in found if len(session) >= (MOST_TRIES if whole else 1)]


def _clips(corpus: Path) -> Iterator[Clip]:
    with (corpus / "manifest.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["source"] != "picovoice":
                letters = re.sub(r"[^a-z']", " ", row["text"].lower().replace("’", "'"))
                words = tuple(filter(None, (word.strip("'") for word in letters.split())))
                yield Clip(corpus / row["file"], row["speaker"], row["source"], words)


def _recording(clip: Clip) -> Recording:
    samples, rate = soundfile.read(clip.path, dtype="float32")
    return Recording(samples, rate)


def _piece(clips: Sequence[Clip], number: int) -> Recording:
    """A clip of its own for each try, or the next piece of the only one."""
    whole = _recording(clips[number % len(clips)])
    length = int(TAKE_SECONDS * whole.rate)
    start = number // len(clips) * length
    return Recording(whole.samples[start : start + length], whole.rate)


def _read(phrase: Phrase, voice: str) -> Recording:
    return read_aloud(", ".join(phrase.words) + ".", voice)


def _white(level: float, chance: np.random.Generator) -> Recording:
    return Recording(chance.normal(0, level, int(TAKE_SECONDS * RATE)), RATE)


def _pink(chance: np.random.Generator) -> Recording:
    spectrum = np.fft.rfft(chance.normal(0, 1, int(TAKE_SECONDS * RATE)))
    samples = np.fft.irfft(spectrum / np.sqrt(np.arange(1, len(spectrum) + 1)))
    return Recording(samples / np.abs(samples).max() / 2, RATE)


def _hum(chance: np.random.Generator) -> Recording:
    place = np.arange(int(TAKE_SECONDS * RATE)) / RATE
    tones = sum(np.sin(2 * np.pi * 50 * k * place + k) / k for k in range(1, 12))
    return Recording(0.1 * tones + chance.normal(0, 0.01, len(place)), RATE)


def _babble(chance: np.random.Generator, clips: Sequence[Clip]) -> Recording:
    mixed = np.zeros(int(TAKE_SECONDS * SAMPLE_RATE), np.float32)
    for index in chance.integers(len(clips), size=6):
        samples = _recording(clips[index]).samples[: len(mixed)]
        mixed[: len(samples)] += samples
    return Recording(mixed / 6, SAMPLE_RATE)


def kept() -> dict[str, list[Session]]:
    """Give the sessions of all runs so far, by row."""
    found: dict[str, list[Session]] = defaultdict(list)
    if RESULT.is_file():
        for line in RESULT.read_text("utf-8").splitlines():
            row, *session = json.loads(line)
            found[row].append(Session(*session))
    return found


def measure(bench: Bench, rows: Sequence[str], sessions: int, seconds: float) -> None:
    """Add sessions to all rows in turn, until the time is up or each has so many or no more."""
    numbers = {row: len(kept()[row]) for row in rows}
    RESULT.parent.mkdir(exist_ok=True)
    end = time.monotonic() + seconds
    while numbers and time.monotonic() < end:
        for row, number in list(numbers.items()):
            try:
                session = ROWS[row](bench, number) if number < sessions else None
            except IndexError:  # the corpus has no more
                session = None
            if session is None:
                del numbers[row]
                continue
            numbers[row] += 1
            with RESULT.open("a", encoding="utf-8") as file:
                file.write(json.dumps([row, *session]) + "\n")


def wilson(wins: int, count: int) -> tuple[float, float]:
    """Give the 95 % interval of a share (Wilson 1927)."""
    z, share = 1.96, wins / count
    middle = share + z * z / (2 * count)
    half = z * (share * (1 - share) / count + z * z / (4 * count * count)) ** 0.5
    return max(0.0, (middle - half) / (1 + z * z / count)), (middle + half) / (1 + z * z / count)


def over_speakers(sessions: Sequence[Session]) -> tuple[float, float]:
    """Give the 95 % interval of the wins a try, drawn over speakers, whose tries are alike."""
    piles: dict[str, list[bool]] = defaultdict(list)
    for session in sessions:
        piles[session.speaker] += session.tries
    wins = np.array([sum(pile) for pile in piles.values()])
    tries = np.array([len(pile) for pile in piles.values()])
    draws = np.random.default_rng(0).integers(len(wins), size=(2_000, len(wins)))
    low, high = np.quantile(wins[draws].sum(axis=1) / tries[draws].sum(axis=1), [0.025, 0.975])
    return float(low), float(high)


def passed(session: Session) -> bool:
    """Whether the check ends with its wins before its tries are used up."""
    heard = WordsHeard()
    for won in session.tries:
        heard = heard.after(won)
    return heard.passed


def table(found: dict[str, list[Session]]) -> str:
    """Give the figures as a Markdown table; a single speaker's interval is Wilson's."""
    lines = [
        "| row | speakers | tries | won a try | 95 % | checks | passed | share passed | 95 % |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for row, sessions in ((row, found[row]) for row in ROWS if found.get(row)):
        speakers = len({session.speaker for session in sessions})
        tries = [won for session in sessions for won in session.tries]
        several = speakers > len(VOICES) and any(tries)
        low, high = over_speakers(sessions) if several else wilson(sum(tries), len(tries))
        cells = [row, speakers, len(tries), f"{np.mean(tries):.4f}", f"{low:.4f}-{high:.4f}"]
        if row.startswith("statement"):
            share = np.mean([session.share for session in sessions])
            cells += ["-", "-", f"words heard {share:.2f}", "-"]
        else:
            good = sum(map(passed, sessions))
            low, high = wilson(good, len(sessions))
            cells += [len(sessions), good, f"{good / len(sessions):.4f}", f"{low:.4f}-{high:.4f}"]
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> None:
    """Measure, and print the table of all sessions kept."""
    parser = argparse.ArgumentParser(description="The word check of the consent, in figures.")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--sessions", type=int, default=1_000, help="of each row")
    parser.add_argument("--rows", nargs="+", choices=list(ROWS), default=list(ROWS))
    options = parser.parse_args()
    measure(Bench(options.corpus), options.rows, options.sessions, options.minutes * 60)
    here = machine()
    sys.stdout.write(f"{here['processor']}, {here['cores']} cores, {here['date']}\n\n")
    sys.stdout.write(f"{table(kept())}\n")


if __name__ == "__main__":
    main()
