"""What the worker does, told in the status: preparing, how fast, how long still, what ended it."""

import time

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from narrator.gui.desk.layout.desk import Desk
from narrator.gui.desk.open_book.at_hand import AtHand
from narrator.gui.desk.open_book.listening import Listening
from narrator.gui.shared.wording import error_told, numeral, rounded
from narrator.studio.speaking.news import Halted, News, Prepared, Ready
from narrator.studio.speaking.schedule import CHARACTERS_PER_SECOND

SHOW_MILLISECONDS = 300
READ_SECONDS = 6.0  # that a result or an error stands before progress takes its place
FORGET_SECONDS = 3.0  # of no news, after which the pace begins anew


class Progress(QObject):
    """Tells how the speaking goes. halted: whether it waits to be told to go on."""

    def __init__(self, at_hand: AtHand, listening: Listening, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._at_hand = at_hand
        self._desk = desk
        self._seconds = 0.0
        self._began: float | None = None
        self._last = 0.0
        self._told = ""
        self._result = ("", 0.0)
        self._is_prepared = False
        self.halted = False
        listening.told.connect(self._note)
        self._timer = QTimer(self)
        self._timer.setInterval(SHOW_MILLISECONDS)
        self._timer.timeout.connect(self._show)

    def begin(self) -> None:
        """Watch the speaking of a book from now on."""
        self._began, self.halted = None, False
        self._timer.start()

    def try_again(self) -> None:
        """Take away what was told of a halt: the speaking goes on, or it is told anew."""
        self._told = self.tr("Trying again…")
        self._desk.transport.show_worker(self._told)
        self.begin()

    def close(self) -> None:
        """Watch no more."""
        self._timer.stop()

    def show_place(self) -> None:
        """Show which sentence is at hand, of how many, and how much is spoken."""
        number, chapter = self._at_hand.number, self._at_hand.chapter
        if chapter is None or number is None:
            self._desk.text.place.setText("")
            return
        share = self._at_hand.spoken_share()
        place = self.tr("{number} of {of} sentences · {percent} % spoken")
        self._desk.text.place.setText(
            place.format(
                number=numeral(number),
                of=numeral(len(self._at_hand.sentences)),
                percent=int(100 * share),
            )
        )
        self._desk.book.chapters.set_spoken({chapter.id: share})

    def _note(self, news: News) -> None:
        now = time.monotonic()
        match news:
            case Prepared():
                self._is_prepared = True
            case Halted(error):
                self.halted = True
                self._timer.stop()
                again = self.tr("{error} Ctrl+Shift+T tries again.")
                self._desk.transport.status.warn(again.format(error=error_told(error)))
            case Ready(_, seconds, _):
                if self.halted:
                    self.begin()
                if self._began is None or now - self._last > FORGET_SECONDS:
                    self._began, self._seconds = now, 0.0
                else:
                    self._seconds += seconds
                self._last = now

    def _show(self) -> None:
        self.show_place()
        share = self._at_hand.spoken_share()
        if share >= 1 or not self._at_hand.script:
            told = ""
        elif not self._is_prepared:
            told = self.tr("Preparing the voice…")
        else:
            told = self._pace_told(share)
        shown = self._desk.transport.status.text
        if shown != self._told and not self._was_read(shown, told):
            return
        if told != shown:
            self._told = told
            self._desk.transport.show_worker(told)

    def _was_read(self, result: str, told: str) -> bool:
        """Say whether a result or an error has stood long enough; for nothing it never goes."""
        now = time.monotonic()
        if result != self._result[0]:
            self._result = (result, now)
        return bool(told) and now - self._result[1] >= READ_SECONDS

    def _pace_told(self, share: float) -> str:
        spent = self._last - self._began if self._began is not None else 0.0
        if spent <= 0 or not self._seconds:
            return self.tr("Speaking…")
        pace = self._seconds / spent
        characters = sum(len(one.utterance.text) for one in self._at_hand.script)
        left = (1 - share) * characters / CHARACTERS_PER_SECOND / pace
        words = self.tr("Speaking, {pace:.0f} times as fast as it plays · {left} left")
        return words.format(pace=pace, left=rounded(left))
