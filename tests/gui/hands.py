"""The hands of a user at the studio window: keys, choices in dialogs, a look at what is shown."""

from typing import TypeVar

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QDialog, QInputDialog, QWidget
from pytestqt.qtbot import QtBot

from narrator.gui.desk.text.rows import SentenceRow, SentenceState
from narrator.gui.desk.window import StudioWindow
from narrator.project.model import Chapter

Dialog = TypeVar("Dialog", bound=QDialog)


def press(qtbot: QtBot, keys: str) -> None:
    """Press keys where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    qtbot.keySequence(widget, QKeySequence(keys))


def write(qtbot: QtBot, text: str) -> None:
    """Type a text where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the focus"
    qtbot.keyClicks(widget, text)


def command(window: StudioWindow, keys: str) -> None:
    """Do what the window offers under a shortcut, wherever the focus is."""
    known = [action for _, action in window.can.table if QKeySequence(keys) in action.shortcuts()]
    (action,) = known
    assert action.isEnabled(), f"{action.text()} is not offered"
    action.trigger()


def opened_dialog(qtbot: QtBot, window: QWidget, kind: type[Dialog]) -> Dialog:
    """Give the dialog of a kind that is open over the window."""

    def found() -> list[Dialog]:
        return [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    dialog = found()[-1]
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def back_to(qtbot: QtBot, window: StudioWindow) -> None:
    """Be in the text again, after a dialog."""
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.text.view.setFocus()


def answer(qtbot: QtBot, window: StudioWindow, text: str) -> None:
    """Answer the question that is open, by a name or a choice."""
    dialog = opened_dialog(qtbot, window, QInputDialog)
    dialog.setTextValue(text)
    dialog.accept()


def rows(window: StudioWindow) -> list[SentenceRow]:
    """The sentences as the table has them."""
    model = window.text.sentences
    return [model.sentence_at(row) for row in range(model.rowCount())]


def texts(window: StudioWindow) -> list[str]:
    return [row.text for row in rows(window)]


def states(window: StudioWindow) -> dict[str, SentenceState]:
    return {row.text: row.state for row in rows(window)}


def sentence_of(window: StudioWindow, text: str) -> int:
    """The id of the sentence of the chapter that says `text`."""
    (id,) = [row.id for row in rows(window) if row.text == text]
    return id


def status(window: StudioWindow) -> str:
    """What the window says of what came of it."""
    shown = window.welcome if window.pages.currentWidget() is window.welcome else window.desk
    return (shown if shown is window.welcome else window.desk.transport).status.text


def chapter_of(window: StudioWindow, title: str) -> Chapter:
    """The chapter with this title, as it stands now."""
    model = window.desk.book.chapters
    chapters = [model.chapter(row) for row in range(model.rowCount())]
    (found,) = [chapter for chapter in chapters if chapter.title == title]
    return found
