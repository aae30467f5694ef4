"""Quotations are found within sentences, over sentences, and never beyond their paragraph."""

import pytest
from made_projects import LETTERS

from narrator.project.project import Project
from narrator.project.quotations import pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody spoke.", ["Nobody spoke."]),
        ("“Go!” he said.", ["[“Go!”]", "he said."]),
        ("He said “go”.", ["He said", "[“go”.]"]),
        ('"Go," he said, "now."', ['["Go,"]', "he said,", '["now."]']),
        ("“Go!” “Why?”", ["[“Go!”]", "[“Why?”]"]),
        ("— “Go!” he said.", ["[— “Go!”]", "he said."]),
        ("He said “go and", ["He said", "[“go and]"]),
        ("“…” he said.", ["“…” he said."]),
        ("said ”strange“ things", ["said ”strange", "[“ things]"]),
        ("***", ["***"]),
    ],
)
def test_a_quotation_is_cut_out_with_its_marks(text: str, expected: list[str]) -> None:
    found, _ = pieces(text)
    assert [f"[{piece.text}]" if piece.quoted else piece.text for piece in found] == expected


def test_a_quotation_goes_on_from_sentence_to_sentence_of_a_paragraph(project: Project) -> None:
    project.cast_character("Clerk", "walter")
    first, second, third = (one.id for one in project.sentences(LETTERS)[1:4])
    project.change_text(first, "“Come in.")
    project.change_text(second, "Sit down,” he said.")
    project.change_text(third, "“Or stand.")
    project.split_quotations([LETTERS], "Clerk")
    given = [one.text for one in project.sentences(LETTERS) if one.character]
    assert given[:3] == ["“Come in.", "Sit down,”", "“Or stand."]
    assert "***" not in given
    assert "Nobody came." not in given


def test_what_somebody_else_says_already_stays(project: Project) -> None:
    project.cast_character("Clerk", "walter")
    project.cast_character("Guest", "kathleen")
    first = project.sentences(LETTERS)[1].id
    project.set_character([first], "Guest")
    project.split_quotations([LETTERS], "Clerk")
    assert project.sentence(first).text == "“Come in!” said the clerk."
    assert project.sentence(first).character == "Guest"


def test_the_narrator_is_nobody_to_give_quotations_to(project: Project) -> None:
    for name in ("", "Nobody"):
        with pytest.raises(ValueError, match=r"nothing|cast"):
            project.split_quotations([LETTERS], name)
