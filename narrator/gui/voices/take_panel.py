"""The button that records and stops, with the level of the microphone as a bar and in words."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from narrator.audio.microphone import Listen
from narrator.audio.recording import LOUD_PEAK_DB, Advice
from narrator.gui.shared.controls import StatusLine, plain_label, speak_up
from narrator.gui.shared.errands import Errands, no_matter
from narrator.gui.shared.wording import advice_told, level_told
from narrator.gui.voices.taking import Begun, Checking, Metered, Reading, taking

FLOOR_DB = -60.0


class LevelBar(QWidget):
    """The level as a bar, with a line where it becomes too loud. Its words stand beside it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._peak_db = FLOOR_DB
        self.setAccessibleName(self.tr("Level of the microphone"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_peak(self, peak_db: float) -> None:
        """Show a peak in dBFS."""
        self._peak_db = peak_db
        self.update()

    def sizeHint(self) -> QSize:
        height = self.fontMetrics().height()
        return QSize(height * 12, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, bar and line."""
        painter = QPainter(self)
        palette = self.palette()
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.fillRect(room, palette.color(QPalette.ColorRole.Base))
        filled = QRectF(room)
        filled.setWidth(room.width() * _share(self._peak_db))
        painter.fillRect(filled, palette.color(QPalette.ColorRole.Highlight))
        painter.setPen(palette.color(QPalette.ColorRole.WindowText))
        limit = room.left() + room.width() * _share(LOUD_PEAK_DB)
        painter.drawLine(round(limit), 0, round(limit), self.height())
        painter.drawRect(room)
        painter.end()


class TakePanel(QWidget):
    """Records what `offer` says, as often as it is asked to."""

    def __init__(
        self, listen: Listen, errands: Errands, status: StatusLine, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._listen = listen
        self._errands = errands
        self._status = status
        self._reading: Reading[Any] | None = None
        self._text = ""
        self._on_passed: Callable[[Any], None] = no_matter
        self._on_refused: Callable[[Exception], None] = no_matter
        self._on_begun: Callable[[Any], None] = no_matter
        self._advice: Advice | None = None
        self._had_focus = False
        self.recording = self.has_recorded = False
        self.button = QPushButton(self)
        self.button.setAutoDefault(True)
        self.button.clicked.connect(self._press)
        self.bar = LevelBar(self)
        self.level = plain_label("", self)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.button)
        row.addWidget(self.bar, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self.level)
        errands.changed.connect(self._refresh)

    def offer(
        self,
        text: str,
        reading: Reading[Any],
        on_passed: Callable[[Any], None],
        *,
        on_refused: Callable[[Exception], None] = no_matter,
        on_begun: Callable[[Any], None] = no_matter,
    ) -> None:
        """Let the button, which says `text`, record a reading from now on."""
        self._text, self._reading = text, reading
        self._on_passed, self._on_refused, self._on_begun = on_passed, on_refused, on_begun
        self._show_level("", FLOOR_DB)
        self._refresh()

    def _press(self) -> None:
        if self.recording:
            self._errands.stop()
        elif self._reading and not self._errands.busy:
            self.recording = True
            self._errands.run(
                taking(self._listen, self._reading),
                self.tr("Waiting for the microphone…"),
                on_done=self._passed,
                on_progress=self._told,
                on_error=self._refused,
            )

    def _told(self, news: object) -> None:
        match news:
            case Begun(given):
                self._status.say(self.tr("Recording: read now, then press Stop."))
                self.has_recorded = True
                self._on_begun(given)
            case Metered(peak_db, advice, seconds) if self._reading:
                told = level_told(seconds, self._reading.longest, peak_db)
                self._show_level(f"{told} · {advice_told(advice)}", peak_db)
                if advice is not self._advice and advice is not Advice.GOOD:
                    speak_up(self.level, advice_told(advice))
                self._advice = advice
            case Checking():
                self.recording = False
                self._had_focus = self.button.hasFocus()
                self._show_level("", FLOOR_DB)
                self._status.say(self.tr("Checking the recording…"))
                self._refresh()

    def _passed(self, result: object) -> None:
        self.recording = False
        self._on_passed(result)

    def _refused(self, error: Exception) -> None:
        self.recording = False
        self._show_level("", FLOOR_DB)
        self._on_refused(error)

    def _show_level(self, text: str, peak_db: float) -> None:
        self.level.setText(text)
        self.bar.show_peak(peak_db)

    def _refresh(self) -> None:
        self.button.setText(self.tr("■ Stop") if self.recording else self._text)
        self.button.setAccessibleName(self.tr("Stop recording") if self.recording else self._text)
        self.button.setEnabled(self.recording or not self._errands.busy)
        if self._had_focus and self.button.isEnabled() and self.button.isVisible():
            self.button.setFocus()  # it was off for a while, and the focus went elsewhere
            self._had_focus = False


def _share(peak_db: float) -> float:
    return max(0.0, min(1.0, 1 - peak_db / FLOOR_DB))
