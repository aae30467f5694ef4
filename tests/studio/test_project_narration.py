"""A project becomes files: what was edited, left out and recast is heard; pause and notice."""

import json
import threading
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fake_voice import FakeVoice, write_voice
from lxml import etree
from mutagen.mp3 import MP3
from own_speaker import own_voice

from narrator.book.model import Book, Cover
from narrator.book.reader import read_book
from narrator.errors import UnknownVoice
from narrator.project.model import Chapter, Character, Facts, Manuscript, Sentence, Take
from narrator.project.project import Project
from narrator.speech import Opening
from narrator.studio.narrating.gate import Gate
from narrator.studio.narrating.narration import Order, narrate_manuscript
from narrator.studio.narrating.run import Listener, Narration
from narrator.studio.speaking.pace import Progress
from narrator.studio.studio import Studio

BOOK = """# The Keeper

## One

It rained on the lake. He ran, and he fell. Nobody came.

## Two

She waited for him. She left.
"""
COVER = Cover(b"\x89PNG\r\n\x1a\n another", "image/png")


def sentences_of(book: Book, chapter: int, first: int) -> list[Sentence]:
    made: list[Sentence] = []
    for paragraph in book.chapters[chapter].paragraphs:
        for place, text in enumerate(paragraph.sentences):
            opens = Opening.SENTENCE if place else Opening.PARAGRAPH
            opens = Opening.HEADING if paragraph.heading else opens
            last = place == len(paragraph.sentences) - 1
            number = first + len(made)
            made.append(
                Sentence(number, chapter + 1, number, text, text, opens, ends_paragraph=last)
            )
    return made


def manuscript_of(
    book: Book, change: Callable[[Sentence], Sequence[Sentence]] = lambda one: (one,), **facts: str
) -> Manuscript:
    """A project of `book` as it stands after each sentence became what `change` makes of it."""
    chapters = []
    for number, chapter in enumerate(book.chapters):
        written = sentences_of(book, number, 100 * number + 1)
        kept = tuple(new for old in written for new in change(old) if new.included)
        said = sum(len(sentence.text) for sentence in kept)
        facts_of = Chapter(number + 1, number + 1, chapter.title, True, None, len(kept), said)
        chapters.append((facts_of, kept))
    about = replace(Facts(book.title, "kathleen", book.authors), **facts)
    cast = (Character("Clerk", "alba"),)
    return Manuscript(about, cast, (), tuple(chapters), len(book.chapters))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "keeper.md"
    path.write_text(BOOK, "utf-8")
    return path


@pytest.fixture
def casting(studio: Studio, tmp_path: Path) -> Studio:
    """A studio with a second voice."""
    write_voice(tmp_path / "home" / "voices", "alba")
    return studio


def narrated(
    manuscript: Manuscript,
    studio: Studio,
    folder: Path,
    *,
    on_progress: Callable[[Progress], object] = lambda _: None,
    stop: threading.Event | None = None,
    gate: Gate | None = None,
    **order: object,
) -> Narration:
    asked = replace(Order(folder, "nobody"), **order)  # type: ignore[arg-type]
    listener = Listener(lambda progress: on_progress(progress) and None, lambda _: None)
    return narrate_manuscript(manuscript, asked, studio, listener, stop or threading.Event(), gate)


def edited(sentence: Sentence) -> Sequence[Sentence]:
    """Edit one, leave one out, recast one, cut one in two."""
    match sentence.text:
        case "It rained on the lake.":
            return (replace(sentence, text="It poured on the lake."),)
        case "Nobody came.":
            return (replace(sentence, included=False),)
        case "She waited for him.":
            return (replace(sentence, character="Clerk"),)
        case "He ran, and he fell.":
            first = replace(sentence, text="He ran,", written="He ran,")
            return (first, replace(sentence, id=99, text="and he fell.", written="and he fell."))
    return (sentence,)


