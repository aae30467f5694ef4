"""Reader's mode, as somebody uses it who only wants to listen."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QColor, QFontInfo, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot
from reach import SMALL_SCREEN, clipped, double_type, focusable, spoken_name, walked

from narrator.gui.reader.look import Look
from narrator.gui.reader.panels import Mark
from narrator.gui.reader.reader_view import ReaderView
from narrator.project.model import Sentence
from narrator.settings import Settings
from narrator.speech import Opening

LOOK = Look.of(Settings())


def sentence(id: int, text: str, opens: Opening = Opening.SENTENCE, *, ends: bool) -> Sentence:
    return Sentence(id, 1, id, text, text, opens, ends_paragraph=ends)


ROWS = (
    sentence(7, "The Lighthouse", Opening.HEADING, ends=True),
    sentence(8, "It rained 🌧 all day.", Opening.PARAGRAPH, ends=False),
    sentence(9, "He ran\nhome.", ends=True),
    *(
        sentence(n, "Nobody answered him. " * 8, Opening.PARAGRAPH, ends=True)
        for n in range(20, 60)
    ),
)


@dataclass
class Clock:
    seconds: float = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def actions(qtbot: QtBot) -> Iterator[list[QAction]]:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = [QAction(text, window) for text in ("Sentence back", "Play", "Next sentence")]
    made[1].setShortcut("Space")
    window.addActions(made)
    yield made
    window.close()


@pytest.fixture
def reader(qtbot: QtBot, clock: Clock, actions: list[QAction]) -> ReaderView:
    reader = ReaderView(actions, LOOK, now=clock)
    qtbot.addWidget(reader)
    reader.show_chapter("Chapter 2", ROWS)
    reader.resize(*SMALL_SCREEN)
    reader.show()
    reader.activateWindow()
    qtbot.waitUntil(reader.isActiveWindow)
    return reader


def heard(reader: ReaderView) -> list[str]:
    """The sentences that are marked."""
    return [mark.cursor.selectedText() for mark in reader.text.extraSelections()]


def test_the_text_is_one_that_a_screen_reader_walks_through(reader: ReaderView) -> None:
    lines = reader.text.toPlainText().split("\n")
    assert lines[:2] == ["The Lighthouse", "It rained 🌧 all day. He ran home."]
    assert spoken_name(reader.text) == "Text of Chapter 2"
    assert reader.text.isReadOnly()
    assert QApplication.focusWidget() is reader.text


def test_the_sentence_and_the_word_that_are_heard_are_marked(reader: ReaderView) -> None:
    reader.set_current(8)
    assert heard(reader) == ["It rained 🌧 all day."]
    reader.set_word(8, 12, 15)
    assert reader.text.word == "all"
    reader.set_word(9, 3, 6)
    assert heard(reader) == ["He ran home."]
    assert reader.text.word == "ran"


def test_the_line_under_the_word_is_drawn(reader: ReaderView) -> None:
    reader.set_current(8)
    accent = reader.palette().highlight().color()
    assert not has_colour(reader, accent)
    reader.set_word(8, 3, 9)
    assert has_colour(reader, accent)
    reader.set_current(9)
    assert not has_colour(reader, accent)


def has_colour(reader: ReaderView, colour: QColor) -> bool:
    image = reader.text.viewport().grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return colour.rgb().to_bytes(4, sys.byteorder) in bytes(image.constBits())


def test_a_sentence_of_another_chapter_is_marked_nowhere(reader: ReaderView) -> None:
    reader.set_word(8, 0, 2)
    reader.set_word(1000, 0, 2)
    assert heard(reader) == []
    assert reader.text.word == ""


def test_what_is_heard_stays_in_sight_and_the_cursor_stays_where_it_is(
    reader: ReaderView,
) -> None:
    for id in (40, 59, 8):
        reader.set_current(id)
        (mark,) = reader.text.extraSelections()
        cursor = QTextCursor(mark.cursor)
        cursor.setPosition(cursor.selectionStart())
        assert 0 <= reader.text.cursorRect(cursor).top() < reader.text.viewport().height()
    assert reader.text.textCursor().position() == 0


def test_enter_and_two_clicks_ask_for_a_sentence(qtbot: QtBot, reader: ReaderView) -> None:
    qtbot.keyClick(reader.text, Qt.Key.Key_Down)
    with qtbot.waitSignal(reader.sentence_chosen) as asked:
        qtbot.keyClick(reader.text, Qt.Key.Key_Return)
    assert asked.args == [8]
    spot = reader.text.cursorRect(reader.text.textCursor()).center()
    with qtbot.waitSignal(reader.sentence_chosen) as asked:
        qtbot.mouseDClick(reader.text.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert asked.args == [8]


@pytest.mark.parametrize("key", [Qt.Key.Key_Escape, Qt.Key.Key_F11])
def test_escape_and_f11_leave_from_anywhere(qtbot: QtBot, reader: ReaderView, key: Qt.Key) -> None:
    reader.look_button.click()
    for widget in (reader.text, reader.look_panel.size_box, reader.transport[1]):
        with qtbot.waitSignal(reader.left):
            qtbot.keyClick(widget, key)


def test_keys_that_leave_are_not_taken_by_the_window_around(
    qtbot: QtBot, actions: list[QAction]
) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    reader = ReaderView(actions, LOOK, window)
    window.setCentralWidget(reader)
    done: list[str] = []
    for key in ("Esc", "F11"):
        other = QAction(key, window)
        other.setShortcut(key)
        other.triggered.connect(lambda _=False, key=key: done.append(key))
        window.addAction(other)
    left: list[bool] = []
    reader.left.connect(lambda: left.append(True))
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for key in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
        QTest.keyClick(window.windowHandle(), key)
    assert (len(left), done) == (2, [])


def test_space_plays_from_the_text(
    qtbot: QtBot, reader: ReaderView, actions: list[QAction]
) -> None:
    with qtbot.waitSignal(actions[1].triggered):
        QTest.keyClick(reader.windowHandle(), Qt.Key.Key_Space)


def test_the_buttons_follow_their_actions(reader: ReaderView, actions: list[QAction]) -> None:
    actions[1].setText("&Pause")
    actions[2].setEnabled(False)
    assert spoken_name(reader.transport[1]) == "Pause"
    assert not reader.transport[2].isEnabled()


def test_the_look_is_chosen_shown_and_told(qtbot: QtBot, reader: ReaderView) -> None:
    panel = reader.look_panel
    reader.look_button.click()
    looks: list[Look] = []
    reader.look_changed.connect(looks.append)
    for box, row in ((panel.face, 2), (panel.colours, 3)):
        box.setFocus()
        for _ in range(row):
            qtbot.keyClick(box, Qt.Key.Key_Down)
    qtbot.keyClick(panel.size_box, Qt.Key.Key_Up)
    qtbot.keyClick(panel.spacing, Qt.Key.Key_Up)
    assert looks[-1] == Look("dyslexic", 32, 1.7, "sepia")
    assert QFontInfo(reader.text.font()).family() == "OpenDyslexic"
    assert reader.text.font().pixelSize() == 32
    assert reader.palette().window().color().name() == "#f6ecd8"
    kept = looks[-1].within(Settings(voice="walter"))
    assert (Look.of(kept), kept.voice) == (looks[-1], "walter")


def test_the_usual_keys_make_the_type_larger_and_smaller(qtbot: QtBot, reader: ReaderView) -> None:
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(reader.text, Qt.Key.Key_Plus, control)
    assert reader.text.font().pixelSize() == 32
    qtbot.keyClick(reader.text, Qt.Key.Key_Minus, control)
    assert reader.text.font().pixelSize() == 30


def test_one_panel_is_open_at_a_time(reader: ReaderView) -> None:
    reader.look_button.click()
    reader.bookmarks_button.click()
    assert (reader.look_panel.isVisible(), reader.bookmarks.isVisible()) == (False, True)
    reader.bookmarks_button.click()
    assert not reader.bookmarks.isVisible()


def test_a_bookmark_is_set_and_gone_to(qtbot: QtBot, reader: ReaderView) -> None:
    reader.bookmarks_button.click()
    assert not reader.bookmarks.add.isEnabled()
    assert reader.bookmarks.none.isVisible()
    reader.set_current(9)
    with qtbot.waitSignal(reader.bookmark_added) as added:
        reader.bookmarks.add.click()
    assert added.args == [9]
    reader.show_bookmarks([Mark(9, "He ran home."), Mark(300, "The end")])
    reader.bookmarks.list.setFocus()
    qtbot.keyClick(reader.bookmarks.list, Qt.Key.Key_Down)
    with qtbot.waitSignal(reader.bookmark_chosen) as chosen:
        qtbot.keyClick(reader.bookmarks.list, Qt.Key.Key_Return)
    assert chosen.args == [300]


def choose(reader: ReaderView, text: str) -> None:
    (action,) = (one for one in reader.sleep_button.choices.actions() if one.text() == text)
    action.trigger()


def test_the_sleep_timer_shows_what_is_left_and_ends_the_reading_once(
    reader: ReaderView, clock: Clock, slept: Callable[[], int]
) -> None:
    choose(reader, "15 minutes")
    assert reader.sleep_button.text() == "Sleep in 15 min"
    clock.seconds += 14 * 60 + 1
    reader.timer.tick()
    assert spoken_name(reader.sleep_button) == "Sleep in less than a minute"
    assert slept() == 0
    clock.seconds += 60
    reader.timer.tick()
    reader.timer.tick()
    assert slept() == 1
    assert reader.sleep_button.text() == "Sleep timer"


def test_the_sleep_timer_waits_for_the_end_of_the_chapter(
    reader: ReaderView, slept: Callable[[], int]
) -> None:
    reader.chapter_ended()
    assert slept() == 0
    choose(reader, "At the end of the chapter")
    assert reader.sleep_button.text() == "Sleep after the chapter"
    reader.chapter_ended()
    reader.chapter_ended()
    assert slept() == 1


def test_the_sleep_timer_is_turned_off(
    reader: ReaderView, clock: Clock, slept: Callable[[], int]
) -> None:
    choose(reader, "60 minutes")
    choose(reader, "Off")
    clock.seconds += 4000
    reader.timer.tick()
    assert slept() == 0


@pytest.fixture
def slept(reader: ReaderView) -> Callable[[], int]:
    times: list[bool] = []
    reader.sleep.connect(lambda: times.append(True))
    return lambda: len(times)


@pytest.mark.parametrize("panel", ["look_button", "bookmarks_button"])
def test_all_can_be_reached_by_tab_and_has_a_name(
    qtbot: QtBot, reader: ReaderView, panel: str
) -> None:
    reader.show_bookmarks([Mark(9, "He ran home.")])
    reader.set_current(9)
    getattr(reader, panel).click()
    assert set(walked(qtbot, reader, Qt.Key.Key_Tab)) == set(focusable(reader))
    names = [spoken_name(widget) for widget in focusable(reader)]
    assert all(names)
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("panel", ["look_button", "bookmarks_button"])
def test_nothing_is_clipped_in_type_of_double_size(
    qtbot: QtBot, clock: Clock, actions: list[QAction], panel: str
) -> None:
    with double_type():
        reader = ReaderView(actions, LOOK, now=clock)
        qtbot.addWidget(reader)
        reader.show_chapter("Chapter 2: The Lighthouse", ROWS)
        reader.resize(*SMALL_SCREEN)
        reader.show()
        getattr(reader, panel).click()
        reader.timer.wait_for_chapter()
        qtbot.wait(20)
        assert (reader.width(), reader.height()) == SMALL_SCREEN
        assert clipped(reader) == []


def test_a_theme_that_comes_later_is_taken_over(qtbot: QtBot, reader: ReaderView) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    before = app.palette()
    dark = app.palette()
    dark.setColor(dark.ColorRole.Base, Qt.GlobalColor.black)
    try:
        app.setPalette(dark)
        qtbot.waitUntil(lambda: reader.palette().window().color() == Qt.GlobalColor.black)
    finally:
        app.setPalette(before)
