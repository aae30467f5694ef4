"""The column of the selected sentences, as somebody turns, types and listens."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, SignalInstance
from PySide6.QtGui import QAction, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox, QRadioButton, QStyle, QStyleOptionSlider
from pytestqt.qtbot import QtBot
from reach import clipped, double_type, focusable, spoken_name, walked

from narrator.gui.desk.sentence.panel import SentencePanel
from narrator.gui.desk.sentence.selection import Selection, TakeChange, VoiceChoice
from narrator.gui.desk.sentence.value_row import ValueRow
from narrator.project.model import Sentence, Take
from narrator.speech import Bend, Prosody

VOICES = (VoiceChoice("kathleen", "Kathleen"), VoiceChoice("anna", "Anna"))
ONE = Sentence(1, 1, 1, "He ran 12 miles.", "He ran 12 miles.")
BENT = Take("anna", Prosody(speed=1.2, pitch=-2.0, bends=(Bend(3, 1.5),)))
TWO = Sentence(2, 1, 2, "Ran.", "Ran.", included=False, pause=0.6, character="Clerk", takes=(BENT,))
TAKES = (Take(), Take(reading=1), Take("anna", Prosody(energy=-3.0)))
CTRL = Qt.KeyboardModifier.ControlModifier


def selection(*sentences: Sentence) -> Selection:
    spoken = "he ran twelve miles" if len(sentences) == 1 else ""
    return Selection(sentences, VOICES, "Kathleen", ("Clerk", "Mrs Doe"), spoken, ("Tern = TURN",))


@pytest.fixture
def panel(qtbot: QtBot) -> SentencePanel:
    panel = SentencePanel()
    qtbot.addWidget(panel)
    panel.resize(panel.sizeHint().width(), 900)
    panel.show_selection(selection(ONE))
    panel.show()
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    return panel


def heard(signal: SignalInstance) -> list[tuple[object, ...]]:
    """Give what a signal carries from now on."""
    came: list[tuple[object, ...]] = []
    signal.connect(lambda *args: came.append(args))
    return came


def signals(panel: SentencePanel) -> list[list[tuple[object, ...]]]:
    return [
        heard(signal)
        for signal in (
            panel.takes_changed,
            panel.character_changed,
            panel.pause_changed,
            panel.included_changed,
            panel.text_changed,
            panel.take_again,
            panel.take_chosen,
            panel.compare,
            panel.reset,
        )
    ]


def told(spies: list[list[tuple[object, ...]]]) -> int:
    return sum(len(spy) for spy in spies)


def pick(qtbot: QtBot, box: QComboBox, text: str) -> None:
    """Choose an entry as from the list that opens."""
    box.setFocus()
    index = box.findText(text)
    assert index >= 0, text
    box.setCurrentIndex(index)
    box.activated.emit(index)


def handle(row: ValueRow) -> QPoint:
    option = QStyleOptionSlider()
    row.slider.initStyleOption(option)
    control, part = QStyle.ComplexControl.CC_Slider, QStyle.SubControl.SC_SliderHandle
    return row.slider.style().subControlRect(control, option, part, row.slider).center()


def type_over(qtbot: QtBot, row: ValueRow, text: str) -> None:
    row.box.setFocus()
    row.box.selectAll()
    qtbot.keyClicks(row.box, text)
    qtbot.keyClick(row.box, Qt.Key.Key_Return)


def test_a_sentence_is_shown_as_it_is(panel: SentencePanel) -> None:
    panel.show_selection(selection(TWO))
    assert panel.casting.voice.currentText() == "Anna"
    assert panel.casting.voice.itemText(0) == "As cast: Kathleen"
    assert panel.casting.character.currentText() == "Clerk"
    assert panel.speed.box.text() == "1.20 ×"
    assert panel.pitch.box.text() == "-2.0 semitones"
    assert panel.pause.box.text() == "0.60 s"
    assert not panel.included.isChecked()
    assert panel.text.editor.toPlainText() == "Ran."
    assert panel.spoken_as.text() == "Spoken as: he ran twelve miles"
    assert panel.pronunciations.text() == "Pronunciations:\nTern = TURN"


def test_showing_tells_nothing(qtbot: QtBot, panel: SentencePanel) -> None:
    spies = signals(panel)
    for shown in (selection(TWO), selection(ONE, TWO), None, selection(replace(ONE, takes=TAKES))):
        panel.show_selection(shown)
    qtbot.wait(350)
    panel.settle()
    assert told(spies) == 0


def test_one_drag_of_a_slider_is_one_change_told_on_release(
    qtbot: QtBot, panel: SentencePanel
) -> None:
    spy = heard(panel.takes_changed)
    button, start = Qt.MouseButton.LeftButton, handle(panel.speed)
    qtbot.mousePress(panel.speed.slider, button, pos=start)
    for step in (10, 20, 30):
        qtbot.mouseMove(panel.speed.slider, start + QPoint(step, 0))
    shown = panel.speed.box.value()
    assert shown > 1.0
    qtbot.wait(320)
    assert len(spy) == 0
    qtbot.mouseRelease(panel.speed.slider, button, pos=start + QPoint(30, 0))
    assert len(spy) == 1
    [change] = spy[0][0]
    assert change.ids == (1,)
    assert change.take.prosody == Prosody(speed=pytest.approx(shown))


def test_steps_by_key_are_one_change_after_a_rest(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.takes_changed)
    panel.pitch.box.setFocus()
    with qtbot.waitSignal(panel.takes_changed, timeout=1000):
        for _ in range(4):
            qtbot.keyClick(panel.pitch.box, Qt.Key.Key_Up)
    assert len(spy) == 1
    assert spy[0][0] == (TakeChange((1,), Take(prosody=Prosody(pitch=2.0))),)


def test_a_change_of_many_keeps_what_each_has_beside_it(qtbot: QtBot, panel: SentencePanel) -> None:
    panel.show_selection(selection(ONE, TWO))
    with qtbot.waitSignal(panel.takes_changed, timeout=1000) as signal:
        type_over(qtbot, panel.energy, "3")
    assert signal.args[0] == (
        TakeChange((1,), Take(prosody=Prosody(energy=3.0))),
        TakeChange((2,), replace(BENT, prosody=replace(BENT.prosody, energy=3.0))),
    )


def test_mixed_values_are_several_until_one_is_given(qtbot: QtBot, panel: SentencePanel) -> None:
    panel.show_selection(selection(ONE, TWO))
    assert panel.title.text() == "2 sentences"
    assert [row.box.text() for row in panel.rows] == [
        "several", "several", "0.0 dB", "1.00 ×", "several",
    ]  # fmt: skip
    assert panel.casting.voice.currentIndex() == -1
    assert panel.casting.voice.placeholderText() == "several"
    assert panel.casting.character.accessibleDescription() == "several"
    assert panel.included.checkState() == Qt.CheckState.PartiallyChecked
    assert not panel.text.isVisible()
    with qtbot.waitSignal(panel.takes_changed, timeout=1000) as signal:
        type_over(qtbot, panel.speed, "1.2")
    assert panel.speed.box.text() == "1.20 ×"
    assert [change.ids for change in signal.args[0]] == [(1,)], "the other is that fast already"


@pytest.mark.parametrize("key", [Qt.Key.Key_Up, Qt.Key.Key_Down])
def test_several_is_stepped_from_the_usual(qtbot: QtBot, panel: SentencePanel, key: Qt.Key) -> None:
    panel.show_selection(selection(ONE, TWO))
    panel.speed.box.setFocus()
    with qtbot.waitSignal(panel.takes_changed, timeout=1000) as signal:
        qtbot.keyClick(panel.speed.box, key)
    assert panel.speed.box.text() == "1.00 ×"
    [change] = signal.args[0]
    assert change.ids == (2,)


def test_two_quick_changes_do_not_undo_each_other(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.takes_changed)
    type_over(qtbot, panel.speed, "1.5")
    type_over(qtbot, panel.pitch, "2")
    panel.settle()
    assert len(spy) == 2
    assert spy[1][0][0].take.prosody == Prosody(speed=1.5, pitch=2.0)


def test_what_is_in_work_goes_to_its_own_sentence(qtbot: QtBot, panel: SentencePanel) -> None:
    spy, words = heard(panel.takes_changed), heard(panel.text_changed)
    panel.text.editor.setPlainText("He ran.")
    type_over(qtbot, panel.speed, "1.5")
    panel.show_selection(selection(TWO))
    assert spy[0][0][0].ids == (1,)
    assert words[0] == (1, "He ran.")
    assert panel.speed.box.text() == "1.20 ×"
    assert panel.text.editor.toPlainText() == "Ran."


def test_news_of_the_same_sentence_leave_the_hand_alone(qtbot: QtBot, panel: SentencePanel) -> None:
    panel.text.editor.setPlainText("He ran, and")
    type_over(qtbot, panel.speed, "1.5")
    panel.show_selection(selection(ONE))
    assert panel.speed.box.text() == "1.50 ×"
    assert panel.text.editor.toPlainText() == "He ran, and"


def test_a_voice_is_chosen_and_given_back(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.takes_changed)
    pick(qtbot, panel.casting.voice, "Anna")
    assert spy[0][0] == (TakeChange((1,), Take("anna")),)
    pick(qtbot, panel.casting.voice, "As cast: Kathleen")
    assert spy[1][0] == (TakeChange((1,), Take()),)


def test_a_voice_that_is_gone_is_still_named(panel: SentencePanel) -> None:
    panel.show_selection(selection(replace(ONE, takes=(Take("old"),))))
    assert panel.casting.voice.currentText() == "old (missing)"


def test_a_character_is_chosen_or_new(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.character_changed)
    pick(qtbot, panel.casting.character, "Clerk")
    pick(qtbot, panel.casting.character, "New character…")
    name = panel.casting.new_name
    assert name.hasFocus()
    qtbot.keyClicks(name, " The  Cook ")
    qtbot.keyClick(name, Qt.Key.Key_Return)
    assert spy == [((1,), "Clerk"), ((1,), "The Cook")]
    assert not name.isVisible()
    assert panel.casting.character.hasFocus()


def test_escape_leaves_the_new_character(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.character_changed)
    pick(qtbot, panel.casting.character, "New character…")
    qtbot.keyClicks(panel.casting.new_name, "x")
    qtbot.keyClick(panel.casting.new_name, Qt.Key.Key_Escape)
    assert not panel.casting.new_name.isVisible()
    assert panel.casting.character.currentText() == "Narrator"
    assert len(spy) == 0


def test_a_pause_is_typed_and_given_back_to_the_rules(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.pause_changed)
    assert panel.pause.box.text() == "by the rules"
    type_over(qtbot, panel.pause, "1.25")
    panel.settle()
    panel.pause.box.selectAll()
    qtbot.keyClick(panel.pause.box, Qt.Key.Key_Delete)
    qtbot.keyClick(panel.pause.box, Qt.Key.Key_Return)
    panel.settle()
    assert spy == [((1,), 1.25), ((1,), None)]
    assert panel.pause.box.text() == "by the rules"


def test_several_pauses_are_given_back_to_the_rules(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.pause_changed)
    panel.show_selection(selection(ONE, TWO))
    panel.pause.box.setFocus()
    panel.pause.box.selectAll()
    qtbot.keyClick(panel.pause.box, Qt.Key.Key_Delete)
    qtbot.keyClick(panel.pause.box, Qt.Key.Key_Return)
    panel.settle()
    assert spy[0] == ((2,), None)


def test_sentences_are_left_out_and_put_back(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.included_changed)
    panel.show_selection(selection(ONE, TWO))
    panel.included.setFocus()
    qtbot.keyClick(panel.included, Qt.Key.Key_Space)
    qtbot.keyClick(panel.included, Qt.Key.Key_Space)
    assert spy == [((1, 2), True), ((1, 2), False)]


def test_the_wheel_scrolls_the_column_and_turns_nothing(panel: SentencePanel) -> None:
    panel.text.editor.setFocus()
    for widget in (panel.speed.box, panel.speed.slider, panel.casting.voice):
        spot = QPointF(widget.rect().center())
        event = QWheelEvent(
            spot,
            QPointF(widget.mapToGlobal(spot)),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(widget, event)
        assert not event.isAccepted()
    assert panel.speed.box.value() == 1.0
    assert panel.casting.voice.currentIndex() == 0


def test_takes_say_what_differs_and_are_chosen(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.take_chosen)
    panel.show_selection(selection(replace(ONE, takes=TAKES, chosen=1)))
    names = [spoken_name(button) for button in panel.takes.buttons]
    assert names == [
        "Take 1: as the voice reads it",
        "Take 2: reading 2",
        "Take 3: Anna, −3 dB",
    ]
    assert [button.isChecked() for button in panel.takes.buttons] == [False, True, False]
    qtbot.waitUntil(panel.takes.buttons[1].isVisible)
    panel.takes.buttons[1].setFocus()
    qtbot.keyClick(panel.takes.buttons[1], Qt.Key.Key_Down)
    assert spy[0] == ((1,), 2)


def test_two_takes_are_compared_the_one_before_first(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.compare)
    assert not panel.takes.compare_button.isEnabled()
    panel.show_selection(selection(replace(ONE, takes=TAKES)))
    panel.takes.compare_button.click()
    panel.show_selection(selection(replace(ONE, takes=TAKES, chosen=2)))
    panel.takes.compare_button.click()
    panel.show_selection(selection(replace(ONE, takes=TAKES, chosen=1)))
    panel.takes.compare_button.click()
    panel.show_selection(selection(replace(ONE, takes=TAKES[:2], chosen=1)))
    panel.takes.compare_button.click()
    assert spy == [(1, 1, 0), (1, 0, 2), (1, 2, 1), (1, 0, 1)]


def test_many_are_taken_again_and_choose_the_takes_that_all_have(
    qtbot: QtBot, panel: SentencePanel
) -> None:
    again, chosen = heard(panel.take_again), heard(panel.take_chosen)
    panel.show_selection(
        selection(replace(ONE, takes=TAKES, chosen=2), replace(TWO, takes=TAKES[:2]))
    )
    assert len(panel.takes.buttons) == 2
    assert not any(button.isChecked() for button in panel.takes.buttons)
    assert not panel.takes.compare_button.isEnabled()
    panel.takes.buttons[0].click()
    panel.takes.again_button.click()
    assert chosen[0] == ((1, 2), 0)
    assert again[0] == ((1, 2),)


def test_back_is_offered_where_there_is_something_to_go_back_from(panel: SentencePanel) -> None:
    spy = heard(panel.reset)
    assert not panel.back.isEnabled()
    panel.show_selection(selection(ONE, TWO))
    panel.back.click()
    assert spy[0] == ((1, 2),)


def test_words_are_applied_by_key_or_by_leaving_and_restored_by_escape(
    qtbot: QtBot, panel: SentencePanel
) -> None:
    spy = heard(panel.text_changed)
    editor = panel.text.editor
    editor.setFocus()
    editor.setPlainText("He walked\n12 miles. ")
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert editor.toPlainText() == "He walked 12 miles."
    editor.setPlainText("He flew.")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert editor.toPlainText() == "He walked 12 miles."
    editor.setPlainText("He swam.")
    panel.speed.box.setFocus()
    assert spy == [(1, "He walked 12 miles."), (1, "He swam.")]
    assert len(spy) == 2


def test_the_keys_of_the_words_are_no_shortcuts_of_the_window(
    qtbot: QtBot, panel: SentencePanel
) -> None:
    came: list[bool] = []
    for keys in ("Ctrl+Return", "Esc"):
        action = QAction(keys, panel)
        action.setShortcut(QKeySequence(keys))
        action.triggered.connect(came.append)
        panel.addAction(action)
    editor = panel.text.editor
    editor.setFocus()
    editor.setPlainText("He swam.")
    with qtbot.waitSignal(panel.text_changed):
        qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert came == []


def test_no_words_are_refused_with_a_line(qtbot: QtBot, panel: SentencePanel) -> None:
    spy = heard(panel.text_changed)
    editor = panel.text.editor
    editor.setFocus()
    editor.setPlainText(" \n ")
    qtbot.keyClick(editor, Qt.Key.Key_Return, CTRL)
    assert panel.text.refusal.text().startswith("! A sentence needs words.")
    assert panel.text.refusal.isVisible()
    qtbot.keyClicks(editor, "H")
    assert not panel.text.refusal.isVisible()
    editor.setPlainText("")
    panel.speed.box.setFocus()
    assert panel.text.refusal.isVisible()
    assert editor.toPlainText() == "He ran 12 miles."
    assert len(spy) == 0


def test_an_undo_elsewhere_shows_the_words_of_before(panel: SentencePanel) -> None:
    panel.text.editor.setPlainText("He walks.")
    panel.text.editor.done.emit()
    panel.show_selection(selection(replace(ONE, text="He walks.")))
    panel.show_selection(selection(ONE))
    assert panel.text.editor.toPlainText() == "He ran 12 miles."


def test_what_a_change_leads_to_is_not_overwritten_by_what_was_to_be_shown(
    qtbot: QtBot, panel: SentencePanel
) -> None:
    def apply(changes: tuple[TakeChange, ...]) -> None:
        panel.show_selection(selection(replace(ONE, takes=(changes[0].take,)), TWO))

    panel.takes_changed.connect(apply)
    type_over(qtbot, panel.speed, "1.2")
    panel.show_selection(selection(ONE, TWO))
    assert panel.speed.box.text() == "1.20 ×"


def test_nothing_selected_says_so(panel: SentencePanel) -> None:
    panel.show_selection(None)
    assert panel.title.text() == "No sentence selected"
    assert focusable(panel) == []


def test_tab_goes_as_the_eye_does_and_every_stop_has_a_name_of_its_own(
    qtbot: QtBot, panel: SentencePanel
) -> None:
    panel.show_selection(selection(replace(ONE, takes=TAKES), replace(TWO, takes=TAKES)))
    panel.show_selection(selection(replace(ONE, takes=TAKES)))
    unchecked = [button for button in panel.takes.buttons if not button.isChecked()]
    stops = [
        stop
        for stop in panel.stops()
        if stop.isVisible() and stop.isEnabled() and stop not in unchecked
    ]
    stops[0].setFocus()
    assert walked(qtbot, panel, Qt.Key.Key_Tab) == stops
    reachable = {w for w in focusable(panel) if not isinstance(w, QRadioButton) or w.isChecked()}
    assert reachable <= {*stops}
    names = [spoken_name(stop) for stop in stops]
    assert all(names)
    assert len({*names}) == len(names)


def test_nothing_is_clipped_in_type_of_double_size(qtbot: QtBot) -> None:
    with double_type():
        panel = SentencePanel()
        qtbot.addWidget(panel)
        panel.show_selection(selection(replace(ONE, takes=TAKES)))
        panel.show()
        panel.resize(panel.minimumSizeHint().width(), 800)
        panel.text.editor.setPlainText("")
        panel.text.editor.done.emit()
        qtbot.wait(20)
        assert clipped(panel) == []
        assert panel.width() < 1280 / 3
        assert panel.scrolled.widget().width() <= panel.scrolled.viewport().width()
