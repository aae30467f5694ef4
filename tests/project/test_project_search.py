"""A text is found in what is said, and replaced everywhere in one step."""

import pytest
from made_projects import LETTERS, LIGHTHOUSE, ids, said

from narrator.project.model import Found
from narrator.project.project import Project


def test_a_text_is_found_where_it_is_said_in_order(project: Project) -> None:
    hits = project.find("keeper")
    assert hits == (Found(ids(project, LIGHTHOUSE)[1], 4, 10),)
    assert project.find("CLERK")[0].sentence == ids(project)[1]


@pytest.mark.parametrize(
    ("wanted", "options", "count"),
    [
        ("the", {}, 7),
        ("the", {"match_case": True}, 2),
        ("the", {"whole_words": True}, 6),
        ("the", {"chapter": LETTERS}, 2),
        ("“Come in!”", {"whole_words": True}, 1),
        (".", {}, 7),
        ("reserved", {}, 0),
        ("reserved", {"chapter": 1}, 1),
        ("", {}, 0),
    ],
)
def test_a_search_can_be_narrowed(
    project: Project, wanted: str, options: dict[str, int], count: int
) -> None:
    assert len(project.find(wanted, **options)) == count  # type: ignore[arg-type]


def test_all_that_was_found_is_replaced_as_one_step(project: Project) -> None:
    before = said(project, LIGHTHOUSE)
    changes = project.replace_all(project.find("a hundred"), "one hundred")
    assert said(project, LIGHTHOUSE)[2] == "There were one hundred and twelve."
    assert changes.first == ids(project, LIGHTHOUSE)[2]
    project.undo()
    assert said(project, LIGHTHOUSE) == before


def test_several_hits_in_a_sentence_are_all_replaced(project: Project) -> None:
    number = ids(project, LIGHTHOUSE)[3]
    project.change_text(number, "no no nono")
    project.replace_all(project.find("no", chapter=LIGHTHOUSE), "yes")
    assert project.sentence(number).text == "yes yes yesyes"


def test_what_was_found_before_an_edit_is_left_where_it_does_not_fit(project: Project) -> None:
    hits = project.find("twelve")
    project.change_text(hits[0].sentence, "Few.")
    project.replace_all(hits, "thirteen")
    assert project.sentence(hits[0].sentence).text == "Few."
