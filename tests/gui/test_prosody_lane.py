"""The prosody lane, as somebody bends a sentence with the mouse, and somebody with keys alone."""

import math

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QColor, QKeySequence, QPalette
from pytestqt.qtbot import QtBot
from reach import clipped, double_type, focusable, spoken_name

from narrator.gui.desk.prosody.curve import Curve, LaneFacts, curve_of
from narrator.gui.desk.prosody.lane import ProsodyLane
from narrator.gui.desk.prosody.page import Grip, Page, Part
from narrator.gui.desk.prosody.told import sound_told
from narrator.speech import Bend, Timing

MEAN = 5.2
UP = math.log(2) / 12  # a semitone in log Hz
WORDS = ("the", "keeper", "ran")
TIMINGS = (
    Timing("^", -1, 4, 0.0, -60.0),
    Timing("DH", 0, 4, MEAN + UP, -26.0),
    Timing("AH0", 0, 4, MEAN - UP, -20.0),
    Timing(" ", -1, 0, 0.0, -50.0),
    Timing("K", 1, 6, 0.0, -30.0),
    Timing("IY1", 1, 10, MEAN + 2.5 * UP, -18.0),
    Timing("P", 1, 6, 0.0, -30.0),
    Timing("ER0", 1, 8, MEAN, -22.0),
    Timing(" ", -1, 0, 0.0, -50.0),
    Timing("R", 2, 6, MEAN, -24.0),
    Timing("AE1", 2, 10, MEAN - 2 * UP, -19.0),
    Timing("N", 2, 8, MEAN - 4 * UP, -25.0),
    Timing(".", -1, 16, 0.0, -60.0),
)
IY = 5
FACTS = LaneFacts(7, WORDS, TIMINGS, voice_pitch=MEAN)
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def lane(qtbot: QtBot) -> ProsodyLane:
    lane = ProsodyLane()
    qtbot.addWidget(lane)
    lane.resize(500, lane.sizeHint().height())
    lane.show_facts(FACTS)
    lane.show()
    lane.activateWindow()
    lane.setFocus()
    qtbot.waitUntil(lane.hasFocus)
    return lane


def press(qtbot: QtBot, lane: ProsodyLane, key: Qt.Key, held: Qt.KeyboardModifier, n: int) -> None:
    for _ in range(n):
        qtbot.keyClick(lane, key, held)


def walk_to(qtbot: QtBot, lane: ProsodyLane, symbol: int) -> None:
    for _ in TIMINGS:
        if lane.current != symbol:
            qtbot.keyClick(lane, Qt.Key.Key_Right)
    assert lane.current == symbol


def pull(qtbot: QtBot, lane: ProsodyLane, spot: QPoint, way: QPoint) -> None:
    """Drag by mouse, over a point half way."""
    button = Qt.MouseButton.LeftButton
    qtbot.mousePress(lane.canvas, button, pos=spot)
    qtbot.mouseMove(lane.canvas, spot + way / 2)
    qtbot.mouseMove(lane.canvas, spot + way)
    qtbot.mouseRelease(lane.canvas, button, pos=spot + way)


def spot(lane: ProsodyLane, symbol: int, part: Part) -> QPoint:
    """Where a user would take hold of a symbol."""
    page = lane.canvas.page
    left, right = page.span(symbol)
    middle = (left + right) / 2
    sound = page.curve.sounds[symbol]
    match part:
        case Part.DURATION:
            return QPoint(round(right), round(page.symbols.top + page.line / 2))
        case Part.PITCH:
            return QPoint(round(middle), round(page.pitch.y_of(sound.semitones or 0)))
        case Part.ENERGY:
            return QPoint(round(middle), round(page.energy.y_of(sound.energy or 0) + 2))


