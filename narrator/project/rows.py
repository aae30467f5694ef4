"""The values of a project as rows of its file, and back."""

import base64
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from narrator.book.model import Cover
from narrator.project.model import Bookmark, Character, Entry, Facts, Sentence, Take
from narrator.speech import Bend, Opening, Pronunciation, Prosody

Value = str | int | float | None
Row = Mapping[str, Value]

SENTENCE = (
    "id, chapter, place, written, text, opens, ends_paragraph, included, pause, character, takes, "
    "chosen"
)
FACTS = "title, voice, authors, subtitle, series, series_number, language, year, description, cover"

_OPENINGS = {opening.value: opening for opening in Opening}
_ONE_TAKE = (Take(),)


def sentence_row(sentence: Sentence) -> dict[str, Value]:
    """Give the columns of a sentence; its text only where it is not what is written."""
    return {
        "chapter": sentence.chapter,
        "place": sentence.place,
        "written": sentence.written,
        "text": None if sentence.text == sentence.written else sentence.text,
        "opens": sentence.opens.value,
        "ends_paragraph": int(sentence.ends_paragraph),
        "included": int(sentence.included),
        "pause": sentence.pause,
        "character": sentence.character,
        "takes": _from_takes(sentence.takes),
        "chosen": sentence.chosen,
    }


def sentence_of(row: tuple[Any, ...]) -> Sentence:
    """Give the sentence of a row of the columns `SENTENCE`.

    Raises LookupError, TypeError or ValueError on values that no sentence has.
    """
    takes = _to_takes(row[10])
    if not 0 <= row[11] < len(takes):
        raise ValueError("the chosen take is not there")
    return Sentence(
        id=row[0],
        chapter=row[1],
        place=row[2],
        written=row[3],
        text=row[3] if row[4] is None else row[4],
        opens=_OPENINGS[row[5]],
        ends_paragraph=bool(row[6]),
        included=bool(row[7]),
        pause=row[8],
        character=row[9],
        takes=takes,
        chosen=row[11],
    )


def facts_row(facts: Facts, cover: int | None) -> dict[str, Value]:
    """Give the columns of the book's facts. cover: id of the picture."""
    return {
        "title": facts.title,
        "voice": facts.voice,
        "authors": json.dumps(facts.authors),
        "subtitle": facts.subtitle,
        "series": facts.series,
        "series_number": facts.series_number,
        "language": facts.language,
        "year": facts.year,
        "description": facts.description,
        "cover": cover,
    }


def facts_of(row: tuple[Any, ...], cover: Cover | None) -> Facts:
    """Give the facts of a row of the columns `FACTS`; errors as in `sentence_of`."""
    title, voice, authors, subtitle, series, number, language, year, description, _ = row
    return Facts(
        title=title,
        voice=voice,
        authors=tuple(str(name) for name in json.loads(authors)),
        subtitle=subtitle,
        series=series,
        series_number=number,
        language=language,
        year=year,
        description=description,
        cover=cover,
    )


def picture_row(cover: Cover) -> dict[str, Value]:
    """Give the columns of a picture; as text, so that a step of undo can hold it."""
    return {
        "media_type": cover.media_type,
        "data": base64.b64encode(cover.data).decode("ascii"),
    }


def cover_of(media_type: str, data: str) -> Cover:
    """Give the picture; raises ValueError when it is no base64."""
    return Cover(base64.b64decode(data, validate=True), media_type)


def character_row(character: Character) -> dict[str, Value]:
    """Give the columns of a character."""
    return {"name": character.name, "voice": character.voice}


def entry_row(entry: Entry) -> dict[str, Value]:
    """Give the columns of a pronunciation."""
    return {
        "word": entry.pronunciation.word,
        "symbols": json.dumps(entry.pronunciation.symbols),
        "respelling": entry.respelling,
        "sentence": entry.sentence,
    }


def entry_of(row: tuple[Any, ...]) -> Entry:
    """Give the pronunciation of a row: id, word, symbols, respelling, sentence."""
    number, word, symbols, respelling, sentence = row
    said = Pronunciation(word, tuple(str(symbol) for symbol in json.loads(symbols)))
    return Entry(number, said, respelling, sentence)


def bookmark_row(bookmark: Bookmark) -> dict[str, Value]:
    """Give the columns of a bookmark."""
    return {"sentence": bookmark.sentence, "note": bookmark.note}


def without_bends(takes: Iterable[Take]) -> tuple[Take, ...]:
    """Give the takes for another text: its symbols are not those that were bent."""
    return tuple(replace(take, prosody=replace(take.prosody, bends=())) for take in takes)


def _from_takes(takes: tuple[Take, ...]) -> str:
    if takes == _ONE_TAKE:
        return ""
    return json.dumps([_from_take(take) for take in takes], separators=(",", ":"))


def _from_take(take: Take) -> list[object]:
    prosody = take.prosody
    factors = (prosody.speed, prosody.pitch, prosody.energy, prosody.liveliness)
    return [take.voice, take.reading, *factors, prosody.bends]


def _to_takes(text: str) -> tuple[Take, ...]:
    if not text:
        return _ONE_TAKE
    return tuple(_to_take(*values) for values in json.loads(text))


def _to_take(
    voice: str | None,
    reading: int,
    speed: float,
    pitch: float,
    energy: float,
    liveliness: float,
    bends: list[list[float]],
) -> Take:
    bent = tuple(
        Bend(int(symbol), *map(_finite, (stretch, pitch, energy)))
        for symbol, stretch, pitch, energy in bends
    )
    prosody = Prosody(_finite(speed), _finite(pitch), _finite(energy), _finite(liveliness), bent)
    return Take(None if voice is None else str(voice), prosody, int(reading))


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("a number without end")
    return float(value)
