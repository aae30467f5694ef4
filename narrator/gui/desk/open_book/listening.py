"""What is spoken and heard of the chapter at hand, for the GUI thread: news in, commands out."""

import threading
from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from narrator.audio.player import Output, Part, Player, Spot
from narrator.gui.shared.background import Bridge, run_in_background
from narrator.gui.shared.hearing import Play
from narrator.speech import Utterance
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.listening import listen, moved
from narrator.studio.speaking.live import Live
from narrator.studio.speaking.news import News
from narrator.studio.speaking.word_times import Look, look_at
from narrator.studio.studio import Studio

TRIAL_PAUSE = 0.4  # seconds between two sentences that are compared
GLANCE_MILLISECONDS = 30  # between two looks at what is heard: a word lasts ten times as long


class Listening(QObject):
    """Speaks the chapter at hand and plays it.

    told(news): of studio/speaking/news.py. heard(spot): what sounds now, every 30 ms. ended(): the
    chapter was heard to its end. tried(): so was a trial. failed(error): nothing sounds any more.
    looked(id, look): a spoken sentence with the times of its words. playing(bool).
    """

    told = Signal(object)
    heard = Signal(object)
    ended = Signal()
    tried = Signal()
    failed = Signal(object)
    looked = Signal(int, object)
    playing = Signal(bool)

    def __init__(
        self, studio: Studio, open_output: Callable[[], Output], play: Play, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._studio = studio
        self._play_once = play
        self._bridge = Bridge()
        self._script: tuple[PlannedSentence, ...] = ()
        self._is_playing = self._is_paused = self._is_trial = False
        self._stop_looking = threading.Event()
        self.live = Live(lambda: studio.voicing(studio.settings.device), studio.cache, self._tell)
        self._player = Player(on_end=self._end, on_error=self._fail, open_output=open_output)
        self._timer = QTimer(self)
        self._timer.setInterval(GLANCE_MILLISECONDS)
        self._timer.timeout.connect(self._glance)
        self.ended.connect(partial(self._set_playing, False))
        self.tried.connect(partial(self._set_playing, False))
        self.failed.connect(lambda _: self._set_playing(False))

    @property
    def is_playing(self) -> bool:
        """Whether something sounds, or will as soon as it is spoken; not while it is paused."""
        return self._is_playing and not self._is_paused

    @property
    def spot(self) -> Spot | None:
        """What is heard now."""
        return self._player.position

    def show(self, script: Sequence[PlannedSentence]) -> None:
        """Speak these sentences from now on; what is heard goes on to the end of its sentence."""
        self._script = tuple(script)
        self.live.show(self._script)

    def prepare(self) -> None:
        """Make ready for the first sound."""
        self._player.prepare()

    def play(self, spot: Spot) -> None:
        """Play from a place on."""
        self.live.seek(spot.id)
        self._is_paused = self._is_trial = False
        self._player.play(partial(self._parts, self._script, spot))
        self._set_playing(True)

    def pause(self) -> None:
        """Be silent until `resume`."""
        if self.is_playing:
            self._is_paused = True
            self._player.pause()
            self._set_playing(True)

    def resume(self) -> None:
        """Go on where it was paused."""
        self._is_paused = False
        self._player.resume()
        self._set_playing(self._is_playing)

    @property
    def is_paused(self) -> bool:
        """Whether it was paused and can go on."""
        return self._is_playing and self._is_paused

    def stop(self) -> None:
        """Play nothing any more."""
        self._player.stop()
        self._is_paused = False
        self._set_playing(False)

    def moved(self, spot: Spot, seconds: float) -> Spot:
        """Give the place so many seconds after, or before, `spot`."""
        return moved(self._script, self.live.seconds, spot, seconds)

    def set_volume(self, share: float) -> None:
        """Play so loud, from 0 to 1."""
        self._player.set_volume(share)

    def set_tempo(self, factor: float) -> None:
        """Play so much faster, at the same pitch."""
        self._player.set_tempo(factor)

    def hear(self, utterance: Utterance, stop: threading.Event) -> None:
        """Play one sentence to its end, beside what the project says; never on the GUI's thread.

        Raises what keeps it from being spoken or heard.
        """
        extra = PlannedSentence(utterance, TRIAL_PAUSE, id=-1)
        self.live.show((*self._script, extra))
        for part in listen(self.live, (extra,), Spot(-1, 0.0), stop):
            self._play_once(part.blocks, stop=stop)

    def try_out(self, utterances: Sequence[Utterance]) -> None:
        """Let sentences be heard one after the other, beside what the project says."""
        self._is_paused, self._is_trial = False, True
        extras = tuple(
            PlannedSentence(utterance, TRIAL_PAUSE, id=-number)
            for number, utterance in enumerate(utterances, start=1)
        )
        self.live.show((*self._script, *extras))
        self._player.play(partial(self._parts, extras, Spot(extras[0].id, 0.0)))
        self._set_playing(True)

    def look(self, id: int) -> None:
        """Look closely at a sentence once it is spoken, behind the window; the last one asked."""
        self._stop_looking.set()
        self._stop_looking = stop = threading.Event()
        planned = next((one for one in self._script if one.id == id), None)
        if planned is None:
            return
        run_in_background(
            self._bridge,
            lambda _: self._looked_at(planned, stop),
            on_done=partial(self._show_look, id, stop),
            on_error=lambda _: None,  # what fails here fails louder where it is spoken
        )

    def close(self) -> None:
        """End all of it; waits for a sentence in work no longer than two seconds each."""
        self._timer.stop()
        self._stop_looking.set()
        self._player.close()
        self.live.close()

    def _looked_at(self, planned: PlannedSentence, stop: threading.Event) -> Look | None:
        segment = self.live.spoken(planned.id, stop)
        if segment is None or stop.is_set():
            return None
        utterance = planned.utterance
        voice_pitch = self._studio.voices.embedding(utterance.voice).pitch_mean
        return look_at(utterance, segment, self._studio.front_end.phonemize, voice_pitch)

    def _show_look(self, id: int, stop: threading.Event, look: Look | None) -> None:
        if look is not None and not stop.is_set():
            self.looked.emit(id, look)

    def _parts(
        self, script: tuple[PlannedSentence, ...], spot: Spot, stop: threading.Event
    ) -> Iterator[Part]:
        return listen(self.live, script, spot, stop)

    def _glance(self) -> None:
        if not self._is_paused and (spot := self._player.position) is not None:
            self.heard.emit(spot)

    def _set_playing(self, is_playing: bool) -> None:
        self._is_playing = is_playing
        if self.is_playing:
            self._timer.start()
        else:
            self._timer.stop()
        self.playing.emit(self.is_playing)

    def _tell(self, news: News) -> None:
        self.told.emit(news)

    def _end(self) -> None:
        (self.tried if self._is_trial else self.ended).emit()

    def _fail(self, error: Exception) -> None:
        self.failed.emit(error)
