"""Judge what a run of blocks is: text to be spoken, or a page that a narrator leaves out."""

import re
from collections.abc import Sequence
from itertools import accumulate

from narrator.book.page import Block, Kind

_LINES = r"(?:table of )?contents|toc|(?:list of )?(?:illustrations|maps|plates)"
_OWNERS = r"copyright(?: (?:page|notice))?|imprint|colophon|legal notices?"
_BY_TITLE = (
    (Kind.CONTENTS, re.compile(_LINES), 3000),
    (Kind.COPYRIGHT, re.compile(_OWNERS), 1500),
    (Kind.COVER, re.compile(r"(?:front |back )?cover(?: page| image)?"), 100),
    (Kind.TITLE_PAGE, re.compile(r"(?:half[ -]?)?title(?:[ -]?page)?"), 200),
    (Kind.NOTE, re.compile(r"(?:foot|end)notes(?: .*)?|notes(?: (?:to|and) .*)?"), 10**9),
    (Kind.INDEX, re.compile(r"(?:general |subject )?index(?: of .*)?"), 10**9),
    (Kind.SOURCES, re.compile(r"bibliography|references|works cited|sources"), 10**9),
)  # fmt: skip
_RIGHTS = re.compile(
    r"copyright|©|\(c\)|all rights reserved|isbn|first published|printed in|no part of this|"
    r"library of congress|creative commons|work of fiction|public domain|published by",
    re.IGNORECASE,
)
_SURE_RIGHTS = re.compile(r"copyright|©|isbn|all rights reserved", re.IGNORECASE)
_LONGEST_RIGHTS = 900  # words
_LONGEST_FRONT = 1500  # words: a file that the package calls a cover or title page may lie
_BEGIN = re.compile(r"\*{3} ?START OF (?:THE|THIS) PROJECT GUTENBERG")
_STOP = re.compile(
    r"\*{3} ?END OF (?:THE|THIS) PROJECT GUTENBERG|End of (?:the )?Project Gutenberg"
)
_LONGEST_NOTICE = 1_000  # words in front of a book
_LONGEST_TITLE_PAGE = 60  # words
_LINKED = 0.6  # of the characters: more is no prose


def words_in(blocks: Sequence[Block]) -> int:
    """Count the words of `blocks`, by white space."""
    return sum(len(block.text.split()) for block in blocks)


def mark_licence(blocks: Sequence[Block]) -> list[Block]:
    """Mark what Project Gutenberg puts around a text, by its two lines of asterisks."""
    begin = next((i for i, block in enumerate(blocks) if _BEGIN.match(block.text)), -1)
    if words_in(blocks[: begin + 1]) > _LONGEST_NOTICE:
        begin = -1
    stops = (i for i, block in enumerate(blocks) if i > begin and _STOP.match(block.text))
    stop = next(stops, len(blocks))
    return [
        block if begin < place < stop else block._replace(kind=Kind.LICENCE)
        for place, block in enumerate(blocks)
    ]


def judge(title: str, blocks: Sequence[Block], hint: Kind | None, book_title: str) -> Kind | None:
    """Give the kind of page that `blocks` are, or None for text that is to be spoken.

    title: from the navigation, or "". hint: what the package says; it is not believed of a long
    text.
    book_title: by which an unnamed title page is known.
    """
    text = [block for block in blocks if block.kind.spoken]
    words = words_in(text)
    if hint is not None and (
        hint in (Kind.NOTE, Kind.INDEX, Kind.SOURCES) or words <= _LONGEST_FRONT
    ):
        return hint
    if not text:
        return None
    names = {name.casefold().strip(" .:[]") for name in (title, text[0].text)}
    for kind, pattern, most in _BY_TITLE:
        if words <= most and any(pattern.fullmatch(name) for name in names) and _fits(kind, text):
            return kind
    if _is_rights(text, words):
        return Kind.COPYRIGHT
    if len(text) >= 3 and _linked(text) >= _LINKED:
        return Kind.CONTENTS
    if words <= _LONGEST_TITLE_PAGE and _is_title_page(title, text, book_title):
        return Kind.TITLE_PAGE
    return None


def _fits(kind: Kind, text: Sequence[Block]) -> bool:
    """A chapter of a novel may well be called Contents or Notes: its paragraphs are long and
    unlinked."""
    body = [block for block in text if block.kind is Kind.TEXT]
    if not body or kind not in (Kind.CONTENTS, Kind.INDEX):
        return True
    return words_in(body) / len(body) < 15 or _linked(text) >= _LINKED


def _linked(text: Sequence[Block]) -> float:
    return sum(block.linked for block in text) / max(1, sum(len(block.text) for block in text))


def _is_rights(text: Sequence[Block], words: int) -> bool:
    whole = " ".join(block.text for block in text) if words <= _LONGEST_RIGHTS else ""
    signs = {found.lower() for found in _RIGHTS.findall(whole)}
    return len(signs) >= 2 and _SURE_RIGHTS.search(whole) is not None


def _is_title_page(title: str, text: Sequence[Block], book_title: str) -> bool:
    """Whether this is the book's title, its author and little else, under no name but the
    book's."""
    wanted = _letters(book_title)
    if not wanted or _letters(title) not in ("", wanted):
        return False
    longest = max(len(block.text.split()) for block in text)
    said = accumulate(_letters(block.text) for block in text)
    return wanted in said and longest <= 15


def _letters(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text.casefold()))
