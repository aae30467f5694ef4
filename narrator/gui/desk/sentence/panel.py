"""The column beside the text: all that decides how the selected sentences are said."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QMargins, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QStyle, QVBoxLayout, QWidget

from narrator.gui.desk.sentence.casting import Casting
from narrator.gui.desk.sentence.selection import Mixed, Selection, retaken
from narrator.gui.desk.sentence.spoken_text import SpokenText
from narrator.gui.desk.sentence.takes_list import TakesList
from narrator.gui.desk.sentence.value_row import Scale, ValueRow
from narrator.gui.shared.controls import ScrolledColumn, heading, plain_label
from narrator.gui.shared.wording import counted
from narrator.project.model import Sentence, Take
from narrator.speech import Prosody

LONGEST_PAUSE = 20.0  # seconds: more is a chapter of silence

Number = float | Mixed | None


class SentencePanel(QWidget):
    """Shows the selected sentences; each signal is one change by the user, one step to undo.

    takes_changed: tuple of TakeChange, for voice and prosody. character_changed: ids, name, which
    may be new. pause_changed: ids, seconds or None. included_changed: ids, bool. text_changed: id,
    words. take_again, reset: ids. take_chosen: ids, index. compare: id, first and second index.
    """

    takes_changed = Signal(tuple)
    character_changed = Signal(tuple, str)
    pause_changed = Signal(tuple, object)
    included_changed = Signal(tuple, bool)
    text_changed = Signal(int, str)
    take_again = Signal(tuple)
    take_chosen = Signal(tuple, int)
    compare = Signal(int, int, int)
    reset = Signal(tuple)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._selection: Selection | None = None
        self._showing = 0
        self.title = heading("", 1.0, self)
        self.scrolled = ScrolledColumn(self)
        self.casting = Casting(self)
        tr = self.tr
        self.speed = ValueRow(tr("Speed"), Scale(0.5, 2.0, 0.05, 1.0, 2, tr(" ×")), self)
        self.pitch = ValueRow(tr("Pitch"), Scale(-12, 12, 0.5, 0, 1, tr(" semitones")), self)
        self.energy = ValueRow(tr("Energy"), Scale(-12, 12, 0.5, 0, 1, tr(" dB")), self)
        self.liveliness = ValueRow(tr("Liveliness"), Scale(0, 2, 0.05, 1, 2, tr(" ×")), self)
        pause = Scale(0, LONGEST_PAUSE, 0.1, 0.5, 2, tr(" s"))
        self.pause = ValueRow(tr("Pause after"), pause, self, blank=tr("by the rules"))
        self.included = QCheckBox(tr("Read aloud"), self)
        self.back = QPushButton(tr("Back to the voice's own"), self)
        self.takes = TakesList(self)
        self.text = SpokenText(self)
        self.spoken_as = plain_label("", self)
        self.pronunciations = plain_label("", self)
        self._fill_column()
        self._connect()
        self.show_selection(None)

    @property
    def rows(self) -> tuple[ValueRow, ...]:
        """The numbers, in the order of the eye."""
        return (self.speed, self.pitch, self.energy, self.liveliness, self.pause)

    def show_selection(self, selection: Selection | None) -> None:
        """Show these sentences; None: none. What the user has in work for others is told first."""
        before = self._selection
        again = before is not None and selection is not None and before.ids == selection.ids
        self._showing += 1
        mine = self._showing
        if not again:
            self.settle()
        if mine != self._showing:
            return  # what was told led to a newer selection, already shown
        self._selection = selection
        self.scrolled.setVisible(selection is not None)
        if selection is None:
            self.title.setText(self.tr("No sentence selected"))
        else:
            self._show(selection, again=again)

    def settle(self) -> None:
        """Tell now what the user has changed and not yet let go of."""
        if self._selection is not None:
            for row in self.rows:
                row.settle()
            if self._selection.only is not None:
                self.text.settle()

    def stops(self) -> list[QWidget]:
        """Give what Tab stops at, as the eye meets it."""
        return [
            self.casting.voice,
            self.casting.character,
            self.casting.new_name,
            *(row.box for row in self.rows),
            self.included,
            self.back,
            *self.takes.stops(),
            self.text.editor,
        ]

    def hideEvent(self, event: QHideEvent) -> None:
        """Lose nothing when the panel goes."""
        self.settle()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        """As wide as the widest row, with its scroll bar."""
        return QSize(self._needed, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Never narrower than the widest row: nothing scrolls sideways."""
        return QSize(self._needed, super().minimumSizeHint().height())

    @property
    def _needed(self) -> int:
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        return self.scrolled.column.minimumSize().width() + bar

    def _show(self, selection: Selection, *, again: bool) -> None:
        number = len(selection.sentences)
        several = counted(number, self.tr("sentence"), self.tr("sentences"))
        self.title.setText(self.tr("Sentence") if number == 1 else several)
        self.casting.show_selection(selection)
        self.speed.show_number(_of(selection, lambda prosody: prosody.speed))
        self.pitch.show_number(_of(selection, lambda prosody: prosody.pitch))
        self.energy.show_number(_of(selection, lambda prosody: prosody.energy))
        self.liveliness.show_number(_of(selection, lambda prosody: prosody.liveliness))
        self.pause.show_number(selection.common(lambda each: each.pause))
        self._show_included(selection.common(lambda each: each.included))
        own = all(each.take.prosody == Prosody() for each in selection.sentences)
        self.back.setEnabled(not own)
        self.takes.show_takes(selection)
        self._show_words(selection, again=again)

    def _show_included(self, included: bool | Mixed) -> None:
        states = {True: Qt.CheckState.Checked, False: Qt.CheckState.Unchecked}
        state = states.get(included is True, Qt.CheckState.Unchecked)
        mixed = isinstance(included, Mixed)
        self.included.setTristate(mixed)
        self.included.setCheckState(Qt.CheckState.PartiallyChecked if mixed else state)

    def _show_words(self, selection: Selection, *, again: bool) -> None:
        sentence = selection.only
        for widget in (self.text, self.spoken_as, self._text_label):
            widget.setVisible(sentence is not None)
        if sentence is not None:
            self.text.show_text(sentence.text, again=again)
        words = self.tr("Spoken as: {words}").format(words=selection.spoken_as)
        self.spoken_as.setText(words)
        self.spoken_as.setVisible(bool(selection.spoken_as) and sentence is not None)
        told = "\n".join(selection.pronunciations)
        self.pronunciations.setText(self.tr("Pronunciations:\n{list}").format(list=told))
        self.pronunciations.setVisible(bool(told))

    def _fill_column(self) -> None:
        column = self.scrolled.column
        column.setContentsMargins(0, 0, 4, 0)  # beside the scroll bar
        self._text_label = QLabel(self.tr("Spoken text"), self)
        self._text_label.setBuddy(self.text.editor)
        takes_label = heading(self.tr("Takes"), 1.0, self)
        for widget in (self.casting, *self.rows, self.included, self.back, takes_label, self.takes):
            column.addWidget(widget)
        for widget in (self._text_label, self.text, self.spoken_as, self.pronunciations):
            column.addWidget(widget)
        column.addStretch()
        for label in (self.spoken_as, self.pronunciations):
            label.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse
                | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(QMargins())
        outer.addWidget(self.title)
        outer.addWidget(self.scrolled, 1)
        outer.setAlignment(self.title, Qt.AlignmentFlag.AlignTop)

    def _connect(self) -> None:
        self.casting.voice_chosen.connect(self._give_voice)
        self.casting.character_chosen.connect(
            lambda name: self.character_changed.emit(self._ids, name)
        )
        self.speed.changed.connect(lambda new: self._bend(lambda old: replace(old, speed=new)))
        self.pitch.changed.connect(lambda new: self._bend(lambda old: replace(old, pitch=new)))
        self.energy.changed.connect(lambda new: self._bend(lambda old: replace(old, energy=new)))
        self.liveliness.changed.connect(
            lambda new: self._bend(lambda old: replace(old, liveliness=new))
        )
        self.pause.changed.connect(self._give_pause)
        self.included.clicked.connect(self._include)
        self.back.clicked.connect(lambda: self.reset.emit(self._ids))
        self.takes.chosen.connect(lambda index: self.take_chosen.emit(self._ids, index))
        self.takes.again.connect(lambda: self.take_again.emit(self._ids))
        self.takes.compared.connect(lambda *both: self.compare.emit(self._ids[0], *both))
        self.text.changed.connect(lambda words: self.text_changed.emit(self._ids[0], words))

    @property
    def _ids(self) -> tuple[int, ...]:
        return self._selection.ids if self._selection else ()

    def _give_voice(self, name: str | None) -> None:
        self._retake(lambda take: replace(take, voice=name))

    def _bend(self, change: Callable[[Prosody], Prosody]) -> None:
        self._retake(lambda take: replace(take, prosody=change(take.prosody)))

    def _retake(self, change: Callable[[Take], Take]) -> None:
        """Tell the new takes; the next change builds on them, even before they are shown."""
        if self._selection is None:
            return
        changes = retaken(self._selection.sentences, change)
        self._assume(lambda each: each.with_take(change(each.take)))
        if changes:
            self.takes_changed.emit(changes)

    def _give_pause(self, seconds: float | None) -> None:
        ids = tuple(each.id for each in self._sentences if each.pause != seconds)
        self._assume(lambda each: replace(each, pause=seconds))
        if ids:
            self.pause_changed.emit(ids, seconds)

    def _include(self) -> None:
        included = self.included.checkState() == Qt.CheckState.Checked
        self._show_included(included)
        self.included_changed.emit(self._ids, included)

    @property
    def _sentences(self) -> tuple[Sentence, ...]:
        return self._selection.sentences if self._selection else ()

    def _assume(self, change: Callable[[Sentence], Sentence]) -> None:
        if self._selection is not None:
            sentences = tuple(change(each) for each in self._selection.sentences)
            self._selection = replace(self._selection, sentences=sentences)


def _of(selection: Selection, of: Callable[[Prosody], float]) -> Number:
    return selection.common(lambda each: of(each.take.prosody))
