"""The table of sentences, for those who work by columns: chosen, filtered, edited in place."""

from enum import Enum

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSignalBlocker,
    QSortFilterProxyModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from narrator.gui.desk.text.rows import SentenceState
from narrator.gui.desk.text.sentence_model import Look, SentenceModel
from narrator.gui.shared.wording import numeral

Index = QModelIndex | QPersistentModelIndex
EDIT_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
WIDEST_VOICE = 14  # characters; a longer name is cut, and read in full by a screen reader


class Filter(Enum):
    """Which sentences the table shows."""

    ALL = "all"
    CHANGED = "changed"
    FAILED = "failed"
    DOUBTFUL = "doubtful"


class FilteredSentences(QSortFilterProxyModel):
    """The sentences that a filter lets through."""

    def __init__(self, source: SentenceModel, parent: QObject) -> None:
        super().__init__(parent)
        self.kept = Filter.ALL
        self._source = source
        self.setSourceModel(source)

    def keep(self, kept: Filter) -> None:
        """Show the sentences of this kind alone."""
        self.kept = kept
        self.invalidate()

    def ids_between(self, first: int, last: int) -> list[int]:
        """Give the ids of the sentences from one row to another, both among them."""
        if self.kept is Filter.ALL:
            return self._source.ids_between(first, last)
        rows = (self.mapToSource(self.index(row, 0)).row() for row in range(first, last + 1))
        return [self._source.id_at(row) for row in rows]

    def look_at(self, index: Index) -> Look:
        """Give how a cell is drawn."""
        row = self._source.sentence_at(self.mapToSource(index).row())
        return self._source.look_of(row, index.column())

    def filterAcceptsRow(self, source_row: int, source_parent: Index) -> bool:
        kept = self.kept
        if kept is Filter.ALL:
            return True
        row = self._source.sentence_at(source_row)
        match kept:
            case Filter.CHANGED:
                return row.state is SentenceState.CHANGED
            case Filter.FAILED:
                return row.state is SentenceState.FAILED
            case _:
                return row.doubtful


class SentenceDelegate(QStyledItemDelegate):
    """Draws a cell and edits the whole text of a sentence in one line."""

    def __init__(self, filtered: FilteredSentences, parent: QObject) -> None:
        super().__init__(parent)
        self._filtered = filtered

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        look = self._filtered.look_at(index)
        option.text = look.text
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
        option.displayAlignment = look.alignment
        if look.font:
            option.font = look.font
        if look.ink:
            option.palette.setColor(QPalette.ColorRole.Text, look.ink)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        editor = QLineEdit(parent)
        editor.setFrame(False)
        number = index.model().index(index.row(), SentenceModel.NUMBER).data()
        editor.setAccessibleName(self.tr("Text of sentence {number}").format(number=number))
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Show the text, unless somebody has begun to type: news of its sound wipe out nothing."""
        if not (isinstance(editor, QLineEdit) and editor.isModified()):
            super().setEditorData(editor, index)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep Enter, which ends the edit, from being a shortcut of the window meanwhile."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in EDIT_KEYS
        ):
            event.accept()
            return True
        return super().eventFilter(watched, event)


class SentenceTable(QTableView):
    """Sentences in rows. Enter, F2 and a double click edit the text, Escape leaves it as it was.

    current_changed(id), selection_changed(ids): by the user alone. activated_at(id): a double click
    beside the text. What is typed comes from the model's `text_edited`.
    """

    current_changed = Signal(int)
    selection_changed = Signal(list)
    activated_at = Signal(int)

    def __init__(self, sentences: SentenceModel, parent: QWidget) -> None:
        super().__init__(parent)
        self.sentences = sentences
        self.filtered = FilteredSentences(sentences, self)
        self.setModel(self.filtered)
        self.setItemDelegate(SentenceDelegate(self.filtered, self))
        self.setAccessibleName(self.tr("Sentences"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setShowGrid(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionResizeMode(SentenceModel.TEXT, QHeaderView.ResizeMode.Stretch)
        self._follow_type()

    def set_filter(self, kept: Filter) -> None:
        """Show the sentences of one kind alone; the cursor stays where its sentence stays."""
        current = self.current_id()
        with QSignalBlocker(self):
            self.filtered.keep(kept)
        if current is not None:
            self.set_current(current)

    def current_id(self) -> int | None:
        """Give the sentence with the cursor."""
        index = self.currentIndex()
        return self._id(index) if index.isValid() else None

    def selected_ids(self) -> list[int]:
        """Give the sentences that are selected, in the order of the chapter."""
        # by stretches, for all of a long chapter may be selected
        selection = self.selectionModel().selection()
        parts = (selection.at(place) for place in range(selection.count()))
        stretches = sorted({(part.top(), part.bottom()) for part in parts})
        return [id for first, last in stretches for id in self.filtered.ids_between(first, last)]

    def set_current(self, id: int) -> None:
        """Put the cursor on a sentence, silently; one that is not on show is passed over."""
        row = self.sentences.row_of(id)
        if row is None:
            return
        index = self.filtered.mapFromSource(self.sentences.index(row, SentenceModel.TEXT))
        if index.isValid() and id != self.current_id():
            with QSignalBlocker(self):
                self.setCurrentIndex(index)

    @property
    def is_editing(self) -> bool:
        """Whether a text is being edited in place."""
        return self.state() == QAbstractItemView.State.EditingState

    def edit_current(self) -> None:
        """Edit the text of the sentence with the cursor, in place."""
        index = self.currentIndex()
        if index.isValid() and not self.is_editing:
            self.edit(index.siblingAtColumn(SentenceModel.TEXT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in EDIT_KEYS and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.edit_current()
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if not index.isValid() or event.button() != Qt.MouseButton.LeftButton:
            super().mouseDoubleClickEvent(event)
        elif index.column() == SentenceModel.TEXT:
            self.edit(index)
        else:
            self.activated_at.emit(self._id(index))

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.isValid() and current.row() != previous.row():
            self.current_changed.emit(self._id(current))

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit(self.selected_ids())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._follow_type()

    def _id(self, index: Index) -> int:
        return self.sentences.id_at(self.filtered.mapToSource(index).row())

    def _follow_type(self) -> None:
        """Fit rows and columns to the type; measured once, for 100,000 rows are not looked at."""
        metrics = self.fontMetrics()
        self.verticalHeader().setDefaultSectionSize(metrics.height() * 8 // 5)
        self.sentences.set_struck_font(self.font())
        states = max((state.word for state in SentenceState), key=metrics.horizontalAdvance)
        widest = {
            SentenceModel.NUMBER: numeral(100_000),
            SentenceModel.VOICE: "n" * WIDEST_VOICE,
            SentenceModel.STATE: f"○? {self.tr('{state}, doubtful').format(state=states)}",
            SentenceModel.LENGTH: self.tr("{seconds} s").format(seconds=numeral(100, 1)),
        }
        for column, text in widest.items():
            title = self.sentences.headerData(column, Qt.Orientation.Horizontal)
            width = max(metrics.horizontalAdvance(text), metrics.horizontalAdvance(title))
            self.setColumnWidth(column, width + 2 * metrics.averageCharWidth())
