"""Listening for doubtful sentences: a recogniser hears what is spoken, behind the window."""

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from narrator.errors import Cancelled
from narrator.gui.desk.open_book.at_hand import AtHand
from narrator.gui.desk.open_book.editing import Editing
from narrator.gui.shared.background import Bridge, Tell, Work, run_in_background
from narrator.gui.shared.wording import counted
from narrator.studio.checking.completeness import MISSING, Check, Doubted
from narrator.studio.plan import PlannedSentence
from narrator.studio.studio import Studio


class Proofing(QObject):
    """Looks over the chapter at hand. told(text): what came of it. refused(error): it broke off."""

    told = Signal(str)
    refused = Signal(object)

    def __init__(self, studio: Studio, editing: Editing, at_hand: AtHand, parent: QObject) -> None:
        super().__init__(parent)
        self._studio = studio
        self._at_hand = at_hand
        self._bridge = Bridge()
        self._work: Work | None = None
        self._stop = threading.Event()
        editing.opened.connect(self.close)

    def start(self) -> None:
        """Listen to what is spoken of the chapter at hand."""
        if not self._at_hand.script:
            return
        self.close()
        self._stop = stop = threading.Event()
        self.told.emit(self.tr("Listening to the chapter…"))
        self._work = run_in_background(
            self._bridge,
            self._task(self._at_hand.script, stop),
            on_done=self._show,
            on_error=self._broken,
        )

    def close(self) -> None:
        """Listen no more."""
        self._stop.set()
        if self._work:
            self._work.abandon()
            self._work = None

    def _task(
        self, script: tuple[PlannedSentence, ...], stop: threading.Event
    ) -> Callable[[Tell], tuple[Doubted, ...]]:
        def task(_: Tell) -> tuple[Doubted, ...]:
            return tuple(Check(self._studio, stop).doubts(script))

        return task

    def _show(self, doubts: tuple[Doubted, ...]) -> None:
        self._work = None
        doubtful = {one.id: one.reason for one in doubts if one.reason != MISSING}
        self._at_hand.doubt(doubtful)
        missing = len(doubts) - len(doubtful)
        parts = [
            self.tr("{sentences} sound doubtful: Ctrl+Alt+4 lists them.").format(
                sentences=counted(len(doubtful), self.tr("sentence"), self.tr("sentences"))
            )
            if doubtful
            else self.tr("Every sentence that is spoken sounds right."),
        ]
        if missing:
            parts.append(
                self.tr("{sentences} not spoken yet.").format(
                    sentences=counted(missing, self.tr("sentence"), self.tr("sentences"))
                )
            )
        self.told.emit(" ".join(parts))

    def _broken(self, error: Exception) -> None:
        self._work = None
        if not isinstance(error, Cancelled):
            self.refused.emit(error)
