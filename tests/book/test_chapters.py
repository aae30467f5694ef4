"""Chapters are named by the navigation, cut at its anchors, and what is left out is told."""

from pathlib import Path

import pytest
from epub_files import METADATA, NCX_ITEM, chapter, good, item, nav, ncx, opf, ref, write_epub

from narrator.book.model import Book, LeftOut, Paragraph
from narrator.book.reader import read_book
from narrator.book.titles import with_title

PROSE = "The sea was calm and the boats lay still in the harbour of the town. " * 20


def read(
    folder: Path,
    pages: dict[str, str],
    contents: str = "",
    *,
    more: str = "",
    **others: str | bytes,
) -> Book:
    """Read an EPUB of these XHTML pages with this NCX."""
    names = list(pages)
    manifest = NCX_ITEM + "".join(item(name, f"{name}.xhtml") for name in names)
    members = good() | {
        "OEBPS/book.opf": opf(manifest, ref(*names), more=more),
        "OEBPS/toc.ncx": contents or ncx(*[(name.title(), f"{name}.xhtml") for name in names]),
        **{f"OEBPS/{name}.xhtml": page for name, page in pages.items()},
    }
    return read_book(write_epub(folder / "book.epub", members | others))


def shape(book: Book) -> list[tuple[str, list[str]]]:
    return [(c.title, [p.text for p in c.paragraphs]) for c in book.chapters]


SINGLE = (
    '<html><body><h1 id="t">The Lamp</h1><h2 id="c1">One</h2><p>First.</p>'
    '<p>End of the first. <a id="c2"></a></p><h2>Two</h2><p>Second.</p></body></html>'
)


def test_a_single_file_is_split_by_its_anchors(tmp_path):
    contents = ncx(("The Lamp", "all.xhtml#t"), ("One", "all.xhtml#c1"), ("Two", "all.xhtml#c3"))
    page = SINGLE.replace("<h2>Two", '<h2 id="c3">Two')
    book = read(tmp_path, {"all": page}, contents)
    assert shape(book) == [
        ("One", ["One", "First.", "End of the first."]),
        ("Two", ["Two", "Second."]),
    ]


def test_a_single_file_without_contents_is_split_by_its_headings(tmp_path):
    book = read(tmp_path, {"all": SINGLE}, ncx(("Start", "all.xhtml")))
    assert [c.title for c in book.chapters] == ["One", "Two"]


def test_a_part_page_is_heard_in_front_of_its_first_chapter(tmp_path):
    points = (
        '<navPoint id="p"><navLabel><text>Part One</text></navLabel><content src="p.xhtml"/>'
        '<navPoint id="c"><navLabel><text>The Storm</text></navLabel><content src="a.xhtml"/>'
        "</navPoint>"
        "</navPoint>"
    )
    contents = ncx(("x", "x")).replace(
        ncx(("x", "x")).split("<navMap>")[1].split("</navMap>")[0], points
    )
    pages = {
        "p": chapter("PART ONE"),
        "a": chapter("The Storm", PROSE),
        "b": chapter("Calm", PROSE),
    }
    book = read(tmp_path, pages, contents)
    first = book.chapters[0]
    assert (first.title, [p.text for p in first.paragraphs if p.heading]) == (
        "The Storm",
        ["PART ONE", "The Storm", "Calm"],
    )


def test_sections_of_a_chapter_are_no_chapters(tmp_path):
    page = chapter("One", PROSE).replace(
        "</body>", f'<h2 id="s">A Section</h2><p>{PROSE}</p></body>'
    )
    links = (
        '<li><a href="a.xhtml">One</a><ol><li><a href="a.xhtml#s">A Section</a></li></ol></li>'
        '<li><a href="b.xhtml">Two</a></li>'
    )
    manifest = (
        item("nav", "nav.xhtml", properties="nav") + item("a", "a.xhtml") + item("b", "b.xhtml")
    )
    members = good() | {
        "OEBPS/book.opf": opf(manifest, ref("a", "b"), toc=""),
        "OEBPS/nav.xhtml": nav(links),
        "OEBPS/a.xhtml": page,
        "OEBPS/b.xhtml": chapter("Two", PROSE),
    }
    book = read_book(write_epub(tmp_path / "book.epub", members))
    assert [c.title for c in book.chapters] == ["One", "Two"]
    assert Paragraph("A Section", heading=True) in book.chapters[0].paragraphs


