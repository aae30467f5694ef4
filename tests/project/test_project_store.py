"""A project's file is opened by one alone, checked, copied, migrated, and refuses by name."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from made_projects import BOOK, LETTERS, hurry, ids, make, rows, said, state

from narrator.errors import (
    BookNotFound,
    DiskFull,
    FolderNotWritable,
    ProjectDamaged,
    ProjectInUse,
    ProjectTooNew,
)
from narrator.project.copies import KEPT, copies_of
from narrator.project.project import Project
from narrator.project.schema import APPLICATION_ID
from narrator.project.store import close_file, open_file

HALF_AN_HOUR = timedelta(minutes=30, seconds=5)


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = datetime.now()

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def closed(tmp_path: Path) -> Path:
    project = make(tmp_path)
    project.close()
    return project.path


def test_a_project_is_one_file_when_it_is_closed(closed: Path) -> None:
    with closing(Project.open(closed)) as project:
        project.change_text(ids(project)[1], "Go away.")
    assert [entry.name for entry in closed.parent.iterdir()] == ["The Keeper.narrator"]
    project.close()


def test_the_file_says_whose_it_is(closed: Path) -> None:
    assert closed.read_bytes()[68:72] == APPLICATION_ID.to_bytes(4, "big") == b"NARR"


def test_a_second_window_is_told_that_the_project_is_open(project: Project) -> None:
    with pytest.raises(ProjectInUse) as told:
        Project.open(project.path)
    assert told.value.path == project.path
    project.change_text(ids(project)[1], "Still here.")


def test_an_open_project_is_not_replaced(project: Project) -> None:
    with pytest.raises(ProjectInUse):
        Project.create(project.path, BOOK, voice="walter")
    assert project.change_text(ids(project)[1], "Still here.").sentences


def test_a_closed_project_is_replaced_by_a_new_one(closed: Path) -> None:
    with closing(Project.create(closed, BOOK, voice="walter")) as project:
        assert project.facts.voice == "walter"


def test_what_a_killed_program_left_beside_an_older_project_is_not_played_back(
    closed: Path,
) -> None:
    # A journal that is to be played back: it says that the file is to be cut to one page.
    connection = sqlite3.connect(closed, isolation_level=None)
    connection.execute("PRAGMA cache_size = 1")
    connection.execute("BEGIN")
    connection.execute("UPDATE sentence SET written = hex(zeroblob(9000))")
    journal = closed.with_name(f"{closed.name}-journal")
    left = journal.read_bytes()
    connection.execute("ROLLBACK")
    connection.close()
    closed.unlink()
    journal.write_bytes(left)
    with closing(Project.create(closed, BOOK, voice="walter")) as project:
        assert said(project)[1] == "“Come in!” said the clerk."


def test_a_newer_project_is_refused_by_name(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        connection.execute("PRAGMA user_version = 1000")
    before = closed.read_bytes()
    with pytest.raises(ProjectTooNew):
        Project.open(closed)
    assert closed.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"Once upon a time.", b"SQLite format 3\0" + bytes(84)])
def test_a_file_that_is_no_project_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "book.narrator"
    path.write_bytes(content)
    with pytest.raises(ProjectDamaged) as told:
        Project.open(path)
    assert told.value.copy is None
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_refused_and_left(tmp_path: Path) -> None:
    path = tmp_path / "other.narrator"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE book (title)")
    before = path.read_bytes()
    with pytest.raises(ProjectDamaged, match="not a project"):
        Project.open(path)
    assert path.read_bytes() == before


def test_a_missing_file_and_a_folder_are_told_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "none.narrator", tmp_path):
        with pytest.raises(BookNotFound):
            Project.open(path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_project_is_refused_by_name(closed: Path, share: float) -> None:
    os.truncate(closed, int(closed.stat().st_size * share))
    with pytest.raises(ProjectDamaged):
        Project.open(closed)


def test_damaged_pages_are_noticed_and_never_a_crash(closed: Path) -> None:
    whole = closed.read_bytes()
    page = 4096
    for start in range(page, len(whole) - page, page):
        closed.write_bytes(whole[:start] + os.urandom(page) + whole[start + page :])
        with pytest.raises(ProjectDamaged):
            Project.open(closed)


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE sentence SET takes = '[[1]]'",
        "UPDATE sentence SET takes = '[[null,0,1e999,0,0,1,[]]]'",
        "UPDATE sentence SET chosen = 5",
    ],
)
def test_values_that_no_sentence_has_are_told_by_name(closed: Path, damage: str) -> None:
    with closing(sqlite3.connect(closed)) as connection, connection:
        connection.execute(damage)
    with closing(Project.open(closed)) as project, pytest.raises(ProjectDamaged):
        project.sentences(LETTERS)


def test_nothing_in_a_file_acts_by_itself(closed: Path) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        connection.execute(
            "CREATE TRIGGER t AFTER UPDATE ON sentence BEGIN DELETE FROM sentence; END"
        )
    with pytest.raises(ProjectDamaged):
        Project.open(closed)


def test_a_copy_is_made_after_half_an_hour_of_changes_and_five_are_kept(closed: Path) -> None:
    clock = Clock()
    with closing(Project.open(closed, now=clock)) as project:
        hurry(project)
        number = ids(project)[1]
        project.change_text(number, "At once.")
        assert copies_of(closed) == []
        for hour in range(8):
            clock.time += HALF_AN_HOUR
            project.change_text(number, f"Hour {hour}.")
            project.change_text(number, f"Hour {hour} and a moment.")
    copies = copies_of(closed)
    assert len(copies) == KEPT
    with closing(Project.open(copies[0])) as copy:
        assert copy.sentence(number).text == "Hour 7."
        assert copy.undo()


def test_the_copies_of_another_book_are_not_touched(closed: Path) -> None:
    other = closed.with_name("The Keeper 2.narrator")
    clock = Clock()
    with closing(Project.create(other, BOOK, voice="kathleen", now=clock)) as project:
        clock.time += HALF_AN_HOUR
        project.change_text(ids(project)[1], "Go away.")
    assert len(copies_of(other)) == 1
    assert copies_of(closed) == []


def test_a_damaged_project_is_told_with_its_latest_good_copy(closed: Path) -> None:
    clock = Clock()
    with closing(Project.open(closed, now=clock)) as project:
        for text in ("One.", "Two.", "Three."):
            clock.time += HALF_AN_HOUR
            project.change_text(ids(project)[1], text)
    latest, before, _ = copies_of(closed)
    os.truncate(latest, 5000)
    os.truncate(closed, 5000)
    with pytest.raises(ProjectDamaged) as told:
        Project.open(closed)
    assert told.value.copy == before


def test_a_copy_that_cannot_be_made_costs_no_edit(closed: Path) -> None:
    closed.with_name(".copies").write_text("in the way")
    clock = Clock()
    with closing(Project.open(closed, now=clock)) as project:
        clock.time += HALF_AN_HOUR
        project.change_text(ids(project)[1], "Go away.")
        assert said(project)[1] == "Go away."


MIGRATIONS = (
    "ALTER TABLE sentence ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm; ''as'' ever';"
    "CREATE TABLE shelf (id INTEGER PRIMARY KEY) STRICT;",
    "INSERT INTO shelf (id) VALUES (7);",
)


def test_an_older_project_is_copied_and_brought_up_to_date(closed: Path) -> None:
    before = rows(closed)
    connection = open_file(closed, datetime(2026, 1, 2, 3, 4, 5), migrations=MIGRATIONS)
    moods = connection.execute("SELECT DISTINCT mood FROM sentence").fetchall()
    assert moods == [("calm; 'as' ever",)]
    assert connection.execute("SELECT id FROM shelf").fetchall() == [(7,)]
    close_file(connection)
    close_file(open_file(closed, datetime(2026, 2, 2), migrations=MIGRATIONS))
    [copy] = copies_of(closed)
    assert copy.name == "The Keeper 2026-01-02 03.04.05.narrator"
    assert rows(copy) == before
    with pytest.raises(ProjectTooNew):
        Project.open(closed)


def test_a_migration_that_fails_leaves_the_project_as_it_was(closed: Path) -> None:
    before = rows(closed)
    with pytest.raises(ProjectDamaged):
        open_file(closed, datetime.now(), migrations=(MIGRATIONS[0], "UPDATE nothing SET a = 1;"))
    assert rows(closed) == before
    Project.open(closed).close()


def test_a_full_disk_is_told_by_name_and_the_work_goes_on(project: Project) -> None:
    before = state(project)
    number = ids(project)[1]
    pages = project._connection.execute("PRAGMA page_count").fetchone()[0]
    project._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull):
        project.change_text(number, "Too long. " * 5000)
    assert state(project) == before
    assert project.undo_name == ""
    project._connection.execute("PRAGMA max_page_count = 1000000")
    project.change_text(number, "Long. " * 5000)
    project.undo()
    assert state(project) == before


@pytest.mark.skipif(os.name != "posix", reason="a limit of Unix")
def test_a_write_that_breaks_off_is_told_by_name_and_the_work_goes_on(project: Project) -> None:
    import resource

    before = state(project)
    number = ids(project)[1]
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (project.path.stat().st_size + 9000, limits[1]))
    try:
        for _ in range(2):
            with pytest.raises((DiskFull, FolderNotWritable)):
                project.change_text(number, "Too long. " * 5000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert state(project) == before
    with pytest.raises(ProjectInUse):
        Project.open(project.path)
    project.change_text(number, "Short.")
    path = project.path
    project.close()
    with closing(Project.open(path)) as again:
        assert again.sentence(number).text == "Short."


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the administrator may write")
def test_a_read_only_file_or_folder_is_told_by_name(closed: Path) -> None:
    for place, mode, usual in ((closed, 0o400, 0o600), (closed.parent, 0o500, 0o700)):
        place.chmod(mode)
        with pytest.raises(FolderNotWritable):
            Project.open(closed)
        place.chmod(usual)
    Project.open(closed).close()
