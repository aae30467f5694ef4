"""The open project and what is done to it: every edit is kept, told, and can be undone."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from narrator.errors import NarratorError
from narrator.project.model import Changes
from narrator.project.project import Project

Edit = Callable[[Project], Changes | None]


class Editing(QObject):
    """One open project at a time, or none.

    opened(): another project is open, or none. changed(changes): something of it is otherwise now.
    refused(error): an edit could not be kept, and nothing of it was done.
    """

    opened = Signal()
    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._project: Project | None = None

    @property
    def project(self) -> Project | None:
        """The open project; nobody but this class edits it."""
        return self._project

    def open(self, project: Project) -> None:
        """Work on another project; the one before is closed."""
        self.close()
        self._project = project
        self.opened.emit()

    def close(self) -> None:
        """Close the project, if one is open; all of it is on the disk already."""
        if self._project is None:
            return
        project, self._project = self._project, None
        try:
            project.close()
        except NarratorError as error:
            self.refused.emit(error)

    def do(self, edit: Edit) -> None:
        """Edit the project, as in `do(lambda project: project.split(id, at))`."""
        if self._project is None:
            return
        try:
            changes = edit(self._project)
        except (NarratorError, ValueError, KeyError) as error:
            self.refused.emit(error)
            return
        if changes is not None and changes != Changes():
            self.changed.emit(changes)

    def undo(self) -> None:
        """Take back the last edit."""
        self.do(lambda project: project.undo())

    def redo(self) -> None:
        """Do again what was taken back."""
        self.do(lambda project: project.redo())

    def read(self, question: Callable[[Project], Any], otherwise: Any = None) -> Any:
        """Ask something of the project; `otherwise` when none is open or it cannot be read."""
        if self._project is None:
            return otherwise
        try:
            return question(self._project)
        except (NarratorError, KeyError) as error:
            self.refused.emit(error)
            return otherwise
