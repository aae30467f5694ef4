"""A chapter spoken while somebody edits and plays it: order, edits, failures, halts."""

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from fake_voice import FakeVoice, build_studio
from own_speaker import own_voice

from narrator.audio.segment import Outline, Segment
from narrator.errors import DiskFull, ModelMissing, VoiceError
from narrator.speech import Prosody, Speech, SynthesisRequest, Utterance, VoiceRef
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.board import State
from narrator.studio.speaking.cache import Cache
from narrator.studio.speaking.live import Live
from narrator.studio.speaking.news import Failed, Found, Halted, News, Prepared, Ready, Speaking
from narrator.studio.speaking.worker import BESIDE_EXPRESS
from narrator.studio.studio import Studio

NEVER = threading.Event()
TENS = ("twenty", "thirty", "forty", "fifty")
ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
TEXTS = [*ONES, *(f"{ten} {one}" for ten in TENS for one in ONES)]
SOON = 10.0  # seconds; a test that waits longer than this has failed


class HeldVoice(FakeVoice):
    """Waits before each sentence, or before these alone, until it is let go."""

    def __init__(self, *held_at: str) -> None:
        super().__init__()
        self.held_at = held_at
        self.free = threading.Event()
        self.begun = threading.Semaphore(0)

    def speak(self, request: SynthesisRequest) -> Speech:
        self.begun.release()
        if not self.held_at or " ".join(request.phonemes.words) in self.held_at:
            assert self.free.wait(SOON)
        return super().speak(request)


class FullDisk(Cache):
    """A cache on a disk that is full for as long as it is said to be."""

    full = True

    def put(self, key: str, segment: Segment) -> Segment:
        if self.full:
            raise DiskFull(Path("segments"))
        return super().put(key, segment)


class SlowDisk(Cache):
    """A cache that answers when it is let go."""

    def __init__(self, folder: Path, *, key: bytes, quota_bytes: int) -> None:
        super().__init__(folder, key=key, quota_bytes=quota_bytes)
        self.asked = threading.Semaphore(0)
        self.free = threading.Event()

    def outline(self, key: str) -> Outline | None:
        self.asked.release()
        assert self.free.wait(SOON)
        return super().outline(key)


class StuckDisk(Cache):
    """A cache that keeps its first segment when it is let go, and all others at once."""

    def __init__(self, folder: Path, *, key: bytes, quota_bytes: int) -> None:
        super().__init__(folder, key=key, quota_bytes=quota_bytes)
        self.stuck = threading.Event()
        self.free = threading.Event()

    def put(self, key: str, segment: Segment) -> Segment:
        if not self.stuck.is_set():
            self.stuck.set()
            assert self.free.wait(SOON)
        return super().put(key, segment)


class LosingDisk(Cache):
    """A cache that loses whatever it is given."""

    def put(self, key: str, segment: Segment) -> Segment:
        kept = super().put(key, segment)
        self.empty()
        return kept


class Heard:
    """The news, in their order."""

    def __init__(self) -> None:
        self.news: list[News] = []
        self._more = threading.Condition()

    def __call__(self, news: News) -> None:
        with self._more:
            self.news.append(news)
            self._more.notify_all()

    def until(self, reached: Callable[[], bool]) -> None:
        with self._more:
            assert self._more.wait_for(reached, SOON), self.news

    def of(self, kind: type[News]) -> list[News]:
        return [one for one in self.news if isinstance(one, kind)]


class Desk:
    """A live chapter with what is told of it."""

    def __init__(self, studio: Studio, cache: Cache | None = None) -> None:
        self.studio = studio
        self.heard = Heard()
        self.live = Live(lambda: studio.voicing("cpu"), cache or studio.cache, self.heard)
        self.voice = studio.voices.get("kathleen").ref

    def script(self, texts: list[str], voice: VoiceRef | None = None) -> list[PlannedSentence]:
        return [
            PlannedSentence(Utterance(text, voice or self.voice), 0.4, text, number)
            for number, text in enumerate(texts, start=1)
        ]

    def until_settled(self) -> None:
        done = {State.READY, State.FAILED, State.SILENT}
        self.heard.until(lambda: set(self.live.states().values()) <= done)

    def order(self) -> list[int]:
        return [one.id for one in self.heard.news if isinstance(one, Speaking)]


