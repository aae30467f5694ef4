"""Small widgets that the panels share: labels of plain text, buttons that are an action's face."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)


def plain_label(text: str, parent: QWidget) -> QLabel:
    """Give a label that wraps and shows `text` as it is: what a book says is never markup."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    return label


def heading(text: str, factor: float, parent: QWidget) -> QLabel:
    """Give a bold label in a type `factor` times the system's."""
    label = plain_label(text, parent)
    font = label.font()
    font.setBold(True)
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    label.setFont(font)
    return label


def speak_up(widget: QWidget, text: str) -> None:
    """Have a screen reader, where one is on, say `text` once."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class ScrolledColumn(QScrollArea):
    """Widgets one below the other, scrolled where the type is large and the screen small."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        inner = QWidget(self)
        self.column = QVBoxLayout(inner)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it has the focus
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """Never narrower than what is in it: nothing scrolls sideways."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        needed = self.column.minimumSize().width() + bar
        return super().minimumSizeHint().expandedTo(QSize(needed, 0))


class ActionButton(QPushButton):
    """The face of an action: its text, its tip with the shortcut, enabled when it is.

    short: what it shows where the full text would repeat the label beside it.
    """

    def __init__(self, action: QAction, parent: QWidget, *, short: str = "") -> None:
        super().__init__(parent)
        self._action = action
        self.setText(short or action.text())
        self.setAccessibleName(action.text())
        self.setAutoDefault(True)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(action.trigger)
        self.setToolTip(action.toolTip())
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        self.setEnabled(self._action.isEnabled())


class StatusLine(QWidget):
    """The one line in which the window says what it does, what came of it and what went wrong.

    told: what a screen reader says of {text}, where there is another such line in the window.
    """

    def __init__(self, parent: QWidget, *, told: str = "") -> None:
        super().__init__(parent)
        self._told = told or self.tr("Status: {text}")
        self._icon = QLabel(self)
        self.label = plain_label("", self)
        self.label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # to be read again with Tab
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon, 0)
        row.addWidget(self.label, 1)
        self._put("")

    @property
    def text(self) -> str:
        """The line as it stands."""
        return self.label.text()

    def say(self, text: str) -> None:
        """Show a line of progress, silently: a screen reader is not to hear each sentence."""
        self._icon.setVisible(False)
        self._put(text)

    def announce(self, text: str) -> None:
        """Show a result, and have a screen reader say it once."""
        self.say(text)
        speak_up(self.label, text)

    def warn(self, text: str) -> None:
        """Show an error, with a sign, and have a screen reader say it once."""
        side = self.fontMetrics().height()
        sign = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        self._icon.setPixmap(sign.pixmap(side, side))
        self._icon.setVisible(True)
        self._put(text)
        speak_up(self.label, text)

    def _put(self, text: str) -> None:
        self.label.setText(text)
        self.label.setAccessibleName(self._told.format(text=text))
