"""Who says the selected sentences: a voice, a character, a new character by name."""

from PySide6.QtCore import QEvent, QMargins, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QVBoxLayout, QWidget

from narrator.gui.desk.sentence.selection import Mixed, Selection

NEW = object()  # what the last entry of the characters holds
SHOWN_CHARACTERS = 10  # of a title that are seen at least: longer ones are cut, not the column
LONGEST_NAME = 80


class Casting(QWidget):
    """Two boxes to choose from. voice_chosen: a name, None as cast. character_chosen: a name."""

    voice_chosen = Signal(object)
    character_chosen = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.voice = self._box(self.tr("Voice"))
        self.voice.activated.connect(self._choose_voice)
        self.character = self._box(self.tr("Character"))
        self.character.activated.connect(self._choose_character)
        self.new_name = QLineEdit(self)
        self.new_name.setPlaceholderText(self.tr("Name, then Enter"))
        self.new_name.setAccessibleName(self.tr("Name of the new character"))
        self.new_name.setMaxLength(LONGEST_NAME)
        self.new_name.returnPressed.connect(self._choose_new)
        self.new_name.installEventFilter(self)
        self.new_name.hide()
        self._shown: Selection | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(QMargins())
        column.setSpacing(4)
        # One below the other: beside its label a box would cut most names off in large type.
        for name, box in (
            (self.tr("Voice"), self.voice),
            (self.tr("Character"), self.character),
        ):
            label = QLabel(name, self)
            label.setBuddy(box)
            column.addWidget(label)
            column.addWidget(box)
        column.addWidget(self.new_name)

    def show_selection(self, selection: Selection) -> None:
        """Show who says the sentences; what is typed of a new name stays for the same ones."""
        if self._shown is None or self._shown.ids != selection.ids:
            self.new_name.clear()
            self.new_name.hide()
        self._shown = selection
        self._show_voices(selection)
        if self.new_name.isHidden():
            self._show_characters(selection)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the new name with Esc; let the wheel scroll the column where a box has no focus."""
        if watched is self.new_name and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                event.accept()  # as an override it is kept from the window, as a press it is done
                if event.type() == QEvent.Type.KeyPress:
                    self._leave_new()
                return True
        elif event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget):
            event.ignore()
            return not watched.hasFocus()
        return super().eventFilter(watched, event)

    def _show_voices(self, selection: Selection) -> None:
        inherited = selection.inherited_voice
        as_cast = self.tr("As cast: {voice}").format(voice=inherited) if inherited else ""
        entries: list[tuple[str, object]] = [(as_cast or self.tr("As cast"), None)]
        entries += [(voice.title, voice.name) for voice in selection.voices]
        self._fill(self.voice, entries, selection.common(lambda each: each.take.voice))

    def _show_characters(self, selection: Selection) -> None:
        entries: list[tuple[str, object]] = [(self.tr("Narrator"), "")]
        entries += [(name, name) for name in selection.characters]
        entries.append((self.tr("New character…"), NEW))
        self._fill(self.character, entries, selection.common(lambda each: each.character))

    def _fill(self, box: QComboBox, entries: list[tuple[str, object]], chosen: object) -> None:
        values = [value for _, value in entries]
        if not isinstance(chosen, Mixed) and chosen not in values:
            entries.append((self.tr("{name} (missing)").format(name=chosen), chosen))
            values.append(chosen)
        with QSignalBlocker(box):
            box.clear()
            for text, value in entries:
                box.addItem(text, value)
            box.setCurrentIndex(-1 if isinstance(chosen, Mixed) else values.index(chosen))
        box.setAccessibleDescription(self.tr("several") if isinstance(chosen, Mixed) else "")

    def _choose_voice(self, index: int) -> None:
        self.voice_chosen.emit(self.voice.itemData(index))

    def _choose_character(self, index: int) -> None:
        if self.character.itemData(index) is NEW:
            self.new_name.show()
            self.new_name.setFocus()
        else:
            self.new_name.hide()
            self.character_chosen.emit(self.character.itemData(index))

    def _choose_new(self) -> None:
        name = " ".join(self.new_name.text().split())
        if name:
            self._leave_new()
            self.character_chosen.emit(name)

    def _leave_new(self) -> None:
        self.new_name.clear()
        self.character.setFocus()
        self.new_name.hide()
        if self._shown:
            self._show_characters(self._shown)

    def _box(self, name: str) -> QComboBox:
        box = QComboBox(self)
        box.setAccessibleName(name)
        box.setPlaceholderText(self.tr("several"))
        box.setMinimumContentsLength(SHOWN_CHARACTERS)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.installEventFilter(self)
        return box
