"""For how much a pronunciation holds, and how many sentences that changes."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from narrator.gui.shared.controls import plain_label
from narrator.gui.shared.wording import counted
from narrator.studio.pronouncing import Scope


class ScopeChoice(QWidget):
    """One of three. count: asked for a scope when it is chosen; must answer at once."""

    def __init__(self, scope: Scope, count: Callable[[Scope], int], parent: QWidget) -> None:
        super().__init__(parent)
        self._count = count
        self.buttons = {
            Scope.SENTENCE: QRadioButton(self.tr("In this s&entence"), self),
            Scope.BOOK: QRadioButton(self.tr("In this b&ook"), self),
            Scope.EVERYWHERE: QRadioButton(self.tr("In a&ll books"), self),
        }
        self.counted = plain_label("", self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        group = QButtonGroup(self)
        for button in self.buttons.values():
            group.addButton(button)
            column.addWidget(button)
        column.addWidget(self.counted)
        self.buttons[scope].setChecked(True)
        group.buttonToggled.connect(self._turned)
        self._tell()

    @property
    def chosen(self) -> Scope:
        """The scope as it stands."""
        return next(scope for scope, button in self.buttons.items() if button.isChecked())

    def _turned(self, _: QAbstractButton, on: bool) -> None:
        if on:
            self._tell()

    def _tell(self) -> None:
        for scope, button in self.buttons.items():
            # Tab is to meet the chosen one, also at the first time; Qt sees to it later only.
            chosen = scope is self.chosen
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus
            )
        number = counted(self._count(self.chosen), self.tr("sentence"), self.tr("sentences"))
        text = self.tr("Changes {sentences} of this book.").format(sentences=number)
        self.counted.setText(text)
        self.buttons[self.chosen].setAccessibleDescription(text)
