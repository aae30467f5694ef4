"""The chapters of the open project: ticked or left out and why, how far each is spoken."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from narrator.gui.shared.wording import counted, minutes, rounded, shortened
from narrator.project.model import Chapter
from narrator.studio.speaking.schedule import CHARACTERS_PER_SECOND

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ChapterModel(QAbstractTableModel):
    """The rows of the chapter list, in the order of the book.

    ticked(ids, included): what somebody ticked; the model stays as it is until it is told better.
    """

    ticked = Signal(list, bool)
    TITLE, STATE, LENGTH = range(3)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._chapters: tuple[Chapter, ...] = ()
        self._spoken: dict[int, float] = {}
        self._headings = (self.tr("Chapter"), self.tr("State"), self.tr("Length"))

    def show(self, chapters: Sequence[Chapter]) -> None:
        """Show these chapters; while they are the same ones, no row moves."""
        same = [chapter.id for chapter in chapters] == [chapter.id for chapter in self._chapters]
        if same:
            self._chapters = tuple(chapters)
            self._refresh()
            return
        self.beginResetModel()
        self._chapters, self._spoken = tuple(chapters), {}
        self.endResetModel()

    def set_spoken(self, shares: Mapping[int, float]) -> None:
        """Say of chapters, by their ids, what share of them is spoken, 0 to 1."""
        self._spoken |= shares
        self._refresh()

    def chapter(self, row: int) -> Chapter:
        """Give the chapter of a row."""
        return self._chapters[row]

    def row_of(self, id: int) -> int | None:
        """Give the row of a chapter, None when it is not there."""
        rows = (row for row, chapter in enumerate(self._chapters) if chapter.id == id)
        return next(rows, None)

    def choose(self, rows: Sequence[int], *, checked: bool) -> None:
        """Tell that somebody ticked these rows, or took the ticks away."""
        if rows:
            self.ticked.emit([self._chapters[row].id for row in rows], checked)

    def is_chosen(self, row: int) -> bool:
        """Say whether a row is ticked."""
        return self._chapters[row].included

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._chapters)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Role.DisplayRole:
            return self._headings[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if index.column() == self.TITLE else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        chapter = self._chapters[index.row()]
        match role:
            case Role.DisplayRole:
                return self._text(chapter, index.column())
            case Role.CheckStateRole if index.column() == self.TITLE:
                return Qt.CheckState.Checked if chapter.included else Qt.CheckState.Unchecked
            case Role.TextAlignmentRole if index.column() == self.LENGTH:
                return RIGHT
            case Role.AccessibleTextRole:
                return self._told(chapter)
            case Role.ToolTipRole:
                return self._told(chapter)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        if role != Role.CheckStateRole or index.column() != self.TITLE:
            return False
        self.choose([index.row()], checked=Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def _text(self, chapter: Chapter, column: int) -> str:
        match column:
            case self.TITLE if chapter.left_out and not chapter.included:
                return self.tr("{title} ({reason})").format(
                    title=shortened(chapter.title), reason=chapter.left_out
                )
            case self.TITLE:
                return shortened(chapter.title)
            case self.STATE:
                return self._state(chapter)
            case _:
                return minutes(chapter.characters / CHARACTERS_PER_SECOND)

    def _state(self, chapter: Chapter) -> str:
        if not chapter.included:
            return self.tr("– out")
        share = self._spoken.get(chapter.id)
        if share is None:
            return ""
        if share >= 1:
            return self.tr("● ready")
        return self.tr("○ {percent} %").format(percent=int(100 * share))

    def _told(self, chapter: Chapter) -> str:
        out = self.tr("left out: {reason}") if chapter.left_out else self.tr("left out")
        share = self._spoken.get(chapter.id)
        spoken = self.tr("{percent} % spoken")
        parts = (
            shortened(chapter.title),
            self.tr("narrated") if chapter.included else out.format(reason=chapter.left_out),
            "" if share is None else spoken.format(percent=int(100 * share)),
            counted(chapter.sentences, self.tr("sentence"), self.tr("sentences")),
            rounded(chapter.characters / CHARACTERS_PER_SECOND),
        )
        return ", ".join(part for part in parts if part)

    def _refresh(self) -> None:
        if self._chapters:
            last = self.index(len(self._chapters) - 1, len(self._headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
