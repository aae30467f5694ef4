"""What a user without a mouse, without sight, or with a large type meets in a window."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QStyle,
    QStyleOptionComboBox,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

SMALL_SCREEN = (1280, 800)


def focusable(window: QWidget) -> list[QWidget]:
    """What a user can reach now: Qt's own inner parts, such as a box's line edit, left aside."""
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.window() is window
        and widget.isVisible()
        and widget.isEnabled()
        and not widget.focusProxy()
        and (isinstance(widget, QTabBar) or not widget.objectName().startswith("qt_"))
    ]


def reachable(window: QWidget) -> list[QWidget]:
    """What Tab reaches: of radio buttons that exclude each other one, the arrows the others."""
    return [
        widget
        for widget in focusable(window)
        if not isinstance(widget, QRadioButton) or widget.isChecked()
    ]


def spoken_name(widget: QWidget) -> str:
    """The name that a screen reader says; of a box the label's, for its own is the choice made."""
    if isinstance(widget, QComboBox):
        labels = widget.parentWidget().findChildren(QLabel)
        return next((label.text() for label in labels if label.buddy() is widget), "")
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def walked(qtbot: QtBot, window: QWidget, key: Qt.Key) -> list[QWidget]:
    """The widgets that have the focus while Tab is pressed until it comes round."""
    seen: list[QWidget] = []
    while (now := QApplication.focusWidget()) is not None and now not in seen:
        seen.append(now)
        qtbot.keyClick(now, key)
    return seen


def follows(window: QWidget, before: QWidget, after: QWidget) -> bool:
    """Whether the eye that has left one widget meets the other later: to its right, or below."""
    one, other = place(window, before), place(window, after)
    beside = one.top() <= other.center().y() <= one.bottom()
    return other.left() > one.right() if beside else other.top() > one.top()


def place(window: QWidget, widget: QWidget) -> QRect:
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def twice_used_letters(window: QWidget, texts: Iterable[str] = ()) -> list[str]:
    """The letters that Alt would have to lead to two places; texts: of menus."""
    of_widgets = [
        widget.text()
        for widget in (*window.findChildren(QLabel), *window.findChildren(QAbstractButton))
        if widget.isVisible() and widget.window() is window
    ]
    letters = Counter(
        text[text.index("&") + 1].lower()
        for text in (*texts, *of_widgets)
        if "&" in text.replace("&&", "")
    )
    return [letter for letter, count in letters.items() if count > 1]


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
    """The texts that do not fit into their labels, buttons and boxes."""
    return [
        widget.text()
        for kind in (QLabel, QPushButton, QCheckBox, QRadioButton)
        for widget in window.findChildren(kind)
        if widget.isVisible() and widget.text() and not fits(widget)
    ] + [
        box.currentText()
        for box in window.findChildren(QComboBox)
        if box.isVisible() and not shows_all(box)
    ]


def fits(widget: QLabel | QAbstractButton) -> bool:
    wraps = isinstance(widget, QLabel) and widget.wordWrap()
    width = widget.width()
    needed = widget.heightForWidth(width) if wraps else widget.sizeHint().height()
    return widget.height() >= needed and (wraps or width >= widget.minimumSizeHint().width())


def shows_all(box: QComboBox) -> bool:
    """Whether the text that is chosen in a box has room in it."""
    option = QStyleOptionComboBox()
    box.initStyleOption(option)
    field = QStyle.SubControl.SC_ComboBoxEditField
    room = box.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, box)
    return box.fontMetrics().horizontalAdvance(box.currentText()) <= room.width()


def out_of_sight(window: QWidget) -> list[str]:
    """The widgets that reach out of what holds them to the side, where nothing scrolls."""
    return [
        spoken_name(widget)
        for widget in focusable(window)
        for holder in holders(widget, window)
        if not 0 <= widget.mapTo(holder, QPoint(0, 0)).x() <= holder.width() - widget.width()
    ]


def holders(widget: QWidget, window: QWidget) -> Iterator[QWidget]:
    while widget is not window and (parent := widget.parentWidget()) is not None:
        yield parent
        widget = parent
