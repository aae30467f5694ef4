"""The user's preferences: kept, and applied to the whole application as they change."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QWidget

from narrator.errors import NarratorError
from narrator.gui.preferences.preferences_dialog import PreferencesDialog
from narrator.gui.preferences.store import SpokenStore
from narrator.gui.shared.themes import apply_theme
from narrator.gui.shared.translations import languages
from narrator.profiles.profile import VoiceProfile
from narrator.settings import Settings, resource, save_settings
from narrator.studio.studio import Studio


class Preferring(QObject):
    """Holds the settings. changed(settings). refused(error): they could not be kept."""

    changed = Signal(object)
    refused = Signal(object)

    def __init__(self, studio: Studio, usual_folder: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._studio = studio
        self._usual_folder = usual_folder
        self.settings = studio.settings

    @property
    def folder(self) -> Path:
        """Where each book gets its folder."""
        chosen = self.settings.folder.strip()
        return Path(chosen).expanduser() if chosen else self._usual_folder

    @property
    def export_folder(self) -> Path:
        """Where exports offer each book its folder."""
        chosen = self.settings.export_folder
        return Path(chosen) if chosen else self.folder

    def remember(self, path: Path) -> None:
        """Note which file was opened last."""
        self.use(self.settings.opened(path))

    def use(self, settings: Settings) -> None:
        """Take other settings, keep them and show them."""
        before, self.settings = self.settings, settings
        look = (settings.theme, settings.type_percent)
        application = QApplication.instance()
        if isinstance(application, QApplication) and look != (before.theme, before.type_percent):
            apply_theme(application, *look)
        self.changed.emit(settings)
        try:
            save_settings(self._studio.folders.config, settings)
        except NarratorError as error:
            self.refused.emit(error)

    def ask(self, voices: tuple[VoiceProfile, ...]) -> None:
        """Let the user change them."""
        cache = self._studio.cache
        dialog = PreferencesDialog(
            self.settings,
            self._window,
            voices=tuple((voice.title, voice.name) for voice in voices),
            languages=languages(resource("resources/translations")),
            usual_folder=self._usual_folder,
            store=SpokenStore(cache.size, cache.empty),
        )
        dialog.changed.connect(self.use)
        dialog.open()
