"""The left column: the book, its chapters with their ticks, and what is left out and why."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from narrator.gui.desk.layout.chapter_model import ChapterModel
from narrator.gui.shared.controls import ActionButton, heading, plain_label
from narrator.gui.shared.row_view import RowView
from narrator.gui.shared.wording import counted, rounded, shortened
from narrator.project.model import Chapter, Facts
from narrator.studio.speaking.schedule import CHARACTERS_PER_SECOND

COVER_LINES = 6  # of type, as high as the cover is drawn
LEAST_LINES = 7  # of type, in which the chapters are seen
LEAST, SOME, ENOUGH = 14, 22, 30  # mean characters across: the least; for states; for lengths too


class ChapterView(RowView):
    """The list of chapters; where it is narrow, first the lengths give way, then the states.

    A row's tip and what a screen reader says of it tell both all the same.
    """

    def __init__(self, model: ChapterModel, parent: QWidget) -> None:
        super().__init__(model, parent)
        # It grows with the window; where there is little room, a few rows are enough.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep room for the titles."""
        super().resizeEvent(event)
        letters = self.viewport().width() / self.fontMetrics().averageCharWidth()
        for column, needed in ((ChapterModel.STATE, SOME), (ChapterModel.LENGTH, ENOUGH)):
            if self.isColumnHidden(column) != (letters < needed):
                self.setColumnHidden(column, letters < needed)

    def minimumSizeHint(self) -> QSize:
        """Room for the beginnings of some titles."""
        metrics = self.fontMetrics()
        return QSize(LEAST * metrics.averageCharWidth(), LEAST_LINES * metrics.lineSpacing())


class BookPane(QWidget):
    """What is being worked on. went_to(id): the user goes to a chapter."""

    went_to = Signal(int)

    def __init__(self, details: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.cover = QLabel(self)
        self.title = heading("", 1.3, self)
        self.author = plain_label("", self)
        self.facts = plain_label("", self)
        self.details = ActionButton(details, self)
        self.chapters = ChapterModel(self)
        self.chapter_view = ChapterView(self.chapters, self)
        self.chapter_view.setAccessibleName(self.tr("Chapters"))
        self.chapter_view.selectionModel().currentRowChanged.connect(self._go)
        label = heading(self.tr("&Chapters"), 1.0, self)
        label.setTextFormat(Qt.TextFormat.AutoText)
        label.setBuddy(self.chapter_view)
        head = QGridLayout()
        head.setHorizontalSpacing(12)
        head.setVerticalSpacing(4)
        head.setColumnStretch(1, 1)
        head.addWidget(self.cover, 0, 0, 4, 1, Qt.AlignmentFlag.AlignTop)
        for row, widget in enumerate((self.title, self.author, self.facts)):
            head.addWidget(widget, row, 1)
        head.addWidget(self.details, 3, 1, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(label)
        column.addWidget(self.chapter_view, 1)

    def stops(self) -> list[QWidget]:
        """Give the widgets at which Tab stops, in order."""
        return [self.details, self.chapter_view]

    def show_facts(self, facts: Facts, cover: QImage | None) -> None:
        """Show what the book says of itself."""
        self.title.setText(shortened(facts.title))
        self.author.setText(shortened(", ".join(facts.authors)))
        self.author.setVisible(bool(facts.authors))
        self.cover.setVisible(cover is not None)
        if cover is not None:
            height = self.fontMetrics().lineSpacing() * COVER_LINES
            smooth = Qt.TransformationMode.SmoothTransformation
            self.cover.setPixmap(QPixmap.fromImage(cover.scaledToHeight(height, smooth)))
            name = self.tr("Cover of {title}").format(title=shortened(facts.title))
            self.cover.setAccessibleName(name)

    def show_chapters(self, chapters: tuple[Chapter, ...]) -> None:
        """Show the chapters as they stand now."""
        self.chapters.show(chapters)
        spoken = [chapter for chapter in chapters if chapter.included]
        out = len(chapters) - len(spoken)
        parts = [
            counted(len(spoken), self.tr("chapter"), self.tr("chapters")),
            rounded(sum(chapter.characters for chapter in spoken) / CHARACTERS_PER_SECOND),
        ]
        if out:
            parts.append(self.tr("{number} left out").format(number=out))
        self.facts.setText(" · ".join(parts))

    def set_chapter(self, id: int) -> None:
        """Put the cursor on a chapter, silently."""
        row = self.chapters.row_of(id)
        if row is not None and row != self.chapter_view.currentIndex().row():
            blocked = self.blockSignals(True)
            self.chapter_view.setCurrentIndex(self.chapters.index(row, 0))
            self.blockSignals(blocked)

    def _go(self) -> None:
        index = self.chapter_view.currentIndex()
        if index.isValid():
            self.went_to.emit(self.chapters.chapter(index.row()).id)