def test_a_pitch_point_is_dragged_up_and_told_once_after_a_rest(
    qtbot: QtBot, lane: ProsodyLane
) -> None:
    told: list[tuple[object, ...]] = []
    lane.bent.connect(lambda *args: told.append(args))
    page = lane.canvas.page
    up = round(3 / page.pitch.values(1))
    with qtbot.waitSignal(lane.bent, timeout=1000):
        pull(qtbot, lane, spot(lane, IY, Part.PITCH), QPoint(0, -up))
        assert lane.canvas.page.curve.sounds[IY].semitones == pytest.approx(5.5, abs=0.3)
        assert told == []
    [(sentence, bends)] = told
    assert sentence == 7
    [bend] = bends
    assert bend.symbol == IY
    assert bend.pitch == pytest.approx(3, abs=0.3)
    assert (bend.stretch, bend.energy) == (1.0, 0.0)


def test_an_energy_bar_and_an_edge_are_dragged(qtbot: QtBot, lane: ProsodyLane) -> None:
    page = lane.canvas.page
    pull(qtbot, lane, spot(lane, IY, Part.ENERGY), QPoint(0, -round(4 / page.energy.values(1))))
    width = page.span(IY)[1] - page.span(IY)[0]
    pull(qtbot, lane, spot(lane, IY, Part.DURATION), QPoint(round(width / 2), 0))
    [bend] = lane.bends
    assert bend.energy == pytest.approx(4, abs=0.5)
    assert bend.stretch == pytest.approx(1.5, abs=0.05)
    assert lane.canvas.page.span(IY)[1] == pytest.approx(page.span(IY)[1] + width / 2, abs=2)
    lane.grab()


def test_a_drag_ends_at_the_limits(qtbot: QtBot, lane: ProsodyLane) -> None:
    pull(qtbot, lane, spot(lane, IY, Part.PITCH), QPoint(0, -2000))
    pull(qtbot, lane, spot(lane, IY, Part.DURATION), QPoint(5000, 0))
    assert lane.bends == (Bend(IY, 3.0, 12.0, 0.0),)


def test_a_click_makes_a_phoneme_the_current_one_and_bends_nothing(
    qtbot: QtBot, lane: ProsodyLane
) -> None:
    qtbot.mouseClick(lane.canvas, Qt.MouseButton.LeftButton, pos=spot(lane, IY, Part.PITCH))
    assert lane.current == IY
    assert lane.bends == ()


def test_keys_walk_over_what_sounds_and_skip_what_takes_no_time(
    qtbot: QtBot, lane: ProsodyLane
) -> None:
    met = [lane.current]
    for _ in range(3):
        qtbot.keyClick(lane, Qt.Key.Key_Right)
        met.append(lane.current)
    assert met == [1, 2, 4, 5]
    qtbot.keyClick(lane, Qt.Key.Key_Right, CTRL)
    assert lane.current == 9
    press(qtbot, lane, Qt.Key.Key_Left, CTRL, 1)
    assert lane.current == 4
    qtbot.keyClick(lane, Qt.Key.Key_End)
    assert lane.told.text() == "pause after ran, 200 ms"
    qtbot.keyClick(lane, Qt.Key.Key_Right)
    assert lane.current == 12
    qtbot.keyClick(lane, Qt.Key.Key_Home)
    assert lane.current == 1


def test_alt_and_a_key_bend_what_the_user_is_at(qtbot: QtBot, lane: ProsodyLane) -> None:
    walk_to(qtbot, lane, IY)
    press(qtbot, lane, Qt.Key.Key_Up, ALT, 3)
    press(qtbot, lane, Qt.Key.Key_Right, ALT, 2)
    with qtbot.waitSignal(lane.bent, timeout=1000) as told:
        press(qtbot, lane, Qt.Key.Key_PageDown, ALT, 1)
    assert told.args == [7, (Bend(IY, 1.2, 1.5, -1.0),)]
    qtbot.keyClick(lane, Qt.Key.Key_Right)
    qtbot.keyClick(lane, Qt.Key.Key_Left, ALT)
    assert lane.bends[1] == Bend(6, 0.9)


