"""The margin of the page: a sign and, where there is room, a word for each sentence not ready."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPalette

from narrator.gui.desk.text.inks import state_ink
from narrator.gui.desk.text.rows import DOUBTFUL_SIGN, SentenceRow, SentenceState

SIGNS_A_LINE = 3  # as many as have room in a narrow margin
AIR = 1.5  # between text and sign, in mean characters


class Mark(NamedTuple):
    """The sentences that begin in one line of the page and are not simply ready.

    line: where it is, in the document.
    """

    line: QRectF
    rows: tuple[SentenceRow, ...]


def is_marked(row: SentenceRow) -> bool:
    """Say whether a sentence has a sign in the margin: most are ready, and have none."""
    return row.doubtful or row.state is not SentenceState.READY


def margin_width(type_of_signs: QFont, *, words: bool) -> float:
    """Give how wide the margin has to be, with words or with signs alone."""
    metrics = QFontMetricsF(type_of_signs)
    told = [f"{state.sign} {state.word}" for state in SentenceState]
    widest = [*told, f"{DOUBTFUL_SIGN} {_doubtful()}"] if words else ["○" * SIGNS_A_LINE]
    return max(map(metrics.horizontalAdvance, widest)) + 2 * AIR * metrics.averageCharWidth()


def paint_marks(
    painter: QPainter, marks: Iterable[Mark], left: float, palette: QPalette, *, words: bool
) -> None:
    """Write the marks beside their lines. left: the text's right edge. The font is the painter's.

    Where several lines in a row say the same, the word stands at the first alone.
    """
    metrics = QFontMetricsF(painter.font())
    left += AIR * metrics.averageCharWidth()
    for mark, text in zip(marks := list(marks), _texts(marks, words=words), strict=True):
        painter.setPen(state_ink(mark.rows[0].state, palette))
        place = QRectF(left, mark.line.top(), metrics.horizontalAdvance(text), mark.line.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, text)


def _texts(marks: Sequence[Mark], *, words: bool) -> Iterator[str]:
    before = ""
    for mark in marks:
        told = list(dict.fromkeys(_told(row) for row in mark.rows))
        if words and len(told) == 1 and told[0] != before:
            yield told[0]
        else:
            yield "".join(text.partition(" ")[0] for text in told[:SIGNS_A_LINE])
        before = told[0] if len(told) == 1 else ""


def _told(row: SentenceRow) -> str:
    if row.doubtful and row.state is SentenceState.READY:
        return f"{DOUBTFUL_SIGN} {_doubtful()}"
    return f"{row.state.sign} {row.state.word}"


def _doubtful() -> str:
    return QCoreApplication.translate("desk", "doubtful")
