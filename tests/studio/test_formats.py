"""Several formats of one narration: which files, what is kept, what a failure or a stop leaves."""

import shutil
from dataclasses import replace
from pathlib import Path

import mutagen
import pytest
import soundfile
from fake_voice import FakeVoice
from mutagen.mp4 import MP4
from test_narration import TITLES, Told, a_book, names, narrated

from narrator.audio.decode import open_sound
from narrator.audio.levels import LOUDNESS
from narrator.audio.loudness import measure
from narrator.audio.watermark.grid import VoiceKind
from narrator.book.model import Book, Chapter, Cover, Paragraph
from narrator.errors import DiskFull, FolderNotWritable
from narrator.studio.narrating import formats
from narrator.studio.narrating.formats import FORMATS
from narrator.studio.studio import Studio

SOUND = {name: one for name, one in FORMATS.items() if isinstance(one, formats.SoundFormat)}
ALL = tuple(name for name, form in SOUND.items() if not form.is_sample)
CHAPTERS = ("01 - The Letters", "02 - Either Or", "03 - The End")
OF_CHAPTERS = [f"{name}{end}" for name in CHAPTERS for end in (".flac", ".mp3", ".opus", ".wav")]
COVER = Cover(b"\xff\xd8\xff\xe0" + bytes(500), "image/jpeg")


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no file be longer than eight seconds."""
    for name in ("mp3", "m4b"):
        monkeypatch.setitem(FORMATS, name, replace(FORMATS[name], longest=8.0))  # type: ignore[type-var]


def long_book() -> Book:
    text = " ".join("She waited there for a long while and nobody came." for _ in range(3))
    chapters = [Chapter(title, (Paragraph(text),)) for title in ("One", "Two/2")]
    return Book("The Keeper", ("A. Writer",), "en", COVER, tuple(chapters))


def seconds(path: Path) -> float:
    return float(mutagen.File(path).info.length)


def test_every_format_is_written_in_one_go_and_each_sentence_spoken_once(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    result = narrated(studio, tmp_path / "out", formats=ALL)
    books = ["The Keeper.m4b", "The Keeper.mp3"]
    assert names(tmp_path / "out") == sorted([".narrator.json", *OF_CHAPTERS, *books])
    assert sorted(path.name for path in result.written) == sorted([*OF_CHAPTERS, *books])
    assert len(voice.spoken) == 8
    for book in books:
        whole = seconds(tmp_path / "out" / book)
        apart = sum(seconds(tmp_path / "out" / f"{name}.flac") for name in CHAPTERS)
        assert whole == pytest.approx(apart, abs=0.05)


def test_what_is_there_is_kept_format_by_format(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    narrated(studio, tmp_path, formats=("mp3",))
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.mp3")}
    voice.spoken.clear()
    result = narrated(studio, tmp_path, formats=("mp3", "m4b"))
    assert [path.name for path in result.written] == ["The Keeper.m4b"]
    assert len(result.kept) == 3
    assert voice.spoken == []
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert not narrated(studio, tmp_path, formats=("m4b", "mp3")).written


def test_a_book_knows_its_chapters_its_cover_and_its_place(studio: Studio, tmp_path: Path) -> None:
    book = replace(a_book(), cover=COVER)
    narrated(studio, tmp_path, book, formats=("m4b", "flac"))
    file = MP4(tmp_path / "The Keeper.m4b")
    lengths = [seconds(tmp_path / f"{name}.flac") for name in CHAPTERS]
    starts = [sum(lengths[:number]) for number in range(3)]
    assert [chapter.title for chapter in file.chapters] == list(TITLES)
    assert [chapter.start for chapter in file.chapters] == pytest.approx(starts, abs=0.001)
    assert (file["\xa9nam"], file["trkn"]) == (["The Keeper"], [(1, 1)])
    assert bytes(file["covr"][0]) == COVER.data


def test_a_changed_chapter_has_its_own_files_and_the_book_written_again(
    studio: Studio, tmp_path: Path
) -> None:
    narrated(studio, tmp_path, formats=("opus", "m4b"))
    result = narrated(studio, tmp_path, a_book(last="It ended badly."), formats=("opus", "m4b"))
    assert {path.name for path in result.written} == {"The Keeper.m4b", f"{CHAPTERS[2]}.opus"}


def test_a_chapter_that_fails_costs_the_book_and_no_other_chapter(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    voice.broken = ("waited",)
    result = narrated(studio, tmp_path, formats=ALL)
    assert len(result.failed) == 1
    assert result.incomplete == ["The Keeper", "The Keeper"]
    others = [name for name in OF_CHAPTERS if not name.startswith(CHAPTERS[1])]
    assert names(tmp_path) == sorted([".narrator.json", *others])


def test_a_stop_leaves_nothing_half_written(studio: Studio, tmp_path: Path) -> None:
    result = narrated(studio, tmp_path, told=Told(stop_after=4), formats=("m4b", "flac"))
    assert names(tmp_path) == [".narrator.json", f"{CHAPTERS[0]}.flac"]
    assert sorted(result.missing) == sorted(["The Keeper", *TITLES[1:]])


def test_a_full_disk_is_told_and_leaves_nothing_half_written(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("narrator.audio.masters._ByFfmpeg._mux", full)
    with pytest.raises(DiskFull):
        narrated(studio, tmp_path, formats=("mp3", "m4b", "flac"), ranges=[(1, 1)])
    assert names(tmp_path) == [".narrator.json", f"{CHAPTERS[0]}.mp3"]


def test_a_disk_without_room_for_all_formats_is_told_before_the_first_word(
    studio: Studio, voice: FakeVoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("narrator.studio.narrating.narration.free_bytes", lambda _: 200_000)
    narrated(studio, tmp_path, formats=("m4b",))
    voice.spoken.clear()
    with pytest.raises(DiskFull):
        narrated(studio, tmp_path, formats=("m4b", "wav", "mp3"))
    assert voice.spoken == []


def test_a_folder_that_goes_away_is_told_by_name(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Told()
    taken = told._on_progress

    def unplugged(progress: object) -> None:
        taken(progress)  # type: ignore[arg-type]
        shutil.rmtree(tmp_path / "drive", ignore_errors=True)
        (tmp_path / "drive").touch()

    monkeypatch.setattr(told, "_on_progress", unplugged)
    with pytest.raises(FolderNotWritable):
        narrated(studio, tmp_path / "drive", told=told, formats=("m4b", "mp3"))


@pytest.mark.usefixtures("short")
def test_a_long_chapter_is_split_at_the_end_of_a_sentence(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    result = narrated(studio, tmp_path, long_book())
    parts = [f"01 - One, part {n}.mp3" for n in (1, 2)]
    assert [path.name for path in result.written][:2] == parts
    for number, name in enumerate(parts, start=1):
        tags = mutagen.File(tmp_path / name)
        assert (str(tags["TIT2"]), str(tags["TRCK"])) == (f"One, part {number}", "1/2")
        assert 3.5 < seconds(tmp_path / name) <= 8.0
        samples, rate = soundfile.read(tmp_path / name)
        for end in (samples[: int(0.9 * rate)], samples[-int(2.3 * rate) :]):
            assert measure([end], rate).rms < -60
    voice.spoken.clear()
    again = narrated(studio, tmp_path, long_book())
    assert (again.written, [path.name for path in again.kept][:2]) == ([], parts)
    assert voice.spoken == []


@pytest.mark.usefixtures("short")
def test_a_long_book_goes_into_parts_and_each_knows_its_chapters(
    studio: Studio, tmp_path: Path
) -> None:
    narrated(studio, tmp_path, formats=("m4b",))
    parts = [MP4(tmp_path / f"The Keeper, part {number}.m4b") for number in (1, 2, 3)]
    assert [[one.title for one in part.chapters] for part in parts] == [[name] for name in TITLES]
    assert [part["trkn"] for part in parts] == [[(n, 3)] for n in (1, 2, 3)]
    assert [part["\xa9nam"][0] for part in parts] == [f"The Keeper, part {n}" for n in (1, 2, 3)]


def test_only_what_shops_take_is_held_to_their_length(studio: Studio, tmp_path: Path) -> None:
    commission = formats.Commission(
        book=a_book(),
        source=None,
        chapters=(),
        of_chapters=3,
        narrator="K",
        kind=VoiceKind.STOCK,
        phonemize=studio.front_end.phonemize,
        words=False,
        folder=tmp_path,
        profile=LOUDNESS["acx"],
    )
    work = formats.SoundFiles(FORMATS["mp3"], commission, ())  # type: ignore[arg-type]
    assert work.longest == 120 * 60
    other = replace(commission, profile=LOUDNESS["podcast"])
    assert replace(work, commission=other).longest > 1e9
    assert replace(work, format=FORMATS["flac"]).longest > 1e9  # type: ignore[arg-type]


def test_odd_titles_make_files_that_say_them(studio: Studio, tmp_path: Path) -> None:
    titles = ("a/b\\c", "😀", "שלום", "x" * 300, "Again", "Again", "")
    chapters = tuple(Chapter(title, (Paragraph(f"Said {n}."),)) for n, title in enumerate(titles))
    book = Book("../😀/" + "T" * 300, ("عمر",), "he", None, chapters)
    narrated(studio, tmp_path / "out", book, formats=("mp3", "opus", "m4b"))
    assert len(names(tmp_path / "out")) == 1 + 7 + 7 + 1
    (m4b,) = (tmp_path / "out").glob("*.m4b")
    said = [chapter.title for chapter in MP4(m4b).chapters]
    assert said == [*titles[:3], "x" * 255, "Again", "Again", "Chapter"]
    assert MP4(m4b)["\xa9ART"] == ["عمر"]


@pytest.mark.parametrize("loudness", LOUDNESS)
def test_files_are_as_loud_as_their_target_asks(
    studio: Studio, tmp_path: Path, loudness: str
) -> None:
    narrated(studio, tmp_path, long_book(), formats=("m4b",), loudness=loudness)
    sound = open_sound(tmp_path / "The Keeper.m4b")
    figures = measure(sound.blocks, sound.rate)
    match loudness:
        case "acx":
            assert -23 < figures.rms < -18
            assert figures.true_peak < -3
        case "podcast":
            assert -20 < figures.integrated < -18
            assert figures.true_peak < -1
        case _:
            assert figures.rms == pytest.approx(-23.6, abs=0.3)  # as the fake voice is
