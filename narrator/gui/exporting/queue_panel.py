"""The queue of exports in the window: what runs, what waits, what became of the others."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QPushButton,
    QSizePolicy,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from narrator.gui.exporting.progress_rows import SHARE, ProgressRows
from narrator.gui.exporting.telling import details_told, result_told, state_told, title_told
from narrator.gui.shared.controls import ScrolledColumn, StatusLine, plain_label
from narrator.gui.shared.flow import FlowLayout
from narrator.gui.shared.row_table import RowTable
from narrator.studio.narrating.queue import Queue, Queued, State

TITLE, STATE, DONE = range(3)


class QueuePanel(QWidget):
    """A list of jobs and what can be done with the one at the cursor.

    Each signal asks for what its name says; with an int, of the job with that id. files_asked: a
    folder is to be shown.
    """

    pause_asked = Signal()
    resume_asked = Signal()
    stop_asked = Signal(int)
    again_asked = Signal(int)
    remove_asked = Signal(int)
    move_asked = Signal(int, int)
    files_asked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._jobs: tuple[Queued, ...] = ()
        headers = (self.tr("Export"), self.tr("State"), self.tr("Done"))
        self.list = RowTable(headers, self, wide=TITLE)
        self.list.setItemDelegate(ProgressRows(self.list, column=DONE))
        self.list.setAccessibleName(self.tr("Exports"))
        stretch = QHeaderView.ResizeMode.Stretch  # or a long state would leave no room for titles
        self.list.header().setSectionResizeMode(STATE, stretch)
        self.details = plain_label("", self)
        self.details.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.details.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pause = QPushButton(self.tr("P&ause"), self)
        self.resume = QPushButton(self.tr("Resu&me"), self)
        self.stop = QPushButton(self.tr("S&top"), self)
        self.again = QPushButton(self.tr("&Go on"), self)
        self.earlier = QPushButton(self.tr("&Up"), self)
        self.later = QPushButton(self.tr("&Down"), self)
        self.remove = QPushButton(self.tr("&Remove"), self)
        self.show_files = QPushButton(self.tr("Show the f&iles"), self)
        self.status = StatusLine(self, told=self.tr("Of the queue: {text}"))
        self._lay_out()
        self._connect()
        self.show_jobs(())

    def show_jobs(self, jobs: tuple[Queued, ...]) -> None:
        """Show how the jobs stand now; the cursor stays at its job, and ends are told once."""
        before = {job.id: job.state for job in self._jobs}
        current = self._current
        same = [job.id for job in self._jobs] == [job.id for job in jobs]
        self._jobs = jobs
        if not same:
            self.list.show_rows([("", "", "") for _ in jobs])
        for row, job in enumerate(jobs):
            self._fill(self.list.topLevelItem(row), job)
        if not same and current:
            rows = [row for row, job in enumerate(jobs) if job.id == current.id]
            self.list.go_to(rows[0] if rows else 0)
        for job in jobs:
            if job.state.is_over and before.get(job.id, job.state) is not job.state:
                tell = self.status.warn if job.state is State.FAILED else self.status.announce
                tell(result_told(job))
        self._refresh()

    def stops(self) -> list[QWidget]:
        """Give the widgets at which Tab stops, in order."""
        return [self.list, self.details, *self._buttons(), self.status.label]

    def _buttons(self) -> list[QPushButton]:
        job = [self.stop, self.again, self.earlier, self.later, self.remove, self.show_files]
        return [self.pause, self.resume, *job]

    def _lay_out(self) -> None:
        buttons = FlowLayout(across=Qt.AlignmentFlag.AlignLeft)
        for button in self._buttons():
            buttons.addWidget(button)
        # It grows with the window; where there is little room, a few rows are enough.
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        below = ScrolledColumn(self)
        below.column.addWidget(self.details)
        below.column.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 2)
        column.addWidget(below, 1)
        column.addLayout(buttons)
        column.addWidget(self.status)

    def _connect(self) -> None:
        self.list.currentItemChanged.connect(lambda *_: self._refresh())
        self.list.itemActivated.connect(lambda *_: self._show_files())
        self.pause.clicked.connect(lambda: self.pause_asked.emit())
        self.resume.clicked.connect(lambda: self.resume_asked.emit())
        self.earlier.clicked.connect(lambda: self._move(-1))
        self.later.clicked.connect(lambda: self._move(1))
        self.show_files.clicked.connect(self._show_files)
        for button, signal in (
            (self.stop, self.stop_asked),
            (self.again, self.again_asked),
            (self.remove, self.remove_asked),
        ):
            button.clicked.connect(partial(self._ask, signal.emit))

    @property
    def _current(self) -> Queued | None:
        row = self.list.row
        return self._jobs[row] if 0 <= row < len(self._jobs) else None

    def _ask(self, emit: Callable[[int], object], _: bool = False) -> None:
        if job := self._current:
            emit(job.id)

    def _move(self, steps: int) -> None:
        if job := self._current:
            self.move_asked.emit(job.id, steps)

    def _show_files(self) -> None:
        if (job := self._current) and job.files:
            self.files_asked.emit(job.files[0].parent)

    def _fill(self, item: QTreeWidgetItem | None, job: Queued) -> None:
        if item is None:
            return
        texts = (title_told(job), state_told(job))
        for column, text in enumerate(texts):
            if item.text(column) != text:
                item.setText(column, text)
        item.setData(DONE, SHARE, job.share)
        item.setToolTip(TITLE, str(job.job.order.folder))
        item.setToolTip(STATE, state_told(job))
        item.setData(TITLE, Qt.ItemDataRole.AccessibleTextRole, ", ".join(texts))

    def _refresh(self) -> None:
        job = self._current
        text = details_told(job) if job else self.tr("Nothing is being exported.")
        if self.details.text() != text:
            self.details.setText(text)
            self.details.setAccessibleName(self.tr("Of this export: {text}").format(text=text))
        states = {job.state for job in self._jobs}
        over = bool(job and job.state.is_over)
        going, held = State.RUNNING in states, State.PAUSED in states
        self.pause.setEnabled(going or (State.WAITING in states and not held))
        self.resume.setEnabled(held or (State.WAITING in states and not going))
        self.stop.setEnabled(bool(job) and not over)
        self.again.setEnabled(bool(job and job.state in (State.FAILED, State.STOPPED)))
        for button in (self.earlier, self.later):
            button.setEnabled(len(self._jobs) > 1)
        self.remove.setEnabled(bool(job))
        self.show_files.setEnabled(bool(job and job.files))


def connect(panel: QueuePanel, queue: Queue, show: Callable[[Path], object]) -> None:
    """Let the buttons of `panel` work `queue`; show: a folder, in the system's program for it."""
    panel.pause_asked.connect(queue.pause)
    panel.resume_asked.connect(queue.resume)
    panel.stop_asked.connect(queue.stop)
    panel.again_asked.connect(queue.again)
    panel.remove_asked.connect(queue.remove)
    panel.move_asked.connect(queue.move)
    panel.files_asked.connect(show)
