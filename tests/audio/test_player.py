"""The player on a sound card of the test's own, whose time passes when somebody writes to it."""

import threading
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from marked import spoken

from narrator.audio.cut import from_second, pieces
from narrator.audio.player import Part, Player, Spot
from narrator.audio.watermark.marked import MarkedAudio, derive
from narrator.errors import NoOutputDevice

RATE = 24_000
EXACT = 0.02  # seconds
SOON = 10.0


class Card:
    """A sound card with a buffer: a write waits until its block fits in.

    gate: how many writes it takes before it waits for the test. lost: fails at each write.
    """

    latency = 0.2

    def __init__(self) -> None:
        self.now = 100.0
        self.opened = 0
        self.closed = 0
        self.lost = False
        self.missing = False
        self.gate = threading.Semaphore(1_000_000)
        self.heard: list[MarkedAudio] = []
        self.dropped = 0
        self.finished = 0
        self._empty_at = 0.0
        self.written = threading.Semaphore(0)

    def open(self) -> "Card":
        if self.missing:
            raise NoOutputDevice("none")
        self.opened += 1
        return self

    def clock(self) -> float:
        return self.now

    def write(self, block: MarkedAudio) -> None:
        self.gate.acquire()
        if self.lost:
            raise NoOutputDevice("pulled out")
        self._empty_at = max(self._empty_at, self.now) + block.seconds
        self.now = max(self.now, self._empty_at - self.latency)
        self.heard.append(block)
        self.written.release()

    def finish(self) -> None:
        self.finished += 1
        self.now = max(self.now, self._empty_at)

    def drop(self) -> None:
        self.dropped += 1

    def close(self) -> None:
        self.closed += 1

    @property
    def seconds_heard(self) -> float:
        """What truly sounds now."""
        written = sum(block.seconds for block in self.heard)
        return written - max(0.0, self._empty_at - self.now)

    def hold_after(self, writes: int) -> None:
        self.gate = threading.Semaphore(writes)

    def until_written(self, writes: int) -> None:
        for _ in range(writes):
            assert self.written.acquire(timeout=SOON)


class Told:
    def __init__(self) -> None:
        self.ends = 0
        self.errors: list[Exception] = []
        self._more = threading.Semaphore(0)

    def end(self) -> None:
        self.ends += 1
        self._more.release()

    def error(self, error: Exception) -> None:
        self.errors.append(error)
        self._more.release()

    def wait(self) -> None:
        assert self._more.acquire(timeout=SOON)


@pytest.fixture
def card() -> Card:
    return Card()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def player(card: Card, told: Told) -> Iterator[Player]:
    made = Player(on_end=told.end, on_error=told.error, open_output=card.open, clock=card.clock)
    yield made
    card.gate.release(1000)
    made.close()


def sentences(*seconds: float) -> Callable[[threading.Event], Iterator[Part]]:
    """Sentences 1, 2, ... of these lengths."""
    sound = spoken(1.0)
    blocks = [derive(sound, np.resize(sound.samples, round(RATE * one))) for one in seconds]

    def parts(stop: threading.Event) -> Iterator[Part]:
        yield from (Part(number, 0.0, [block]) for number, block in enumerate(blocks, start=1))

    return parts


def test_sentences_are_played_to_their_end_which_is_told(
    player: Player, card: Card, told: Told
) -> None:
    player.play(sentences(0.5, 0.3))
    told.wait()
    assert (told.ends, told.errors, card.finished, card.opened) == (1, [], 1, 1)
    assert sum(block.seconds for block in card.heard) == pytest.approx(0.8)
    assert max(block.seconds for block in card.heard) <= 0.05
    assert player.position is None


def test_the_position_is_what_is_heard_and_not_what_was_written(player: Player, card: Card) -> None:
    lengths = (0.52, 0.31, 0.7)
    for writes in (1, 3, 8, 14, 25):
        card.heard.clear()
        card.written = threading.Semaphore(0)
        card.now += 10
        card.hold_after(writes)
        player.play(sentences(*lengths))
        card.until_written(writes)
        heard = card.seconds_heard
        number = 1
        while heard > lengths[number - 1]:
            heard -= lengths[number - 1]
            number += 1
        assert_at(player, Spot(number, heard))
        player.stop()
        card.gate.release(1)


def assert_at(player: Player, spot: Spot) -> None:
    """The last write may not be counted yet when the card has it."""
    until = threading.Event()
    for _ in range(200):
        now = player.position
        if now and now.id == spot.id and abs(now.seconds - spot.seconds) <= EXACT:
            return
        until.wait(0.005)
    assert player.position == spot


def test_time_goes_on_while_the_buffer_empties(player: Player, card: Card) -> None:
    card.hold_after(8)
    player.play(sentences(2.0))
    card.until_written(8)
    assert_at(player, Spot(1, 0.2))
    card.now += 0.1
    assert_at(player, Spot(1, 0.3))
    card.now += 5.0
    assert_at(player, Spot(1, 0.4))


def test_a_part_that_begins_within_its_sentence_tells_where(player: Player, card: Card) -> None:
    card.hold_after(6)
    sound = spoken(1.0)
    player.play(lambda stop: iter([Part(7, 3.25, [sound])]))
    card.until_written(6)
    assert_at(player, Spot(7, 3.35))


