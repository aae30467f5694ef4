"""Pronounce a word: typed, picked, heard before and after, applied; and the list of all entries."""

import threading
from collections import Counter
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMessageBox, QPushButton, QRadioButton
from pytestqt.qtbot import QtBot
from reach import SMALL_SCREEN, clipped, double_type, focusable, spoken_name, walked

from narrator.errors import Cancelled, NoOutputDevice
from narrator.gui.pronouncing.phoneme_table import CONSONANTS, VOWELS
from narrator.gui.pronouncing.pronunciation_dialog import PronunciationDialog, WordAsked
from narrator.gui.pronouncing.pronunciations_dialog import (
    ListedPronunciation,
    PronunciationsDialog,
)
from narrator.speech import Pronunciation
from narrator.studio.pronouncing import Scope
from narrator.studio.studio import FrontEnd, Studio
from narrator.text import symbols
from narrator.text.respelling import phonemes_shown

SENTENCE = "“No,” said Keeper to the keeper."
LAMP = Pronunciation("lamp", ("L", "AA1", "M", "P"))
KEEPER = Pronunciation("keeper", ("K", "IY1", "P", "AH0"))


@dataclass
class Speaker:
    """Speaks the sentence for the dialog, and keeps with which pronunciations it did."""

    heard: list[tuple[Pronunciation, ...]] = field(default_factory=list)
    error: Exception | None = None
    waits: bool = False

    def speak(self, own: tuple[Pronunciation, ...], stop: threading.Event) -> None:
        self.heard.append(own)
        if self.waits and stop.wait(20):
            raise Cancelled
        if self.error:
            raise self.error


@pytest.fixture
def speaker() -> Speaker:
    return Speaker()


def count(scope: Scope) -> int:
    return {Scope.SENTENCE: 1, Scope.BOOK: 1204, Scope.EVERYWHERE: 1204}[scope]


def shown(qtbot: QtBot, dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)


def open_dialog(
    qtbot: QtBot, front_end: FrontEnd, speaker: Speaker, asked: WordAsked
) -> PronunciationDialog:
    dialog = PronunciationDialog(asked, front_end, speaker.speak, count)
    shown(qtbot, dialog)
    rest(qtbot, dialog)
    return dialog


@pytest.fixture
def dialog(qtbot: QtBot, studio: Studio, speaker: Speaker) -> PronunciationDialog:
    asked = WordAsked("Keeper", SENTENCE, (LAMP,))
    return open_dialog(qtbot, studio.front_end, speaker, asked)


def rest(qtbot: QtBot, dialog: PronunciationDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.errands.busy and not dialog.typed.waiting)


def typed(qtbot: QtBot, dialog: PronunciationDialog, text: str) -> str:
    dialog.field.selectAll()
    qtbot.keyClicks(dialog.field, text)
    rest(qtbot, dialog)
    return dialog.outcome.text()


def test_it_shows_the_word_its_sentence_and_how_it_is_said_now(dialog: PronunciationDialog) -> None:
    assert dialog.word.text() == "keeper"
    assert dialog.sentence.text() == SENTENCE
    assert dialog.now.text().startswith("Said now: ")
    assert QApplication.focusWidget() is dialog.field
    assert not dialog.apply.isEnabled()
    assert not dialog.after.isEnabled()


def test_what_is_typed_is_shown_as_it_will_be_said(
    qtbot: QtBot, dialog: PronunciationDialog
) -> None:
    told = typed(qtbot, dialog, "KEE-puh")
    assert told == "✓ Will be said: KEE-puh  (K IY1 P AH0)"
    assert typed(qtbot, dialog, "k iy1 p er0") == "✓ Will be said: KEE-per  (K IY1 P ER0)"
    assert dialog.apply.isEnabled()


def test_what_cannot_be_said_is_told_in_a_sentence(
    qtbot: QtBot, dialog: PronunciationDialog
) -> None:
    assert typed(qtbot, dialog, "KEE-qqzt").startswith("! “qqzt” cannot be said: ")
    assert not dialog.apply.isEnabled()
    assert not dialog.after.isEnabled()
    dialog.field.clear()
    assert dialog.outcome.text() == "Syllables, phonemes or English words that sound like it."


def test_it_is_applied_where_it_was_asked_for(qtbot: QtBot, dialog: PronunciationDialog) -> None:
    typed(qtbot, dialog, "KEE-puh")
    assert dialog.scope.counted.text() == "Changes 1,204 sentences of this book."
    dialog.scope.buttons[Scope.BOOK].setFocus()
    qtbot.keyClick(dialog.scope.buttons[Scope.BOOK], Qt.Key.Key_Up)
    assert dialog.scope.counted.text() == "Changes 1 sentence of this book."
    with qtbot.waitSignal(dialog.applied) as told:
        dialog.apply.click()
    assert told.args == [KEEPER, "KEE-puh", Scope.SENTENCE]
    assert not dialog.isVisible()


