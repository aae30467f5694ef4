"""Reader's mode: only the text, large, and a transport of a few big buttons."""

import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import cast

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPalette, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from narrator.gui.reader.buttons import BigButton, SleepButton
from narrator.gui.reader.look import Look, reader_palette
from narrator.gui.reader.panels import BookmarksPanel, LookPanel, Mark
from narrator.gui.reader.reading_text import ReadingText, Row
from narrator.gui.reader.sleep_timer import SleepTimer
from narrator.gui.shared.controls import heading, speak_up
from narrator.gui.shared.flow import FlowLayout
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.wording import shortened
from narrator.settings import READER_SIZE

LEAVING = (Qt.Key.Key_Escape, Qt.Key.Key_F11)
SIZE_STEP = 2  # pixels


class ReaderView(QWidget):
    """The text of a chapter as it is heard, for the whole screen.

    sleep: the sleep timer has run out, to be paused. bookmark_added, bookmark_chosen,
    sentence_chosen: the id of a sentence. look_changed: the Look to be kept. left: by F11 or Esc.
    """

    sleep = Signal()
    bookmark_added = Signal(int)
    bookmark_chosen = Signal(int)
    sentence_chosen = Signal(int)
    look_changed = Signal(object)
    left = Signal()

    def __init__(
        self,
        transport: Sequence[QAction],
        look: Look,
        parent: QWidget | None = None,
        *,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Reader's mode"))
        self.setAutoFillBackground(True)
        self.addActions(list(transport))  # their keys work here too
        self.title = heading("", 1.15, self)
        self.text = ReadingText(self)
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.look_panel = LookPanel(look, self)
        self.bookmarks = BookmarksPanel(self)
        self.timer = SleepTimer(self, now=now)
        self.look_button = self._toggle(self.tr("Te&xt"), self.look_panel)
        self.bookmarks_button = self._toggle(self.tr("Book&marks"), self.bookmarks)
        self.sleep_button = SleepButton(self.timer, self)
        self.leave_button = QPushButton(self.tr("Leave (Esc)"), self)
        self.transport = [BigButton(action, self) for action in transport]
        self._lay_out()
        self.show_chapter("", ())
        self._use(look)
        self._connect()

    def show_chapter(self, title: str, rows: Sequence[Row]) -> None:
        """Show the sentences of a chapter instead of those before."""
        self.title.setText(shortened(title))
        self.text.setAccessibleName(self.tr("Text of {title}").format(title=shortened(title)))
        self.text.show_rows(rows)
        self._allow()

    def set_current(self, id: int) -> None:
        """Mark the sentence that is heard."""
        self.text.set_current(id)
        self._allow()

    def set_word(self, id: int, start: int, end: int) -> None:
        """Draw a line under the word that is heard, from character `start` to `end`."""
        self.text.set_word(id, start, end)
        self._allow()

    def show_bookmarks(self, marks: Sequence[Mark]) -> None:
        """List the bookmarks of the book."""
        self.bookmarks.show_marks(marks)

    def chapter_ended(self) -> None:
        """Tell the sleep timer that the chapter has been heard."""
        self.timer.chapter_ended()

    def event(self, event: QEvent) -> bool:
        """Keep the keys that leave from the window's own actions."""
        override = event.type() == QEvent.Type.ShortcutOverride
        if override and cast(QKeyEvent, event).key() in LEAVING:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with F11 or Esc; larger and smaller type with the system's keys for it."""
        if event.key() in LEAVING:
            self.left.emit()
        elif event.matches(QKeySequence.StandardKey.ZoomIn):
            self._resize_type(SIZE_STEP)
        elif event.matches(QKeySequence.StandardKey.ZoomOut):
            self._resize_type(-SIZE_STEP)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Let the window be of one paper with the text, in whatever theme comes."""
        super().changeEvent(event)
        palette = self.palette()
        if event.type() == QEvent.Type.PaletteChange and palette.window() != palette.base():
            palette.setColor(QPalette.ColorRole.Window, palette.base().color())
            self.setPalette(palette)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin in the text."""
        super().showEvent(event)
        self.text.setFocus()

    def stops(self) -> list[QWidget]:
        """The widgets at which Tab stops, as the eye meets them."""
        return [
            self.look_button,
            self.bookmarks_button,
            self.sleep_button,
            self.leave_button,
            self.text,
            *self.look_panel.stops(),
            *self.bookmarks.stops(),
            *self.transport,
        ]

    def _toggle(self, text: str, panel: QWidget) -> QPushButton:
        button = QPushButton(text, self)
        button.setCheckable(True)
        panel.hide()
        button.toggled.connect(panel.setVisible)
        return button

    def _lay_out(self) -> None:
        tools = FlowLayout(across=Qt.AlignmentFlag.AlignRight)
        buttons = (self.look_button, self.bookmarks_button, self.sleep_button, self.leave_button)
        for button in buttons:
            tools.addWidget(button)
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.title, 1)
        top.addLayout(tools, 1)
        middle = QHBoxLayout()
        middle.setSpacing(24)
        middle.addWidget(self.text, 3)
        middle.addWidget(self.look_panel, 1)
        middle.addWidget(self.bookmarks, 1)
        bottom = FlowLayout(spacing=12)
        for button in self.transport:
            bottom.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(16)
        column.addLayout(top)
        column.addLayout(middle, 1)
        column.addLayout(bottom)
        set_tab_order([self.stops()])

    def _connect(self) -> None:
        self.look_button.clicked.connect(partial(self.bookmarks_button.setChecked, False))
        self.bookmarks_button.clicked.connect(partial(self.look_button.setChecked, False))
        self.look_panel.changed.connect(self._change)
        self.bookmarks.chosen.connect(self.bookmark_chosen)
        self.bookmarks.added.connect(self._bookmark)
        self.leave_button.clicked.connect(self.left)
        self.text.chosen.connect(self.sentence_chosen)
        self.timer.over.connect(self._sleep)

    def _bookmark(self) -> None:
        if self.text.current is not None:
            self.bookmark_added.emit(self.text.current)

    def _sleep(self) -> None:
        speak_up(self, self.tr("The sleep timer has run out."))
        self.sleep.emit()

    def _allow(self) -> None:
        self.bookmarks.add.setEnabled(self.text.current is not None)

    def _resize_type(self, pixels: int) -> None:
        look = self.look_panel.look
        smallest, largest = READER_SIZE
        size = min(max(look.size + pixels, smallest), largest)
        self.look_panel.show_look(look._replace(size=size))

    def _change(self, look: Look) -> None:
        self._use(look)
        self.look_changed.emit(look)

    def _use(self, look: Look) -> None:
        self.setPalette(reader_palette(look.colours, QApplication.palette()))
        self.text.set_look(look)
