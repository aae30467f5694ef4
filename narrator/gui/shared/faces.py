"""Faces of type for a book's text: a serif and a sans of the system, and one for dyslexia."""

from PySide6.QtGui import QFont, QFontDatabase

from narrator.settings import resource

DYSLEXIC = "OpenDyslexic"
SERIFS = ("Charter", "Georgia", "Noto Serif", "DejaVu Serif", "serif")


def reading_font(face: str, pixels: int) -> QFont:
    """Give the type for a text: face "serif", "sans" or "dyslexic", of so many pixels."""
    match face:
        case "dyslexic":
            _bring_dyslexic()
            font = QFont(DYSLEXIC)
        case "sans":
            font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        case _:
            font = QFont()
            font.setFamilies(SERIFS)
            font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(pixels)
    return font


def _bring_dyslexic() -> None:
    if DYSLEXIC not in QFontDatabase.families():
        for path in resource("resources/fonts").glob(f"{DYSLEXIC}-*.otf"):
            QFontDatabase.addApplicationFont(str(path))
