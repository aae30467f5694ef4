"""Subtitle, series, date, description and publisher, as EPUB 2, EPUB 3 and calibre write them."""

import zipfile
from pathlib import Path

import pytest

from narrator.book.model import Details
from narrator.book.reader import read_book

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="b.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
TEXT = (
    '<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head>'
    "<body><h1>One</h1><p>She waited.</p></body></html>"
)
EPUB_3 = """
<dc:title id="t1">The Keeper</dc:title><dc:title id="t2">Or  the Clerk</dc:title>
<meta refines="#t2" property="title-type">subtitle</meta>
<meta property="belongs-to-collection" id="c0">All of them</meta>
<meta refines="#c0" property="collection-type">set</meta>
<meta property="belongs-to-collection" id="c1">Lighthouses</meta>
<meta refines="#c1" property="collection-type">series</meta>
<meta refines="#c1" property="group-position">2</meta>
<dc:date>1903-05-01</dc:date><dc:publisher>Pier &amp; Sons</dc:publisher>
<dc:description>&lt;p&gt;Who keeps&lt;/p&gt; &lt;b&gt;the light&amp;hellip;</dc:description>
"""
CALIBRE = """
<dc:title>The Keeper</dc:title><dc:date opf:event="modification">2020</dc:date>
<dc:date opf:event="publication">1903</dc:date>
<meta name="calibre:series" content="Lighthouses"/>
<meta name="calibre:series_index" content="2.0"/>
"""


def epub(path: Path, metadata: str, *, spine: str = "a") -> Path:
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:opf="http://www.idpf.org/2007/opf" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" version="3.0" unique-identifier="i">'
        f'<metadata><dc:identifier id="i">x</dc:identifier>{metadata}</metadata><manifest>'
        '<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/></manifest>'
        f'<spine><itemref idref="{spine}"/></spine></package>'
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("mimetype", "application/epub+zip")
        file.writestr("META-INF/container.xml", CONTAINER)
        file.writestr("b.opf", opf)
        file.writestr("a.xhtml", TEXT)
    return path


@pytest.mark.parametrize("spine", ["a", "missing"])  # the second reader takes over from the first
def test_an_epub_3_tells_what_else_is_known_of_it(tmp_path: Path, spine: str) -> None:
    book = read_book(epub(tmp_path / "b.epub", EPUB_3, spine=spine))
    assert book.details == Details(
        subtitle="Or the Clerk",
        series="Lighthouses",
        series_number="2",
        date="1903-05-01",
        description="Who keeps the light…",
        publisher="Pier & Sons",
    )
    assert book.title == "The Keeper"


def test_calibres_series_and_the_date_of_publication_are_found(tmp_path: Path) -> None:
    details = read_book(epub(tmp_path / "b.epub", CALIBRE)).details
    assert details == Details(series="Lighthouses", series_number="2", date="1903")


def test_a_book_that_says_nothing_more_has_no_details(tmp_path: Path) -> None:
    assert read_book(epub(tmp_path / "b.epub", "<dc:title>T</dc:title>")).details == Details()
    (tmp_path / "b.md").write_text("# T\n\n## One\n\nShe waited for a long while.\n", "utf-8")
    assert read_book(tmp_path / "b.md").details == Details()