def clips_of(path: Path) -> list[tuple[str, float]]:
    """The text of each clip of a read-along, in order, and its seconds."""
    found: list[tuple[str, float]] = []
    with zipfile.ZipFile(path) as book:
        texts = {
            (Path(name).name, element.get("id")): "".join(element.itertext())
            for name in book.namelist()
            if name.endswith("html")
            for element in etree.fromstring(book.read(name)).iter("{*}span")
        }
        for name in sorted(name for name in book.namelist() if name.endswith(".smil")):
            for text, audio in etree.fromstring(book.read(name)).iter("{*}par"):
                file, _, anchor = text.get("src").partition("#")
                begin, end = (float(audio.get(key)[:-1]) for key in ("clipBegin", "clipEnd"))
                found.append((texts[Path(file).name, anchor], end - begin))
    return found


def test_what_was_edited_left_out_and_recast_is_heard_so(
    casting: Studio, voice: FakeVoice, source: Path, tmp_path: Path
) -> None:
    manuscript = manuscript_of(read_book(source), edited, title="The Keeper's Book")
    result = narrated(manuscript, casting, tmp_path / "out", formats=("mp3", "json"))
    assert [path.name for path in result.written] == [
        "01 - One.mp3",
        "01 - One.json",
        "02 - Two.mp3",
        "02 - Two.json",
    ]
    said = ["one", "it poured on the lake", "he ran", "and he fell"]
    assert sorted(voice.spoken) == sorted([*said, "two", "she waited for him", "she left"])
    tags = MP3(result.written[0])
    assert str(tags["TALB"]) == "The Keeper's Book"
    assert str(tags["TCOM"]) == "Kathleen (AI Voice)"
    told = json.loads(result.written[1].read_text("utf-8"))
    assert [one["text"] for one in told["sentences"]][1] == "It poured on the lake."


@pytest.mark.parametrize("words", [False, True])
def test_the_read_along_shows_what_the_book_has_where_it_is_heard(
    casting: Studio, source: Path, tmp_path: Path, words: bool
) -> None:
    manuscript = manuscript_of(read_book(source), edited)
    result = narrated(
        manuscript, casting, tmp_path, formats=("readalong",), source=source, words=words
    )
    clips = clips_of(result.written[0])
    shown = [text for text, _ in clips]
    if not words:
        assert shown == [
            *("One", "It rained on the lake.", "He ran,", "and he fell."),
            *("Two", "She waited for him.", "She left."),
        ]
        assert all(seconds > 0.2 for _, seconds in clips)
    else:
        # What was edited is one clip: its words are not those that are heard.
        assert shown[:4] == ["One", "It rained on the lake.", "He", "ran,"]


def test_the_read_along_says_of_the_book_what_was_edited_in_the_project(
    casting: Studio, tmp_path: Path
) -> None:
    sample = next((Path(__file__).parents[2] / "resources" / "sample").glob("*.epub"))
    path, book = tmp_path / "clock.narrator", read_book(sample)
    out = tmp_path / "out"
    with closing(Project.create(path, book, voice="kathleen", source=sample)) as project:
        first = next(chapter.id for chapter in project.chapters if chapter.included)

        def export() -> Narration:
            said = project.manuscript([first])
            return narrated(said, casting, out, formats=("readalong",), source=sample)

        untouched = read_book(export().written[0])
        assert (untouched.title, untouched.authors) == (book.title, book.authors)
        assert untouched.details == book.details
        assert not export().written
        project.change_facts(replace(project.facts, authors=("B. Writer",), series="Clocks"))
        project.change_facts(replace(project.facts, series_number="2", year="1911", cover=COVER))
        again = read_book(export().written[0])
    assert (again.title, again.authors, again.cover) == (book.title, ("B. Writer",), COVER)
    told = again.details
    assert (told.series, told.series_number, told.date) == ("Clocks", "2", "1911")
    assert (told.description, told.publisher) == (book.details.description, book.details.publisher)


