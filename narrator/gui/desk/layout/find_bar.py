"""The bar that finds and replaces words in what is spoken."""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from narrator.gui.shared.controls import speak_up
from narrator.gui.shared.wording import numeral

REST_MS = 200  # of the fingers, before a book is searched
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Query(NamedTuple):
    """What is to be found. whole_book: else in the chapter on show. text: "" finds nothing."""

    text: str
    match_case: bool = False
    whole_words: bool = False
    whole_book: bool = False


class FindBar(QWidget):
    """Two lines to write in, and what is done with what was found.

    searched(Query): what is sought has changed. stepped(+1 or -1): on to the next or the one
    before. replaced_one(by), replaced_all(by). closed: Escape or Close; the bar has hidden itself.
    """

    searched = Signal(Query)
    stepped = Signal(int)
    replaced_one = Signal(str)
    replaced_all = Signal(str)
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.text = self._line(self.tr("Find"))
        self.by = self._line(self.tr("Replace by"))
        self.match_case = QCheckBox(self.tr("Match case"), self)
        self.whole_words = QCheckBox(self.tr("Whole words"), self)
        self.scope = QComboBox(self)
        self.scope.addItems([self.tr("In this chapter"), self.tr("In the whole book")])
        self.scope.setAccessibleName(self.tr("Where to find"))
        named = QLabel(self.scope.accessibleName(), self)  # on Linux a box is read by its label
        named.setBuddy(self.scope)
        named.hide()
        self.found = QLabel(self)
        self.next = self._button(self.tr("Find next"))
        self.previous = self._button(self.tr("Find previous"))
        self.replace = self._button(self.tr("Replace"))
        self.replace_all = self._button(self.tr("Replace all"))
        self.close_button = self._button(self.tr("Close"))
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._connect()
        self._arrange()
        self.show_found(0, 0)
        self.hide()

    @property
    def query(self) -> Query:
        """What is to be found, as it stands in the bar."""
        return Query(
            self.text.text(),
            self.match_case.isChecked(),
            self.whole_words.isChecked(),
            self.scope.currentIndex() == 1,
        )

    def start(self, text: str = "", *, replacing: bool = False) -> None:
        """Show the bar, ready to be written in. text: what is selected in the book, if anything."""
        self._replacing.setVisible(replacing)
        self.show()
        if text:
            self.text.setText(text)
        self.text.selectAll()
        self.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search()

    def show_found(self, count: int, current: int) -> None:
        """Say how often it was found, and which one is shown: from 1, 0 for none."""
        if count and current:
            told = self.tr("{current} of {count}").format(
                current=numeral(current), count=numeral(count)
            )
        elif count:
            told = self.tr("{count} found").format(count=numeral(count))
        else:
            told = self.tr("Not found") if self.text.text() else ""
        for button in (self.next, self.previous, self.replace, self.replace_all):
            button.setEnabled(count > 0)
        if told != self.found.text():
            self.found.setText(told)
            speak_up(self.found, told)

    def stops(self) -> list[QWidget]:
        """Give what Tab reaches, in the order of the eye."""
        finding = [self.text, self.previous, self.next, self.close_button]
        options = [self.match_case, self.whole_words, self.scope]
        return [*finding, *options, self.by, self.replace, self.replace_all]

    def event(self, event: QEvent) -> bool:
        """Keep Escape from the window's shortcuts while the bar is written in."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            event.setAccepted(event.key() == Qt.Key.Key_Escape)
            return event.isAccepted()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._close()
        elif event.key() in ENTER and self.text.hasFocus():
            self._step(-1 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif event.key() in ENTER and self.by.hasFocus():
            self.replace.click()
        else:
            super().keyPressEvent(event)

    def _step(self, step: int) -> None:
        if self._rest.isActive():
            self._search()
        elif self.next.isEnabled():
            self.stepped.emit(step)

    def _search(self) -> None:
        self._rest.stop()
        self.searched.emit(self.query)

    def _close(self) -> None:
        self._rest.stop()
        self.hide()
        self.closed.emit()

    def _line(self, name: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setAccessibleName(name)
        line.setClearButtonEnabled(True)
        return line

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setAutoDefault(False)
        return button

    def _connect(self) -> None:
        self._rest.timeout.connect(self._search)
        self.text.textChanged.connect(lambda: self._rest.start())
        self.match_case.toggled.connect(lambda: self._search())
        self.whole_words.toggled.connect(lambda: self._search())
        self.scope.currentIndexChanged.connect(lambda: self._search())
        self.next.clicked.connect(lambda: self._step(1))
        self.previous.clicked.connect(lambda: self._step(-1))
        self.replace.clicked.connect(lambda: self.replaced_one.emit(self.by.text()))
        self.replace_all.clicked.connect(lambda: self.replaced_all.emit(self.by.text()))
        self.close_button.clicked.connect(lambda: self._close())

    def _arrange(self) -> None:
        self._replacing = QWidget(self)
        finding, replacing = QHBoxLayout(), QHBoxLayout(self._replacing)
        options = QHBoxLayout()
        for row in (finding, replacing, options):
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
        finding.addWidget(self._label(self.text))
        finding.addWidget(self.text, 1)
        for button in (self.previous, self.next, self.close_button):
            finding.addWidget(button)
        replacing.addWidget(self._label(self.by))
        replacing.addWidget(self.by, 1)
        for button in (self.replace, self.replace_all):
            replacing.addWidget(button)
        for option in (self.match_case, self.whole_words, self.scope, self.found):
            options.addWidget(option)
        options.addStretch(1)
        column = QGridLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(finding, 0, 0)
        column.addLayout(options, 1, 0)
        column.addWidget(self._replacing, 2, 0)
        for before, after in pairwise(self.stops()):
            self.setTabOrder(before, after)

    def _label(self, line: QLineEdit) -> QLabel:
        label = QLabel(line.accessibleName(), self)
        label.setBuddy(line)
        return label
