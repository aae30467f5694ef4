"""A book heard in the studio window: played, cast, bent, pronounced, exported, read along."""

from collections.abc import Callable
from pathlib import Path

import mutagen
from fake_voice import write_voice
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
    write,
)
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from surroundings import SAMPLE, HeldVoice, Machine

from narrator.gui.desk.text.rows import SentenceState
from narrator.gui.desk.window import StudioWindow
from narrator.gui.exporting.export_dialog import ExportDialog
from narrator.gui.pronouncing.pronunciation_dialog import PronunciationDialog
from narrator.studio.narrating.queue import State as Stage
from narrator.studio.speaking.board import State
from narrator.studio.studio import Studio

Spoken = Callable[[StudioWindow], None]


def test_the_book_is_played_to_its_end_through_all_chapters(
    qtbot: QtBot, opened: StudioWindow, machine: Machine, voice: HeldVoice
) -> None:
    machine.loudspeaker.hurried = True
    press(qtbot, "Space")
    assert opened.desk.transport.play.accessibleName() == "Pause"
    qtbot.waitUntil(lambda: opened.at_hand.chapter.title == "Three", timeout=10_000)
    qtbot.waitUntil(lambda: not opened.listening.is_playing, timeout=10_000)
    said = {"one", "it rained", "he ran", "two", "she waited", "three", "all slept"}
    assert said <= set(voice.spoken)
    assert machine.loudspeaker.seconds > 2
    assert opened.desk.transport.play.accessibleName() == "Play"


def test_playing_pauses_goes_on_where_it_was_and_goes_to_the_next_sentence(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, machine: Machine
) -> None:
    spoken(opened)
    press(qtbot, "Space")
    qtbot.waitUntil(lambda: (opened.listening.spot or (0, 0))[1] > 0.1)
    press(qtbot, "Space")
    assert not opened.listening.is_playing
    at = opened.listening.spot
    press(qtbot, "Space")
    assert opened.listening.is_playing
    assert opened.listening.spot >= at
    press(qtbot, "Alt+Down")
    press(qtbot, "Alt+Down")
    assert opened.at_hand.sentence.text == "He ran."
    assert opened.listening.is_playing
    qtbot.waitUntil(
        lambda: opened.listening.spot and opened.listening.spot.id == opened.at_hand.current
    )


def marked_words(window: StudioWindow) -> list[str]:
    """The word that sounds, as the page marks it beside the sentence."""
    return [each.cursor.selectedText() for each in window.text.page.extraSelections()[1:]]


def test_the_word_that_sounds_is_marked_on_the_page(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken
) -> None:
    spoken(opened)
    press(qtbot, "Down")
    press(qtbot, "Space")
    qtbot.waitUntil(lambda: marked_words(opened) == ["rained."])
    press(qtbot, "Space")
    opened.changing.change_text(opened.at_hand.current, "Did it snow?")
    spoken(opened)
    opened.playing.play_from(opened.at_hand.current)
    met: list[str] = []
    qtbot.waitUntil(lambda: met.extend(marked_words(opened)) or met[-1:] == ["snow?"])
    assert set(met) <= {"Did", "it", "snow?"}


def test_a_sentence_that_is_sought_is_spoken_before_the_rest(
    qtbot: QtBot, window: StudioWindow, voice: HeldVoice
) -> None:
    voice.hold()
    window.open_book(SAMPLE)
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    press(qtbot, "Space")
    press(qtbot, "End")
    last = window.at_hand.sentences[-1]
    assert window.at_hand.current == last.id
    voice.let_go()
    qtbot.waitUntil(lambda: window.listening.live.seconds(last.id) is not None, timeout=10_000)
    spoken = [id for id, state in window.listening.live.states().items() if state is State.READY]
    assert len(spoken) < len(window.at_hand.script) / 2
    press(qtbot, "Space")


