"""The system's dialogs for files and folders; they answer later and nobody waits for them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

BOOKS = "*.epub *.txt *.text *.md *.markdown *.html *.htm *.xhtml"


def ask_for_book(parent: QWidget, on_chosen: Callable[[Path], object]) -> None:
    """Let the user choose a book."""
    dialog = QFileDialog(parent, parent.tr("Open a book"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([f"{parent.tr('Books')} ({BOOKS})", f"{parent.tr('All files')} (*)"])
    _open(dialog, on_chosen)


def ask_for_folder(parent: QWidget, on_chosen: Callable[[Path], object]) -> None:
    """Let the user choose a folder, or make one."""
    dialog = QFileDialog(parent, parent.tr("Choose the folder for the files"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, on_chosen)


def _open(dialog: QFileDialog, on_chosen: Callable[[Path], object]) -> None:
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
