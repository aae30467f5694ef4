"""A book worked on in the studio window: written, heard, cast, bent, exported, never lost."""

from collections.abc import Callable

from hands import (
    answer,
    chapter_of,
    command,
    opened_dialog,
    press,
    rows,
    sentence_of,
    states,
    status,
    texts,
    write,
)
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from surroundings import SAMPLE, HeldVoice

from narrator.gui.desk.rows import SentenceState
from narrator.gui.desk.window import StudioWindow

Spoken = Callable[[StudioWindow], None]


def test_the_sample_book_opens_by_one_key_with_its_chapters_and_its_cover(
    qtbot: QtBot, window: StudioWindow
) -> None:
    command(window, "Ctrl+Shift+O")
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    chapters = window.desk.book.chapters
    assert chapters.rowCount() > 4
    assert len(rows(window)) > 1
    assert window.windowTitle() == "The Clock at Tern Point"
    assert window.text.page.hasFocus()
    assert "Space plays" in status(window)
    qtbot.waitUntil(lambda: not window.desk.book.cover.pixmap().isNull())


def test_a_sentence_is_edited_in_its_place_and_the_edit_undone_and_redone(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, voice: HeldVoice
) -> None:
    spoken(opened)
    press(qtbot, "Ctrl+2")
    opened.text.table.set_current(sentence_of(opened, "It rained."))
    press(qtbot, "Return")
    editor = opened.text.table.findChild(QLineEdit)
    assert editor.hasFocus()
    editor.selectAll()
    write(qtbot, "It snowed all night.")
    press(qtbot, "Return")
    qtbot.waitUntil(lambda: texts(opened) == ["One", "It snowed all night.", "He ran."])
    spoken(opened)
    assert voice.spoken.count("it snowed all night") == 1
    assert opened.can.undo.text() == "Undo: the text"
    press(qtbot, "Ctrl+Z")
    assert texts(opened) == ["One", "It rained.", "He ran."]
    assert states(opened)["It rained."] is SentenceState.READY
    press(qtbot, "Ctrl+Shift+Z")
    assert texts(opened)[1] == "It snowed all night."
    spoken(opened)
    assert voice.spoken.count("it snowed all night") == 1


def test_letters_typed_into_a_sentence_are_no_commands(qtbot: QtBot, opened: StudioWindow) -> None:
    press(qtbot, "Ctrl+2")
    opened.text.table.set_current(sentence_of(opened, "He ran."))
    press(qtbot, "Return")
    opened.text.table.findChild(QLineEdit).selectAll()
    write(qtbot, "x r 1 b s, Jane.")
    press(qtbot, "Return")
    qtbot.waitUntil(lambda: texts(opened) == ["One", "It rained.", "x r 1 b s, Jane."])
    (row,) = [row for row in rows(opened) if row.text.startswith("x")]
    assert row.included
    assert not opened.listening.is_playing


def test_a_sentence_is_split_joined_left_out_and_put_back(
    qtbot: QtBot, opened: StudioWindow
) -> None:
    page = opened.text.page
    press(qtbot, "Ctrl+1")
    press(qtbot, "Down")
    assert opened.at_hand.sentence.text == "It rained."
    press(qtbot, "Shift+Return")
    assert "Put the cursor into the word" in status(opened)
    for keys in ("Ctrl+Right", "Ctrl+Right", "Ctrl+Right", "Ctrl+Left", "Ctrl+Right"):
        press(qtbot, keys)
    assert page.textCursor().selectedText() == "rained"
    press(qtbot, "Shift+Return")
    assert texts(opened) == ["One", "It", "rained.", "He ran."]
    assert page.current == sentence_of(opened, "It")
    press(qtbot, "J")
    assert texts(opened) == ["One", "It rained.", "He ran."]
    press(qtbot, "X")
    assert states(opened)["It rained."] is SentenceState.LEFT_OUT
    assert "It rained." not in [p.utterance.text for p in opened.at_hand.script]
    press(qtbot, "X")
    assert states(opened)["It rained."] is not SentenceState.LEFT_OUT
    for _ in range(4):
        press(qtbot, "Ctrl+Z")
    assert texts(opened) == ["One", "It rained.", "He ran."]
    assert not opened.can.undo.isEnabled()


def test_a_chapter_is_left_out_by_its_tick_and_put_back(qtbot: QtBot, opened: StudioWindow) -> None:
    view = opened.desk.book.chapter_view
    view.setFocus()
    press(qtbot, "Down")
    assert texts(opened)[0] == "Two"
    press(qtbot, "Space")
    assert not chapter_of(opened, "Two").included
    assert "1 left out" in opened.desk.book.facts.text()
    opened.show_chapter(chapter_of(opened, "One").id)
    press(qtbot, "Ctrl+Down")
    assert texts(opened)[0] == "Three"
    view.setFocus()
    press(qtbot, "Up")
    press(qtbot, "Space")
    assert chapter_of(opened, "Two").included
    assert not opened.listening.is_playing


def test_what_the_reader_left_out_of_a_book_is_put_back_by_its_tick(
    qtbot: QtBot, window: StudioWindow, spoken: Spoken
) -> None:
    window.open_book(SAMPLE)
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    chapters = window.desk.book.chapters
    (out, *_) = [n for n in range(chapters.rowCount()) if chapters.chapter(n).left_out]
    assert not chapters.chapter(out).included
    view = window.desk.book.chapter_view
    view.setFocus()
    view.setCurrentIndex(chapters.index(out, 0))
    qtbot.waitUntil(lambda: window.at_hand.chapter.id == chapters.chapter(out).id)
    press(qtbot, "Space")
    assert chapters.chapter(out).included
    spoken(window)
    assert window.editing.project.manuscript().chapters[0][0].number >= 1
    assert chapters.chapter(out).id in [
        chapter.id for chapter, _ in window.editing.project.manuscript().chapters
    ]


def test_replacing_over_the_book_marks_the_changed_sentences_and_no_others(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, voice: HeldVoice
) -> None:
    spoken(opened)
    voice.hold()
    press(qtbot, "Ctrl+H")
    bar = opened.text.find_bar
    assert bar.text.hasFocus()
    write(qtbot, "he ")
    bar.whole_words.setChecked(False)
    bar.scope.setCurrentIndex(1)
    qtbot.waitUntil(lambda: "2 found" in bar.found.text())
    bar.by.setFocus()
    write(qtbot, "They ")
    bar.replace_all.click()
    assert texts(opened) == ["One", "It rained.", "They ran."]
    now = states(opened)
    assert now["It rained."] is SentenceState.READY
    assert now["They ran."] in (SentenceState.CHANGED, SentenceState.SPEAKING)
    opened.show_chapter(chapter_of(opened, "Two").id)
    assert texts(opened) == ["Two", "SThey waited."]
    command(opened, "Ctrl+Z")
    opened.show_chapter(chapter_of(opened, "Two").id)
    assert texts(opened) == ["Two", "She waited."]


def test_what_is_found_is_gone_to_in_whichever_chapter_it_is(
    qtbot: QtBot, opened: StudioWindow
) -> None:
    press(qtbot, "Ctrl+F")
    bar = opened.text.find_bar
    bar.scope.setCurrentIndex(1)
    bar.text.setFocus()
    write(qtbot, "slept")
    qtbot.waitUntil(lambda: "1 found" in bar.found.text())
    press(qtbot, "Return")
    assert opened.at_hand.sentence.text == "All slept."
    assert "1 of 1" in bar.found.text()
    press(qtbot, "Esc")
    assert not bar.isVisible()
    assert opened.text.page.hasFocus()