def test_another_take_is_made_the_first_chosen_again_and_both_compared(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, voice: HeldVoice, machine: Machine
) -> None:
    machine.loudspeaker.hurried = True
    spoken(opened)
    press(qtbot, "Down")
    press(qtbot, "C")
    assert "only one take" in status(opened)
    press(qtbot, "R")
    assert [button.isChecked() for button in opened.desk.panel.takes.buttons] == [False, True]
    spoken(opened)
    assert voice.spoken.count("it rained") == 2
    press(qtbot, "1")
    assert opened.at_hand.sentence.chosen == 0
    qtbot.waitUntil(lambda: states(opened)["It rained."] is SentenceState.READY)
    press(qtbot, "9")
    assert "no take 9" in status(opened)
    before = machine.loudspeaker.seconds
    press(qtbot, "C")
    qtbot.waitUntil(lambda: not opened.listening.is_playing)
    assert 0.8 < machine.loudspeaker.seconds - before < 3
    assert opened.at_hand.chapter.title == "One"
    assert opened.at_hand.sentence.text == "It rained."
    assert voice.spoken.count("it rained") == 2


def test_quotations_are_given_to_a_character_with_a_voice_of_its_own(
    qtbot: QtBot, window: StudioWindow, tmp_path: Path, studio: Studio
) -> None:
    write_voice(tmp_path / "home" / "voices", "amber")
    window.find_voices()
    qtbot.waitUntil(lambda: len(window.at_hand.voices) == 2)
    path = tmp_path / "talk.txt"
    path.write_text("He came in. “Is it late?” he asked. “No,” she said.", "utf-8")
    window.open_book(path)
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    press(qtbot, "Ctrl+Alt+Q")
    answer(qtbot, window, "Mara")
    answer(qtbot, window, "Amber")
    assert window.editing.project.cast == (("Mara", "amber"),)
    command(window, "Ctrl+Alt+Q")
    answer(qtbot, window, "Mara")
    voices = {row.text: row.voice for row in rows(window)}
    assert voices["“Is it late?”"] == "Amber"
    assert voices["He came in."] == "Kathleen"
    assert window.can.undo.isEnabled()


def test_a_sentence_is_given_a_voice_in_the_panel(
    qtbot: QtBot, opened: StudioWindow, tmp_path: Path, spoken: Spoken, voice: HeldVoice
) -> None:
    write_voice(tmp_path / "home" / "voices", "amber")
    opened.find_voices()
    qtbot.waitUntil(lambda: len(opened.at_hand.voices) == 2)
    spoken(opened)
    press(qtbot, "Down")
    press(qtbot, "V")
    box = opened.desk.panel.casting.voice
    assert box.hasFocus()
    write(qtbot, "Am")
    assert opened.at_hand.sentence.take.voice == "amber"
    spoken(opened)
    assert voice.spoken.count("it rained") == 2
    assert [row.voice for row in rows(opened)] == ["Kathleen", "Amber", "Kathleen"]


def test_a_bend_is_heard_and_kept(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, machine: Machine, voice: HeldVoice
) -> None:
    machine.loudspeaker.hurried = True
    spoken(opened)
    press(qtbot, "Down")
    press(qtbot, "F8")
    lane = opened.text.lane
    assert lane.hasFocus()
    qtbot.waitUntil(lambda: "No sentence" not in lane.told.text() and lane.current > 0)
    press(qtbot, "Alt+Up")
    press(qtbot, "Alt+Up")
    qtbot.waitUntil(lambda: opened.at_hand.sentence.take.prosody.bends != ())
    (bend,) = opened.at_hand.sentence.take.prosody.bends
    assert bend.pitch == 1.0
    qtbot.waitUntil(lambda: machine.loudspeaker.seconds > 0)
    qtbot.waitUntil(lambda: not opened.listening.is_playing)
    assert opened.at_hand.sentence.text == "It rained."
    spoken(opened)
    assert voice.spoken.count("it rained") == 2
    assert lane.bends == (bend,)
    command(opened, "Ctrl+Z")
    assert opened.at_hand.sentence.take.prosody.bends == ()
    qtbot.waitUntil(lambda: lane.bends == ())


