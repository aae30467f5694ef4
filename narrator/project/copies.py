"""Copies of a project's file, made beside the work, to go back to when the file is damaged."""

import re
import sqlite3
from datetime import datetime, timedelta
from pathlib import Path

from narrator.disk import atomic_path

FOLDER = ".copies"
EVERY = timedelta(minutes=30)
KEPT = 5
_FORM = "%Y-%m-%d %H.%M.%S"
_TIME = r"\d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d"


def copies_of(path: Path) -> list[Path]:
    """Give the copies of a project's file, the latest first."""
    name = re.compile(rf"{re.escape(path.stem)} {_TIME}{re.escape(path.suffix)}")
    folder = path.parent / FOLDER
    if not folder.is_dir():
        return []
    # Among the names of one project, the order of names is the order of times.
    return sorted((copy for copy in folder.iterdir() if name.fullmatch(copy.name)), reverse=True)


def latest_copy(path: Path) -> datetime | None:
    """Give the local time of the latest copy, None when there is none."""
    for copy in copies_of(path):
        return datetime.strptime(copy.stem[len(path.stem) + 1 :], _FORM)
    return None


def make_copy(connection: sqlite3.Connection, path: Path, now: datetime) -> Path:
    """Copy what is committed into the folder `.copies` beside `path`; the oldest go.

    now: local time. Raises DiskFull, FolderNotWritable or sqlite3.Error.
    """
    copy = path.parent / FOLDER / f"{path.stem} {now.strftime(_FORM)}{path.suffix}"
    with atomic_path(copy) as temporary:
        target = sqlite3.connect(temporary, isolation_level=None)
        try:
            target.execute("PRAGMA journal_mode = OFF")
            target.execute("PRAGMA synchronous = OFF")
            connection.backup(target)
        finally:
            target.close()
    for old in copies_of(path)[KEPT:]:
        old.unlink(missing_ok=True)
    return copy