def test_joined_sentences_are_found_over_the_end_of_a_paragraph(
    casting: Studio, source: Path, tmp_path: Path
) -> None:
    def joined(sentence: Sentence) -> Sequence[Sentence]:
        match sentence.text:
            case "Two":
                text = "Two She waited for him."
                return (replace(sentence, text=text, written=text),)
            case "She waited for him.":
                return ()
        return (sentence,)

    manuscript = manuscript_of(read_book(source), joined)
    result = narrated(manuscript, casting, tmp_path, formats=("readalong",), source=source)
    shown = [text for text, _ in clips_of(result.written[0])]
    assert shown[-3:] == ["Two", "She waited for him.", "She left."]


def test_chapters_that_are_numbered_otherwise_find_their_text(
    casting: Studio, source: Path, tmp_path: Path
) -> None:
    whole = manuscript_of(read_book(source))
    later = tuple((replace(chapter, number=chapter.number + 3), s) for chapter, s in whole.chapters)
    manuscript = replace(whole, chapters=later, of_chapters=5)
    result = narrated(manuscript, casting, tmp_path, formats=("readalong",), source=source)
    assert len(clips_of(result.written[0])) == 7


def test_a_replica_among_the_voices_is_named_first(
    casting: Studio, voice: FakeVoice, source: Path, tmp_path: Path
) -> None:
    anna = own_voice(casting).name

    def recast(sentence: Sentence) -> Sequence[Sentence]:
        takes = (Take(voice=anna),) if sentence.text == "She left." else sentence.takes
        return (replace(sentence, takes=takes),)

    manuscript = manuscript_of(read_book(source), recast)
    narrated(manuscript, casting, tmp_path / "a", formats=("srt",))
    notices = [text for text in voice.spoken if "audiobook" in text]
    assert notices == [
        "this audiobook is read by ai voices among them an authorised ai replica of annas voice"
    ]
    narrated(manuscript_of(read_book(source)), casting, tmp_path / "b", formats=("srt",))
    assert sum("audiobook" in text for text in voice.spoken) == 1


def test_a_voice_that_is_gone_is_named_before_anything_is_written(
    studio: Studio, source: Path, tmp_path: Path
) -> None:
    manuscript = manuscript_of(read_book(source), edited)
    with pytest.raises(UnknownVoice):
        narrated(manuscript, studio, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_pause_holds_between_two_sentences_and_costs_no_time_left(
    casting: Studio, voice: FakeVoice, source: Path, tmp_path: Path
) -> None:
    gate, paused, told = Gate(), threading.Event(), list[Progress]()

    def on_progress(progress: Progress) -> None:
        told.append(progress)
        if len(told) == 3:
            gate.close()
            paused.set()

    manuscript = manuscript_of(read_book(source))
    work = threading.Thread(
        target=lambda: narrated(manuscript, casting, tmp_path, on_progress=on_progress, gate=gate)
    )
    work.start()
    assert paused.wait(20)
    still = gate.open_seconds
    work.join(0.3)
    assert work.is_alive()
    assert len(told) == 3
    assert gate.open_seconds == still
    gate.open()
    work.join(20)
    assert len(told) == 7
    assert told[-1].seconds_left == 0


def test_a_paused_narration_can_be_stopped(casting: Studio, source: Path, tmp_path: Path) -> None:
    gate, stop = Gate(), threading.Event()

    def on_progress(progress: Progress) -> None:
        if progress.chapter == 2:
            gate.close()
            stop.set()

    manuscript = manuscript_of(read_book(source))
    result = narrated(manuscript, casting, tmp_path, on_progress=on_progress, gate=gate, stop=stop)
    assert [path.name for path in result.written] == ["01 - One.mp3"]
    assert result.missing == ["Two"]


def test_the_gate_counts_only_the_time_that_it_is_open() -> None:
    now = [10.0]
    gate = Gate(lambda: now[0])
    now[0] = 12.0
    gate.close()
    gate.close()
    now[0] = 99.0
    assert (gate.open_seconds, gate.is_open) == (12.0, False)
    gate.open()
    now[0] = 100.0
    assert (gate.open_seconds, gate.is_open) == (13.0, True)
