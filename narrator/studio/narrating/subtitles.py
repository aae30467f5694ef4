"""Subtitles and lyrics of a narration: SRT, WebVTT, LRC, and JSON with the time of each word.

A cue is a sentence, or a clause of a long one: two lines of 42 characters and 7 seconds at most.
Sources: WebVTT, W3C; LRC with word times as the Enhanced LRC format has them.
"""

import json
import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from narrator.book.aloud.spoken import SpokenChapter, SpokenSentence, SpokenWord

LINE = 42  # characters
LINES = 2
LONGEST = 7.0  # seconds
SHORTEST = 1.0  # where the pause behind allows it
FASTEST = 17.0  # characters a second, where the pause behind allows it
_CLAUSE_END = re.compile(r"[,;:.!?…—–][\"”’»)\]]*$")


class Cue(NamedTuple):
    """What is shown at a time. start, end: seconds. text: the words, as they were written."""

    start: float
    end: float
    text: str
    words: tuple[SpokenWord, ...]


@dataclass(frozen=True)
class About:
    """What a file of subtitles says of the book."""

    title: str
    author: str = ""
    narrator: str = ""


def cues_of(chapter: SpokenChapter, *, words: bool = False) -> list[Cue]:
    """Give the cues of one sound file: sorted, not overlapping, inside the file.

    words: each word is a cue of its own. A cue stays in the pause behind it as long as it takes to
    be read.
    """
    pieces = [piece for sentence in chapter.sentences for piece in _pieces(sentence, words=words)]
    bounds = (*(piece[0].start for piece in pieces[1:]), chapter.seconds)
    cues = []
    for piece, bound in zip(pieces, bounds, strict=False):
        text = _text(piece)
        start, end = piece[0].start, piece[-1].end
        if not words:
            end = max(end, start + min(LONGEST, max(SHORTEST, len(text) / FASTEST)))
        cues.append(Cue(start, min(end, bound), text, piece))
    return cues


def write_srt(chapter: SpokenChapter, about: About, *, words: bool = False) -> str:
    """Give SubRip: numbered cues, commas in the times, CR LF."""
    lines = []
    timed = _rounded(cues_of(chapter, words=words), chapter.seconds, 1000)
    for number, (start, end, cue) in enumerate(timed, start=1):
        times = f"{_clock(start, ',')} --> {_clock(end, ',')}"
        lines += [str(number), times, *wrap_lines(cue.text), ""]
    return "".join(f"{line}\r\n" for line in lines)


def write_vtt(chapter: SpokenChapter, about: About, *, words: bool = False) -> str:
    """Give WebVTT; with `words` they carry their times inside the cue of their clause."""
    lines = ["WEBVTT", ""]
    for start, end, cue in _rounded(cues_of(chapter), chapter.seconds, 1000):
        lines.append(f"{_clock(start, '.')} --> {_clock(end, '.')}")
        lines += _timed_lines(cue, start, end) if words else map(_escaped, wrap_lines(cue.text))
        lines.append("")
    return "".join(f"{line}\n" for line in lines)


def write_lrc(chapter: SpokenChapter, about: About, *, words: bool = False) -> str:
    """Give lyrics: a line with its start for each cue, an empty one where a pause begins."""
    tags = [("ti", chapter.title), ("ar", about.author), ("al", about.title)]
    tags += [("by", about.narrator), ("length", _minutes(round(chapter.seconds * 100)))]
    lines = [f"[{name}:{' '.join(value.split())}]" for name, value in tags if value]
    timed = _rounded(cues_of(chapter), chapter.seconds, 100)
    starts = [start for start, *_ in timed[1:]]
    last = timed[-1][1] + 1 if timed else 0
    for (start, end, cue), following in zip(timed, [*starts, last], strict=False):
        lines.append(f"[{_minutes(start)}]{_lyric(cue, start, end) if words else cue.text}")
        if end < following:
            lines.append(f"[{_minutes(end)}]")
    return "".join(f"{line}\n" for line in lines)


