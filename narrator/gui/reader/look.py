"""How the text looks in reader's mode: face, size, spacing, colours."""

from dataclasses import replace
from typing import NamedTuple

from PySide6.QtGui import QColor, QPalette

from narrator.gui.shared.themes import is_dark
from narrator.settings import Settings


class Look(NamedTuple):
    """What the reader has chosen, as in Settings. size: pixels. spacing: of the type's height."""

    face: str
    size: int
    spacing: float
    colours: str

    @staticmethod
    def of(settings: Settings) -> "Look":
        """Give the look that is in the settings."""
        return Look(
            settings.reader_face,
            settings.reader_size,
            settings.reader_spacing,
            settings.reader_colours,
        )

    def within(self, settings: Settings) -> Settings:
        """Give the settings with this look in them."""
        return replace(
            settings,
            reader_face=self.face,
            reader_size=self.size,
            reader_spacing=self.spacing,
            reader_colours=self.colours,
        )


class _Inks(NamedTuple):
    paper: str
    ink: str
    accent: str


INKS = {
    "paper": _Inks("#ffffff", "#000000", "#1a5fb4"),
    "night": _Inks("#000000", "#f2f2f2", "#8ab8ff"),
    "sepia": _Inks("#f6ecd8", "#3a2a18", "#9a3412"),
    "yellow": _Inks("#ffee8a", "#000000", "#0b3aa8"),
    "amber": _Inks("#000000", "#ffe14d", "#7fdcff"),
}


def reader_palette(colours: str, theme: QPalette) -> QPalette:
    """Give the colours of reader's mode; for "theme" those of `theme` for all but the window.

    What is not set in a palette stays as it is in the application, and follows it.
    """
    if colours not in INKS:
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.Window, theme.base().color())
        return palette
    paper, ink, accent = map(QColor, INKS[colours])
    palette = QPalette(_mixed(paper, ink, 0.06), paper)
    role = QPalette.ColorRole
    for of_text in (role.WindowText, role.Text, role.ButtonText, role.ToolTipText):
        palette.setColor(of_text, ink)
    for of_paper in (role.Window, role.Base, role.AlternateBase, role.ToolTipBase):
        palette.setColor(of_paper, paper)
    palette.setColor(role.Highlight, accent)
    palette.setColor(role.HighlightedText, paper)
    palette.setColor(role.Dark, _mixed(paper, ink, 0.6))
    faint = _mixed(paper, ink, 0.8)
    palette.setColor(role.PlaceholderText, faint)
    for of_text in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, of_text, faint)
    return palette


def sentence_colour(palette: QPalette) -> QColor:
    """Give the paper behind the sentence that is being read."""
    share = 0.22 if is_dark(palette) else 0.12
    return _mixed(palette.base().color(), palette.highlight().color(), share)


def word_colour(palette: QPalette) -> QColor:
    """Give the colour of the line under the word that is being read."""
    return palette.highlight().color()


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Give `one` with so much of `other` in it."""
    return QColor.fromRgbF(
        one.redF() + (other.redF() - one.redF()) * share,
        one.greenF() + (other.greenF() - one.greenF()) * share,
        one.blueF() + (other.blueF() - one.blueF()) * share,
    )
