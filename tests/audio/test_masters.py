"""Each format read back by independent readers: sound, length, chapters, tags, cover, mark."""

import json
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import mutagen
import numpy as np
import pytest
from marked import KEY, decibels, spoken
from mutagen.flac import Picture
from speechlike import speechlike

from narrator.audio.assemble import room_tone
from narrator.audio.decode import open_sound
from narrator.audio.encode import Mp3Writer, SoundWriter, WavWriter
from narrator.audio.masters import FlacWriter, M4bWriter, OpusWriter
from narrator.audio.tags import Tags
from narrator.audio.watermark.detector import detect
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.marked import MarkedAudio, mark, unspoken
from narrator.errors import FolderNotWritable
from narrator.speech import SAMPLE_RATE, Audio

COVER = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 300
TAGS = Tags(
    title="2. Der Wärter – 灯台 📖",
    album="The Keeper / the Clerk",
    author="A. N. Writer, B. Other",
    narrator="Kathleen",
    track=2,
    tracks=12,
    language="en-GB",
    cover=COVER,
    year="1903-05-01",
    subtitle="A Tale: of two",
    series="Łighthouses",
    series_number="2",
    description="Who keeps the light? " * 30,
    publisher="Pier & Sons",
)
WRITERS: dict[str, type[SoundWriter]] = {
    "mp3": Mp3Writer,
    "m4b": M4bWriter,
    "flac": FlacWriter,
    "opus": OpusWriter,
    "wav": WavWriter,
}
ODD = ("Either/Or", "😀 Joy", "שלום עולם", "x" * 300, "Again", "Again", "", "é" * 300, "a\x00\nb")
SLOT = unspoken(room_tone(0, 2400), SAMPLE_RATE)  # 100 ms

every = pytest.mark.parametrize("form", WRITERS)
with_chapters = pytest.mark.parametrize("form", ["mp3", "m4b"])


def write(path: Path, blocks: list[MarkedAudio], titles: tuple[str, ...] = ()) -> Path:
    """Write the blocks, each a chapter where there are titles."""
    with WRITERS[path.suffix[1:]](path, tags=TAGS) as writer:
        for number, block in enumerate(blocks):
            if titles:
                writer.begin_chapter(titles[number])
            writer.write(block)
    return path


def texts_by_mutagen(path: Path) -> dict[str, str]:
    tags: Any = mutagen.File(path).tags
    if path.suffix == ".m4b":
        free = {
            name.rpartition(":")[2]: values[0].decode()
            for name, values in tags.items()
            if name.startswith("----")
        }
        names = {"title": "©nam", "album": "©alb", "author": "©ART", "narrator": "©nrt"}
        said = {
            name: tags[key.encode("latin-1").decode("latin-1")][0] for name, key in names.items()
        }
        track = "{}/{}".format(*tags["trkn"][0])
        return free | said | {"track": track, "comment": tags["\xa9cmt"][0]}
    if hasattr(tags, "getall"):
        names = {"title": "TIT2", "album": "TALB", "author": "TPE1", "narrator": "TCOM"}
        texts = {name: str(tags[key]) for name, key in (names | {"track": "TRCK"}).items()}
        labels = {frame.desc: str(frame) for frame in tags.getall("TXXX")}
        return texts | labels | {"comment": str(tags.getall("COMM")[0])}
    found = {name.upper(): values[0] for name, values in tags.items()}
    names = {"title": "TITLE", "album": "ALBUM", "author": "ARTIST", "narrator": "COMPOSER"}
    track = f"{found['TRACKNUMBER']}/{found['TRACKTOTAL']}"
    said = {name: found[key] for name, key in names.items()}
    return found | said | {"track": track, "comment": found["DESCRIPTION"]}


def texts_by_ffmpeg(path: Path) -> dict[str, str]:
    with av.open(path) as container:
        found = dict(container.streams.audio[0].metadata) | dict(container.metadata)
    found = {name.lower(): text for name, text in found.items()}
    names = {"title": "title", "album": "album", "author": "artist", "narrator": "composer"}
    track = found["track"] if "/" in found["track"] else f"{found['track']}/{found['tracktotal']}"
    said = {name: found[key] for name, key in names.items()} | {"track": track}
    labels = {name: found[name.lower()] for name in ("AI_GENERATED", "VOICE_TYPE")}
    return said | labels | {"comment": found["comment"]}


def cover_by_mutagen(path: Path) -> bytes:
    file: Any = mutagen.File(path)
    match path.suffix:
        case ".m4b":
            return bytes(file["covr"][0])
        case ".flac":
            return bytes(file.pictures[0].data)
        case ".opus":
            import base64

            return bytes(Picture(base64.b64decode(file["METADATA_BLOCK_PICTURE"][0])).data)
        case _:
            return bytes(file.tags.getall("APIC")[0].data)


