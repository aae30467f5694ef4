"""Credits and sample: files of their own, spoken in the right voice, told apart by their tags."""

from dataclasses import replace
from pathlib import Path

import mutagen
import pytest
from fake_voice import FakeVoice
from test_narration import TITLES, a_book, names, narrated

from narrator.audio.decode import open_sound
from narrator.audio.loudness import measure
from narrator.audio.watermark.grid import VoiceKind
from narrator.book.model import Book, Details
from narrator.errors import UnknownNameField
from narrator.speech import VoiceRef
from narrator.studio.narrating.credits import Reader, with_credits
from narrator.studio.narrating.formats import FORMATS
from narrator.studio.plan import Choices, plan_book
from narrator.studio.studio import Studio

CHOICES = Choices(VoiceRef("kathleen", "x"))
FILES = ["00 - Opening Credits", "01 - The Letters", "02 - Either Or", "03 - The End"]


def said(book: Book, kind: VoiceKind = VoiceKind.STOCK) -> list[str]:
    plan = with_credits(plan_book(book, CHOICES), book, Reader("Kathleen", kind, CHOICES))
    first, *_, last = plan.chapters
    return [one.utterance.text for chapter in (first, last) for one in chapter.sentences()]


def test_credits_say_who_wrote_it_and_that_an_ai_reads() -> None:
    book = replace(a_book(), authors=("A. Writer", "B. Author", "C. Third"))
    assert " ".join(said(book)) == (
        "The Keeper, by A. Writer, B. Author and C. Third. Narrated by Kathleen, an AI voice. "
        "The end. This was The Keeper, by A. Writer, B. Author and C. Third. "
        "Narrated by Kathleen, an AI voice."
    )


def test_credits_know_a_subtitle_a_replica_and_a_book_without_author() -> None:
    book = replace(a_book(), authors=(), details=Details(subtitle="Or: who waits?"))
    words = " ".join(said(book, VoiceKind.REPLICA))
    assert words.startswith("The Keeper: Or: who waits? Narrated by Kathleen, an authorised AI")
    assert "by ." not in words


def test_credits_are_files_around_the_chapters_and_no_part_of_the_read_text(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    narrated(studio, tmp_path, formats=("mp3", "m4b"), credits=True)
    expected = [*FILES, "04 - Closing Credits"]
    assert names(tmp_path) == sorted(
        [".narrator.json", "The Keeper.m4b", *(f"{name}.mp3" for name in expected)]
    )
    tracks = [str(mutagen.File(tmp_path / f"{name}.mp3")["TRCK"]) for name in expected]
    assert tracks == ["1/5", "2/5", "3/5", "4/5", "5/5"]
    opening = mutagen.File(tmp_path / f"{FILES[0]}.mp3")
    assert str(opening["TIT2"]) == "Opening Credits"
    chapters = mutagen.File(tmp_path / "The Keeper.m4b").chapters
    assert [one.title for one in chapters] == ["Opening Credits", *TITLES, "Closing Credits"]
    assert "narrated by kathleen an ai voice" in voice.spoken


@pytest.mark.parametrize("loudness", ["acx", "podcast"])
def test_even_short_credits_are_within_the_figures(
    studio: Studio, tmp_path: Path, loudness: str
) -> None:
    narrated(studio, tmp_path, formats=("mp3",), credits=True, loudness=loudness)
    for path in tmp_path.glob("*.mp3"):
        sound = open_sound(path)
        figures = measure(sound.blocks, sound.rate)
        if loudness == "acx":
            assert -23 < figures.rms < -18  # the buzz of the fake voice is all peaks
            assert figures.true_peak < -3
            assert figures.noise_floor < -60
        else:
            assert figures.integrated == pytest.approx(-19, abs=0.7)
            assert figures.true_peak < -1


def test_a_sample_is_the_beginning_cut_at_a_sentence_and_held_to_its_length(
    studio: Studio, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = replace(FORMATS["sample"], longest=6.5)  # type: ignore[type-var]
    monkeypatch.setitem(FORMATS, "sample", short)
    narrated(studio, tmp_path, formats=("mp3", "sample"), credits=True)
    path = tmp_path / "The Keeper, sample.mp3"
    tags = mutagen.File(path)
    assert (str(tags["TIT2"]), str(tags["TRCK"])) == ("The Keeper, sample", "1/1")
    chapter = mutagen.File(tmp_path / f"{FILES[1]}.mp3")
    assert 4 < tags.info.length <= 6.5 < chapter.info.length
    sound = open_sound(path)
    whole = sound.whole()
    assert measure([whole[-int(2.3 * sound.rate) :]], sound.rate).rms < -60
    assert narrated(studio, tmp_path, formats=("sample",), credits=True).kept == [path]


def test_a_short_first_chapter_is_a_sample_as_a_whole(studio: Studio, tmp_path: Path) -> None:
    narrated(studio, tmp_path, formats=("mp3", "sample"))
    sample = mutagen.File(tmp_path / "The Keeper, sample.mp3").info.length
    assert sample == pytest.approx(mutagen.File(tmp_path / f"{FILES[1]}.mp3").info.length)


def test_files_are_named_by_the_template_and_subtitles_alike(
    studio: Studio, voice: FakeVoice, tmp_path: Path
) -> None:
    narrated(studio, tmp_path, formats=("mp3", "srt"), name="{title} ({number} of {chapters})")
    files = [f"{title} (0{n} of 3)" for n, title in enumerate(("The Letters", "Either Or"), 1)]
    assert {f"{name}{end}" for name in files for end in (".mp3", ".srt")} < set(names(tmp_path))
    voice.spoken.clear()
    with pytest.raises(UnknownNameField):
        narrated(studio, tmp_path, name="{titel}")
    assert voice.spoken == []


def test_what_the_user_says_of_the_book_counts_more_than_what_it_says(
    studio: Studio, tmp_path: Path
) -> None:
    book = replace(a_book(), details=Details(series="Old", series_number="3", date="1903"))
    given = Details(series="Lighthouses", subtitle="A tale")
    narrated(studio, tmp_path, book, details=given)
    tags = mutagen.File(tmp_path / f"{FILES[1]}.mp3")
    assert (str(tags["TXXX:SERIES"]), str(tags["TIT3"])) == ("Lighthouses", "A tale")
    assert "TXXX:SERIES-PART" not in tags
    assert str(tags["TDRC"]) == "1903"