def test_a_file_that_the_contents_do_not_name_goes_on(tmp_path):
    more = "<html><body><p>It went on.</p></body></html>"
    pages = {"a": chapter("One", PROSE), "more": more, "b": chapter("Two", PROSE)}
    book = read(tmp_path, pages, ncx(("One", "a.xhtml"), ("Two", "b.xhtml")))
    assert [c.title for c in book.chapters] == ["One", "Two"]
    assert book.chapters[0].paragraphs[-1].text == "It went on."


COPYRIGHT = chapter(
    "", "Copyright © 2026 Ada Stone", "All rights reserved.", "ISBN 978-0-00-000000-0"
)
CONTENTS = chapter("Contents", *[f'<a href="{n}.xhtml">Chapter {n}</a>' for n in "ab"])


@pytest.mark.parametrize(
    ("page", "title", "reason"),
    [
        (COPYRIGHT, "Front", "a copyright page"),
        (CONTENTS, "Contents", "a table of contents"),
        (chapter("The Lamp", "by Ada Stone"), "The Lamp", "a title page"),
        (chapter("Notes", "1. The king was not really a king at all."), "Notes", "notes"),
        (chapter("Index", "Ada, 7", "Lamp, 3, 9"), "Index", "an index"),
        (chapter("Bibliography", "Stone, A., Lamps."), "Bibliography", "a list of sources"),
        (chapter("x", "Anything.", body=' epub:type="frontmatter titlepage"'), "F", "a title page"),
    ],
)
def test_a_page_that_no_narrator_reads_is_left_out_and_told(tmp_path, page, title, reason):
    pages = {"f": page, "a": chapter("One", PROSE), "b": chapter("Two", PROSE)}
    contents = ncx((title, "f.xhtml"), ("One", "a.xhtml"), ("Two", "b.xhtml"))
    book = read(tmp_path, pages, contents)
    assert [c.title for c in book.chapters] == ["One", "Two"]
    assert [(left.title, left.reason) for left in book.left_out] == [(title, reason)]
    assert book.left_out[0].words > 0


def test_a_page_that_is_left_out_keeps_its_text_and_its_place(tmp_path):
    pages = {
        "f": COPYRIGHT,
        "p": chapter("PART ONE"),
        "a": chapter("One", PROSE),
        "n": chapter("Notes", "1. The king was not really a king at all."),
        "b": chapter("Two", PROSE),
        "i": chapter("Index", "Ada, 7", "Lamp, 3, 9"),
    }
    book = read(tmp_path, pages)
    assert len(book.chapters) == 2
    assert [left.after for left in book.left_out] == [0, 1, 2]
    assert book.left_out[1].paragraphs == (
        Paragraph("Notes", heading=True),
        Paragraph("1. The king was not really a king at all."),
    )
    for left in book.left_out:
        assert left.words == sum(len(paragraph.text.split()) for paragraph in left.paragraphs)


@pytest.mark.parametrize(
    "title", ["Contents", "Notes on a Scandal", "Index", "Copyright", "Cover", "Title"]
)
def test_a_long_chapter_is_never_left_out_for_its_name(tmp_path, title):
    pages = {"f": chapter(title, PROSE * 9), "a": chapter("One", PROSE)}
    book = read(tmp_path, pages, ncx((title, "f.xhtml"), ("One", "a.xhtml")))
    assert [c.title for c in book.chapters] == [title, "One"]


def test_the_guide_names_what_is_left_out(tmp_path):
    guide = '<guide><reference type="copyright-page" href="f.xhtml"/></guide>'
    pages = {
        "f": chapter("x", "Made by hand."),
        "a": chapter("One", PROSE),
        "b": chapter("Two", PROSE),
    }
    book = read(tmp_path, pages, ncx(("One", "a.xhtml"), ("Two", "b.xhtml")), more=guide)
    assert [left.reason for left in book.left_out] == ["a copyright page"]


