"""TXT and Markdown -> one page of headings and paragraphs."""

import re
from pathlib import Path

from markdown_it import MarkdownIt

from narrator.book.decoding import decode_text
from narrator.book.markup import read_markup
from narrator.book.page import Block, Kind, Page
from narrator.errors import UnreadableBook

_NUMBER = (
    r"(?:\d{1,3}|[ivxlc]{1,7}|(?:the )?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|"
    r"twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"(?:twenty|thirty|forty|fifty)(?:-\w+)?|"
    r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last))"
)
_HEADING = re.compile(
    rf"(?:chapter|part|book|volume|canto|stave|letter|act|scene)\s+{_NUMBER}"
    r"(?:\s*[.:—–-].*|\s+\S.{0,60})?|"
    r"(?:prologue|epilogue|preface|introduction|foreword|afterword|interlude|conclusion|contents|"
    r"table of contents|dedication|acknowledge?ments|appendix|notes|footnotes|index)"
    r"(?:\s*[.:—–-].*)?|"
    r"[ivxlc]{1,7}\.?|\d{1,3}\.",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:table of )?contents", re.IGNORECASE)
_LONGEST_CONTENTS = 300  # lines
_PART = re.compile(r"(?:part|book|volume|act)\b", re.IGNORECASE)
_LONGEST_HEADING = 90  # characters
_START = re.compile(r"\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG.*?\*{3}", re.DOTALL)
_END = re.compile(
    r"\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG|^End of (?:the )?Project Gutenberg", re.MULTILINE
)
_FIELD = re.compile(r"^(Title|Author|Language): *(.+)$", re.MULTILINE)
_LANGUAGES = {"english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it"}
_BINARY = 0.01  # of the characters: more control characters than that is no text


def read_text(path: Path, content: bytes) -> Page:
    """Read a TXT file, its encoding found out, into one page.

    Hard-wrapped lines are joined; a short line of its own that says "CHAPTER I" or the like is a
    heading.
    What a library of free texts puts around the text is marked as such. Raises UnreadableBook for a
    file that is no text.
    """
    _refuse_binary(path, content)
    text = decode_text(content)
    head, body, foot = _without_wrapping(text)
    fields = _first_lines(body) | {
        name: value.strip() for name, value in reversed(_FIELD.findall(head))
    }
    blocks = [*_licence(head), *_blocks(body), *_licence(foot)]
    language = _LANGUAGES.get(fields.get("Language", "").lower(), "")
    return Page(
        "",
        tuple(blocks),
        title=fields.get("Title", ""),
        author=fields.get("Author", ""),
        language=language,
    )


def read_markdown(path: Path, content: bytes) -> Page:
    """Read a Markdown file (CommonMark with tables) into one page; its first heading is the title.

    Raises UnreadableBook for a file that is no text.
    """
    _refuse_binary(path, content)
    text = re.sub(r"\A---\n.*?\n---\n", "", decode_text(content), count=1, flags=re.DOTALL)
    page = read_markup(MarkdownIt("commonmark").enable("table").render(text))
    first = next((block for block in page.blocks if block.kind is Kind.HEADING), None)
    title = first.text if first is not None and first.level == 1 else ""
    return Page("", page.blocks, page.anchors, page.note_targets, title, warning=page.warning)


def _refuse_binary(path: Path, content: bytes) -> None:
    sample = content[:65536]
    if sample.startswith(
        (b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")
    ):  # UTF-16 and UTF-32 are full of NUL
        return
    controls = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\f\r\x1a\x1b")
    looks_wide = (
        sample[1::2].count(0) > len(sample) // 4 or sample[0::2].count(0) > len(sample) // 4
    )
    if controls > _BINARY * len(sample) and not looks_wide:
        raise UnreadableBook(path, "it holds data, not text, whatever its name says")


def _without_wrapping(text: str) -> tuple[str, str, str]:
    """Split into what stands before the book, the book, and what stands behind it."""
    start, end = _START.search(text), _END.search(text)
    begin = start.end() if start else 0
    stop = end.start() if end and end.start() > begin else len(text)
    return text[: start.start()] if start else "", text[begin:stop], text[stop:]


def _first_lines(body: str) -> dict[str, str]:
    """Take title and author from a first line followed by "by ..."; nothing is taken away."""
    found = re.match(r"\s*(\S.{0,80})\s*\n\s*by\s+(\S.{0,60})\n\s*\n", body, re.IGNORECASE)
    return {"Title": found[1].strip(), "Author": found[2].strip()} if found else {}


def _licence(text: str) -> list[Block]:
    return [Block(" ".join(text.split()), Kind.LICENCE)] if text.strip() else []


def _blocks(text: str) -> list[Block]:
    parts = [part for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+|\f", text) if part.strip()]
    if len(parts) < 2 and text.count("\n") > 2:
        parts = _unspaced(text)
    return _with_contents([block for part in parts for block in _part_blocks(part)])


def _with_contents(blocks: list[Block]) -> list[Block]:
    """Mark a table of contents: from its name to where its first line is said again."""
    names = (place for place, block in enumerate(blocks) if _CONTENTS.fullmatch(block.text))
    start = next(names, len(blocks))
    first = blocks[start + 1].text.casefold() if start + 1 < len(blocks) else ""
    again = range(start + 2, min(len(blocks), start + _LONGEST_CONTENTS))
    end = next((place for place in again if blocks[place].text.casefold() == first), start)
    listed = [block._replace(kind=Kind.CONTENTS, level=0) for block in blocks[start:end]]
    return [*blocks[:start], *listed, *blocks[end:]]


def _unspaced(text: str) -> list[str]:
    """Take a file without blank lines: a line is a paragraph, unless lines are wrapped at one
    width."""
    lines = text.split("\n")
    if max(map(len, lines)) > 100 or not any(line.startswith((" ", "\t")) for line in lines):
        return lines
    return re.split(r"\n(?=[ \t])", text)


def _part_blocks(part: str) -> list[Block]:
    lines = [" ".join(line.split()) for line in part.strip().split("\n")]
    if len(lines) > 1 and all(_HEADING.fullmatch(line) for line in lines):
        return [Block(" ".join(lines), Kind.CONTENTS)]
    first = lines[0].strip("*_#= ")
    if (
        len(first) <= _LONGEST_HEADING
        and _HEADING.fullmatch(first)
        and (len(lines) == 1 or len(lines[1]) <= _LONGEST_HEADING)
    ):
        level = 1 if _PART.match(first) else 2
        if len(lines) == 1:
            return [Block(first, Kind.HEADING, level)]
        if len(lines) <= 3:
            return [
                Block(first, Kind.HEADING, level),
                Block(" ".join(lines[1:]), Kind.HEADING, level),
            ]
        return [Block(first, Kind.HEADING, level), Block(_joined(lines[1:]), Kind.TEXT)]
    text = _joined(lines)
    return [Block(text, Kind.TEXT)] if any(letter.isalnum() for letter in text) else []


def _joined(lines: list[str]) -> str:
    """Join wrapped lines; a word divided at a line's end keeps its hyphen, for it may be its
    own."""
    return re.sub(r"(?<=\w[—–-])\n(?=\w)", "", "\n".join(lines)).replace("\n", " ")
