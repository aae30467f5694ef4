"""What is done to sentences: by keys, by the panel beside the text, by the prosody lane."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from narrator.gui.desk.layout.desk import Desk
from narrator.gui.desk.open_book.at_hand import AtHand
from narrator.gui.desk.open_book.editing import Editing
from narrator.gui.desk.open_book.listening import Listening
from narrator.gui.desk.sentence.selection import Selection, TakeChange, VoiceChoice, common, retaken
from narrator.gui.shared.background import Bridge, Work, run_in_background
from narrator.project.model import Sentence, Take
from narrator.speech import Bend
from narrator.studio.studio import Studio


class Changing(QObject):
    """Turns what the user does into edits, and shows the panel what is selected.

    told(text): a line for the status, where nothing could be done.
    """

    told = Signal(str)

    def __init__(
        self, studio: Studio, editing: Editing, at_hand: AtHand, listening: Listening, desk: Desk
    ) -> None:
        super().__init__(desk)
        self._studio = studio
        self._editing = editing
        self._at_hand = at_hand
        self._listening = listening
        self._desk = desk
        self._bridge = Bridge()
        self._normalizing: Work | None = None
        self._closed = False
        self._spoken_as = ("", "")
        panel, text = desk.panel, desk.text
        panel.takes_changed.connect(self._retake)
        panel.character_changed.connect(self._give_to)
        panel.pause_changed.connect(
            lambda ids, seconds: editing.do(lambda project: project.set_pause(ids, seconds))
        )
        panel.included_changed.connect(
            lambda ids, included: editing.do(lambda project: project.include(ids, included))
        )
        panel.text_changed.connect(self.change_text)
        panel.take_again.connect(lambda ids: editing.do(lambda project: project.add_take(ids)))
        panel.take_chosen.connect(
            lambda ids, index: editing.do(lambda project: project.choose_take(ids, index))
        )
        panel.compare.connect(self._compare)
        panel.reset.connect(self._reset)
        text.sentences.text_edited.connect(self.change_text)
        text.lane.bent.connect(self._bend)
        text.table.selection_changed.connect(lambda _: self.show_selection())
        text.page.selectionChanged.connect(self.show_selection)
        at_hand.went.connect(lambda _: self.show_selection())

    @property
    def selected(self) -> tuple[Sentence, ...]:
        """The sentences that are selected; else the one at hand."""
        ids = self._desk.text.selected_ids()
        some = self._at_hand.some(ids)
        at_hand = self._at_hand.sentence
        if len(some) > 1 or at_hand is None:
            return some
        return (at_hand,)

    def ids(self) -> list[int]:
        """The ids of what is selected."""
        return [sentence.id for sentence in self.selected]

    def show_selection(self) -> None:
        """Show in the panel what is selected."""
        maker, some = self._at_hand.maker, self.selected
        if maker is None or not some:
            self._desk.panel.show_selection(None)
            return
        inherited = common(maker.title(maker.inherited(sentence)) for sentence in some)
        only = some[0] if len(some) == 1 else None
        utterance = self._at_hand.utterance(only) if only else None
        applying = utterance.pronunciations if utterance else ()
        self._desk.panel.show_selection(
            Selection(
                some,
                tuple(VoiceChoice(v.name, v.title) for v in self._at_hand.voices.values()),
                inherited if isinstance(inherited, str) else "",
                tuple(one.name for one in self._editing.read(lambda project: project.cast, ())),
                self._normalized(only),
                tuple(f"{one.word}: {' '.join(one.symbols)}" for one in applying),
            )
        )

    def change_text(self, id: int, text: str) -> None:
        """Change what a sentence says; nothing at all cannot be said."""
        words = " ".join(text.split())
        if not words:
            self.told.emit(self.tr("A sentence needs words. Leave it out with X instead."))
            return
        self._editing.do(lambda project: project.change_text(id, words))

    def close(self) -> None:
        """Show nothing any more that is still being asked for."""
        self._closed = True
        if self._normalizing:
            self._normalizing.abandon()

    def split(self) -> None:
        """Cut the sentence in front of the word at the cursor."""
        word = self._desk.text.page.word_at_cursor()
        if word is None or word.start == 0 or word.id != self._at_hand.current:
            self.told.emit(self.tr("Put the cursor into the word that begins the new sentence."))
            return
        self._editing.do(lambda project: project.split(word.id, word.start))

    def merge(self) -> None:
        """Join what is selected, or the sentence at hand with the next one."""
        ids = self.ids()
        if len(ids) == 1:
            order = [sentence.id for sentence in self._at_hand.sentences]
            place = order.index(ids[0])
            ids = order[place : place + 2]
        some = self._at_hand.some(ids)
        if len(some) < 2 or any(sentence.ends_paragraph for sentence in some[:-1]):
            self.told.emit(self.tr("Only sentences of one paragraph can be joined."))
            return
        self._editing.do(lambda project: project.merge(ids))

    def leave_out(self) -> None:
        """Leave out what is selected; put it back when all of it is left out."""
        some, ids = self.selected, self.ids()
        included = not any(sentence.included for sentence in some)
        self._editing.do(lambda project: project.include(ids, included))

    def take_again(self) -> None:
        """Read what is selected once more."""
        ids = self.ids()
        self._editing.do(lambda project: project.add_take(ids))

    def choose_take(self, index: int) -> None:
        """Choose a take of what is selected, from 0."""
        ids = [sentence.id for sentence in self.selected if index < len(sentence.takes)]
        if ids:
            self._editing.do(lambda project: project.choose_take(ids, index))
        else:
            self.told.emit(self.tr("There is no take {number}.").format(number=index + 1))

    def compare(self) -> None:
        """Hear the take before the chosen one, and then the chosen one."""
        sentence = self._at_hand.sentence
        if sentence is None or len(sentence.takes) < 2:
            self.told.emit(self.tr("There is only one take. Press R for another one."))
            return
        before = sentence.chosen - 1 if sentence.chosen else 1
        self._compare(sentence.id, before, sentence.chosen)

    def reset(self) -> None:
        """Give what is selected back to the voice's own way."""
        self._reset(self.ids())

    def _retake(self, changes: Sequence[TakeChange]) -> None:
        takes = {id: change.take for change in changes for id in change.ids}
        self._editing.do(lambda project: project.set_takes(takes))

    def _give_to(self, ids: Sequence[int], name: str) -> None:
        facts = self._editing.read(lambda project: project.facts)
        known = {one.name for one in self._editing.read(lambda project: project.cast, ())}
        if name and name not in known and facts is not None:
            self._editing.do(lambda project: project.cast_character(name, facts.voice))
        self._editing.do(lambda project: project.set_character(ids, name))

    def _compare(self, id: int, first: int, second: int) -> None:
        takes = [
            replace(sentence, chosen=index)
            for sentence in self._at_hand.some([id])
            for index in (first, second)
        ]
        made = (self._at_hand.utterance(take) for take in takes)
        if utterances := [one for one in made if one is not None]:
            self._listening.try_out(utterances)

    def _reset(self, ids: Sequence[int]) -> None:
        some = self._at_hand.some(ids)

        self._retake(retaken(some, lambda take: Take(take.voice, reading=take.reading)))

    def _bend(self, id: int, bends: tuple[Bend, ...]) -> None:
        for sentence in self._at_hand.some([id]):
            prosody = replace(sentence.take.prosody, bends=bends)
            take = replace(sentence.take, prosody=prosody)
            self._retake([TakeChange((id,), take)])
            utterance = self._at_hand.utterance(replace(sentence, takes=(take,), chosen=0))
            if utterance is not None and not self._listening.is_playing:
                self._listening.try_out([utterance])

    def _normalized(self, sentence: Sentence | None) -> str:
        """Give the words as they are said, if they are known already; else ask for them."""
        if sentence is None or self._closed:
            return ""
        text, said = self._spoken_as
        if text == sentence.text:
            return said
        if self._normalizing:
            self._normalizing.abandon()
        spoken = self._studio.front_end.spoken

        def show(said: str) -> None:
            self._spoken_as = (sentence.text, said)
            self.show_selection()

        self._normalizing = run_in_background(
            self._bridge,
            lambda _: spoken(sentence.text),
            on_done=show,
            on_error=lambda _: None,  # it fails louder where the sentence is spoken
        )
        return ""
