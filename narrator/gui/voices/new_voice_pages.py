"""The pages of the dialog that makes a voice: consent, what to read aloud, what came of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.shared.controls import heading, plain_label
from narrator.gui.shared.wording import rounded
from narrator.profiles.cloning import CHECKBOX
from narrator.profiles.records import ConsentRecord, Relation
from narrator.speech import Enrolling

LONGEST_NAME = 60
TEXT_FACTOR = 1.4  # how much larger than the controls a text to be read aloud is


class Page(QWidget):
    """One step of the dialog; `changed` tells that `ready` or `records` may be others now."""

    changed = Signal()
    stops = False  # whether the great button ends what is going on

    def __init__(self, title: str, parent: QWidget, *, primary: str = "") -> None:
        """title: of the step. primary: what the great button says; without, there is none."""
        super().__init__(parent)
        self.title = title
        self.primary = primary
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 8, 0)
        self.column.setSpacing(12)

    @property
    def ready(self) -> bool:
        """Whether the great button may be pressed."""
        return True

    @property
    def records(self) -> bool:
        """Whether something is to be read aloud now."""
        return False

    @property
    def first(self) -> QWidget | None:
        """Where the focus begins; None is the button that records or goes on."""
        return None

    def lock(self, busy: bool) -> None:
        """Keep what the work at hand depends on as it is while that lasts."""


class ConsentPage(Page):
    """Who speaks, and the checkbox: nothing follows before it is ticked."""

    def __init__(self, renewed: ConsentRecord | None, parent: QWidget) -> None:
        super().__init__(self.tr("Consent"), parent, primary=self.tr("Go on"))
        self.speaker = QLineEdit(self)
        self.speaker.setMaxLength(LONGEST_NAME)
        self.speaker.setAccessibleName(self.tr("Name of the speaker"))
        self.own = QRadioButton(self.tr("This is my &own voice"), self)
        self.present = QRadioButton(self.tr("The speaker is &here with me"), self)
        self.own.setChecked(True)
        self._renewed = renewed
        self.text = to_read(CHECKBOX, self)
        self.box = QCheckBox(self.tr("&I agree"), self)
        self.box.setAccessibleDescription(CHECKBOX)
        label = QLabel(self.tr("&Name of the speaker"), self)
        label.setBuddy(self.speaker)
        form = QGridLayout()
        form.setHorizontalSpacing(12)
        form.setColumnStretch(1, 1)
        form.addWidget(label, 0, 0)
        form.addWidget(self.speaker, 0, 1)
        self.column.addLayout(form)
        for widget in (self.own, self.present, self.text, self.box):
            self.column.addWidget(widget)
        self.column.addStretch()
        if renewed:
            self.speaker.setText(renewed.facts.speaker)
            self.present.setChecked(renewed.facts.relation is Relation.PRESENT)
        self.lock(False)
        self.speaker.textChanged.connect(self.changed)
        self.box.toggled.connect(self.changed)

    @property
    def ready(self) -> bool:
        return self.box.isChecked() and bool(self.speaker.text().strip())

    @property
    def first(self) -> QWidget:
        return self.speaker

    def lock(self, busy: bool) -> None:
        self.speaker.setReadOnly(busy or self._renewed is not None)
        for widget in (self.own, self.present):
            widget.setEnabled(not busy and self._renewed is None)
        self.box.setEnabled(not busy)

    @property
    def relation(self) -> Relation:
        """Who sits at the microphone."""
        return Relation.PRESENT if self.present.isChecked() else Relation.SELF


class ReadingPage(Page):
    """A text to be read aloud, with a line above it that says when and how."""

    def __init__(self, title: str, hint: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self.hint = plain_label(hint, self)
        self.text = to_read("", self, factor=TEXT_FACTOR)
        self.column.addWidget(self.hint)
        self.column.addWidget(self.text)
        self.column.addStretch()

    @property
    def records(self) -> bool:
        return True

    def show_text(self, text: str) -> None:
        """Show what is to be read."""
        self.text.setText(text)
        self.text.setAccessibleName(self.tr("Text to read: {text}").format(text=text))


class LearningPage(Page):
    """How far the enrolment is; the great button stops it."""

    stops = True

    def __init__(self, parent: QWidget) -> None:
        super().__init__(self.tr("Learning"), parent, primary=self.tr("Stop learning"))
        self.hint = plain_label(
            self.tr("narrator learns the voice on this computer. What was read stays."), self
        )
        self.bar = QProgressBar(self)
        self.bar.setRange(0, 100)
        self.bar.setAccessibleName(self.tr("Progress of the learning"))
        self.left = plain_label("", self)
        for widget in (self.hint, self.bar, self.left):
            self.column.addWidget(widget)
        self.column.addStretch()

    def show_progress(self, progress: Enrolling) -> None:
        """Show the share that is done and the time left."""
        self.bar.setValue(round(100 * progress.done))
        left = rounded(progress.seconds_left)
        self.left.setText(self.tr("{time} left").format(time=left))


class KeepPage(Page):
    """The voice gets its name and is kept; then it can be heard, or erased and recorded again.

    renewing: a consent alone is kept, to a voice that stays as it is.
    """

    def __init__(self, parent: QWidget, *, renewing: bool) -> None:
        super().__init__(self.tr("Renewal") if renewing else self.tr("The voice"), parent)
        self._renewing = renewing
        self.kept = False
        self.title_edit = QLineEdit(self)
        self.title_edit.setMaxLength(LONGEST_NAME)
        self.title_edit.setAccessibleName(self.tr("Name of the voice"))
        self.label = QLabel(self.tr("&Name of the voice"), self)
        self.label.setBuddy(self.title_edit)
        self.hint = plain_label("", self)
        self.hear = QPushButton(self.tr("&Hear it"), self)
        self.again = QPushButton(self.tr("&Erase it and record again"), self)
        form = QHBoxLayout()
        form.setSpacing(12)
        form.addWidget(self.label)
        form.addWidget(self.title_edit, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.hear)
        buttons.addWidget(self.again)
        buttons.addStretch()
        self.column.addLayout(form)
        self.column.addWidget(self.hint)
        self.column.addLayout(buttons)
        self.column.addStretch()
        self.title_edit.textChanged.connect(self.changed)
        self.show_kept("")

    @property
    def ready(self) -> bool:
        return self._renewing or bool(self.title_edit.text().strip())

    @property
    def first(self) -> QWidget | None:
        if self._renewing:
            return None
        return self.hear if self.kept else self.title_edit

    def lock(self, busy: bool) -> None:
        self.title_edit.setReadOnly(busy)
        for button in (self.hear, self.again):
            button.setEnabled(not busy)

    def show_kept(self, told: str) -> None:
        """Show that all is kept, in the words `told`; "" shows that it is not yet."""
        self.kept = bool(told)
        if self._renewing:
            hint, primary = self.tr("All was heard."), self.tr("Sign the consent")
        else:
            hint = self.tr("All was heard. Once the voice is saved, it can be heard as well.")
            primary = self.tr("Save the voice")
        self.hint.setText(told or hint)
        self.primary = "" if told else primary
        for widget in (self.title_edit, self.label):
            widget.setVisible(not (told or self._renewing))
        for button in (self.hear, self.again):
            button.setVisible(self.kept and not self._renewing)
        self.changed.emit()


def to_read(text: str, parent: QWidget, *, factor: float = 1.0) -> QLabel:
    """Give a label at which Tab stops, so that a screen reader reads it, and again if asked."""
    label = heading(text, factor, parent) if factor > 1 else plain_label(text, parent)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    label.setAccessibleName(text)
    return label
