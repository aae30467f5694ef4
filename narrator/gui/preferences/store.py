"""What the spoken sentences take on the disk, and the button that empties their store."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from narrator.gui.shared.controls import StatusLine, plain_label
from narrator.gui.shared.dialogs import ask
from narrator.gui.shared.errands import Errands
from narrator.gui.shared.wording import size_told


class SpokenStore(NamedTuple):
    """The store of spoken sentences. size: gives bytes. empty: deletes them; both take a while."""

    size: Callable[[], int]
    empty: Callable[[], object]


class StoreRow(QWidget):
    """Says how much is taken, and empties the store when that is asked for and confirmed."""

    def __init__(self, store: SpokenStore, status: StatusLine, parent: QWidget) -> None:
        super().__init__(parent)
        self._store = store
        self.taken = plain_label(self.tr("Looking how much they take…"), self)
        self.empty = QPushButton(self.tr("&Empty the store…"), self)
        self.errands = Errands(status, self)
        row = QHBoxLayout()
        row.addWidget(self.empty)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.taken)
        column.addLayout(row)
        self.empty.clicked.connect(self._ask)
        self.errands.changed.connect(self._refresh)
        self._status = status
        self._look()

    def stops(self) -> list[QWidget]:
        """The widgets at which Tab stops."""
        return [self.empty]

    def give_up(self) -> None:
        """Wait for nothing any more."""
        self.errands.give_up()

    def _ask(self) -> None:
        ask(
            self,
            self.tr("Empty the store? What was spoken is spoken again when it is needed."),
            yes=self.tr("Empty it"),
            no=self.tr("Keep it"),
            on_yes=self._empty,
        )

    def _empty(self) -> None:
        self.errands.run(
            lambda tell, stop: (self._store.empty(), self._store.size())[1],
            self.tr("Emptying the store…"),
            on_done=self._emptied,
        )

    def _emptied(self, size: int) -> None:
        self._show(size)
        self._status.announce(self.tr("The store is emptied."))

    def _look(self) -> None:
        self.errands.run(lambda tell, stop: self._store.size(), "", on_done=self._show)

    def _show(self, size: int) -> None:
        self.taken.setText(self.tr("They take {size} now.").format(size=size_told(size)))

    def _refresh(self) -> None:
        self.empty.setEnabled(not self.errands.busy)
