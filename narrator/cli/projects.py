"""Projects at the command line: a `.narrator` file wherever a book may be named."""

from pathlib import Path

from narrator.project.model import Manuscript
from narrator.project.project import SUFFIX, Project


def is_project(path: Path) -> bool:
    """Say whether a file of this name would be opened as a project."""
    return path.suffix.lower() == SUFFIX


def read_project(path: Path) -> tuple[Manuscript, Path | None]:
    """Give what a project includes, and the file of its book if that is still there.

    Raises as `Project.open` does.
    """
    project = Project.open(path)
    try:
        source = project.source
        return project.manuscript(), source if source and source.exists() else None
    finally:
        project.close()
