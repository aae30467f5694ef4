"""The chapter at hand: its sentences as rows, its script as it is spoken, the sentence at hand."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from narrator.audio.player import Spot
from narrator.errors import UnknownVoice
from narrator.gui.desk.open_book.editing import Editing
from narrator.gui.desk.open_book.listening import Listening
from narrator.gui.desk.open_book.row_making import Heard, RowMaker
from narrator.gui.desk.text.rows import SentenceRow
from narrator.profiles.profile import VoiceProfile
from narrator.project.model import Changes, Chapter, Manuscript, Sentence
from narrator.speech import Pronunciation, Utterance, VoiceRef
from narrator.studio.plan import PlannedSentence
from narrator.studio.script import script_of, utterance_of
from narrator.studio.speaking.board import State
from narrator.studio.speaking.news import Failed, Found, Halted, News, Ready, Silent, Speaking
from narrator.studio.speaking.schedule import CHARACTERS_PER_SECOND

_NOBODY = VoiceRef("", "")


class AtHand(QObject):
    """What the views of the desk show, kept up with every edit and all that is spoken.

    shown(rows): all rows anew. updated(rows): these rows anew. went(id): another sentence is at
    hand. complained(error): a voice that the chapter needs is not there.
    """

    shown = Signal(tuple)
    updated = Signal(tuple)
    went = Signal(object)
    complained = Signal(object)

    def __init__(self, editing: Editing, listening: Listening, parent: QObject) -> None:
        super().__init__(parent)
        self._editing = editing
        self._listening = listening
        self._heard = Heard()
        self._sentences: dict[int, Sentence] = {}
        self._numbers: dict[int, int] = {}
        self._script: tuple[PlannedSentence, ...] = ()
        self._places: dict[int, int] = {}
        self._lengths = np.zeros(0)  # (sentences of the script,), seconds with the pause
        self._share: float | None = None
        self._manuscript: Manuscript | None = None
        self._maker: RowMaker | None = None
        self._voices: dict[str, VoiceProfile] = {}
        self._mute: set[int] = set()
        self._everywhere: tuple[Pronunciation, ...] = ()
        self.chapter: Chapter | None = None
        self.current: int | None = None
        listening.told.connect(self._note)
        editing.changed.connect(self._follow)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the chapter, in order."""
        return tuple(self._sentences.values())

    @property
    def script(self) -> tuple[PlannedSentence, ...]:
        """What is spoken of the chapter."""
        return self._script

    @property
    def sentence(self) -> Sentence | None:
        """The sentence at hand."""
        return None if self.current is None else self._sentences.get(self.current)

    @property
    def number(self) -> int | None:
        """Where the sentence at hand stands in the chapter, from 1."""
        return None if self.current is None else self._numbers.get(self.current)

    @property
    def maker(self) -> RowMaker | None:
        """Who says which sentence."""
        return self._maker

    @property
    def voices(self) -> Mapping[str, VoiceProfile]:
        """The voices that can be used, by their names."""
        return self._voices

    def some(self, ids: Iterable[int]) -> tuple[Sentence, ...]:
        """Give the sentences with these ids that are in the chapter."""
        return tuple(self._sentences[id] for id in ids if id in self._sentences)

    def failed(self) -> list[int]:
        """Give the sentences that could not be spoken."""
        return [id for id, state in self._heard.states.items() if state is State.FAILED]

    def use_voices(self, voices: Sequence[VoiceProfile]) -> None:
        """Speak with these voices from now on."""
        self._voices = {voice.name: voice for voice in voices}
        self._again()

    def use_everywhere(self, pronunciations: Sequence[Pronunciation]) -> None:
        """Say these words so in every book."""
        self._everywhere = tuple(pronunciations)
        self._again()

    def doubt(self, doubtful: Mapping[int, str]) -> None:
        """Show which sentences listening raised doubts about, and why."""
        before, self._heard.doubtful = self._heard.doubtful, dict(doubtful)
        self._update({*before, *doubtful})

    def show_chapter(self, id: int | None, at: int | None = None) -> None:
        """Show a chapter, with a sentence of it at hand; None: there is no book."""
        chapters = self._editing.read(lambda project: project.chapters, ())
        self.chapter = next((chapter for chapter in chapters if chapter.id == id), None)
        self._heard.forget()
        self._read()
        self.shown.emit(self._rows())
        ids = [said.id for said in self.sentences if said.included] or list(self._sentences)
        self.go(at if at in self._sentences else next(iter(ids), None))

    def go(self, id: int | None) -> None:
        """Put another sentence at hand."""
        if id != self.current and (id is None or id in self._sentences):
            self.current = id
            if id is not None:
                self._listening.live.seek(id)
        self.went.emit(self.current)

    def step(self, by: int) -> int | None:
        """Give the id of the sentence so many rows on, within the chapter."""
        ids = list(self._sentences)
        if self.current not in self._numbers:
            return ids[0] if ids else None
        place = self._numbers[self.current] - 1 + by
        return ids[min(max(place, 0), len(ids) - 1)]

    def utterance(
        self, sentence: Sentence, extra: Sequence[Pronunciation] = ()
    ) -> Utterance | None:
        """Give how a sentence is spoken, with further pronunciations before all others."""
        if self._manuscript is None:
            return None
        made = utterance_of(sentence, self._manuscript, self._ref, self._everywhere)
        if made.voice == _NOBODY:
            return None
        words = {entry.word.casefold() for entry in extra}
        others = [one for one in made.pronunciations if one.word.casefold() not in words]
        return replace(made, pronunciations=(*extra, *others))

    def seconds(self) -> float:
        """Give how long the chapter is: as spoken where it is, else as expected."""
        return float(self._bounds()[-1])

    def seconds_at(self, spot: Spot) -> float:
        """Give how long the chapter is up to a place."""
        place = self._places.get(spot.id)
        return spot.seconds + (0.0 if place is None else float(self._bounds()[place]))

    def spot_at(self, seconds: float) -> Spot | None:
        """Give the place at a time of the chapter."""
        if not self._script:
            return None
        begins = self._bounds()[:-1]
        place = max(0, int(np.searchsorted(begins, seconds, side="right")) - 1)
        planned = self._script[place]
        known = self._heard.seconds.get(planned.id, 0.0)
        return Spot(planned.id, max(0.0, min(seconds - float(begins[place]), known)))

    def spoken_share(self) -> float:
        """Give what share of the sentences of the chapter is spoken."""
        if self._share is None:
            states, spoken = self._heard.states, (State.READY, State.SILENT)
            done = sum(states.get(planned.id) in spoken for planned in self._script)
            self._share = done / len(self._script) if self._script else 0.0
        return self._share

    def _follow(self, changes: Changes) -> None:
        if self.chapter is None:
            return
        if changes.book or self.chapter.id in changes.chapters:
            chapters = self._editing.read(lambda project: project.chapters, ())
            id = self.chapter.id
            self.chapter = next((chapter for chapter in chapters if chapter.id == id), None)
        before = list(self._sentences)
        self._read()
        if changes.first is not None and changes.first in self._sentences:
            self.current = changes.first
        if list(self._sentences) != before:
            self.shown.emit(self._rows())
        else:
            self._update(self._sentences if changes.book else changes.sentences)
        if self.current not in self._sentences:
            self.current = next(iter(self._sentences), None)
        self.went.emit(self.current)

    def _again(self) -> None:
        if self.chapter is not None:
            self._read()
            self._update(self._sentences)
            self.went.emit(self.current)

    def _read(self) -> None:
        """Read the chapter as it stands now, and have it spoken so."""
        self._sentences, self._script, self._manuscript, self._maker = {}, (), None, None
        chapter = self.chapter
        if chapter is not None:
            found = self._editing.read(lambda project: project.sentences(chapter.id), ())
            self._sentences = {sentence.id: sentence for sentence in found}
            made = self._editing.read(lambda project: project.manuscript([chapter.id]))
            if made is not None:
                titles = {name: voice.title for name, voice in self._voices.items()}
                self._manuscript = made
                self._maker = RowMaker(made, chapter, titles)
                self._script = self._spoken(made, chapter.id)
        self._numbers = {id: number for number, id in enumerate(self._sentences, start=1)}
        self._places = {planned.id: place for place, planned in enumerate(self._script)}
        self._listening.show(self._script)
        self._take_states()

    def _spoken(self, manuscript: Manuscript, chapter: int) -> tuple[PlannedSentence, ...]:
        """Give what can be spoken; a sentence whose voice is not there is not."""
        script = script_of(manuscript, chapter, self._ref, self._everywhere)
        missing = [one.id for one in script if one.utterance.voice == _NOBODY]
        if missing and self._voices and self._maker is not None:
            lost = self._sentences[missing[0]]
            known = tuple(self._voices)
            self.complained.emit(UnknownVoice(self._maker.voice(lost), known))
        self._mute = set(missing)
        return tuple(one for one in script if one.utterance.voice != _NOBODY)

    def _ref(self, name: str) -> VoiceRef:
        return self._voices[name].ref if name in self._voices else _NOBODY

    def _bounds(self) -> NDArray[np.float64]:
        """Give when each sentence begins, and last when the chapter ends."""
        return np.concatenate([[0.0], np.cumsum(self._lengths)])

    def _length(self, planned: PlannedSentence) -> float:
        known = self._heard.seconds.get(planned.id)
        if known is None:
            said = planned.utterance
            known = len(said.text) / CHARACTERS_PER_SECOND / said.prosody.speed
        return known + planned.pause_after

    def _take_states(self) -> None:
        self._share = None
        live = self._listening.live
        states = live.states()
        if self._voices:
            states |= dict.fromkeys(self._mute, State.FAILED)
        self._heard.states = states
        lengths = {id: live.seconds(id) for id, state in states.items() if state is State.READY}
        self._heard.seconds = {id: one for id, one in lengths.items() if one is not None}
        self._lengths = np.fromiter(map(self._length, self._script), np.float64)

    def _note(self, news: News) -> None:
        match news:
            case Ready(id, seconds, _):
                self._set(State.READY, {id: seconds})
            case Found(ready):
                self._set(State.READY, {one.id: one.seconds for one in ready})
            case Speaking(id):
                self._set(State.SPEAKING, {id: None})
            case Failed(id, _):
                self._set(State.FAILED, {id: None})
            case Silent(id):
                self._set(State.SILENT, {id: None})
            case Halted():  # what was in work waits again
                self._take_states()
                self._update(self._sentences)

    def _set(self, state: State, found: Mapping[int, float | None]) -> None:
        self._share = None
        here = {id: seconds for id, seconds in found.items() if id in self._sentences}
        for id, seconds in here.items():
            self._heard.states[id] = state
            if seconds is not None and id in self._places:
                self._heard.seconds[id] = seconds
                place = self._places[id]
                self._lengths[place] = self._length(self._script[place])
        self._update(here)

    def _update(self, ids: Collection[int]) -> None:
        if rows := tuple(self._row(id) for id in ids if id in self._sentences):
            self.updated.emit(rows)

    def _rows(self) -> tuple[SentenceRow, ...]:
        return tuple(self._row(id) for id in self._sentences)

    def _row(self, id: int) -> SentenceRow:
        if self._maker is None:
            raise AssertionError("a row without a chapter")
        return self._maker.row(self._numbers[id], self._sentences[id], self._heard)
