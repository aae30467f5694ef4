"""XHTML or HTML -> headings and paragraphs, with notes, note marks and page numbers told apart.

One walk over the tree, without recursion, so depth costs nothing. The HTML parser is used for XHTML
too: it loses no text to ill-formed markup. No style sheet, script, entity definition or network is
looked at.
"""

import re
from html import escape
from html.entities import html5
from typing import NamedTuple

from lxml import etree

from narrator.book.decoding import decode_text, speakable
from narrator.book.elements import (
    BLOCKS,
    SKIPPED,
    heading_level,
    is_note_mark,
    kind_of,
    squeeze,
    targets_of,
)
from narrator.book.page import Block, Kind, Page

_HEAD = 4096  # characters in which a document type may begin
_LINE_END = "\x1e"  # a <br>: white space that no text brings along
LONGEST_PARAGRAPH = 100_000  # characters; longer ones are cut between words
_DRAWN = {"math": Kind.FORMULA, "svg": Kind.PICTURE}  # what is lost with them is told
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*", re.IGNORECASE)
_SUBSET_END = re.compile(r"\]\s*>")
_ENTITY = re.compile(r"&([A-Za-z_][\w.-]*);")
_TAG = re.compile(r"<[^<>]*>")
_CHAPTER_LINE = re.compile(
    r"(?:chapter|part|book|volume|canto|act|scene|letter)\s+(?:[\divxlc]+|[a-z]+(?:-[a-z]+)?)\W*",
    re.IGNORECASE,
)


def read_markup(content: bytes | str, name: str = "", kind: Kind | None = None) -> Page:
    """Read one XHTML or HTML file into blocks in reading order.

    name: of the file, for links. kind: what the package says that the whole of it is. Never fails:
    what cannot be parsed is taken without its form and warned of. Empty content gives a page
    without blocks.
    """
    root, warning = parse_markup(content, name)
    walk = Walk()
    if root is not None:
        walk.through(root)
        body = root.find("body")
        kind = kind or (kind_of(body) if body is not None else None)
    return Page(
        name,
        tuple(walk.blocks),
        walk.anchors,
        frozenset(walk.note_targets),
        *_head(root),
        kind=kind,
        warning=warning,
    )


def parse_markup(content: bytes | str, name: str = "") -> tuple[etree._Element | None, str]:
    """Parse XHTML or HTML as HTML, without its document type; give the root, and a warning or "".

    The root is None when there is no content.
    """
    text = content if isinstance(content, str) else decode_text(content, declares=True)
    text = _ENTITY.sub(_known_entity, _plain_cdata(without_doctype(text)))
    parser = etree.HTMLParser(
        encoding="utf-8",
        recover=True,
        no_network=True,
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
    )
    data = text.encode("utf-8", errors="ignore")
    root = etree.fromstring(data, parser) if data.strip() else None
    warning = ""
    if any("depth" in error.message for error in parser.error_log):
        warning = f"{name} is nested too deeply: its text was taken without its form"
        bare = re.sub(r"\s*\n\s*", "</p><p>", _TAG.sub("\n", text).strip())
        root = etree.fromstring(f"<p>{bare}</p>".encode(), parser)
    return root, warning


class _Head(NamedTuple):
    title: str = ""
    language: str = ""
    author: str = ""


def _head(root: etree._Element | None) -> _Head:
    if root is None:
        return _Head()
    title = next((element.text for element in root.iter("title") if element.text), "")
    language = root.get("lang") or root.get("xml:lang") or ""
    authors = (
        meta.get("content") or ""
        for meta in root.iter("meta")
        if meta.get("name") in ("author", "dc.creator")
    )
    return _Head(" ".join(title.split()), language.strip(), " ".join(next(authors, "").split()))


def _known_entity(found: re.Match[str]) -> str:
    """Leave the entities of HTML to the parser; those that a file defines itself are never
    followed."""
    return found[0] if f"{found[1]};" in html5 else " "


def without_doctype(text: str) -> str:
    """Drop the document type, and with it every entity that a hostile file may define."""
    found = _DOCTYPE.search(text, 0, _HEAD)
    if found is None:
        return text
    closing = _SUBSET_END if text[found.end() : found.end() + 1] == "[" else re.compile(">")
    end = closing.search(text, found.end())
    return text[: found.start()] + (text[end.end() :] if end else text[found.end() :])


def _plain_cdata(text: str) -> str:
    """Write out CDATA sections, which the HTML parser would take for comments."""
    first, *sections = text.split("<![CDATA[")
    parts = (section.partition("]]>") for section in sections)
    return first + "".join(escape(data) + rest for data, _, rest in parts)


class _Open(NamedTuple):
    """What an element that is still open has set, to be undone at its end."""

    element: etree._Element
    kind: Kind | None
    level: int
    ids: tuple[str, ...]


