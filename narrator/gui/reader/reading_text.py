"""The text of a chapter to read along: large, in one column, the place that is heard marked."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QEvent, QRectF, QSignalBlocker, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QTextEdit, QWidget

from narrator.gui.reader.look import Look, sentence_colour, word_colour
from narrator.gui.shared.faces import reading_font
from narrator.speech import Opening

COLUMN_LETTERS = 66
ZONE = (0.12, 0.7)  # of the height: the line that is heard stays in it
RETURN = 0.25  # where the line stands after scrolling
HEADING = 1.3  # of the size of the text
BREAKS = str.maketrans(dict.fromkeys("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029\ufdd0\ufdd1", " "))


class Row(Protocol):
    """A sentence to show; a project's Sentence is one."""

    @property
    def id(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def opens(self) -> Opening: ...
    @property
    def ends_paragraph(self) -> bool: ...


class _Place(NamedTuple):
    start: int
    text: str


class ReadingText(QTextEdit):
    """The sentences of a chapter; `chosen` tells which one was asked for, by Enter or two clicks.

    The text is a document, so that a screen reader walks through it; what is heard is marked
    without moving the cursor, which a screen reader would read out over the voice.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.TextSelectableByMouse
        )
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._places: dict[int, _Place] = {}
        self._starts: list[tuple[int, int]] = []
        self._headings: list[int] = []
        self._current: int | None = None
        self._word: tuple[int, int] | None = None
        self._line: QRectF | None = None  # where it was drawn under the word
        self._look = Look("serif", 30, 1.6, "theme")

    @property
    def current(self) -> int | None:
        """The id of the sentence that is heard."""
        return self._current

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show sentences instead of those before, from the top."""
        pieces: list[str] = []
        self._places, self._headings, self._starts = {}, [], []
        self._current = self._word = None
        at = 0
        for row in rows:
            text = row.text.translate(BREAKS)
            self._places[row.id] = _Place(at, text)
            self._starts.append((at, row.id))
            if row.opens is Opening.HEADING:
                self._headings.append(at)
            if row.opens is not Opening.SENTENCE and pieces:
                pieces[-1] = "\n"  # the end of the paragraph before may have been left out
            last = row.ends_paragraph or row.opens is Opening.HEADING
            pieces += text, "\n" if last else " "
            at += _units(text) + 1
        self.setPlainText("".join(pieces[:-1]))
        self._dress()
        self._mark()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def set_look(self, look: Look) -> None:
        """Show the text in another type."""
        self._look = look
        self._dress()
        self._fit_column()
        self._mark()

    def set_current(self, id: int) -> None:
        """Mark a sentence as the one that is heard; one that is not shown unmarks the other."""
        if id != self._current or self._word:
            self._current, self._word = (id if id in self._places else None), None
            self._mark()

    def set_word(self, id: int, start: int, end: int) -> None:
        """Draw a line under the characters from `start` to `end` of a sentence."""
        if id not in self._places:
            self.set_current(id)
            return
        place = self._places[id]
        before = place.start + _units(place.text[:start])
        word = (before, before + _units(place.text[start:end]))
        sentence_goes_on = id == self._current
        self._current, self._word = id, word
        if sentence_goes_on:
            self._follow()
        else:
            self._mark()

    @property
    def word(self) -> str:
        """The word over the line, "" for none."""
        return self._between(*self._word).selectedText() if self._word else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the sentence at the cursor with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.textCursor().position())
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Choose the sentence under the mouse."""
        self._choose(self.cursorForPosition(event.position().toPoint()).position())

    def event(self, event: QEvent) -> bool:
        """Keep the column in the middle."""
        if event.type() == QEvent.Type.Resize:
            self._fit_column()  # before Qt lays the text out, which it does once for each size
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the place in sight."""
        super().resizeEvent(event)
        self._keep_in_sight()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and the line under the word."""
        super().paintEvent(event)
        self._line = self._word_line()
        if line := self._line:
            QPainter(self.viewport()).fillRect(line, word_colour(self.palette()))

    def changeEvent(self, event: QEvent) -> None:
        """Mark in other colours when the palette has changed."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._mark()

    def _choose(self, at: int) -> None:
        before = [id for start, id in self._starts if start <= at]
        if before:
            self.chosen.emit(before[-1])

    def _dress(self) -> None:
        """Give the whole text its type, its spacing, and its headings theirs."""
        font = reading_font(self._look.face)
        font.setPixelSize(self._look.size)
        self.setFont(font)
        with QSignalBlocker(self):
            cursor = QTextCursor(self.document())
            cursor.beginEditBlock()
            cursor.select(QTextCursor.SelectionType.Document)
            block = QTextBlockFormat()
            proportional = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
            block.setLineHeight(100 * self._look.spacing, proportional)
            block.setBottomMargin(0.7 * self._look.size)
            cursor.mergeBlockFormat(block)
            text = QTextCharFormat()
            text.setFont(font)
            cursor.setCharFormat(text)
            large = QTextCharFormat()
            large.setProperty(QTextFormat.Property.FontPixelSize, round(HEADING * font.pixelSize()))
            large.setFontWeight(QFont.Weight.Bold)
            for at in self._headings:
                cursor.setPosition(at)
                cursor.movePosition(
                    QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor
                )
                cursor.mergeCharFormat(large)
            cursor.endEditBlock()

    def _fit_column(self) -> None:
        widest = self.fontMetrics().averageCharWidth() * COLUMN_LETTERS
        room = self.width() - self.verticalScrollBar().sizeHint().width()
        side = max(self.fontMetrics().averageCharWidth(), (room - widest) // 2)
        self.setViewportMargins(side, 0, side, 0)

    def _mark(self) -> None:
        mark = QTextEdit.ExtraSelection()
        if self._current is not None:
            place = self._places[self._current]
            mark.cursor = self._between(place.start, place.start + _units(place.text))
            mark.format.setBackground(sentence_colour(self.palette()))
        self.setExtraSelections([mark] if self._current is not None else [])
        self._follow()

    def _follow(self) -> None:
        """Scroll to the place, and draw anew no more than the line under the word."""
        scrolled = self.verticalScrollBar().value()
        self._keep_in_sight()
        before, self._line = self._line, self._word_line()
        if scrolled != self.verticalScrollBar().value():
            self.viewport().update()
            return
        for line in (before, self._line):
            if line:
                self.viewport().update(line.toAlignedRect().adjusted(-1, -1, 1, 1))

    def _between(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _word_line(self) -> QRectF | None:
        """Where the line under the word goes; a word over two lines has it under the first part."""
        if self._word is None:
            return None
        start, end = self._word
        block = self.document().findBlock(start)
        line = block.layout().lineForTextPosition(start - block.position())
        if not line.isValid():
            return None
        left = _x_of(line, start - block.position())
        right = _x_of(line, min(end - block.position(), line.textStart() + line.textLength()))
        thick = max(2.0, self._look.size / 10)
        corner = block.layout().position()
        top = corner.y() + line.y() + line.ascent() + thick - self.verticalScrollBar().value()
        return QRectF(corner.x() + left, top, right - left, thick)

    def _keep_in_sight(self) -> None:
        if self._current is None:
            return
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._word[0] if self._word else self._places[self._current].start)
        line, height = self.cursorRect(cursor), self.viewport().height()
        if line.top() < ZONE[0] * height or line.bottom() > ZONE[1] * height:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + line.top() - round(RETURN * height))


def _x_of(line: QTextLine, position: int) -> float:
    x: float | tuple[float, int] = line.cursorToX(position)  # type: ignore[assignment]
    return x[0] if isinstance(x, tuple) else x  # PySide gives the position along with it


def _units(text: str) -> int:
    """Give the length as Qt counts it, where some signs are two (UTF-16)."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
