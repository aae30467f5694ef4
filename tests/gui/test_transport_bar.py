"""The bars below the text: the transport and the finding, as somebody works them."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from reach import SMALL_SCREEN, clipped, double_type, focusable, spoken_name, walked

from narrator.gui.desk.layout.find_bar import FindBar, Query
from narrator.gui.desk.layout.transport_bar import TransportActions, TransportBar

NAMES = ("Previous chapter", "Previous sentence", "Play or pause", "Next sentence", "Next chapter")


@pytest.fixture
def bar(qtbot: QtBot) -> TransportBar:
    return made_bar(qtbot)


def made_bar(qtbot: QtBot) -> TransportBar:
    app = QApplication.instance()
    bar = TransportBar(TransportActions(*(QAction(name, app) for name in NAMES)), None)
    qtbot.addWidget(bar)
    bar.resize(1000, 100)
    bar.show()
    bar.show_position(134, 751)
    return bar


@pytest.fixture
def find(qtbot: QtBot) -> FindBar:
    return made_find(qtbot)


def made_find(qtbot: QtBot) -> FindBar:
    find = FindBar(None)
    qtbot.addWidget(find)
    find.resize(1000, 200)
    find.start(replacing=True)
    find.activateWindow()
    qtbot.waitUntil(find.isActiveWindow)
    return find


def test_the_buttons_do_what_the_actions_do(qtbot: QtBot, bar: TransportBar) -> None:
    for button in (bar.previous_chapter, bar.play, bar.next_sentence):
        with qtbot.waitSignal(button._action.triggered):
            button.click()


def test_play_becomes_pause(bar: TransportBar) -> None:
    assert (bar.play.text(), spoken_name(bar.play)) == ("▶ Play", "Play")
    bar.show_playing(True)
    assert (bar.play.text(), spoken_name(bar.play)) == ("❚❚ Pause", "Pause")


def test_the_place_is_shown_as_clocks_show_it(qtbot: QtBot, bar: TransportBar) -> None:
    with qtbot.assertNotEmitted(bar.sought):
        bar.show_position(135.4, 751.9)
    assert (bar.heard.text(), bar.total.text(), bar.slider.value()) == ("2:15", "12:31", 135)
    assert bar.slider.accessibleDescription() == "2:15 of 12:31"
    bar.show_position(0, 0)
    assert not bar.slider.isEnabled()


@pytest.mark.parametrize(
    ("key", "seconds"),
    [(Qt.Key.Key_Right, 139.0), (Qt.Key.Key_Left, 129.0), (Qt.Key.Key_PageUp, 164.0),
     (Qt.Key.Key_Home, 0.0)],
)  # fmt: skip
def test_the_slider_seeks_by_key(
    qtbot: QtBot, bar: TransportBar, key: Qt.Key, seconds: float
) -> None:
    with qtbot.waitSignal(bar.sought) as sought:
        qtbot.keyClick(bar.slider, key)
    assert sought.args == [seconds]


def test_a_click_on_the_slider_seeks_there(qtbot: QtBot, bar: TransportBar) -> None:
    middle = QPoint(bar.slider.width() // 2, bar.slider.height() // 2)
    with qtbot.waitSignal(bar.sought) as sought:
        qtbot.mouseClick(bar.slider, Qt.MouseButton.LeftButton, pos=middle)
    assert sought.args[0] == pytest.approx(751 / 2, abs=5)


def test_a_slider_in_the_hand_is_not_torn_away(qtbot: QtBot, bar: TransportBar) -> None:
    middle = QPoint(bar.slider.width() // 2, bar.slider.height() // 2)
    with qtbot.assertNotEmitted(bar.sought):
        qtbot.mousePress(bar.slider, Qt.MouseButton.LeftButton, pos=middle)
        held = bar.slider.sliderPosition()
        bar.show_position(140, 751)
    assert bar.slider.sliderPosition() == held
    with qtbot.waitSignal(bar.sought) as sought:
        qtbot.mouseRelease(bar.slider, Qt.MouseButton.LeftButton, pos=middle)
    assert sought.args == [held]


def test_speed_and_volume_are_told_when_the_user_turns_them(
    qtbot: QtBot, bar: TransportBar
) -> None:
    with qtbot.waitSignal(bar.tempo_changed) as tempo:
        qtbot.keyClick(bar.tempo, Qt.Key.Key_Up)
    assert tempo.args == [pytest.approx(1.1)]
    with qtbot.waitSignal(bar.volume_changed) as volume:
        qtbot.keyClick(bar.volume, Qt.Key.Key_Left)
    assert volume.args == [pytest.approx(0.95)]
    assert bar.turned == (pytest.approx(1.1), pytest.approx(0.95))


def test_speed_and_volume_are_turned_as_they_were(qtbot: QtBot, bar: TransportBar) -> None:
    with qtbot.waitSignals([bar.tempo_changed, bar.volume_changed]):
        bar.turn(2.0, 0.4)
    assert (bar.tempo.text(), bar.volume.value(), bar.turned) == ("2.0×", 40, (2.0, 0.4))


def test_everything_on_the_transport_has_a_name_of_its_own(bar: TransportBar) -> None:
    bar.show_worker("speaking 97× · about 3 minutes left")
    assert set(bar.stops()) == set(focusable(bar))
    assert [spoken_name(widget) for widget in bar.stops()] == [
        "Place in the chapter, seconds",
        "Previous chapter", "Previous sentence", "Play", "Next sentence", "Next chapter",
        "Speed of playing", "Volume, percent", "Status: speaking 97× · about 3 minutes left",
    ]  # fmt: skip


def test_tab_walks_the_transport_in_the_order_of_the_eye(qtbot: QtBot, bar: TransportBar) -> None:
    bar.activateWindow()
    qtbot.waitUntil(bar.isActiveWindow)
    bar.slider.setFocus()
    assert walked(qtbot, bar, Qt.Key.Key_Tab) == bar.stops()


@pytest.mark.parametrize("made", [made_bar, made_find])
def test_nothing_is_clipped_in_double_type(
    qtbot: QtBot, made: Callable[[QtBot], TransportBar | FindBar]
) -> None:
    with double_type():
        bar = made(qtbot)
        if isinstance(bar, TransportBar):
            bar.show_worker("speaking 97× · about 3 minutes left")
        else:
            bar.text.setText("keeper")
            bar.show_found(1204, 1203)
        width = SMALL_SCREEN[0]
        assert bar.minimumSizeHint().width() <= width
        qtbot.wait(1)  # the layout learns of its new labels
        bar.resize(width, max(bar.heightForWidth(width), bar.minimumSizeHint().height()))
        qtbot.wait(20)
        assert clipped(bar) == []


def test_what_is_typed_is_sought_once(qtbot: QtBot, find: FindBar) -> None:
    heard: list[Query] = []
    find.searched.connect(heard.append)
    qtbot.keyClicks(find.text, "keeper")
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Query("keeper")]


def test_options_search_at_once(qtbot: QtBot, find: FindBar) -> None:
    find.start("Keeper", replacing=True)
    with qtbot.waitSignal(find.searched) as searched:
        find.match_case.click()
    assert searched.args == [Query("Keeper", match_case=True)]
    find.whole_words.click()
    with qtbot.waitSignal(find.searched) as searched:
        qtbot.keyClick(find.scope, Qt.Key.Key_Down)
    assert searched.args == [Query("Keeper", True, True, True)]


def test_enter_goes_on_and_shift_enter_goes_back(qtbot: QtBot, find: FindBar) -> None:
    find.start("keeper", replacing=True)
    find.show_found(17, 3)
    assert find.found.text() == "3 of 17"
    steps: list[int] = []
    find.stepped.connect(steps.append)
    qtbot.keyClick(find.text, Qt.Key.Key_Return)
    qtbot.keyClick(find.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    find.next.click()
    find.previous.click()
    assert steps == [1, -1, 1, -1]


def test_enter_before_the_fingers_rest_searches_first(qtbot: QtBot, find: FindBar) -> None:
    find.text.setText("clerk")
    with qtbot.assertNotEmitted(find.stepped), qtbot.waitSignal(find.searched) as searched:
        qtbot.keyClick(find.text, Qt.Key.Key_Return)
    assert searched.args == [Query("clerk")]


def test_nothing_is_replaced_where_nothing_was_found(qtbot: QtBot, find: FindBar) -> None:
    find.start("lantern", replacing=True)
    find.show_found(0, 0)
    assert find.found.text() == "Not found"
    assert not find.replace_all.isEnabled()
    find.by.setFocus()
    with qtbot.assertNotEmitted(find.replaced_one):
        qtbot.keyClick(find.by, Qt.Key.Key_Return)


def test_one_or_all_are_replaced(qtbot: QtBot, find: FindBar) -> None:
    find.start("keeper", replacing=True)
    find.show_found(17, 0)
    assert find.found.text() == "17 found"
    find.by.setFocus()
    qtbot.keyClicks(find.by, "warden")
    with qtbot.waitSignal(find.replaced_one) as one:
        qtbot.keyClick(find.by, Qt.Key.Key_Return)
    with qtbot.waitSignal(find.replaced_all) as every:
        find.replace_all.click()
    assert (one.args, every.args) == (["warden"], ["warden"])


def test_escape_closes_the_bar(qtbot: QtBot, find: FindBar) -> None:
    with qtbot.waitSignal(find.closed):
        qtbot.keyClick(find.text, Qt.Key.Key_Escape)
    assert not find.isVisible()


def test_tab_walks_the_find_bar_in_the_order_of_the_eye(qtbot: QtBot, find: FindBar) -> None:
    find.show_found(17, 3)
    find.text.setFocus()
    order = find.stops()
    assert set(order) == set(focusable(find))
    assert walked(qtbot, find, Qt.Key.Key_Tab) == order
    names = [spoken_name(widget) for widget in order]
    assert all(names)
    assert len(set(names)) == len(names)
    assert QApplication.focusWidget() is find.text


def test_without_replacing_there_is_one_line(find: FindBar) -> None:
    find.start()
    assert find.text.isVisible()
    assert not find.by.isVisible()
