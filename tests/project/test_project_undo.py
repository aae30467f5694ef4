"""Whatever is done to a project, taking all of it back gives the first state, row by row."""

import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_projects import LETTERS, LIGHTHOUSE, hurry, make, rows, state

from narrator.errors import ProjectDamaged
from narrator.project import steps
from narrator.project.model import Take
from narrator.project.project import Project
from narrator.speech import Bend, Pronunciation, Prosody

PLACE = st.integers(0, 30)
TEXT = st.text('ab “”".é\n', max_size=12)
ACTIONS = st.lists(
    st.one_of(
        st.tuples(st.just("text"), PLACE, TEXT),
        st.tuples(st.just("split"), PLACE, st.integers(-2, 40)),
        st.tuples(st.just("merge"), PLACE, st.integers(1, 4)),
        st.tuples(st.just("include"), PLACE, st.booleans()),
        st.tuples(st.just("pause"), PLACE, st.none() | st.floats(0, 9)),
        st.tuples(st.just("take"), PLACE, st.floats(0.5, 2)),
        st.tuples(st.just("add_take"), PLACE, st.none()),
        st.tuples(st.just("pronounce"), PLACE, st.sampled_from(["the", "he", "it"])),
        st.tuples(st.just("bookmark"), PLACE, TEXT),
        st.tuples(st.just("cast"), PLACE, st.sampled_from(["a", "b", None])),
        st.tuples(st.just("quotations"), PLACE, st.none()),
        st.tuples(st.just("replace"), PLACE, TEXT),
        st.tuples(st.just("chapter"), PLACE, st.booleans()),
        st.tuples(st.just("undo"), PLACE, st.none()),
        st.tuples(st.just("redo"), PLACE, st.none()),
    ),
    max_size=12,
)


def act(project: Project, name: str, place: int, value: object) -> None:
    """Do one thing at the sentence with this rank; what is refused changes nothing."""
    all_ids = [one.id for chapter in (LETTERS, LIGHTHOUSE) for one in project.sentences(chapter)]
    number = all_ids[place % len(all_ids)]
    match name, value:
        case "text", str():
            project.change_text(number, value)
        case "split", int():
            project.split(number, value)
        case "merge", int():
            project.merge(all_ids[place : place + value])
        case "include", bool():
            project.include(all_ids[place : place + 3], value)
        case "pause", (None | float()):
            project.set_pause([number], value)
        case "take", float():
            project.set_takes({number: Take("v", Prosody(value, bends=(Bend(1, value),)), 2)})
        case "add_take", _:
            project.add_take([number])
        case "pronounce", str():
            sentence = number if place % 2 else None
            project.pronounce(Pronunciation(value, ("K",)), value, sentence)
        case "bookmark", str():
            project.add_bookmark(number, value)
        case "cast", (None | str()):
            project.cast_character("Clerk", value)
        case "quotations", _:
            project.split_quotations([LETTERS, LIGHTHOUSE], "Clerk")
        case "replace", str():
            project.replace_all(project.find("e")[: place + 1], value)
        case "chapter", bool():
            project.change_chapter([1 + place % 4], included=value, title=f"Chapter {place}")
        case "undo", _:
            project.undo()
        case "redo", _:
            project.redo()


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = make(tmp_path_factory.mktemp("untouched"))
    project.close()
    return project.path


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(actions=ACTIONS)
def test_taking_everything_back_gives_the_first_state(
    untouched: Path, tmp_path: Path, actions: list[tuple[str, int, object]]
) -> None:
    path = Path(shutil.copy(untouched, tmp_path / "copy.narrator"))
    with closing(Project.open(path)) as project:
        hurry(project)
        for action in actions:
            with suppress(ValueError):
                act(project, *action)
        while project.redo():
            pass
        newest = state(project)
    with closing(Project.open(path)) as project:
        assert state(project) == newest
        hurry(project)
        while project.undo():
            pass
        for chapter in project.chapters:
            places = [one.place for one in project.sentences(chapter.id)]
            assert places == sorted(set(places))
    assert rows(path) == rows(untouched)


def test_old_steps_are_forgotten_in_the_end(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(steps, "KEPT", 3)
    for number in range(6):
        project.add_bookmark(3, str(number))
    while project.undo():
        pass
    assert [mark.note for mark in project.bookmarks] == ["0", "1", "2"]


@pytest.mark.parametrize(
    "edits",
    [
        '[["sentence; DROP TABLE step", 1, {}, null]]',
        '[["sentence", 3, {"text": "a"}, {"text = \'b\' --": "a"}]]',
        '[["sentence", 3, {"chapter": 2}, {"chapter": 2}], ["chapter", 2, null, {"place": 1}]]',
        '[["sentence", 3]]',
        "nonsense",
    ],
)
def test_a_step_that_this_program_never_wrote_is_not_done(tmp_path: Path, edits: str) -> None:
    project = make(tmp_path)
    project.close()
    connection = sqlite3.connect(project.path)
    with connection:
        connection.execute("INSERT INTO step (name, edits, undone) VALUES ('text', ?, 0)", (edits,))
    connection.close()
    before = rows(project.path)
    with closing(Project.open(project.path)) as again, pytest.raises(ProjectDamaged):
        again.undo()
    assert rows(project.path) == before
