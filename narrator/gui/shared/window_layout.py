"""How the parts of the main window lie: two halves over a foot; windows that fit the screen."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter, QVBoxLayout, QWidget


def lay_out(window: QMainWindow, book: QWidget, panel: QWidget, footer: QWidget) -> None:
    """Put the parts into the window and give it its size."""
    halves = QSplitter(Qt.Orientation.Horizontal, window)
    halves.setChildrenCollapsible(False)
    halves.setHandleWidth(24)
    halves.addWidget(book)
    halves.addWidget(panel)
    halves.setStretchFactor(0, 3)
    halves.setStretchFactor(1, 2)
    centre = QWidget(window)
    column = QVBoxLayout(centre)
    column.setContentsMargins(16, 16, 16, 16)
    column.setSpacing(12)
    column.addWidget(halves, 1)
    column.addWidget(footer)
    window.setCentralWidget(centre)
    fit(window, letters=160, lines=52)


def fit(window: QWidget, *, letters: int, lines: int) -> None:
    """Make a window as large as so much text, and no larger than the screen."""
    metrics = window.fontMetrics()
    size = QSize(metrics.averageCharWidth() * letters, metrics.averageCharWidth() * 2 * lines)
    window.resize(size.boundedTo(window.screen().availableSize()))
