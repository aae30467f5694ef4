"""How words are said: the word at the cursor asked about, the list of all, what becomes of it."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from narrator.errors import Cancelled
from narrator.gui.desk.layout.desk import TextPane
from narrator.gui.desk.open_book.at_hand import AtHand
from narrator.gui.desk.open_book.editing import Editing
from narrator.gui.desk.open_book.listening import Listening
from narrator.gui.pronouncing.pronunciation_dialog import PronunciationDialog, WordAsked
from narrator.gui.pronouncing.pronunciations_dialog import (
    ListedPronunciation,
    PronunciationsDialog,
)
from narrator.gui.shared.background import Bridge, run_in_background
from narrator.project.model import Sentence
from narrator.speech import Pronunciation
from narrator.studio.pronouncing import OwnPronunciation, Pronouncer, Scope
from narrator.studio.studio import Studio


class SayingWords(QObject):
    """Opens the dialogs for pronunciations. refused(error): one could not be kept.

    told(text): a line for the status, where nothing could be done.
    """

    refused = Signal(object)
    told = Signal(str)

    def __init__(
        self,
        studio: Studio,
        pronouncer: Pronouncer,
        editing: Editing,
        at_hand: AtHand,
        listening: Listening,
        text: TextPane,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._studio = studio
        self._pronouncer = pronouncer
        self._editing = editing
        self._at_hand = at_hand
        self._listening = listening
        self._text = text
        self._window = window
        self._bridge = Bridge()
        self._entries: tuple[OwnPronunciation, ...] = ()
        self._list: PronunciationsDialog | None = None
        editing.changed.connect(lambda _: self._show_list())
        self._change(lambda: None)

    def ask(self) -> None:
        """Ask how the word at the cursor is to be said."""
        word = self._text.page.word_at_cursor()
        found = self._at_hand.some([word.id]) if word else ()
        if word is None or not found:
            self.told.emit(self.tr("Put the cursor into a word, or select it."))
            return
        self._open(word.text, found[0])

    def show_all(self) -> None:
        """List all pronunciations that there are."""
        dialog = PronunciationsDialog(self._listed(), self._studio.front_end.shown, self._window)
        dialog.edited.connect(self._edit)
        dialog.removed.connect(self._remove)
        dialog.finished.connect(self._forget_list)
        self._list = dialog
        dialog.open()

    def _forget_list(self) -> None:
        self._list = None

    def _open(
        self, word: str, sentence: Sentence, respelling: str = "", scope: Scope = Scope.BOOK
    ) -> None:
        utterance = self._at_hand.utterance(sentence)
        known = utterance.pronunciations if utterance else ()
        dialog = PronunciationDialog(
            WordAsked(word, sentence.text, known, respelling, scope),
            self._studio.front_end,
            partial(self._hear, sentence),
            partial(self._count, word),
            self._window,
        )
        dialog.applied.connect(partial(self._apply, sentence.id))
        dialog.open()

    def _hear(
        self, sentence: Sentence, said: tuple[Pronunciation, ...], stop: threading.Event
    ) -> None:
        utterance = self._at_hand.utterance(sentence)
        if utterance is None:
            raise Cancelled
        self._listening.hear(replace(utterance, pronunciations=said), stop)

    def _count(self, word: str, scope: Scope) -> int:
        if scope is Scope.SENTENCE:
            return 1
        found = self._editing.read(lambda project: project.find(word, whole_words=True), ())
        return len({one.sentence for one in found})

    def _apply(self, id: int, said: Pronunciation, respelling: str, scope: Scope) -> None:
        if scope is Scope.EVERYWHERE:
            self._change(lambda: self._pronouncer.add(said, respelling))
            return
        place = id if scope is Scope.SENTENCE else None
        self._editing.do(lambda project: project.pronounce(said, respelling, place))

    def _edit(self, entry: ListedPronunciation) -> None:
        word = entry.pronunciation.word
        sentence = self._at_hand.sentence
        if sentence is not None:
            self._open(word, sentence, entry.respelling, entry.scope)

    def _remove(self, entry: ListedPronunciation) -> None:
        if entry.id is None:
            self._change(lambda: self._pronouncer.remove(entry.pronunciation.word))
        else:
            number = entry.id
            self._editing.do(lambda project: project.forget_pronunciation(number))

    def _change(self, change: Callable[[], object]) -> None:
        """Change what holds in all books, and have it spoken so; behind the window."""

        def task(_: object) -> tuple[OwnPronunciation, ...]:
            change()
            return self._pronouncer.entries()

        run_in_background(self._bridge, task, on_done=self._use, on_error=self.refused.emit)

    def _use(self, entries: tuple[OwnPronunciation, ...]) -> None:
        self._entries = entries
        self._at_hand.use_everywhere([own.pronunciation for own in entries])
        self._show_list()

    def _show_list(self) -> None:
        if self._list is not None:
            self._list.show_entries(self._listed())

    def _listed(self) -> list[ListedPronunciation]:
        entries = self._editing.read(lambda project: project.entries, ())
        own = [
            ListedPronunciation(one.pronunciation, one.respelling, Scope.EVERYWHERE)
            for one in self._entries
        ]
        return own + [
            ListedPronunciation(
                one.pronunciation,
                one.respelling,
                Scope.BOOK if one.sentence is None else Scope.SENTENCE,
                one.id,
                self._text_of(one.sentence),
            )
            for one in entries
        ]

    def _text_of(self, id: int | None) -> str:
        if id is None:
            return ""
        sentence = self._editing.read(lambda project: project.sentence(id))
        return sentence.text if sentence else ""
