"""What is typed, read as phonemes on another thread each time the typing rests."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from narrator.gui.shared.background import Bridge, Work, run_in_background

REST = 200  # ms: shorter, and a screen reader would speak between the letters

Sounds = tuple[str, ...]


class Typed(QObject):
    """The newest text alone counts; `changed` tells that more is known of it, or it is another.

    respelled: a text to its phonemes; may take seconds.
    """

    changed = Signal()

    def __init__(self, respelled: Callable[[str], Sounds], parent: QObject) -> None:
        super().__init__(parent)
        self.text = ""
        self.symbols: Sounds = ()
        self.error: Exception | None = None
        self._respelled = respelled
        self._bridge = Bridge()
        self._work: Work | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(REST)
        self._timer.timeout.connect(self.read_now)

    @property
    def waiting(self) -> bool:
        """Whether what the text sounds like is not known yet."""
        return self._timer.isActive() or self._work is not None

    def take(self, text: str) -> None:
        """Take a text that replaces what was typed before."""
        self.give_up()
        self.text, self.symbols, self.error = " ".join(text.split()), (), None
        if self.text:
            self._timer.start()
        self.changed.emit()

    def read_now(self) -> None:
        """Read the text without waiting for the typing to rest."""
        self._timer.stop()
        if self._work or not self.text:
            return
        text = self.text
        self._work = run_in_background(
            self._bridge,
            lambda tell: self._respelled(text),
            on_done=self._known,
            on_error=self._refused,
        )

    def give_up(self) -> None:
        """Hear no more of what is being read."""
        self._timer.stop()
        if self._work:
            self._work.abandon()
            self._work = None

    def _known(self, symbols: Sounds) -> None:
        self._work, self.symbols = None, symbols
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        self._work, self.error = None, error
        self.changed.emit()
