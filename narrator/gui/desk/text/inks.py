"""Colours mixed from the palette so that all that is written in or upon them can be read."""

from functools import cache

from PySide6.QtGui import QColor, QPalette

from narrator.gui.desk.text.rows import SentenceState

LEGIBLE = 4.5  # WCAG 2.2, success criterion 1.4.3
PALE, STRONG = 0.14, 0.42  # share of the accent behind the sentence and behind the word
DIM = 0.45  # share of the page in the ink of what is left out
STEP = 0.05
AMBER, RED = 0xB26A00, 0xC62828

Role = QPalette.ColorRole


def contrast(one: QColor, other: QColor) -> float:
    """Give the contrast of two colours, from 1 to 21. Source: WCAG 2.2, relative luminance."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def sentence_ground(palette: QPalette) -> QColor:
    """Give the background of the current sentence: a breath of the accent."""
    return _ground(*_rgb(palette, Role.Text, Role.Base, Role.Highlight), PALE)


def word_ground(palette: QPalette) -> QColor:
    """Give the background of the word being spoken, on which the text still can be read."""
    return _ground(*_rgb(palette, Role.Text, Role.Base, Role.Highlight), STRONG)


def found_ground(palette: QPalette) -> QColor:
    """Give the background of what was found."""
    text, page = _rgb(palette, Role.Text, Role.Base)
    return _ground(text, page, AMBER, STRONG)


def dimmed(palette: QPalette) -> QColor:
    """Give the ink of what is left out, to be read on the page and on the current sentence."""
    return _dimmed(*_rgb(palette, Role.Text, Role.Base, Role.Highlight))


def accent(palette: QPalette) -> QColor:
    """Give the accent as an ink that is read on the page."""
    return _ink(*_rgb(palette, Role.Highlight, Role.Text, Role.Base))


def state_ink(state: SentenceState, palette: QPalette) -> QColor:
    """Give the ink of a state's sign."""
    text, page = _rgb(palette, Role.Text, Role.Base)
    match state:
        case SentenceState.SPEAKING:
            return accent(palette)
        case SentenceState.CHANGED:
            return _ink(AMBER, text, page)
        case SentenceState.FAILED:
            return _ink(RED, text, page)
        case _:
            return dimmed(palette)


@cache
def _ground(text: int, page: int, accent: int, share: float) -> QColor:
    while share > 0:
        ground = _mixed(QColor(accent), QColor(page), share)
        if contrast(QColor(text), ground) >= LEGIBLE:
            return ground
        share -= STEP
    return QColor(page)


@cache
def _dimmed(text: int, page: int, accent: int) -> QColor:
    grounds = (QColor(page), _ground(text, page, accent, PALE))
    share = DIM
    while share > 0:
        ink = _mixed(QColor(page), QColor(text), share)
        if all(contrast(ink, ground) >= LEGIBLE for ground in grounds):
            return ink
        share -= STEP
    return QColor(text)


@cache
def _ink(wanted: int, text: int, page: int) -> QColor:
    share = 1.0
    while share > 0:
        ink = _mixed(QColor(wanted), QColor(text), share)
        if contrast(ink, QColor(page)) >= LEGIBLE:
            return ink
        share -= STEP
    return QColor(text)


def _rgb(palette: QPalette, *roles: QPalette.ColorRole) -> tuple[int, ...]:
    return tuple(palette.color(role).rgb() for role in roles)


def _mixed(one: QColor, other: QColor, share: float) -> QColor:
    return QColor.fromRgbF(
        one.redF() * share + other.redF() * (1 - share),
        one.greenF() * share + other.greenF() * (1 - share),
        one.blueF() * share + other.blueF() * (1 - share),
    )


def _luminance(colour: QColor) -> float:
    red, green, blue = (_linear(part) for part in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
