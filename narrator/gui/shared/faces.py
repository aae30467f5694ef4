"""Faces of type for a book's text: a serif and a sans of the system, and one for dyslexia."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from narrator.settings import resource

DYSLEXIC = "OpenDyslexic"
# faces made for long texts, in the order in which they are wanted
SERIFS = (
    "Literata",
    "Charter",
    "Source Serif 4",
    "Noto Serif",
    "Georgia",
    "Constantia",
    "Liberation Serif",
    "DejaVu Serif",
)


def reading_font(face: str) -> QFont:
    """Give the type for a text, face "serif", "sans" or "dyslexic"; its size is still to be set."""
    match face:
        case "dyslexic":
            _bring_dyslexic()
            return QFont(DYSLEXIC)
        case "sans":
            return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        case _:
            font = QFont(_best_serif())
            font.setStyleHint(QFont.StyleHint.Serif)
            return font


@cache
def _best_serif() -> str:
    """Give the first of the serifs that the system has; without one, its own."""
    for family in SERIFS:
        if QFontDatabase.hasFamily(family):
            return family
    serif = QFont()
    serif.setStyleHint(QFont.StyleHint.Serif)
    return serif.defaultFamily()


def _bring_dyslexic() -> None:
    if DYSLEXIC not in QFontDatabase.families():
        for path in resource("resources/fonts").glob(f"{DYSLEXIC}-*.otf"):
            QFontDatabase.addApplicationFont(str(path))
