"""All actions with their keys, menu by menu, as a table that a screen reader reads."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from narrator.gui.shared.controls import StatusLine
from narrator.gui.shared.palette import Command, has_words, keys_of, without_letter
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.row_table import RowTable
from narrator.gui.shared.window_layout import fit
from narrator.gui.shared.wording import counted


class KeysDialog(QDialog):
    """The table, and a field that leaves the rows with all its words."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Keys"))
        self._commands = tuple(commands)
        self.field = QLineEdit(self)
        self.field.setAccessibleName(self.tr("Show only"))
        self.field.setPlaceholderText(self.tr("Show only: an action, a menu or keys"))
        self.field.setClearButtonEnabled(True)
        headers = (self.tr("Menu"), self.tr("Action"), self.tr("Keys"))
        self.table = RowTable(headers, self, wide=1)
        self.table.setAccessibleName(self.tr("Keys"))
        self.close_button = QPushButton(self.tr("&Close"), self)
        self.status = StatusLine(self)
        self._lay_out()
        self.field.textChanged.connect(self._find)
        self.close_button.clicked.connect(self.reject)
        self._find("")
        self.table.setFocus()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.status, 1)
        row.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addWidget(self.table, 1)
        column.addLayout(row)
        set_tab_order([[self.field, self.table, self.status.label, self.close_button]])
        fit(self, letters=100, lines=44)

    def _find(self, typed: str) -> None:
        shown = [command for command in self._commands if has_words(command, typed)]
        self.table.show_rows([self._row(command) for command in shown])
        number = counted(len(shown), self.tr("action"), self.tr("actions"))
        self.status.say(number if shown else self.tr("No action has these words."))

    def _row(self, command: Command) -> tuple[str, ...]:
        menu, action = command
        keys = self.tr(" or ").join(keys_of(action)) or self.tr("none")
        return without_letter(menu), without_letter(action.text()), keys
