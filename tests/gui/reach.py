"""What a user without a mouse, without sight, or with a large type meets in a window."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

SMALL_SCREEN = (1280, 800)


def focusable(window: QWidget) -> list[QWidget]:
    """What a user can reach now: Qt's own inner parts, such as a box's line edit, left aside."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and widget.isEnabled()
        and not widget.focusProxy()
        and not widget.objectName().startswith("qt_")
    ]


def spoken_name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def walked(qtbot: QtBot, window: QWidget, key: Qt.Key) -> list[QWidget]:
    """The widgets that have the focus while Tab is pressed until it comes round."""
    seen: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in seen:
        seen.append(now)
        qtbot.keyClick(now, key)
    return seen


@contextmanager
def double_type() -> Iterator[None]:
    """Set all type at twice its size."""
    app = QApplication.instance()
    usual = app.font()
    large = app.font()
    large.setPointSizeF(usual.pointSizeF() * 2)
    app.setFont(large)
    try:
        yield
    finally:
        app.setFont(usual)


def clipped(window: QWidget) -> list[str]:
    """The texts that do not fit into their labels and buttons."""
    return [
        widget.text()
        for widget in (*window.findChildren(QLabel), *window.findChildren(QPushButton))
        if widget.isVisible() and widget.text() and not fits(widget)
    ]


def fits(widget: QLabel | QPushButton) -> bool:
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    width = widget.width()
    needed = widget.heightForWidth(width) if wraps else widget.sizeHint().height()
    return widget.height() >= needed and (wraps or width >= widget.minimumSizeHint().width())