def test_a_pronunciation_for_the_book_is_spoken_where_its_word_stands_and_nowhere_else(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, voice: HeldVoice
) -> None:
    spoken(opened)
    before = len(voice.spoken)
    press(qtbot, "Down")
    press(qtbot, "Ctrl+Right")
    press(qtbot, "Ctrl+Right")
    press(qtbot, "P")
    dialog = opened_dialog(qtbot, opened, PronunciationDialog)
    assert dialog.word.text() == "rained"
    qtbot.keyClicks(dialog.field, "R AE N D")
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.editing.project.entries != ())
    qtbot.waitUntil(lambda: len(voice.spoken) > before)
    spoken(opened)
    assert voice.spoken[before:] == ["it rained"]
    assert "rained" in opened.desk.panel.pronunciations.text()


def test_two_chapters_are_exported_as_two_files_that_say_what_they_are(
    qtbot: QtBot, opened: StudioWindow, machine: Machine, tmp_path: Path
) -> None:
    opened.desk.book.chapter_view.setFocus()
    opened.show_chapter(chapter_of(opened, "Three").id)
    opened.desk.book.chapter_view.setFocus()
    press(qtbot, "Space")
    assert not chapter_of(opened, "Three").included
    press(qtbot, "Ctrl+E")
    dialog = opened_dialog(qtbot, opened, ExportDialog)
    dialog.files.folder.setText(str(tmp_path / "out"))
    dialog.files.folder.editingFinished.emit()
    dialog.facts.title.setText("The Keeper's Book")
    dialog.export.click()
    assert opened.queue.isVisible()
    assert opened.can.queue.isChecked()
    qtbot.waitUntil(lambda: not opened.exports.busy, timeout=15_000)
    (job,) = opened.exports.queue.jobs
    assert job.state is Stage.DONE
    files = sorted((tmp_path / "out").glob("*.mp3"))
    assert [file.name for file in files] == ["01 - One.mp3", "02 - Two.mp3"]
    tags = [mutagen.File(file) for file in files]
    assert [str(one.tags["TIT2"]) for one in tags] == ["One", "Two"]
    assert {str(one.tags["TALB"]) for one in tags} == {"The Keeper's Book"}
    assert all(one.info.length > 1 for one in tags)
    assert opened.windowTitle() == "The Keeper's Book"
    qtbot.waitUntil(lambda: opened.queue.show_files.isEnabled())
    opened.queue.show_files.click()
    assert machine.shown == [tmp_path / "out"]
    command(opened, "Ctrl+Shift+E")
    assert not opened.queue.isVisible()


def test_readers_mode_comes_and_goes_with_its_bookmarks(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, machine: Machine
) -> None:
    press(qtbot, "Down")
    press(qtbot, "B")
    (mark,) = opened.editing.project.bookmarks
    assert mark.sentence == sentence_of(opened, "It rained.")
    press(qtbot, "F11")
    reader = opened.reading.view
    assert opened.pages.currentWidget() is reader
    assert reader.text.hasFocus()
    assert not opened.menuBar().isVisible()
    assert [reader.bookmarks.list.item(0).text()] == ["It rained."]
    spoken(opened)
    press(qtbot, "Ctrl+Space")
    assert opened.listening.is_playing
    press(qtbot, "Ctrl+Space")
    assert not opened.listening.is_playing
    press(qtbot, "Esc")
    assert opened.pages.currentWidget() is opened.desk
    assert opened.menuBar().isVisible()
    assert opened.text.page.hasFocus()
    assert not opened.can.reader.isChecked()
    opened.show_chapter(chapter_of(opened, "Three").id)
    press(qtbot, "F11")
    reader.bookmarks.list.itemActivated.emit(reader.bookmarks.list.item(0))
    assert opened.at_hand.sentence.text == "It rained."
    press(qtbot, "F11")
    press(qtbot, "B")
    assert opened.editing.project.bookmarks == ()
