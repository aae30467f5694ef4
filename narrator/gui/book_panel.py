"""The left half of the window: an invitation to open a book, then the book and its chapters."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QImage, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.chapter_list import ChapterModel, LeftOutModel
from narrator.gui.opening import OpenedBook
from narrator.gui.shared.controls import ActionButton, heading, plain_label
from narrator.gui.shared.row_view import RowView
from narrator.gui.shared.wording import counted, rounded, shortened

WARNINGS_SHOWN = 2
COVER_LINES = 7  # of text, that the cover is high


class CoverView(QWidget):
    """The cover, as large as its place allows and sharp on any screen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        height = self.fontMetrics().lineSpacing() * COVER_LINES
        self._bounds = QSize(height, height)

    def show_image(self, image: QImage | None, title: str) -> None:
        """Show another cover, or nothing where the book has none."""
        self._image = image or QImage()
        self.setVisible(image is not None)
        self.setAccessibleName(self.tr("Cover of {title}").format(title=title))
        size = self._image.size().scaled(self._bounds, Qt.AspectRatioMode.KeepAspectRatio)
        self.setFixedSize(size.expandedTo(QSize(1, 1)))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cover."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(self.rect()), self._image)
        painter.end()


class Welcome(QFrame):
    """What stands in the window before a book does."""

    def __init__(self, open_book: QAction, open_sample: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        title = heading(self.tr("Drop a book here"), 1.8, self)
        kinds = plain_label(self.tr("EPUB, TXT, Markdown or HTML. It stays on this machine."), self)
        self.opener = ActionButton(open_book, self)
        self.sample = ActionButton(open_sample, self)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addStretch()
        buttons.addWidget(self.opener)
        buttons.addWidget(self.sample)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        for label in (title, kinds):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(3)


class BookPage(QWidget):
    """The open book: cover, title, author, the chapters and what is left out."""

    def __init__(self, open_book: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.cover = CoverView(self)
        self.title = heading("", 1.6, self)
        self.author = plain_label("", self)
        self.facts = plain_label("", self)
        self.warnings = plain_label("", self)
        self.opener = ActionButton(open_book, self)
        self.chapters = ChapterModel(self)
        self.chapter_view = RowView(self.chapters, self)
        self.left_out = LeftOutModel(self)
        self.left_out_view = RowView(self.left_out, self)
        self.left_out_label = heading("", 1.0, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addLayout(self._head())
        column.addWidget(self._lists(), 1)

    def show_book(self, opened: OpenedBook) -> None:
        """Show another book."""
        book = opened.book
        title = shortened(book.title)
        self.cover.show_image(opened.cover, title)
        self.title.setText(title)
        self.author.setText(shortened(", ".join(book.authors)))
        self.author.setVisible(bool(book.authors))
        sentences = sum(chapter.sentences for chapter in opened.chapters)
        facts = (
            counted(len(opened.chapters), self.tr("chapter"), self.tr("chapters")),
            counted(sentences, self.tr("sentence"), self.tr("sentences")),
            rounded(sum(chapter.seconds for chapter in opened.chapters)),
        )
        self.facts.setText(" · ".join(facts))
        self.warnings.setText(self._warned(book.warnings))
        self.warnings.setVisible(bool(book.warnings))
        self.chapters.show(opened.chapters)
        self.chapter_view.start_at_top()
        self.left_out.show(book.left_out)
        self.left_out_view.start_at_top()
        self.left_out_view.setVisible(bool(book.left_out))
        parts = counted(len(book.left_out), self.tr("part"), self.tr("parts"))
        self.left_out_label.setText(
            self.tr("Left ou&t: {parts}").format(parts=parts)
            if book.left_out
            else self.tr("Nothing is left out")
        )

    def _head(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.cover, 0, 0, 5, 1, top)
        grid.addWidget(self.opener, 0, 2, 1, 1, top | Qt.AlignmentFlag.AlignRight)
        for row, label in enumerate((self.title, self.author, self.facts, self.warnings)):
            grid.addWidget(label, row, 1)
        grid.setRowStretch(4, 1)
        return grid

    def _lists(self) -> QSplitter:
        self.chapter_view.setAccessibleName(self.tr("Chapters"))
        self.left_out_view.setAccessibleName(self.tr("Left out of the narration"))
        chapters_label = heading(self.tr("C&hapters"), 1.0, self)
        splitter = QSplitter(Qt.Orientation.Vertical, self)
        splitter.setChildrenCollapsible(False)
        pairs = (
            (chapters_label, self.chapter_view, 2),
            (self.left_out_label, self.left_out_view, 1),
        )
        for label, view, stretch in pairs:
            label.setBuddy(view)
            part = QWidget(splitter)
            column = QVBoxLayout(part)
            column.setContentsMargins(0, 0, 0, 4)
            column.setSpacing(4)
            column.addWidget(label)
            column.addWidget(view, 1)
            splitter.addWidget(part)
            splitter.setStretchFactor(splitter.count() - 1, stretch)
        return splitter

    def _warned(self, warnings: tuple[str, ...]) -> str:
        shown = "; ".join(shortened(warning) for warning in warnings[:WARNINGS_SHOWN])
        more = len(warnings) - WARNINGS_SHOWN
        others = self.tr("; and {more} more").format(more=more) if more > 0 else ""
        return self.tr("⚠ The file has faults: {faults}").format(faults=shown + others)


class BookPanel(QStackedWidget):
    """The invitation, until `show_book` is called for the first time."""

    def __init__(self, open_book: QAction, open_sample: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.welcome = Welcome(open_book, open_sample, self)
        self.page = BookPage(open_book, self)
        self.addWidget(self.welcome)
        self.addWidget(self.page)

    def stops(self) -> list[QWidget]:
        """Give the widgets at which Tab stops, in order."""
        welcome, page = self.welcome, self.page
        lists = [page.chapter_view, page.left_out_view]
        return [welcome.opener, welcome.sample, page.opener, *lists]

    def show_book(self, opened: OpenedBook) -> None:
        """Show a book in place of the invitation or of another book."""
        self.page.show_book(opened)
        self.setCurrentWidget(self.page)
