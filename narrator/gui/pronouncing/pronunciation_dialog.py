"""How a word is to be said: typed or picked, heard before and after, for as much as is wanted."""

import threading
from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.pronouncing.phoneme_picker import PhonemePicker
from narrator.gui.pronouncing.phoneme_table import are_phonemes, with_stress
from narrator.gui.pronouncing.scope_choice import ScopeChoice
from narrator.gui.pronouncing.typed import Typed
from narrator.gui.shared.background import Tell
from narrator.gui.shared.controls import (
    ScrolledColumn,
    StatusLine,
    heading,
    plain_label,
    speak_up,
)
from narrator.gui.shared.errands import Errands
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.window_layout import fit
from narrator.gui.shared.wording import error_told, shortened
from narrator.speech import Pronunciation
from narrator.studio.pronouncing import Said, Scope, said_in
from narrator.studio.studio import FrontEnd

LONGEST = 120  # letters of a respelling

Speak = Callable[[tuple[Pronunciation, ...], threading.Event], None]
"""Speaks the sentence with these pronunciations to its end, or until the event is set."""


class WordAsked(NamedTuple):
    """A word and the sentence it stands in. pronunciations: those that apply to it now.

    respelling, scope: of the pronunciation that is to be changed, when there is one.
    """

    word: str
    sentence: str
    pronunciations: tuple[Pronunciation, ...] = ()
    respelling: str = ""
    scope: Scope = Scope.BOOK


