"""The queue of exports: one after the other on a thread of its own, while editing goes on."""

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from narrator.audio.levels import LOUDNESS
from narrator.errors import Cancelled
from narrator.project.model import Manuscript
from narrator.studio.checking.files import Report, check_files
from narrator.studio.narrating.gate import Gate
from narrator.studio.narrating.narration import Order, narrate_manuscript
from narrator.studio.narrating.run import Finished, Listener
from narrator.studio.speaking.pace import Progress
from narrator.studio.studio import Studio

TELL_SECONDS = 0.1  # between two news of progress: cached sentences come by the thousand
CHECKED = (".mp3",)  # what shops and podcasts are given

log = logging.getLogger(__name__)


class State(Enum):
    """Where a job stands; CHECKING: its files are there and are being measured."""

    WAITING = "waiting"
    RUNNING = "running"
    CHECKING = "checking"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def is_over(self) -> bool:
        """Whether nothing more becomes of it by itself."""
        return self in (State.DONE, State.FAILED, State.STOPPED)


@dataclass(frozen=True)
class Job:
    """An export that is asked for, of a project as it stood then."""

    manuscript: Manuscript
    order: Order


@dataclass(frozen=True)
class Queued:
    """A job in the queue, as it stands. id: its own as long as the queue lives.

    share: of its sentences that are done with, 0 to 1. files: what is finished, in that order.
    error: why it failed. report: of the check of its files; None where nothing is asked of them.
    """

    id: int
    job: Job
    state: State = State.WAITING
    progress: Progress | None = None
    share: float = 0.0
    files: tuple[Path, ...] = ()
    error: Exception | None = None
    report: Report | None = None


