"""All pronunciations of the user, of this book and of all books: change one, remove one."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from narrator.gui.shared.controls import StatusLine
from narrator.gui.shared.dialogs import ask
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.row_table import RowTable
from narrator.gui.shared.window_layout import fit
from narrator.gui.shared.wording import counted, shortened
from narrator.speech import Pronunciation
from narrator.studio.pronouncing import Scope

SHOWN_OF_SENTENCE = 30  # characters, enough to know it again


class ListedPronunciation(NamedTuple):
    """A pronunciation as listed. id: of its entry in the project; None for all books.

    sentence: the text of the one sentence it holds for, else "".
    """

    pronunciation: Pronunciation
    respelling: str
    scope: Scope
    id: int | None = None
    sentence: str = ""


class PronunciationsDialog(QDialog):
    """The list. `edited` and `removed` tell a ListedPronunciation; then `show_entries` is due.

    shown: phonemes as a word in newspaper style.
    """

    edited = Signal(object)
    removed = Signal(object)

    def __init__(
        self,
        entries: Sequence[ListedPronunciation],
        shown: Callable[[Sequence[str]], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Pronunciations"))
        self._entries: tuple[ListedPronunciation, ...] = ()
        self._shown = shown
        headers = (self.tr("Word"), self.tr("Said as"), self.tr("Phonemes"), self.tr("Holds in"))
        self.table = RowTable(headers, self, wide=3)
        self.table.setAccessibleName(self.tr("Pronunciations"))
        self.edit = QPushButton(self.tr("&Edit…"), self)
        self.remove = QPushButton(self.tr("&Remove"), self)
        self.close_button = QPushButton(self.tr("&Close"), self)
        self.status = StatusLine(self)
        self._lay_out()
        self.table.itemDoubleClicked.connect(lambda *_: self._edit())
        self.edit.setDefault(True)  # so that Enter in the list edits
        self.edit.clicked.connect(self._edit)
        self.remove.clicked.connect(self._remove)
        self.close_button.clicked.connect(self.reject)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self._remove)
        self.show_entries(entries)

    @property
    def chosen(self) -> ListedPronunciation | None:
        """The entry at the cursor."""
        return self._entries[self.table.row] if self.table.row >= 0 else None

    def show_entries(self, entries: Sequence[ListedPronunciation]) -> None:
        """Show the entries as they are now; the cursor stays in its place."""
        row = self.table.row
        self._entries = tuple(entries)
        self.table.show_rows([self._row(entry) for entry in entries])
        self.table.go_to(row)
        for button in (self.edit, self.remove):
            button.setEnabled(bool(entries))
        if entries:
            number = counted(len(entries), self.tr("pronunciation"), self.tr("pronunciations"))
            self.status.say(self.tr("{number}.").format(number=number))
        else:
            self.status.say(self.tr("None yet: choose a word of the book and pronounce it."))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.edit)
        row.addWidget(self.remove)
        row.addStretch()
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.table, 1)
        column.addWidget(self.status)
        column.addLayout(row)
        stops = [self.table, self.status.label, self.edit, self.remove, self.close_button]
        set_tab_order([stops])
        fit(self, letters=104, lines=26)

    def _row(self, entry: ListedPronunciation) -> tuple[str, ...]:
        symbols = entry.pronunciation.symbols
        return (
            shortened(entry.pronunciation.word),
            self._shown(symbols),
            " ".join(symbols),
            self._where(entry),
        )

    def _where(self, entry: ListedPronunciation) -> str:
        match entry.scope:
            case Scope.SENTENCE:
                return self.tr("one sentence: {text}").format(text=_beginning(entry.sentence))
            case Scope.BOOK:
                return self.tr("this book")
            case Scope.EVERYWHERE:
                return self.tr("all books")

    def _edit(self) -> None:
        if self.chosen:
            self.edited.emit(self.chosen)

    def _remove(self) -> None:
        entry = self.chosen
        if entry is None:
            return
        if entry.scope is not Scope.EVERYWHERE:
            self._tell_removed(entry)  # undo brings it back
            return
        ask(
            self,
            self.tr("Remove how {word} is said in all books? This cannot be undone.").format(
                word=shortened(entry.pronunciation.word)
            ),
            yes=self.tr("Remove"),
            no=self.tr("Keep"),
            on_yes=lambda: self._tell_removed(entry),
        )

    def _tell_removed(self, entry: ListedPronunciation) -> None:
        self.removed.emit(entry)
        word = shortened(entry.pronunciation.word)
        self.status.announce(self.tr("{word} is said as before.").format(word=word))


def _beginning(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= SHOWN_OF_SENTENCE else f"{line[:SHOWN_OF_SENTENCE]}…"
