"""A book worked on in the studio window: opened, written, searched, closed, never lost."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hands import (
    back_to,
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
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot
from surroundings import SAMPLE, HeldVoice, Machine

from narrator.gui.desk.text.rows import SentenceState
from narrator.gui.desk.window import StudioWindow
from narrator.gui.exporting.export_dialog import ExportDialog
from narrator.gui.preferences.preferences_dialog import PreferencesDialog
from narrator.gui.shared.palette import CommandPalette
from narrator.gui.shared.themes import apply_theme
from narrator.settings import load_settings
from narrator.studio.studio import Studio

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
    assert opened.can.undo.text() == "Undo: changed text"
    press(qtbot, "Ctrl+Z")
    assert texts(opened) == ["One", "It rained.", "He ran."]
    qtbot.waitUntil(lambda: states(opened)["It rained."] is SentenceState.READY)
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


def test_a_sentence_being_edited_stays_under_the_hands_while_others_are_heard(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, machine: Machine
) -> None:
    machine.loudspeaker.hurried = True
    spoken(opened)
    press(qtbot, "Down")
    press(qtbot, "Space")
    press(qtbot, "Return")
    editor = opened.desk.panel.text.editor
    assert editor.hasFocus()
    editor.selectAll()
    write(qtbot, "Did it")
    qtbot.waitUntil(lambda: not opened.listening.is_playing)
    write(qtbot, " snow?")
    press(qtbot, "Ctrl+Return")
    assert texts(opened) == ["One", "Did it snow?", "He ran."]


def test_news_of_its_sound_do_not_wipe_out_what_is_typed(
    qtbot: QtBot, opened: StudioWindow, voice: HeldVoice, spoken: Spoken
) -> None:
    spoken(opened)
    press(qtbot, "Ctrl+2")
    press(qtbot, "Down")
    press(qtbot, "Down")
    voice.hold()
    press(qtbot, "R")
    press(qtbot, "Return")
    opened.text.table.findChild(QLineEdit).selectAll()
    write(qtbot, "He walked.")
    voice.let_go()
    spoken(opened)
    press(qtbot, "Return")
    qtbot.waitUntil(lambda: texts(opened) == ["One", "It rained.", "He walked."])


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
    assert "2 left out" in opened.desk.book.facts.text()
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
    voice.let_go()


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


def test_nothing_is_lost_by_closing_in_the_middle(
    qtbot: QtBot, window: StudioWindow, studio: Studio, machine: Machine, tmp_path: Path
) -> None:
    machine.loudspeaker.hurried = True
    window.open_book(SAMPLE)
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    command(window, "Ctrl+Down")
    for _ in range(4):
        press(qtbot, "Down")
    press(qtbot, "R")
    window.changing.change_text(window.at_hand.current, "Nobody will lose this.")
    place = window.at_hand.current
    path = window.editing.project.path
    press(qtbot, "Ctrl+E")
    opened_dialog(qtbot, window, ExportDialog).export.click()
    back_to(qtbot, window)
    press(qtbot, "Space")
    qtbot.waitUntil(lambda: window.exports.queue.jobs[0].progress is not None, timeout=10_000)
    press(qtbot, "Space")
    window.playing.go(place)
    window.close()
    again = StudioWindow(studio, machine.outside)
    qtbot.addWidget(again)
    again.show()
    again.open_book(path)
    qtbot.waitUntil(lambda: again.at_hand.current is not None)
    assert again.at_hand.current == place
    assert again.at_hand.sentence.text == "Nobody will lose this."
    assert len(again.at_hand.sentence.takes) == 2
    top = again.text.page.line_at(again.text.page.page.span(4)[0]).top()
    assert 0 <= top - again.text.page.verticalScrollBar().value() < again.text.page.height()
    command(again, "Ctrl+Z")
    assert again.at_hand.sentence.text != "Nobody will lose this."
    command(again, "Ctrl+Z")
    assert len(again.at_hand.sentence.takes) == 1
    again.close()


def test_the_preferences_change_the_look_at_once_and_are_kept(
    qtbot: QtBot, opened: StudioWindow, studio: Studio, qapp: QApplication
) -> None:
    try:
        press(qtbot, "Ctrl+,")
        dialog = opened_dialog(qtbot, opened, PreferencesDialog)
        dialog.theme.setCurrentIndex(dialog.theme.findData("dark"))
        dialog.accept()
        assert qapp.palette().window().color().lightness() < 90
        assert load_settings(studio.folders.config).theme == "dark"
        assert opened.can.recent.actions()[0].text() == "The Keeper"
    finally:
        apply_theme(qapp, "system", 100)


def test_the_text_is_set_in_the_face_and_size_that_are_preferred(
    qtbot: QtBot, opened: StudioWindow, qapp: QApplication
) -> None:
    def face() -> QFontInfo:
        page = opened.text.page.document().firstBlock().begin()
        return QFontInfo(page.fragment().charFormat().font())

    before = face()
    try:
        press(qtbot, "Ctrl+,")
        dialog = opened_dialog(qtbot, opened, PreferencesDialog)
        dialog.reading_face.setCurrentIndex(dialog.reading_face.findData("dyslexic"))
        dialog.type_percent.setValue(150)
        dialog.accept()
        after = face()
        assert before.family() != "OpenDyslexic"
        assert after.family() == "OpenDyslexic"
        assert after.pointSizeF() == pytest.approx(1.5 * before.pointSizeF(), rel=0.05)
    finally:
        apply_theme(qapp, "system", 100)


def test_an_export_is_offered_as_the_last_one_was_chosen(
    qtbot: QtBot, opened: StudioWindow, studio: Studio, tmp_path: Path
) -> None:
    press(qtbot, "Ctrl+E")
    dialog = opened_dialog(qtbot, opened, ExportDialog)
    dialog.files.formats["mp3"].click()
    dialog.files.formats["srt"].click()
    dialog.files.folder.setText(str(tmp_path / "phone" / "The Keeper"))
    dialog.queue.click()
    back_to(qtbot, opened)
    kept = load_settings(studio.folders.config)
    assert (kept.export_formats, kept.export_folder) == (("srt",), str(tmp_path / "phone"))
    other = tmp_path / "other.txt"
    other.write_text("Another book. It is short.", "utf-8")
    opened.open_book(other)
    qtbot.waitUntil(lambda: opened.windowTitle() == "other")
    press(qtbot, "Ctrl+E")
    dialog = opened_dialog(qtbot, opened, ExportDialog)
    assert dialog.files.choices.formats == ("srt",)
    assert dialog.files.choices.folder == str(tmp_path / "phone" / "other")
    dialog.reject()


def test_speed_and_volume_are_as_they_were_when_narrator_starts_again(
    qtbot: QtBot, opened: StudioWindow, studio: Studio, machine: Machine, spoken: Spoken
) -> None:
    bar, path = opened.desk.transport, opened.editing.project.path
    qtbot.keyClick(bar.volume, Qt.Key.Key_PageDown)
    bar.tempo.setValue(2.0)
    turned = bar.turned
    opened.close()
    kept = load_settings(studio.folders.config)
    machine.loudspeaker.hurried = True
    again = StudioWindow(replace(studio, settings=kept), machine.outside)
    qtbot.addWidget(again)
    again.show()
    assert again.desk.transport.turned == turned
    assert turned[1] < 1
    again.open_book(path)
    qtbot.waitUntil(lambda: again.at_hand.current is not None)
    again.show_chapter(chapter_of(again, "Three").id)
    spoken(again)
    with qtbot.waitSignal(again.listening.ended):
        press(qtbot, "Space")
    assert machine.loudspeaker.seconds == pytest.approx(again.at_hand.seconds() / 2, rel=0.2)
    again.close()


def test_what_is_half_typed_is_kept_when_another_book_is_opened_or_this_one_closed(
    qtbot: QtBot, opened: StudioWindow, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another book. It is short. It ends.", "utf-8")
    path = opened.editing.project.path
    edit_in_panel(qtbot, opened, "It snowed.")
    opened.open_book(other)
    qtbot.waitUntil(lambda: opened.windowTitle() != "The Keeper")
    assert texts(opened) == ["Another book.", "It is short.", "It ends."]
    press(qtbot, "Down")
    edit_in_panel(qtbot, opened, "It is very short.")
    command(opened, "Ctrl+W")
    opened.open_book(path)
    qtbot.waitUntil(lambda: opened.at_hand.current is not None)
    assert texts(opened) == ["One", "It snowed.", "He ran."]
    opened.open_book(other)
    qtbot.waitUntil(lambda: "Another book." in texts(opened))
    assert texts(opened) == ["Another book.", "It is very short.", "It ends."]


def edit_in_panel(qtbot: QtBot, window: StudioWindow, text: str) -> None:
    """Begin to change the second sentence in the panel beside the text."""
    window.text.page.setFocus()
    press(qtbot, "Home")
    press(qtbot, "Down")
    press(qtbot, "Return")
    window.desk.panel.text.editor.selectAll()
    write(qtbot, text)


def test_several_sentences_chosen_in_the_list_are_changed_in_one_step(
    qtbot: QtBot, opened: StudioWindow
) -> None:
    press(qtbot, "Ctrl+2")
    press(qtbot, "Home")
    press(qtbot, "Down")
    press(qtbot, "Shift+Down")
    assert opened.desk.panel.title.text() == "2 sentences"
    press(qtbot, "X")
    out = SentenceState.LEFT_OUT
    assert [row.state is out for row in rows(opened)] == [False, True, True]
    press(qtbot, "Ctrl+Z")
    assert out not in states(opened).values()
    assert not opened.can.undo.isEnabled()


def test_the_list_shows_the_changed_ones_alone(
    qtbot: QtBot, opened: StudioWindow, voice: HeldVoice
) -> None:
    voice.hold("snowed")
    opened.changing.change_text(sentence_of(opened, "It rained."), "It snowed.")
    opened.changing.change_text(sentence_of(opened, "He ran."), "He snowed in.")
    press(qtbot, "Ctrl+Alt+2")
    shown = opened.text.table.filtered
    qtbot.waitUntil(lambda: shown.rowCount() <= 2)
    voice.let_go()
    qtbot.waitUntil(lambda: shown.rowCount() == 0)
    press(qtbot, "Ctrl+Alt+1")
    assert shown.rowCount() == 3
    assert opened.can.as_list.isChecked()


def test_every_command_is_found_by_its_name(qtbot: QtBot, opened: StudioWindow) -> None:
    press(qtbot, "Down")
    press(qtbot, "Ctrl+K")
    palette = opened_dialog(qtbot, opened, CommandPalette)
    write(qtbot, "take again")
    press(qtbot, "Return")
    qtbot.waitUntil(lambda: len(opened.at_hand.sentence.takes) == 2)
    assert not palette.isVisible()


def test_of_two_books_opened_at_once_the_second_stays(
    qtbot: QtBot, window: StudioWindow, book_file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.txt"
    other.write_text("Another book. It is short.", "utf-8")
    window.open_book(SAMPLE)
    window.open_book(book_file)
    window.open_book(other)
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    assert "Another book." in texts(window)
    window.open_book(book_file)
    qtbot.waitUntil(lambda: "It rained." in texts(window))
