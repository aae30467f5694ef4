"""Rows with a bar in one of their columns, which shows how far something has come."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QApplication,
    QStyle,
    QStyleOptionProgressBar,
    QStyleOptionViewItem,
    QWidget,
)

from narrator.gui.shared.row_view import Roomy

SHARE = Qt.ItemDataRole.UserRole
"""The role of the share that is done, 0 to 1."""
WIDTH = 14  # letters, of the bar
FINE = 1000  # steps of the bar


class ProgressRows(Roomy):
    """Draws the style's own progress bar in `column`; the words for it stand elsewhere."""

    def __init__(self, parent: QWidget, *, column: int) -> None:
        super().__init__(parent)
        self._column = column

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Give the bar its room."""
        size = super().sizeHint(option, index)
        if index.column() == self._column:
            size.setWidth(option.fontMetrics.averageCharWidth() * WIDTH)
        return size

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the bar over the row."""
        if index.column() != self._column:
            super().paint(painter, option, index)
            return
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawPrimitive(
            QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, option.widget
        )
        bar = QStyleOptionProgressBar()
        margin = option.fontMetrics.height() // 4
        bar.rect = option.rect.adjusted(margin, margin, -margin, -margin)
        bar.palette, bar.fontMetrics, bar.state = option.palette, option.fontMetrics, option.state
        bar.state |= QStyle.StateFlag.State_Horizontal
        bar.minimum, bar.maximum = 0, FINE
        bar.progress = round(float(index.data(SHARE) or 0.0) * FINE)
        style.drawControl(QStyle.ControlElement.CE_ProgressBar, bar, painter, option.widget)