def test_enter_right_after_the_last_letter_applies_what_is_typed(
    qtbot: QtBot, studio: Studio, speaker: Speaker
) -> None:
    dialog = PronunciationDialog(
        WordAsked("Keeper", SENTENCE), studio.front_end, speaker.speak, count
    )
    shown(qtbot, dialog)
    qtbot.keyClicks(dialog.field, "KEE-puh")
    applied = []
    dialog.applied.connect(lambda *told: applied.append(told))
    with qtbot.waitSignal(dialog.accepted):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert applied == [(KEEPER, "KEE-puh", Scope.BOOK)]


def test_escape_applies_nothing(qtbot: QtBot, dialog: PronunciationDialog) -> None:
    typed(qtbot, dialog, "KEE-puh")
    with qtbot.assertNotEmitted(dialog.applied):
        qtbot.keyClick(dialog.field, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_it_is_heard_before_and_after(
    qtbot: QtBot, dialog: PronunciationDialog, speaker: Speaker
) -> None:
    dialog.before.click()
    rest(qtbot, dialog)
    typed(qtbot, dialog, "KEE-puh")
    dialog.after.click()
    rest(qtbot, dialog)
    assert speaker.heard == [(LAMP,), (LAMP, KEEPER)]


def test_what_is_heard_can_be_stopped(
    qtbot: QtBot, dialog: PronunciationDialog, speaker: Speaker
) -> None:
    speaker.waits = True
    dialog.before.click()
    assert dialog.before.text() == "&Stop"
    dialog.before.click()
    rest(qtbot, dialog)
    assert dialog.status.text == "Stopped."
    assert dialog.before.text() == "Hear &before"


def test_a_machine_without_sound_says_so(
    qtbot: QtBot, dialog: PronunciationDialog, speaker: Speaker
) -> None:
    speaker.error = NoOutputDevice("none")
    dialog.before.click()
    rest(qtbot, dialog)
    assert "No sound can be played here" in dialog.status.text
    assert dialog.before.isEnabled()


def pick(qtbot: QtBot, dialog: PronunciationDialog, *phonemes: str) -> None:
    """Go to each phoneme by its first letters and press Enter."""
    for phoneme in phonemes:
        (item, *_) = dialog.picker.findItems(f"{phoneme} ", Qt.MatchFlag.MatchStartsWith)
        dialog.picker.setCurrentItem(item)
        qtbot.keyClick(dialog.picker, Qt.Key.Key_Return)


def test_phonemes_are_picked_from_the_list(qtbot: QtBot, dialog: PronunciationDialog) -> None:
    dialog.picker.setFocus()
    pick(qtbot, dialog, "K", "IY", "P", "T", "ER")
    qtbot.keyClick(dialog.picker, Qt.Key.Key_Backspace)
    assert dialog.field.text() == "K IY1 P T"
    qtbot.keyClick(dialog.picker, Qt.Key.Key_Backspace)
    pick(qtbot, dialog, "AH")
    rest(qtbot, dialog)
    assert dialog.field.text() == "K IY1 P AH0"
    assert dialog.isVisible()
    assert dialog.picker.hasFocus()


def test_a_pick_goes_on_from_the_syllables_typed(qtbot: QtBot, dialog: PronunciationDialog) -> None:
    typed(qtbot, dialog, "KEE-puh")
    pick(qtbot, dialog, "Z")
    assert dialog.field.text() == "K IY1 P AH0 Z"
    dialog.field.setCursorPosition(0)
    pick(qtbot, dialog, "S")
    assert dialog.field.text() == "S K IY1 P AH0 Z"


def test_the_phonemes_to_pick_are_all_there_are() -> None:
    assert [example.phoneme for example in VOWELS] == symbols.VOWELS
    assert [example.phoneme for example in CONSONANTS] == symbols.CONSONANTS
    words = [example.word for example in (*VOWELS, *CONSONANTS)]
    assert len(set(words)) == len(words)


def test_a_pronunciation_that_is_there_is_changed(
    qtbot: QtBot, studio: Studio, speaker: Speaker
) -> None:
    asked = WordAsked("keeper", SENTENCE, (KEEPER,), "KEE-puh", Scope.EVERYWHERE)
    dialog = open_dialog(qtbot, studio.front_end, speaker, asked)
    assert dialog.field.text() == "KEE-puh"
    assert dialog.scope.chosen is Scope.EVERYWHERE
    assert dialog.apply.isEnabled()


def test_a_number_of_several_words_is_left_to_the_text(
    qtbot: QtBot, studio: Studio, speaker: Speaker
) -> None:
    def in_words(text: str, **options: object) -> object:
        return studio.front_end.phonemize(text.replace("42", "forty two"), **options)

    front_end = studio.front_end._replace(phonemize=in_words)
    dialog = open_dialog(qtbot, front_end, speaker, WordAsked("42", "It was 42."))
    assert dialog.now.text() == (
        "Said now as “forty two”: change the text of the sentence instead."
    )
    assert not dialog.field.isEnabled()
    assert not dialog.apply.isEnabled()


LISTED = (
    ListedPronunciation(KEEPER, "KEE-puh", Scope.BOOK, 1),
    ListedPronunciation(LAMP, "L AA1 M P", Scope.SENTENCE, 2, "The lamp was lit, and " * 20),
    ListedPronunciation(Pronunciation("Canea", ("K", "AH0", "N", "IY1")), "", Scope.EVERYWHERE),
)


@pytest.fixture
def gallery(qtbot: QtBot) -> PronunciationsDialog:
    dialog = PronunciationsDialog(LISTED, phonemes_shown)
    shown(qtbot, dialog)
    return dialog


def test_the_list_reads_each_entry_as_a_whole(gallery: PronunciationsDialog) -> None:
    assert gallery.table.said(0) == "keeper, KEE-puh, K IY1 P AH0, this book"
    assert gallery.table.said(1).endswith("one sentence: The lamp was lit, and The lamp…")
    assert gallery.table.said(2).endswith("all books")
    assert gallery.status.text == "3 pronunciations."


def test_enter_edits_the_entry_at_the_cursor(qtbot: QtBot, gallery: PronunciationsDialog) -> None:
    gallery.table.setFocus()
    qtbot.keyClick(gallery.table, Qt.Key.Key_Down)
    with qtbot.waitSignal(gallery.edited) as told:
        qtbot.keyClick(gallery.table, Qt.Key.Key_Return)
    assert told.args == [LISTED[1]]


def test_an_entry_of_the_book_is_removed_at_once(
    qtbot: QtBot, gallery: PronunciationsDialog
) -> None:
    gallery.removed.connect(lambda entry: gallery.show_entries(LISTED[1:]))
    gallery.table.setFocus()
    qtbot.keyClick(gallery.table, Qt.Key.Key_Delete)
    assert gallery.chosen == LISTED[1]
    assert gallery.status.text == "keeper is said as before."


def test_an_entry_of_all_books_is_removed_after_a_question(
    qtbot: QtBot, gallery: PronunciationsDialog
) -> None:
    gallery.table.go_to(2)
    with qtbot.waitSignal(gallery.removed) as told:
        gallery.remove.click()
        (box,) = gallery.findChildren(QMessageBox)
        (agree,) = [button for button in box.buttons() if button.text() == "Remove"]
        agree.click()
    assert told.args == [LISTED[2]]


def test_an_empty_list_says_what_to_do(gallery: PronunciationsDialog) -> None:
    gallery.show_entries(())
    assert gallery.chosen is None
    assert not gallery.edit.isEnabled()
    assert not gallery.remove.isEnabled()
    assert gallery.status.text.startswith("None yet: ")


@pytest.fixture(params=["word", "list"])
def either(request: pytest.FixtureRequest, qtbot: QtBot) -> QDialog:
    if request.param == "list":
        return request.getfixturevalue("gallery")
    dialog = request.getfixturevalue("dialog")
    typed(qtbot, dialog, "KEE-puh")
    dialog.status.say("Ready.")
    return dialog


def test_all_can_be_reached_by_tab_and_has_a_name(qtbot: QtBot, either: QDialog) -> None:
    reachable = {
        widget
        for widget in focusable(either)
        if not isinstance(widget, QRadioButton) or widget.isChecked()
    }
    assert set(walked(qtbot, either, Qt.Key.Key_Tab)) == reachable
    names = [spoken_name(widget) for widget in focusable(either)]
    assert all(names)
    assert len(set(names)) == len(names)


def test_every_letter_leads_to_one_place(either: QDialog) -> None:
    texts = [
        widget.text()
        for kind in (QLabel, QPushButton, QRadioButton)
        for widget in either.findChildren(kind)
        if widget.isVisible() and "&" in widget.text()
    ]
    letters = Counter(text[text.index("&") + 1].lower() for text in [*texts, "&Stop"])
    assert max(letters.values()) == 1


@pytest.mark.parametrize("name", ["dialog", "gallery"])
def test_nothing_is_clipped_in_type_of_double_size(
    qtbot: QtBot, request: pytest.FixtureRequest, name: str
) -> None:
    with double_type():
        dialog = request.getfixturevalue(name)
        if name == "dialog":
            typed(qtbot, dialog, "KEE-qqzt")
        dialog.resize(*SMALL_SCREEN)
        qtbot.wait(20)
        assert (dialog.width(), dialog.height()) == SMALL_SCREEN
        assert clipped(dialog) == []
