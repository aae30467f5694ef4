"""Translations: narrator's texts and Qt's own in the language of the system or of the user."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

CONTEXT = "narrator"  # the only one: a text means the same wherever it stands
SOURCE, SOURCE_NAME = "en", "English"


class Language(NamedTuple):
    """A language that narrator's texts stand in. code: as in "de". name: as its speakers say it."""

    code: str
    name: str


class Translation(QTranslator):
    """The texts of narrator in one language; the class that asks for a text does not matter."""

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str:
        """Give the translation of `source`, None where there is none."""
        found = super().translate(CONTEXT, source, disambiguation, n)
        return found or None  # type: ignore[return-value]  # Qt takes "" for a translation


def languages(folder: Path) -> tuple[Language, ...]:
    """Give the languages that there are texts for in `folder`, by their names."""
    codes = {path.stem.partition("_")[2] for path in folder.glob("narrator_*.qm")}
    return tuple(
        sorted((Language(code, _name(code)) for code in codes | {SOURCE}), key=lambda one: one.name)
    )


def use_language(app: QCoreApplication, code: str, folder: Path) -> str:
    """Give the texts that are made from now on in a language, "" for the system's.

    What `folder` has no texts for is left in English. Numbers and days go by it as well. Returns
    the code of the language that is used.
    """
    wanted = QLocale(code) if code else QLocale.system()
    if wanted.language() == QLocale.Language.C:  # no language: its numbers would have no commas
        wanted = QLocale(SOURCE)
    QLocale.setDefault(wanted)
    own = Translation(app)
    if not own.load(wanted, "narrator", "_", str(folder)):
        return SOURCE
    app.installTranslator(own)
    of_qt = QTranslator(app)
    place = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if of_qt.load(wanted, "qtbase", "_", place):
        app.installTranslator(of_qt)
    return own.language().partition("_")[0] or SOURCE


def _name(code: str) -> str:
    name = SOURCE_NAME if code == SOURCE else QLocale(code).nativeLanguageName()
    return f"{name[:1].upper()}{name[1:]}"
