"""Build the sample book, resources/sample/*.epub, from its text and its cover picture.

    python packaging/make_sample.py                 writes the EPUB, the same bytes on every machine
    python packaging/make_sample.py --draw-cover    draws the cover picture anew first (needs Qt and
    fonts)

The text is Markdown of a small kind: `# Part`, `## Chapter`, paragraphs, and notes `[^1]`. The EPUB
has all that a narrator must cope with: nav and NCX, parts with chapters, cover, title and copyright
page, notes.
"""

import argparse
import re
import zipfile
from html import escape
from pathlib import Path
from typing import NamedTuple

SAMPLE = Path(__file__).resolve().parents[1] / "resources" / "sample"
SOURCE = SAMPLE / "the-clock-at-tern-point.md"
COVER = SAMPLE / "cover.jpg"
EPOCH = (
    2026,
    1,
    1,
    0,
    0,
    0,
)  # on every member, so that the file depends on nothing but its contents


class Note(NamedTuple):
    """A note and its number."""

    number: str
    text: str


class Chapter(NamedTuple):
    """One chapter of the source."""

    title: str
    paragraphs: list[str]
    notes: list[Note]


class Part(NamedTuple):
    """A part with its chapters."""

    title: str
    chapters: list[Chapter]


def parse(source: str) -> tuple[dict[str, str], list[Part]]:
    """Read the source into its head, by name, and its parts."""
    _, head, body = source.split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in head.strip().splitlines())
    parts: list[Part] = []
    for block in body.strip().split("\n\n"):
        if block.startswith("# "):
            parts.append(Part(block[2:], []))
        elif block.startswith("## "):
            parts[-1].chapters.append(Chapter(block[3:], [], []))
        elif note := re.fullmatch(r"\[\^(\d+)\]: (.+)", block):
            parts[-1].chapters[-1].notes.append(Note(note[1], note[2]))
        else:
            parts[-1].chapters[-1].paragraphs.append(block)
    return fields, parts


def page(title: str, body: str, kind: str) -> str:
    """Give an XHTML page around `body`. kind: its epub:type."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'xml:lang="en" lang="en">\n<head><title>{escape(title)}</title>'
        '<link rel="stylesheet" type="text/css" href="book.css"/></head>\n'
        f'<body epub:type="{kind}">\n{body}\n</body>\n</html>\n'
    )


def chapter_page(chapter: Chapter) -> str:
    """Give the XHTML of a chapter, its notes behind its text."""
    mark = r'<a epub:type="noteref" role="doc-noteref" href="#note\1" id="mark\1">\1</a>'
    lines = [f"<h2>{escape(chapter.title)}</h2>"]
    for paragraph in chapter.paragraphs:
        text = re.sub(r"\[\^(\d+)\]", mark, escape(paragraph, quote=False))
        lines.append(f"<p>{text}</p>")
    for note in chapter.notes:
        lines.append(
            f'<aside epub:type="footnote" role="doc-footnote" id="note{note.number}">'
            f'<p><a href="#mark{note.number}">{note.number}</a> {escape(note.text)}</p></aside>'
        )
    return page(chapter.title, "\n".join(lines), "bodymatter chapter")


class File(NamedTuple):
    """A text file of the EPUB, in reading order. title: "" when the contents do not name it."""

    name: str
    content: str
    title: str = ""
    depth: int = 0


def files(fields: dict[str, str], parts: list[Part]) -> list[File]:
    """Give the pages of the book in reading order; the navigation follows from them."""
    title, author = escape(fields["title"]), escape(fields["author"])
    front = f"<h1>{title}</h1>\n<p>by {author}</p>"
    rights = (
        f"<p>{title}</p>\n<p>Copyright © 2026 {author}. This story was written for the narrator "
        "program and is free software under the GNU Affero General Public License, version 3 or "
        "later.</p>"
    )
    picture = f'<p><img src="cover.jpg" alt="Cover of {title}"/></p>'
    made = [
        File("cover.xhtml", page("Cover", picture, "cover")),
        File("title.xhtml", page(fields["title"], front, "frontmatter titlepage")),
        File(
            "copyright.xhtml", page("Copyright", rights, "frontmatter copyright-page"), "Copyright"
        ),
    ]
    number = 0
    for count, part in enumerate(parts, start=1):
        heading = page(part.title, f"<h1>{escape(part.title)}</h1>", "bodymatter part")
        made.append(File(f"part{count}.xhtml", heading, part.title))
        for chapter in part.chapters:
            number += 1
            made.append(File(f"chapter{number}.xhtml", chapter_page(chapter), chapter.title, 1))
    return made


def nav_items(pages: list[File]) -> str:
    """Give the nested list of the navigation document."""
    items = ""
    for number, entry in enumerate(pages):
        deeper = number + 1 < len(pages) and pages[number + 1].depth > entry.depth
        last = number + 1 == len(pages) or pages[number + 1].depth < entry.depth
        link = f'<li><a href="{entry.name}">{escape(entry.title)}</a>'
        items += (
            link
            + ("<ol>" if deeper else "</li>")
            + ("</ol></li>" if last and entry.depth else "")
            + "\n"
        )
    return items


def ncx_points(pages: list[File]) -> str:
    """Give the nested points of the NCX, for readers of EPUB 2."""
    points = ""
    for number, entry in enumerate(pages, start=1):
        after = pages[number].depth if number < len(pages) else 0
        points += (
            f'<navPoint id="point{number}" playOrder="{number}"><navLabel>'
            f'<text>{escape(entry.title)}</text></navLabel><content src="{entry.name}"/>'
        )
        points += "</navPoint>" * (1 + entry.depth - after) + "\n"
    return points


def package(fields: dict[str, str], pages: list[File]) -> str:
    """Give the package file."""
    manifest = "".join(
        f'<item id="{Path(entry.name).stem}" href="{entry.name}" '
        'media-type="application/xhtml+xml"/>\n'
        for entry in pages
    )
    spine = "".join(f'<itemref idref="{Path(entry.name).stem}"/>\n' for entry in pages)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">{fields["identifier"]}</dc:identifier>
<dc:title>{escape(fields["title"])}</dc:title>
<dc:creator>{escape(fields["author"])}</dc:creator>
<dc:language>{fields["language"]}</dc:language>
<dc:date>{fields["date"]}</dc:date>
<dc:rights>AGPL-3.0-or-later</dc:rights>
<meta property="dcterms:modified">{fields["date"]}T00:00:00Z</meta>
<meta name="cover" content="cover-image"/>
</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>
<item id="css" href="book.css" media-type="text/css"/>
<item id="cover-image" href="cover.jpg" media-type="image/jpeg" properties="cover-image"/>
{manifest}</manifest>
<spine toc="ncx">
{spine}</spine>
</package>
"""