def chapters_by_ffmpeg(path: Path) -> list[tuple[str, int, int]]:
    with av.open(path) as container:
        return [
            (
                chapter["metadata"].get("title", ""),
                round(chapter["start"] * chapter["time_base"] * 1000),
                round(chapter["end"] * chapter["time_base"] * 1000),
            )
            for chapter in container.chapters()
        ]


def chapters_by_ffprobe(path: Path) -> list[tuple[str, int, int]]:
    if not shutil.which("ffprobe"):
        pytest.skip("ffprobe is not installed")
    command = ["ffprobe", "-v", "error", "-show_chapters", "-of", "json", str(path)]
    found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    return [
        (
            one.get("tags", {}).get("title", ""),
            round(float(one["start_time"]) * 1000),
            round(float(one["end_time"]) * 1000),
        )
        for one in found["chapters"]
    ]


def starts_by_mutagen(path: Path) -> list[tuple[str, int]]:
    file: Any = mutagen.File(path)
    if path.suffix == ".m4b":
        return [(chapter.title, round(chapter.start * 1000)) for chapter in file.chapters]
    order = in_table(file.tags, "toc")
    chapters = [file.tags[f"CHAP:{name}"] for name in order]
    return [(str(one.sub_frames["TIT2"]), one.start_time) for one in chapters]


def in_table(tags: Any, name: str) -> list[str]:
    """Follow a table of contents down to its chapters."""
    table = tags.get(f"CTOC:{name}")
    if table is None:
        return [name]
    assert 1 <= len(table.child_element_ids) <= 255
    return [found for child in table.child_element_ids for found in in_table(tags, child)]


def shown(title: str) -> str:
    """What is left of a title in a list of chapters."""
    line = " ".join(title.replace("\x00", "").split()) or "Chapter"
    return line.encode()[:255].decode(errors="ignore")


@every
@pytest.mark.parametrize("read", [texts_by_mutagen, texts_by_ffmpeg])
def test_a_file_says_what_it_is_and_who_reads(
    form: str, read: Callable[[Path], dict[str, str]], tmp_path: Path
) -> None:
    found = read(write(tmp_path / f"a.{form}", [spoken(0.3)]))
    expected = {
        "title": TAGS.title,
        "album": TAGS.album,
        "author": TAGS.author,
        "narrator": "Kathleen (AI Voice)",
        "track": "2/12",
        "AI_GENERATED": "1",
        "VOICE_TYPE": "AI Voice",
        "comment": "Read by a synthetic voice: Kathleen (AI Voice), made with narrator.",
    }
    assert {name: found.get(name) for name in expected} == expected


@every
def test_a_replica_is_called_one(form: str, tmp_path: Path) -> None:
    replica = mark(Audio(speechlike(0.5)), key=KEY, kind=VoiceKind.REPLICA)
    found = texts_by_mutagen(write(tmp_path / f"a.{form}", [spoken(0.3), replica, spoken(0.3)]))
    assert found["VOICE_TYPE"] == "Authorized Voice Replica"
    assert found["narrator"] == "Kathleen (Authorized Voice Replica)"


@every
def test_the_cover_is_in_the_file(form: str, tmp_path: Path) -> None:
    assert cover_by_mutagen(write(tmp_path / f"a.{form}", [spoken(0.3)])) == COVER


@every
def test_the_decoded_sound_is_as_long_as_what_was_written_and_lies_where_it_did(
    form: str, tmp_path: Path
) -> None:
    blocks = [spoken(1.3, seed=1), spoken(2.1, seed=2)]
    path = write(tmp_path / f"a.{form}", blocks)
    sound = np.concatenate([block.samples for block in blocks])
    back = open_sound(path, SAMPLE_RATE).whole()
    padding = 1024 / SAMPLE_RATE if form == "m4b" else 0.0  # AAC has no shorter end than a frame
    assert 0 <= len(back) - len(sound) <= round(padding * SAMPLE_RATE)
    assert mutagen.File(path).info.length == pytest.approx(len(sound) / SAMPLE_RATE, abs=0.05)
    back = back[: len(sound)]
    shift = np.argmax(np.correlate(back, sound[1000:-1000], "valid")) - 1000
    assert shift == 0
    if form in ("wav", "flac"):
        assert np.max(np.abs(back - sound)) <= 0.51 / 32768
    else:
        assert decibels(back - sound) < decibels(sound) - 8


