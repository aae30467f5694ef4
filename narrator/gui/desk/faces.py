"""The face of the book's text: a serif made for reading, as far as the system has one."""

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

# faces made for long texts, in the order in which they are wanted
READING_FACES = (
    "Literata",
    "Charter",
    "Source Serif 4",
    "Noto Serif",
    "Georgia",
    "Constantia",
    "Liberation Serif",
    "DejaVu Serif",
)


def reading_face(points: float, family: str = "") -> QFont:
    """Give a serif face in a size. family: one that the user chose, "" for the system's best."""
    face = QFont(family or _best())
    face.setStyleHint(QFont.StyleHint.Serif)
    face.setPointSizeF(points)
    return face


@cache
def _best() -> str:
    """Give the first of the reading faces that the system has; without one, its own serif."""
    for family in READING_FACES:
        if QFontDatabase.hasFamily(family):
            return family
    serif = QFont()
    serif.setStyleHint(QFont.StyleHint.Serif)
    return serif.defaultFamily()
