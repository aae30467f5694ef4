"""The queue of exports: in order, paused, stopped, gone on with; one failure holds up nobody."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fake_voice import FakeVoice
from test_project_narration import BOOK, manuscript_of

from narrator.book.reader import read_book
from narrator.errors import SentencesFailed, UnknownVoice
from narrator.project.model import Manuscript
from narrator.studio.narrating.narration import Order
from narrator.studio.narrating.queue import Job, Queue, Queued, State, share_of
from narrator.studio.speaking.pace import Progress
from narrator.studio.studio import Studio


class Watched:
    """A queue, and a way to wait for what it tells."""

    def __init__(self, studio: Studio) -> None:
        self.news: list[tuple[Queued, ...]] = []
        self.on_news: Callable[[tuple[Queued, ...]], object] = lambda _: None
        self._told = threading.Condition()
        self.queue = Queue(studio, self._hear)

    def _hear(self, jobs: tuple[Queued, ...]) -> None:
        self.on_news(jobs)
        with self._told:
            self.news.append(jobs)
            self._told.notify_all()

    def wait(self, *states: State) -> tuple[Queued, ...]:
        """Wait until the jobs stand so."""
        with self._told:
            assert self._told.wait_for(
                lambda: tuple(job.state for job in self.queue.jobs) == states, timeout=30
            ), self.queue.jobs
        return self.queue.jobs


@pytest.fixture
def watched(studio: Studio) -> Iterator[Watched]:
    watched = Watched(studio)
    yield watched
    watched.queue.close()


@pytest.fixture
def manuscript(tmp_path: Path) -> Manuscript:
    path = tmp_path / "keeper.md"
    path.write_text(BOOK, "utf-8")
    return manuscript_of(read_book(path))


def job(manuscript: Manuscript, folder: Path, format: str = "srt", **order: str) -> Job:
    return Job(manuscript, Order(folder, "kathleen", formats=(format,), **order))  # type: ignore[arg-type]


DONE, FAILED, STOPPED, PAUSED = State.DONE, State.FAILED, State.STOPPED, State.PAUSED


def test_one_that_fails_does_not_hold_up_the_next(
    watched: Watched, manuscript: Manuscript, tmp_path: Path
) -> None:
    watched.queue.add(job(manuscript, tmp_path / "a", device="cpu", loudness="acx"))
    bad = manuscript_of(read_book(tmp_path / "keeper.md"), voice="nobody")
    watched.queue.add(job(bad, tmp_path / "b"))
    watched.queue.add(job(manuscript, tmp_path / "c"))
    first, second, third = watched.wait(DONE, FAILED, DONE)
    assert isinstance(second.error, UnknownVoice)
    assert not (tmp_path / "b").exists()
    assert [path.name for path in first.files] == ["01 - One.srt", "02 - Two.srt"]
    assert all(path.exists() for path in third.files)
    shares = [jobs[0].share for jobs in watched.news]
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_chapter_that_fails_is_told_and_the_others_are_kept(
    watched: Watched, voice: FakeVoice, manuscript: Manuscript, tmp_path: Path
) -> None:
    voice.broken = ("waited",)
    number = watched.queue.add(job(manuscript, tmp_path / "a"))
    (failed,) = watched.wait(FAILED)
    assert isinstance(failed.error, SentencesFailed)
    assert [path.name for path in failed.files] == ["01 - One.srt"]
    voice.broken = ()
    watched.queue.again(number)
    (done,) = watched.wait(DONE)
    assert [path.name for path in done.files] == ["01 - One.srt", "02 - Two.srt"]


def test_finished_mp3_files_are_held_against_what_shops_ask(
    watched: Watched, manuscript: Manuscript, tmp_path: Path
) -> None:
    one = Manuscript(manuscript.facts, (), (), manuscript.chapters[:1], 2)
    watched.queue.add(job(one, tmp_path / "a", "mp3"))
    (done,) = watched.wait(DONE)
    assert done.report is not None
    assert [file.figures.path for file in done.report.files] == list(done.files)
    assert done.report.target.name == "acx"
    assert State.CHECKING in {jobs[0].state for jobs in watched.news}


def test_a_pause_holds_all_and_resume_goes_on(
    watched: Watched, manuscript: Manuscript, tmp_path: Path
) -> None:
    held = threading.Event()

    def on_news(jobs: tuple[Queued, ...]) -> None:
        if jobs and jobs[0].progress and not held.is_set():
            held.set()
            watched.queue.pause()

    watched.on_news = on_news
    for name in ("a", "b"):
        watched.queue.add(job(manuscript, tmp_path / name))
    watched.wait(PAUSED, State.WAITING)
    assert watched.queue.is_paused
    watched.queue.resume()
    watched.wait(DONE, DONE)


def test_one_is_stopped_and_gone_on_with(
    watched: Watched, voice: FakeVoice, manuscript: Manuscript, tmp_path: Path
) -> None:
    stopped = threading.Event()

    def on_news(jobs: tuple[Queued, ...]) -> None:
        progress = jobs[0].progress if jobs else None
        if progress and progress.chapter == 2 and not stopped.is_set():
            stopped.set()
            watched.queue.stop(jobs[0].id)

    watched.on_news = on_news
    first = watched.queue.add(job(manuscript, tmp_path / "a"))
    watched.wait(STOPPED)
    assert [path.name for path in (tmp_path / "a").glob("*.srt")] == ["01 - One.srt"]
    spoken = len(voice.spoken)
    watched.queue.again(first)
    (done,) = watched.wait(DONE)
    assert len(done.files) == 2
    assert len(voice.spoken) - spoken <= 3


def test_what_is_paused_can_be_stopped_and_what_runs_taken_off(
    watched: Watched, voice: FakeVoice, manuscript: Manuscript, tmp_path: Path
) -> None:
    held = threading.Event()

    def on_news(jobs: tuple[Queued, ...]) -> None:
        if jobs and jobs[0].progress and not held.is_set():
            held.set()
            watched.queue.pause()

    watched.on_news = on_news
    first, second = (watched.queue.add(job(manuscript, tmp_path / name)) for name in ("a", "b"))
    watched.wait(PAUSED, State.WAITING)
    watched.queue.stop(first)
    watched.wait(STOPPED, State.WAITING)
    held.clear()
    watched.queue.remove(first)
    watched.queue.resume()
    watched.wait(PAUSED)
    watched.queue.remove(second)
    watched.queue.add(job(manuscript, tmp_path / "c"))
    watched.queue.resume()
    watched.wait(DONE)
    assert not list((tmp_path / "b").glob("02*"))


def test_what_waits_can_be_moved_taken_off_and_stopped(
    watched: Watched, manuscript: Manuscript, tmp_path: Path
) -> None:
    queue = watched.queue
    queue.pause()
    first, second, third, fourth = (
        queue.add(job(manuscript, tmp_path / name)) for name in ("a", "b", "c", "d")
    )
    soon = queue.add(job(manuscript, tmp_path / "e"), first=True)
    queue.move(third, -2)
    queue.move(first, 9)
    queue.remove(second)
    queue.stop(fourth)
    assert [one.id for one in queue.jobs] == [soon, third, fourth, first]
    queue.resume()
    watched.wait(DONE, DONE, STOPPED, DONE)
    assert not (tmp_path / "b").exists()
    assert not (tmp_path / "d").exists()


def test_the_share_counts_sentences() -> None:
    def at(chapter: int, sentence: int, sentences: int) -> Progress:
        return Progress(chapter, 2, "One", sentence, sentences, None, None)

    assert share_of(at(1, 3, 6), [6, 2]) == 3 / 8
    assert share_of(at(2, 2, 2), [6, 2]) == 1.0
    assert share_of(at(1, 3, 6), [6, 2, 9]) == 1 / 4
