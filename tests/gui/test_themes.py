"""The themes: what stands out by how much, and that the open windows follow."""

from collections.abc import Iterator
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from narrator.gui.desk.text.inks import contrast
from narrator.gui.reader.look import INKS, reader_palette, sentence_colour, word_colour
from narrator.gui.shared.controls import heading
from narrator.gui.shared.themes import apply_theme, palette_of

TEXT, EDGE = 4.5, 3.0
Role, Group = QPalette.ColorRole, QPalette.ColorGroup
GROUPS = (Group.Active, Group.Inactive, Group.Disabled)
TEXTS = (
    (Role.WindowText, (Role.Window, Role.Base)),
    (Role.Text, (Role.Base, Role.AlternateBase, Role.Window)),
    (Role.ButtonText, (Role.Button, Role.Window)),
    (Role.ToolTipText, (Role.ToolTipBase,)),
    (Role.PlaceholderText, (Role.Base,)),
    (Role.Link, (Role.Base, Role.Window)),
    (Role.LinkVisited, (Role.Base, Role.Window)),
    (Role.HighlightedText, (Role.Highlight,)),
)
EDGES = ((Role.Dark, (Role.Window, Role.Base)), (Role.Highlight, (Role.Window, Role.Base)))
PALETTES = {
    **{name: palette_of(name) for name in ("light", "dark", "contrast")},
    **{f"reader, {name}": reader_palette(name, QPalette()) for name in INKS},
}


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[QApplication]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    yield app
    apply_theme(app, "system", 100)


def faint(
    palette: QPalette, pairs: tuple[tuple[Role, tuple[Role, ...]], ...], needed: float
) -> list[str]:
    return [
        f"{group.name}: {ink.name} on {paper.name}"
        for group in GROUPS
        for ink, papers in pairs
        for paper in papers
        if contrast(palette.color(group, ink), palette.color(group, paper)) < needed
    ]


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast(QColor("white"), QColor("black")) == pytest.approx(21)
    assert contrast(QColor("#777777"), QColor("white")) == pytest.approx(4.48, abs=0.01)
    assert contrast(QColor("red"), QColor("red")) == 1


@pytest.mark.parametrize("name", PALETTES)
def test_every_text_can_be_read(name: str) -> None:
    links = (Role.Link, Role.LinkVisited) if name.startswith("reader") else ()
    pairs = tuple(pair for pair in TEXTS if pair[0] not in links)
    assert faint(PALETTES[name], pairs, TEXT) == []


@pytest.mark.parametrize("name", PALETTES)
def test_every_edge_and_the_ring_of_the_focus_are_seen(name: str) -> None:
    active = [line for line in faint(PALETTES[name], EDGES, EDGE) if "Disabled" not in line]
    assert active == []


@pytest.mark.parametrize("name", PALETTES)
def test_the_place_that_is_heard_can_be_read_and_its_line_is_seen(name: str) -> None:
    palette = PALETTES[name]
    paper = sentence_colour(palette)
    assert contrast(palette.text().color(), paper) >= TEXT
    assert contrast(word_colour(palette), paper) >= EDGE


@pytest.mark.parametrize("theme", ["light", "dark", "contrast"])
@pytest.mark.parametrize(
    "kind", [QPushButton, QLineEdit, QComboBox, QSpinBox, QCheckBox, QListWidget, QSlider]
)
def test_the_focus_is_seen_on_every_kind_of_control(
    qtbot: QtBot, app: QApplication, theme: str, kind: type[QWidget]
) -> None:
    apply_theme(app, theme, 100)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    first, control = QPushButton("first", window), kind(window)
    if isinstance(control, QCheckBox):
        control.setText("a choice")
    if isinstance(control, QSlider):
        control.setOrientation(Qt.Orientation.Horizontal)
    column.addWidget(first)
    column.addWidget(control)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    ring = app.palette().highlight().color().name()
    first.setFocus(Qt.FocusReason.TabFocusReason)
    before = in_colour(control, ring)
    control.setFocus(Qt.FocusReason.TabFocusReason)
    assert in_colour(control, ring) >= before + 20


def in_colour(widget: QWidget, colour: str) -> int:
    image = widget.grab().toImage()
    spots = product(range(image.width()), range(min(image.height(), 60)))
    return sum(image.pixelColor(x, y).name() == colour for x, y in spots)


def test_open_windows_follow_the_size_and_headings_stay_larger(
    qtbot: QtBot, app: QApplication
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    title = heading("Title", 1.5, window)
    text = QPushButton("text", window)
    window.show()
    usual = text.font().pointSizeF(), title.font().pointSizeF()
    for percent in (150, 200, 100):
        apply_theme(app, "light", percent)
        now = text.font().pointSizeF(), title.font().pointSizeF()
        assert now == pytest.approx([size * percent / 100 for size in usual])


def test_the_systems_look_comes_back(app: QApplication) -> None:
    before = app.style().name(), app.palette().window().color(), app.font().pointSizeF()
    apply_theme(app, "contrast", 200)
    assert app.palette().window().color() == QColor("black")
    apply_theme(app, "system", 100)
    assert (app.style().name(), app.palette().window().color(), app.font().pointSizeF()) == before
