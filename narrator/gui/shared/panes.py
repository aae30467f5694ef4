"""Ways through the window by keyboard: Tab as the eye goes, F6 from pane to pane."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtWidgets import QScrollArea, QWidget

Pane = Sequence[QWidget]
"""The widgets of a pane at which Tab stops, as the eye meets them."""


def set_tab_order(panes: Sequence[Pane]) -> None:
    """Let Tab go through all panes in order."""
    for before, after in pairwise(widget for pane in panes for widget in pane):
        QWidget.setTabOrder(before, after)


def go_to_pane(panes: Sequence[Pane], step: int) -> None:
    """Put the focus into the next pane (step 1) or the one before (-1) that can take it."""
    focused = [number for number, pane in enumerate(panes) if any(w.hasFocus() for w in pane)]
    here = focused[0] if focused else -step
    for distance in range(1, len(panes) + 1):
        pane = panes[(here + step * distance) % len(panes)]
        stops = [widget for widget in pane if widget.isVisible() and widget.isEnabled()]
        if stops:
            stops[0].setFocus()
            _bring_into_sight(stops[0])
            return


def _bring_into_sight(widget: QWidget) -> None:
    """Scroll to a widget, as Qt does for Tab alone."""
    holder = widget.parentWidget()
    while holder is not None:
        if isinstance(holder, QScrollArea):
            holder.ensureWidgetVisible(widget)
        holder = holder.parentWidget()