class Walk:
    """The state of the walk: the block being gathered and what the open elements make of it."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.anchors: dict[str, int] = {}
        self.note_targets: set[str] = set()
        self._text: list[str] = []
        self._linked = 0
        self._aside: list[Block] = []  # left-out pieces inside the paragraph being gathered
        self._lead: list[str] = []  # ids in front of its first letter
        self._state = _Open(etree.Element("none"), None, 0, ())
        self._opened: list[_Open] = []

    def through(self, root: etree._Element) -> None:
        """Walk the tree under `root` into `blocks`, `anchors` and `note_targets`."""
        events = etree.iterwalk(root, events=("start", "end"))
        for event, element in events:
            if event == "end":
                self._leave(element)
            elif self._is_left(element):
                events.skip_subtree()
            else:
                self._enter(element)
        self._flush()

    def _is_left(self, element: etree._Element) -> bool:
        """Whether nothing under `element` belongs to the text; left-out pieces are kept aside."""
        tag = str(element.tag)
        if tag == "head" or element.get("hidden") is not None:
            return True
        self._remember(element)
        if tag in ("img", "image"):
            self._picture(element)
            return True
        if tag in SKIPPED:
            if tag in _DRAWN:
                self._set_aside(element, _DRAWN[tag])
            return True
        if tag in BLOCKS and tag != "hr":
            kind = kind_of(element)
            if kind is not Kind.PAGE_NUMBER:
                return False
        else:
            kind = kind_of(element)
            if kind is None and is_note_mark(element):
                kind = Kind.NOTE_MARK
        if kind not in (Kind.NOTE_MARK, Kind.PAGE_NUMBER):
            return False
        self._set_aside(element, kind)
        return True

    def _remember(self, element: etree._Element) -> None:
        for name in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if name:
                if element.tag in BLOCKS:
                    self._flush()
                self.anchors.setdefault(name, len(self.blocks))
                if not self._has_text():
                    self._lead.append(name)

    def _set_aside(self, element: etree._Element, kind: Kind) -> None:
        text = squeeze("".join(map(str, element.itertext())))
        if kind is Kind.NOTE_MARK and self._has_text():  # the mark a note begins with points back
            self.note_targets.update(targets_of(element))
        if text:
            self._aside.append(Block(text, kind))

    def _picture(self, element: etree._Element) -> None:
        alt = squeeze(element.get("alt") or "")
        if len(alt) == 1 and alt.isalpha():  # an initial drawn as a picture
            self._text.append(alt)
        elif alt:
            self._aside.append(Block(alt, Kind.PICTURE))

    def _enter(self, element: etree._Element) -> None:
        tag = str(element.tag)
        if tag in BLOCKS:
            self._flush()
        elif tag in ("td", "th") and self._has_text():
            self._text.append(", ")
        elif tag == "br":
            self._text.append(_LINE_END)
        self._opened.append(self._state)
        name = element.get("id")
        ids = self._state.ids if not name or tag not in BLOCKS else (*self._state.ids, name)
        kind = self._state.kind or kind_of(element)
        self._state = _Open(element, kind, heading_level(element) or self._state.level, ids)
        linked = tag == "a" and element.get("href") is not None
        self._gather(element, element.text, linked=linked)

    def _leave(self, element: etree._Element) -> None:
        if element is self._state.element:
            if element.tag in BLOCKS:
                self._flush()
            self._state = self._opened.pop()
        self._gather(element, element.tail, tail=True)

    def _gather(
        self, element: etree._Element, text: str | None, *, linked: bool = False, tail: bool = False
    ) -> None:
        """Take `text`, that of `element` or what follows it, into the block being gathered."""
        if text:
            self._text.append(speakable(text))
            self._linked += len(text.strip()) if linked else 0

    def _has_text(self) -> bool:
        return any(not part.isspace() for part in self._text)

    def _flush(self) -> None:
        """End the block being gathered, if it holds any text."""
        text = "".join(self._text)
        state = self._state
        if state.kind is None and state.level:
            parts = _heading_lines(text)
            made = [Block(part, Kind.HEADING, state.level, self._linked) for part in parts]
        else:
            parts = _cut(squeeze(text))
            ids = (*state.ids, *self._lead)
            made = [Block(part, state.kind or Kind.TEXT, 0, self._linked, ids) for part in parts]
        self.blocks += [*made, *self._aside]
        if made:
            self._lead = []
        self._text, self._linked, self._aside = [], 0, []


def _cut(text: str) -> list[str]:
    parts = []
    while len(text) > LONGEST_PARAGRAPH:
        cut = text.rfind(" ", 0, LONGEST_PARAGRAPH) + 1 or LONGEST_PARAGRAPH
        parts.append(text[:cut].strip())
        text = text[cut:]
    return [*parts, text] if text else parts


def _heading_lines(text: str) -> list[str]:
    """Keep a heading whole, unless its first line is its number alone: CHAPTER I / The Storm."""
    lines = [line for line in (squeeze(line) for line in text.split(_LINE_END)) if line]
    if len(lines) > 1 and _CHAPTER_LINE.fullmatch(lines[0]):
        return [lines[0], " ".join(lines[1:])]
    return _cut(" ".join(lines))
