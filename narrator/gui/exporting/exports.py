"""The queue of exports as the window has it: its news arrive on the thread of the window."""

from PySide6.QtCore import QObject, Signal

from narrator.gui.shared.background import Bridge, Work
from narrator.studio.narrating.queue import Queue, Queued
from narrator.studio.studio import Studio


class Exports(QObject):
    """A queue; `changed` tells all its jobs, a tuple of `Queued`, whenever one has changed."""

    changed = Signal(object)

    def __init__(self, studio: Studio, parent: QObject) -> None:
        super().__init__(parent)
        self._bridge = Bridge()
        self._work = Work()
        self.queue = Queue(studio, self._hear)

    @property
    def busy(self) -> bool:
        """Whether something is being written, or waits to be."""
        return any(not job.state.is_over for job in self.queue.jobs)

    def close(self) -> None:
        """Stop what runs, and hear no more of it; finished files stay."""
        self._work.abandon()
        self.queue.close()

    def _hear(self, jobs: tuple[Queued, ...]) -> None:
        self._bridge.carry(self._work, self.changed.emit, jobs)
