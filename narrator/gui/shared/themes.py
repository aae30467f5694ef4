"""Themes: the colours of light, dark and high contrast, and the size of the type.

Every text stands out by 4.5:1 and every edge by 3:1 (WCAG 2.2, criteria 1.4.3 and 1.4.11). "system"
leaves the platform's own style and colours.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from narrator.gui.shared.edges import EdgedStyle

STYLE, SIZE = "narrator-style", "narrator-size"  # of the platform, kept in the application
ROLES = {
    "window": QPalette.ColorRole.Window,
    "text": QPalette.ColorRole.WindowText,
    "base": QPalette.ColorRole.Base,
    "alternate": QPalette.ColorRole.AlternateBase,
    "button": QPalette.ColorRole.Button,
    "edge": QPalette.ColorRole.Dark,
    "accent": QPalette.ColorRole.Highlight,
    "on_accent": QPalette.ColorRole.HighlightedText,
    "link": QPalette.ColorRole.Link,
    "visited": QPalette.ColorRole.LinkVisited,
    "faint": QPalette.ColorRole.PlaceholderText,
}
COLOURS = {
    "light": {
        "window": "#f3f3f1",
        "text": "#1b1b1b",
        "base": "#ffffff",
        "alternate": "#f7f7f5",
        "button": "#fbfbfa",
        "edge": "#767672",
        "accent": "#1a5fb4",
        "on_accent": "#ffffff",
        "link": "#1a5fb4",
        "visited": "#6d3a9c",
        "faint": "#63635f",
    },
    "dark": {
        "window": "#232427",
        "text": "#f0f0ee",
        "base": "#1a1b1d",
        "alternate": "#202124",
        "button": "#35363a",
        "edge": "#8b8d93",
        "accent": "#8ab8ff",
        "on_accent": "#10151c",
        "link": "#8ab8ff",
        "visited": "#cfa8f5",
        "faint": "#a9abb0",
    },
    "contrast": {
        "window": "#000000",
        "text": "#ffffff",
        "base": "#000000",
        "alternate": "#0d0d0d",
        "button": "#000000",
        "edge": "#ffffff",
        "accent": "#ffe14d",
        "on_accent": "#000000",
        "link": "#7fdcff",
        "visited": "#ffb3ff",
        "faint": "#d0d0d0",
    },
}


def palette_of(name: str) -> QPalette:
    """Give the colours of a theme: "light", "dark" or "contrast"."""
    colours = {role: QColor(colour) for role, colour in COLOURS[name].items()}
    palette = QPalette(colours["button"], colours["window"])
    for role, of_qt in ROLES.items():
        palette.setColor(of_qt, colours[role])
    text = (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.ToolTipText)
    for of_qt in text:
        palette.setColor(of_qt, colours["text"])
    palette.setColor(QPalette.ColorRole.ToolTipBase, colours["base"])
    palette.setColor(QPalette.ColorRole.Accent, colours["accent"])
    for of_qt in (QPalette.ColorRole.WindowText, *text[:2]):  # greyed out, and still to be read
        palette.setColor(QPalette.ColorGroup.Disabled, of_qt, colours["faint"])
    palette.setColor(
        QPalette.ColorGroup.Disabled, QPalette.ColorRole.Highlight, colours["alternate"]
    )
    palette.setColor(
        QPalette.ColorGroup.Disabled, QPalette.ColorRole.HighlightedText, colours["faint"]
    )
    return palette


def is_dark(palette: QPalette) -> bool:
    """Whether light text stands on dark paper."""
    return palette.base().color().lightness() < palette.text().color().lightness()


def apply_theme(app: QApplication, name: str, type_percent: int) -> None:
    """Dress all windows, open ones too: the theme `name`, the type at so much of the system's."""
    if app.property(STYLE) is None:
        app.setProperty(STYLE, app.style().name())
        app.setProperty(SIZE, _size(app.font()))
    schemes = {"light": Qt.ColorScheme.Light, "system": Qt.ColorScheme.Unknown}
    app.styleHints().setColorScheme(schemes.get(name, Qt.ColorScheme.Dark))  # of the title bars
    # The size first: boxes reckon theirs anew when the style changes, but not all of it for a font.
    _resize(app, app.property(SIZE) * type_percent / 100)
    if name == "system":
        app.setStyle(app.property(STYLE))
        app.setPalette(QPalette())
    else:
        app.setStyle(EdgedStyle())
        app.setPalette(palette_of(name))


def _resize(app: QApplication, size: float) -> None:
    """Give all type another size; what stands out of it by its size keeps its proportion."""
    before = _size(app.font())
    own = [(widget, _size(widget.font())) for widget in app.allWidgets()]
    font = app.font()
    _set_size(font, size)
    app.setFont(font)
    for widget, was in own:
        if _size(widget.font()) == was and size != before:
            font = widget.font()
            _set_size(font, was * size / before)
            widget.setFont(font)


def _size(font: QFont) -> float:
    return font.pointSizeF() if font.pointSizeF() > 0 else font.pixelSize()


def _set_size(font: QFont, size: float) -> None:
    if font.pointSizeF() > 0:
        font.setPointSizeF(size)
    else:
        font.setPixelSize(round(size))
