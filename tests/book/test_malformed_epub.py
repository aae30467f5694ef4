"""Nineteen ways in which an EPUB is made: each gives a book with all its text, or a named error."""

import time
import zipfile
from pathlib import Path

import pytest
from epub_files import (
    CALM,
    CHAPTERS,
    METADATA,
    NCX_ITEM,
    STORM,
    chapter,
    good,
    item,
    nav,
    ncx,
    opf,
    ref,
    write_epub,
)

from narrator.book.model import Book
from narrator.book.reader import read_book
from narrator.errors import EncryptedBook, UnreadableBook

ENCRYPTION = (
    '<encryption xmlns="urn:oasis:names:tc:opendocument:xmlns:container" '
    'xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData>'
    '<enc:EncryptionMethod Algorithm="{method}"/><enc:CipherData><enc:CipherReference URI="{uri}"/>'
    "</enc:CipherData></enc:EncryptedData></encryption>"
)


@pytest.fixture
def read(tmp_path: Path):
    def read(**changes: str | bytes | None) -> Book:
        names = {
            "opf": "OEBPS/book.opf",
            "ncx": "OEBPS/toc.ncx",
            "a": "OEBPS/a.xhtml",
            "b": "OEBPS/b.xhtml",
        }
        members = good() | {names.get(name, name): content for name, content in changes.items()}
        return read_book(write_epub(tmp_path / "book.epub", members))

    return read


def texts(book: Book) -> list[list[str]]:
    return [[p.text for p in chapter.paragraphs] for chapter in book.chapters]


WHOLE = [["The Storm", STORM], ["The Calm", CALM]]


def test_1_a_good_book_is_read_without_a_warning(read):
    book = read()
    assert (book.title, book.authors, book.language) == ("The Lamp", ("Ada Stone",), "en")
    assert [c.title for c in book.chapters] == ["The Storm", "The Calm"]
    assert texts(book) == WHOLE
    assert book.chapters[0].paragraphs[0].heading
    assert book.warnings == book.left_out == ()


def test_2_a_missing_ncx_costs_a_warning_only(read):
    book = read(ncx=None)
    assert texts(book) == WHOLE
    assert book.warnings == ("the table of contents toc.ncx is missing or cannot be read",)


def test_3_a_missing_chapter_is_warned_of(read):
    book = read(a=None)
    assert texts(book) == [["The Calm", CALM]]
    assert "a.xhtml is missing from the file" in book.warnings


def test_4_ill_formed_xhtml_loses_no_text(read):
    book = read(
        a=chapter("The Storm", STORM).replace("<p>", "<p><b><i>").replace("</body>", "<p>Last")
    )
    assert texts(book)[0] == ["The Storm", STORM, "Last"]


def test_5_an_escaped_blank_in_a_link_is_understood(read):
    manifest = NCX_ITEM + item("a", "my%20a.xhtml") + item("b", "b.xhtml")
    contents = ncx(("The Storm", "my%20a.xhtml"), ("The Calm", "b.xhtml"))
    changes = {"OEBPS/my a.xhtml": chapter("The Storm", STORM)}
    book = read(opf=opf(manifest, ref("a", "b")), ncx=contents, a=None, **changes)
    assert texts(book) == WHOLE
    assert book.warnings == ()


def test_6_a_missing_mimetype_does_not_matter(read):
    assert texts(read(mimetype=None)) == WHOLE


def test_7_an_unknown_name_in_the_reading_order_is_warned_of(read):
    book = read(opf=opf(NCX_ITEM + CHAPTERS, ref("a", "ghost", "b")))
    assert texts(book) == WHOLE
    assert book.warnings == ("the reading order names “ghost”, which is not in the book",)


def test_8_an_undeclared_latin_1_chapter_keeps_its_accents(read):
    page = chapter("The Storm", "The café in Besançon was a dull façade, naïve but très cher.")
    book = read(a=page.replace(' encoding="utf-8"', "").encode("latin-1"))
    assert texts(book)[0][1] == "The café in Besançon was a dull façade, naïve but très cher."