@pytest.fixture
def open_desk() -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def open_one(studio: Studio, cache: Cache | None = None) -> Desk:
        desks.append(Desk(studio, cache))
        return desks[-1]

    yield open_one
    for desk in desks:
        desk.live.close()


@pytest.fixture
def desk(studio: Studio, open_desk: Callable[..., Desk]) -> Desk:
    return open_desk(studio)


def test_a_chapter_is_spoken_in_order_and_told(desk: Desk, voice: FakeVoice) -> None:
    desk.live.show(desk.script(TEXTS[:6]))
    desk.until_settled()
    assert desk.order() == [1, 2, 3, 4, 5, 6]
    assert [one.id for one in desk.heard.news if isinstance(one, Ready)] == desk.order()
    assert desk.heard.of(Prepared) == [Prepared()]
    assert desk.live.seconds(1) == pytest.approx(0.2, abs=0.1)
    assert voice.loads == ["cpu"]


def test_a_seek_is_spoken_before_the_rest_and_then_what_was_passed_over(
    tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    voice = HeldVoice()
    desk = open_desk(build_studio(tmp_path, voice))
    desk.live.show(desk.script(TEXTS[:20]))
    for _ in range(BESIDE_EXPRESS):
        assert voice.begun.acquire(timeout=SOON)
    desk.live.seek(15)
    desk.live.want(9)
    voice.free.set()
    desk.until_settled()
    begun = list(range(1, BESIDE_EXPRESS + 1))
    rest = [*range(15, 21), *range(BESIDE_EXPRESS + 1, 15)]
    assert desk.order() == [*begun, 9, *(number for number in rest if number != 9)]


def test_who_waits_for_a_sentence_waits_for_no_other(
    tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    voice = HeldVoice(*TEXTS[:12])
    desk = open_desk(build_studio(tmp_path, voice))
    desk.live.show(desk.script(TEXTS[:20]))
    for _ in range(BESIDE_EXPRESS):
        assert voice.begun.acquire(timeout=SOON)
    assert desk.live.segment(18, NEVER) is not None
    assert voice.spoken == [TEXTS[17]]
    voice.free.set()
    desk.until_settled()


def test_who_waits_for_a_sentence_does_not_wait_until_another_is_kept(
    studio: Studio, open_desk: Callable[..., Desk]
) -> None:
    cache = StuckDisk(studio.folders.cache, key=studio.key, quota_bytes=10**9)
    desk = open_desk(studio, cache)
    desk.live.show(desk.script(TEXTS[:20]))
    assert cache.stuck.wait(SOON)
    assert desk.live.segment(18, NEVER) is not None
    assert desk.live.states()[1] is State.SPEAKING
    cache.free.set()
    desk.until_settled()
    assert set(desk.live.states().values()) == {State.READY}


def test_what_was_spoken_just_now_is_heard_without_a_look_at_the_disk(
    studio: Studio, voice: FakeVoice, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(studio, LosingDisk(studio.folders.cache, key=studio.key, quota_bytes=10**9))
    desk.live.show(desk.script(["one"]))
    assert desk.live.segment(1, NEVER) is not None
    assert desk.live.segment(1, NEVER) is not None
    assert voice.spoken == ["one"]


def test_an_edit_while_speaking_keeps_what_is_unchanged(
    tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    voice = HeldVoice()
    desk = open_desk(build_studio(tmp_path, voice))
    before = desk.script(TEXTS[:5])
    desk.live.show(before)
    for _ in range(BESIDE_EXPRESS):
        assert voice.begun.acquire(timeout=SOON)
    edited = replace(before[0].utterance, text="a hundred")
    after = [before[0]._replace(utterance=edited), *before[1:]]
    desk.live.show(after)
    voice.free.set()
    desk.until_settled()
    assert sorted(voice.spoken) == sorted([*TEXTS[:5], "a hundred"])
    desk.live.show(before)
    desk.until_settled()
    assert len(voice.spoken) == 6
    assert len(desk.heard.of(Found)) == 1


def test_what_says_the_same_is_spoken_once(desk: Desk, voice: FakeVoice) -> None:
    desk.live.show(desk.script(["one", "two", "one"]))
    desk.until_settled()
    assert sorted(voice.spoken) == ["one", "two"]
    assert {one.id for one in desk.heard.of(Ready) if isinstance(one, Ready)} == {1, 2, 3}


def test_a_reopened_chapter_is_found_and_the_engine_stays_unloaded(
    tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    first = open_desk(build_studio(tmp_path, FakeVoice()))
    first.live.show(first.script(TEXTS[:5]))
    first.until_settled()
    voice = FakeVoice()
    again = open_desk(build_studio(tmp_path, voice))
    again.live.show(again.script(TEXTS[:5]))
    again.until_settled()
    assert voice.loads == []
    found = [one.ready for one in again.heard.news if isinstance(one, Found)]
    assert [ready for part in found for ready in part] == [
        one for one in first.heard.news if isinstance(one, Ready)
    ]


def test_who_shows_a_chapter_does_not_wait_for_the_disk(
    studio: Studio, open_desk: Callable[..., Desk]
) -> None:
    cache = SlowDisk(studio.folders.cache, key=studio.key, quota_bytes=10**9)
    desk = open_desk(studio, cache)
    desk.live.show(desk.script(TEXTS))
    assert cache.asked.acquire(timeout=SOON)  # on another thread, which waits now
    desk.live.show(desk.script(TEXTS[:2]))
    assert desk.live.states() == {1: State.WAITING, 2: State.WAITING}
    cache.free.set()


def test_the_player_gets_what_it_asks_for_first_and_gets_it_as_it_is_kept(desk: Desk) -> None:
    desk.live.show(desk.script(TEXTS))
    segment = desk.live.segment(40, NEVER)
    assert segment is not None
    assert desk.order().index(40) <= BESIDE_EXPRESS + 1
    again = desk.live.segment(40, NEVER)
    assert again is not None
    assert np.array_equal(segment.audio.samples, again.audio.samples)


def test_who_waits_for_a_sentence_can_be_stopped(
    tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    desk = open_desk(build_studio(tmp_path, FakeVoice()))
    desk.live.hold()
    desk.live.show(desk.script(["one"]))
    stop = threading.Event()
    threading.Timer(0.05, stop.set).start()
    assert desk.live.segment(1, stop) is None
    assert desk.live.segment(99, NEVER) is None


def test_a_failure_is_told_and_a_retry_speaks_it(desk: Desk, voice: FakeVoice) -> None:
    voice.broken = ("three",)
    desk.live.show(desk.script(TEXTS[:5]))
    desk.until_settled()
    assert [one.id for one in desk.heard.news if isinstance(one, Failed)] == [3]
    assert desk.live.states()[3] is State.FAILED
    assert desk.live.segment(3, NEVER) is None
    voice.broken = ()
    desk.live.retry(3)
    desk.until_settled()
    assert desk.live.states()[3] is State.READY


def test_a_sentence_without_words_is_silent(desk: Desk) -> None:
    desk.live.show(desk.script(["one", "1", "two"]))
    desk.until_settled()
    assert list(desk.live.states().values()) == [State.READY, State.SILENT, State.READY]
    assert desk.live.segment(2, NEVER) is None


def test_a_voice_withdrawn_while_in_use_halts_and_the_others_go_on(desk: Desk) -> None:
    own = own_voice(desk.studio)
    said = desk.script(TEXTS[:4], own)
    desk.live.show(said)
    desk.until_settled()
    desk.studio.voices.revoke(own.name, purge=lambda _: None)
    with pytest.raises(VoiceError):
        desk.live.segment(1, NEVER)
    desk.heard.until(lambda: bool(desk.heard.of(Halted)))
    assert desk.live.states()[2] is State.READY
    desk.live.show(desk.script(TEXTS[:4]))
    desk.live.resume()
    desk.until_settled()
    assert set(desk.live.states().values()) == {State.READY}


def test_nothing_is_spoken_in_a_withdrawn_voice(desk: Desk, voice: FakeVoice) -> None:
    own = own_voice(desk.studio)
    desk.studio.voices.revoke(own.name, purge=lambda _: None)
    desk.live.show(desk.script(TEXTS[:3], own))
    desk.heard.until(lambda: bool(desk.heard.of(Halted)))
    assert voice.spoken == []
    assert set(desk.live.states().values()) == {State.WAITING}


def test_a_full_disk_halts_and_a_resume_goes_on(
    studio: Studio, open_desk: Callable[..., Desk], tmp_path: Path
) -> None:
    cache = FullDisk(tmp_path / "full", key=studio.key, quota_bytes=10**9)
    desk = open_desk(studio, cache)
    desk.live.show(desk.script(TEXTS[:5]))
    desk.heard.until(lambda: bool(desk.heard.of(Halted)))
    assert isinstance(desk.heard.of(Halted)[0].error, DiskFull)  # type: ignore[union-attr]
    with pytest.raises(DiskFull):
        desk.live.segment(1, NEVER)
    cache.full = False
    desk.live.resume()
    desk.until_settled()
    assert set(desk.live.states().values()) == {State.READY}
    assert len(desk.heard.of(Halted)) == len(desk.heard.of(Prepared)) == 1


def test_an_engine_that_cannot_be_loaded_is_tried_again(desk: Desk, voice: FakeVoice) -> None:
    voice.load_error = ModelMissing(Path("model.safetensors"))
    desk.live.show(desk.script(["one"]))
    desk.heard.until(lambda: bool(desk.heard.of(Halted)))
    voice.load_error = None
    desk.live.resume()
    desk.until_settled()
    assert voice.loads == ["cpu", "cpu"]


def test_what_the_cache_has_lost_is_spoken_again(desk: Desk, voice: FakeVoice) -> None:
    desk.live.show(desk.script(["one", "two"]))
    desk.until_settled()
    for path in desk.studio.folders.cache.glob("*/*.flac"):
        path.unlink()
    assert desk.live.segment(1, NEVER) is not None
    assert len(voice.spoken) == 3


def test_another_prosody_is_another_reading(desk: Desk) -> None:
    (one,) = desk.script(["one two three"])
    desk.live.show([one])
    slow = desk.live.segment(1, NEVER)
    fast = replace(one.utterance, prosody=Prosody(speed=3.0))
    desk.live.show([one._replace(utterance=fast)])
    quick = desk.live.segment(1, NEVER)
    assert slow
    assert quick
    assert quick.audio.seconds < slow.audio.seconds


def test_the_mark_goes_on_from_sentence_to_sentence_also_after_a_jump(desk: Desk) -> None:
    desk.live.show(desk.script(TEXTS[:12]))
    desk.live.segment(8, NEVER)
    desk.until_settled()
    segments = [desk.live.segment(number, NEVER) for number in range(1, 13)]
    goes_on = [
        after.audio.mark.slot == before.audio.mark.slot + round((before.audio.seconds + 0.4) * 10)
        for before, after in pairwise(segments)
        if before and after
    ]
    assert len(goes_on) == 11
    assert goes_on.count(False) <= 2  # where what came before was not spoken yet


def test_a_sentence_is_said_alike_whatever_was_spoken_before(
    tmp_path: Path, open_desk: Callable[..., Desk]
) -> None:
    said: list[list[Segment]] = []
    for name, first in (("forwards", 1), ("backwards", 6)):
        desk = open_desk(build_studio(tmp_path / name, FakeVoice()))
        desk.live.hold()
        desk.live.show(desk.script(TEXTS[:6]))
        desk.live.seek(first)
        desk.live.resume()
        desk.until_settled()
        segments = [desk.live.segment(number, NEVER) for number in range(1, 7)]
        said.append([segment for segment in segments if segment])
    for one, other in zip(*said, strict=True):
        assert one.timings == other.timings
        assert one.audio.seconds == other.audio.seconds


def test_closing_does_not_wait_for_a_driver_that_is_stuck(tmp_path: Path) -> None:
    voice = HeldVoice()
    desk = Desk(build_studio(tmp_path, voice))
    desk.live.show(desk.script(TEXTS))
    assert voice.begun.acquire(timeout=SOON)
    threading.Timer(0.3, voice.free.set).start()
    began = time.monotonic()
    desk.live.close()
    assert time.monotonic() - began < 2.5
