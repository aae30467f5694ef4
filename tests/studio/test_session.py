"""Which sentence a worker is given next, and in which run of the watermark."""

import threading

from narrator.speech import Utterance, VoiceRef
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.board import Board
from narrator.studio.speaking.schedule import Outcome, Task
from narrator.studio.speaking.session import Session

TEXTS = ("one", "two", "three", "four", "five", "six")


def board_of(texts: tuple[str, ...] = TEXTS) -> Board:
    board = Board()
    voice = VoiceRef("kathleen", "")
    sentences = (PlannedSentence(Utterance(text, voice), 0.4) for text in texts)
    board.show([one._replace(id=id) for id, one in enumerate(sentences, start=1)], ())
    for line in board.lines:
        line.key = "0" * 40  # the cache was asked for it
    return board


def session_of(board: Board) -> Session:
    return Session(board, threading.Condition(), lambda _: None, lambda _: None)


def taken(session: Session, *, urgent: bool) -> Task:
    (task,) = session.take(urgent=urgent)
    return task


def test_what_is_wanted_is_left_to_who_asks_for_the_urgent() -> None:
    board = board_of()
    session = session_of(board)
    board.want(5)
    assert board.next(urgent=False) is None
    assert taken(session, urgent=True).sentence.id == 5
    assert board.next(urgent=False) is None  # it has the machine for itself


def test_two_that_are_wanted_are_spoken_side_by_side() -> None:
    board = board_of()
    session = session_of(board)
    board.want(5)
    board.want(3)
    assert taken(session, urgent=True).sentence.id == 3
    assert board.next(urgent=True) is None
    assert taken(session, urgent=False).sentence.id == 5


def test_the_work_goes_on_once_what_was_wanted_is_settled() -> None:
    board = board_of()
    session = session_of(board)
    board.want(5)
    task = taken(session, urgent=True)
    assert board.is_hurried
    session.settle(task, Outcome())
    assert not board.is_hurried
    assert board.next(urgent=True) is None
    assert taken(session, urgent=False).sentence.id == 1


def test_sentences_in_a_row_are_one_run_and_an_urgent_one_waits_for_no_other() -> None:
    board = board_of()
    session = session_of(board)
    first, second = (taken(session, urgent=False) for _ in range(2))
    board.want(3)
    urgent = taken(session, urgent=True)
    board.want(4)
    follower = taken(session, urgent=False)
    assert first.run == second.run
    assert [task.sentence.id for task in (urgent, follower)] == [3, 4]
    assert len({second.run, urgent.run, follower.run}) == 3
