"""A narration: which files, what is kept, what is spoken again, what is told meanwhile."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from fake_voice import FakeVoice, build_studio
from mutagen.mp3 import MP3

from narrator.book.model import Book, Chapter, Paragraph
from narrator.errors import ChapterOutOfRange, FolderNotWritable, UnknownVoice
from narrator.studio.narrating.narration import Order, narrate
from narrator.studio.narrating.run import Finished, Listener, Narration
from narrator.studio.speaking.pace import Pace, Progress
from narrator.studio.studio import Studio

TITLES = ("The Letters", "Either/Or", "The End")


def a_book(*, last: str = "It ended well.") -> Book:
    texts = ("It rained. He ran home.", "She waited there. Nobody came.", last)
    chapters = tuple(
        Chapter(title, (Paragraph(title, heading=True), Paragraph(text)))
        for title, text in zip(TITLES, texts, strict=True)
    )
    return Book("The Keeper", ("A. Writer", "B. Author"), "en", None, chapters)


class Told:
    """Listens to a narration and can stop it after some sentences."""

    def __init__(self, *, stop_after: int = 0) -> None:
        self.progress: list[Progress] = []
        self.chapters: list[tuple[str, bool]] = []
        self.stop = threading.Event()
        self._stop_after = stop_after

    def listener(self) -> Listener:
        return Listener(self._on_progress, self._on_finished)

    def _on_finished(self, finished: Finished) -> None:
        self.chapters += ((path.name, finished.kept) for path in finished.paths)

    def _on_progress(self, progress: Progress) -> None:
        self.progress.append(progress)
        if len(self.progress) == self._stop_after:
            self.stop.set()


def narrated(
    studio: Studio,
    folder: Path,
    book: Book | None = None,
    told: Told | None = None,
    **order: object,
) -> Narration:
    told = told or Told()
    asked = replace(Order(folder, "kathleen"), **order)  # type: ignore[arg-type]
    return narrate(book or a_book(), asked, studio, told.listener(), told.stop)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


FILES = [".narrator.json", "01 - The Letters.mp3", "02 - Either Or.mp3", "03 - The End.mp3"]


def test_each_chapter_becomes_a_tagged_file(studio: Studio, tmp_path: Path) -> None:
    result = narrated(studio, tmp_path / "out")
    assert names(tmp_path / "out") == FILES
    assert [path.name for path in result.written] == FILES[1:]
    tags = MP3(tmp_path / "out" / FILES[2])
    assert str(tags["TIT2"]) == "Either/Or"
    assert str(tags["TALB"]) == "The Keeper"
    assert str(tags["TPE1"]) == "A. Writer, B. Author"
    assert str(tags["TRCK"]) == "2/3"
    assert tags.info.bitrate == 192_000
    assert tags.info.sample_rate == 44_100


def test_a_chapter_begins_and_ends_with_room_tone_and_not_with_zeros(
    studio: Studio, tmp_path: Path
) -> None:
    narrated(studio, tmp_path, ranges=[(1, 1)])
    samples, rate = soundfile.read(tmp_path / FILES[1])
    head, tail = samples[: int(0.9 * rate)], samples[-int(2.3 * rate) :]
    for silence in (head, tail):
        level = 20 * np.log10(np.sqrt(np.mean(np.square(silence))))
        assert -80 < level < -60


def test_a_second_run_speaks_and_writes_nothing(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    narrated(studio, tmp_path / "out")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.mp3")}
    spoken, told = len(voice.spoken), Told()
    result = narrated(studio, tmp_path / "out", told=told)
    assert [path.name for path in result.kept] == FILES[1:]
    assert told.chapters == [(name, True) for name in FILES[1:]]
    assert not result.written
    assert len(voice.spoken) == spoken
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_changed_sentence_has_its_chapter_alone_written_again(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    narrated(studio, tmp_path)
    voice.spoken.clear()
    result = narrated(studio, tmp_path, a_book(last="It ended badly."))
    assert [path.name for path in result.written] == [FILES[3]]
    assert voice.spoken == ["it ended badly"]


def test_new_tags_have_all_written_again_and_nothing_spoken(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    narrated(studio, tmp_path)
    voice.spoken.clear()
    result = narrated(studio, tmp_path, replace(a_book(), authors=("Anonymous",)))
    assert len(result.written) == 3
    assert voice.spoken == []


@pytest.mark.parametrize("damage", ["removed", "truncated", "record"])
def test_a_damaged_output_is_written_again(
    studio: Studio, voice: FakeVoice, tmp_path: Path, damage: str
) -> None:
    narrated(studio, tmp_path)
    file = tmp_path / FILES[1]
    match damage:
        case "removed":
            file.unlink()
        case "truncated":
            file.write_bytes(file.read_bytes()[:-100])
        case "record":
            (tmp_path / FILES[0]).write_text("{", "utf-8")
    voice.spoken.clear()
    assert file in narrated(studio, tmp_path).written
    assert voice.spoken == []


def test_a_stop_keeps_what_is_finished_and_names_the_rest(studio: Studio, tmp_path: Path) -> None:
    result = narrated(studio, tmp_path, told=Told(stop_after=4))
    assert [path.name for path in result.written] == FILES[1:2]
    assert result.missing == list(TITLES[1:])
    assert names(tmp_path) == FILES[:2]


def test_after_a_stop_only_what_is_missing_is_spoken(tmp_path: Path) -> None:
    whole, first, second = FakeVoice(), FakeVoice(), FakeVoice()
    narrated(build_studio(tmp_path / "a", whole), tmp_path / "whole")
    narrated(build_studio(tmp_path / "b", first), tmp_path / "parts", told=Told(stop_after=4))
    narrated(build_studio(tmp_path / "b", second), tmp_path / "parts")
    assert sorted(first.spoken + second.spoken) == sorted(whole.spoken)
    for name in FILES[1:]:
        assert (tmp_path / "parts" / name).read_bytes() == (tmp_path / "whole" / name).read_bytes()


def test_a_sentence_that_fails_costs_its_chapter_and_no_other(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    voice.broken = ("waited",)
    result = narrated(studio, tmp_path)
    (error,) = result.failed
    assert error.chapter == "Either/Or"
    assert error.sentences == ("She waited there.",)
    assert names(tmp_path) == [FILES[0], FILES[1], FILES[3]]
    voice.broken = ()
    assert [path.name for path in narrated(studio, tmp_path).written] == [FILES[2]]


def test_progress_counts_chapters_and_sentences_and_ends_with_nothing_left(
    studio: Studio, tmp_path: Path
) -> None:
    told = Told()
    narrated(studio, tmp_path, told=told)
    assert [(p.chapter, p.sentence) for p in told.progress] == [
        *[(1, 1), (1, 2), (1, 3)],
        *[(2, 1), (2, 2), (2, 3)],
        *[(3, 1), (3, 2)],
    ]
    assert told.progress[0].seconds_left is None
    assert told.progress[-1].seconds_left == 0
    assert (told.progress[-1].times_real_time or 0) > 1


def test_chapters_left_to_do_are_counted_and_not_those_that_are_there(
    studio: Studio, tmp_path: Path
) -> None:
    narrated(studio, tmp_path, ranges=[(1, 1)])
    told = Told()
    narrated(studio, tmp_path, told=told)
    assert {progress.chapters for progress in told.progress} == {2}


def test_a_faster_voice_makes_shorter_files(studio: Studio, tmp_path: Path) -> None:
    narrated(studio, tmp_path / "a")
    narrated(studio, tmp_path / "b", speed=2.0)
    assert MP3(tmp_path / "b" / FILES[1]).info.length < MP3(tmp_path / "a" / FILES[1]).info.length


def test_what_is_asked_wrongly_is_refused_before_anything_is_written(
    studio: Studio, tmp_path: Path
) -> None:
    with pytest.raises(ChapterOutOfRange):
        narrated(studio, tmp_path / "out", ranges=[(4, 4)])
    with pytest.raises(UnknownVoice):
        narrated(studio, tmp_path / "out", voice="nobody")
    assert not (tmp_path / "out").exists()


def test_a_file_where_the_folder_should_be_is_named(studio: Studio, tmp_path: Path) -> None:
    (tmp_path / "out").touch()
    with pytest.raises(FolderNotWritable):
        narrated(studio, tmp_path / "out")


def test_the_pace_is_measured_from_the_first_sentence() -> None:
    now = [100.0]
    pace = Pace(100, lambda: now[0])
    assert pace.seconds_left is None
    pace.add(20, 2.0)
    now[0] += 2.0
    assert pace.times_real_time is None
    pace.add(40, 4.0)
    assert pace.times_real_time == 2.0
    assert pace.seconds_left == 2.0
