"""Where in its file the text of each block stands, counted in letters.

A letter is any character that is seen: white space and what `speakable` drops do not count. A file
has the same letters however it is parsed, so that a place found in one tree is found in another.
"""

from collections.abc import Iterator

from lxml import etree

from narrator.book.decoding import speakable
from narrator.book.markup import Walk, parse_markup


def letters(text: str | None) -> str:
    """Give the letters of `text`, in order."""
    return "".join(speakable(text or "").split())


def texts(body: etree._Element) -> Iterator[tuple[etree._Element, bool, str]]:
    """Give each text under `body` in order: its element, whether it is the element's tail, itself.

    Comments and their like are passed over, not what follows them.
    """
    for event, element in etree.iterwalk(body, events=("start", "end", "comment", "pi")):
        if event == "start" and element.text:
            yield element, False, element.text
        elif event != "start" and element is not body and element.tail:
            yield element, True, element.tail


def trace(content: bytes) -> tuple[str, list[list[int]]]:
    """Give the letters of a file's body, and for each of its blocks, as `read_markup` makes them,
    the place of each letter of the block's text among them; -1 for one that the file does not have.

    A block that is not spoken has no places.
    """
    root, _ = parse_markup(content)
    body = None if root is None else root.find("body")
    if root is None or body is None:
        return "", []
    walk = _Tracing(body)
    walk.through(root)
    return walk.letters, walk.places


class _Tracing(Walk):
    """The walk that makes the blocks, noting where their letters come from."""

    def __init__(self, body: etree._Element) -> None:
        super().__init__()
        self.places: list[list[int]] = []
        self._starts: dict[tuple[etree._Element, bool], int] = {}
        self._from: dict[int, int] = {}  # index in the text being gathered -> place
        parts: list[str] = []
        count = 0
        for element, is_tail, text in texts(body):
            self._starts[element, is_tail] = count
            parts.append(letters(text))
            count += len(parts[-1])
        self.letters = "".join(parts)

    def _gather(
        self, element: etree._Element, text: str | None, *, linked: bool = False, tail: bool = False
    ) -> None:
        if text:
            self._from[len(self._text)] = self._starts.get((element, tail), -1)
        super()._gather(element, text, linked=linked, tail=tail)

    def _flush(self) -> None:
        found: list[int] = []
        for index, part in enumerate(self._text):
            start = self._from.get(index, -1)
            count = len("".join(part.split()))
            found += range(start, start + count) if start >= 0 else [-1] * count
        made = len(self.blocks)
        super()._flush()
        for block in self.blocks[made:]:
            length = len("".join(block.text.split())) if found else 0
            self.places.append(found[:length])
            found = found[length:]
        self._from = {}
