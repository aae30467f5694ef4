"""The text of a chapter laid out as a page: paragraphs of sentences, and where each stands.

Positions are those of the document, in UTF-16 units; within a sentence, callers count characters.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from narrator.gui.desk.text.rows import SentenceRow
from narrator.speech import Opening

LINE_HEIGHT = 1.6  # of the size of the type
HEADING_SIZE = 1.45  # of the size of the type
INDENT = 1.5  # of the first line of a paragraph, in sizes of the type
ABOVE_HEADING, BELOW_HEADING = 1.6, 0.9  # in sizes of the type
BREAKS = {ord(sign): " " for sign in "\n\r\t\v\f\x85\u2028\u2029\ufdd0\ufdd1\ufffc\xa0"}


@dataclass(frozen=True)
class PageStyle:
    """How the page is set. face: with its size. dimmed: the ink of what is left out."""

    face: QFont
    dimmed: QColor


class Page:
    """A document filled with sentences, each of which can be found and replaced in its place."""

    def __init__(self, document: QTextDocument, style: PageStyle) -> None:
        document.setUndoRedoEnabled(False)
        self._document = document
        self._style = style
        self._index: dict[int, int] = {}
        self._starts: list[int] = []
        self._lengths: list[int] = []
        self.rows: list[SentenceRow] = []

    def show(self, rows: Sequence[SentenceRow]) -> None:
        """Fill the page with these sentences in place of all others."""
        self.rows = list(rows)
        self._index = {row.id: place for place, row in enumerate(self.rows)}
        self._lengths = [units(row.text) for row in self.rows]
        self._count()
        self._fill()

    def restyle(self, style: PageStyle) -> None:
        """Set the page in another type or ink."""
        self._style = style
        self._fill()

    def update(self, rows: Iterable[SentenceRow]) -> bool:
        """Replace these sentences in their places; say whether the text or its look changed."""
        changed = {self._index[row.id]: row for row in rows if row.id in self._index}
        if any(_is_reshaped(self.rows[place], row) for place, row in changed.items()):
            self.show([changed.get(place, row) for place, row in enumerate(self.rows)])
            return True
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        shift, touched = 0, False
        for place, row in sorted(changed.items(), key=lambda item: item[0]):
            old, self.rows[place] = self.rows[place], row
            if (old.text, old.included) == (row.text, row.included):
                continue
            start = self._starts[place] + shift
            cursor.setPosition(start)
            is_heading = cursor.blockFormat().headingLevel() > 0
            look = self._look(included=row.included, heading=is_heading)
            cursor.setPosition(start + self._lengths[place], QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(row.text.translate(BREAKS), look)
            length = units(row.text)
            shift += length - self._lengths[place]
            self._lengths[place] = length
            touched = True
        cursor.endEditBlock()
        if touched:
            self._count()
        return touched

    def place_of(self, id: int) -> int | None:
        """Give the place of a sentence among the rows; None where it is not on the page."""
        return self._index.get(id)

    def place_at(self, position: int) -> int | None:
        """Give the place of the sentence at a position; None on an empty page."""
        return max(0, bisect_right(self._starts, position) - 1) if self.rows else None

    def span(self, place: int) -> tuple[int, int]:
        """Give the positions at which a sentence begins and ends."""
        return self._starts[place], self._starts[place] + self._lengths[place]

    def position(self, place: int, character: int) -> int:
        """Give the position of a character of a sentence."""
        return self._starts[place] + units(self.rows[place].text[:character])

    def character(self, place: int, position: int) -> int:
        """Give which character of a sentence stands at a position within it."""
        within = max(0, position - self._starts[place])
        text = self.rows[place].text
        if len(text) == self._lengths[place]:
            return min(within, len(text))
        return len(_utf16(text)[: 2 * within].decode("utf-16-le", "ignore"))

    def _count(self) -> None:
        # one unit, a space or the end of a paragraph, stands between two sentences
        following = accumulate((length + 1 for length in self._lengths), initial=0)
        self._starts = list(following)[:-1]

    def _fill(self) -> None:
        plain = self._look(included=True, heading=False)
        cursor = QTextCursor(self._document)
        cursor.beginEditBlock()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        after_heading = True
        for number, paragraph in enumerate(_paragraphs(self.rows)):
            is_heading = paragraph[0].opens is Opening.HEADING
            shape = self._shape(heading=is_heading, after_heading=after_heading)
            if number == 0:
                cursor.setBlockFormat(shape)
            else:
                cursor.insertBlock(shape, plain)
            self._set(cursor, paragraph, is_heading)
            after_heading = is_heading
        cursor.endEditBlock()

    def _set(self, cursor: QTextCursor, paragraph: Sequence[SentenceRow], heading: bool) -> None:
        pieces = groupby(paragraph, key=lambda row: row.included)
        for number, (included, rows) in enumerate(pieces):
            if number:
                cursor.insertText(" ", self._look(included=True, heading=heading))
            text = " ".join(row.text for row in rows)
            cursor.insertText(
                text.translate(BREAKS), self._look(included=included, heading=heading)
            )

    def _look(self, *, included: bool, heading: bool) -> QTextCharFormat:
        look = QTextCharFormat()
        look.setFont(self._face(heading))
        if not included:
            look.setFontStrikeOut(True)
            look.setForeground(self._style.dimmed)
        return look

    def _face(self, heading: bool) -> QFont:
        face = QFont(self._style.face)
        if heading:
            face.setPointSizeF(face.pointSizeF() * HEADING_SIZE)
            face.setBold(True)
        return face

    def _shape(self, *, heading: bool, after_heading: bool) -> QTextBlockFormat:
        """Give the format of a paragraph. after_heading: or at the top of the page."""
        face = self._face(heading)
        metrics = QFontMetricsF(face)
        spread = LINE_HEIGHT * _pixels(face) / metrics.lineSpacing()
        shape = QTextBlockFormat()
        shape.setLineHeight(
            100 * (1 + (spread - 1) / 2 if heading else spread),
            QTextBlockFormat.LineHeightTypes.ProportionalHeight.value,
        )
        size = _pixels(self._style.face)
        if heading:
            shape.setHeadingLevel(2)
            shape.setTopMargin(0 if after_heading else ABOVE_HEADING * size)
            shape.setBottomMargin(BELOW_HEADING * size)
        elif not after_heading:
            shape.setTextIndent(INDENT * size)
        return shape


def units(text: str) -> int:
    """Give how many UTF-16 units a text has: a document counts so."""
    return len(text) if text.isascii() else len(_utf16(text)) // 2


def _is_reshaped(old: SentenceRow, new: SentenceRow) -> bool:
    return (old.opens, old.ends_paragraph) != (new.opens, new.ends_paragraph)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _pixels(face: QFont) -> float:
    """Give the size of a type: that of its em, in pixels."""
    return float(QFontInfo(face).pixelSize())


def _paragraphs(rows: Sequence[SentenceRow]) -> Iterable[list[SentenceRow]]:
    paragraph: list[SentenceRow] = []
    for row in rows:
        if paragraph and (paragraph[-1].ends_paragraph or row.opens is Opening.PARAGRAPH):
            yield paragraph
            paragraph = []
        paragraph.append(row)
    if paragraph:
        yield paragraph
