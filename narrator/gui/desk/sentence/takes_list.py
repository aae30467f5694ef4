"""The takes of the selected sentences: which counts, what differs, another one, a comparison."""

from PySide6.QtCore import QCoreApplication, QMargins, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.desk.prosody.told import semitones_told, signed
from narrator.gui.desk.sentence.selection import Mixed, Selection
from narrator.gui.shared.controls import plain_label
from narrator.project.model import Sentence, Take


class TakesList(QWidget):
    """Shows the takes, numbered as the keys 1 to 9 choose them.

    chosen: an index. again: another take is asked for. compared: two indices, to be heard in turn.
    """

    chosen = Signal(int)
    again = Signal()
    compared = Signal(int, int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.buttons: list[QRadioButton] = []
        self._labels: list[QLabel] = []
        self._id: int | None = None
        self._current = self._before = 0
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._make(1)  # a sentence has one take at least: here stands its place in the order of Tab
        self.again_button = QPushButton(self.tr("Take again"), self)
        self.again_button.setToolTip(self.tr("Have it read once more, a little different (R)"))
        self.again_button.clicked.connect(self.again)
        self.compare_button = QPushButton(self.tr("Compare"), self)
        self.compare_button.clicked.connect(self._compare)
        column = QVBoxLayout(self)
        column.setContentsMargins(QMargins())
        column.addLayout(self._grid)
        column.addWidget(self.again_button)
        column.addWidget(self.compare_button)

    def show_takes(self, selection: Selection) -> None:
        """Show the takes of one sentence, or as many as all the selected ones have."""
        sentence = selection.only
        self._make(min(len(each.takes) for each in selection.sentences))
        chosen = selection.common(lambda each: each.chosen)
        self._check(None if isinstance(chosen, Mixed) else chosen)
        for index, button in enumerate(self.buttons):
            told = take_told(sentence.takes[index], selection) if sentence else ""
            self._labels[index].setText(told)
            number = self.tr("Take {number}").format(number=index + 1)
            button.setAccessibleName(f"{number}: {told}" if told else number)
        self._remember(sentence)
        self._offer_compare(len(sentence.takes) if sentence else 0)

    def stops(self) -> list[QWidget]:
        """Give what Tab stops at, as the eye meets it."""
        return [*self.buttons, self.again_button, self.compare_button]

    def _make(self, number: int) -> None:
        """Have as many rows as there are takes; those that stay keep the focus."""
        while len(self.buttons) > number:
            for widget in (self.buttons.pop(), self._labels.pop()):
                widget.hide()
                widget.deleteLater()
        while len(self.buttons) < number:
            index = len(self.buttons)
            button, label = QRadioButton(str(index + 1), self), plain_label("", self)
            self._group.addButton(button, index)
            self._grid.addWidget(button, index, 0)
            self._grid.addWidget(label, index, 1)
            if index:
                QWidget.setTabOrder(self.buttons[index - 1], button)
            self.buttons.append(button)
            self._labels.append(label)

    def _remember(self, sentence: Sentence | None) -> None:
        """Keep which take counted before this one, or take its neighbour for it."""
        if sentence is None:
            self._id = None
            return
        if sentence.id != self._id:
            self._before = sentence.chosen
        elif sentence.chosen != self._current:
            self._before = self._current
        self._id, self._current = sentence.id, sentence.chosen
        if self._before == self._current or self._before >= len(sentence.takes):
            self._before = self._current - 1 if self._current else 1

    def _check(self, index: int | None) -> None:
        self._group.setExclusive(False)  # or the last one that is checked could not be cleared
        for number, button in enumerate(self.buttons):
            button.setChecked(number == index)
        self._group.setExclusive(True)

    def _offer_compare(self, takes: int) -> None:
        can = takes > 1
        self.compare_button.setEnabled(can)
        both = self.tr("Hear take {before}, then take {chosen}").format(
            before=self._before + 1, chosen=self._current + 1
        )
        self.compare_button.setToolTip(
            both if can else self.tr("Needs one sentence with two takes")
        )
        self.compare_button.setAccessibleDescription(self.compare_button.toolTip())

    def _compare(self) -> None:
        self.compared.emit(self._before, self._current)


def take_told(take: Take, selection: Selection) -> str:
    """Give what is special about a take, as in "Anna, 1.2 ×, 2 semitones up"."""
    titles = dict(selection.voices)
    prosody = take.prosody
    parts = [
        titles.get(take.voice, take.voice) if take.voice else "",
        f"{prosody.speed:g} ×" if prosody.speed != 1 else "",
        semitones_told(prosody.pitch),
        f"{signed(prosody.energy)} dB" if prosody.energy else "",
        _tr("liveliness {number}").format(number=f"{prosody.liveliness:g}")
        if prosody.liveliness != 1
        else "",
        _tr("bent by hand") if prosody.bends else "",
        _tr("reading {number}").format(number=take.reading + 1) if take.reading else "",
    ]
    return ", ".join(part for part in parts if part) or _tr("as the voice reads it")


def _tr(text: str) -> str:
    return QCoreApplication.translate("takes_list", text)
