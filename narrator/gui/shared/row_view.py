"""How lists look and feel: rows with air, read and chosen as a whole, Space turns check boxes."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from PySide6.QtCore import (
    QAbstractItemModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

Index = QModelIndex | QPersistentModelIndex


@runtime_checkable
class Tickable(Protocol):
    """A model whose rows bear check boxes."""

    def choose(self, rows: Sequence[int], *, checked: bool) -> None:
        """Check or clear the boxes of some rows."""

    def is_chosen(self, row: int) -> bool:
        """Say whether the box of a row is checked."""


class Roomy(QStyledItemDelegate):
    """Draws a row with air around its text, in proportion to the type."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        size = super().sizeHint(option, index)
        height = option.fontMetrics.height()
        return QSize(size.width() + height, max(size.height(), height * 8 // 5))


class RowView(QTreeView):
    """A list whose rows are read and chosen as a whole; Space turns the check boxes chosen."""

    def __init__(self, model: QAbstractItemModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(Roomy(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setAlternatingRowColors(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the boxes of all selected rows with Space, whichever column the cursor is in."""
        model = self.model()
        if event.key() != Qt.Key.Key_Space or not isinstance(model, Tickable):
            super().keyPressEvent(event)
            return
        selected = self.selectionModel().selectedRows() or [self.currentIndex()]
        rows = [index.row() for index in selected if index.isValid()]
        model.choose(rows, checked=not all(model.is_chosen(row) for row in rows))
