"""What a book says of itself is in each format, for two independent readers."""

from pathlib import Path
from typing import Any

import av
import mutagen
from marked import spoken
from test_masters import TAGS, every, write

DESCRIPTION = TAGS.description.strip()
BOOK_TAGS = {
    "series": TAGS.series,
    "series-part": "2",
    "subtitle": TAGS.subtitle,
    "publisher": TAGS.publisher,
    "date": "1903",
    "description": DESCRIPTION,
}


@every
def test_a_file_says_what_the_book_says_of_itself_to_both_readers(
    form: str, tmp_path: Path
) -> None:
    path = write(tmp_path / f"a.{form}", [spoken(0.3)])
    with av.open(path) as container:
        said = dict(container.streams.audio[0].metadata) | dict(container.metadata)
    by_ffmpeg = {name.lower(): text for name, text in said.items()}
    tags: Any = mutagen.File(path).tags
    match form:
        case "mp3" | "wav":
            names = {f"TXXX:{name.upper()}": name for name in ("series", "series-part")}
            names |= {"TIT3": "subtitle", "TPUB": "publisher", "TDRC": "date"}
            names |= {"COMM:description:eng": "description"}
            assert (str(tags["MVNM"]), str(tags["MVIN"])) == (TAGS.series, "2")
            by_ffmpeg["subtitle"] = by_ffmpeg.pop("tit3")
            if form == "wav":  # of whose comments FFmpeg shows the first alone
                by_ffmpeg["description"] = DESCRIPTION
            found = {name: str(tags[key]) for key, name in names.items()}
        case "m4b":
            names = {name: f"----:com.apple.iTunes:{name.upper()}" for name in BOOK_TAGS}
            names |= {"date": "\xa9day", "description": "ldes"}
            assert (tags["\xa9mvn"], tags["\xa9mvi"]) == ([TAGS.series], [2])
            assert tags["desc"] == [TAGS.description[:255].strip()]
            raw = {name: tags[key][0] for name, key in names.items()}
            found = {k: v if isinstance(v, str) else v.decode() for k, v in raw.items()}
            by_ffmpeg["description"] = by_ffmpeg["synopsis"]
        case _:
            found = {name: tags[name][0] for name in BOOK_TAGS if name != "description"}
            found["description"] = tags["SYNOPSIS"][0]
            by_ffmpeg["description"] = by_ffmpeg["synopsis"]
    assert found == BOOK_TAGS
    assert {name: by_ffmpeg.get(name) for name in BOOK_TAGS} == BOOK_TAGS