def test_delete_resets_the_phoneme_and_with_shift_all(qtbot: QtBot, lane: ProsodyLane) -> None:
    lane.show_facts(LaneFacts(7, WORDS, TIMINGS, (Bend(1, 1.5), Bend(IY, 1.0, 2.0)), MEAN))
    assert lane.current == 1
    qtbot.keyClick(lane, Qt.Key.Key_Delete)
    assert lane.bends == (Bend(IY, 1.0, 2.0),)
    with qtbot.waitSignal(lane.bent, timeout=1000) as told:
        qtbot.keyClick(lane, Qt.Key.Key_Delete, Qt.KeyboardModifier.ShiftModifier)
    assert told.args == [7, ()]


def test_what_has_no_pitch_says_so(qtbot: QtBot, lane: ProsodyLane) -> None:
    walk_to(qtbot, lane, 4)
    qtbot.keyClick(lane, Qt.Key.Key_Up, ALT)
    assert lane.bends == ()
    assert lane.told.text() == "This has no pitch. K in keeper, 75 ms, −30 dB"


def test_the_current_phoneme_is_told_to_those_who_cannot_see(
    qtbot: QtBot, lane: ProsodyLane
) -> None:
    walk_to(qtbot, lane, IY)
    text = "IY in keeper, 125 ms, 2.5 semitones up, −18 dB"
    assert lane.told.text() == text
    assert lane.accessibleDescription() == text
    assert spoken_name(lane) == "Prosody"
    qtbot.keyClick(lane, Qt.Key.Key_Right, ALT)
    assert lane.told.text() == "IY in keeper, 138 ms, 2.5 semitones up, −18 dB. Bent: 10 % longer"


def test_the_lane_is_one_stop_of_tab(lane: ProsodyLane) -> None:
    assert focusable(lane) == []
    assert lane.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_the_keys_of_the_lane_are_no_shortcuts_of_the_window_while_it_has_the_focus(
    qtbot: QtBot, lane: ProsodyLane
) -> None:
    came: list[str] = []
    for keys in ("Left", "Alt+Up", "Ctrl+Right", "Space"):
        action = QAction(keys, lane)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _, keys=keys: came.append(keys))
        lane.addAction(action)
    qtbot.keyClick(lane, Qt.Key.Key_Right, CTRL)
    qtbot.keyClick(lane, Qt.Key.Key_Left)
    qtbot.keyClick(lane, Qt.Key.Key_Up, ALT)
    assert (lane.current, lane.bends) == (2, (Bend(2, 1.0, 0.5),))
    qtbot.keyClick(lane, Qt.Key.Key_Space)
    assert came == ["Space"]


def test_showing_a_sentence_tells_nothing(qtbot: QtBot, lane: ProsodyLane) -> None:
    with qtbot.assertNotEmitted(lane.bent, wait=350):
        lane.show_facts(LaneFacts(7, WORDS, TIMINGS, (Bend(1, 1.5),), MEAN))
        lane.show_facts(None)
        lane.show_facts(FACTS)


def test_what_was_bent_is_told_before_another_sentence_is_shown(
    qtbot: QtBot, lane: ProsodyLane
) -> None:
    with qtbot.waitSignal(lane.bent) as told:
        qtbot.keyClick(lane, Qt.Key.Key_Up, ALT)
        lane.show_facts(LaneFacts(8, WORDS, TIMINGS, voice_pitch=MEAN))
    assert told.args == [7, (Bend(1, 1.0, 0.5),)]
    assert lane.bends == ()


def test_sound_that_comes_while_one_bends_on_does_not_undo_it(
    qtbot: QtBot, lane: ProsodyLane
) -> None:
    qtbot.keyClick(lane, Qt.Key.Key_Up, ALT)
    lane.show_facts(FACTS)
    assert lane.bends == (Bend(1, 1.0, 0.5),)
    with qtbot.waitSignal(lane.bent, timeout=1000):
        pass
    lane.show_facts(FACTS)
    assert lane.bends == (), "undone elsewhere"


def test_the_spoken_bends_are_taken_out_before_they_are_bent_on() -> None:
    bends = (Bend(IY, 2.0, 1.5, 3.0),)
    curve = curve_of(LaneFacts(7, WORDS, TIMINGS, bends, MEAN))
    spoken = curve.sounds[IY]
    assert spoken.seconds == pytest.approx(10 / 80)
    assert spoken.semitones == pytest.approx(2.5)
    assert spoken.energy == pytest.approx(-18)
    straight = curve.with_bends(()).sounds[IY]
    assert straight.seconds == pytest.approx(5 / 80)
    assert straight.semitones == pytest.approx(1.0)
    assert straight.energy == pytest.approx(-21)


