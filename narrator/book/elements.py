"""What an element of a page is, by what it says of itself: its tag, epub:type, role and class."""

import re

from lxml import etree

from narrator.book.page import KIND_OF_PART, Kind

_MARK = re.compile(
    r"[\[(]?(?:\d{1,4}|[*†‡§¶]{1,3}|[a-z]|[ivxlc]{1,6}|note \d+)[\])]?\.?", re.IGNORECASE
)
_NOTE_CLASS = re.compile(
    r"(?:foot|end|rear)[-_]?notes?(?:[-_]?(?:text|body|p|para|item|entry|content))?"
)
_MARK_CLASS = re.compile(
    r"(?:note|footnote|fn|endnote)[-_]?(?:ref|anchor|call|link|mark)s?|fnref|fnanchor"
)
_PAGE_CLASS = re.compile(r"page[-_]?(?:num|number|no|break|x)s?|pb|newpage")
_HEADING_CLASS = re.compile(
    r"(?:chapter|chap|part|section)[-_]?(?:title|head|heading|name|number)|h(?:ead)?[1-3]"
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


BLOCKS = _set(
    """address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol p pre section
    summary table tbody tfoot thead tr ul"""
)


SKIPPED = _set(
    """applet audio button canvas datalist embed head iframe input map math noscript object rp rt
    script select style svg template textarea title video"""
)


def squeeze(text: str) -> str:
    """Make all white space single blanks, none at the ends."""
    return " ".join(text.split())


def _parts(element: etree._Element) -> list[str]:
    """What the element says of itself by epub:type, role and class, in small letters."""
    types = element.get("epub:type") or ""
    roles = (element.get("role") or "").replace("doc-", "")
    return f"{types} {roles}".lower().split()


def kind_of(element: etree._Element) -> Kind | None:
    """What the element calls itself, or None: then it is text, or what its parent is."""
    for part in _parts(element):
        if part in KIND_OF_PART:
            return KIND_OF_PART[part]
    if element.tag == "nav":
        return Kind.CONTENTS
    for word in (element.get("class") or "").lower().split():
        if _PAGE_CLASS.fullmatch(word):
            return Kind.PAGE_NUMBER
        if _MARK_CLASS.fullmatch(word) and element.tag not in BLOCKS:
            return Kind.NOTE_MARK
        if _NOTE_CLASS.fullmatch(word) and element.tag in BLOCKS:
            return Kind.NOTE
        if word == "pg-boilerplate":
            return Kind.LICENCE
        if word == "toc" and element.tag in BLOCKS:
            return Kind.CONTENTS
    return None


def heading_level(element: etree._Element) -> int:
    """The level of a heading, 1 to 6; 0 when it is none."""
    tag = str(element.tag)
    if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456":
        return int(tag[1])
    if element.get("role") == "heading":
        level = element.get("aria-level", "2")
        return int(level) if level in tuple("123456") else 6
    if tag in ("p", "div") and any(
        _HEADING_CLASS.fullmatch(word) for word in (element.get("class") or "").split()
    ):
        return 2
    return 0


def targets_of(element: etree._Element) -> list[str]:
    """Where the links in the element point, of those that name a place in a file."""
    links = (link.get("href") or "" for link in element.iter("a"))
    return [link for link in links if "#" in link]


def is_note_mark(element: etree._Element) -> bool:
    """Whether this is a raised or bracketed number that links to a note."""
    if element.tag not in ("a", "sup", "small", "span") or not targets_of(element):
        return False
    text = squeeze("".join(map(str, element.itertext())))
    if not _MARK.fullmatch(text):
        return False
    return text[0] in "[(*†‡§¶" or element.tag == "sup" or any(True for _ in element.iter("sup"))
