"""Dialogs for files and folders, names and questions; they answer later and nobody waits."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QInputDialog, QMessageBox, QWidget

BOOKS = "*.narrator *.epub *.txt *.text *.md *.markdown *.html *.htm *.xhtml"
SOUNDS = "*.wav *.flac *.mp3 *.m4a *.m4b *.ogg *.opus *.aac"
VOICE_SUFFIX = "voice"


def ask_for_book(parent: QWidget, on_chosen: Callable[[Path], object]) -> None:
    """Let the user choose a book."""
    dialog = QFileDialog(parent, parent.tr("Open a book"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(_filters(parent, parent.tr("Books"), BOOKS))
    _open(dialog, on_chosen)


def ask_for_folder(parent: QWidget, on_chosen: Callable[[Path], object]) -> None:
    """Let the user choose a folder, or make one."""
    dialog = QFileDialog(parent, parent.tr("Choose the folder for the files"))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    _open(dialog, on_chosen)


def ask_for_sound(parent: QWidget, on_chosen: Callable[[Path], object]) -> None:
    """Let the user choose a sound file."""
    dialog = QFileDialog(parent, parent.tr("Choose a sound file"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(_filters(parent, parent.tr("Sound"), SOUNDS))
    _open(dialog, on_chosen)


def ask_for_voice_file(
    parent: QWidget, on_chosen: Callable[[Path], object], *, new: str = ""
) -> None:
    """Let the user choose an exported voice, or where to write one that is called `new`."""
    dialog = QFileDialog(
        parent, parent.tr("Export a voice") if new else parent.tr("Import a voice")
    )
    dialog.setFileMode(QFileDialog.FileMode.AnyFile if new else QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters(_filters(parent, parent.tr("Voices"), f"*.{VOICE_SUFFIX}"))
    if new:
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(VOICE_SUFFIX)
        dialog.selectFile(f"{new}.{VOICE_SUFFIX}")
    _open(dialog, on_chosen)


def ask_for_name(
    parent: QWidget, question: str, name: str, on_given: Callable[[str], object]
) -> None:
    """Let the user change a name."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(question)
    dialog.setLabelText(question)
    dialog.setTextValue(name)
    dialog.textValueSelected.connect(on_given)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask_for_choice(
    parent: QWidget,
    question: str,
    choices: Sequence[tuple[str, str]],
    chosen: str,
    on_given: Callable[[str], object],
) -> None:
    """Let the user choose one of some: what is shown of each, and what is given for it."""
    dialog = QInputDialog(parent)
    dialog.setWindowTitle(question)
    dialog.setLabelText(question)
    dialog.setComboBoxItems([shown for shown, _ in choices])
    shown = next((shown for shown, given in choices if given == chosen), choices[0][0])
    dialog.setTextValue(shown)
    dialog.textValueSelected.connect(lambda shown: on_given(dict(choices)[shown]))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()


def ask(parent: QWidget, question: str, *, yes: str, no: str, on_yes: Callable[[], object]) -> None:
    """Ask before something is lost; Enter and Escape lose nothing."""
    box = QMessageBox(QMessageBox.Icon.Question, parent.windowTitle(), question, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    agreed = box.addButton(yes, QMessageBox.ButtonRole.DestructiveRole)
    kept = box.addButton(no, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(kept)
    box.setEscapeButton(kept)
    box.buttonClicked.connect(lambda button: on_yes() if button is agreed else None)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def _filters(parent: QWidget, kind: str, patterns: str) -> list[str]:
    """Give what a file dialog offers: files of one kind, or all."""
    everything = parent.tr("All files")
    return [f"{kind} ({patterns})", f"{everything} (*)"]


def _open(dialog: QFileDialog, on_chosen: Callable[[Path], object]) -> None:
    dialog.fileSelected.connect(lambda name: on_chosen(Path(name)))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
