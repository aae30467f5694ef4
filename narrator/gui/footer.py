"""The foot of the window: what goes on, how far it is, and the two great buttons."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from narrator.gui.shared.controls import ActionButton, StatusLine


class Footer(QWidget):
    """Status line, progress bar, Narrate and Stop."""

    def __init__(self, narrate: QAction, stop: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self.narrate_button = ActionButton(narrate, self)
        font = self.narrate_button.font()
        font.setBold(True)
        self.narrate_button.setFont(font)
        self.stop_button = ActionButton(stop, self)
        self.status = StatusLine(self)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(self.tr("Progress of the narration"))
        self.bar.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.show_course(0, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.bar, 1)
        row.addSpacing(8)
        row.addWidget(self.narrate_button)
        row.addWidget(self.stop_button)
        line = QFrame(self)
        line.setFrameShape(QFrame.Shape.HLine)
        line.setFrameShadow(QFrame.Shadow.Sunken)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(line)
        column.addWidget(self.status)
        column.addLayout(row)

    def stops(self) -> list[QWidget]:
        """Give the widgets at which Tab stops, in order."""
        return [self.status.label, self.narrate_button, self.stop_button]

    def show_course(self, settled: int, total: int) -> None:
        """Show how many sentences of how many are done with."""
        self.bar.setRange(0, max(1, total))
        self.bar.setValue(settled)
