"""A project's file: opened by one program at a time, checked, brought up to date, written safely.

SQLite with a rollback journal: between two edits the one file is whole, so it can be copied and
mailed like a document. Nothing but SQLite may open the file while a project has it: on Unix,
closing any other handle of this program on it would give its lock away.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from narrator.disk import atomic_path
from narrator.errors import (
    BookNotFound,
    DiskFull,
    FolderNotWritable,
    NarratorError,
    ProjectDamaged,
    ProjectInUse,
    ProjectTooNew,
)
from narrator.project.copies import copies_of, make_copy
from narrator.project.schema import APPLICATION_ID, FIRST_VERSION, MIGRATIONS, SCHEMA

_WAIT = 0.2  # seconds for another program that is just closing the file
_UNREADABLE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
_NOT_READ = frozenset({sqlite3.SQLITE_IOERR_READ, sqlite3.SQLITE_IOERR_SHORT_READ})
_REFUSED = frozenset(
    {
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_AUTH,
    }
)
_NO_PROJECT = "it is not a project of narrator"
_DAMAGED = "it is damaged"


def open_file(
    path: Path, now: datetime, *, migrations: tuple[str, ...] = MIGRATIONS
) -> sqlite3.Connection:
    """Open a project's file for this program alone; an older one is copied and brought up to date.

    Raises BookNotFound, ProjectInUse (at once, not after a wait), ProjectTooNew, ProjectDamaged,
    DiskFull or FolderNotWritable; then nothing is left open.
    """
    if not path.is_file():
        raise BookNotFound(path, is_folder=path.is_dir())
    with by_name(path):
        connection = _connect(path, "rw")
    try:
        with by_name(path):
            _know(connection, path)
            _take(connection)
            _check(connection, path, FIRST_VERSION + len(migrations))
            connection.execute("PRAGMA journal_mode = TRUNCATE")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA fullfsync = ON")  # macOS: fsync alone stops at the drive
            connection.execute("PRAGMA foreign_keys = ON")
            _try_to_write(connection)
            _migrate(connection, path, migrations, now)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def new_file(path: Path) -> Iterator[sqlite3.Connection]:
    """Give a new file to fill, in place of an older one at `path` once the block has ended well.

    Raises ProjectInUse when somebody has the older one open, DiskFull or FolderNotWritable.
    """
    if path.is_file():
        _let_go(path)
    with atomic_path(path, renamed=lambda: _without_journal(path)) as temporary, by_name(path):
        connection = _connect(temporary, "rwc")
        try:
            # Nobody else knows the file, and it is synced whole before it gets its name.
            connection.execute("PRAGMA journal_mode = OFF")
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(
                f"PRAGMA application_id = {APPLICATION_ID};"
                f"PRAGMA user_version = {FIRST_VERSION}; BEGIN; {SCHEMA}"
                + "".join(MIGRATIONS)
                + f"PRAGMA user_version = {FIRST_VERSION + len(MIGRATIONS)};"
            )
            yield connection
            connection.execute("COMMIT")
        finally:
            connection.close()


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """Keep all that the block writes, or nothing of it; when it ends well it is on the disk.

    Raises DiskFull or FolderNotWritable; the last committed state stays and can be worked on.
    """
    with by_name(path):
        try:
            connection.execute("BEGIN IMMEDIATE")
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Tell what SQLite or the rows say against the file as ProjectDamaged."""
    with by_name(path):
        try:
            yield
        except (LookupError, TypeError, ValueError, sqlite3.IntegrityError) as error:
            raise damaged(path, _DAMAGED) from error


@contextmanager
def by_name(path: Path) -> Iterator[None]:
    """Turn what SQLite says against the file at `path` into one of the named errors."""
    try:
        yield
    except sqlite3.Error as error:
        named = _named(error, path)
        if named is None:
            raise
        raise named from error


def close_file(connection: sqlite3.Connection) -> None:
    """Close the file, so that it alone stays: its journal is deleted."""
    try:
        connection.execute("PRAGMA journal_mode = DELETE")
    finally:
        connection.close()


def damaged(path: Path, reason: str) -> ProjectDamaged:
    """Give the error for a file that is no good, with the latest copy of it that is."""
    good = (copy for copy in copies_of(path) if _is_good(copy))
    return ProjectDamaged(path, reason, next(good, None))


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        timeout=_WAIT,
        isolation_level=None,
        check_same_thread=False,
        uri=True,
    )
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def _take(connection: sqlite3.Connection) -> None:
    """Lock the file until it is closed; a program that is killed keeps nobody out."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute("BEGIN EXCLUSIVE")
    connection.execute("COMMIT")


def _know(connection: sqlite3.Connection, path: Path) -> None:
    """Look before the lock is taken, which would make a database of an empty file."""
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise damaged(path, _NO_PROJECT)


def _try_to_write(connection: sqlite3.Connection) -> None:
    """Meet a refusal now and not at the first edit: SQLite opens what is read-only all the same."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute(f"PRAGMA user_version = {_pragma(connection, 'user_version')}")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _check(connection: sqlite3.Connection, path: Path, newest: int) -> None:
    version = _pragma(connection, "user_version")
    if version > newest:
        raise ProjectTooNew(path)
    if version < FIRST_VERSION or not _is_whole(connection):
        raise damaged(path, _DAMAGED)


def _is_whole(connection: sqlite3.Connection) -> bool:
    """Whether the pages hang together and nothing is in the file that would act by itself."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        return False
    kinds = {kind for (kind,) in connection.execute("SELECT type FROM sqlite_master")}
    return kinds <= {"table", "index"}


def _migrate(
    connection: sqlite3.Connection, path: Path, migrations: tuple[str, ...], now: datetime
) -> None:
    version = _pragma(connection, "user_version")
    missing = migrations[version - FIRST_VERSION :]
    if not missing:
        return
    make_copy(connection, path, now)
    with transaction(connection, path):
        for script in missing:
            for statement in _statements(script):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {FIRST_VERSION + len(migrations)}")


def _statements(script: str) -> Iterator[str]:
    """Cut a script, which `executescript` would run outside of the transaction."""
    waiting = ""
    for part in script.split(";"):
        waiting += f"{part};"
        if sqlite3.complete_statement(waiting):
            if waiting.strip(" \n;"):
                yield waiting
            waiting = ""


def _let_go(path: Path) -> None:
    """Make sure that nobody has the file that is to be replaced; what is no project may go."""
    try:
        with by_name(path):
            connection = _connect(path, "rw")
            try:
                _take(connection)
            finally:
                connection.close()
    except ProjectDamaged:
        return


def _without_journal(path: Path) -> Path:
    """Remove the journal of an older file: SQLite would play it back into the new one."""
    path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
    return path


def _is_good(copy: Path) -> bool:
    try:
        connection = _connect(copy, "ro")
    except sqlite3.Error:
        return False
    try:
        return _pragma(connection, "application_id") == APPLICATION_ID and _is_whole(connection)
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").fetchone()[0])


def _named(error: sqlite3.Error, path: Path) -> NarratorError | None:
    extended: int | None = getattr(error, "sqlite_errorcode", None)
    if extended is None:
        return None
    code = extended & 0xFF  # the rest says more closely what it was
    if code == sqlite3.SQLITE_FULL:
        return DiskFull(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return ProjectInUse(path)
    if code in _UNREADABLE or extended in _NOT_READ:
        return damaged(path, _NO_PROJECT if code == sqlite3.SQLITE_NOTADB else _DAMAGED)
    if code in _REFUSED:
        return FolderNotWritable(path.parent, str(error))
    return None
