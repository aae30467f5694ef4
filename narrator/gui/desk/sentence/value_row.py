"""A number of the selected sentences: a name, a box to type into, a slider; "several" for many."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QMargins, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSlider,
    QWidget,
)

from narrator.gui.desk.sentence.selection import Mixed

REST_MILLISECONDS = 300  # of no change: one turn of the wheel is one step to undo


class Scale(NamedTuple):
    """What a number can be. usual: where a mixed one starts when it is turned."""

    low: float
    high: float
    step: float
    usual: float
    decimals: int
    suffix: str


class ValueBox(QDoubleSpinBox):
    """A box for a number that may be "several" and, where there is a word for it, none.

    Both lie below the lowest number, where Qt shows a word in place of it.
    """

    def __init__(self, scale: Scale, blank: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._scale = scale
        self._blank = blank
        self.setDecimals(scale.decimals)
        self.setSingleStep(scale.step)
        self.setSuffix(scale.suffix)
        self.setMaximum(scale.high)
        self.setKeyboardTracking(False)
        self.show_number(scale.usual)

    @property
    def number(self) -> float | Mixed | None:
        """The number as it stands."""
        if self.value() >= self._scale.low:
            return round(self.value(), self._scale.decimals)
        return None if self.value() == self._none and self._blank else Mixed.SEVERAL

    def show_number(self, number: float | Mixed | None) -> None:
        """Show a number, "several", or that there is none."""
        match number:
            case Mixed():
                self._put(self._none - self._scale.step, self.tr("several"), None)
            case None:
                self._put(self._none, self._blank, None)
            case _:
                self._put(self._none if self._blank else self._scale.low, self._blank, number)

    def settle(self) -> None:
        """Forget "several" once there is a number."""
        self.show_number(self.number)

    def stepBy(self, steps: int) -> None:
        """Step; what is several or none starts at the usual number."""
        if self.value() < self._scale.low:
            self.setValue(self._scale.usual)
        elif self._blank or self.value() + steps * self._scale.step >= self._scale.low:
            super().stepBy(steps)
        else:
            self.setValue(self._scale.low)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Step both ways from "several"."""
        if isinstance(self.number, Mixed):
            flags = QAbstractSpinBox.StepEnabledFlag
            return flags.StepUpEnabled | flags.StepDownEnabled
        return super().stepEnabled()

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Take an empty box for none, where that has a word."""
        if self._blank and not text.removesuffix(self.suffix()).strip():
            return QValidator.State.Acceptable, text, position
        state: tuple[QValidator.State, str, int] = super().validate(text, position)
        return state

    def valueFromText(self, text: str) -> float:
        """Give the number typed; an empty box is none."""
        if self._blank and not text.removesuffix(self.suffix()).strip():
            return self._none
        return super().valueFromText(text)

    @property
    def _none(self) -> float:
        return self._scale.low - self._scale.step

    def _put(self, lowest: float, word: str, number: float | None) -> None:
        with QSignalBlocker(self):
            self.setSpecialValueText(word)
            self.setMinimum(lowest)
            self.setValue(lowest if number is None else number)


class ValueRow(QWidget):
    """A named number. changed: what the user made of it, once they let go or rest.

    blank: the word for no number, which an empty box is then; such a row has no slider.
    """

    changed = Signal(object)

    def __init__(self, name: str, scale: Scale, parent: QWidget, *, blank: str = "") -> None:
        super().__init__(parent)
        self._scale = scale
        self._untold = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MILLISECONDS)
        self._rest.timeout.connect(self.settle)
        self.box = ValueBox(scale, blank, self)
        self.box.setAccessibleName(name)
        self.box.valueChanged.connect(self._typed)
        label = QLabel(name, self)
        label.setBuddy(self.box)
        grid = QGridLayout(self)
        grid.setContentsMargins(QMargins())
        grid.setVerticalSpacing(4)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.box, 0, 1, Qt.AlignmentFlag.AlignRight)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setVisible(not blank)
        if not blank:
            grid.addWidget(self.slider, 1, 0, 1, 2)
        self._prepare_slider(name)

    def show_number(self, number: float | Mixed | None) -> None:
        """Show a number, unless the user is just changing it."""
        if not (self._untold or self.slider.isSliderDown()):
            self.box.show_number(number)
            self._follow()

    def settle(self) -> None:
        """Tell now what was changed and not yet told, and end a drag."""
        self._rest.stop()
        untold, self._untold = self._untold, False
        if self.slider.isSliderDown():
            self.slider.setSliderDown(False)
        if untold and not isinstance(number := self.box.number, Mixed):
            self.changed.emit(number)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let the wheel scroll the column, and turn only what has the focus."""
        if (
            event.type() == QEvent.Type.Wheel
            and isinstance(watched, QWidget)
            and not watched.hasFocus()
        ):
            event.ignore()
            return True
        return super().eventFilter(watched, event)

    def _prepare_slider(self, name: str) -> None:
        low, high, step = self._scale.low, self._scale.high, self._scale.step
        self.slider.setAccessibleName(self.tr("{name}, slider").format(name=name))
        self.slider.setRange(round(low / step), round(high / step))
        self.slider.setPageStep(max(1, round((high - low) / step / 10)))
        self.slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Tab stops at the box: one is enough
        self.slider.valueChanged.connect(self._slid)
        self.slider.sliderReleased.connect(self.settle)
        for widget in (self.box, self.slider):
            widget.installEventFilter(self)

    def _follow(self) -> None:
        number = self.box.number
        at = number if isinstance(number, float) else self._scale.usual
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(at / self._scale.step))

    def _typed(self) -> None:
        self.box.settle()
        self._follow()
        self._untold = True
        self._rest.start()

    def _slid(self, value: int) -> None:
        self.box.show_number(value * self._scale.step)
        self._untold = True
        if not self.slider.isSliderDown():  # a drag is told when it ends, however long it takes
            self._rest.start()
