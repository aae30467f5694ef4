"""The words for the steps that can be undone."""

from PySide6.QtCore import QCoreApplication


def edit_told(name: str) -> str:
    """Give the words for a step, by the name that the project keeps it under."""
    match name:
        case "text":
            return _tr("changed text")
        case "split":
            return _tr("a sentence split")
        case "merge":
            return _tr("sentences joined")
        case "include":
            return _tr("left out or put back")
        case "pause":
            return _tr("a pause")
        case "character":
            return _tr("who says it")
        case "cast":
            return _tr("a character's voice")
        case "take":
            return _tr("how it is said")
        case "add_take":
            return _tr("a new take")
        case "choose_take":
            return _tr("another take")
        case "chapter":
            return _tr("a chapter")
        case "facts":
            return _tr("what is said of the book")
        case "pronounce" | "forget":
            return _tr("a pronunciation")
        case "replace":
            return _tr("words replaced")
        case "quotations":
            return _tr("quotations split off")
        case "bookmark" | "remove_bookmark":
            return _tr("a bookmark")
        case _:
            return _tr("the last change")


def _tr(text: str) -> str:
    return QCoreApplication.translate("edits", text)
