"""Everything the window can do, as one table, of which menus, palette and key list are made.

A command of the text works where the text has the focus, so that its single letters are typed
everywhere else; all others work in the whole window.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QMenu, QWidget

TAKES = 9


class DeskActions:
    """The actions of the window, each in a menu. text: the widgets whose commands are letters."""

    def __init__(self, window: QMainWindow, text: Sequence[QWidget]) -> None:
        self._window = window
        self._text = text
        self.table: list[tuple[str, QAction]] = []
        """Each action with the title of its menu, in order."""
        self._file()
        self._edit()
        self._sentence()
        self._voices()
        self._playback()
        self._export()
        self._view()
        self._help()

    def connect(
        self, slots: dict[QAction, Callable[[], object]], before: Callable[[], object]
    ) -> None:
        """Say what each action does. before: is done first, whichever it is."""
        for action, slot in slots.items():
            action.triggered.connect(lambda _=False, do=slot: (before(), do()))

    def _file(self) -> None:
        tr, menu = self._window.tr, self._menu(self._window.tr("&File"))
        self.open = self._add(menu, tr("Open a book…"), "Ctrl+O")
        self.sample = self._add(menu, tr("Open the sample book"), "Ctrl+Shift+O")
        self.recent = QMenu(tr("Open again"), self._window)
        menu.addMenu(self.recent)
        menu.addSeparator()
        self.details = self._add(menu, tr("Book details…"), "Ctrl+I")
        self.close_book = self._add(menu, tr("Close the book"), "Ctrl+W")
        menu.addSeparator()
        self.preferences = self._add(menu, tr("Preferences…"), "Ctrl+,")
        self.quit = self._add(menu, tr("Quit"), "Ctrl+Q")

    def _edit(self) -> None:
        tr, menu = self._window.tr, self._menu(self._window.tr("&Edit"))
        self.undo = self._add(menu, tr("Undo"), "Ctrl+Z")
        self.redo = self._add(menu, tr("Redo"), "Ctrl+Shift+Z", "Ctrl+Y")
        menu.addSeparator()
        self.find = self._add(menu, tr("Find…"), "Ctrl+F")
        self.replace = self._add(menu, tr("Replace…"), "Ctrl+H")
        self.find_next = self._add(menu, tr("Find the next"), "F3")
        self.find_previous = self._add(menu, tr("Find the one before"), "Shift+F3")

    def _sentence(self) -> None:
        tr, menu = self._window.tr, self._menu(self._window.tr("&Sentence"))
        self.edit_text = self._add_text(menu, tr("Edit the text"), "Return", "Enter")
        self.next_word = self._add_text(menu, tr("To the next word"), "Ctrl+Right")
        self.previous_word = self._add_text(menu, tr("To the word before"), "Ctrl+Left")
        self.split = self._add_text(menu, tr("Split in front of the word"), "Shift+Return")
        self.merge = self._add_text(menu, tr("Join with the next one"), "J")
        self.leave_out = self._add_text(menu, tr("Leave out, or put back"), "X")
        menu.addSeparator()
        self.take_again = self._add_text(menu, tr("Take again"), "R")
        takes = QMenu(tr("Choose a take"), self._window)
        menu.addMenu(takes)
        self.takes = [
            self._add_text(takes, tr("Take {number}").format(number=number), str(number))
            for number in range(1, TAKES + 1)
        ]
        self.compare = self._add_text(menu, tr("Compare with the take before"), "C")
        self.reset = self._add_text(menu, tr("Back to the voice's own way"), "Backspace")
        menu.addSeparator()
        self.pronounce = self._add_text(menu, tr("Pronounce the word…"), "P")
        self.pronunciations = self._add(menu, tr("All pronunciations…"), "Ctrl+P")
        self.retry = self._add(menu, tr("Try again what failed"), "Ctrl+Shift+T")

    def _voices(self) -> None:
        tr, menu = self._window.tr, self._menu(self._window.tr("V&oices"))
        self.voice = self._add_text(menu, tr("Voice of the sentence"), "V")
        self.book_voice = self._add(menu, tr("Voice of the book…"), "Ctrl+Alt+V")
        self.chapter_voice = self._add(menu, tr("Voice of the chapter…"), "Ctrl+Alt+C")
        self.character = self._add(menu, tr("New character…"), "Ctrl+Alt+N")
        self.quotations = self._add(menu, tr("Give quotations to a character…"), "Ctrl+Alt+Q")
        menu.addSeparator()
        self.voices = self._add(menu, tr("Voices…"), "Ctrl+Shift+V")
        self.new_voice = self._add(menu, tr("New voice…"), "Ctrl+Shift+R")
        self.check = self._add(menu, tr("Check a sound file…"), "Ctrl+Shift+F")

    def _playback(self) -> None:
        tr, menu = self._window.tr, self._menu(self._window.tr("&Playback"))
        self.play = self._add(menu, tr("Play or pause"), "Ctrl+Space")
        self._also_in_text(self.play, "Space")
        self.previous = self._add(menu, tr("To the sentence before"), "Alt+Up")
        self.next = self._add(menu, tr("To the next sentence"), "Alt+Down")
        self.back = self._add_text(menu, tr("Ten seconds back"), "Left")
        self.forward = self._add_text(menu, tr("Ten seconds on"), "Right")
        self.previous_chapter = self._add(menu, tr("To the chapter before"), "Ctrl+Up")
        self.next_chapter = self._add(menu, tr("To the next chapter"), "Ctrl+Down")
        menu.addSeparator()
        self.faster = self._add_text(menu, tr("Faster"), "S")
        self.slower = self._add_text(menu, tr("Slower"), "Shift+S")
        menu.addSeparator()
        self.bookmark = self._add_text(menu, tr("Bookmark"), "B")

    def _export(self) -> None:
        tr, menu = self._window.tr, self._menu(self._window.tr("E&xport"))
        self.export = self._add(menu, tr("Export…"), "Ctrl+E")
        self.queue = self._add(menu, tr("The queue"), "Ctrl+Shift+E", checkable=True)
        self.proof = self._add(menu, tr("Listen for doubtful sentences"), "Ctrl+Shift+L")

    def _view(self) -> None:
        tr, menu = self._window.tr, self._menu(self._window.tr("&View"))
        self.as_page = self._add(menu, tr("As a page"), "Ctrl+1", checkable=True)
        self.as_list = self._add(menu, tr("As a list"), "Ctrl+2", checkable=True)
        group = QActionGroup(self._window)
        for action in (self.as_page, self.as_list):
            group.addAction(action)
        self.as_page.setChecked(True)
        shown = QMenu(tr("Show in the list"), self._window)
        menu.addMenu(shown)
        self.show_all = self._add(shown, tr("All sentences"), "Ctrl+Alt+1")
        self.show_changed = self._add(shown, tr("Changed ones"), "Ctrl+Alt+2")
        self.show_failed = self._add(shown, tr("Failed ones"), "Ctrl+Alt+3")
        self.show_doubtful = self._add(shown, tr("Doubtful ones"), "Ctrl+Alt+4")
        menu.addSeparator()
        self.lane = self._add(menu, tr("Prosody"), "F8", checkable=True)
        self.reader = self._add(menu, tr("Reader's mode"), "F11", checkable=True)
        menu.addSeparator()
        self.next_pane = self._add(menu, tr("To the next pane"), "F6")
        self.previous_pane = self._add(menu, tr("To the pane before"), "Shift+F6")

    def _help(self) -> None:
        tr, menu = self._window.tr, self._menu(self._window.tr("&Help"))
        self.palette = self._add(menu, tr("All commands…"), "Ctrl+K")
        self.keys = self._add(menu, tr("Keys"), "F1")

    def _menu(self, title: str) -> QMenu:
        menu = QMenu(title, self._window)
        self._window.menuBar().addMenu(menu)
        return menu

    def _add(self, menu: QMenu, text: str, *keys: str, checkable: bool = False) -> QAction:
        action = QAction(text, self._window)
        action.setCheckable(checkable)
        action.setShortcuts([QKeySequence(key) for key in keys])
        shown = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        action.setToolTip(f"{text.rstrip('…')} ({shown})")
        menu.addAction(action)
        self.table.append((menu.title().replace("&", ""), action))
        return action

    def _add_text(self, menu: QMenu, text: str, *keys: str) -> QAction:
        action = self._add(menu, text, *keys)
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for widget in self._text:
            widget.addAction(action)
        return action

    def _also_in_text(self, action: QAction, key: str) -> None:
        """Have a key of the text trigger an action of the window."""
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for widget in self._text:
            shortcut = QShortcut(QKeySequence(key), widget, context=context)
            shortcut.activated.connect(action.trigger)
