"""Content documents as an EPUB 3 wants them: XML trees to be written, from files or from text."""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

from lxml import etree

from narrator.book.aloud.tracing import letters, texts
from narrator.book.aloud.wrapping import XHTML
from narrator.book.decoding import decode_text
from narrator.book.markup import parse_markup, without_doctype
from narrator.book.model import Paragraph

OPS = "http://www.idpf.org/2007/ops"
_XML_ENTITIES = ("amp", "lt", "gt", "quot", "apos")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]*);")
_NAME = re.compile(r"(?:(?:epub|xml):)?[A-Za-z_][\w.-]*")
_BARE_BODY = f'<html xmlns="{XHTML}" xmlns:epub="{OPS}"><head><title/></head><body/></html>'


def body_of(root: etree._Element) -> etree._Element:
    """Give the body of a tree that `read_xhtml` made."""
    body = _body(root)
    if body is None:
        raise AssertionError("only documents with a body are read")
    return body


def _body(root: etree._Element | None) -> etree._Element | None:
    return None if root is None else root.find(f"{{{XHTML}}}body")


def read_xhtml(content: bytes, wanted: str) -> etree._Element | None:
    """Read a content document into a tree whose body has the letters `wanted`.

    As XML where that can be; else as HTML, written out anew. None when its letters are others
    either way, so that no place in it could be trusted.
    """
    for root in _readings(content):
        body = _body(root)
        if body is not None and "".join(letters(text) for *_, text in texts(body)) == wanted:
            return root
    return None


def write_xhtml(root: etree._Element) -> bytes:
    """Give the bytes of a content document, with the document type of HTML."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["epub"])
    written: bytes = etree.tostring(
        root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>"
    )
    return written


def bare_document(title: str, paragraphs: Iterable[Paragraph], language: str) -> bytes:
    """Give a content document of headings and paragraphs, for a book that has no files."""
    root = etree.fromstring(_BARE_BODY)
    root.set("{http://www.w3.org/XML/1998/namespace}lang", language or "und")
    root.set("lang", language or "und")
    root[0][0].text = title or "-"
    level = "h1"
    for paragraph in paragraphs:
        line = etree.SubElement(root[1], f"{{{XHTML}}}{level if paragraph.heading else 'p'}")
        line.text = paragraph.text
        level = "h2" if paragraph.heading else level
    return write_xhtml(root)


def link_style(root: etree._Element, href: str) -> None:
    """Have the document use the style sheet at `href`."""
    head = root.find(f"{{{XHTML}}}head")
    if head is None:
        head = etree.Element(f"{{{XHTML}}}head")
        etree.SubElement(head, f"{{{XHTML}}}title").text = "-"
        root.insert(0, head)
    etree.SubElement(
        head, f"{{{XHTML}}}link", {"rel": "stylesheet", "type": "text/css", "href": href}
    )


def properties_of(root: etree._Element) -> list[str]:
    """What the manifest must say that the document holds: EPUB 3.3, D.7 (svg, mathml, scripted)."""
    tags = {str(element.tag) for element in root.iter() if isinstance(element.tag, str)}
    scripted = {f"{{{XHTML}}}script", f"{{{XHTML}}}form", f"{{{XHTML}}}input"}
    found = [("svg", "{http://www.w3.org/2000/svg}svg" in tags)]
    found += [("mathml", "{http://www.w3.org/1998/Math/MathML}math" in tags)]
    found += [("scripted", bool(tags & scripted))]
    return [name for name, holds in found if holds]


def _readings(content: bytes) -> Iterator[etree._Element | None]:
    yield _as_xml(content)
    text = without_doctype(decode_text(content, declares=True))
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", _ENTITY.sub(_as_character, text))
    yield _as_xml(text.encode())
    yield _html_as_xml(content)


def _as_xml(content: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_pis=True
    )
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    if any(element.tag is etree.Entity for element in root.iter()):
        return None
    return root


def _as_character(found: re.Match[str]) -> str:
    return found[0] if found[1] in _XML_ENTITIES else html5.get(f"{found[1]};", found[0])


def _html_as_xml(content: bytes) -> etree._Element | None:
    """Write the tree of the HTML parser out as XHTML, without what XML has no name for."""
    root, _ = parse_markup(content)
    if root is None:
        return None
    for element in root.iter(etree.Element):
        for name in element.attrib:
            if not _NAME.fullmatch(str(name)):
                del element.attrib[name]
    for name in [name for name in root.attrib if str(name).startswith("xmlns")]:
        del root.attrib[name]
    written = etree.tostring(root, encoding="unicode", method="xml")
    named = written.replace("<html", f'<html xmlns="{XHTML}" xmlns:epub="{OPS}"', 1)
    return _as_xml(named.encode())