class PronunciationDialog(QDialog):
    """One word. `applied` tells Pronunciation, respelling as typed, Scope, and the dialog closes.

    speak: called on another thread. count: how many sentences of the book sound otherwise then.
    """

    applied = Signal(object, str, object)

    def __init__(
        self,
        asked: WordAsked,
        front_end: FrontEnd,
        speak: Speak,
        count: Callable[[Scope], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Pronounce a word"))
        self._asked = asked
        self._front_end = front_end
        self._speak = speak
        self._said: Said | None = None
        self._apply_when_known = False
        self._hearing: QPushButton | None = None
        self.word = heading(shortened(asked.word), 1.3, self)
        self.sentence = plain_label(shortened(asked.sentence), self)
        self.now = self._stop_for_tab()
        self.field = QLineEdit(asked.respelling, self)
        self.outcome = self._stop_for_tab()
        self.picker = PhonemePicker(self)
        self.before = QPushButton(self.tr("Hear &before"), self)
        self.after = QPushButton(self.tr("Hear &after"), self)
        self.scope = ScopeChoice(asked.scope, count, self)
        self.apply = QPushButton(self.tr("Appl&y"), self)
        self.cancel = QPushButton(self.tr("&Cancel"), self)
        self.status = StatusLine(self)
        self.errands = Errands(self.status, self)
        self.typed = Typed(front_end.respelled, self)
        self._lay_out()
        self._connect()
        self._look()

    def accept(self) -> None:
        """Apply what is typed, at once or as soon as it is known what it sounds like."""
        if self._said is None or self.typed.waiting:
            self._apply_when_known = bool(self.typed.text)
            self.typed.read_now()
        elif self.typed.symbols and len(self._said.words) == 1:
            self.applied.emit(self._pronunciation(), self.typed.text, self.scope.chosen)
            super().accept()

    def done(self, result: int) -> None:
        """Close; what is being heard falls silent."""
        self.typed.give_up()
        self.errands.give_up()
        super().done(result)

    def _stop_for_tab(self) -> QLabel:
        label = plain_label("", self)
        label.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return label

    def _lay_out(self) -> None:
        say_as = QLabel(self.tr("Say &it as"), self)
        say_as.setBuddy(self.field)
        pick = QLabel(self.tr("&Phonemes, to be put in with Enter"), self)
        pick.setBuddy(self.picker)
        hear = QHBoxLayout()
        hear.setSpacing(8)
        hear.addWidget(self.before)
        hear.addWidget(self.after)
        hear.addStretch()
        parts = ScrolledColumn(self)
        for widget in (self.word, self.sentence, self.now, say_as, self.field, self.outcome):
            parts.column.addWidget(widget)
        parts.column.addLayout(hear)
        parts.column.addWidget(pick)
        parts.column.addWidget(self.picker, 1)
        parts.column.addWidget(self.scope)
        end = QHBoxLayout()
        end.setSpacing(8)
        end.addStretch()
        end.addWidget(self.apply)
        end.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(parts, 1)
        column.addWidget(self.status)
        column.addLayout(end)
        above = [self.now, self.field, self.outcome, self.before, self.after, self.picker]
        stops = [*above, *self.scope.buttons.values(), self.status.label, self.apply, self.cancel]
        set_tab_order([stops])
        fit(self, letters=112, lines=47)

    def _connect(self) -> None:
        self.field.setMaxLength(LONGEST)
        self.field.setPlaceholderText(self.tr("kuh-NEE-lee-uh"))
        self.field.setClearButtonEnabled(True)
        self.apply.setDefault(True)
        self.typed.changed.connect(self._refresh)
        self.typed.changed.connect(self._tell_outcome)
        self.errands.changed.connect(self._refresh)
        self.field.textChanged.connect(self._take)
        self.picker.picked.connect(self._put)
        self.picker.taken_back.connect(self._take_back)
        self.before.clicked.connect(lambda: self._hear_or_stop(self.before))
        self.after.clicked.connect(lambda: self._hear_or_stop(self.after))
        self.apply.clicked.connect(self.accept)
        self.cancel.clicked.connect(self.reject)

    def _look(self) -> None:
        word, sentence, own = self._asked.word, self._asked.sentence, self._asked.pronunciations
        self.errands.run(
            lambda tell, stop: said_in(word, sentence, self._front_end, own),
            self.tr("Looking how it is said…"),
            on_done=self._show_said,
        )
        self.typed.take(self.field.text())
        self.field.setFocus()

    def _show_said(self, said: Said) -> None:
        self._said = said
        words = " ".join(said.words)
        if len(said.words) == 1:
            self.word.setText(shortened(words))
            self.now.setText(self.tr("Said now: {sounds}").format(sounds=self._shown(said.symbols)))
            if self._apply_when_known:
                self.accept()
            return
        self.now.setText(
            self.tr("Said now as {words}: change the text of the sentence instead.").format(
                words=shortened(f"“{words}”")
            )
        )
        speak_up(self.now, self.now.text())

    def _shown(self, symbols: tuple[str, ...]) -> str:
        return f"{self._front_end.shown(symbols)}  ({' '.join(symbols)})"

    def _take(self, text: str) -> None:
        self._apply_when_known = False
        self.typed.take(text)

    def _put(self, phoneme: str) -> None:
        """Put a phoneme at the cursor; syllables or words become phonemes first."""
        if not are_phonemes(self.field.text().split()):
            self.field.setText(" ".join(self.typed.symbols))
        at = self.field.cursorPosition()
        before, after = self.field.text()[:at].split(), self.field.text()[at:].split()
        before.append(with_stress(phoneme, before + after))
        self.field.setText(" ".join(before + after))
        self.field.setCursorPosition(len(" ".join(before)))

    def _take_back(self) -> None:
        at = self.field.cursorPosition()
        before, after = self.field.text()[:at].split()[:-1], self.field.text()[at:].split()
        self.field.setText(" ".join(before + after))
        self.field.setCursorPosition(len(" ".join(before)))

    def _tell_outcome(self) -> None:
        typed = self.typed
        if typed.error:
            self.outcome.setText(f"! {error_told(typed.error)}")
        elif typed.symbols:
            sounds = self._shown(typed.symbols)
            self.outcome.setText(self.tr("✓ Will be said: {sounds}").format(sounds=sounds))
        elif typed.text:
            self.outcome.setText("…")
        else:
            self.outcome.setText(
                self.tr("Syllables, phonemes or English words that sound like it.")
            )
        if not typed.waiting:
            speak_up(self.outcome, self.outcome.text())
        if self._apply_when_known and typed.symbols:
            self.accept()

    def _pronunciation(self) -> Pronunciation:
        word = self._said.words[0] if self._said else self._asked.word
        return Pronunciation(word, self.typed.symbols)

    def _hear_or_stop(self, button: QPushButton) -> None:
        if self._hearing:
            self.errands.stop()
            return
        own = self._asked.pronunciations
        if button is self.after:
            own = (*own, self._pronunciation())
        self._hearing = button

        def errand(tell: Tell, stop: threading.Event) -> None:
            self._speak(own, stop)

        self.errands.run(errand, self.tr("Speaking…"), on_done=self._silent, on_error=self._silent)

    def _silent(self, _: object) -> None:
        self._hearing = None

    def _refresh(self) -> None:
        free = not self.errands.busy
        one = self._said is not None and len(self._said.words) == 1
        known = one and bool(self.typed.symbols)
        for button, text, able in (
            (self.before, self.tr("Hear &before"), one),
            (self.after, self.tr("Hear &after"), known),
        ):
            button.setText(self.tr("&Stop") if button is self._hearing else text)
            button.setEnabled(button is self._hearing or (free and able))
        several = self._said is not None and not one
        for widget in (self.field, self.picker, self.scope):
            widget.setEnabled(not several)
        looking = self._said is None and not free
        self.apply.setEnabled(known or ((one or looking) and self.typed.waiting))
