"""Edges that are seen: Qt's Fusion with an outline around what can be used, and a focus ring."""

from typing import cast

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPalette, QPen, QRegion
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QStyleOptionComplex,
    QWidget,
)

RING = 2  # pixels
ROUND = 2.0
Primitive = QStyle.PrimitiveElement
RINGED = frozenset(
    {Primitive.PE_PanelButtonCommand, Primitive.PE_FrameLineEdit, Primitive.PE_Frame}
)
EDGED = RINGED | {
    Primitive.PE_FrameGroupBox,
    Primitive.PE_FrameTabWidget,
    Primitive.PE_FrameMenu,
    Primitive.PE_IndicatorCheckBox,
    Primitive.PE_IndicatorItemViewItemCheck,
    Primitive.PE_IndicatorRadioButton,
}
CIRCLE = Primitive.PE_IndicatorRadioButton


class EdgedStyle(QProxyStyle):
    """Fusion draws edges as shades of the window, which go unseen; here the palette has them.

    The edge is the palette's Dark, the ring its Highlight.
    """

    def __init__(self) -> None:
        super().__init__("Fusion")

    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw the ring instead of Fusion's, and an edge over what Fusion has drawn."""
        if element == Primitive.PE_FrameFocusRect:
            _outline(painter, option, option.rect, ring=True)
            return
        super().drawPrimitive(element, option, painter, widget)
        if element in EDGED:
            ring = element in RINGED and _focused(option)
            _outline(painter, option, option.rect, ring=ring, circle=element == CIRCLE)

    def drawControl(
        self,
        element: QStyle.ControlElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw an edge around a progress bar."""
        super().drawControl(element, option, painter, widget)
        if element == QStyle.ControlElement.CE_ProgressBarGroove:
            _outline(painter, option, option.rect)

    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        """Draw an edge around a spin box, a scroll bar's grip, a slider's groove and its handle."""
        super().drawComplexControl(control, option, painter, widget)
        of = cast(QWidget, widget)  # None is taken, though the stubs do not say so
        if control == QStyle.ComplexControl.CC_SpinBox:
            _outline(painter, option, option.rect, ring=_focused(option))
        elif control == QStyle.ComplexControl.CC_ScrollBar:
            part = QStyle.SubControl.SC_ScrollBarSlider
            _outline(painter, option, self.subControlRect(control, option, part, of))
        elif control == QStyle.ComplexControl.CC_Slider:
            handle = QStyle.SubControl.SC_SliderHandle
            groove = QStyle.SubControl.SC_SliderGroove
            line = _line_within(self.subControlRect(control, option, groove, of))
            grip = self.subControlRect(control, option, handle, of)
            painter.save()
            painter.setClipRegion(QRegion(option.rect) - QRegion(grip))
            _outline(painter, option, line)
            painter.restore()
            _outline(painter, option, grip, ring=_focused(option))

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        """Leave room for the ring in the frames of lists and texts."""
        if metric == QStyle.PixelMetric.PM_DefaultFrameWidth:
            return RING
        return super().pixelMetric(metric, option, widget)

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        data: QStyleHintReturn | None = None,
    ) -> int:
        """Leave pictures out of the buttons of dialogs, as the others have none."""
        if hint == QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons:
            return 0
        return super().styleHint(hint, option, widget, data)


def _focused(option: QStyleOption) -> bool:
    return bool(option.state & QStyle.StateFlag.State_HasFocus)


def _line_within(groove: QRect) -> QRect:
    """The line along the middle of a slider, whose handle may stand across it."""
    if groove.width() > groove.height():
        return QRect(groove.left(), groove.center().y() - 1, groove.width(), 3)
    return QRect(groove.center().x() - 1, groove.top(), 3, groove.height())


def _outline(
    painter: QPainter,
    option: QStyleOption,
    rect: QRect,
    *,
    ring: bool = False,
    circle: bool = False,
) -> None:
    role = QPalette.ColorRole.Highlight if ring else QPalette.ColorRole.Dark
    width = RING if ring else 1
    inset = width / 2
    within = rect.toRectF().adjusted(inset, inset, -inset, -inset)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(option.palette.color(role), width))
    if circle:
        painter.drawEllipse(within)
    else:
        painter.drawRoundedRect(within, ROUND, ROUND)
    painter.restore()
