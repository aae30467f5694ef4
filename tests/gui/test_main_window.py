"""The window as a user works in it: open, choose, narrate, stop, hear, close."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from mutagen.mp3 import MP3
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot
from surroundings import dropped

from narrator.errors import ModelMissing, NoOutputDevice
from narrator.gui.main_window import MainWindow

CHECKED_ROLE = Qt.ItemDataRole.CheckStateRole
Settled = Callable[[MainWindow], None]


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.mp3"))


def column(window: MainWindow, number: int) -> list[str]:
    model = window.book.page.chapters
    return [model.data(model.index(row, number)) for row in range(model.rowCount())]


def states(window: MainWindow) -> list[str]:
    return [text.lstrip("○▶✓! ") for text in column(window, window.book.page.chapters.STATE)]


def listed(window: MainWindow) -> list[str]:
    return [window.panel.files.item(row).text() for row in range(window.panel.files.count())]


def press(qtbot: QtBot, window: MainWindow, keys: str) -> None:
    """Trigger the action with this shortcut; offscreen no window gets real key presses."""
    (action,) = [
        action
        for action in vars(window.can).values()
        if hasattr(action, "shortcuts") and keys in [key.toString() for key in action.shortcuts()]
    ]
    assert action.isEnabled(), f"{keys} is off"
    action.trigger()


def test_a_book_shows_its_chapters_and_what_is_left_out_and_why(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    assert window.book.currentWidget() is window.book.welcome
    press(qtbot, window, "Ctrl+Shift+O")  # the sample book
    qtbot.waitUntil(window.can.narrate.isEnabled)
    page = window.book.page
    assert page.title.text() == "The Clock at Tern Point"
    assert page.author.text() == "The narrator project"
    assert page.cover.isVisible()
    assert page.facts.text().startswith("5 chapters · ")
    assert column(window, 0)[0] == "1   Chapter I: Eleven Minutes"
    reasons = [page.left_out.data(page.left_out.index(row, 1)) for row in range(5)]
    assert "a copyright page" in reasons
    assert window.windowTitle().startswith("The Clock at Tern Point")
    assert window.panel.folder.text().endswith("The Clock at Tern Point")


def test_a_book_becomes_files_and_each_is_listed(
    qtbot: QtBot, opened: MainWindow, machine: object, settled: Settled, tmp_path: Path
) -> None:
    press(qtbot, opened, "Ctrl+Return")
    settled(opened)
    expected = ["01 - One.mp3", "02 - Two.mp3", "03 - Three.mp3"]
    assert files(tmp_path / "Audiobooks" / "The Keeper") == expected
    assert listed(opened) == expected
    assert states(opened) == ["ready"] * 3
    assert opened.footer.status.text.startswith("Done: 3 chapters in ")
    assert opened.footer.bar.value() == opened.footer.bar.maximum()


def test_only_chosen_chapters_are_narrated_at_the_chosen_speed(
    qtbot: QtBot, opened: MainWindow, settled: Settled, tmp_path: Path
) -> None:
    page, panel = opened.book.page, opened.panel
    page.chapters.setData(page.chapters.index(1, 0), Qt.CheckState.Unchecked.value, CHECKED_ROLE)
    panel.folder.setText(str(tmp_path / "slow"))
    panel.speed.setValue(0.5)
    opened.narrate()
    settled(opened)
    assert files(tmp_path / "slow") == ["01 - One.mp3", "03 - Three.mp3"]
    panel.folder.setText(str(tmp_path / "fast"))
    panel.speed.setValue(3)
    opened.narrate()
    settled(opened)
    slow, fast = (MP3(tmp_path / name / "01 - One.mp3").info.length for name in ("slow", "fast"))
    assert fast < slow
    assert states(opened) == ["ready", "", "ready"]


def test_space_turns_the_box_of_the_row(qtbot: QtBot, opened: MainWindow) -> None:
    view, model = opened.book.page.chapter_view, opened.book.page.chapters
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert [chapter.number for chapter in model.chosen()] == [2, 3]
    qtbot.keyClick(view, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(view, Qt.Key.Key_Space)
    assert [chapter.number for chapter in model.chosen()] == [1, 2, 3]
    press(qtbot, opened, "Ctrl+Shift+N")
    assert model.chosen() == []
    assert not opened.can.narrate.isEnabled()
    press(qtbot, opened, "Ctrl+Shift+A")
    assert opened.can.narrate.isEnabled()


def test_a_stop_keeps_what_is_finished_and_narrate_goes_on_there(
    qtbot: QtBot, opened: MainWindow, voice: object, settled: Settled, tmp_path: Path
) -> None:
    voice.hold("waited")
    press(qtbot, opened, "Ctrl+Return")
    qtbot.waitUntil(lambda: states(opened) == ["ready", "speaking", "waiting"])
    assert not opened.can.open.isEnabled()
    assert not opened.panel.voice.isEnabled()
    assert opened.footer.status.text.startswith("Chapter 2 of 3, sentence ")
    assert 0 < opened.footer.bar.value() < opened.footer.bar.maximum()
    press(qtbot, opened, "Esc")
    voice.let_go()
    settled(opened)
    assert opened.footer.status.text.startswith("Stopped: 1 chapter finished, 2 to do.")
    assert states(opened) == ["ready", "", ""]
    assert files(tmp_path) == ["01 - One.mp3"]
    press(qtbot, opened, "Ctrl+Return")
    settled(opened)
    assert states(opened) == ["ready"] * 3
    assert len(voice.spoken) == len(set(voice.spoken)) == 7


def test_a_second_narration_says_that_all_is_there(
    qtbot: QtBot, opened: MainWindow, settled: Settled
) -> None:
    opened.narrate()
    settled(opened)
    opened.narrate()
    settled(opened)
    assert opened.footer.status.text.startswith("All was there already, unchanged: 3 chapters in ")
    assert len(listed(opened)) == 3


def test_closing_while_narrating_keeps_what_is_finished(
    qtbot: QtBot, opened: MainWindow, voice: object, tmp_path: Path
) -> None:
    voice.hold("waited")
    opened.narrate()
    qtbot.waitUntil(lambda: states(opened)[0] == "ready")
    opened.close()
    assert opened.isVisible()  # it waits for the sentence, and the window lives on meanwhile
    voice.let_go()
    qtbot.waitUntil(lambda: not opened.isVisible())
    assert files(tmp_path) == ["01 - One.mp3"]
    assert not list(tmp_path.rglob("*.part"))


def test_a_second_closing_does_not_wait(
    qtbot: QtBot, opened: MainWindow, voice: object, tmp_path: Path
) -> None:
    voice.hold()
    opened.narrate()
    opened.close()
    opened.close()
    assert not opened.isVisible()


def test_a_failed_chapter_is_told_and_the_others_are_written(
    qtbot: QtBot, opened: MainWindow, voice: object, settled: Settled
) -> None:
    voice.broken = ("waited",)
    opened.narrate()
    settled(opened)
    assert "“She waited.” could not be spoken" in opened.footer.status.text
    assert states(opened) == ["ready", "failed", "ready"]


def bad_zip(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 4)


def picture_bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("none.epub", lambda path: None),
        ("folder", lambda path: path.mkdir()),
        ("empty.epub", lambda path: path.touch()),
        ("corrupt.epub", bad_zip),
        ("hollow.epub", picture_bomb),
        ("book.exe", lambda path: path.write_bytes(b"MZ")),
    ],
)
def test_a_bad_file_is_one_sentence_and_the_open_book_stays(
    qtbot: QtBot,
    opened: MainWindow,
    settled: Settled,
    tmp_path: Path,
    name: str,
    make: Callable[[Path], object],
) -> None:
    make(tmp_path / name)
    opened.open_book(tmp_path / name)
    settled(opened)
    assert name in opened.footer.status.text
    assert opened.footer.status.text.endswith(".")
    assert "\n" not in opened.footer.status.text
    assert opened.book.page.title.text() == "The Keeper"
    assert opened.can.narrate.isEnabled()


def test_the_last_book_asked_for_is_the_one_that_opens(
    qtbot: QtBot, window: MainWindow, book_file: Path, tmp_path: Path, settled: Settled
) -> None:
    window.open_book(tmp_path / "none.epub")
    window.open_book(book_file)
    settled(window)
    assert window.book.page.title.text() == "The Keeper"
    assert "none.epub" not in window.footer.status.text


def test_opening_can_be_stopped(qtbot: QtBot, window: MainWindow, book_file: Path) -> None:
    window.open_book(book_file)
    press(qtbot, window, "Esc")
    qtbot.wait(50)
    assert window.book.currentWidget() is window.book.welcome
    assert "not opened" in window.footer.status.text


def test_a_dropped_file_is_opened(
    qtbot: QtBot, window: MainWindow, book_file: Path, settled: Settled
) -> None:
    dropped(window, book_file)
    settled(window)
    assert window.book.page.title.text() == "The Keeper"


def test_the_dialogs_do_not_hold_the_window(
    qtbot: QtBot, window: MainWindow, book_file: Path, settled: Settled, tmp_path: Path
) -> None:
    for keys, answer in (("Ctrl+O", book_file), ("Ctrl+D", tmp_path)):
        press(qtbot, window, keys)
        (dialog,) = window.findChildren(QFileDialog)
        dialog.fileSelected.emit(str(answer))
        dialog.close()
        qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))
        settled(window)
    assert window.book.page.title.text() == "The Keeper"
    assert window.panel.folder.text() == str(tmp_path)


def test_a_line_is_heard(
    qtbot: QtBot, window: MainWindow, machine: object, settled: Settled
) -> None:
    assert not window.can.hear.isEnabled()
    window.panel.line.setText("It rained. He ran.")
    qtbot.keyClick(window.panel.line, Qt.Key.Key_Return)
    settled(window)
    assert machine.seconds > 0.5
    assert window.footer.status.text == ""


@pytest.mark.parametrize(
    ("line", "part"), [("It rained.", "No sound can be played here"), ("…!?", "nothing to say")]
)
def test_a_line_that_cannot_be_heard_is_one_sentence(
    qtbot: QtBot, window: MainWindow, machine: object, settled: Settled, line: str, part: str
) -> None:
    machine.error = NoOutputDevice("no device") if line == "It rained." else None
    window.panel.line.setText(line)
    window.hear()
    settled(window)
    assert part in window.footer.status.text
    assert window.can.hear.isEnabled()


def test_an_engine_that_does_not_load_is_told_and_the_window_goes_on(
    qtbot: QtBot, opened: MainWindow, voice: object, settled: Settled
) -> None:
    voice.load_error = ModelMissing(Path("model/acoustic.safetensors"))
    opened.narrate()
    settled(opened)
    assert "acoustic.safetensors" in opened.footer.status.text
    assert states(opened) == ["", "", ""]
    voice.load_error = None
    opened.narrate()
    settled(opened)
    assert states(opened) == ["ready"] * 3


def test_the_unexpected_is_told_in_one_sentence_without_its_words(
    qtbot: QtBot, opened: MainWindow, voice: object, settled: Settled
) -> None:
    voice.load_error = ZeroDivisionError("a secret")
    opened.narrate()
    settled(opened)
    assert opened.footer.status.text.startswith("Something unexpected went wrong (ZeroDivision")
    assert "secret" not in opened.footer.status.text


def test_a_folder_that_cannot_be_written_is_told(
    qtbot: QtBot, opened: MainWindow, settled: Settled, book_file: Path
) -> None:
    opened.panel.folder.setText(str(book_file / "inside a file"))
    opened.narrate()
    settled(opened)
    assert "choose another folder" in opened.footer.status.text


def test_finished_files_are_shown_by_the_system(
    qtbot: QtBot, opened: MainWindow, machine: object, settled: Settled, tmp_path: Path
) -> None:
    opened.narrate()
    settled(opened)
    folder = tmp_path / "Audiobooks" / "The Keeper"
    press(qtbot, opened, "Ctrl+Shift+D")
    opened.panel.files.setCurrentRow(1)
    qtbot.keyClick(opened.panel.files, Qt.Key.Key_Return)
    assert machine.shown == [folder, folder / "02 - Two.mp3"]
    machine.can_show = False
    press(qtbot, opened, "Ctrl+Shift+D")
    assert opened.footer.status.text == f"No program here opens {folder}"


def test_a_title_full_of_markup_is_shown_as_it_stands(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, settled: Settled
) -> None:
    path = tmp_path / "x.md"
    path.write_text(
        "# A \\<b>bold\\</b> & " + "long " * 500 + "title\n\n## 1\n\nIt rained.\n", "utf-8"
    )
    window.open_book(path)
    settled(window)
    title = window.book.page.title
    assert title.text().startswith("A <b>bold</b> & long")
    assert title.textFormat() == Qt.TextFormat.PlainText
    assert len(title.text()) < 250