def write_json(chapter: SpokenChapter, about: About, *, words: bool = True) -> str:
    """Give all times as they are, in seconds to the millisecond."""
    sentences = [
        {"number": sentence.number, "text": sentence.text, **_times(sentence)}
        | (
            {"words": [{"text": w.text, "at": w.at, **_times(w)} for w in sentence.words]}
            if words
            else {}
        )
        for sentence in chapter.sentences
    ]
    whole = {
        "format": "narrator spoken 1",
        "book": about.title,
        "author": about.author,
        "narrator": about.narrator,
        "chapter": chapter.number,
        "title": chapter.title,
        "audio": chapter.audio.name,
        "seconds": round(chapter.seconds, 3),
        "sentences": sentences,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


class Write(NamedTuple):
    """A kind of subtitles: what its files end in, and what gives their text."""

    suffix: str
    text: Callable[..., str]


WRITERS = {
    "srt": Write(".srt", write_srt),
    "vtt": Write(".vtt", write_vtt),
    "lrc": Write(".lrc", write_lrc),
    "json": Write(".json", write_json),
}


def wrap_lines(text: str) -> list[str]:
    """Break a cue into two lines of even length where one does not hold it; only at blanks."""
    if len(text) <= LINE:
        return [text]
    blanks = [found.start() for found in re.finditer(" ", text)]
    if not blanks:
        return [text]
    at = min(blanks, key=lambda at: (max(at, len(text) - at - 1), at))
    return [text[:at], text[at + 1 :]]


def _pieces(sentence: SpokenSentence, *, words: bool) -> Iterator[tuple[SpokenWord, ...]]:
    """Cut a sentence into its cues, each some of its words with all that is written with them."""
    spoken = _whole(sentence)
    if words:
        yield from ((word,) for word in spoken)
        return
    yield from _cut(spoken)


def _whole(sentence: SpokenSentence) -> tuple[SpokenWord, ...]:
    """Give the words so that nothing written is lost: what does not sound goes with its neighbour.

    Without word times each word gets the share of its letters.
    """
    words = sentence.words or tuple(_estimated(sentence))
    starts = [0, *(word.at for word in words[1:]), len(sentence.text)]
    return tuple(
        word._replace(text=sentence.text[start:end].strip(), at=start)
        for word, (start, end) in zip(words, pairwise(starts), strict=True)
    )


def _estimated(sentence: SpokenSentence) -> Iterator[SpokenWord]:
    length = len(sentence.text)
    per_character = (sentence.end - sentence.start) / length
    for found in re.finditer(r"\S+", sentence.text):
        start, end = (sentence.start + at * per_character for at in found.span())
        yield SpokenWord(found[0], found.start(), start, end)


def _cut(words: tuple[SpokenWord, ...]) -> Iterator[tuple[SpokenWord, ...]]:
    """Halve what is too long for a cue, at the end of a clause if one is near the middle."""
    if len(words) == 1 or _fits(words):
        yield words
        return
    text = len(_text(words))

    def cost(at: int) -> float:
        left = len(_text(words[:at]))
        off = abs(left / text - 0.5)
        return off if _CLAUSE_END.search(words[at - 1].text) else off + 0.25

    at = min(range(1, len(words)), key=cost)
    yield from _cut(words[:at])
    yield from _cut(words[at:])


def _fits(words: Sequence[SpokenWord]) -> bool:
    lines = wrap_lines(_text(words))
    return max(map(len, lines)) <= LINE and words[-1].end - words[0].start <= LONGEST


def _text(words: Sequence[SpokenWord]) -> str:
    """Give words as they were written, with a blank where one stood."""
    text = words[0].text
    at = words[0].at + len(words[0].text)
    for word in words[1:]:
        text += word.text if word.at == at else f" {word.text}"
        at = word.at + len(word.text)
    return text


def _rounded(cues: Sequence[Cue], seconds: float, unit: int) -> list[tuple[int, int, Cue]]:
    """Give the times in whole units: starts down, ends up, then none over the next one's start.

    unit: how many make a second. A cue that nothing is left of is shown with the next.
    """
    made: list[tuple[int, int, Cue]] = []
    waiting: Cue | None = None
    starts = [math.floor(cue.start * unit + 1e-6) for cue in cues]
    last = math.floor(seconds * unit + 1e-6)
    for cue, start, bound in zip(cues, starts, [*starts[1:], last], strict=False):
        end = min(math.ceil(cue.end * unit - 1e-6), bound)
        shown = _both(waiting, cue) if waiting else cue
        waiting = None if end > start else shown
        if not waiting:
            made.append((start, end, shown))
    if waiting and made:
        start, end, before = made.pop()
        made.append((start, end, _both(before, waiting)))
    return made


def _both(first: Cue, second: Cue) -> Cue:
    last = first.words[-1]
    further = last.at + len(last.text) + 1 - second.words[0].at
    moved = (word._replace(at=word.at + further) for word in second.words)
    return Cue(first.start, second.end, f"{first.text} {second.text}", (*first.words, *moved))


def _timed_lines(cue: Cue, start: int, end: int) -> list[str]:
    """Give the lines of a cue with the time of each word but the first; times must rise."""
    shown = ""
    last = start
    for word, glue in _glued(cue):
        at = math.floor(word.start * 1000 + 1e-6)
        stamp = f"<{_clock(at, '.')}>" if glue is not None and last < at < end else ""
        last = at if stamp else last
        shown += (glue or "") + stamp + _escaped(word.text)
    lines = wrap_lines(cue.text)
    if len(lines) == 1:
        return [shown]
    blanks = [found.start() for found in re.finditer(" ", shown)]
    at = blanks[lines[0].count(" ")]
    return [shown[:at], shown[at + 1 :]]


def _lyric(cue: Cue, start: int, end: int) -> str:
    """Give the words of a line, each behind its time."""
    shown, last = "", start
    for word, glue in _glued(cue):
        last = min(max(last, math.floor(word.start * 100 + 1e-6)), end)
        shown += f"{glue or ''}<{_minutes(last)}>{word.text}"
    return shown


def _glued(cue: Cue) -> Iterator[tuple[SpokenWord, str | None]]:
    """Give each word and what stands in front of it: a blank, nothing, or None at the beginning."""
    yield cue.words[0], None
    for before, word in pairwise(cue.words):
        yield word, "" if word.at == before.at + len(before.text) else " "


def _times(said: SpokenSentence | SpokenWord) -> dict[str, float]:
    return {"start": round(said.start, 3), "end": round(said.end, 3)}


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _clock(milliseconds: int, point: str) -> str:
    seconds, rest = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}{point}{rest:03}"


def _minutes(hundredths: int) -> str:
    seconds, rest = divmod(hundredths, 100)
    return f"{seconds // 60:02}:{seconds % 60:02}.{rest:02}"
