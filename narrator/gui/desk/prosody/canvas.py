"""The painted part of the prosody lane: a curve in the palette's colours, dragged by mouse."""

from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from narrator.gui.desk.prosody.curve import Curve
from narrator.gui.desk.prosody.page import Band, Grip, Page, Part
from narrator.gui.desk.prosody.told import letters
from narrator.gui.desk.text.inks import accent, dimmed, sentence_ground
from narrator.speech import Bend

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CURSORS = {
    Part.DURATION: Qt.CursorShape.SplitHCursor,
    Part.PITCH: Qt.CursorShape.SizeVerCursor,
    Part.ENERGY: Qt.CursorShape.SizeVerCursor,
}


class ProsodyCanvas(QWidget):
    """Draws a curve and its current symbol; what is bent has a colour and a shape of its own.

    pressed: the symbol under the mouse. dragged: the bend that the mouse asks for.
    """

    pressed = Signal(int)
    dragged = Signal(Bend)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.page = Page(Curve((), ()), 1.0)
        self._current = 0
        self._is_focused = False
        self._played: float | None = None
        self._grip: Grip | None = None
        self._from = (QPointF(), self.page)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def is_dragging(self) -> bool:
        """Whether a button is held on something that is dragged."""
        return self._grip is not None

    def let_go(self) -> None:
        """Hold nothing any more."""
        self._grip = None

    def set_focused(self, focused: bool) -> None:
        """Show whether keys go to the current symbol."""
        self._is_focused = focused
        self.update()

    def draw(self, curve: Curve, current: int) -> None:
        """Show a curve, with the symbol that the user is at."""
        self.page = Page(curve, QFontMetricsF(self.font()).height())
        self._current = current
        self.updateGeometry()
        self.resize(self.sizeHint())
        self.update()

    def set_played(self, seconds: float | None) -> None:
        """Put the play head at a time of the sentence; None takes it away."""
        for time in (self._played, seconds):
            if time is not None:
                x = round(self.page.x_of(time))
                self.update(x - 3, 0, 7, self.height())
        self._played = seconds

    def sizeHint(self) -> QSize:
        """As wide as the sentence is long."""
        return QSize(round(self.page.width) + 1, round(self.page.height) + 1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what lies under the mouse."""
        spot = event.position()
        grip = self.page.grip_at(spot.x(), spot.y())
        symbol = grip.symbol if grip else self.page.symbol_at(spot.x())
        if symbol is not None:
            self.pressed.emit(symbol)
        if event.button() == Qt.MouseButton.LeftButton:
            self._grip = grip
            self._from = (spot, self.page)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Bend what is held; else show by the mouse's shape what could be."""
        spot = event.position()
        if self._grip is None:
            grip = self.page.grip_at(spot.x(), spot.y())
            self.setCursor(CURSORS[grip.part] if grip else Qt.CursorShape.ArrowCursor)
            return
        pressed, page = self._from
        way = spot - pressed
        self.dragged.emit(page.dragged(self._grip, way.x(), -way.y()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._grip = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw what of the sentence stands in the exposed part."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self.palette().base())
        shown = event.rect().adjusted(-self.height(), 0, self.height(), 0)
        symbols = self.page.between(shown.left(), shown.right())
        self._draw_rows(painter)
        for symbol in symbols:
            self._draw_symbol(painter, symbol)
            self._draw_energy(painter, symbol)
        self._draw_melody(painter, symbols)
        self._draw_words(painter, symbols)
        self._draw_current(painter)
        self._draw_head(painter)
        painter.end()

    def _draw_rows(self, painter: QPainter) -> None:
        y = self.page.pitch.y_of(0)
        painter.setPen(QPen(dimmed(self.palette()), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(self.page.left, y), QPointF(self.width(), y))
        page = self.page
        for name, band in ((self.tr("pitch"), page.pitch), (self.tr("energy"), page.energy)):
            place = self._box(0, self.page.left - self.page.line / 2, band)
            painter.drawText(place, RIGHT, name)

    def _draw_words(self, painter: QPainter, symbols: range) -> None:
        curve, band = self.page.curve, self.page.words
        words = sorted({curve.sounds[symbol].word for symbol in symbols} - {-1})
        for word in words:
            painter.setPen(self._colour(QPalette.ColorRole.Text))
            place = self._box(*self.page.word_spans[word], band)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, curve.words[word])
            painter.setPen(QPen(dimmed(self.palette()), 1))
            painter.drawLine(place.bottomLeft(), place.bottomRight())

    def _draw_symbol(self, painter: QPainter, symbol: int) -> None:
        sound, bend = self.page.curve.sounds[symbol], self.page.curve.bend_of(symbol)
        left, right = self.page.span(symbol)
        box = self._box(left, right, self.page.symbols)
        painter.setPen(QPen(dimmed(self.palette()), 1))
        painter.drawLine(box.topRight(), QPointF(right, self.page.height))
        if sound.word >= 0:
            painter.setPen(self._colour(QPalette.ColorRole.Text))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letters(sound.symbol))
        if bend.stretch != 1:
            thick = self.page.line / 5
            painter.fillRect(
                QRectF(left + 1, box.bottom() - thick, right - left - 2, thick),
                accent(self.palette()),
            )

    def _draw_energy(self, painter: QPainter, symbol: int) -> None:
        sound, bend = self.page.curve.sounds[symbol], self.page.curve.bend_of(symbol)
        if sound.energy is None or sound.seconds == 0:
            return
        left, right = self.page.span(symbol)
        band = self.page.energy
        top = band.y_of(sound.energy)
        bar = QRectF(left + 2, top, right - left - 4, band.bottom - top)
        if not bend.energy:
            painter.setPen(QPen(dimmed(self.palette()), 1))
            painter.setBrush(sentence_ground(self.palette()))
            painter.drawRect(bar)
            return
        painter.setPen(QPen(accent(self.palette()), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.fillRect(bar, QBrush(accent(self.palette()), Qt.BrushStyle.BDiagPattern))
        painter.drawRect(bar)

    def _draw_melody(self, painter: QPainter, symbols: range) -> None:
        points = [(symbol, point) for symbol in symbols if (point := self._point(symbol))]
        painter.setPen(QPen(self._colour(QPalette.ColorRole.Text), 1.5))
        for (before, start), (symbol, end) in pairwise(points):
            if symbol == before + 1:
                painter.drawLine(start, end)
        for symbol, point in points:
            self._draw_point(painter, point, bent=self.page.curve.bend_of(symbol).pitch != 0)

    def _draw_point(self, painter: QPainter, point: QPointF, *, bent: bool) -> None:
        size = self.page.line / (2.2 if bent else 3.5)
        painter.setBrush(accent(self.palette()) if bent else self._colour(QPalette.ColorRole.Text))
        painter.setPen(Qt.PenStyle.NoPen)
        if bent:
            ways = ((0, -size), (size, 0), (0, size), (-size, 0))
            painter.drawPolygon([point + QPointF(*way) for way in ways])
        else:
            painter.drawEllipse(point, size, size)

    def _draw_current(self, painter: QPainter) -> None:
        if not self.page.curve.sounds:
            return
        left, right = self.page.span(self._current)
        style = Qt.PenStyle.SolidLine if self._is_focused else Qt.PenStyle.DotLine
        painter.setPen(QPen(self._colour(QPalette.ColorRole.Text), 2, style))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        top = self.page.symbols.top + 1
        wide, high = max(right - left - 2, 2), self.height() - top - 1
        painter.drawRect(QRectF(left + 1, top, wide, high))

    def _draw_head(self, painter: QPainter) -> None:
        if self._played is not None:
            x = self.page.x_of(self._played)
            painter.setPen(QPen(self._colour(QPalette.ColorRole.Accent), 2))
            painter.drawLine(QPointF(x, 0), QPointF(x, self.height()))

    def _point(self, symbol: int) -> QPointF | None:
        sound = self.page.curve.sounds[symbol]
        if sound.semitones is None or sound.seconds == 0:
            return None
        left, right = self.page.span(symbol)
        return QPointF((left + right) / 2, self.page.pitch.y_of(sound.semitones))

    def _box(self, left: float, right: float, band: Band) -> QRectF:
        return QRectF(left, band.top, right - left, band.height)

    def _colour(self, role: QPalette.ColorRole) -> QColor:
        return self.palette().color(role)
