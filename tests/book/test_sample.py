"""The sample book is what its source says, and reads as it was meant."""

import importlib.util
from pathlib import Path

import pytest

from narrator.book.reader import read_book

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "resources" / "sample" / "the-clock-at-tern-point.epub"


@pytest.fixture(scope="module")
def book():
    return read_book(SAMPLE)


def test_the_sample_is_built_from_its_source(tmp_path):
    spec = importlib.util.spec_from_file_location(
        "make_sample", ROOT / "packaging" / "make_sample.py"
    )
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    script.write(tmp_path / "sample.epub")
    assert (tmp_path / "sample.epub").read_bytes() == SAMPLE.read_bytes()


def test_the_sample_has_five_chapters_in_two_parts(book):
    assert book.title == "The Clock at Tern Point"
    assert (book.authors, book.language) == (("The narrator project",), "en")
    assert [chapter.title for chapter in book.chapters] == [
        "Chapter I: Eleven Minutes",
        "Chapter II: One Hundred and Forty Steps",
        "Chapter III: What It Cost",
        "Chapter IV: By Candlelight",
        "Chapter V: The Hour",
    ]
    headings = [[p.text for p in chapter.paragraphs if p.heading] for chapter in book.chapters]
    assert headings[0] == ["Part One: The Silence", "Chapter I: Eleven Minutes"]
    assert headings[1] == ["Chapter II: One Hundred and Forty Steps"]
    assert headings[3] == ["Part Two: The Answer", "Chapter IV: By Candlelight"]
    assert 1_900 < sum(chapter.words for chapter in book.chapters) < 2_500


def test_the_sample_has_a_cover_and_no_warning(book):
    assert book.cover.media_type == "image/jpeg"
    assert book.warnings == ()


def test_the_sample_tells_what_is_left_out(book):
    assert [(left.title, left.reason) for left in book.left_out] == [
        ("Cover", "a cover page"),
        ("Title page", "a title page"),
        ("Copyright", "a copyright page"),
        ("Note marks", "marks that point at notes"),
        ("Notes in “Chapter II: One Hundred and Forty Steps”", "notes"),
    ]


def test_every_sentence_of_the_sample_is_one_breath(book):
    sentences = [s for c in book.chapters for p in c.paragraphs for s in p.sentences]
    assert len(sentences) > 150
    assert max(map(len, sentences)) < 300
    assert "“That clock,” she said to the cat, “has told a lie.”" in sentences
    assert not any(sentence.endswith((" Mrs.", " Dr.", " J.", " No.")) for sentence in sentences)
