"""A chapter spoken while it is edited and played: what is heard next comes first."""

import logging
import threading
from collections.abc import Callable, Sequence
from functools import partial

from narrator.audio.segment import Segment
from narrator.speech import Engine, Opening, VoiceEmbedding, VoiceRef
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.board import Board, Kept, Line, State
from narrator.studio.speaking.cache import Cache, segment_key
from narrator.studio.speaking.news import Found, Halted, News, Prepared, Ready
from narrator.studio.speaking.schedule import GLANCE_SECONDS
from narrator.studio.speaking.session import Session
from narrator.studio.speaking.speaker import Phonemize, Voicing
from narrator.studio.speaking.worker import JOIN_SECONDS, Worker

UNKNOWN_WORD = "Quixblorn"
ASKED_AT_ONCE = 32  # the cache, before others may look at the board again

log = logging.getLogger(__name__)


class Live:
    """Speaks the sentences of one chapter at a time in the background; thread-safe.

    The nearest sentence at or after the play head comes first, then the rest of the chapter, then
    what is before the head; nothing is queued. The segments are in `cache`, here only their keys
    and the latest.
    voicing: called on a thread of its own, at the start and at each `resume` after a halt; the
    engine is loaded once. news: told on whatever thread it happens, never under a lock.
    """

    def __init__(
        self, voicing: Callable[[], Voicing], cache: Cache, news: Callable[[News], None]
    ) -> None:
        self._voicing = voicing
        self._cache = cache
        self._news = news
        self._changed = threading.Condition()
        self._board = Board()
        self._session: Session | None = None
        self._allow: Callable[[VoiceRef], VoiceEmbedding] | None = None
        self._engine: Engine | None = None
        self._pipeline = ""
        self._reason: Exception | None = None
        self._closed = False
        self._thread = threading.Thread(target=self._run, name="live", daemon=True)
        self._thread.start()

    def show(self, script: Sequence[PlannedSentence]) -> None:
        """Speak this from now on: the chapter after an edit, or another chapter.

        What was spoken of it stays, by value; what is in work ends and is kept in the cache.
        """
        with self._changed:
            in_work = self._session.in_work() if self._session else ()
            self._board.show(script, in_work)
            self._changed.notify_all()

    def seek(self, id: int) -> None:
        """Put the play head at a sentence."""
        with self._changed:
            self._board.seek(id)
            self._changed.notify_all()

    def want(self, id: int) -> None:
        """Have one sentence spoken next, however far from the play head; the last one first."""
        with self._changed:
            self._board.want(id)
            self._changed.notify_all()

    def retry(self, id: int) -> None:
        """Have a sentence that failed spoken again, and next."""
        with self._changed:
            line = self._board.line(id)
            if line and line.state is State.FAILED:
                line.settle(State.WAITING)
        self.want(id)

    def hold(self) -> None:
        """Begin no other sentence until `resume`."""
        with self._changed:
            self._board.held = True

    def resume(self) -> None:
        """Go on after `hold` or a halt."""
        with self._changed:
            self._board.held = False
            self._reason = None
            self._changed.notify_all()

    def close(self) -> None:
        """End; waits for the sentences in work, but no more than two seconds."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._thread.join(JOIN_SECONDS)

    def states(self) -> dict[int, State]:
        """Give the state of each sentence of the script, by its id."""
        with self._changed:
            return {
                sentence.id: line.state
                for sentence, line in zip(self._board.script, self._board.lines, strict=True)
            }

    def seconds(self, id: int) -> float | None:
        """Give how long a sentence is without its pause; None until it is spoken."""
        with self._changed:
            line = self._board.line(id)
            return line.kept.seconds if line and line.kept else None

    def segment(self, id: int, stop: threading.Event) -> Segment | None:
        """Give a sentence as it is spoken now, for who plays it; waits until it is.

        The play head moves there. None when `stop` is set, or there is no sound of it: the sentence
        failed, is silent or no longer there. Raises what has halted the work, and the VoiceError of
        a voice that may no longer be heard.
        """
        while not stop.is_set():
            with self._changed:
                line = self._board.line(id)
                if self._closed or line is None or line.state in (State.FAILED, State.SILENT):
                    return None
                if line.state is not State.READY:
                    if self._reason:
                        raise self._reason
                    self._board.seek(id)
                    self._board.want(id)
                    self._changed.notify_all()
                    self._changed.wait(GLANCE_SECONDS)
                    continue
                self._board.seek(id)
            if segment := self._fetched(line):
                return segment
        return None

    def spoken(self, id: int, stop: threading.Event) -> Segment | None:
        """Give a sentence once it is spoken, for who looks at it; the play head stays.

        None and errors as of `segment`; None too once the work has halted.
        """
        while not stop.is_set():
            with self._changed:
                line = self._board.line(id)
                if self._closed or self._reason or line is None:
                    return None
                if line.state in (State.FAILED, State.SILENT):
                    return None
                if line.state is not State.READY:
                    self._changed.wait(GLANCE_SECONDS)
                    continue
            if segment := self._fetched(line):
                return segment
        return None

    def _fetched(self, line: Line) -> Segment | None:
        """Give the segment, from the cache unless it is the latest; else it is spoken again."""
        if self._allow is None:
            raise AssertionError("a sentence was found before there was a voice")
        try:
            self._allow(line.utterance.voice)  # first: what is kept needs the consent as well
        except Exception as error:
            self._halt(error)
            raise
        latest = self._session.latest if self._session else None
        if latest and latest[0] is line:
            return latest[1]
        segment = self._cache.get(line.key)
        if segment is None:
            with self._changed:
                line.settle(State.WAITING)
                self._changed.notify_all()
        return segment

    def _warm_up(self, phonemize: Phonemize) -> None:
        """Load what an unknown word needs, beside the engine: the first one would wait for it."""
        try:
            phonemize(UNKNOWN_WORD, opening=Opening.SENTENCE, pronunciations=())
        except Exception as error:  # broad on purpose: it fails louder where a sentence needs it
            log.warning("the front end cannot be warmed up: %s", type(error).__name__)

    def _run(self) -> None:
        while self._goes_on():
            try:
                voicing = self._voicing()
            except Exception as error:  # broad on purpose: whatever it is, nothing can be spoken
                self._halt(error)
                continue
            if self._engine is None:
                warming = partial(self._warm_up, voicing.phonemize)
                threading.Thread(target=warming, name="task", daemon=True).start()
            session = self._begin(voicing)
            load_once = partial(self._load, voicing.load_engine)
            with_engine = voicing._replace(load_engine=load_once)
            worker = Worker(session, with_engine, self._cache, express=True)
            worker.start()
            self._ask_the_cache(session)
            worker.stop()

    def _goes_on(self) -> bool:
        """Wait until something is to be spoken and may be; False once closed."""
        with self._changed:
            while not self._closed and (self._reason or not self._board.lines):
                self._changed.wait()
            return not self._closed

    def _begin(self, voicing: Voicing) -> Session:
        with self._changed:
            if self._pipeline not in ("", voicing.pipeline):
                self._board.forget()
            self._pipeline = voicing.pipeline
            self._allow = voicing.embedding
            self._session = Session(self._board, self._changed, self._tell, self._halt)
            return self._session

    def _load(self, load: Callable[[], Engine]) -> Engine:
        if self._engine is None:
            self._engine = load()
            self._tell(Prepared())
        return self._engine

    def _ask_the_cache(self, session: Session) -> None:
        """Find what was spoken before, until another session begins; somebody in a hurry is first.

        Unless the engine is still being loaded, which takes seconds.
        """
        while True:
            with self._changed:
                while (self._engine and self._board.is_hurried) or not (
                    lines := self._board.unasked(ASKED_AT_ONCE)
                ):
                    if self._closed or (session.ended and not self._reason):
                        return
                    self._changed.wait()
                if self._closed:
                    return
            asked = [(line, segment_key(line.utterance, self._pipeline)) for line in lines]
            found = [(line, key, self._cache.outline(key)) for line, key in asked]
            ready: list[Ready] = []
            with self._changed:
                for line, key, outline in found:
                    line.key = key
                    if outline:
                        line.settle(State.READY, Kept(outline.seconds, outline.mark.slot))
                        ready += (Ready(id, outline.seconds, key) for id in line.ids)
                self._changed.notify_all()
            if ready:
                self._tell(Found(tuple(ready)))

    def _halt(self, error: Exception) -> None:
        with self._changed:
            is_first = self._reason is None
            self._reason = error
            if self._session:
                self._session.abandon()
            self._changed.notify_all()
        if is_first:
            log.warning("nothing is spoken until it is asked for: %s", type(error).__name__)
            self._tell(Halted(error))

    def _tell(self, *news: News) -> None:
        for one in news:
            if not self._closed:
                self._news(one)
