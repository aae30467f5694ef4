"""Playing the book: play and pause, to and fro, the place and the word that are heard."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from narrator.audio.player import Spot
from narrator.gui.desk.layout.desk import Desk
from narrator.gui.desk.open_book.at_hand import AtHand
from narrator.gui.desk.open_book.listening import Listening
from narrator.gui.desk.prosody.curve import LaneFacts
from narrator.gui.reader.reader_view import ReaderView
from narrator.speech import Utterance
from narrator.studio.speaking.word_times import Look

JUMP_SECONDS = 10.0
TEMPO_STEP = 0.1


class Playing(QObject):
    """Moves what is heard, and shows where it is.

    to_chapter(step): asks for the next chapter that is narrated, or the one before; False: there is
    none. While somebody edits a sentence it stays at hand, whatever is heard.
    """

    def __init__(
        self,
        at_hand: AtHand,
        listening: Listening,
        desk: Desk,
        reader: ReaderView,
        to_chapter: Callable[[int], bool],
    ) -> None:
        super().__init__(desk)
        self._at_hand = at_hand
        self._listening = listening
        self._desk = desk
        self._reader = reader
        self._to_chapter = to_chapter
        self._look: tuple[int, Look] | None = None
        self._asked: int | None = None
        self._there: tuple[int | None, Utterance | None] = (None, None)
        bar = desk.transport
        bar.sought.connect(self._seek)
        bar.tempo_changed.connect(listening.set_tempo)
        bar.volume_changed.connect(listening.set_volume)
        listening.playing.connect(bar.show_playing)
        listening.heard.connect(self._hear)
        listening.ended.connect(self._end)
        listening.looked.connect(self._show_look)
        at_hand.went.connect(self._went)
        at_hand.updated.connect(lambda _: self._show_place())

    def toggle(self) -> None:
        """Play from the sentence at hand, or pause, or go on."""
        if self._listening.is_playing:
            self._listening.pause()
        elif self._listening.is_paused and self._is_at_spot():
            self._listening.resume()
        elif self._at_hand.current is not None:
            self._play(Spot(self._first_spoken(self._at_hand.current), 0.0))

    def play_from(self, id: int) -> None:
        """Play from a sentence on."""
        self._at_hand.go(id)
        self._play(Spot(self._first_spoken(id), 0.0))

    def go(self, id: int | None) -> None:
        """Go to a sentence; what is playing goes on there."""
        if id is None:
            return
        self._at_hand.go(id)
        if self._listening.is_playing:
            self._play(Spot(self._first_spoken(id), 0.0))

    def step(self, by: int) -> None:
        """Go so many sentences on."""
        self.go(self._at_hand.step(by))

    def jump(self, seconds: float) -> None:
        """Go so many seconds on or back."""
        spot = self._listening.spot or self._here()
        if spot is not None:
            self._move(self._listening.moved(spot, seconds))

    def hasten(self, by: float) -> None:
        """Play faster, or slower."""
        tempo = self._desk.transport.tempo
        tempo.setValue(tempo.value() + by)

    def halt(self) -> None:
        """Be silent, and forget where it was paused."""
        self._listening.stop()
        self._desk.text.page.clear_word()
        self._desk.text.lane.set_played(None)

    def refresh_lane(self) -> None:
        """Look anew at the sentence at hand, for the prosody lane."""
        self._look, self._asked = None, None
        self._ask(self._at_hand.current)
        if self._desk.text.lane.isVisible() and self._at_hand.current is not None:
            self._listening.live.want(self._at_hand.current)
        self._desk.text.lane.show_facts(None)

    def _move(self, spot: Spot) -> None:
        playing = self._listening.is_playing
        self._at_hand.go(spot.id)
        if playing:
            self._play(spot)
        else:
            self._listening.stop()
            self._show_place(spot)

    def _seek(self, seconds: float) -> None:
        spot = self._at_hand.spot_at(seconds)
        if spot is not None:
            self._move(spot)

    def _play(self, spot: Spot) -> None:
        self._listening.play(spot)

    def _here(self) -> Spot | None:
        return None if self._at_hand.current is None else Spot(self._at_hand.current, 0.0)

    def _is_at_spot(self) -> bool:
        spot = self._listening.spot
        return spot is not None and spot.id == self._at_hand.current

    def _first_spoken(self, id: int) -> int:
        """Give the first sentence from `id` on that is said at all."""
        spoken = {planned.id for planned in self._at_hand.script}
        ids = [sentence.id for sentence in self._at_hand.sentences]
        later = ids[ids.index(id) :] if id in ids else ids
        return next((one for one in later if one in spoken), id)

    def _hear(self, spot: Spot) -> None:
        if spot.id < 0 or (spot.id != self._at_hand.current and self._desk.is_typed_in):
            return
        if spot.id != self._at_hand.current:
            self._at_hand.go(spot.id)
        self._show_place(spot)
        if self._look is None or self._look[0] != spot.id:
            self._ask(spot.id)
            return
        words = self._look[1].words
        word = next((one for one in words if one.start <= spot.seconds < one.end), None)
        if word is not None:
            at = (spot.id, word.at, word.at + len(word.text))
            self._desk.text.page.set_word(*at)
            self._reader.set_word(*at)
        self._desk.text.lane.set_played(spot.seconds)

    def _show_place(self, spot: Spot | None = None) -> None:
        spot = spot or self._listening.spot or self._here()
        if spot is not None and spot.id >= 0:
            begins = self._at_hand.seconds_at(spot)
            self._desk.transport.show_position(begins, self._at_hand.seconds())

    def _ask(self, id: int | None) -> None:
        if id is not None and id != self._asked:
            self._asked = id
            self._listening.look(id)

    def _show_look(self, id: int, look: Look) -> None:
        self._look = (id, look)
        sentence = next(iter(self._at_hand.some([id])), None)
        if sentence is not None and id == self._at_hand.current:
            bends = sentence.take.prosody.bends
            self._desk.text.lane.show_facts(
                LaneFacts(id, look.said, look.timings, bends, look.voice_pitch)
            )

    def _went(self, id: int | None) -> None:
        before, self._there = self._there, (id, self._said(id))
        if before[0] != id:
            self._desk.text.lane.show_facts(None)
        elif before != self._there:  # it is said otherwise now: other words, other times
            asked, self._asked, self._look = self._asked, None, None
            self._ask(asked)
        if self._desk.text.lane.isVisible():
            self._ask(id)
        self._show_place()

    def _said(self, id: int | None) -> Utterance | None:
        return next((one.utterance for one in self._at_hand.script if one.id == id), None)

    def _end(self) -> None:
        self._desk.text.page.clear_word()
        self._desk.text.lane.set_played(None)
        self._reader.chapter_ended()
        if self._desk.is_typed_in or self._at_hand.current is None:
            return
        if self._to_chapter(1):
            self.toggle()
