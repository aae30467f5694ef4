"""The transport: play and its neighbours, where in the chapter one is, speed, loudness, status."""

from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QSlider,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.shared.controls import ActionButton, StatusLine
from narrator.gui.shared.wording import clock
from narrator.settings import TEMPO

TEMPO_STEP = 0.1
STEP_SECONDS, PAGE_SECONDS = 5, 30
FULL = 100  # of the volume slider, percent
VOLUME_WIDTH = 10  # mean characters


class TransportActions(NamedTuple):
    """What the buttons do, in their order."""

    previous_chapter: QAction
    previous_sentence: QAction
    play: QAction
    next_sentence: QAction
    next_chapter: QAction


class SeekSlider(QSlider):
    """A slider whose handle jumps to where it is clicked; it tells of a drag when it ends."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setTracking(False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            handle = self.style().pixelMetric(QStyle.PixelMetric.PM_SliderLength, None, self)
            x = round(event.position().x()) - handle // 2
            width = max(1, self.width() - handle)
            mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            self.setSliderPosition(
                QStyle.sliderValueFromPosition(0, self.maximum(), x, width, mirrored)
            )
        super().mousePressEvent(event)


class TransportBar(QWidget):
    """Buttons, a slider over the chapter, speed, volume, and the status line of the window.

    sought(seconds): by the user alone, never by what is shown. tempo_changed(factor),
    volume_changed(0 to 1). status: the line for errors and results; `show_worker` writes to it too.
    """

    sought = Signal(float)
    tempo_changed = Signal(float)
    volume_changed = Signal(float)

    def __init__(self, can: TransportActions, parent: QWidget) -> None:
        super().__init__(parent)
        self.previous_chapter = ActionButton(can.previous_chapter, self, short="«")
        self.previous_sentence = ActionButton(can.previous_sentence, self, short="‹")
        self.play = ActionButton(can.play, self)
        self.next_sentence = ActionButton(can.next_sentence, self, short="›")
        self.next_chapter = ActionButton(can.next_chapter, self, short="»")
        self.heard, self.total = QLabel(self), QLabel(self)
        self.slider = self._made_slider()
        self.tempo = self._made_tempo()
        self.volume = self._made_volume()
        self.status = StatusLine(self)
        self._arrange()
        self.show_playing(False)
        self.show_position(0, 0)

    def stops(self) -> list[QWidget]:
        """Give what Tab reaches, in the order of the eye."""
        others = [self.tempo, self.volume, self.status.label]
        return [self.slider, *self._buttons(), *others]

    def show_position(self, seconds: float, total: float) -> None:
        """Show how much of the chapter was heard; a slider being dragged stays in the hand."""
        heard, of = clock(seconds), clock(total)
        if (heard, of) != (self.heard.text(), self.total.text()):
            self.heard.setText(heard)
            self.total.setText(of)
            self.slider.setAccessibleDescription(
                self.tr("{heard} of {total}").format(heard=heard, total=of)
            )
        self.slider.setEnabled(total > 0)
        if not self.slider.isSliderDown():
            with QSignalBlocker(self.slider):
                self.slider.setMaximum(max(0, int(total)))
                self.slider.setValue(int(seconds))
            self.slider.update()

    def show_playing(self, playing: bool) -> None:
        """Say on the button what it does now: play or pause."""
        word = self.tr("Pause") if playing else self.tr("Play")
        self.play.setText(f"❚❚ {word}" if playing else f"▶ {word}")
        self.play.setAccessibleName(word)

    def show_worker(self, text: str) -> None:
        """Show what the worker does, silently."""
        self.status.say(text)

    @property
    def turned(self) -> tuple[float, float]:
        """How fast is played, and how loud, from 0 to 1."""
        return self.tempo.value(), self.volume.value() / FULL

    def turn(self, tempo: float, volume: float) -> None:
        """Turn both as the user would, who is told of it by the sound."""
        self.tempo.setValue(tempo)
        self.volume.setValue(round(volume * FULL))

    def _made_slider(self) -> SeekSlider:
        slider = SeekSlider(self)
        slider.setAccessibleName(self.tr("Place in the chapter, seconds"))
        slider.setSingleStep(STEP_SECONDS)
        slider.setPageStep(PAGE_SECONDS)
        slider.valueChanged.connect(lambda seconds: self.sought.emit(float(seconds)))
        return slider

    def _made_tempo(self) -> QDoubleSpinBox:
        tempo = QDoubleSpinBox(self)
        tempo.setAccessibleName(self.tr("Speed of playing"))
        tempo.setRange(*TEMPO)
        tempo.setSingleStep(TEMPO_STEP)
        tempo.setDecimals(1)
        tempo.setSuffix("×")
        tempo.setValue(1)
        tempo.setKeyboardTracking(False)
        tempo.valueChanged.connect(self.tempo_changed)
        return tempo

    def _made_volume(self) -> QSlider:
        volume = QSlider(Qt.Orientation.Horizontal, self)
        volume.setAccessibleName(self.tr("Volume, percent"))
        volume.setRange(0, FULL)
        volume.setSingleStep(5)
        volume.setValue(FULL)
        volume.setMinimumWidth(VOLUME_WIDTH * self.fontMetrics().averageCharWidth())
        volume.valueChanged.connect(lambda percent: self.volume_changed.emit(percent / FULL))
        return volume

    def _arrange(self) -> None:
        place = QHBoxLayout()
        place.setSpacing(8)
        place.addWidget(self.heard)
        place.addWidget(self.slider, 1)
        place.addWidget(self.total)
        controls = QHBoxLayout()
        controls.setSpacing(8)
        for button in self._buttons():
            controls.addWidget(button)
        controls.addSpacing(8)
        controls.addWidget(_label_of(self.tempo, self.tr("Speed")))
        controls.addWidget(self.tempo)
        controls.addWidget(_label_of(self.volume, self.tr("Volume")))
        controls.addWidget(self.volume)
        controls.addSpacing(8)
        controls.addWidget(self.status, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 4, 8, 4)
        column.setSpacing(4)
        column.addLayout(place)
        column.addLayout(controls)
        for before, after in pairwise(self.stops()):
            self.setTabOrder(before, after)

    def _buttons(self) -> list[QWidget]:
        return [
            self.previous_chapter,
            self.previous_sentence,
            self.play,
            self.next_sentence,
            self.next_chapter,
        ]


def _label_of(widget: QWidget, text: str) -> QLabel:
    label = QLabel(text, widget.parentWidget())
    label.setBuddy(widget)
    return label
