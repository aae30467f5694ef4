"""The buttons of reader's mode: large ones for the transport, one with the sleep timer's menu."""

from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from narrator.gui.reader.sleep_timer import MINUTES, SleepTimer
from narrator.gui.shared.wording import counted

LARGER = 1.35  # the transport's type, of the window's
MINUTE = 60


class BigButton(QPushButton):
    """The large face of an action; it follows its text, as from Play to Pause."""

    def __init__(self, action: QAction, parent: QWidget) -> None:
        super().__init__(parent)
        self._action = action
        font = self.font()
        if font.pointSizeF() > 0:
            font.setPointSizeF(font.pointSizeF() * LARGER)
        self.setFont(font)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        self.setAutoDefault(True)
        self.clicked.connect(action.trigger)
        action.changed.connect(self._follow)
        self._follow()

    def _follow(self) -> None:
        action = self._action
        self.setText(f"  {action.text()}  ")
        self.setAccessibleName(action.text().replace("&", ""))
        self.setToolTip(action.toolTip())
        self.setIcon(action.icon())
        self.setEnabled(action.isEnabled())
        self.setMinimumHeight(self.fontMetrics().height() * 5 // 2)


class SleepButton(QPushButton):
    """Offers the times of the sleep timer and shows what is left."""

    def __init__(self, timer: SleepTimer, parent: QWidget) -> None:
        super().__init__(parent)
        self._timer = timer
        self.choices = QMenu(self)
        self._group = QActionGroup(self)
        self._off = self._choice(self.tr("Off"), timer.stop)
        for number in MINUTES:
            text = counted(number, self.tr("minute"), self.tr("minutes"))
            self._choice(text, partial(timer.start, number))
        self._choice(self.tr("At the end of the chapter"), timer.wait_for_chapter)
        self.setMenu(self.choices)
        timer.changed.connect(self._show)
        self._show()

    def _choice(self, text: str, chosen: object) -> QAction:
        action = self._group.addAction(self.choices.addAction(text))
        action.setCheckable(True)
        action.triggered.connect(chosen)
        return action

    def _show(self) -> None:
        left = self._timer.seconds_left
        if self._timer.at_chapter_end:
            text = self.tr("Sleep after the chapter")
        elif left is None:
            text = self.tr("Sleep timer")
            self._off.setChecked(True)
        elif left < MINUTE:
            text = self.tr("Sleep in less than a minute")
        else:
            text = self.tr("Sleep in {minutes} min").format(minutes=round(left / MINUTE))
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
