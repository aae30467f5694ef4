"""A page on the screen: its measure, its margins with signs and bar, and how it is scrolled."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QFontMetricsF,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QShowEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QToolTip, QWidget

from narrator.gui.desk.text import inks
from narrator.gui.desk.text.page import Page, PageStyle
from narrator.gui.desk.text.rows import SentenceRow, place_told
from narrator.gui.desk.text.state_margin import Mark, is_marked, margin_width, paint_marks
from narrator.gui.shared.faces import reading_font

USUAL_SIZE = 1.3  # of the system's type: 17 px beside its 13
MEASURE = 66  # mean characters a line, so that hardly one comes to 72
ENGLISH = "the quick brown fox jumps over the lazy dog and asks nobody why it was there"
BAR, PAD = 0.2, 1.4  # width of the bar and of the margin that it stands in, in heights of the type
AROUND = 1.6  # margin above and below the text, in heights of the type
MIDDLE = (0.15, 0.7)  # of the height: what begins there needs no scrolling


class Anchor(NamedTuple):
    """A sentence, and how far from the top of the view it begins."""

    id: int
    below_top: float


class PageView(QTextEdit):
    """A page of sentences in the middle of the view, read-only.

    The view is no wider than its measure; margins beside it take the rest, so that a wider window
    lays nothing out anew.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._face = "serif"
        self._words = True
        self._right = 0.0
        self._laid: tuple[float, ...] = ()
        self.document().setDocumentMargin(0)
        self.page = Page(self.document(), self._style())
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setCursorWidth(0)  # the bar says where one is; a second, blinking sign would not
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        # always there, so that the measure never changes with the length of the chapter
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()

    def set_face(self, face: str) -> None:
        """Set the text in a face of the settings' FACES; its size follows the window's type."""
        if face != self._face:
            self._face = face
            self._restyle()

    def bar_place(self) -> int | None:
        """Give the place of the sentence that the bar stands beside."""
        return None

    def restyled(self) -> None:
        """Do what is due after the page was set in another type or ink."""

    def fill(self, rows: Sequence[SentenceRow]) -> None:
        """Show other sentences; where some of the old are among them, the page does not jump."""
        anchor = self._anchor()
        self.page.show(rows)
        self.setTextCursor(QTextCursor(self.document()))
        self._return_to(anchor)

    def line_at(self, position: int) -> QRectF:
        """Give the line of a position, in the document."""
        block = self.document().findBlock(position)
        top_left = self.document().documentLayout().blockBoundingRect(block).topLeft()
        line = block.layout().lineForTextPosition(position - block.position())
        if not line.isValid():  # nothing is laid out before the view was shown for the first time
            return QRectF(top_left, QSizeF())
        return line.rect().translated(top_left)

    def is_in_view(self, ids: Iterable[int]) -> bool:
        """Say whether one of these sentences may be seen, in part at least."""
        top = self.verticalScrollBar().value()
        first = self._place_at_height(top)
        last = self._place_at_height(top + self.viewport().height())
        if first is None or last is None:
            return False
        places = (self.page.place_of(id) for id in ids)
        return any(place is not None and first <= place <= last for place in places)

    def bring_to_middle(self, place: int) -> None:
        """Scroll a sentence to the upper third, unless it begins in the middle of the view."""
        height = self.viewport().height()
        top = self.line_at(self.page.span(place)[0]).top()
        if not MIDDLE[0] <= (top - self.verticalScrollBar().value()) / max(1, height) <= MIDDLE[1]:
            self._scroll(top - height / 3)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if (place := self.bar_place()) is not None:
            self.bring_to_middle(place)  # what it was asked for before it had a size

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._lay_out()  # before Qt lays the text out in the old measure
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.PaletteChange):
            self._restyle()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the words for the signs beside a line."""
        if not isinstance(event, QHelpEvent):
            return super().viewportEvent(event)
        y = event.pos().y() + self.verticalScrollBar().value()
        marks = self.marks(y, y) if event.pos().x() > self._right else []
        rows = [row for mark in marks for row in mark.rows]
        told = "\n".join(place_told(row, len(self.page.rows)) for row in rows)
        QToolTip.showText(event.globalPos(), told, self)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        scrolled = self.verticalScrollBar().value()
        painter.translate(0, -scrolled)
        shown = event.rect().translated(0, scrolled)
        if shown.right() > self._right:
            painter.setFont(self.font())
            marks = self.marks(shown.top(), shown.bottom())
            paint_marks(painter, marks, self._right, self.palette(), words=self._words)
        bar = BAR * self.fontMetrics().height()
        if (place := self.bar_place()) is not None and shown.left() < bar:
            start, end = self.page.span(place)
            first, last = self.line_at(start), self.line_at(max(start, end - 1))
            beside = QRectF(0, first.top(), bar, last.bottom() - first.top())
            painter.fillRect(beside, inks.accent(self.palette()))
        painter.end()

    def marks(self, top: float, bottom: float) -> list[Mark]:
        """Give the marks of the lines between two heights of the document."""
        rows = self.page.rows
        found: dict[float, Mark] = {}
        place = self._place_at_height(top)
        while place is not None and place < len(rows):
            line = self.line_at(self.page.span(place)[0])
            if line.top() > bottom:
                break
            if is_marked(rows[place]) and line.bottom() >= top:
                here = found.get(line.top(), Mark(line, ()))
                found[line.top()] = Mark(line, (*here.rows, rows[place]))
            place += 1
        return list(found.values())

    def _place_at_height(self, height: float) -> int | None:
        layout = self.document().documentLayout()
        at = layout.hitTest(QPointF(0, height), Qt.HitTestAccuracy.FuzzyHit)
        return self.page.place_at(max(0, at))

    def _anchor(self) -> Anchor | None:
        top = self.verticalScrollBar().value()
        place = self._place_at_height(top) if top else None
        if place is None:
            return None
        return Anchor(self.page.rows[place].id, self.line_at(self.page.span(place)[0]).top() - top)

    def _return_to(self, anchor: Anchor | None) -> None:
        place = self.page.place_of(anchor.id) if anchor else None
        if anchor is None or place is None:
            self._scroll(0)
        else:
            self._scroll(self.line_at(self.page.span(place)[0]).top() - anchor.below_top)

    def _scroll(self, height: float) -> None:
        bar = self.verticalScrollBar()
        if height > bar.maximum():
            self.document().size()  # lays out to the end, without which the bar cannot go there
        bar.setValue(round(height))

    def _style(self) -> PageStyle:
        face = reading_font(self._face)
        face.setPointSizeF(self.font().pointSizeF() * USUAL_SIZE)
        return PageStyle(face, inks.dimmed(self.palette()))

    def _restyle(self) -> None:
        anchor = self._anchor()
        self.page.restyle(self._style())
        self._lay_out()
        self._return_to(anchor)
        self.restyled()

    def _lay_out(self) -> None:
        """Put the page into the middle; the margin has words where there is room for them."""
        face = QFontMetricsF(self._style().face)
        text = MEASURE * face.horizontalAdvance(ENGLISH) / len(ENGLISH)
        left = PAD * face.height()
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        wide = margin_width(self.font(), words=True)
        self._words = left + text + wide <= room
        right = wide if self._words else margin_width(self.font(), words=False)
        beside = max(0, int(room - left - text - right) // 2)
        self._right = room - 2 * beside - right
        self.setViewportMargins(beside, 0, beside, 0)
        self._set_margins(left, right, AROUND * face.height())

    def _set_margins(self, left: float, right: float, around: float) -> None:
        if (left, right, around) == self._laid:
            return  # setting them, even to the same, lays out all of the text
        self._laid = (left, right, around)
        shape = self.document().rootFrame().frameFormat()
        shape.setLeftMargin(left)
        shape.setRightMargin(right)
        shape.setTopMargin(around)
        shape.setBottomMargin(around)
        self.document().rootFrame().setFrameFormat(shape)
