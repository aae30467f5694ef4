"""Put tags, chapters and cover into finished sound files: ID3, MP4 atoms, Vorbis comments."""

from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from narrator.audio.tags import (
    GENRE,
    UNKNOWN_LANGUAGE,
    ChapterMark,
    Tags,
    labels,
    language_code,
    narrator_name,
    notice,
    printable,
    year,
)
from narrator.audio.watermark.grid import VoiceKind
from narrator.errors import EncoderFailed

UTF_16 = 1  # text of ID3v2.3 that the widest range of players reads
FRONT_COVER = 3
MOST_ENTRIES = 255  # of a table of contents in ID3, which counts them in one byte
TOP, ORDERED = 0x02, 0x01  # flags of such a table
AUDIOBOOK = 2  # the media kind in MP4, as Apple's programs have it
FREEFORM = "----:com.apple.iTunes:"
SHORT_CHARACTERS = 255  # of the description that Apple's programs show in a list
LARGEST_PART = 65_535  # of a series, by the two bytes that MP4 has for it


def write_id3(
    path: Path, tags: Tags | None, kind: VoiceKind, chapters: Sequence[ChapterMark] = ()
) -> None:
    """Put the labels, and `tags` where there are some, before an MP3 file's first frame (ID3v2.3).

    Raises EncoderFailed, or OSError when the file cannot be written. Source: ID3v2.3.0, section 4;
    ID3v2 Chapter Frame Addendum 1.0; audiobook programs read the narrator from the composer.
    """
    from mutagen.id3 import ID3

    frames = ID3()
    _add_labels(frames, kind, tags)
    if tags:
        _add_titles(frames, tags, kind)
    if chapters:
        _add_chapters(frames, chapters)
    frames.update_to_v23()
    with _refusals(path):
        frames.save(path, v2_version=3)


def write_wav_tags(path: Path, tags: Tags | None, kind: VoiceKind) -> None:
    """Put the labels, and `tags`, into a WAV file, as an ID3 chunk. Raises as `write_id3`."""
    from mutagen.wave import WAVE

    with _refusals(path):
        file = WAVE(path)
        file.add_tags()
        frames: Any = file.tags
        _add_labels(frames, kind, tags)
        if tags:
            _add_titles(frames, tags, kind)
        frames.update_to_v23()
        file.save(v2_version=3)


def write_mp4_tags(path: Path, tags: Tags | None, kind: VoiceKind) -> None:
    """Put labels, `tags` and cover into an MP4 file, whose chapters stay. Raises as `write_id3`."""
    from mutagen.mp4 import MP4, MP4Cover

    with _refusals(path):
        file = MP4(path)
        for name, text in labels(kind).items():
            file[FREEFORM + name] = text.encode()
        file["stik"] = [AUDIOBOOK]
        file["\xa9cmt"] = notice(kind, tags.narrator if tags else "")
        if tags:
            narrator = printable(narrator_name(tags, kind))
            texts = {
                "\xa9nam": tags.title,
                "\xa9alb": tags.album,
                "\xa9ART": tags.author,
                "aART": tags.author,
                "\xa9wrt": narrator,
                "\xa9nrt": narrator,
                "\xa9gen": GENRE,
                "\xa9day": year(tags),
                "\xa9mvn": tags.series,
                "desc": tags.description[:SHORT_CHARACTERS],
                "ldes": tags.description,
            }
            file.update({name: text for name, said in texts.items() if (text := printable(said))})
            for name, said in (_book_comments(tags) | _language(tags)).items():
                if text := printable(said):
                    file[FREEFORM + name] = text.encode()
            if part := _whole_part(tags):
                file["\xa9mvi"] = [part]
            file["trkn"] = [(tags.track, tags.tracks)]
        if tags and tags.cover:
            is_png = tags.cover_type == "image/png"
            form = MP4Cover.FORMAT_PNG if is_png else MP4Cover.FORMAT_JPEG
            file["covr"] = [MP4Cover(tags.cover, form)]
        file.save()


def write_flac_tags(path: Path, tags: Tags | None, kind: VoiceKind) -> None:
    """Put labels, `tags` and cover into a FLAC file. Raises as `write_id3`."""
    from mutagen.flac import FLAC

    with _refusals(path):
        file = FLAC(path)
        file.update(_comments(tags, kind))
        if tags and tags.cover:
            file.add_picture(_picture(tags, tags.cover))
        file.save()


def write_opus_tags(path: Path, tags: Tags | None, kind: VoiceKind) -> None:
    """Put labels, `tags` and cover into an Ogg Opus file (RFC 7845). Raises as `write_id3`."""
    from mutagen.oggopus import OggOpus

    with _refusals(path):
        file = OggOpus(path)
        file.update(_comments(tags, kind))
        if tags and tags.cover:
            picture = b64encode(_picture(tags, tags.cover).write()).decode()
            file["METADATA_BLOCK_PICTURE"] = picture
        file.save()


def label_flac(encoded: BytesIO, path: Path, kind: VoiceKind) -> None:
    """Put the labels into a FLAC file in memory, beside its comment. Raises EncoderFailed."""
    from mutagen.flac import FLAC

    encoded.seek(0)
    with _refusals(path):
        file = FLAC(encoded)
        file.update(_comments(None, kind))
        encoded.seek(0)
        file.save(encoded, padding=lambda _: 0)


