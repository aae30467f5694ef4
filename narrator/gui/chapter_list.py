"""The chapters with their check boxes, and beside them what is left out of the book, and why."""

from collections.abc import Sequence
from enum import Enum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QWidget

from narrator.book.model import LeftOut
from narrator.gui.opening import ChapterFacts
from narrator.gui.shared.wording import counted, minutes, rounded, shortened

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class State(Enum):
    """Where a chapter stands; a sign and a word, for nobody is to depend on a colour."""

    IDLE = ""
    WAITING = "○ waiting"
    SPEAKING = "▶ speaking"
    READY = "✓ ready"
    FAILED = "! failed"


class ChapterModel(QAbstractTableModel):
    """The chapters of the open book: which are chosen, and where each stands."""

    chosen_changed = Signal()
    TITLE, STATE, SENTENCES, LENGTH = range(4)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chapters: tuple[ChapterFacts, ...] = ()
        self._chosen: set[int] = set()
        self._states: dict[int, State] = {}
        self._locked = False
        self._headings = (
            self.tr("Chapter"),
            self.tr("State"),
            self.tr("Sentences"),
            self.tr("Length"),
        )

    def show(self, chapters: Sequence[ChapterFacts]) -> None:
        """Show the chapters of another book, all chosen."""
        self.beginResetModel()
        self._chapters = tuple(chapters)
        self._chosen = {chapter.number for chapter in chapters}
        self._states = {}
        self.endResetModel()
        self.chosen_changed.emit()

    def chosen(self) -> list[ChapterFacts]:
        """Give the chapters whose boxes are checked, in the order of the book."""
        return [chapter for chapter in self._chapters if chapter.number in self._chosen]

    def choose(self, rows: Sequence[int], *, checked: bool) -> None:
        """Check or clear the boxes of some rows, unless the list is locked."""
        if self._locked or not rows:
            return
        numbers = {self._chapters[row].number for row in rows}
        self._chosen = self._chosen | numbers if checked else self._chosen - numbers
        self._refresh()
        self.chosen_changed.emit()

    def choose_all(self, *, checked: bool) -> None:
        """Check or clear all boxes, unless the list is locked."""
        self.choose(range(len(self._chapters)), checked=checked)

    def is_chosen(self, row: int) -> bool:
        """Say whether the box of a row is checked."""
        return self._chapters[row].number in self._chosen

    def lock(self, locked: bool) -> None:
        """Keep the boxes as they are while the chapters are being narrated."""
        self._locked = locked
        self._refresh()

    def set_states(self, states: dict[int, State]) -> None:
        """Say anew where chapters stand, by their numbers."""
        self._states |= states
        self._refresh()

    def state(self, number: int) -> State:
        """Give where the chapter of this number stands."""
        return self._states.get(number, State.IDLE)

    def forget_states(self) -> None:
        """Say of no chapter any more where it stands."""
        self._states = {}
        self._refresh()

    def end_states(self) -> None:
        """Say of no chapter any more that it waits or is spoken: nobody speaks."""
        ended = (State.READY, State.FAILED)
        self._states = {number: state for number, state in self._states.items() if state in ended}
        self._refresh()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._chapters)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._headings[section]
        if role == Role.TextAlignmentRole and section in (self.SENTENCES, self.LENGTH):
            return RIGHT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if index.column() == self.TITLE and not self._locked:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        chapter = self._chapters[index.row()]
        match role:
            case Role.DisplayRole:
                return self._text(chapter, index.column())
            case Role.CheckStateRole if index.column() == self.TITLE:
                chosen = chapter.number in self._chosen
                return Qt.CheckState.Checked if chosen else Qt.CheckState.Unchecked
            case Role.TextAlignmentRole if index.column() in (self.SENTENCES, self.LENGTH):
                return RIGHT
            case Role.AccessibleTextRole:
                return self._spoken(chapter) if index.column() == self.TITLE else None
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or self._locked:
            return False
        self.choose([index.row()], checked=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _text(self, chapter: ChapterFacts, column: int) -> str:
        match column:
            case self.TITLE:
                return f"{chapter.number}   {shortened(chapter.title)}"
            case self.SENTENCES:
                return f"{chapter.sentences:,}"
            case self.LENGTH:
                return minutes(chapter.seconds)
            case _:
                return self.tr(self.state(chapter.number).value)

    def _spoken(self, chapter: ChapterFacts) -> str:
        parts = [
            self.tr("Chapter {number} of {all}").format(
                number=chapter.number, all=len(self._chapters)
            ),
            shortened(chapter.title),
            counted(chapter.sentences, self.tr("sentence"), self.tr("sentences")),
            rounded(chapter.seconds),
            self.state(chapter.number).value.lstrip("○▶✓! "),
        ]
        return ", ".join(part for part in parts if part)

    def _refresh(self) -> None:
        if self._chapters:
            last = self.index(len(self._chapters) - 1, len(self._headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last)


class LeftOutModel(QAbstractTableModel):
    """What stands in the book and is not spoken, with the reason."""

    TITLE, REASON, WORDS = range(3)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._parts: tuple[LeftOut, ...] = ()
        self._headings = (self.tr("Part"), self.tr("Because it is"), self.tr("Words"))

    def show(self, parts: Sequence[LeftOut]) -> None:
        """Show what is left out of another book."""
        self.beginResetModel()
        self._parts = tuple(parts)
        self.endResetModel()

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._parts)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._headings[section]
        return RIGHT if role == Role.TextAlignmentRole and section == self.WORDS else None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        part = self._parts[index.row()]
        words = counted(part.words, self.tr("word"), self.tr("words"))
        columns = (shortened(part.title), part.reason, f"{part.words:,}")
        match role:
            case Role.DisplayRole:
                return columns[index.column()]
            case Role.TextAlignmentRole if index.column() == self.WORDS:
                return RIGHT
            case Role.AccessibleTextRole if index.column() == self.TITLE:
                return f"{columns[self.TITLE]}, {part.reason}, {words}"
        return None
