"""What a sound file says about itself: titles, cover, and always that its voice is synthetic."""

from dataclasses import dataclass
from typing import NamedTuple

from narrator.audio.watermark.grid import VoiceKind

GENRE = "Audiobook"
LONGEST_CHAPTER_BYTES = 255  # of a title in the list of chapters of an MP4, which says so in a byte
UNKNOWN_LANGUAGE = "und"
# The terms of the Audio Publishers Association.
VOICE_TYPES = {VoiceKind.STOCK: "AI Voice", VoiceKind.REPLICA: "Authorized Voice Replica"}
# ISO 639-1 as books name it -> ISO 639-2 as TLAN and COMM want it (ID3v2.3, section 4.2.1).
LANGUAGES = {
    "de": "deu",
    "en": "eng",
    "es": "spa",
    "fr": "fra",
    "it": "ita",
    "la": "lat",
    "nl": "nld",
    "pl": "pol",
    "pt": "por",
    "ru": "rus",
    "sv": "swe",
}


@dataclass(frozen=True, kw_only=True)
class Tags:
    """The tags of one file.

    title: of the chapter, or of the book where the file holds all of it. album: of the book.
    narrator: name of the voice. track: 1 to `tracks`.
    language: of the book, as in its metadata ("en-GB"). cover: JPEG or PNG bytes. cover_type:
    "image/jpeg" or "image/png". year: a date that begins with one. All others: "" where they are
    not known.
    """

    title: str
    album: str
    author: str
    narrator: str
    track: int
    tracks: int
    language: str = ""
    cover: bytes | None = None
    cover_type: str = "image/jpeg"
    year: str = ""
    subtitle: str = ""
    series: str = ""
    series_number: str = ""
    description: str = ""
    publisher: str = ""


class ChapterMark(NamedTuple):
    """Where a chapter begins and ends in a file, in milliseconds."""

    title: str
    start: int
    end: int


def labels(kind: VoiceKind) -> dict[str, str]:
    """Give what every file says of a kind of voice, for machines."""
    return {"AI_GENERATED": "1", "VOICE_TYPE": VOICE_TYPES[kind]}


def chapter_title(title: str) -> str:
    """Give the title of a chapter as a list of chapters can hold it: never empty, not too long."""
    line = printable(title) or "Chapter"
    return line.encode()[:LONGEST_CHAPTER_BYTES].decode(errors="ignore")


def narrator_name(tags: Tags, kind: VoiceKind) -> str:
    """Give the narrator with the label of the voice, as "Kathleen (AI Voice)"."""
    return f"{tags.narrator} ({VOICE_TYPES[kind]})"


def year(tags: Tags) -> str:
    """Give the four digits of the year, or "" where it is not known."""
    return tags.year[:4] if tags.year[:4].isdecimal() else ""


def notice(kind: VoiceKind, narrator: str = "") -> str:
    """Give what every file says of its voice, for people."""
    voice = f"{narrator} ({VOICE_TYPES[kind]})" if narrator else VOICE_TYPES[kind]
    return f"Read by a synthetic voice: {printable(voice)}, made with narrator."


def language_code(language: str) -> str:
    """Give the three letters of ISO 639-2 for a book's language; "und" where it is not known."""
    first = language.replace("_", "-").partition("-")[0].strip().lower()
    if first in LANGUAGES.values():
        return first
    return LANGUAGES.get(first, UNKNOWN_LANGUAGE)


def printable(text: str) -> str:
    """Give `text` on one line, without control characters and halves of surrogate pairs."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(c for c in " ".join(whole.split()) if c.isprintable())
