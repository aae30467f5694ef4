"""The texts in another language, and in one that is twice as long."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot
from reach import SMALL_SCREEN, clipped
from surroundings import Machine

from narrator.gui.checking.check_dialog import CheckDialog
from narrator.gui.desk.prosody.told import semitones_told
from narrator.gui.preferences.preferences_dialog import PreferencesDialog
from narrator.gui.preferences.store import SpokenStore
from narrator.gui.reader.look import Look
from narrator.gui.reader.reader_view import ReaderView
from narrator.gui.shared.translations import Language, Translation, languages, use_language
from narrator.gui.shared.wording import counted, minutes, rounded, size_told
from narrator.gui.voices.new_voice_dialog import NewVoiceDialog
from narrator.gui.voices.voices_dialog import VoicesDialog
from narrator.settings import Settings, resource
from narrator.studio.studio import Studio

TEXTS = resource("resources/translations")
CATALOGUES = sorted(TEXTS.glob("narrator_*.ts"))
MNEMONIC = re.compile(r"&(?!&)\w")


class TwiceAsLong(QTranslator):
    """Says every text of narrator twice, as a wordy language would; Qt's own stay."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        own = not context.startswith("Q")
        return f"{source} {source.replace('&', '')}" if own else None  # type: ignore[return-value]


@pytest.fixture
def app(qtbot: QtBot) -> Iterator[QApplication]:
    """An application that forgets its translations again."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    place = QLocale()
    yield app
    for translator in app.findChildren(QTranslator):
        app.removeTranslator(translator)
        translator.setParent(None)
    QLocale.setDefault(place)


def messages(path: Path) -> list[tuple[str, str]]:
    """Each text and what it has become."""
    return [
        (message.findtext("source", ""), message.findtext("translation", ""))
        for message in ElementTree.parse(path).iter("message")
    ]


def test_the_languages_are_named_as_their_speakers_do() -> None:
    assert languages(TEXTS) == (Language("de", "Deutsch"), Language("en", "English"))


def test_narrator_and_qt_speak_german(app: QApplication) -> None:
    assert use_language(app, "de", TEXTS) == "de"
    assert QWidget().tr("Cancel it, no such text") == "Cancel it, no such text"
    assert rounded(180) == "etwa 3 Minuten"
    assert QWidget().tr("Open a book") == "Ein Buch öffnen"
    assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Abbrechen"


def test_numbers_are_written_as_in_the_language_of_the_window(app: QApplication) -> None:
    told = {
        code: (use_language(app, code, TEXTS), counted(1204, "n", "n"), size_told(1_230_000_000))
        for code in ("en", "de")
    }
    assert told["en"] == ("en", "1,204 n", "1.2 GB")
    assert told["de"] == ("de", "1.204 n", "1,2 GB")
    assert [size_told(size) for size in (0, 1, 1_600_000)] == ["0 MB", "1 MB", "2 MB"]
    assert semitones_told(-2.5) == "2,5 Halbtöne tiefer"
    assert minutes(90_000) == "1.500 min"


def test_a_dialog_comes_up_in_german(qtbot: QtBot, app: QApplication) -> None:
    use_language(app, "de", TEXTS)
    dialog = preferences()
    qtbot.addWidget(dialog)
    assert dialog.windowTitle() == "Einstellungen"
    assert dialog.buttons.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"


def test_a_language_without_texts_is_left_in_english(app: QApplication) -> None:
    assert use_language(app, "fi", TEXTS) == "en"
    assert rounded(180) == "about 3 minutes"


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_a_translation_fills_in_what_the_text_does(path: Path) -> None:
    for source, text in messages(path):
        if text:
            assert places(text) == places(source), source
            assert len(MNEMONIC.findall(text)) == len(MNEMONIC.findall(source)), source
            assert (text[0].isspace(), text[-1].isspace()) == (
                source[0].isspace(),
                source[-1].isspace(),
            ), source


def places(text: str) -> set[tuple[str, str]]:
    """The names in braces, each with how it is written."""
    return {(name, form or "") for _, name, form, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_the_compiled_texts_are_those_of_the_catalogue(path: Path, app: QApplication) -> None:
    compiled = Translation(app)
    assert compiled.load(str(path.with_suffix(".qm")))
    for source, text in messages(path):
        assert compiled.translate("anybody", source) == (text or None)


def preferences() -> PreferencesDialog:
    return PreferencesDialog(
        Settings(),
        voices=[("Kathleen", "kathleen")],
        languages=languages(TEXTS),
        usual_folder=Path("Audiobooks"),
        store=SpokenStore(lambda: 5, lambda: None),
    )


@pytest.mark.parametrize("name", ["preferences", "reader", "voices", "new voice", "check"])
def test_windows_hold_in_a_language_twice_as_long(
    qtbot: QtBot, app: QApplication, studio: Studio, machine: Machine, name: str
) -> None:
    wordy = TwiceAsLong(app)
    app.installTranslator(wordy)
    actions = [QAction(text * 2) for text in ("Sentence back ", "Play ", "Next sentence ")]
    makers = {
        "preferences": preferences,
        "reader": lambda: ReaderView(actions, Look.of(Settings())),
        "voices": lambda: VoicesDialog(studio, machine.outside),
        "new voice": lambda: NewVoiceDialog(studio, machine.outside),
        "check": lambda: CheckDialog(studio),
    }
    window = makers[name]()
    qtbot.addWidget(window)
    window.show()
    window.resize(*SMALL_SCREEN)
    qtbot.wait(20)
    assert (window.width(), window.height()) == SMALL_SCREEN
    assert clipped(window) == []
