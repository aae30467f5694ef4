"""Media overlays: which element of a content document is heard when.

Source: EPUB 3.3, section 9 (media overlays); SMIL 3.0, clock values.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from posixpath import dirname, relpath
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

ACTIVE_CLASS = "-epub-media-overlay-active"
STYLE = f"""/* What is being read aloud. */
.{ACTIVE_CLASS} {{
  background-color: #ffe9a8;
  color: #000000;
}}
"""


@dataclass(frozen=True)
class Clip:
    """A stretch of a sound file. begin, end: whole milliseconds, so that sums are exact."""

    audio: str
    begin: int
    end: int


@dataclass(frozen=True)
class Synced:
    """An element and its clip; or, of a sentence, its words, which stand inside the element."""

    element_id: str
    clip: Clip
    words: tuple["Synced", ...] = ()


def clock(milliseconds: int) -> str:
    """Give a SMIL clock value, in seconds: "12.345s"."""
    return f"{milliseconds // 1000}.{milliseconds % 1000:03}s"


def duration(sentences: Sequence[Synced]) -> int:
    """Give how many milliseconds the clips of an overlay last together."""
    return sum(sentence.clip.end - sentence.clip.begin for sentence in sentences)


def write_overlay(name: str, document: str, body_id: str, sentences: Sequence[Synced]) -> bytes:
    """Give the overlay to be kept as `name` of the content document `document`.

    Names are those of the package, with slashes; body_id: of the element that holds all sentences.
    """
    text = _link(name, document)
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<smil xmlns="http://www.w3.org/ns/SMIL" xmlns:epub="http://www.idpf.org/2007/ops" '
        'version="3.0">',
        "<body>",
        f"<seq epub:textref={quoteattr(f'{text}#{body_id}')}>",
    ]
    for sentence in sentences:
        lines += _lines(name, text, sentence)
    return "\n".join([*lines, "</seq>", "</body>", "</smil>", ""]).encode()


def _lines(name: str, text: str, sentence: Synced) -> list[str]:
    target = quoteattr(f"{text}#{sentence.element_id}")
    if sentence.words:
        inside = [line for word in sentence.words for line in _lines(name, text, word)]
        return [f"<seq epub:textref={target}>", *inside, "</seq>"]
    audio = quoteattr(_link(name, sentence.clip.audio))
    begin, end = clock(sentence.clip.begin), clock(sentence.clip.end)
    return [
        f'<par id="p-{sentence.element_id}"><text src={target}/>'
        f'<audio src={audio} clipBegin="{begin}" clipEnd="{end}"/></par>'
    ]


def _link(name: str, other: str) -> str:
    return quote(relpath(other, dirname(name) or "."))