def members(fields: dict[str, str], parts: list[Part]) -> dict[str, bytes]:
    """Give all files of the EPUB by name, the mimetype first (EPUB 3.3, section 4.2.6)."""
    pages = files(fields, parts)
    named = [entry for entry in pages if entry.title]
    nav = f'<nav epub:type="toc" id="toc"><h1>Contents</h1><ol>\n{nav_items(named)}</ol></nav>'
    ncx = (
        '<?xml version="1.0" encoding="utf-8"?>\n<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" '
        f'version="2005-1"><head><meta name="dtb:uid" content="{fields["identifier"]}"/></head>'
        f"<docTitle><text>{escape(fields['title'])}</text></docTitle>\n"
        f"<navMap>\n{ncx_points(named)}</navMap></ncx>\n"
    )
    container = (
        '<?xml version="1.0"?>\n<container version="1.0" '
        'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
        'full-path="EPUB/book.opf" media-type="application/oebps-package+xml"/></rootfiles>'
        "</container>\n"
    )
    css = "p { margin: 0; text-indent: 1em } h1, h2 { text-align: center } img { width: 100% }\n"
    texts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": container,
        "EPUB/book.opf": package(fields, pages),
        "EPUB/nav.xhtml": page("Contents", nav, "frontmatter"),
        "EPUB/toc.ncx": ncx,
        "EPUB/book.css": css,
        **{f"EPUB/{entry.name}": entry.content for entry in pages},
    }
    return {name: text.encode() for name, text in texts.items()} | {
        "EPUB/cover.jpg": COVER.read_bytes()
    }


def write(path: Path) -> None:
    """Write the sample book to `path`, uncompressed: compressors differ from version to version."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members(*parse(SOURCE.read_text(encoding="utf-8"))).items():
            info = zipfile.ZipInfo(name, EPOCH)
            info.create_system = 3
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)


def main() -> None:
    """Build the sample book, its cover first if asked for."""
    parser = argparse.ArgumentParser(description="Build the sample book.")
    parser.add_argument("--draw-cover", action="store_true", help="draw the cover picture anew")
    if parser.parse_args().draw_cover:
        from sample_cover import draw_cover

        fields, _ = parse(SOURCE.read_text(encoding="utf-8"))
        draw_cover(COVER, fields["title"], fields["author"])
    write(SOURCE.with_suffix(".epub"))


if __name__ == "__main__":
    main()
