"""Windows that are as large as their text and fit the screen."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget


def fit(window: QWidget, *, letters: int, lines: int) -> None:
    """Make a window as large as so much text, and no larger than the screen."""
    metrics = window.fontMetrics()
    size = QSize(metrics.averageCharWidth() * letters, metrics.averageCharWidth() * 2 * lines)
    window.resize(size.boundedTo(window.screen().availableSize()))
