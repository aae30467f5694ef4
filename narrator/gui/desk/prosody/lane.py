"""The prosody lane: duration, pitch and energy of each phoneme of a sentence, to be bent."""

from PySide6.QtCore import QEvent, QMargins, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from narrator.gui.desk.prosody.canvas import ProsodyCanvas
from narrator.gui.desk.prosody.curve import Curve, LaneFacts, curve_of
from narrator.gui.desk.prosody.told import sound_told
from narrator.gui.shared.controls import plain_label, speak_up
from narrator.speech import Bend

REST_MILLISECONDS = 300  # of no change: then what was bent is told, and spoken
PITCH_STEP, ENERGY_STEP, STRETCH_STEP = 0.5, 1.0, 0.1
KEYS_ALONE = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_Home, Qt.Key.Key_End)
LEAST_LINES = 9  # of the canvas that are seen at least: words, symbols and pitch
BENDING = {
    Qt.Key.Key_Up: Bend(0, 0.0, PITCH_STEP, 0.0),
    Qt.Key.Key_Down: Bend(0, 0.0, -PITCH_STEP, 0.0),
    Qt.Key.Key_Right: Bend(0, STRETCH_STEP, 0.0, 0.0),
    Qt.Key.Key_Left: Bend(0, -STRETCH_STEP, 0.0, 0.0),
    Qt.Key.Key_PageUp: Bend(0, 0.0, 0.0, ENERGY_STEP),
    Qt.Key.Key_PageDown: Bend(0, 0.0, 0.0, -ENERGY_STEP),
}
"""What each key adds while Alt is held."""