def test_bends_of_symbols_that_are_not_there_are_left_out() -> None:
    assert curve_of(LaneFacts(7, WORDS, TIMINGS, (Bend(99, 2.0), Bend(1)), MEAN)).bends == ()


def test_pitch_is_told_around_the_sentence_where_the_voice_is_not_known() -> None:
    curve = curve_of(LaneFacts(7, WORDS, TIMINGS))
    voiced = [sound for sound in curve.sounds if sound.semitones is not None]
    assert sum((sound.semitones or 0) * sound.seconds for sound in voiced) == pytest.approx(0)


def test_a_pause_can_be_longer_and_nothing_else() -> None:
    curve = curve_of(FACTS).bend(Bend(12, 1.5, 3.0, 3.0))
    assert curve.bends == (Bend(12, 1.5),)
    assert sound_told(curve, 12) == "pause after ran, 300 ms. Bent: 50 % longer"
    assert sound_told(curve, 0) == "pause before the first word, 50 ms"


def test_edges_are_met_beside_the_symbols_and_columns_below() -> None:
    page = Page(curve_of(FACTS), 16.0)
    right = page.span(IY)[1]
    assert page.grip_at(right + 3, page.symbols.top) == Grip(IY, Part.DURATION)
    assert page.grip_at(right - 3, page.pitch.top + 5) == Grip(IY, Part.PITCH)
    assert page.grip_at(right + 3, page.pitch.top + 5) is None
    assert page.grip_at(right + 3, page.energy.bottom - 2) == Grip(6, Part.ENERGY)
    assert page.grip_at(page.width + 50, page.energy.bottom) is None
    assert Page(Curve((), ()), 16.0).grip_at(5, 5) is None


def test_the_play_head_is_kept_in_sight_and_taken_away(qtbot: QtBot, lane: ProsodyLane) -> None:
    lane.clearFocus()
    lane.set_played(1.0)
    assert lane.view.horizontalScrollBar().value() > 0
    shown = lane.grab().toImage()
    lane.set_played(None)
    qtbot.wait(1)
    assert lane.grab().toImage() != shown


@pytest.mark.parametrize("paper", ["white", "black"])
def test_what_is_bent_looks_different_without_colour_too(
    qtbot: QtBot, lane: ProsodyLane, paper: str
) -> None:
    palette = QPalette(QColor(paper))
    ink = QColor("black" if paper == "white" else "white")
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.Highlight):
        palette.setColor(role, ink)
    palette.setColor(QPalette.ColorRole.Base, QColor(paper))
    lane.setPalette(palette)
    before = lane.canvas.grab().toImage()
    for bend in (Bend(IY, 1.0, 0.1), Bend(IY, 1.0, 0.0, 0.1), Bend(12, 1.01)):
        lane.show_facts(None)
        lane.show_facts(LaneFacts(7, WORDS, TIMINGS, (bend,), MEAN))
        assert lane.canvas.grab().toImage() != before


def test_nothing_is_clipped_in_type_of_double_size(qtbot: QtBot) -> None:
    with double_type():
        lane = ProsodyLane()
        qtbot.addWidget(lane)
        lane.show_facts(LaneFacts(7, WORDS, TIMINGS, (Bend(1, 1.5, 1.0, 1.0),), MEAN))
        lane.show()
        lane.resize(500, lane.sizeHint().height())
        qtbot.wait(20)
        assert clipped(lane) == []
        assert lane.height() < 500


def test_a_sentence_that_was_not_spoken_says_what_to_do(qtbot: QtBot, lane: ProsodyLane) -> None:
    lane.show_facts(None)
    qtbot.keyClick(lane, Qt.Key.Key_Delete)
    assert lane.told.text().startswith("Nothing spoken yet")
