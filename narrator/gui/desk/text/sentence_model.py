"""The sentences of a chapter as a table: number, text, voice, state, length."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QGuiApplication

from narrator.gui.desk.text.inks import dimmed, state_ink
from narrator.gui.desk.text.rows import SentenceRow, row_told
from narrator.gui.shared.wording import numeral

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
NO_PARENT = QModelIndex()
MANY = 100  # stretches that change at once: from there on, one signal for all costs less
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Look(NamedTuple):
    """How a cell is drawn. font, ink: None as all others."""

    text: str
    alignment: Qt.AlignmentFlag
    font: QFont | None
    ink: QColor | None


class SentenceModel(QAbstractTableModel):
    """The rows of the table, in the order of the chapter.

    text_edited(id, text): what somebody typed. The model stays as it is until it is told better.
    """

    text_edited = Signal(int, str)
    NUMBER, TEXT, VOICE, STATE, LENGTH = range(5)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._rows: list[SentenceRow] = []
        self._places: dict[int, int] = {}
        self._struck = QFont(QGuiApplication.font())
        self._struck.setStrikeOut(True)
        self._headings = (
            self.tr("Number"),
            self.tr("Text"),
            self.tr("Voice"),
            self.tr("State"),
            self.tr("Length"),
        )

    def show(self, rows: Sequence[SentenceRow]) -> None:
        """Show the sentences of another chapter, or of the same one after some came or went."""
        self.beginResetModel()
        self._rows = list(rows)
        self._places = {row.id: place for place, row in enumerate(self._rows)}
        self.endResetModel()

    def update(self, rows: Iterable[SentenceRow]) -> None:
        """Show these rows anew; those that are not in the table are passed over."""
        places = []
        for row in rows:
            place = self._places.get(row.id)
            if place is not None and self._rows[place] != row:
                self._rows[place] = row
                places.append(place)
        stretches = list(_stretches(sorted(places)))
        if len(stretches) > MANY:
            stretches = [(stretches[0][0], stretches[-1][1])]
        for first, last in stretches:
            self.dataChanged.emit(self.index(first, 0), self.index(last, self.LENGTH))

    def row_of(self, id: int) -> int | None:
        """Give the row in which a sentence stands; None where it does not."""
        return self._places.get(id)

    def id_at(self, row: int) -> int:
        """Give the id of the sentence in a row."""
        return self._rows[row].id

    def ids_between(self, first: int, last: int) -> list[int]:
        """Give the ids of the sentences from one row to another, both among them."""
        return [row.id for row in self._rows[first : last + 1]]

    def sentence_at(self, row: int) -> SentenceRow:
        """Give the sentence in a row."""
        return self._rows[row]

    def set_struck_font(self, font: QFont) -> None:
        """Have what is left out struck out in this type."""
        self._struck = QFont(font)
        self._struck.setStrikeOut(True)

    def rowCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal:
            if role == Role.DisplayRole:
                return self._headings[section]
            if role == Role.TextAlignmentRole:
                return RIGHT if section in (self.NUMBER, self.LENGTH) else LEFT
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == self.TEXT else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        row, column = self._rows[index.row()], index.column()
        match role:
            case Role.DisplayRole:
                return self._shown(row, column)
            case Role.EditRole if column == self.TEXT:
                return row.text
            case Role.ToolTipRole if column == self.TEXT:
                return row.text
            case Role.TextAlignmentRole:
                return self.look_of(row, column).alignment
            case Role.FontRole:
                return self.look_of(row, column).font
            case Role.ForegroundRole:
                return self.look_of(row, column).ink
            case Role.AccessibleTextRole:
                return self._spoken(row, column)
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Tell of a text that was typed, unless it is empty or says the same."""
        row = self._rows[index.row()]
        text = " ".join(str(value).split())
        if role == Role.EditRole and index.column() == self.TEXT and text not in ("", row.text):
            self.text_edited.emit(row.id, text)
        return False

    def look_of(self, row: SentenceRow, column: int) -> Look:
        """Give all that is drawn of a cell at once: a delegate that asks role by role is slow."""
        alignment = RIGHT if column in (self.NUMBER, self.LENGTH) else LEFT
        ink = None
        if column == self.STATE:
            ink = state_ink(row.state, QGuiApplication.palette())
        elif not row.included:
            ink = dimmed(QGuiApplication.palette())
        struck = column == self.TEXT and not row.included
        return Look(self._shown(row, column), alignment, self._struck if struck else None, ink)

    def _shown(self, row: SentenceRow, column: int) -> str:
        match column:
            case self.NUMBER:
                return numeral(row.number)
            case self.TEXT:
                return row.text
            case self.VOICE:
                return row.voice
            case self.STATE:
                return row.told
            case _:
                return (
                    ""
                    if row.seconds is None
                    else self.tr("{seconds} s").format(seconds=numeral(row.seconds, 1))
                )

    def _spoken(self, row: SentenceRow, column: int) -> str:
        match column:
            case self.NUMBER | self.TEXT:
                return row_told(row, len(self._rows))
            case self.STATE:
                return row.word
            case self.LENGTH if row.seconds is None:
                return self.tr("not spoken yet")
            case _:
                return self._shown(row, column)


def _stretches(places: Sequence[int]) -> Iterable[tuple[int, int]]:
    """Give ascending places as first and last of each unbroken run."""
    first = last = None
    for place in places:
        if first is None or last is None or place != last + 1:
            if first is not None and last is not None:
                yield first, last
            first = place
        last = place
    if first is not None and last is not None:
        yield first, last