def _comments(tags: Tags | None, kind: VoiceKind) -> dict[str, str]:
    texts = labels(kind) | {"DESCRIPTION": notice(kind, tags.narrator if tags else "")}
    if tags:
        texts |= {
            "TITLE": tags.title,
            "ALBUM": tags.album,
            "ARTIST": tags.author,
            "ALBUMARTIST": tags.author,
            "COMPOSER": narrator_name(tags, kind),
            "NARRATOR": narrator_name(tags, kind),
            "GENRE": GENRE,
            "TRACKNUMBER": str(tags.track),
            "TRACKTOTAL": str(tags.tracks),
            "DATE": year(tags),
            "SYNOPSIS": tags.description,
        }
        texts |= _language(tags) | _book_comments(tags)
    return {name: text for name, said in texts.items() if (text := printable(said))}


def _language(tags: Tags) -> dict[str, str]:
    return {"LANGUAGE": language_code(tags.language)}


def _book_comments(tags: Tags) -> dict[str, str]:
    """Give what most formats have no place for, by the names that library programs read."""
    return {
        "SUBTITLE": tags.subtitle,
        "SERIES": tags.series,
        "SERIES-PART": tags.series_number,
        "PUBLISHER": tags.publisher,
    }


def _whole_part(tags: Tags) -> int:
    """Give the place in the series where it is a number that fits, else 0."""
    text = tags.series_number
    is_number = bool(tags.series) and text.isascii() and text.isdecimal() and len(text) < 6
    return int(text) if is_number and int(text) <= LARGEST_PART else 0


def _picture(tags: Tags, cover: bytes) -> Any:
    from mutagen.flac import Picture

    picture = Picture()
    picture.type, picture.mime, picture.data = FRONT_COVER, tags.cover_type, cover
    return picture


def _add_labels(frames: Any, kind: VoiceKind, tags: Tags | None = None) -> None:
    from mutagen.id3 import COMM, TXXX

    language = language_code(tags.language) if tags else UNKNOWN_LANGUAGE
    text = notice(kind, tags.narrator if tags else "")
    frames.add(COMM(encoding=UTF_16, lang=language, desc="", text=[text]))
    for name, value in labels(kind).items():
        frames.add(TXXX(encoding=UTF_16, desc=name, text=[value]))


def _add_titles(frames: Any, tags: Tags, kind: VoiceKind) -> None:
    from mutagen.id3 import (
        APIC,
        COMM,
        MVIN,
        MVNM,
        TALB,
        TCOM,
        TCON,
        TDRC,
        TIT2,
        TIT3,
        TLAN,
        TPE1,
        TPE2,
        TPUB,
        TRCK,
        TXXX,
    )

    texts: dict[Any, str] = {
        TIT2: tags.title,
        TALB: tags.album,
        TPE1: tags.author,
        TPE2: tags.author,
        TCOM: narrator_name(tags, kind),
        TCON: GENRE,
        TRCK: f"{tags.track}/{tags.tracks}",
        TLAN: language_code(tags.language),
        TDRC: year(tags),
        TIT3: tags.subtitle,
        TPUB: tags.publisher,
        MVNM: tags.series,
        MVIN: str(_whole_part(tags) or ""),
    }
    for frame, text in texts.items():
        if text := printable(text):
            frames.add(frame(encoding=UTF_16, text=[text]))
    for name in ("SERIES", "SERIES-PART"):
        if text := printable(_book_comments(tags)[name]):
            frames.add(TXXX(encoding=UTF_16, desc=name, text=[text]))
    if text := printable(tags.description):
        language = language_code(tags.language)
        frames.add(COMM(encoding=UTF_16, lang=language, desc="description", text=[text]))
    if tags.cover:
        picture = {"mime": tags.cover_type, "type": FRONT_COVER, "desc": "", "data": tags.cover}
        frames.add(APIC(encoding=0, **picture))


def _add_chapters(frames: Any, chapters: Sequence[ChapterMark]) -> None:
    """Add the chapters, all of one size: mutagen sorts by it, and some players keep that order."""
    from mutagen.id3 import CHAP, PRIV, TIT2

    digits = len(str(len(chapters)))
    names = [f"ch{number:0{digits}}" for number in range(1, len(chapters) + 1)]
    sizes = [len(title.encode("utf-16")) for title, _, _ in chapters]
    for name, size, (title, start, end) in zip(names, sizes, chapters, strict=True):
        inside = [
            TIT2(encoding=UTF_16, text=[title]),
            PRIV(owner="narrator", data=bytes(max(sizes) - size)),
        ]
        frames.add(CHAP(element_id=name, start_time=start, end_time=end, sub_frames=inside))
    starts = range(0, len(names), MOST_ENTRIES)
    tables = [names[start : start + MOST_ENTRIES] for start in starts]
    if len(tables) == 1:
        _add_table(frames, "toc", names, TOP | ORDERED)
        return
    parts = [f"toc{number}" for number in range(1, len(tables) + 1)]
    _add_table(frames, "toc", parts, TOP | ORDERED)
    for name, children in zip(parts, tables, strict=True):
        _add_table(frames, name, children, ORDERED)


def _add_table(frames: Any, name: str, children: Sequence[str], flags: int) -> None:
    from mutagen.id3 import CTOC

    frames.add(CTOC(element_id=name, flags=flags, child_element_ids=list(children), sub_frames=[]))


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
