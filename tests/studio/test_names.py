"""Names of chapters' files by the user's template: every title stays right, no two collide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from narrator.errors import UnknownNameField
from narrator.studio.narrating.names import LONGEST_FILE_NAME_BYTES, Naming
from narrator.studio.narrating.outputs import FORBIDDEN


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("{number} - {title}", "02 - Either Or"),
        ("{book} {number} of {chapters}", "The Keeper 02 of 12"),
        ("{author}: {book} / {title}", "A. N. Writer The Keeper Either Or (2)"),
        ("{title}", "Either Or (2)"),
        ("{book}", "The Keeper 02"),
        ("", "02"),
        ("../{number}", "02"),
        ("{number} {{x}}", "02 {x}"),
    ],
)
def test_a_template_names_a_chapter(template: str, name: str) -> None:
    titles = ("either?or", "Either/Or", "The End")
    naming = Naming(template, "The Keeper", "A. N. Writer", 12, titles)
    assert naming.chapter(2, "Either/Or") == name


def test_a_part_stands_where_the_template_has_it_or_at_the_end() -> None:
    assert Naming().chapter(1, "One", part=2, parts=10) == "01 - One, part 02"
    naming = Naming("{number} {part} {title}")
    assert naming.chapter(1, "One", part=2, parts=10) == "01 02 One"
    assert naming.chapter(1, "One") == "01 One"


@pytest.mark.parametrize(
    ("template", "field"),
    [
        ("{number} {titel}", "titel"),
        ("{number:03}", "number:03"),
        ("{title!r}", "title!r"),
        ("{title.__class__}", "title.__class__"),
        ("{0}", "0"),
        ("{}", ""),
        ("{title", "{title"),
    ],
)
def test_an_unknown_field_is_refused_by_name(template: str, field: str) -> None:
    with pytest.raises(UnknownNameField) as refused:
        Naming(template)
    assert refused.value.field == field


def test_two_chapters_of_one_name_have_two_files_whatever_the_template() -> None:
    titles = ["Again", "AGAIN", "", "", "😀", "a/b", "a:b", "Alone"]
    naming = Naming("{title}", "B", "", len(titles), tuple(titles))
    names = [naming.chapter(number, title) for number, title in enumerate(titles, start=1)]
    assert len({name.lower() for name in names}) == len(titles)
    assert names[-1] == "Alone"


@pytest.mark.parametrize("title", ["x" * 300, "word " * 80, "字" * 300, "שלום " * 90, "é" * 300])
def test_a_title_of_three_hundred_characters_is_cut_and_its_number_stays(title: str) -> None:
    name = Naming("{title} - {author} - {book} - {number}", title, title, 99).chapter(7, title)
    assert name.endswith(" - 07")
    assert len(name.encode()) <= LONGEST_FILE_NAME_BYTES
    assert Naming().chapter(7, title).startswith(f"07 - {title[:9]}")


@given(st.text(), st.text(), st.text())
def test_no_words_make_a_name_that_a_disk_refuses(title: str, book: str, author: str) -> None:
    name = Naming("{book} {number} {title} {author}", book, author, 9, (title,)).chapter(1, title)
    assert "01" in name
    assert not set(name) & FORBIDDEN
    assert name.isprintable()
    assert len(name.encode()) <= LONGEST_FILE_NAME_BYTES
