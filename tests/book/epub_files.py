"""Small EPUB files for the tests, each with one thing changed."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
METADATA = (
    '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
    '<dc:identifier id="id">urn:x:1</dc:identifier><dc:title>The Lamp</dc:title>'
    "<dc:creator>Ada Stone</dc:creator><dc:language>en</dc:language></metadata>"
)
STORM = "The wind rose at noon. “Close the shutters!” cried Ada."
CALM = "By night the sea lay still, and nobody spoke."


def chapter(title: str, *paragraphs: str, head: str = "", body: str = "") -> str:
    """Give an XHTML chapter."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{head}<html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>x</title></head>'
        f"<body{body}><h1>{title}</h1>{text}</body></html>"
    )


def ncx(*entries: tuple[str, str]) -> str:
    """Give an NCX with these (title, href)."""
    points = "".join(
        f'<navPoint id="n{i}" playOrder="{i}"><navLabel><text>{title}</text></navLabel>'
        f'<content src="{href}"/></navPoint>'
        for i, (title, href) in enumerate(entries, start=1)
    )
    return (
        '<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"><head/>'
        f"<docTitle><text>x</text></docTitle><navMap>{points}</navMap></ncx>"
    )


def nav(items: str) -> str:
    """Give an EPUB 3 navigation document around the list items."""
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head>'
        f'<title>n</title></head><body><nav epub:type="toc"><ol>{items}</ol></nav></body></html>'
    )


def opf(
    manifest: str, spine: str, *, metadata: str = METADATA, toc: str = ' toc="ncx"', more: str = ""
) -> str:
    """Give a package file."""
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="2.0" '
        'unique-identifier="id">'
        f"{metadata}<manifest>{manifest}</manifest><spine{toc}>{spine}</spine>{more}</package>"
    )


def item(
    name: str, href: str, media_type: str = "application/xhtml+xml", properties: str = ""
) -> str:
    """Give a line of the manifest."""
    extra = f' properties="{properties}"' if properties else ""
    return f'<item id="{name}" href="{href}" media-type="{media_type}"{extra}/>'


def ref(*names: str) -> str:
    """Give lines of the spine."""
    return "".join(f'<itemref idref="{name}"/>' for name in names)


NCX_ITEM = item("ncx", "toc.ncx", "application/x-dtbncx+xml")
CHAPTERS = item("a", "a.xhtml") + item("b", "b.xhtml")


def good() -> dict[str, str | bytes]:
    """Give the members of an EPUB 2 of two chapters in which nothing is wrong."""
    return {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OEBPS/book.opf": opf(NCX_ITEM + CHAPTERS, ref("a", "b")),
        "OEBPS/toc.ncx": ncx(("The Storm", "a.xhtml"), ("The Calm", "b.xhtml")),
        "OEBPS/a.xhtml": chapter("The Storm", STORM),
        "OEBPS/b.xhtml": chapter("The Calm", CALM),
    }


def write_epub(
    path: Path, members: Mapping[str, str | bytes | None], packing: int = zipfile.ZIP_DEFLATED
) -> Path:
    """Write the members that are not None; gives `path`."""
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in members.items():
            if content is not None:
                archive.writestr(name, content)
    return path