def test_a_pause_is_silent_at_once_and_a_resume_goes_on(
    player: Player, card: Card, told: Told
) -> None:
    card.hold_after(5)
    player.play(sentences(1.0))
    card.until_written(5)
    player.pause()
    card.gate.release(1000)
    assert not card.written.acquire(timeout=0.1) or not card.written.acquire(timeout=0.1)
    card.now += 60
    assert_at(player, Spot(1, sum(block.seconds for block in card.heard)))
    player.resume()
    told.wait()
    assert sum(block.seconds for block in card.heard) == pytest.approx(1.0)


def test_a_seek_drops_what_is_not_heard_yet(player: Player, card: Card, told: Told) -> None:
    card.hold_after(3)
    player.play(sentences(5.0))
    card.until_written(3)
    player.play(lambda stop: iter([Part(9, 0.0, [spoken(1.0)])]))
    card.gate.release(1000)
    told.wait()
    assert card.dropped == 1
    assert (told.ends, card.opened) == (1, 1)
    assert sum(block.seconds for block in card.heard) <= 1.0 + 5 * 0.05


def test_a_stop_lets_go_of_who_waits_for_a_sentence(player: Player, told: Told) -> None:
    begun, left = threading.Event(), threading.Event()

    def parts(stop: threading.Event) -> Iterator[Part]:
        begun.set()
        assert stop.wait(SOON)
        left.set()
        yield from ()

    player.play(parts)
    assert begun.wait(SOON)
    player.stop()
    assert left.wait(SOON)
    assert player.position is None
    assert (told.ends, told.errors) == (0, [])


def test_the_tempo_changes_what_is_heard_and_not_where_it_is(
    player: Player, card: Card, told: Told
) -> None:
    player.set_tempo(2.0)
    card.hold_after(20)
    player.play(sentences(1.0, 2.0))
    card.until_written(20)
    heard = card.seconds_heard
    number, seconds = (1, heard * 2) if heard < 0.5 else (2, heard * 2 - 1.0)
    assert_at(player, Spot(number, seconds))
    card.gate.release(1000)
    told.wait()
    assert sum(block.seconds for block in card.heard) == pytest.approx(1.5, rel=0.02)


def test_the_tempo_may_change_while_it_sounds(player: Player, card: Card, told: Told) -> None:
    card.hold_after(20)
    player.play(sentences(4.0))
    card.until_written(20)
    player.set_tempo(0.5)
    card.gate.release(1000)
    told.wait()
    whole = sum(block.seconds for block in card.heard)
    assert whole == pytest.approx(1.0 + 3.0 / 0.5, abs=0.3)
    with pytest.raises(ValueError, match="tempo"):
        player.set_tempo(4.0)


def test_a_prepared_output_is_open_before_the_first_play(
    player: Player, card: Card, told: Told
) -> None:
    player.prepare()
    for _ in range(100):
        if card.opened:
            break
        threading.Event().wait(0.01)
    assert card.opened == 1
    player.play(sentences(0.2))
    told.wait()
    assert (card.opened, told.ends) == (1, 1)


def test_a_device_that_is_pulled_out_is_told_once_and_tried_again(
    player: Player, card: Card, told: Told
) -> None:
    card.lost = True
    player.play(sentences(1.0, 1.0))
    told.wait()
    assert [type(error) for error in told.errors] == [NoOutputDevice]
    assert (player.position, card.closed, told.ends) == (None, 1, 0)
    card.lost = False
    player.play(sentences(0.2))
    told.wait()
    assert (card.opened, told.ends, len(told.errors)) == (2, 1, 1)


def test_a_machine_without_sound_is_told_when_it_is_to_play_and_not_before(
    player: Player, card: Card, told: Told
) -> None:
    card.missing = True
    player.prepare()
    player.play(sentences(0.2))
    told.wait()
    assert [type(error) for error in told.errors] == [NoOutputDevice]


def test_what_the_parts_raise_is_told(player: Player, told: Told) -> None:
    def parts(stop: threading.Event) -> Iterator[Part]:
        yield Part(1, 0.0, [spoken(0.2)])
        raise ZeroDivisionError

    player.play(parts)
    told.wait()
    assert [type(error) for error in told.errors] == [ZeroDivisionError]


@pytest.mark.parametrize("sound", [np.zeros(2400, dtype=np.float32), b"RIFF", None])
def test_only_marked_sound_is_played(player: Player, card: Card, told: Told, sound: object) -> None:
    player.play(lambda stop: iter([Part(1, 0.0, [sound])]))  # type: ignore[list-item]
    told.wait()
    assert [type(error) for error in told.errors] == [TypeError]
    assert not card.heard


def test_sound_is_cut_without_a_loss() -> None:
    sound = spoken(1.0)
    assert np.array_equal(np.concatenate([p.samples for p in pieces(sound)]), sound.samples)
    for seconds in (0.0, 0.3, 1.0, 1.25):
        (*rest,) = from_second([sound, sound], seconds)
        joined = np.concatenate([block.samples for block in rest])
        whole = np.concatenate([sound.samples, sound.samples])[round(seconds * RATE) :]
        assert len(joined) == len(whole)
        assert np.array_equal(joined[120:], whole[120:])
    assert list(from_second([sound], 2.0)) == []