def test_9_epub_3_needs_no_ncx(read):
    manifest = item("nav", "nav.xhtml", properties="nav") + CHAPTERS
    links = '<li><a href="a.xhtml">One: The Storm</a></li><li><a href="b.xhtml">The Calm</a></li>'
    book = read(
        opf=opf(manifest, ref("nav", "a", "b"), toc=""), ncx=None, **{"OEBPS/nav.xhtml": nav(links)}
    )
    assert [c.title for c in book.chapters] == ["One: The Storm", "The Calm"]
    assert texts(book)[0] == ["One: The Storm", STORM]
    assert [left.reason for left in book.left_out] == ["a table of contents"]
    assert book.warnings == ()


def test_10_an_encrypted_book_is_refused_by_name(read):
    method = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    locked = ENCRYPTION.format(method=method, uri="OEBPS/a.xhtml")
    with pytest.raises(EncryptedBook):
        read(a=b"\x8f\x00garbage", **{"META-INF/encryption.xml": locked})


@pytest.mark.parametrize(
    "method", ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]
)
def test_10_scrambled_fonts_are_no_encryption(read, method):
    fonts = ENCRYPTION.format(method=method, uri="OEBPS/font.otf")
    assert texts(read(**{"META-INF/encryption.xml": fonts})) == WHOLE


def test_11_a_book_without_metadata_is_read(read):
    book = read(opf=opf(NCX_ITEM + CHAPTERS, ref("a", "b"), metadata=""))
    assert texts(book) == WHOLE
    assert book.title
    assert book.authors == ()


def test_12_a_bare_ampersand_in_the_package_does_not_matter(read):
    metadata = METADATA.replace("The Lamp", "Lamp & Wick")
    book = read(opf=opf(NCX_ITEM + CHAPTERS, ref("a", "b"), metadata=metadata))
    assert texts(book) == WHOLE
    assert book.title.startswith("Lamp")


def test_13_a_missing_container_costs_a_warning_only(read):
    book = read(**{"META-INF/container.xml": None})
    assert texts(book) == WHOLE
    assert book.warnings == ("META-INF/container.xml is missing",)


def test_14_html_under_a_wrongly_cased_name_is_found(read):
    manifest = NCX_ITEM + item("a", "A.HTML", "text/html") + item("b", "b.xhtml")
    contents = ncx(("The Storm", "A.html"), ("The Calm", "B.xhtml"))
    changes = {"OEBPS/a.html": chapter("The Storm", STORM)}
    book = read(opf=opf(manifest, ref("a", "b")), ncx=contents, a=None, **changes)
    assert texts(book) == WHOLE
    assert [c.title for c in book.chapters] == ["The Storm", "The Calm"]


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_15_a_truncated_file_is_refused_by_name(tmp_path, kept):
    path = write_epub(tmp_path / "book.epub", good())
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    with pytest.raises(UnreadableBook) as caught:
        read_book(path)
    assert caught.value.reason == "the file is damaged or was not copied to its end"


@pytest.mark.parametrize("content", ["", chapter("", "").replace("<h1></h1>", "")])
def test_16_an_empty_chapter_is_warned_of(read, content):
    book = read(a=content)
    assert texts(book) == [["The Calm", CALM]]
    assert any("a.xhtml holds no text" in warning for warning in book.warnings)


@pytest.mark.parametrize(
    "broken", ["<ncx", "<ncx><navMap><navPoint/></navMap></ncx>", "", "\0\1\2"]
)
def test_17_a_broken_ncx_costs_a_warning_only(read, broken):
    book = read(ncx=broken)
    assert texts(book) == WHOLE
    assert [c.title for c in book.chapters] == ["The Storm", "The Calm"]
    assert any("toc.ncx" in warning for warning in book.warnings)


def test_18_a_chapter_of_10_mb_loses_no_word(tmp_path):
    text = " ".join(f"Mile {mile}: the long road went on." for mile in range(285_000))
    assert len(text) > 10_000_000
    members = good() | {"OEBPS/a.xhtml": chapter("The Storm", text)}
    path = write_epub(tmp_path / "a.epub", members, zipfile.ZIP_STORED)
    began = time.monotonic()
    book = read_book(path)
    assert time.monotonic() - began < 10
    assert " ".join(p.text for p in book.chapters[0].paragraphs[1:]) == text


def test_19_an_external_entity_is_never_followed(read, tmp_path):
    (tmp_path / "secret.txt").write_text("topsecret")
    head = f'<!DOCTYPE html [<!ENTITY xxe SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'
    book = read(a=chapter("The Storm", "Before &xxe; after.", head=head))
    assert texts(book)[0] == ["The Storm", "Before after."]
