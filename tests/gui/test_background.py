"""Work behind the window: where its news arrive, and in what order."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from narrator.gui.shared.background import Bridge, run_in_background
from narrator.gui.shared.wording import minutes, rounded


class Heard:
    """What came of a task, each with the thread on which it was heard."""

    def __init__(self) -> None:
        self.news: list[tuple[object, bool]] = []

    def hear(self, value: object) -> None:
        self.news.append((value, threading.current_thread() is threading.main_thread()))


def test_progress_and_result_arrive_in_order_on_the_thread_of_the_window(qtbot: QtBot) -> None:
    heard, bridge = Heard(), Bridge()
    away: list[bool] = []

    def task(tell: object) -> str:
        away.append(threading.current_thread() is not threading.main_thread())
        tell(1)
        tell(2)
        return "done"

    run_in_background(bridge, task, on_done=heard.hear, on_error=heard.hear, on_progress=heard.hear)
    qtbot.waitUntil(lambda: len(heard.news) == 3)
    assert away == [True]
    assert heard.news == [(1, True), (2, True), ("done", True)]


def test_an_error_is_handed_over_and_not_lost(qtbot: QtBot) -> None:
    heard, bridge = Heard(), Bridge()
    run_in_background(bridge, lambda _: 1 / 0, on_done=heard.hear, on_error=heard.hear)
    qtbot.waitUntil(lambda: bool(heard.news))
    assert isinstance(heard.news[0][0], ZeroDivisionError)


def test_of_abandoned_work_nothing_is_heard(qtbot: QtBot) -> None:
    heard, bridge, go = Heard(), Bridge(), threading.Event()
    work = run_in_background(bridge, lambda _: go.wait(5), on_done=heard.hear, on_error=heard.hear)
    work.abandon()
    go.set()
    qtbot.wait(30)
    assert heard.news == []


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "less than a minute"),
        (60, "about 1 minute"),
        (3_569, "about 59 minutes"),
        (3_599, "about 1 hour"),
        (3_661, "about 1 hour 1 minute"),
        (36_000, "about 10 hours"),
    ],
)
def test_time_is_rounded_as_people_say_it(seconds: float, said: str) -> None:
    assert rounded(seconds) == said
    assert minutes(seconds).endswith(" min")
