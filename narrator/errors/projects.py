"""What can be wrong with a project's file."""

from dataclasses import dataclass
from pathlib import Path

from narrator.errors.kinds import ProjectError


@dataclass
class ProjectInUse(ProjectError):
    """Another window or program has the project open."""

    path: Path


@dataclass
class ProjectTooNew(ProjectError):
    """A newer narrator has written the project."""

    path: Path


@dataclass
class ProjectDamaged(ProjectError):
    """The file is no project that can be read. copy: the latest good copy of it, if there is one.

    reason: one plain clause.
    """

    path: Path
    reason: str
    copy: Path | None = None