class ProsodyLane(QWidget):
    """Shows how a sentence is spoken, and lets every phoneme of it be bent by mouse and by key.

    bent: the id of the sentence and all its bends, after a rest, so that a drag is told once.
    """

    bent = Signal(int, tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: LaneFacts | None = None
        self._curve = Curve((), ())
        self._current = 0
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self._tell_bends)
        self.canvas = ProsodyCanvas(self)
        self.canvas.pressed.connect(self._pressed)
        self.canvas.dragged.connect(self._bend)
        self.view = QScrollArea(self)
        self.view.setWidget(self.canvas)
        self.view.setFrameShape(QFrame.Shape.StyledPanel)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the lane has the focus
        self.told = plain_label("", self)
        self.told.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(QMargins())
        column.setSpacing(4)
        column.addWidget(self.view, 1)
        column.addWidget(self.told)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Prosody"))
        self.show_facts(None)

    @property
    def bends(self) -> tuple[Bend, ...]:
        """The bends as the lane shows them."""
        return self._curve.bends

    @property
    def current(self) -> int:
        """The symbol that the user is at."""
        return self._current

    def show_facts(self, facts: LaneFacts | None) -> None:
        """Show a spoken sentence; None: there is none. What is being bent stays as it is."""
        before = self._facts
        again = before is not None and facts is not None and before.id == facts.id
        unsaid = self._rest.isActive() or self.canvas.is_dragging
        if not again:
            self._tell_now()
        curve = curve_of(facts) if facts else Curve((), ())
        same = again and curve.symbols == self._curve.symbols
        self._curve = curve.with_bends(self._curve.bends) if same and unsaid else curve
        self._facts = facts
        if not same:
            self._current = self._curve.first
            self.canvas.let_go()
            self._rest.stop()
            self.view.horizontalScrollBar().setValue(0)
        self._draw()
        self._say()

    def set_played(self, seconds: float | None) -> None:
        """Put the play head at a time of the sentence; None takes it away."""
        self.canvas.set_played(seconds)
        if seconds is not None and not self.hasFocus() and not self.canvas.is_dragging:
            self._show_place(self.canvas.page.x_of(seconds))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between phonemes and words, bend with Alt, reset with Delete."""
        if not self._curve.sounds or not self._do(event):
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as all rows need."""
        spare = self.minimumSizeHint().height() - self.view.minimumHeight()
        bar = self.view.horizontalScrollBar().sizeHint().height() + 2 * self.view.frameWidth()
        return QSize(super().sizeHint().width(), self.canvas.height() + bar + spare)

    def event(self, event: QEvent) -> bool:
        """Keep the keys that the lane uses from being a shortcut of the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self._curve.sounds
            and self._uses(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the user is."""
        super().focusInEvent(event)
        self.canvas.set_focused(True)
        self._draw()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that keys go elsewhere."""
        super().focusOutEvent(event)
        self.canvas.set_focused(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """Tell what was bent before the lane is gone."""
        self._tell_now()
        super().hideEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw anew in another type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._draw()

    def _uses(self, event: QKeyEvent) -> bool:
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if held == Qt.KeyboardModifier.AltModifier:
            return event.key() in BENDING
        allowed = {
            Qt.KeyboardModifier.NoModifier: KEYS_ALONE,
            Qt.KeyboardModifier.ControlModifier: (Qt.Key.Key_Left, Qt.Key.Key_Right),
            Qt.KeyboardModifier.ShiftModifier: (Qt.Key.Key_Delete,),
        }
        return event.key() in allowed.get(held, ())

    def _do(self, event: QKeyEvent) -> bool:
        if not self._uses(event):
            return False
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        key = Qt.Key(event.key())
        match held, key:
            case Qt.KeyboardModifier.AltModifier, _:
                self._step(BENDING[key])
            case Qt.KeyboardModifier.ShiftModifier, _:
                self._put(self._curve.with_bends(()))
            case _, Qt.Key.Key_Delete:
                self._bend(Bend(self._current))
            case _, Qt.Key.Key_Home:
                self._go(self._curve.first)
            case _, Qt.Key.Key_End:
                self._go(self._curve.stops[-1])
            case Qt.KeyboardModifier.ControlModifier, _:
                step = 1 if key == Qt.Key.Key_Right else -1
                self._go(self._curve.beside_word(self._current, step))
            case _:
                step = 1 if key == Qt.Key.Key_Right else -1
                self._go(self._curve.beside(self._current, step))
        return True

    def _step(self, by: Bend) -> None:
        bend = self._curve.bend_of(self._current)
        sound = self._curve.plain[self._current]
        if by.pitch and sound.semitones is None:
            self._say(self.tr("This has no pitch."))
        elif by.energy and sound.energy is None:
            self._say(self.tr("A pause has no energy."))
        else:
            self._bend(
                Bend(
                    self._current,
                    bend.stretch + by.stretch,
                    bend.pitch + by.pitch,
                    bend.energy + by.energy,
                )
            )

    def _bend(self, bend: Bend) -> None:
        self._put(self._curve.bend(bend))

    def _put(self, curve: Curve) -> None:
        if curve == self._curve:
            return
        self._curve = curve
        self._rest.start()
        self._draw()
        self._say()

    def _pressed(self, symbol: int) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._go(symbol)

    def _go(self, symbol: int) -> None:
        self._current = symbol
        self._draw()
        self._say()
        if not self.canvas.is_dragging:
            for x in reversed(self.canvas.page.span(symbol)):
                self._show_place(x)

    def _draw(self) -> None:
        self.canvas.draw(self._curve, self._current)
        self.updateGeometry()
        bar = self.view.horizontalScrollBar().sizeHint().height()
        frame = 2 * self.view.frameWidth()
        needed = min(self.canvas.height(), round(LEAST_LINES * self.canvas.page.line))
        self.view.setMinimumHeight(needed + bar + frame)
        self.told.setMinimumHeight(2 * self.told.fontMetrics().lineSpacing())  # so nothing jumps

    def _show_place(self, x: float) -> None:
        margin = round(4 * self.canvas.page.line)
        self.view.ensureVisible(round(x), 0, min(margin, self.view.width() // 4), 0)

    def _say(self, before: str = "") -> None:
        if not self._curve.sounds:
            text = self.tr("Nothing spoken yet: play the sentence, then bend it here.")
        else:
            text = f"{before} {sound_told(self._curve, self._current)}".strip()
        self.told.setText(text)
        self.setAccessibleDescription(text)
        if self.hasFocus():
            speak_up(self, text)

    def _tell_now(self) -> None:
        if self._rest.isActive():
            self._rest.stop()
            self._tell_bends()

    def _tell_bends(self) -> None:
        if self._facts is not None:
            self.bent.emit(self._facts.id, self._curve.bends)
