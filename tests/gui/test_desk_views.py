"""The text on the desk, as a page and as a table, as somebody works in it."""

from collections.abc import Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QGuiApplication,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QToolTip, QWidget
from pytestqt.qtbot import QtBot
from reach import spoken_name

from narrator.gui.desk.text import inks
from narrator.gui.desk.text.reading_view import ReadingView
from narrator.gui.desk.text.rows import SentenceRow, SentenceState
from narrator.gui.desk.text.sentence_model import SentenceModel
from narrator.gui.desk.text.sentence_table import Filter, SentenceTable
from narrator.project.model import Found
from narrator.speech import Opening

SHIFT = Qt.KeyboardModifier.ShiftModifier
READY, WAITING, CHANGED = SentenceState.READY, SentenceState.WAITING, SentenceState.CHANGED
FAILED, LEFT_OUT = SentenceState.FAILED, SentenceState.LEFT_OUT


def row(id: int, text: str, state: SentenceState = READY, **more: object) -> SentenceRow:
    facts = {
        "opens": Opening.SENTENCE,
        "ends_paragraph": False,
        "included": state is not LEFT_OUT,
        "voice": "Kathleen",
        "seconds": 1.5 if state is READY else None,
        **more,
    }
    return SentenceRow(id, id - 10, text, state=state, **facts)


ROWS = (
    row(11, "The Lighthouse", opens=Opening.HEADING, ends_paragraph=True),
    row(12, "The keeper counted the steps 🪜 twice.", opens=Opening.PARAGRAPH),
    row(13, "The wind didn’t care.", WAITING),
    row(14, "[See note 4.]", LEFT_OUT, ends_paragraph=True),
    row(15, "Was anyone there?", CHANGED, opens=Opening.PARAGRAPH),
    row(16, "Nobody answered.", FAILED, ends_paragraph=True),
    row(17, "It rained.", opens=Opening.PARAGRAPH, ends_paragraph=True, doubtful=True),
)
PAGE = (
    "The Lighthouse\n"
    "The keeper counted the steps 🪜 twice. The wind didn’t care. [See note 4.]\n"
    "Was anyone there? Nobody answered.\n"
    "It rained."
)


def many(number: int) -> list[SentenceRow]:
    return [
        row(11 + n, f"Sentence {n} of many, long enough to fill some of a line.",
            ends_paragraph=n % 4 == 3)
        for n in range(number)
    ]  # fmt: skip


@pytest.fixture
def view(qtbot: QtBot) -> ReadingView:
    view = ReadingView(None)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show_rows(ROWS)
    view.show()
    return view


@pytest.fixture
def table(qtbot: QtBot) -> SentenceTable:
    table = SentenceTable(SentenceModel(QGuiApplication.instance()), None)
    qtbot.addWidget(table)
    table.resize(1000, 600)
    table.sentences.show(ROWS)
    table.show()
    return table


def marked(view: ReadingView) -> list[str]:
    """What is marked on the page: the current sentence, the word, what was found."""
    return [each.cursor.selectedText() for each in view.extraSelections()]


def point_of(view: ReadingView, id: int, character: int = 1) -> QPoint:
    """Where a character of a sentence is in the view."""
    place = view.page.place_of(id)
    cursor = view.textCursor()
    cursor.setPosition(view.page.position(place, character))
    return view.cursorRect(cursor).center() + QPoint(1, 0)


def click(qtbot: QtBot, view: ReadingView, id: int, character: int = 1) -> None:
    where = point_of(view, id, character)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)


def ids_of(table: SentenceTable) -> list[int]:
    rows = range(table.model().rowCount())
    return [int(table.model().index(r, 0).data()) + 10 for r in rows]