@every
def test_the_mark_is_found_in_the_file(form: str, tmp_path: Path) -> None:
    blocks, slot = [], 300
    for seed in range(3):
        blocks.append(spoken(2.5, seed=seed, slot=slot))
        slot += round(blocks[-1].seconds * 10)
    sound = open_sound(write(tmp_path / f"a.{form}", blocks))
    finding = detect(sound.blocks, sound.rate, search=False)
    assert finding.kind is VoiceKind.STOCK
    assert finding.z > finding.threshold


@with_chapters
@pytest.mark.parametrize("read", [chapters_by_ffmpeg, chapters_by_ffprobe])
def test_chapters_begin_and_end_at_their_millisecond(
    form: str, read: Callable[[Path], list[tuple[str, int, int]]], tmp_path: Path
) -> None:
    blocks = [spoken(0.7), spoken(0.4), spoken(1.2)]
    path = write(tmp_path / f"a.{form}", blocks, ("One", "A longer second", "3"))
    assert read(path) == [("One", 0, 700), ("A longer second", 700, 1100), ("3", 1100, 2300)]


@with_chapters
def test_three_hundred_chapters_and_odd_titles(form: str, tmp_path: Path) -> None:
    titles = tuple(ODD[number % len(ODD)] for number in range(300))
    path = write(tmp_path / f"a.{form}", [SLOT] * 300, titles)
    expected = [(shown(title), 100 * number) for number, title in enumerate(titles)]
    assert [(title, start) for title, start, _ in chapters_by_ffmpeg(path)] == expected
    # The list that mutagen reads in an MP4 counts in one byte; the track beside it has them all.
    assert starts_by_mutagen(path) == (expected if form == "mp3" else expected[:255])


def test_a_table_of_more_than_255_chapters_is_nested(tmp_path: Path) -> None:
    tags = mutagen.File(write(tmp_path / "a.mp3", [SLOT] * 256, ("x",) * 256)).tags
    tables = {table.element_id: table for table in tags.getall("CTOC")}
    assert tables["toc"].child_element_ids == ["toc1", "toc2"]
    assert [name for name, table in tables.items() if table.flags & 2] == ["toc"]
    assert tables["toc2"].child_element_ids == ["ch256"]


def test_an_m4b_is_one_by_its_brand_and_can_be_played_while_it_loads(tmp_path: Path) -> None:
    data = write(tmp_path / "a.m4b", [spoken(0.5)], ("One",)).read_bytes()
    assert data[4:12] == b"ftypM4B "
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    assert mutagen.File(tmp_path / "a.m4b")["stik"] == [2]
    with av.open(tmp_path / "a.m4b") as container:
        codec = container.streams.audio[0].codec_context
        assert (codec.name, codec.profile, codec.layout.name) == ("aac", "LC", "mono")


@every
def test_an_interrupted_file_leaves_nothing(form: str, tmp_path: Path) -> None:
    def fails() -> None:
        with WRITERS[form](tmp_path / "a") as writer:
            writer.write(spoken(0.3))
            raise RuntimeError("engine")

    with pytest.raises(RuntimeError, match="engine"):
        fails()
    assert not list(tmp_path.iterdir())


@every
def test_a_name_can_wait_until_all_is_written(form: str, tmp_path: Path) -> None:
    with WRITERS[form](tmp_path / "a") as writer:
        writer.write(spoken(0.3))
        writer.rename(tmp_path / f"b.{form}", TAGS)
    assert [path.name for path in tmp_path.iterdir()] == [f"b.{form}"]
    assert texts_by_mutagen(tmp_path / f"b.{form}")["title"] == TAGS.title


@every
def test_a_folder_that_is_none_is_refused_by_name(form: str, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable), WRITERS[form](tmp_path / "file" / "a"):
        pytest.fail("there is no place to write")


def test_a_disk_that_fills_up_is_told_by_name_whatever_the_format(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("no resource limits on Windows")
    script = """
        import resource, sys
        from pathlib import Path
        import numpy as np
        from narrator.audio.masters import FlacWriter, M4bWriter, OpusWriter
        from narrator.audio.watermark.marked import unspoken
        from narrator.errors import DiskFull
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        noise = np.random.default_rng(0).standard_normal(24_000).astype(np.float32) * 0.0005
        tone = unspoken(noise, 24_000)
        refused = 0
        for number, make in enumerate((FlacWriter, M4bWriter, OpusWriter)):
            path = Path(sys.argv[1]) / str(number)
            try:
                with make(path) as writer:
                    for _ in range(60):
                        writer.write(tone)
            except DiskFull as error:
                refused += error.path == path
        sys.exit(refused)
    """
    command = [sys.executable, "-c", textwrap.dedent(script), str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (3, "")
    assert not list(tmp_path.iterdir())
