"""The phonemes with a word each, to be picked with the arrows and Enter, or with the mouse."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

from narrator.gui.pronouncing.phoneme_table import CONSONANTS, VOWELS, Example

LINES_SHOWN = 6


class PhonemePicker(QListWidget):
    """All phonemes, vowels first, in rows that fill the width.

    `picked` tells the phoneme that was chosen; `taken_back` that the last one is to go again.
    """

    picked = Signal(str)
    taken_back = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Phonemes"))
        self.setAccessibleDescription(
            self.tr("Enter puts a phoneme into the field, Backspace takes the last one away.")
        )
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for example in (*VOWELS, *CONSONANTS):
            self.addItem(self._item(example))
        metrics = self.fontMetrics()
        texts = (self.item(row).text() for row in range(self.count()))
        width = max(metrics.horizontalAdvance(text) for text in texts)
        cell = QSize(width + metrics.height() * 2, metrics.height() * 8 // 5)
        for row in range(self.count()):
            self.item(row).setSizeHint(cell)
        self.setMinimumHeight(cell.height() * LINES_SHOWN // 2)
        self._wanted = QSize(cell.width() * 8, cell.height() * LINES_SHOWN)
        self.setCurrentRow(0)
        self.itemDoubleClicked.connect(self._pick)

    def sizeHint(self) -> QSize:
        """Ask for room for all phonemes, in a type of the usual size."""
        return self._wanted

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pick with Enter or Space, take back with Backspace."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._pick(self.currentItem())
            case Qt.Key.Key_Backspace:
                self.taken_back.emit()
            case _:
                super().keyPressEvent(event)

    def _item(self, example: Example) -> QListWidgetItem:
        item = QListWidgetItem(f"{example.phoneme}  {example.word}")
        said = self.tr("{phoneme} as in {word}").format(**example._asdict())
        item.setData(Qt.ItemDataRole.AccessibleTextRole, said)
        item.setToolTip(said)
        item.setData(Qt.ItemDataRole.UserRole, example.phoneme)
        return item

    def _pick(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
