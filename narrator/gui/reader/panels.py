"""What stands beside the text in reader's mode on demand: how it looks, the bookmarks."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.reader.look import Look
from narrator.gui.shared.controls import plain_label
from narrator.gui.shared.wording import shortened
from narrator.settings import READER_SIZE, READER_SPACING


class Mark(NamedTuple):
    """A bookmark as it is listed. sentence: its id. text: the note, or how the sentence begins."""

    sentence: int
    text: str


class LookPanel(QWidget):
    """Face, size, spacing and colours; `changed` gives the Look at each change."""

    changed = Signal(object)

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        tr = self.tr
        self.face = self._combo(
            (tr("Serif"), "serif"), (tr("Sans serif"), "sans"), (tr("OpenDyslexic"), "dyslexic")
        )
        self.colours = self._combo(
            (tr("As in the window"), "theme"),
            (tr("Black on white"), "paper"),
            (tr("White on black"), "night"),
            (tr("Sepia"), "sepia"),
            (tr("Black on yellow"), "yellow"),
            (tr("Yellow on black"), "amber"),
        )
        self.size_box = QSpinBox(self)
        self.size_box.setRange(*READER_SIZE)
        self.size_box.setSingleStep(2)
        self.size_box.setSuffix(tr(" px"))
        self.spacing = QDoubleSpinBox(self)
        self.spacing.setRange(*READER_SPACING)
        self.spacing.setSingleStep(0.1)
        self.spacing.setDecimals(1)
        self.spacing.setSuffix(tr(" lines"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for text, box in (
            (tr("&Face"), self.face),
            (tr("Si&ze"), self.size_box),
            (tr("Space &between lines"), self.spacing),
            (tr("&Colours"), self.colours),
        ):
            label = QLabel(text, self)
            label.setBuddy(box)
            box.setAccessibleName(text.replace("&", ""))
            column.addWidget(label)
            column.addWidget(box)
            column.addSpacing(8)
        column.addStretch()
        self.show_look(look)
        for combo in (self.face, self.colours):
            combo.currentIndexChanged.connect(self._changed)
        for box in (self.size_box, self.spacing):
            box.valueChanged.connect(self._changed)

    @property
    def look(self) -> Look:
        """What is chosen."""
        return Look(
            self.face.currentData(),
            self.size_box.value(),
            round(self.spacing.value(), 1),
            self.colours.currentData(),
        )

    def show_look(self, look: Look) -> None:
        """Choose a look."""
        self.face.setCurrentIndex(max(0, self.face.findData(look.face)))
        self.colours.setCurrentIndex(max(0, self.colours.findData(look.colours)))
        self.size_box.setValue(look.size)
        self.spacing.setValue(look.spacing)

    def stops(self) -> list[QWidget]:
        """The widgets at which Tab stops."""
        return [self.face, self.size_box, self.spacing, self.colours]

    def _combo(self, *choices: tuple[str, str]) -> QComboBox:
        combo = QComboBox(self)
        for text, value in choices:
            combo.addItem(text, value)
        return combo

    def _changed(self) -> None:
        self.changed.emit(self.look)


class BookmarksPanel(QWidget):
    """The bookmarks of the book; `chosen` gives the sentence of one, `added` asks for another."""

    chosen = Signal(int)
    added = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.add = QPushButton(self.tr("&Bookmark this place"), self)
        self.add.setAutoDefault(True)
        self.none = plain_label(self.tr("There are no bookmarks yet."), self)
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("List of bookmarks"))
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.add)
        column.addWidget(self.none)
        column.addWidget(self.list, 1)
        column.addStretch()
        self.add.clicked.connect(self.added)
        self.list.itemActivated.connect(self._activated)
        self.show_marks(())

    def show_marks(self, marks: Sequence[Mark]) -> None:
        """List bookmarks instead of those before; the cursor stays at its row."""
        row = self.list.currentRow()
        self.list.clear()
        for mark in marks:
            item = QListWidgetItem(shortened(mark.text), self.list)
            item.setData(Qt.ItemDataRole.UserRole, mark.sentence)
        self.list.setCurrentRow(min(max(row, 0), len(marks) - 1))
        self.list.setVisible(bool(marks))
        self.none.setVisible(not marks)

    def stops(self) -> list[QWidget]:
        """The widgets at which Tab stops."""
        return [self.add, self.list]

    def _activated(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
