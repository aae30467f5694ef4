"""Everything the window can do, as one table: menus, shortcuts and buttons are made from it."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu


class Actions:
    """The actions of the main window, each in a menu and with a shortcut."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._bar = window.menuBar()
        tr = window.tr
        book = self._menu(tr("&File"))
        self.open = self._action(book, tr("Open a book…"), "Ctrl+O")
        self.sample = self._action(book, tr("Open the sample book"), "Ctrl+Shift+O")
        book.addSeparator()
        self.quit = self._action(book, tr("Quit"), "Ctrl+Q")
        chapters = self._menu(tr("&Chapters"))
        self.choose_all = self._action(chapters, tr("Choose all chapters"), "Ctrl+Shift+A")
        self.choose_none = self._action(chapters, tr("Choose no chapter"), "Ctrl+Shift+N")
        narration = self._menu(tr("&Narration"))
        self.narrate = self._action(narration, tr("Narrate"), "Ctrl+Return", "Ctrl+Enter")
        self.stop = self._action(narration, tr("Stop"), "Esc")
        narration.addSeparator()
        self.hear = self._action(narration, tr("Hear the line"), "Ctrl+L")
        self.folder = self._action(narration, tr("Choose the folder…"), "Ctrl+D")
        self.reveal = self._action(narration, tr("Show the files"), "Ctrl+Shift+D")
        voices = self._menu(tr("V&oices"))
        self.voices = self._action(voices, tr("Voices…"), "Ctrl+Shift+V")
        self.new_voice = self._action(voices, tr("New voice…"), "Ctrl+Shift+R")
        voices.addSeparator()
        self.check = self._action(voices, tr("Check a sound file…"), "Ctrl+Shift+F")
        view = self._menu(tr("&Go"))
        self.next_pane = self._action(view, tr("To the next pane"), "F6")
        self.previous_pane = self._action(view, tr("To the pane before"), "Shift+F6")

    def connect(self, slots: dict[QAction, Callable[[], object]]) -> None:
        """Say what each action does."""
        for action, slot in slots.items():
            action.triggered.connect(lambda _=False, do=slot: do())

    def _menu(self, title: str) -> QMenu:
        menu = QMenu(title, self._window)
        self._bar.addMenu(menu)
        return menu

    def _action(self, menu: QMenu, text: str, *keys: str) -> QAction:
        action = QAction(text, self._window)
        action.setShortcuts([QKeySequence(key) for key in keys])
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text.rstrip('…')} ({shown})")
        menu.addAction(action)
        return action
