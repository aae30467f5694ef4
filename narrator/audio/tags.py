"""What an MP3 chapter says about itself: titles, cover, and that its voice is synthetic."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from narrator.errors import EncoderFailed

UTF_16 = 1  # text of ID3v2.3 that the widest range of players reads
FRONT_COVER = 3
UNKNOWN_LANGUAGE = "und"
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
    """The tags of one chapter's file.

    title: of the chapter. album: of the book. narrator: name of the voice. track: 1 to `tracks`.
    language: of the book, as in its metadata ("en-GB"). cover: JPEG or PNG bytes. cover_type:
    "image/jpeg" or "image/png". year: "" where it is not known. voice_type: "AI Voice" or
    "Authorized Voice Replica", the terms of the Audio Publishers Association.
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
    voice_type: str = "AI Voice"


def write_id3(path: Path, tags: Tags) -> None:
    """Put `tags` before the first frame of an MP3 file, as ID3v2.3.

    Raises EncoderFailed, or OSError when the file cannot be written. Source: ID3v2.3.0, section 4;
    audiobook programs read the narrator from the composer.
    """
    from mutagen import MutagenError
    from mutagen.id3 import (
        APIC,
        COMM,
        ID3,
        TALB,
        TCOM,
        TCON,
        TDRC,
        TIT2,
        TLAN,
        TPE1,
        TPE2,
        TRCK,
        TXXX,
    )

    language = language_code(tags.language)
    narrator = f"{tags.narrator} ({tags.voice_type})"
    notice = f"Read by a synthetic voice: {narrator}, made with narrator."
    texts: dict[Any, str] = {
        TIT2: tags.title,
        TALB: tags.album,
        TPE1: tags.author,
        TPE2: tags.author,
        TCOM: narrator,
        TCON: "Audiobook",
        TRCK: f"{tags.track}/{tags.tracks}",
        TLAN: language,
        TDRC: tags.year[:4] if tags.year[:4].isdecimal() else "",
    }
    frames = ID3()
    for kind, text in texts.items():
        if text := printable(text):
            frames.add(kind(encoding=UTF_16, text=[text]))
    frames.add(COMM(encoding=UTF_16, lang=language, desc="", text=[printable(notice)]))
    frames.add(TXXX(encoding=UTF_16, desc="AI_GENERATED", text=["1"]))
    frames.add(TXXX(encoding=UTF_16, desc="VOICE_TYPE", text=[printable(tags.voice_type)]))
    if tags.cover:
        picture = {"mime": tags.cover_type, "type": FRONT_COVER, "desc": "", "data": tags.cover}
        frames.add(APIC(encoding=0, **picture))
    frames.update_to_v23()
    try:
        frames.save(path, v2_version=3)
    except MutagenError as error:
        if error.args and isinstance(error.args[0], OSError):
            raise error.args[0] from None
        raise EncoderFailed(path, f"the tags were refused ({error})") from error


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
