"""How the window is laid out: the book, its text, the sentence; the transport below all."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from narrator.gui.desk.layout.actions import DeskActions
from narrator.gui.desk.layout.book_pane import BookPane
from narrator.gui.desk.layout.find_bar import FindBar
from narrator.gui.desk.layout.transport_bar import TransportActions, TransportBar
from narrator.gui.desk.prosody.lane import ProsodyLane
from narrator.gui.desk.sentence.panel import SentencePanel
from narrator.gui.desk.text.reading_view import ReadingView
from narrator.gui.desk.text.rows import SentenceRow
from narrator.gui.desk.text.sentence_model import SentenceModel
from narrator.gui.desk.text.sentence_table import SentenceTable
from narrator.gui.exporting.queue_panel import QueuePanel
from narrator.gui.shared.controls import (
    ActionButton,
    ScrolledColumn,
    StatusLine,
    heading,
    plain_label,
)

MARGIN, GAP = 12, 8


class Welcome(QWidget):
    """Where a book begins: what can be dropped here, and two buttons."""

    def __init__(self, can: DeskActions, parent: QWidget) -> None:
        super().__init__(parent)
        title = heading(self.tr("Drop a book here"), 1.6, self)
        kinds = plain_label(self.tr("EPUB, TXT, Markdown or HTML. It stays on this machine."), self)
        self.opener = ActionButton(can.open, self)
        self.sample = ActionButton(can.sample, self)
        self.status = StatusLine(self)
        column = QVBoxLayout(self)
        column.setSpacing(MARGIN)
        column.addStretch(2)
        for label in (title, kinds):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        for button in (self.opener, self.sample):
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        column.addWidget(self.status)

    def stops(self) -> list[QWidget]:
        """Give the widgets at which Tab stops, in order."""
        return [self.opener, self.sample, self.status.label]


class TextPane(QWidget):
    """The middle: the chapter as a page or as a list, the find bar over it, the prosody below."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.chapter = heading("", 1.1, self)
        self.place = QLabel(self)
        self.place.setTextFormat(Qt.TextFormat.PlainText)
        self.page = ReadingView(self)
        self.sentences = SentenceModel(self)
        self.table = SentenceTable(self.sentences, self)
        self.views = QStackedWidget(self)
        self.views.addWidget(self.page)
        self.views.addWidget(self.table)
        self.find_bar = FindBar(self)
        self.find_bar.hide()
        self.lane = ProsodyLane(self)
        self.lane.hide()
        split = QSplitter(Qt.Orientation.Vertical, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.views)
        split.addWidget(self.lane)
        split.setStretchFactor(0, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.chapter)
        column.addWidget(self.place)
        column.addWidget(self.find_bar)
        column.addWidget(split, 1)

    @property
    def view(self) -> ReadingView | SentenceTable:
        """The one of the two views that is on show."""
        return self.page if self.views.currentWidget() is self.page else self.table

    def show_rows(self, rows: Sequence[SentenceRow]) -> None:
        """Show the sentences of a chapter in both views."""
        self.page.show_rows(rows)
        self.sentences.show(rows)

    def update_rows(self, rows: Iterable[SentenceRow]) -> None:
        """Show these sentences anew in both views."""
        some = tuple(rows)
        self.page.update_rows(some)
        self.sentences.update(some)

    def set_current(self, id: int | None, *, follow: bool) -> None:
        """Mark the sentence at hand; follow: bring it into view."""
        self.page.set_current(id)
        if id is not None:
            self.table.set_current(id)
            if follow:
                self.page.scroll_to(id)

    def selected_ids(self) -> list[int]:
        """Give the sentences that are selected in the view on show."""
        return self.view.selected_ids()


class Desk(QWidget):
    """All that is on the desk: three columns over the transport."""

    def __init__(self, text: TextPane, can: DeskActions, parent: QWidget) -> None:
        super().__init__(parent)
        self.book = BookPane(can.details, self)
        self.text = text
        self.panel = SentencePanel(self)
        self.transport = TransportBar(
            TransportActions(
                can.previous_chapter, can.previous, can.play, can.next, can.next_chapter
            ),
            self,
        )
        self.queue = QueuePanel(self)
        self.queue.hide()
        self.left = ScrolledColumn(self)
        for part in (self.book, self.queue):
            self.left.column.addWidget(part, 1)
        self.columns = QSplitter(Qt.Orientation.Horizontal, self)
        self.columns.setChildrenCollapsible(False)
        self.columns.setHandleWidth(2 * MARGIN)
        for widget, stretch in ((self.left, 2), (text, 5), (self.panel, 2)):
            self.columns.addWidget(widget)
            self.columns.setStretchFactor(self.columns.count() - 1, stretch)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, GAP)
        column.setSpacing(GAP)
        column.addWidget(self.columns, 1)
        column.addWidget(self.transport)

    @property
    def is_typed_in(self) -> bool:
        """Whether somebody edits a sentence, which is not to be taken away from under the hands."""
        return self.text.table.is_editing or self.panel.text.editor.hasFocus()

    def panes(self) -> list[list[QWidget]]:
        """Give the widgets at which Tab stops, pane by pane, as the eye meets them."""
        return [
            self.book.stops(),
            self.queue.stops(),
            [*self.text.find_bar.stops(), self.text.page, self.text.table, self.text.lane],
            self.panel.stops(),
            self.transport.stops(),
        ]
