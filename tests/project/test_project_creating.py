"""A book becomes a project: its text in order, what was left out at its place, to be put back."""

import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from made_projects import BOOK, LETTERS, LIGHTHOUSE, make, said

from narrator.book.model import Chapter, Details, Paragraph
from narrator.project.project import Project
from narrator.speech import Opening


def test_a_project_says_what_the_book_says(project: Project) -> None:
    assert said(project, LIGHTHOUSE) == [
        "The Lighthouse",
        "The keeper counted the steps.",
        "There were a hundred and twelve.",
        "The wind did not care.",
    ]
    assert all(sentence.written == sentence.text for sentence in project.sentences(LIGHTHOUSE))


def test_a_sentence_knows_where_it_stands(project: Project) -> None:
    stands = [(one.opens, one.ends_paragraph) for one in project.sentences(LIGHTHOUSE)]
    assert stands == [
        (Opening.HEADING, True),
        (Opening.PARAGRAPH, False),
        (Opening.SENTENCE, True),
        (Opening.PARAGRAPH, True),
    ]


def test_a_scene_break_is_kept(project: Project) -> None:
    [scene] = [one for one in project.sentences(LETTERS) if one.text == "***"]
    assert scene.included


def test_what_was_left_out_stands_at_its_place_and_is_not_narrated(project: Project) -> None:
    told = [(one.number, one.title, one.included, one.left_out) for one in project.chapters]
    assert told == [
        (0, "Imprint", False, "a copyright page"),
        (1, "The Letters", True, ""),
        (2, "The Lighthouse", True, ""),
        (0, "Index", False, "an index"),
    ]
    assert [chapter.title for chapter, _ in project.manuscript().chapters] == [
        "The Letters",
        "The Lighthouse",
    ]


def test_a_click_puts_a_page_back_and_the_numbers_follow(project: Project) -> None:
    changes = project.change_chapter([1], included=True)
    assert [chapter.number for chapter in project.chapters] == [1, 2, 3, 0]
    assert changes.chapters == {1, LETTERS, LIGHTHOUSE}
    assert [text.text for _, page in project.manuscript([1]).chapters for text in page] == [
        "Copyright.",
        "All rights reserved.",
    ]


def test_the_facts_of_the_book_are_there_after_a_restart(tmp_path: Path) -> None:
    make(tmp_path).close()
    with closing(Project.open(tmp_path / "The Keeper.narrator")) as project:
        facts = project.facts
        assert (facts.title, facts.authors, facts.language) == (BOOK.title, BOOK.authors, "en")
        assert facts.voice == "kathleen"
        assert facts.cover == BOOK.cover
        assert project.source == tmp_path / "keeper.epub"


def test_what_else_the_book_says_of_itself_is_there_to_be_edited(tmp_path: Path) -> None:
    details = Details("A Tale", "Lights", "2", "1903-05-01", "Who keeps it?")
    with closing(make(tmp_path, replace(BOOK, details=details))) as project:
        facts = project.facts
        assert (facts.subtitle, facts.series, facts.series_number) == ("A Tale", "Lights", "2")
        assert (facts.year, facts.description) == ("1903-05-01", "Who keeps it?")


def test_a_chapter_tells_how_much_of_it_is_said(project: Project) -> None:
    chapter = project.chapters[2]
    assert chapter.sentences == 4
    assert chapter.characters == sum(map(len, said(project, LIGHTHOUSE)))
    project.include([project.sentences(LIGHTHOUSE)[0].id], False)
    assert project.chapters[2].sentences == 3


def test_half_a_character_in_a_name_is_no_obstacle(tmp_path: Path) -> None:
    with closing(make(tmp_path, replace(BOOK, title="Caf\udce9"))) as project:
        assert project.facts.title == "Caf?"


def test_a_long_book_is_made_opened_and_searched_in_moments(tmp_path: Path) -> None:
    text = " ".join(f"The keeper counted step {number} of the tower." for number in range(20))
    chapter = Chapter("One", tuple(Paragraph(text) for _ in range(50)))
    book = replace(BOOK, chapters=(chapter,) * 5)  # 5 000 sentences, a novel
    made = time.perf_counter()
    make(tmp_path, book).close()
    assert time.perf_counter() - made < 5
    opened = time.perf_counter()
    with closing(Project.open(tmp_path / "The Keeper.narrator")) as project:
        assert len(project.sentences(LETTERS)) == 1000
        assert len(project.find("STEP 7")) == 250
    assert time.perf_counter() - opened < 1
