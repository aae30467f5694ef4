"""What goes wrong around the studio window: one sentence says it, and the work goes on."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from fake_voice import FakeVoice, build_studio, write_voice
from hands import answer, chapter_of, command, opened_dialog, press, rows, states, status, texts
from pytestqt.qtbot import QtBot
from surroundings import HeldVoice, Machine

from narrator.audio.segment import Segment
from narrator.book.reader import read_book
from narrator.errors import DiskFull, ModelMissing, NoOutputDevice
from narrator.gui.desk.text.rows import SentenceState
from narrator.gui.desk.window import StudioWindow
from narrator.gui.exporting.export_dialog import ExportDialog
from narrator.project.project import Project
from narrator.studio.speaking.cache import Cache
from narrator.studio.studio import Studio

Spoken = Callable[[StudioWindow], None]
PULLED = NoOutputDevice("the device is gone")


class FullDisk(Cache):
    """A cache on a disk that is full for as long as it is said to be."""

    full = False

    def put(self, key: str, segment: Segment) -> Segment:
        if self.full:
            raise DiskFull(Path("segments"))
        return super().put(key, segment)


@pytest.fixture
def studio(tmp_path: Path, voice: FakeVoice) -> Studio:
    made = build_studio(tmp_path / "home", voice)
    return replace(made, cache=FullDisk(made.folders.cache, key=made.key, quota_bytes=10**9))


@pytest.fixture
def project_file(tmp_path: Path, opened: StudioWindow) -> Path:
    """A project of another book, closed, beside the window with an open one."""
    path = tmp_path / "Other.narrator"
    book = tmp_path / "Other.txt"
    book.write_text("Another book. It is short.", "utf-8")
    Project.create(path, read_book(book), voice="kathleen").close()
    return path


def open_and_be_refused(qtbot: QtBot, window: StudioWindow, path: Path) -> str:
    """Open a file that cannot be, and give what the window says."""
    window.open_book(path)
    qtbot.waitUntil(lambda: "Opening" not in status(window))
    return status(window)


def is_one_sentence(told: str) -> bool:
    return told.endswith(".") and "\n" not in told and "Traceback" not in told


def test_a_sound_card_pulled_out_while_it_plays_stops_the_sound_and_nothing_else(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, machine: Machine, voice: HeldVoice
) -> None:
    spoken(opened)
    press(qtbot, "Space")
    qtbot.waitUntil(lambda: machine.loudspeaker.seconds > 0)
    machine.loudspeaker.error = PULLED
    qtbot.waitUntil(lambda: not opened.listening.is_playing)
    assert "No sound can be played here (the device is gone)" in status(opened)
    assert is_one_sentence(status(opened))
    assert opened.desk.transport.play.accessibleName() == "Play"
    opened.changing.change_text(opened.at_hand.sentences[1].id, "It snowed.")
    spoken(opened)
    assert "it snowed" in voice.spoken
    press(qtbot, "Space")
    qtbot.waitUntil(lambda: not opened.listening.is_playing)
    machine.loudspeaker.error = None
    machine.loudspeaker.hurried = True
    before = machine.loudspeaker.seconds
    press(qtbot, "Space")
    qtbot.waitUntil(lambda: machine.loudspeaker.seconds > before)


def test_without_a_sound_card_all_works_but_play_which_says_why(
    qtbot: QtBot, window: StudioWindow, book_file: Path, machine: Machine, spoken: Spoken
) -> None:
    machine.error = NoOutputDevice("there is none")
    window.open_book(book_file)
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    spoken(window)
    assert "No sound" not in status(window)
    press(qtbot, "Space")
    qtbot.waitUntil(lambda: not window.listening.is_playing)
    assert "there is none" in status(window)
    press(qtbot, "Down")
    press(qtbot, "R")
    spoken(window)
    press(qtbot, "C")
    qtbot.waitUntil(lambda: not window.listening.is_playing)
    assert len(window.at_hand.sentence.takes) == 2


def test_a_book_that_was_moved_away_is_missed_by_the_read_along_alone(
    qtbot: QtBot, opened: StudioWindow, studio: Studio, machine: Machine, book_file: Path
) -> None:
    path = opened.editing.project.path
    command(opened, "Ctrl+W")
    assert opened.pages.currentWidget() is opened.welcome
    book_file.rename(book_file.with_name("elsewhere.md"))
    opened.open_book(path)
    qtbot.waitUntil(lambda: opened.at_hand.current is not None)
    assert texts(opened) == ["One", "It rained.", "He ran."]
    command(opened, "Ctrl+E")
    dialog = opened_dialog(qtbot, opened, ExportDialog)
    assert not dialog.files.formats["readalong"].isEnabled()
    assert "needs the file of the book" in dialog.files.formats["readalong"].text()
    assert dialog.export.isEnabled()
    dialog.reject()
    told = open_and_be_refused(qtbot, opened, book_file.with_name("nowhere.md"))
    assert "There is no file" in told
    assert texts(opened) == ["One", "It rained.", "He ran."]


def test_a_project_open_in_another_window_is_refused_and_the_open_book_stays(
    qtbot: QtBot, opened: StudioWindow, project_file: Path
) -> None:
    with closing(Project.open(project_file)):
        told = open_and_be_refused(qtbot, opened, project_file)
    assert "is open already" in told
    assert is_one_sentence(told)
    assert texts(opened) == ["One", "It rained.", "He ran."]
    opened.open_book(project_file)
    qtbot.waitUntil(lambda: texts(opened) == ["Another book.", "It is short."])


def test_a_damaged_project_is_refused_and_the_open_book_stays(
    qtbot: QtBot, opened: StudioWindow, project_file: Path
) -> None:
    project_file.write_bytes(b"not a project at all" * 400)
    told = open_and_be_refused(qtbot, opened, project_file)
    assert "cannot be opened as a project" in told
    assert is_one_sentence(told)
    assert texts(opened) == ["One", "It rained.", "He ran."]
    project_file.write_bytes(b"")
    assert is_one_sentence(open_and_be_refused(qtbot, opened, project_file))
    assert texts(opened) == ["One", "It rained.", "He ran."]


def test_a_project_of_a_newer_narrator_is_refused_and_the_open_book_stays(
    qtbot: QtBot, opened: StudioWindow, project_file: Path
) -> None:
    with closing(sqlite3.connect(project_file)) as connection:
        connection.execute("PRAGMA user_version = 999")
    told = open_and_be_refused(qtbot, opened, project_file)
    assert "newer narrator" in told
    assert is_one_sentence(told)
    press(qtbot, "Down")
    assert opened.at_hand.sentence.text == "It rained."


def test_a_voice_deleted_while_it_reads_is_missed_by_name_and_another_takes_over(
    qtbot: QtBot, opened: StudioWindow, tmp_path: Path, spoken: Spoken, voice: HeldVoice
) -> None:
    voices = tmp_path / "home" / "voices"
    write_voice(voices, "amber")
    opened.find_voices()
    qtbot.waitUntil(lambda: len(opened.at_hand.voices) == 2)
    spoken(opened)
    shutil.rmtree(voices / "kathleen")
    opened.find_voices()
    qtbot.waitUntil(lambda: len(opened.at_hand.voices) == 1)
    assert "There is no voice called “kathleen”" in status(opened)
    assert "amber" in status(opened)
    assert set(states(opened).values()) == {SentenceState.FAILED}
    press(qtbot, "Space")
    qtbot.waitUntil(lambda: not opened.listening.is_playing)
    press(qtbot, "Ctrl+Alt+V")
    answer(qtbot, opened, "Amber")
    spoken(opened)
    assert {row.voice for row in rows(opened)} == {"Amber"}
    assert set(states(opened).values()) == {SentenceState.READY}


def test_an_engine_that_cannot_load_is_told_once_and_tried_again_by_key(
    qtbot: QtBot, window: StudioWindow, book_file: Path, voice: HeldVoice, spoken: Spoken
) -> None:
    voice.load_error = ModelMissing(Path("acoustic.safetensors"))
    told: list[str] = []
    window.listening.told.connect(lambda news: told.append(type(news).__name__))
    window.open_book(book_file)
    qtbot.waitUntil(lambda: "acoustic.safetensors is missing" in status(window))
    assert "Ctrl+Shift+T" in status(window)
    assert told.count("Halted") == 1
    assert set(states(window).values()) == {SentenceState.WAITING}
    window.changing.change_text(window.at_hand.sentences[1].id, "It snowed.")
    assert told.count("Halted") == 1
    press(qtbot, "Space")
    qtbot.waitUntil(lambda: not window.listening.is_playing)
    voice.load_error = None
    press(qtbot, "Ctrl+Shift+T")
    spoken(window)
    qtbot.waitUntil(lambda: status(window) == "")
    assert "it snowed" in voice.spoken


def test_a_full_disk_halts_is_told_and_the_work_goes_on_once_there_is_room(
    qtbot: QtBot, opened: StudioWindow, spoken: Spoken, studio: Studio, voice: HeldVoice
) -> None:
    spoken(opened)
    assert isinstance(studio.cache, FullDisk)
    studio.cache.full = True
    opened.show_chapter(chapter_of(opened, "Two").id)
    qtbot.waitUntil(lambda: "is full" in status(opened))
    assert "Ctrl+Shift+T tries again" in status(opened)
    assert set(states(opened).values()) == {SentenceState.WAITING}
    opened.changing.change_text(opened.at_hand.sentences[1].id, "She slept.")
    assert texts(opened) == ["Two", "She slept."]
    studio.cache.full = False
    press(qtbot, "Ctrl+Shift+T")
    spoken(opened)
    assert "she slept" in voice.spoken
    qtbot.waitUntil(lambda: status(opened) == "")


def test_sentences_that_stumble_are_tried_again_by_key(
    qtbot: QtBot, window: StudioWindow, book_file: Path, voice: HeldVoice, spoken: Spoken
) -> None:
    voice.broken = ("rained",)
    window.open_book(book_file)
    qtbot.waitUntil(lambda: SentenceState.FAILED in states(window).values())
    assert states(window)["It rained."] is SentenceState.FAILED
    voice.broken = ()
    press(qtbot, "Ctrl+Shift+T")
    spoken(window)


def test_settings_that_cannot_be_written_are_told_and_hold_until_the_end(
    qtbot: QtBot, window: StudioWindow, studio: Studio, book_file: Path
) -> None:
    studio.folders.config.parent.mkdir(parents=True, exist_ok=True)
    studio.folders.config.write_text("in the way", "utf-8")
    window.preferring.use(replace(window.preferring.settings, type_percent=100, folder="x"))
    assert str(studio.folders.config) in status(window)
    assert is_one_sentence(status(window))
    assert window.preferring.folder == Path("x")
    window.preferring.use(replace(window.preferring.settings, folder=""))
    window.open_book(book_file)
    qtbot.waitUntil(lambda: window.at_hand.current is not None)
    assert texts(window) == ["One", "It rained.", "He ran."]
