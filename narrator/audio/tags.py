"""What a sound file says about itself: titles, cover, and always that its voice is synthetic."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from narrator.audio.watermark_grid import VoiceKind
from narrator.errors import EncoderFailed

UTF_16 = 1  # text of ID3v2.3 that the widest range of players reads
FRONT_COVER = 3
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
    """The tags of one chapter's file.

    title: of the chapter. album: of the book. narrator: name of the voice. track: 1 to `tracks`.
    language: of the book, as in its metadata ("en-GB"). cover: JPEG or PNG bytes. cover_type:
    "image/jpeg" or "image/png". year: "" where it is not known.
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


def labels(kind: VoiceKind) -> dict[str, str]:
    """Give what every file says of a kind of voice, for machines."""
    return {"AI_GENERATED": "1", "VOICE_TYPE": VOICE_TYPES[kind]}


def notice(kind: VoiceKind, narrator: str = "") -> str:
    """Give what every file says of its voice, for people."""
    voice = f"{narrator} ({VOICE_TYPES[kind]})" if narrator else VOICE_TYPES[kind]
    return f"Read by a synthetic voice: {printable(voice)}, made with narrator."


def write_id3(path: Path, tags: Tags | None, kind: VoiceKind) -> None:
    """Put the labels, and `tags` where there are some, before an MP3 file's first frame (ID3v2.3).

    Raises EncoderFailed, or OSError when the file cannot be written. Source: ID3v2.3.0, section 4;
    audiobook programs read the narrator from the composer.
    """
    from mutagen.id3 import ID3

    frames = ID3()
    _add_labels(frames, kind, tags)
    if tags:
        _add_titles(frames, tags, kind)
    frames.update_to_v23()
    with _refusals(path):
        frames.save(path, v2_version=3)


def label_wav(path: Path, kind: VoiceKind) -> None:
    """Put the labels into a WAV file, as an ID3 chunk. Raises EncoderFailed or OSError."""
    from mutagen.wave import WAVE

    with _refusals(path):
        file = WAVE(path)
        file.add_tags()
        frames: Any = file.tags
        _add_labels(frames, kind)
        frames.update_to_v23()
        file.save(v2_version=3)


def label_flac(encoded: BytesIO, path: Path, kind: VoiceKind) -> None:
    """Put the labels into a FLAC file in memory, beside its comment. Raises EncoderFailed."""
    from mutagen.flac import FLAC

    encoded.seek(0)
    with _refusals(path):
        file = FLAC(encoded)
        for name, text in labels(kind).items():
            file[name] = text
        file["DESCRIPTION"] = notice(kind)
        encoded.seek(0)
        file.save(encoded, padding=lambda _: 0)


def _add_labels(frames: Any, kind: VoiceKind, tags: Tags | None = None) -> None:
    from mutagen.id3 import COMM, TXXX

    language = language_code(tags.language) if tags else UNKNOWN_LANGUAGE
    text = notice(kind, tags.narrator if tags else "")
    frames.add(COMM(encoding=UTF_16, lang=language, desc="", text=[text]))
    for name, value in labels(kind).items():
        frames.add(TXXX(encoding=UTF_16, desc=name, text=[value]))


def _add_titles(frames: Any, tags: Tags, kind: VoiceKind) -> None:
    from mutagen.id3 import APIC, TALB, TCOM, TCON, TDRC, TIT2, TLAN, TPE1, TPE2, TRCK

    texts: dict[Any, str] = {
        TIT2: tags.title,
        TALB: tags.album,
        TPE1: tags.author,
        TPE2: tags.author,
        TCOM: f"{tags.narrator} ({VOICE_TYPES[kind]})",
        TCON: "Audiobook",
        TRCK: f"{tags.track}/{tags.tracks}",
        TLAN: language_code(tags.language),
        TDRC: tags.year[:4] if tags.year[:4].isdecimal() else "",
    }
    for frame, text in texts.items():
        if text := printable(text):
            frames.add(frame(encoding=UTF_16, text=[text]))
    if tags.cover:
        picture = {"mime": tags.cover_type, "type": FRONT_COVER, "desc": "", "data": tags.cover}
        frames.add(APIC(encoding=0, **picture))


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """Turn mutagen's errors into the program's, or into the OSError that stands behind one."""
    from mutagen import MutagenError

    try:
        yield
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