class PaintedView(ReadingView):
    """A reading view that counts how often it is painted."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)


def test_a_state_is_painted_where_it_is_seen_and_nowhere_else(qtbot: QtBot) -> None:
    chapter = many(400)
    view = PaintedView(None)
    qtbot.addWidget(view)
    view.resize(1000, 600)
    view.show_rows(chapter)
    view.show()
    view.scroll_to(chapter[300].id)
    for place, is_seen in ((0, False), (301, True), (399, False)):
        QApplication.processEvents()
        view.painted = 0
        view.update_rows([replace(chapter[place], state=WAITING)])
        QApplication.processEvents()
        assert bool(view.painted) == is_seen
    line = view.line_at(view.page.span(0)[0])  # and once it is scrolled to, it is right
    assert view.marks(line.top(), line.bottom())[0].rows[0].state is WAITING


def test_sentences_flow_in_the_paragraphs_of_the_book(view: ReadingView) -> None:
    assert view.toPlainText() == PAGE
    assert view.isReadOnly()


def test_a_heading_is_bold_and_larger_and_what_is_left_out_is_struck_out(view: ReadingView) -> None:
    def look(id: int) -> QFont:
        cursor = view.textCursor()
        cursor.setPosition(view.page.span(view.page.place_of(id))[0] + 1)
        return cursor.charFormat().font()

    assert look(11).bold()
    assert look(11).pointSizeF() > look(12).pointSizeF()
    assert look(14).strikeOut()
    assert not look(13).strikeOut()


@pytest.mark.parametrize("width", [400, 800, 2000])
def test_no_line_is_longer_than_72_characters(view: ReadingView, width: int) -> None:
    text = "He went up, lit what had to be lit, wiped what had to be wiped, and came down. " * 20
    view.resize(width, 600)
    view.show_rows([row(11, text)])
    layout = view.document().firstBlock().layout()
    view.line_at(0)
    lines = [layout.lineAt(n).textLength() for n in range(layout.lineCount())]
    assert max(lines) <= 72
    assert view.viewport().geometry().right() <= width
    assert width < 800 or max(lines) > 60


def test_up_and_down_go_from_sentence_to_sentence(qtbot: QtBot, view: ReadingView) -> None:
    met: list[int] = []
    view.moved.connect(met.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Up):
        qtbot.keyClick(view, key)
    assert met == [11, 12, 13, 12]
    qtbot.keyClick(view, Qt.Key.Key_End)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert (met[4:], view.current) == ([17], 17)


def test_the_current_sentence_is_told_to_a_screen_reader(view: ReadingView) -> None:
    assert spoken_name(view) == "Text of the chapter"
    view.set_current(13)
    assert view.accessibleDescription() == "sentence 3 of 7, waiting"
    view.update_rows([replace(ROWS[2], state=READY)])
    assert view.accessibleDescription() == "sentence 3 of 7, ready"


def test_a_click_makes_a_sentence_current_and_a_double_click_plays_it(
    qtbot: QtBot, view: ReadingView
) -> None:
    with qtbot.waitSignal(view.moved) as moved:
        click(qtbot, view, 16)
    assert moved.args == [16]
    assert view.selected_ids() == [16]
    with qtbot.waitSignal(view.activated_at) as activated:
        qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_of(view, 15))
    assert activated.args == [15]


def test_the_spoken_word_is_marked_in_its_sentence(view: ReadingView) -> None:
    view.set_current(12)
    text = ROWS[1].text
    view.set_word(12, text.index("twice"), text.index("twice") + 5)
    assert marked(view) == [text, "twice"]
    view.clear_word()
    assert marked(view) == [text]


def test_a_mark_moves_no_text(qtbot: QtBot, view: ReadingView) -> None:
    layout = view.document().documentLayout()
    with qtbot.assertNotEmitted(layout.documentSizeChanged):
        view.set_current(12)
        view.set_word(12, 4, 10)


def test_what_was_found_is_marked_in_this_chapter_alone(view: ReadingView) -> None:
    view.set_found([Found(12, 4, 10), Found(99, 0, 3)])
    assert marked(view) == ["keeper"]


def test_a_changed_sentence_is_replaced_in_its_place(view: ReadingView) -> None:
    view.set_current(15)
    view.update_rows(
        [replace(ROWS[2], text="The wind 🌬 did."), replace(ROWS[4], text="Anyone?", state=WAITING)]
    )
    expected = PAGE.replace("The wind didn’t care.", "The wind 🌬 did.")
    assert view.toPlainText() == expected.replace("Was anyone there?", "Anyone?")
    assert marked(view) == ["Anyone?"]
    view.set_current(16)
    assert marked(view) == ["Nobody answered."]


def test_a_paragraph_that_is_torn_apart_is_set_anew(view: ReadingView) -> None:
    view.update_rows([replace(ROWS[4], ends_paragraph=True)])
    assert "there?\nNobody" in view.toPlainText()


def test_a_line_break_within_a_sentence_breaks_no_line(view: ReadingView) -> None:
    view.update_rows([replace(ROWS[6], text="It\nrained\u2029hard.")])
    assert view.toPlainText().endswith("It rained hard.")


def test_a_word_can_be_picked_with_the_mouse_and_with_the_keys(
    qtbot: QtBot, view: ReadingView
) -> None:
    assert view.word_at_cursor() is None
    click(qtbot, view, 13, ROWS[2].text.index("didn’t") + 2)
    assert view.word_at_cursor() == (13, 9, 15, "didn’t")
    view.set_current(12)
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.textCursor().selectedText() == "The k"
    assert view.word_at_cursor() == (12, 0, 3, "The")
    assert view.selected_ids() == [12]


def test_the_word_after_an_emoji_is_picked_whole(qtbot: QtBot, view: ReadingView) -> None:
    at = ROWS[1].text.index("twice")
    click(qtbot, view, 12, at + 2)
    assert view.word_at_cursor() == (12, at, at + 5, "twice")


def test_without_a_cursor_in_it_the_word_is_the_spoken_one(view: ReadingView) -> None:
    view.set_current(15)
    view.set_word(15, 4, 10)
    assert view.word_at_cursor() == (15, 4, 10, "anyone")


def test_what_is_selected_across_sentences_are_all_of_them(qtbot: QtBot, view: ReadingView) -> None:
    view.set_current(12)
    for _ in range(2):
        qtbot.keyClick(view, Qt.Key.Key_Down, SHIFT)
    assert view.selected_ids()[:3] == [12, 13, 14]


@pytest.mark.parametrize(
    "key", [Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_S, Qt.Key.Key_Return]
)
def test_keys_of_the_window_are_left_to_it(qtbot: QtBot, key: Qt.Key) -> None:
    heard: list[int] = []

    class Window(QWidget):
        def keyPressEvent(self, event: QKeyEvent) -> None:
            heard.append(event.key())

    window = Window()
    qtbot.addWidget(window)
    view = ReadingView(window)
    view.show_rows(ROWS)
    qtbot.keyClick(view, key)
    assert heard == [key]


@pytest.mark.parametrize("key", ["Space", "Left", "Up", "S", "Shift+S", "Return", "Ctrl+Down", "1"])
def test_shortcuts_of_the_window_work_in_the_text(qtbot: QtBot, key: str) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    view = ReadingView(window)
    view.show_rows(ROWS)
    window.setCentralWidget(view)
    action = QAction("Do it", window)
    action.setShortcut(QKeySequence(key))
    window.addAction(action)
    window.show()
    window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    with qtbot.waitSignal(action.triggered), qtbot.assertNotEmitted(view.moved):
        qtbot.keySequence(view, QKeySequence(key))


def test_the_page_follows_only_where_it_must(view: ReadingView) -> None:
    rows = many(400)
    view.show_rows(rows)
    bar = view.verticalScrollBar()
    view.scroll_to(rows[300].id)
    there = bar.value()
    assert there > 0
    view.scroll_to(rows[302].id)
    assert bar.value() == there
    view.scroll_to(rows[0].id)
    assert bar.value() == 0


def test_the_page_does_not_jump_when_a_sentence_comes_or_goes(view: ReadingView) -> None:
    rows = many(400)
    view.show_rows(rows)
    view.scroll_to(rows[300].id)
    before = point_of(view, rows[302].id).y()
    view.show_rows(rows[20:])
    assert abs(point_of(view, rows[302].id).y() - before) <= 1
    view.show_rows(ROWS)
    assert view.verticalScrollBar().value() == 0


def told_in_margin(view: ReadingView, id: int) -> str:
    where = QPoint(view.viewport().width() - 4, point_of(view, id).y())
    there = view.viewport().mapToGlobal(where)
    QApplication.sendEvent(view.viewport(), QHelpEvent(QEvent.Type.ToolTip, where, there))
    return QToolTip.text()


def test_the_margin_tells_in_words_what_its_signs_mean(view: ReadingView) -> None:
    marks = [[each.id for each in mark.rows] for mark in view.marks(0, 10_000)]
    assert [id for line in marks for id in line] == [13, 14, 15, 16, 17]
    assert told_in_margin(view, 11) == ""
    assert "sentence 5 of 7, changed" in told_in_margin(view, 15)
    assert "sentence 6 of 7, failed" in told_in_margin(view, 15)


def test_a_page_in_double_size_keeps_its_margins(view: ReadingView) -> None:
    font = view.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    view.setFont(font)
    view.resize(640, 600)
    view.grab()
    assert view.toPlainText() == PAGE
    right = max(view.line_at(p).right() for p in range(len(PAGE)))
    assert right < view.viewport().width()


def test_an_empty_chapter_is_an_empty_page(qtbot: QtBot, view: ReadingView) -> None:
    view.set_current(12)
    view.show_rows(())
    for key in (Qt.Key.Key_Down, Qt.Key.Key_End):
        qtbot.keyClick(view, key)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    assert (view.toPlainText(), view.current, view.selected_ids()) == ("", None, [])
    assert view.word_at_cursor() is None
    view.grab()


@pytest.mark.parametrize(("text", "page"), [("black", "white"), ("#e6e6e6", "#1e1e1e")])
def test_every_ink_can_be_read(text: str, page: str) -> None:
    palette = QPalette(QColor(page))
    palette.setColor(QPalette.ColorRole.Text, QColor(text))
    palette.setColor(QPalette.ColorRole.Base, QColor(page))
    grounds = [
        ground(palette) for ground in (inks.sentence_ground, inks.word_ground, inks.found_ground)
    ]
    assert all(inks.contrast(QColor(text), ground) >= 4.5 for ground in grounds)
    assert len({ground.name() for ground in (*grounds, QColor(page))}) == 4
    signs = [inks.state_ink(state, palette) for state in SentenceState]
    assert all(inks.contrast(ink, QColor(page)) >= 4.5 for ink in signs)
    assert inks.contrast(inks.dimmed(palette), inks.sentence_ground(palette)) >= 4.5


def test_states_differ_in_sign_and_word() -> None:
    assert [f"{state.sign} {state.word}" for state in SentenceState] == [
        "○ waiting", "▶ speaking", "● ready", "~ changed", "! failed", "– left out",
    ]  # fmt: skip


def texts(table: SentenceTable, place: int) -> Sequence[str]:
    model = table.model()
    return [model.index(place, column).data() for column in range(model.columnCount())]


def test_the_table_shows_number_text_voice_state_and_length(table: SentenceTable) -> None:
    assert texts(table, 1) == ["2", ROWS[1].text, "Kathleen", "● ready", "1.5 s"]
    assert texts(table, 2) == ["3", ROWS[2].text, "Kathleen", "○ waiting", ""]
    assert texts(table, 6)[3] == "●? ready, doubtful"


def test_a_row_is_read_with_its_place_and_its_state(table: SentenceTable) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    model = table.model()
    assert spoken_name(table) == "Sentences"
    assert model.index(1, SentenceModel.TEXT).data(role) == (
        f"sentence 2 of 7, ready: {ROWS[1].text}"
    )
    assert model.index(2, SentenceModel.STATE).data(role) == "waiting"
    assert model.index(2, SentenceModel.LENGTH).data(role) == "not spoken yet"


def test_what_is_left_out_is_struck_out_and_dimmed(table: SentenceTable) -> None:
    index = table.model().index(3, SentenceModel.TEXT)
    ink = index.data(Qt.ItemDataRole.ForegroundRole)
    assert index.data(Qt.ItemDataRole.FontRole).strikeOut()
    assert inks.contrast(ink, table.palette().color(QPalette.ColorRole.Base)) >= 4.5
    assert index.siblingAtRow(2).data(Qt.ItemDataRole.FontRole) is None


def test_only_rows_that_changed_are_drawn_anew(qtbot: QtBot, table: SentenceTable) -> None:
    drawn: list[tuple[int, int]] = []
    table.sentences.dataChanged.connect(lambda a, b: drawn.append((a.row(), b.row())))
    changed = [replace(ROWS[n], voice="Amber") for n in (1, 2, 5)]
    table.sentences.update([*changed, ROWS[0], row(99, "Elsewhere.")])
    assert drawn == [(1, 2), (5, 5)]
    assert table.sentences.row_of(99) is None
    assert table.sentences.id_at(5) == 16


def editor_in(table: SentenceTable) -> QLineEdit:
    return table.findChild(QLineEdit)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_F2])
def test_a_text_is_edited_in_place(qtbot: QtBot, table: SentenceTable, key: Qt.Key) -> None:
    table.set_current(13)
    qtbot.keyClick(table, key)
    editor = editor_in(table)
    assert editor.text() == ROWS[2].text
    assert spoken_name(editor) == "Text of sentence 3"
    editor.setText("  The wind   cared. ")
    with qtbot.waitSignal(table.sentences.text_edited) as edited:
        qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert edited.args == [13, "The wind cared."]
    assert texts(table, 2)[1] == ROWS[2].text


def test_escape_leaves_a_text_as_it_was(qtbot: QtBot, table: SentenceTable) -> None:
    where = table.visualRect(table.model().index(4, SentenceModel.TEXT)).center()
    qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    editor = editor_in(table)
    editor.setText("Something else.")
    with qtbot.assertNotEmitted(table.sentences.text_edited):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


@pytest.mark.parametrize("text", ["", "   ", ROWS[2].text])
def test_an_edit_that_says_nothing_new_is_none(
    qtbot: QtBot, table: SentenceTable, text: str
) -> None:
    with qtbot.assertNotEmitted(table.sentences.text_edited):
        table.model().setData(table.model().index(2, SentenceModel.TEXT), text)


def test_rows_are_chosen_by_key_and_told(qtbot: QtBot, table: SentenceTable) -> None:
    with qtbot.assertNotEmitted(table.current_changed):
        table.set_current(12)
    with qtbot.waitSignals([table.current_changed, table.selection_changed]):
        qtbot.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert (table.current_id(), table.selected_ids()) == (13, [12, 13])
    table.selectAll()
    assert table.selected_ids() == [row.id for row in ROWS]


def test_a_double_click_beside_the_text_plays_from_there(
    qtbot: QtBot, table: SentenceTable
) -> None:
    where = table.visualRect(table.model().index(4, SentenceModel.STATE)).center()
    with qtbot.waitSignal(table.activated_at) as activated:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert activated.args == [15]


@pytest.mark.parametrize(
    ("kept", "ids"),
    [(Filter.CHANGED, [15]), (Filter.FAILED, [16]), (Filter.DOUBTFUL, [17]),
     (Filter.ALL, [each.id for each in ROWS])],
)  # fmt: skip
def test_a_filter_keeps_one_kind(table: SentenceTable, kept: Filter, ids: list[int]) -> None:
    table.set_filter(kept)
    assert ids_of(table) == ids
    table.selectAll()
    assert table.selected_ids() == ids


def test_a_sentence_that_was_mended_leaves_the_filter(table: SentenceTable) -> None:
    table.set_current(15)
    table.set_filter(Filter.CHANGED)
    assert table.current_id() == 15
    table.sentences.update([replace(ROWS[4], state=READY)])
    assert ids_of(table) == []


def test_rows_grow_with_the_type(table: SentenceTable) -> None:
    before = table.rowHeight(0)
    font = table.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    table.setFont(font)
    assert table.rowHeight(0) == table.rowHeight(6) >= 1.9 * before
    needed = table.fontMetrics().horizontalAdvance("●? speaking, doubtful")
    assert table.columnWidth(SentenceModel.STATE) > needed
    table.grab()


def test_a_page_has_no_undo_of_its_own(view: ReadingView) -> None:
    assert not view.document().isUndoRedoEnabled()
