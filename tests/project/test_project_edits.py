"""Each edit does what it says, tells what it changed, and can be undone and redone."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_projects import LETTERS, LIGHTHOUSE, hurry, ids, make, said, state

from narrator.book.model import Cover
from narrator.project.model import Changes, Take
from narrator.project.project import Project
from narrator.project.steps import NAMES
from narrator.speech import Bend, Opening, Pronunciation, Prosody

KEEPER = Pronunciation("keeper", ("K", "IY", "P", "ER"))


def quotations(project: Project) -> Changes:
    project.cast_character("The clerk", "walter")
    return project.split_quotations([LETTERS], "The clerk")


def bookmark_removed(project: Project) -> Changes:
    project.add_bookmark(ids(project)[1], "here")
    return project.remove_bookmark(project.bookmarks[0].id)


def forgotten(project: Project) -> Changes:
    project.pronounce(KEEPER, "KEE-per", None)
    return project.forget_pronunciation(project.entries[0].id)


def given(project: Project) -> Changes:
    project.cast_character("The clerk", "walter")
    return project.set_character(ids(project)[:2], "The clerk")


def chosen(project: Project) -> Changes:
    project.add_take(ids(project)[:2])
    return project.choose_take(ids(project)[:2], 0)


EDITS: dict[str, Callable[[Project], Changes]] = {
    "text": lambda project: project.change_text(ids(project)[1], "Go away."),
    "split": lambda project: project.split(ids(project)[1], 10),
    "merge": lambda project: project.merge(ids(project)[1:3]),
    "include": lambda project: project.include(ids(project)[:2], False),
    "pause": lambda project: project.set_pause(ids(project)[:2], 2.5),
    "character": given,
    "cast": lambda project: project.cast_character("The clerk", "walter"),
    "take": lambda project: project.set_takes(
        dict.fromkeys(ids(project)[:2], Take("walter", Prosody(1.5)))
    ),
    "add_take": lambda project: project.add_take(ids(project)[:2]),
    "choose_take": chosen,
    "chapter": lambda project: project.change_chapter([LETTERS], voice="walter", title="Post"),
    "facts": lambda project: project.change_facts(
        replace(project.facts, title="Other", cover=Cover(b"jpeg", "image/jpeg"))
    ),
    "pronounce": lambda project: project.pronounce(KEEPER, "KEE-per", None),
    "forget": forgotten,
    "replace": lambda project: project.replace_all(project.find("the"), "a"),
    "quotations": quotations,
    "bookmark": lambda project: project.add_bookmark(ids(project)[1], "here"),
    "remove_bookmark": bookmark_removed,
}


def test_every_edit_is_tried_here() -> None:
    assert sorted(EDITS) == sorted(NAMES)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_is_undone_and_redone_as_one_step(project: Project, name: str) -> None:
    before = state(project)
    changes = EDITS[name](project)
    after = state(project)
    assert changes != Changes()
    assert project.undo_name == name
    undone = project.undo()
    assert undone is not None
    assert undone.book == changes.book
    assert project.redo_name == name
    assert project.redo() == changes
    assert state(project) == after
    while project.undo_name:
        project.undo()
    assert state(project) == before
    assert project.undo() is None


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_survives_a_restart_and_can_still_be_undone(tmp_path: Path, name: str) -> None:
    project = make(tmp_path)
    before = state(project)
    EDITS[name](project)
    after = state(project)
    project.close()
    project = Project.open(project.path)
    assert state(project) == after
    while project.undo_name:
        project.undo()
    assert state(project) == before
    project.close()


def test_an_edit_that_changes_nothing_is_no_step(project: Project) -> None:
    first = project.sentences(LETTERS)[1]
    edits = [
        project.change_text(first.id, f"  {first.text} "),
        project.split(first.id, 0),
        project.split(first.id, len(first.text)),
        project.merge([first.id]),
        project.include([first.id], True),
        project.include([], False),
        project.set_pause([first.id], None),
        project.set_character([first.id], ""),
        project.cast_character("Nobody", None),
        project.set_takes({first.id: Take()}),
        project.choose_take([first.id], 0),
        project.choose_take([first.id], 7),
        project.change_chapter([LETTERS], title="The Letters"),
        project.change_facts(project.facts),
        project.forget_pronunciation(99),
        project.replace_all([], "a"),
        project.remove_bookmark(99),
    ]
    assert set(edits) == {Changes()}
    assert project.undo_name == ""


def test_a_new_edit_drops_what_could_be_redone(project: Project) -> None:
    project.change_text(ids(project)[1], "Go away.")
    project.undo()
    project.set_pause(ids(project)[:1], 1.0)
    assert (project.undo_name, project.redo_name) == ("pause", "")
    assert project.redo() is None


def test_a_text_with_nothing_in_it_is_refused(project: Project) -> None:
    with pytest.raises(ValueError, match="nothing"):
        project.change_text(ids(project)[1], " \n ")
    with pytest.raises(ValueError, match="nothing"):
        project.replace_all(project.find("***"), "")
    assert project.undo_name == ""


def test_a_changed_sentence_still_knows_what_is_written(project: Project) -> None:
    number = ids(project)[2]
    assert project.change_text(number, "He\nlooked  up.").sentences == {number}
    sentence = project.sentence(number)
    assert (sentence.text, sentence.written) == ("He looked up.", "He did not look up.")


def test_another_text_forgets_what_was_bent_of_the_old_one(project: Project) -> None:
    number = ids(project)[2]
    project.set_takes({number: Take(None, Prosody(1.2, bends=(Bend(3, 1.5),)))})
    project.change_text(number, "He looked up.")
    assert project.sentence(number).take == Take(None, Prosody(1.2))


def test_a_split_sentence_is_two_with_all_that_is_written(project: Project) -> None:
    number = ids(project)[2]
    project.set_pause([number], 1.5)
    changes = project.split(number, 6)
    first, second = project.sentences(LETTERS)[2:4]
    assert (first.text, second.text) == ("He did", "not look up.")
    assert (first.written, second.written) == ("He did", "not look up.")
    assert (first.pause, second.pause) == (None, 1.5)
    assert (first.id, second.opens) == (number, Opening.SENTENCE)
    assert changes == Changes(frozenset({number, second.id}), frozenset({LETTERS}), first=number)


def test_the_first_half_keeps_what_is_written_when_other_words_are_said(project: Project) -> None:
    number = ids(project)[2]
    project.change_text(number, "He looked up.")
    project.split(number, 3)
    halves = project.sentences(LETTERS)[2:4]
    assert [half.written for half in halves] == ["He did not look up.", ""]


def test_the_end_of_a_paragraph_moves_to_the_second_half(project: Project) -> None:
    number = ids(project)[3]
    project.split(number, 7)
    assert [one.ends_paragraph for one in project.sentences(LETTERS)[3:5]] == [False, True]


def test_a_sentence_can_be_split_again_and_again_at_one_place(project: Project) -> None:
    hurry(project)
    before = state(project)
    number = ids(project)[1]
    project.change_text(number, " ".join("abcdefghijklmnopqrstuvwxyz"))
    for _ in range(25):
        number = next(iter(project.split(number, 1).sentences - {number}))
    assert said(project)[1:27] == list("abcdefghijklmnopqrstuvwxyz")
    assert said(project)[27] == "He did not look up."
    while project.undo():
        pass
    assert state(project) == before


def test_merged_sentences_are_the_first_one(project: Project) -> None:
    _, first, second, third, *_ = ids(project)
    project.set_takes({first: Take("walter")})
    project.set_pause([second], 3.0)
    project.include([first], False)
    project.add_bookmark(second, "look")
    project.pronounce(KEEPER, "KEE-per", second)
    changes = project.merge([second, first])
    merged = project.sentence(first)
    assert merged.text == merged.written == "“Come in!” said the clerk. He did not look up."
    assert (merged.take, merged.pause, merged.included) == (Take("walter"), 3.0, True)
    assert project.bookmarks[0].sentence == project.entries[0].sentence == first
    assert changes == Changes(frozenset({first}), frozenset({LETTERS}), book=True, first=first)
    assert ids(project)[1:3] == [first, third]


def test_only_neighbours_of_one_paragraph_are_merged(project: Project) -> None:
    heading, first, second, third, scene, *_ = ids(project)
    last = ids(project, LIGHTHOUSE)[0]
    for group in ([heading, first], [first, third], [third, scene], [ids(project)[-1], last]):
        with pytest.raises(ValueError, match="sentences"):
            project.merge(group)
    project.merge([first, second, third])
    assert ids(project)[1:3] == [first, scene]


def test_a_split_sentence_keeps_its_own_pronunciations(project: Project) -> None:
    number = ids(project, LIGHTHOUSE)[1]
    project.pronounce(KEEPER, "KEE-per", number)
    project.split(number, 4)
    second = project.sentences(LIGHTHOUSE)[2]
    assert second.text.startswith("keeper")
    assert [entry.sentence for entry in project.entries] == [number, second.id]


def test_takes_are_added_chosen_and_changed_one_by_one(project: Project) -> None:
    number = ids(project)[1]
    project.add_take([number])
    project.add_take([number], Take("walter"))
    project.add_take([number])
    assert project.sentence(number).takes == (
        Take(),
        Take(reading=1),
        Take("walter"),
        Take("walter", reading=2),
    )
    project.choose_take([number], 1)
    project.set_takes({number: Take(prosody=Prosody(pitch=2.0), reading=1)})
    assert project.sentence(number).take.prosody.pitch == 2.0
    assert project.sentence(number).takes[3] == Take("walter", reading=2)


def test_a_character_struck_out_leaves_its_text_to_the_narrator(project: Project) -> None:
    given(project)
    with pytest.raises(ValueError, match="cast"):
        project.set_character(ids(project), "Somebody")
    changes = project.cast_character("The clerk", None)
    assert changes.sentences == set(ids(project)[:2])
    assert project.cast == ()
    assert {sentence.character for sentence in project.sentences(LETTERS)} == {""}


def test_every_quotation_becomes_a_sentence_of_its_own(project: Project) -> None:
    quotations(project)
    spoken = [(one.text, one.character) for one in project.sentences(LETTERS)]
    assert ("“Come in!”", "The clerk") in spoken
    assert ("said the clerk.", "") in spoken
    assert ('"Is it late?"', "The clerk") in spoken
    assert ('"or early?"', "The clerk") in spoken
    assert ("The Letters", "") in spoken
    written = " ".join(one.written for one in project.sentences(LETTERS))
    project.undo()
    assert written == " ".join(said(project))


def test_a_word_of_one_sentence_and_the_same_word_everywhere_are_two(project: Project) -> None:
    number = ids(project, LIGHTHOUSE)[1]
    project.pronounce(KEEPER, "KEE-per", None)
    project.pronounce(KEEPER._replace(word="Keeper"), "KEEP-er", None)
    project.pronounce(KEEPER, "keep", number)
    assert [(entry.respelling, entry.sentence) for entry in project.entries] == [
        ("KEEP-er", None),
        ("keep", number),
    ]


def test_bookmarks_stand_in_the_order_of_the_book(project: Project) -> None:
    late, early = ids(project, LIGHTHOUSE)[1], ids(project)[1]
    project.add_bookmark(late, "late")
    project.add_bookmark(early, "early")
    assert [mark.note for mark in project.bookmarks] == ["early", "late"]


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
def test_a_pause_that_is_no_length_of_time_is_refused(project: Project, seconds: float) -> None:
    with pytest.raises(ValueError, match="pause"):
        project.set_pause(ids(project), seconds)


def test_a_sentence_that_went_away_is_left(project: Project) -> None:
    assert project.include([9999], False) == Changes()
    with pytest.raises(KeyError):
        project.change_text(9999, "Hello.")


def test_the_place_is_remembered_and_outlives_its_sentence(project: Project) -> None:
    assert project.place_left() is None
    _, first, second, *_ = ids(project)
    project.remember_place(second)
    assert project.place_left() == second
    assert project.undo_name == ""
    project.merge([first, second])
    assert project.place_left() == first
