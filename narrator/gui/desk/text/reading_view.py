"""The reading view: a chapter as a book's page, in which sentences are heard, chosen and marked."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QMouseEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit, QWidget

from narrator.gui.desk.text import inks
from narrator.gui.desk.text.page_view import PageView
from narrator.gui.desk.text.rows import SentenceRow, place_told
from narrator.project.model import Found

WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
SHIFT = Qt.KeyboardModifier.ShiftModifier
SELECTING = (
    Qt.Key.Key_Left,
    Qt.Key.Key_Right,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class WordAt(NamedTuple):
    """A word of a sentence: from character `start` to `end` of its text."""

    id: int
    start: int
    end: int
    text: str


class ReadingView(PageView):
    """A chapter's sentences in paragraphs: the current one with a bar, the spoken word marked.

    moved(id): the user went to a sentence, by key or click. activated_at(id): a double click.
    Nothing is edited here. Left and Right, Space and letters are left to the window.
    """

    moved = Signal(int)
    activated_at = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        self._current: int | None = None
        self._word: WordAt | None = None
        self._found: tuple[Found, ...] = ()
        self._found_marks: list[QTextEdit.ExtraSelection] = []
        super().__init__(parent)
        self.setAccessibleName(self.tr("Text of the chapter"))

    @property
    def current(self) -> int | None:
        """The id of the current sentence."""
        return self._current

    def show_rows(self, rows: Sequence[SentenceRow]) -> None:
        """Show the sentences of a chapter; where some of the old are among them, nothing jumps."""
        self._word, self._found = None, ()
        self.fill(rows)
        if self.bar_place() is None:
            self._current = None
        self.restyled()
        self._describe()

    def update_rows(self, rows: Iterable[SentenceRow]) -> None:
        """Show these sentences anew, each in its place; others are passed over."""
        some = tuple(rows)
        if self.page.update(some):
            self._word = None
            self.restyled()
            self.viewport().update()
        elif self.is_in_view(row.id for row in some):
            self.viewport().update()
        self._describe()

    def set_current(self, id: int | None) -> None:
        """Mark the sentence that is heard or worked on; the text cursor stays where it is."""
        if id != self._current:
            self._current, self._word = id, None
            self._mark()
            self._describe()
            self.viewport().update()  # the bar: Qt repaints where the marks are, and no more

    def set_word(self, id: int, start: int, end: int) -> None:
        """Mark the word being spoken, from character `start` to `end` of its sentence."""
        place = self.page.place_of(id)
        if place is not None:
            self._word = WordAt(id, start, end, self.page.rows[place].text[start:end])
            self._mark()

    def clear_word(self) -> None:
        """Mark no word any more."""
        self._word = None
        self._mark()

    def set_found(self, found: Iterable[Found]) -> None:
        """Mark what was found; what stands in other chapters is passed over."""
        self._found = tuple(found)
        self.restyled()

    def scroll_to(self, id: int) -> None:
        """Bring a sentence into the middle of the view, unless it begins there already."""
        place = self.page.place_of(id)
        if place is not None:
            self.bring_to_middle(place)

    def selected_ids(self) -> list[int]:
        """Give the sentences that are selected, at least in part; else the current one."""
        cursor = self.textCursor()
        first = self.page.place_at(cursor.selectionStart())
        last = self.page.place_at(max(cursor.selectionStart(), cursor.selectionEnd() - 1))
        if cursor.hasSelection() and first is not None and last is not None:
            return [row.id for row in self.page.rows[first : last + 1]]
        return [] if self._current is None else [self._current]

    def word_at_cursor(self) -> WordAt | None:
        """Give the first word selected, else the one at the cursor, else the one being spoken."""
        cursor = self.textCursor()
        place = self.page.place_at(cursor.selectionStart())
        if place is None:
            return None
        row, selects = self.page.rows[place], cursor.hasSelection()
        if not selects and row.id != self._current:
            return self._word
        at = self.page.character(place, cursor.selectionStart())
        end = self.page.character(place, cursor.selectionEnd())
        for word in WORD.finditer(row.text):
            if word.start() <= max(at, end - 1) and word.end() >= at + selects:
                return WordAt(row.id, word.start(), word.end(), word.group())
        return self._word

    def step_word(self, by: int) -> None:
        """Select the next word of the current sentence, or the one before: what keys work on."""
        place = self.bar_place()
        words = [] if place is None else list(WORD.finditer(self.page.rows[place].text))
        if place is None or not words:
            return
        cursor = self.textCursor()
        is_here = self.page.place_at(cursor.selectionStart()) == place
        at = self.page.character(place, cursor.selectionStart()) if is_here else 0
        begun = sum(word.start() < at for word in words)
        beyond = begun + (cursor.hasSelection() and is_here)
        word = words[min(max(beyond if by > 0 else begun - 1, 0), len(words) - 1)]
        cursor.setPosition(self.page.position(place, word.start()))
        cursor.setPosition(self.page.position(place, word.end()), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def bar_place(self) -> int | None:
        """Give the place of the current sentence, which the bar stands beside."""
        return None if self._current is None else self.page.place_of(self._current)

    def restyled(self) -> None:
        """Mark everything anew: what was marked has moved, or looks otherwise now."""
        ground = inks.found_ground(self.palette())
        self._found_marks = [
            self._selection(place, each.start, each.end, ground)
            for each in self._found
            if (place := self.page.place_of(each.sentence)) is not None
        ]
        self._mark()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(_selects(event))
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        place, bar = self.bar_place(), self.verticalScrollBar()
        if _selects(event):
            self._put_cursor_into(place)
            super().keyPressEvent(event)
            return
        is_plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        match event.key() if is_plain else None:
            case Qt.Key.Key_Up:
                self._go(0 if place is None else place - 1)
            case Qt.Key.Key_Down:
                self._go(0 if place is None else place + 1)
            case Qt.Key.Key_Home:
                self._go(0)
            case Qt.Key.Key_End:
                self._go(len(self.page.rows) - 1)
            case Qt.Key.Key_PageUp:
                bar.triggerAction(bar.SliderAction.SliderPageStepSub)
            case Qt.Key.Key_PageDown:
                bar.triggerAction(bar.SliderAction.SliderPageStepAdd)
            case _:
                event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        id = self._id_under(event)
        if id is not None and not event.modifiers() & SHIFT:
            self.set_current(id)
            self.moved.emit(id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        super().mouseDoubleClickEvent(event)
        id = self._id_under(event)
        if id is not None:
            self.activated_at.emit(id)

    def _id_under(self, event: QMouseEvent) -> int | None:
        """Give the sentence that the left button was pressed on."""
        position = self.cursorForPosition(event.position().toPoint()).position()
        place = self.page.place_at(position)
        if place is None or event.button() != Qt.MouseButton.LeftButton:
            return None
        return self.page.rows[place].id

    def _go(self, place: int) -> None:
        if 0 <= place < len(self.page.rows):
            id = self.page.rows[place].id
            self.set_current(id)
            self._put_cursor_into(place)
            self.bring_to_middle(place)
            self.moved.emit(id)

    def _put_cursor_into(self, place: int | None) -> None:
        """Put the text cursor to the start of a sentence, unless it is in it: readers follow it."""
        cursor = self.textCursor()
        if place is not None and self.page.place_at(cursor.position()) != place:
            cursor.setPosition(self.page.span(place)[0])
            self.setTextCursor(cursor)

    def _mark(self) -> None:
        """Lay the marks over the text: a repaint of where they were and are, nothing else."""
        marks = list(self._found_marks)
        if (place := self.bar_place()) is not None:
            length = len(self.page.rows[place].text)
            marks.insert(0, self._selection(place, 0, length, inks.sentence_ground(self.palette())))
        if self._word and (place := self.page.place_of(self._word.id)) is not None:
            ground = inks.word_ground(self.palette())
            word = self._selection(place, self._word.start, self._word.end, ground)
            look = word.format
            look.setFontUnderline(True)  # for those who do not see the ground
            word.format = look
            marks.append(word)
        self.setExtraSelections(marks)

    def _selection(
        self, place: int, start: int, end: int, ground: QColor
    ) -> QTextEdit.ExtraSelection:
        selection = QTextEdit.ExtraSelection()
        cursor = QTextCursor(self.document())
        cursor.setPosition(self.page.position(place, start))
        cursor.setPosition(self.page.position(place, end), QTextCursor.MoveMode.KeepAnchor)
        look = QTextCharFormat()
        look.setBackground(ground)
        selection.cursor = cursor
        selection.format = look
        return selection

    def _describe(self) -> None:
        place = self.bar_place()
        told = "" if place is None else place_told(self.page.rows[place], len(self.page.rows))
        if told != self.accessibleDescription():
            self.setAccessibleDescription(told)


def _selects(event: QKeyEvent) -> bool:
    """Whether a key selects or copies text: all others are the window's."""
    if event.modifiers() & SHIFT and event.key() in SELECTING:
        return True
    standard = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.SelectAll)
    return any(event.matches(key) for key in standard)