class Queue:
    """Exports in order; one at a time runs, and one that fails does not hold up the next.

    on_news: told of all jobs, frozen and in order, whenever one has changed; on any thread, and
    never while the queue is locked. Every method may be called from any thread and returns at once.
    """

    def __init__(self, studio: Studio, on_news: Callable[[tuple[Queued, ...]], object]) -> None:
        self._studio = studio
        self._on_news = on_news
        self._changed = threading.Condition()
        self._telling = threading.RLock()
        self._jobs: list[Queued] = []
        self._last_id = 0
        self._stop = threading.Event()
        self._gate = Gate()
        self._closed = False
        self._thread: threading.Thread | None = None

    @property
    def jobs(self) -> tuple[Queued, ...]:
        """All jobs in their order, those that are over as well."""
        with self._changed:
            return tuple(self._jobs)

    @property
    def is_paused(self) -> bool:
        """Whether nothing is spoken until `resume`."""
        return not self._gate.is_open

    def add(self, job: Job, *, first: bool = False) -> int:
        """Put a job at the end, or `first` before all that wait, and give its id."""
        with self._changed:
            self._last_id += 1
            places = [at for at, one in enumerate(self._jobs) if one.state is State.WAITING]
            at = places[0] if first and places else len(self._jobs)
            self._jobs.insert(at, Queued(self._last_id, job))
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="exports", daemon=True)
                self._thread.start()
            self._changed.notify_all()
            added = self._last_id
        self._tell()
        return added

    def pause(self) -> None:
        """Hold the job at hand after its sentence, and begin no other."""
        self._gate.close()
        self._turn(State.RUNNING, State.PAUSED)

    def resume(self) -> None:
        """Go on where `pause` held."""
        self._gate.open()
        self._turn(State.PAUSED, State.RUNNING)

    def stop(self, id: int) -> None:
        """End a job; what it has finished stays, and `again` goes on there."""
        with self._changed:
            job = self._find(id)
            if job and job.state is State.WAITING:
                self._put(replace(job, state=State.STOPPED))
            elif job and not job.state.is_over:
                self._stop.set()
        self._tell()

    def again(self, id: int) -> None:
        """Have a job that is over wait once more, behind all others; finished files are kept."""
        with self._changed:
            job = self._find(id)
            if job and job.state.is_over:
                self._jobs.remove(job)
                self._jobs.append(Queued(job.id, job.job))
                self._changed.notify_all()
        self._tell()

    def remove(self, id: int) -> None:
        """Take a job off the list; one that runs is stopped first. Its files stay."""
        with self._changed:
            job = self._find(id)
            if job and not job.state.is_over and job.state is not State.WAITING:
                self._stop.set()
            self._jobs = [one for one in self._jobs if one.id != id]
        self._tell()

    def move(self, id: int, steps: int) -> None:
        """Put a job as many places later, or earlier when `steps` is negative."""
        with self._changed:
            job = self._find(id)
            if job:
                at = self._jobs.index(job)
                self._jobs.remove(job)
                self._jobs.insert(max(0, at + steps), job)
        self._tell()

    def close(self) -> None:
        """Stop what runs and begin nothing more; for the end of the program."""
        with self._changed:
            self._closed = True
            self._stop.set()
            self._changed.notify_all()

    def _run(self) -> None:
        while (job := self._next()) is not None:
            self._tell()
            try:
                self._export(job)
            except Cancelled:
                self._settle(job.id, State.STOPPED)
            except Exception as error:  # broad on purpose: the next job does not depend on it
                log.warning("an export failed: %s", type(error).__name__, exc_info=error)
                self._settle(job.id, State.FAILED, error)

    def _next(self) -> Queued | None:
        """Wait for a job and give it as running; None at the end of the program."""
        with self._changed:
            while not self._closed:
                waiting = (one for one in self._jobs if one.state is State.WAITING)
                if self._gate.is_open and (job := next(waiting, None)):
                    self._stop = threading.Event()
                    self._put(replace(job, state=State.RUNNING))
                    return job
                self._changed.wait()
            return None

    def _export(self, job: Queued) -> None:
        lengths = [len(sentences) for _, sentences in job.job.manuscript.chapters]
        told = 0.0

        def on_progress(progress: Progress) -> None:
            nonlocal told
            now = time.monotonic()
            if now - told >= TELL_SECONDS or progress.sentence in (1, progress.sentences):
                told = now
                self._change(job.id, progress=progress, share=share_of(progress, lengths))

        def on_finished(finished: Finished) -> None:
            known = self._find_files(job.id)
            self._change(job.id, files=(*known, *finished.paths))

        stop, gate = self._stop, self._gate
        listener = Listener(on_progress, on_finished)
        result = narrate_manuscript(
            job.job.manuscript, job.job.order, self._studio, listener, stop, gate
        )
        if result.missing:
            raise Cancelled
        self._check(job, stop)
        if result.failed:
            self._settle(job.id, State.FAILED, result.failed[0])
        else:
            self._settle(job.id, State.DONE)

    def _check(self, job: Queued, stop: threading.Event) -> None:
        target = LOUDNESS[job.job.order.loudness].target
        files = [path for path in self._find_files(job.id) if path.suffix in CHECKED]
        if target is None or not files:
            return
        self._change(job.id, state=State.CHECKING, share=1.0)

        def on_file(_: object) -> None:
            if stop.is_set():
                raise Cancelled

        report = check_files(files, target, self._studio, on_file=on_file)
        self._change(job.id, report=report)

    def _settle(self, id: int, state: State, error: Exception | None = None) -> None:
        share = {"share": 1.0} if state is State.DONE else {}
        self._change(id, state=state, error=error, progress=None, **share)

    def _turn(self, before: State, after: State) -> None:
        with self._changed:
            for job in self._jobs:
                if job.state is before:
                    self._put(replace(job, state=after))
            self._changed.notify_all()
        self._tell()

    def _change(self, id: int, **changes: object) -> None:
        with self._changed:
            job = self._find(id)
            if job:
                self._put(replace(job, **changes))  # type: ignore[arg-type]
        self._tell()

    def _find(self, id: int) -> Queued | None:
        return next((job for job in self._jobs if job.id == id), None)

    def _find_files(self, id: int) -> tuple[Path, ...]:
        with self._changed:
            job = self._find(id)
            return job.files if job else ()

    def _put(self, job: Queued) -> None:
        """Put a job in place of what it was."""
        self._jobs = [job if one.id == job.id else one for one in self._jobs]

    def _tell(self) -> None:
        """Tell of all jobs; one after the other, so that no older news overtake newer ones."""
        with self._telling:
            self._on_news(self.jobs)


def share_of(progress: Progress, lengths: Sequence[int]) -> float:
    """Give which part is done with. lengths: the sentences of each chapter that was asked for.

    Where some chapters were there already, those left count alike.
    """
    if len(lengths) != progress.chapters or not all(lengths):
        lengths = [1] * progress.chapters
    before = sum(lengths[: progress.chapter - 1])
    here = lengths[progress.chapter - 1] * progress.sentence / progress.sentences
    return min(1.0, (before + here) / sum(lengths))
