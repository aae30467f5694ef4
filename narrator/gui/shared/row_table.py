"""A table whose rows are chosen as a whole, and read as a whole by a screen reader."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem, QWidget

from narrator.gui.shared.row_view import Roomy


class RowTable(QTreeWidget):
    """Rows of texts under `headers`. wide: the column that takes what room is left."""

    def __init__(self, headers: Sequence[str], parent: QWidget, *, wide: int = 0) -> None:
        super().__init__(parent)
        self.setHeaderLabels(list(headers))
        self.setItemDelegate(Roomy(self))
        self.setRootIsDecorated(False)
        self.setUniformRowHeights(True)
        self.setAllColumnsShowFocus(True)
        self.setAlternatingRowColors(True)
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)

    def show_rows(self, rows: Sequence[tuple[str, ...]]) -> None:
        """Show other rows; the cursor goes to the first one."""
        self.clear()
        for texts in rows:
            item = QTreeWidgetItem(list(texts))
            said = ", ".join(text for text in texts if text)
            item.setData(0, Qt.ItemDataRole.AccessibleTextRole, said)
            self.addTopLevelItem(item)
        if rows:
            self.go_to(0)

    @property
    def row(self) -> int:
        """The row at the cursor, -1 when there is none."""
        return self.currentIndex().row()

    def go_to(self, row: int) -> None:
        """Put the cursor on a row, or the nearest one there is."""
        if item := self.topLevelItem(min(max(row, 0), self.topLevelItemCount() - 1)):
            self.setCurrentItem(item)

    def said(self, row: int) -> str:
        """What a screen reader says of a row."""
        item = self.topLevelItem(row)
        return str(item.data(0, Qt.ItemDataRole.AccessibleTextRole)) if item else ""
