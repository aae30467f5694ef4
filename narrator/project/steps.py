"""Edits of rows, each with what was before and what is after, and the steps of undo made of them.

A step is written in the transaction of its edits, so it survives whatever they survive.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from narrator.project.rows import Row
from narrator.project.schema import COLUMNS

NAMES = tuple(
    "text split merge include pause character cast take add_take choose_take chapter facts"
    " pronounce forget replace quotations bookmark remove_bookmark".split()
)
KEPT = 1000  # steps: older ones are forgotten, else the file would grow for ever


class RowEdit(NamedTuple):
    """What happens to one row. None: there is no row; else the columns that change, or all."""

    table: str
    id: int
    before: Row | None
    after: Row | None


class Step(NamedTuple):
    """An edit as the user knows it. name: a short key, such as "split"."""

    id: int
    name: str
    edits: tuple[RowEdit, ...]


def edit_of(table: str, number: int, before: Row | None, after: Row | None) -> Iterable[RowEdit]:
    """Give the edit that turns one full row into the other, or none when they are the same."""
    if before is not None and after is not None:
        changed = [name for name in after if after[name] != before[name]]
        before = {name: before[name] for name in changed}
        after = {name: after[name] for name in changed}
    if before != after:
        yield RowEdit(table, number, before, after)


def do(connection: sqlite3.Connection, name: str, edits: Sequence[RowEdit]) -> None:
    """Apply `edits` and write them down as a step; the steps that could be redone are dropped."""
    _apply(connection, edits)
    connection.execute("DELETE FROM step WHERE undone")
    written = connection.execute(
        "INSERT INTO step (name, edits, undone) VALUES (?, ?, 0)",
        (name, json.dumps(edits, separators=(",", ":"))),
    )
    connection.execute("DELETE FROM step WHERE id <= ?", ((written.lastrowid or 0) - KEPT,))


def undo(connection: sqlite3.Connection, step: Step) -> tuple[RowEdit, ...]:
    """Take a step back, and give the edits that did it."""
    back = tuple(
        RowEdit(edit.table, edit.id, edit.after, edit.before) for edit in reversed(step.edits)
    )
    _apply(connection, back)
    connection.execute("UPDATE step SET undone = 1 WHERE id = ?", (step.id,))
    return back


def redo(connection: sqlite3.Connection, step: Step) -> tuple[RowEdit, ...]:
    """Do a step again that was taken back, and give its edits."""
    _apply(connection, step.edits)
    connection.execute("UPDATE step SET undone = 0 WHERE id = ?", (step.id,))
    return step.edits


def name_of_next(connection: sqlite3.Connection, *, to_redo: bool) -> str:
    """Give the name of the step that undo, or redo, is about; "" when there is none."""
    row = _row(connection, "id, name, ''", to_redo)
    return row[1] if row else ""


def next_step(connection: sqlite3.Connection, *, to_redo: bool) -> Step | None:
    """Give the step that undo, or redo, is about.

    Raises LookupError, TypeError or ValueError when it is not one that this program writes.
    """
    row = _row(connection, "id, name, edits", to_redo)
    return Step(row[0], row[1], tuple(map(_checked, json.loads(row[2])))) if row else None


def _row(connection: sqlite3.Connection, columns: str, undone: bool) -> tuple[int, str, str] | None:
    order = "id" if undone else "id DESC"
    row: tuple[int, str, str] | None = connection.execute(
        f"SELECT {columns} FROM step WHERE undone = ? ORDER BY {order} LIMIT 1", (undone,)
    ).fetchone()
    return row


def _checked(values: Sequence[object]) -> RowEdit:
    """Keep what a file of unknown hands says away from the text of a statement."""
    table, number, before, after = values
    if not isinstance(table, str) or not isinstance(number, int):
        raise ValueError("no edit of a row")
    for row in (before, after):
        if row is not None and not (isinstance(row, dict) and row.keys() <= COLUMNS[table]):
            raise ValueError(f"no row of {table}")
    return RowEdit(table, number, before, after)  # type: ignore[arg-type]


def _apply(connection: sqlite3.Connection, edits: Iterable[RowEdit]) -> None:
    for table, number, before, after in edits:
        if after is None:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (number,))
        elif before is None:
            marks = ", ".join("?" * (len(after) + 1))
            connection.execute(
                f"INSERT INTO {table} (id, {', '.join(after)}) VALUES ({marks})",
                (number, *after.values()),
            )
        else:
            settings = ", ".join(f"{name} = ?" for name in after)
            connection.execute(
                f"UPDATE {table} SET {settings} WHERE id = ?", (*after.values(), number)
            )
