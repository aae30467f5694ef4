import dataclasses
from pathlib import Path

import pytest
from marked import spoken
from mutagen.id3 import ID3

from narrator.audio.encode import Mp3Writer
from narrator.audio.tags import Tags, language_code, printable

COVER = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 300
TAGS = Tags(
    title="2. Der Wärter – 灯台 📖",
    album="The Keeper & the Clerk",
    author="A. N. Writer, B. Other",
    narrator="Kathleen",
    track=2,
    tracks=12,
    language="en-GB",
    cover=COVER,
    year="1903-05-01",
)


def tagged(folder: Path, tags: Tags) -> ID3:
    path = folder / "chapter.mp3"
    with Mp3Writer(path, tags=tags) as writer:
        writer.write(spoken(0.3))
    assert path.read_bytes()[:4] == b"ID3\x03"
    return ID3(path, translate=False)


def test_a_chapter_says_what_it_is_and_that_its_voice_is_synthetic(tmp_path: Path) -> None:
    read = tagged(tmp_path, TAGS)
    texts = {name: str(frame) for name, frame in read.items() if name.startswith("T")}
    assert texts == {
        "TIT2": TAGS.title,
        "TALB": TAGS.album,
        "TPE1": TAGS.author,
        "TPE2": TAGS.author,
        "TCOM": "Kathleen (AI Voice)",
        "TCON": "Audiobook",
        "TRCK": "2/12",
        "TLAN": "eng",
        "TYER": "1903",
        "TXXX:AI_GENERATED": "1",
        "TXXX:VOICE_TYPE": "AI Voice",
    }
    (comment,) = read.getall("COMM")
    assert comment.lang == "eng"
    assert "synthetic voice" in str(comment)
    (picture,) = read.getall("APIC")
    assert (picture.data, picture.mime, picture.type) == (COVER, "image/jpeg", 3)


def test_what_is_not_known_is_left_out(tmp_path: Path) -> None:
    unknown = dataclasses.replace(TAGS, author="", cover=None, year="?", language="tlh")
    read = tagged(tmp_path, unknown)
    assert not {"TPE1", "TPE2", "TYER"} & set(read)
    assert not read.getall("APIC")
    assert str(read["TLAN"]) == "und"


def test_hostile_titles_are_written_as_far_as_they_are_text(tmp_path: Path) -> None:
    title = "A\x00B\n\ud83dC\u202e\x1b[31m / " + "x" * 70_000
    read = tagged(tmp_path, dataclasses.replace(TAGS, title=title, album="\x00 "))
    (text,) = read["TIT2"].text
    assert text.startswith("AB \ufffdC[31m / xxx")
    assert "TALB" not in read


@pytest.mark.parametrize(
    ("given", "code"),
    [("en", "eng"), ("EN_us", "eng"), ("de-AT", "deu"), ("eng", "eng"), ("", "und"), ("?", "und")],
)
def test_languages_get_three_letters(given: str, code: str) -> None:
    assert language_code(given) == code


def test_printable_text_is_one_line_and_keeps_whole_pairs() -> None:
    assert printable(" a\t\u2028b \U0001f4d6 ") == "a b \U0001f4d6"
