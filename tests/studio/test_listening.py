"""A chapter as the player hears it, and the way 5 s back and on."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from fake_voice import FakeVoice

from narrator.audio.player import Part, Player, Spot
from narrator.audio.watermark.marked import MarkedAudio
from narrator.speech import Utterance
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.listening import listen, moved
from narrator.studio.speaking.live import Live
from narrator.studio.studio import Studio

NEVER = threading.Event()
TEXTS = ("one two three", "four", "five six", "seven")
LENGTHS = {1: 2.0, 2: 1.0, 3: 3.0, 4: None}
PAUSE = 0.5
RATE = 24_000


@pytest.fixture
def script(studio: Studio) -> list[PlannedSentence]:
    voice = studio.voices.get("kathleen").ref
    return [
        PlannedSentence(Utterance(text, voice), PAUSE, text, number)
        for number, text in enumerate(TEXTS, start=1)
    ]


@pytest.fixture
def live(studio: Studio, script: list[PlannedSentence]) -> Iterator[Live]:
    made = Live(lambda: studio.voicing("cpu"), studio.cache, lambda news: None)
    made.show(script)
    yield made
    made.close()


def sound(part: Part) -> np.ndarray:
    return np.concatenate([block.samples for block in part.blocks])


def test_every_sentence_is_heard_with_its_pause(live: Live, script: list[PlannedSentence]) -> None:
    for part in listen(live, script, Spot(1, 0.0), NEVER):
        seconds = live.seconds(part.id)
        assert seconds is not None
        assert len(sound(part)) == round((seconds + PAUSE) * RATE)


def test_it_begins_within_a_sentence_and_passes_over_what_failed(
    live: Live, script: list[PlannedSentence], voice: FakeVoice
) -> None:
    voice.broken = ("five",)
    parts = [
        (part.id, part.start, len(sound(part)))
        for part in listen(live, script, Spot(2, 0.1), NEVER)
    ]
    assert [(id, start) for id, start, _ in parts] == [(2, 0.1), (4, 0.0)]
    seconds = live.seconds(2)
    assert seconds is not None
    assert parts[0][2] == round((seconds + PAUSE - 0.1) * RATE)


def test_a_place_beyond_the_pause_is_the_next_sentence(
    live: Live, script: list[PlannedSentence]
) -> None:
    parts = listen(live, script, Spot(1, 60.0), NEVER)
    assert next(parts)[:2] == (2, 0.0)
    assert list(listen(live, script, Spot(99, 0.0), NEVER)) == []


def test_who_no_longer_listens_is_given_nothing(live: Live, script: list[PlannedSentence]) -> None:
    stop = threading.Event()
    parts = listen(live, script, Spot(1, 0.0), stop)
    next(parts)
    stop.set()
    assert list(parts) == []


@pytest.mark.parametrize(
    ("spot", "seconds", "there"),
    [
        (Spot(1, 0.5), 1.0, Spot(1, 1.5)),
        (Spot(1, 0.5), -5.0, Spot(1, 0.0)),
        (Spot(1, 0.5), 5.0, Spot(3, 1.5)),
        (Spot(3, 1.5), -5.0, Spot(1, 0.5)),
        (Spot(3, 1.0), 5.0, Spot(4, 0.0)),
        (Spot(4, 0.2), -1.0, Spot(3, 2.7)),
        (Spot(99, 0.2), -1.0, Spot(99, 0.2)),
    ],
)
def test_five_seconds_back_and_on_cross_sentences_and_pauses(
    script: list[PlannedSentence], spot: Spot, seconds: float, there: Spot
) -> None:
    place = moved(script, LENGTHS.get, spot, seconds)
    assert place.id == there.id
    assert place.seconds == pytest.approx(there.seconds)


class Ear:
    """An output that hears everything at once."""

    latency = 0.0

    def __init__(self) -> None:
        self.seconds = 0.0

    def write(self, block: MarkedAudio) -> None:
        self.seconds += block.seconds

    def finish(self) -> None: ...

    def drop(self) -> None: ...

    def close(self) -> None: ...


def test_the_player_plays_a_chapter_that_is_still_being_spoken(
    live: Live, script: list[PlannedSentence]
) -> None:
    ear, ended, errors = Ear(), threading.Event(), list[Exception]()
    player = Player(on_end=ended.set, on_error=errors.append, open_output=lambda: ear)
    player.play(lambda stop: listen(live, script, Spot(1, 0.0), stop))
    assert ended.wait(10)
    player.close()
    lengths = [live.seconds(sentence.id) for sentence in script]
    assert ear.seconds == pytest.approx(sum(one + PAUSE for one in lengths if one))
    assert not errors