def test_notes_in_another_file_are_found_by_their_marks(tmp_path):
    one = chapter("One", PROSE + '<a href="n.xhtml#n1"><sup>1</sup></a> And on.')
    notes = chapter("Remarks", "").replace(
        "</body>", '<p id="n1"><a href="a.xhtml#r1">1</a> Not a king.</p><p>True text.</p></body>'
    )
    pages = {"a": one, "n": notes}
    book = read(tmp_path, pages, ncx(("One", "a.xhtml"), ("Remarks", "n.xhtml")))
    assert [p.text for p in book.chapters[1].paragraphs] == ["Remarks", "True text."]
    assert set(book.left_out) == {
        LeftOut("Note marks", "marks that point at notes", 1),
        LeftOut("Notes in “Remarks”", "notes", 4),
    }


def test_a_link_to_a_whole_chapter_makes_it_no_note(tmp_path):
    one = chapter("One", 'See <a href="b.xhtml#all">[2]</a>.' + PROSE)
    two = chapter("Two", PROSE * 10).replace("<body>", '<body><div id="all">')
    book = read(tmp_path, {"a": one, "b": two})
    assert len(book.chapters[1].paragraphs) >= 2


JPEG, PNG = b"\xff\xd8\xff\xe0" + b"j" * 40, b"\x89PNG\r\n\x1a\n" + b"p" * 40


@pytest.mark.parametrize(
    ("manifest", "metadata"),
    [
        (item("i", "pic.png", "image/png", "cover-image"), METADATA),
        (
            item("i", "pic.png", "image/png"),
            METADATA.replace("</meta", '<meta name="cover" content="i"/></meta'),
        ),
        (item("my-cover", "pic.png", "image/png"), METADATA),
    ],
)
@pytest.mark.parametrize("broken", [False, True])
def test_the_cover_is_found_by_either_reader(tmp_path, manifest, metadata, broken):
    pages = item("a", "a.xhtml") + item("b", "b.xhtml")
    members = good() | {
        "OEBPS/book.opf": opf(NCX_ITEM + pages + manifest, ref("a", "b"), metadata=metadata),
        "OEBPS/pic.png": JPEG,
    }
    if broken:
        del members["OEBPS/toc.ncx"]
    book = read_book(write_epub(tmp_path / "book.epub", members))
    assert book.cover is not None
    assert (book.cover.media_type, book.cover.data) == ("image/jpeg", JPEG)


def test_a_cover_that_is_no_picture_is_warned_of(tmp_path):
    manifest = NCX_ITEM + item("a", "a.xhtml") + item("c", "c.jpg", "image/jpeg", "cover-image")
    members = good() | {"OEBPS/book.opf": opf(manifest, ref("a")), "OEBPS/c.jpg": b"<svg/>"}
    book = read_book(write_epub(tmp_path / "book.epub", members))
    assert book.cover is None
    assert "the cover picture OEBPS/c.jpg is no JPEG or PNG picture of a fit size" in book.warnings


@pytest.mark.parametrize(
    ("title", "lines", "expected"),
    [
        ("Chapter 1: The Storm", ["CHAPTER ONE", "The Storm"], ["CHAPTER ONE", "The Storm"]),
        ("I. The Storm", ["The Storm"], ["I. The Storm"]),
        ("Chapter IV", ["4"], ["Chapter IV"]),
        ("The Storm", ["Chapter 1", "The Storm"], ["Chapter 1", "The Storm"]),
        ("The Calm", ["Chapter 1"], ["The Calm", "Chapter 1"]),
        ("", ["x"], ["x"]),
        ("The Storm", [], ["The Storm"]),
    ],
)
def test_a_title_is_heard_once(title, lines, expected):
    text = Paragraph(
        "It was a long, long night, and the rain fell upon the roofs and into the sea below."
    )
    heard = with_title(title, [*(Paragraph(line, heading=True) for line in lines), text])
    assert [p.text for p in heard] == [*expected, text.text]
    assert [p.heading for p in heard] == [True] * len(expected) + [False]


def test_a_title_set_as_a_paragraph_becomes_the_heading():
    assert with_title("The Storm", [Paragraph("THE STORM"), Paragraph("Wind.")]) == (
        Paragraph("THE STORM", heading=True),
        Paragraph("Wind."),
    )
