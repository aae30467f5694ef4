"""Two books with notes, nested navigation and pictures, valid in themselves: EPUB 3 and EPUB 2."""

import struct
import zlib
from pathlib import Path

from epub_files import CONTAINER, item, ref, write_epub

XHTML = (
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
    'xml:lang="en" lang="en">'
)


def png(width: int, height: int) -> bytes:
    """Give a grey picture."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def document(title: str, body: str, kind: str = "bodymatter") -> str:
    """Give an EPUB 3 content document."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n{XHTML}<head>'
        f'<title>{title}</title></head><body epub:type="{kind}">{body}</body></html>'
    )


HARBOUR = """<section><h1>Part <em>One</em>: The Harbour</h1>
<h2 id="quay">The Quay</h2>
<p>She said <em>no. Then she</em> left<a epub:type="noteref" role="doc-noteref" href="#n1">1</a>
the quay, where
<a href="notes.xhtml#e1">the <b>old</b> ship. It</a> lay in 1912, for £4 and no more.</p>
<figure><img src="images/map-one.png" alt="A map of the harbour"/>
<figcaption>The harbour as it <i>was</i>. Nobody drew it again.</figcaption></figure>
<!-- A comment in the middle. -->
<table><tr><td>Boats</td><td>Twelve of them</td></tr><tr><td>Men</td><td>Forty</td></tr></table>
<p>Un<em>believ</em>able, she thought—and yet true &amp; plain.</p>
<aside epub:type="footnote" role="doc-footnote" id="n1"><p>Nobody knows why. It is lost.</p></aside>
<h2 id="pier">The Pier</h2>
<p>“Stop!” cried Tom. “Who goes there?”</p><p>* * *</p><p>No answer came.</p>
<p>A stave:
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9"/></svg> ended.</p>
</section>"""
SEA = """<h1>Part Two: The Sea</h1><p>The sea was <span class="big">wide</span> and the sky was
<strong>wider</strong>. Nobody spoke.</p><ul><li>One rope.</li><li>Two <em>oars</em>.</li></ul>"""
NOTES = """<h1>Notes</h1><p id="e1">An old ship indeed. She sank.</p>"""
NAV = document(
    "Contents",
    '<nav epub:type="toc" id="toc"><h1>Contents</h1><ol><li>'
    '<a href="text/harbour.xhtml">Part One</a><ol>'
    '<li><a href="text/harbour.xhtml#quay">The Quay</a></li>'
    '<li><a href="text/harbour.xhtml#pier">The Pier</a></li></ol></li>'
    '<li><a href="text/sea.xhtml">Part Two</a></li><li><a href="text/notes.xhtml">Notes</a></li>'
    "</ol></nav>",
    "frontmatter",
)


def harbour_book(path: Path) -> Path:
    """Write an EPUB 3: folders, notes in the text and at the end, pictures."""
    metadata = (
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:7'
        '</dc:identifier><dc:title id="t">The Harbour</dc:title><dc:creator id="c">Ada Stone'
        '</dc:creator><dc:language>en</dc:language><meta refines="#c" property="role" '
        'scheme="marc:relators">aut</meta><meta property="dcterms:modified">2026-01-01T00:00:00Z'
        '</meta><meta property="schema:accessibilityFeature">alternativeText</meta></metadata>'
    )
    manifest = (
        item("nav", "nav.xhtml", properties="nav")
        + item("harbour", "text/harbour.xhtml", properties="svg")
        + item("sea", "text/sea.xhtml")
        + item("notes", "text/notes.xhtml")
        + item("map", "text/images/map-one.png", "image/png")
        + item("front", "front.png", "image/png", properties="cover-image")
    )
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" '
        f'unique-identifier="id">{metadata}<manifest>{manifest}</manifest>'
        f"<spine>{ref('nav', 'harbour', 'sea', 'notes')}</spine></package>"
    )
    return write_epub(
        path,
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": package,
            "OEBPS/nav.xhtml": NAV,
            "OEBPS/text/harbour.xhtml": document("Harbour", HARBOUR),
            "OEBPS/text/sea.xhtml": document("Sea", SEA),
            "OEBPS/text/notes.xhtml": document("Notes", NOTES, "backmatter"),
            "OEBPS/text/images/map-one.png": png(20, 10),
            "OEBPS/front.png": png(30, 40),
        },
    )


def old_document(title: str, body: str) -> str:
    """Give an EPUB 2 content document, with its document type and its entities."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
        '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">\n<html xmlns="http://www.w3.org/1999/xhtml">'
        f"<head><title>{title}</title></head><body>{body}</body></html>"
    )


def lamp_book(path: Path) -> Path:
    """Write an EPUB 2: nested NCX, entities, a part page, endnotes by raised numbers, a picture."""
    first = (
        "<h2>Chapter One</h2><p>It was dark&nbsp;&mdash; <i>very</i> dark.<a href='notes.html#b1' "
        "id='a1'><sup>1</sup></a> “Light!” said <b>Ada. “More</b> light.”</p>"
        "<div><img src='lamp.png' alt='The lamp'/></div><p>She waited till 10:30 p.m. for it.</p>"
    )
    second = (
        "<h2>Chapter Two</h2><p>The lamp burned.</p><blockquote><p>And burned.</p></blockquote>"
    )
    notes = "<h2>Notes</h2><p id='b1'><a href='one.html#a1'>1</a> Darker than this page.</p>"
    points = (
        '<navPoint id="p1"><navLabel><text>Part I</text></navLabel><content src="part.html"/>'
        '<navPoint id="p2"><navLabel><text>Chapter One</text></navLabel><content src="one.html"/>'
        '</navPoint><navPoint id="p3"><navLabel><text>Chapter Two</text></navLabel>'
        '<content src="two.html"/></navPoint></navPoint>'
        '<navPoint id="p4"><navLabel><text>Notes</text></navLabel>'
        '<content src="notes.html"/></navPoint>'
    )
    ncx = (
        '<?xml version="1.0"?><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1">'
        '<head><meta name="dtb:uid" content="urn:x:8"/></head>'
        f"<docTitle><text>The Lamp</text></docTitle><navMap>{points}</navMap></ncx>"
    )
    metadata = (
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:opf="http://www.idpf.org/2007/opf"><dc:identifier id="id" opf:scheme="URI">urn:x:8'
        '</dc:identifier><dc:title>The Lamp</dc:title><dc:creator opf:role="aut">Ada Stone'
        '</dc:creator><dc:language>en</dc:language><meta name="cover" content="lamp"/></metadata>'
    )
    manifest = (
        item("ncx", "toc.ncx", "application/x-dtbncx+xml")
        + "".join(item(name, f"{name}.html") for name in ("part", "one", "two", "notes"))
        + item("lamp", "lamp.png", "image/png")
    )
    return write_epub(
        path,
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": CONTAINER,
            "OEBPS/book.opf": (
                '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0" '
                f'unique-identifier="id">{metadata}<manifest>{manifest}</manifest>'
                f'<spine toc="ncx">{ref("part", "one", "two", "notes")}</spine></package>'
            ),
            "OEBPS/toc.ncx": ncx,
            "OEBPS/part.html": old_document("Part I", "<h1>Part I: The Dark</h1>"),
            "OEBPS/one.html": old_document("One", first),
            "OEBPS/two.html": old_document("Two", second),
            "OEBPS/notes.html": old_document("Notes", notes),
            "OEBPS/lamp.png": png(20, 20),
        },
    )
