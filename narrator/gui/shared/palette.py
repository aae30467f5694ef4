"""The palette: every action of the window by its name, found by a few letters, run with Enter."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget

from narrator.gui.shared.controls import StatusLine, speak_up
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.row_table import RowTable
from narrator.gui.shared.window_layout import fit
from narrator.gui.shared.wording import counted

Command = tuple[str, QAction]
"""The name of a menu, and an action in it."""

_TO_THE_LIST = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown})


def without_letter(text: str) -> str:
    """Give the text of a menu or an action without the mark of its underlined letter."""
    return "&".join(part.replace("&", "") for part in text.split("&&"))


def keys_of(action: QAction) -> tuple[str, ...]:
    """Give the shortcuts of an action as the system writes them."""
    return tuple(
        keys.toString(QKeySequence.SequenceFormat.NativeText) for keys in action.shortcuts()
    )


def has_words(command: Command, typed: str) -> bool:
    """Tell whether all typed words occur in the name, the menu or the keys of a command."""
    menu, action = command
    searched = without_letter(f"{action.text()} {menu} {' '.join(keys_of(action))}").casefold()
    return all(word in searched for word in typed.casefold().split())


def found(commands: Iterable[Command], typed: str) -> list[Command]:
    """Give the commands that have all typed words; names that begin with them come first."""
    start = " ".join(typed.casefold().split())

    def distance(command: Command) -> int:
        name = without_letter(command[1].text()).casefold()
        if name.startswith(start):
            return 0
        return 1 if f" {start}" in name else 2 if start in name else 3

    return sorted((command for command in commands if has_words(command, typed)), key=distance)


class CommandPalette(QDialog):
    """Type, choose, Enter. What cannot be done now is listed, says so and is not run."""

    def __init__(self, commands: Sequence[Command], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("All actions"))
        self._commands = tuple(commands)
        self._shown: list[Command] = []
        self.field = QLineEdit(self)
        self.field.setAccessibleName(self.tr("Action"))
        self.field.setPlaceholderText(self.tr("Type a few letters of an action"))
        self.field.setClearButtonEnabled(True)
        self.table = RowTable((self.tr("Action"), self.tr("Menu"), self.tr("Keys")), self)
        self.table.setAccessibleName(self.tr("Actions found"))
        self.status = StatusLine(self)
        self._lay_out()
        self.field.installEventFilter(self)
        self.table.installEventFilter(self)
        self.field.textChanged.connect(self._find)
        self.table.itemDoubleClicked.connect(lambda *_: self.run())
        self.table.currentItemChanged.connect(lambda *_: self._tell_row())
        self._find("")
        self.field.setFocus()

    @property
    def chosen(self) -> QAction | None:
        """The action at the cursor."""
        return self._shown[self.table.row][1] if self.table.row >= 0 else None

    def run(self) -> None:
        """Close and run the action at the cursor, if it can be run now."""
        action = self.chosen
        if action is None:
            return
        if not action.isEnabled():
            name = without_letter(action.text())
            self.status.warn(self.tr("“{name}” cannot be done now.").format(name=name))
            return
        self.accept()
        action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Up and Down in the field move in the list; Enter runs from both."""
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run()
            return True
        if watched is self.field and event.key() in _TO_THE_LIST:
            QApplication.sendEvent(self.table, event)
            return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.field)
        column.addWidget(self.table, 1)
        column.addWidget(self.status)
        set_tab_order([[self.field, self.table, self.status.label]])
        fit(self, letters=100, lines=36)

    def _find(self, typed: str) -> None:
        self._shown = found(self._commands, typed)
        self.table.show_rows([self._row(command) for command in self._shown])
        number = counted(len(self._shown), self.tr("action"), self.tr("actions"))
        self.status.say(number if self._shown else self.tr("No action has these words."))
        if not self._shown:
            speak_up(self.field, self.status.text)

    def _row(self, command: Command) -> tuple[str, ...]:
        menu, action = command
        name = without_letter(action.text())
        if not action.isEnabled():
            name = self.tr("{name} (not now)").format(name=name)
        elif action.isCheckable():
            state = self.tr("on") if action.isChecked() else self.tr("off")
            name = f"{name} ({state})"
        return name, without_letter(menu), self.tr(" or ").join(keys_of(action))

    def _tell_row(self) -> None:
        """Have the row read while the focus stays in the field."""
        if self.field.hasFocus() and self.table.row >= 0:
            speak_up(self.field, self.table.said(self.table.row))
