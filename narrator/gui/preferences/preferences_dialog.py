"""Preferences: look, language, voice, folder and the store of spoken sentences, in one dialog."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.preferences.store import SpokenStore, StoreRow
from narrator.gui.shared.controls import ScrolledColumn, StatusLine, heading, plain_label
from narrator.gui.shared.dialogs import ask_for_folder
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.translations import Language
from narrator.gui.shared.window_layout import fit
from narrator.settings import LARGEST_CACHE, TYPE_PERCENT, Settings

Choice = tuple[str, str]
"""What is shown, and what the settings have for it."""


class PreferencesDialog(QDialog):
    """All settings at once; `changed` gives the new Settings when OK is pressed.

    voices: what is shown of each, and its name. languages: those with texts. usual_folder: where
    audiobooks go when no folder is set. store: what was spoken and kept.
    """

    changed = Signal(object)

    def __init__(
        self,
        settings: Settings,
        parent: QWidget | None = None,
        *,
        voices: Sequence[Choice],
        languages: Sequence[Language],
        usual_folder: Path,
        store: SpokenStore,
    ) -> None:
        super().__init__(parent)
        tr = self.tr
        self.setWindowTitle(tr("Preferences"))
        self._settings = settings
        self._page = ScrolledColumn(self)
        self._page.column.setContentsMargins(0, 0, 12, 0)  # from the scroll bar
        self._stops: list[QWidget] = []
        self._title(tr("Look"))
        self.theme = self._combo(
            tr("&Theme"),
            (tr("As the system has it"), "system"),
            (tr("Light"), "light"),
            (tr("Dark"), "dark"),
            (tr("High contrast"), "contrast"),
        )
        self.type_percent = QSpinBox(self)
        self.type_percent.setRange(*TYPE_PERCENT)
        self.type_percent.setSingleStep(10)
        self.type_percent.setSuffix(tr(" %"))
        self._field(tr("Size of the t&ype"), self.type_percent)
        self.reading_face = self._combo(
            tr("Face of the boo&k's text"),
            (tr("Serif"), "serif"),
            (tr("Sans serif"), "sans"),
            (tr("OpenDyslexic"), "dyslexic"),
        )
        self.language = self._combo(
            tr("&Language"),
            (tr("As the system has it"), ""),
            *((language.name, language.code) for language in languages),
        )
        self._hint(tr("Another language shows when narrator is started again."))
        self._title(tr("Narration"))
        self.voice = self._combo(tr("&Voice for new books"), *voices)
        self.device = self._combo(
            tr("Comp&ute on"),
            (tr("The fastest there is"), "auto"),
            (tr("The processor"), "cpu"),
            (tr("The graphics card (CUDA)"), "cuda"),
        )
        self.folder = QLineEdit(self)
        self.folder.setPlaceholderText(str(usual_folder))
        self._field(tr("&Folder for audiobooks"), self.folder)
        self.choose = QPushButton(tr("C&hoose the folder…"), self)
        self.choose.clicked.connect(
            lambda: ask_for_folder(self, lambda path: self.folder.setText(str(path)))
        )
        self._button(self.choose)
        self._title(tr("Spoken sentences"))
        self._hint(tr("They are kept, so that nothing is spoken twice. 1 GB is about 10 hours."))
        self.cache_size = QDoubleSpinBox(self)
        self.cache_size.setRange(0, LARGEST_CACHE)
        self.cache_size.setDecimals(1)
        self.cache_size.setSuffix(tr(" GB"))
        self._field(tr("Keep at &most"), self.cache_size)
        self.status = StatusLine(self)
        self.store = StoreRow(store, self.status, self)
        self._page.column.addWidget(self.store)
        self._stops += self.store.stops()
        self._page.column.addStretch()
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, self
        )
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._lay_out()
        self.show_settings(settings)

    @property
    def settings(self) -> Settings:
        """The settings as they are chosen now."""
        return replace(
            self._settings,
            theme=self.theme.currentData(),
            type_percent=self.type_percent.value(),
            reading_face=self.reading_face.currentData(),
            language=self.language.currentData(),
            voice=self.voice.currentData() or self._settings.voice,
            device=self.device.currentData(),
            folder=self.folder.text().strip(),
            cache_gigabytes=self._gigabytes(),
        )

    def show_settings(self, settings: Settings) -> None:
        """Choose what the settings say; a voice or language that is gone is not chosen."""
        self._settings = settings
        for combo, value in (
            (self.theme, settings.theme),
            (self.reading_face, settings.reading_face),
            (self.language, settings.language),
            (self.voice, settings.voice),
            (self.device, settings.device),
        ):
            combo.setCurrentIndex(combo.findData(value))
        if self.language.currentIndex() < 0:
            self.language.setCurrentIndex(0)
        self.type_percent.setValue(settings.type_percent)
        self.folder.setText(settings.folder)
        self.cache_size.setValue(settings.cache_gigabytes)

    def accept(self) -> None:
        """Hand out the settings, if any is another than before, and close."""
        if self.settings != self._settings:
            self.changed.emit(self.settings)
        super().accept()

    def done(self, result: int) -> None:
        """Close; what looks into the store is not waited for."""
        self.store.give_up()
        super().done(result)

    def _gigabytes(self) -> float:
        """What the box shows is rounded: an unchanged one leaves the setting as exact as it was."""
        shown = self.cache_size.value()
        before = self._settings.cache_gigabytes
        return before if shown == round(before, self.cache_size.decimals()) else shown

    def _title(self, text: str) -> None:
        if self._stops:
            self._page.column.addSpacing(12)
        self._page.column.addWidget(heading(text, 1.15, self))

    def _hint(self, text: str) -> None:
        self._page.column.addWidget(plain_label(text, self))

    def _combo(self, text: str, *choices: Choice) -> QComboBox:
        combo = QComboBox(self)
        for shown, value in choices:
            combo.addItem(shown, value)
        self._field(text, combo)
        return combo

    def _field(self, text: str, box: QWidget) -> None:
        label = QLabel(text, self)
        label.setBuddy(box)
        box.setAccessibleName(text.replace("&", ""))
        pair = QVBoxLayout()
        pair.setSpacing(4)
        pair.addWidget(label)
        pair.addWidget(box)
        self._page.column.addLayout(pair)
        self._stops.append(box)

    def _button(self, button: QPushButton) -> None:
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch()
        self._page.column.addLayout(row)
        self._stops.append(button)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self._page, 1)
        column.addWidget(self.status)
        column.addWidget(self.buttons)
        set_tab_order([[*self._stops, self.status.label, *self.buttons.buttons()]])
        fit(self, letters=84, lines=60)
