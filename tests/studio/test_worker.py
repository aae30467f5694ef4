"""Schedule and worker: what is spoken when, and what becomes of failures."""

import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from fake_voice import FakeVoice, build_studio

from narrator.audio.segment import Segment
from narrator.audio.watermark.grid import VoiceKind
from narrator.errors import Cancelled, DiskFull, ModelMissing, VoiceError
from narrator.profiles.records import ConsentFacts, Relation
from narrator.speech import Recording, Speech, SynthesisRequest, Utterance, VoiceRef
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.schedule import BATCH_CHARACTERS, Schedule, Settled, Task, batched
from narrator.studio.speaking.worker import SPEAKERS, SPOKEN_AHEAD, Worker
from narrator.studio.studio import Studio

NEVER = threading.Event()
WORDS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def tasks_of(studio: Studio, texts: Sequence[str], chapter: int = 1) -> list[Task]:
    voice = studio.voices.get("kathleen").ref
    return [Task(chapter, 100, PlannedSentence(Utterance(text, voice), 0.4)) for text in texts]


def spoken(schedule: Schedule, studio: Studio) -> list[Settled]:
    worker = Worker(schedule, studio.voicing("cpu"), studio.cache)
    worker.start()
    try:
        return list(iter(lambda: schedule.next(NEVER), None))
    finally:
        worker.stop()


def test_sentences_come_in_the_order_of_the_plan(studio: Studio, voice: FakeVoice) -> None:
    settled = spoken(Schedule(tasks_of(studio, WORDS)), studio)
    assert [part.task.sentence.utterance.text for part in settled] == WORDS
    assert sorted(voice.spoken) == sorted(WORDS)  # side by side, so in no order of their own
    assert voice.loads == ["cpu"]


def test_batches_grow_from_one_sentence_and_never_hold_two_chapters(studio: Studio) -> None:
    tasks = [*tasks_of(studio, ["twenty letters, so !"] * 100), *tasks_of(studio, WORDS, chapter=2)]
    batches = list(batched(tasks))
    assert [task for batch in batches for task in batch] == tasks
    assert [len(batch) for batch in batches[:6]] == [1, 3, 6, 12, 24, 24]
    assert all(len({task.run for task in batch}) == 1 for batch in batches)


def test_a_sentence_longer_than_a_batch_is_spoken_alone(studio: Studio) -> None:
    texts = ["short", "long " * BATCH_CHARACTERS, "short", "short"]
    assert [len(batch) for batch in batched(tasks_of(studio, texts))] == [1, 1, 2]


def test_what_is_in_the_cache_is_not_spoken_and_the_engine_not_loaded(tmp_path: Path) -> None:
    first, second = FakeVoice(), FakeVoice()
    for voice in (first, second):
        studio = build_studio(tmp_path, voice)
        spoken(Schedule(tasks_of(studio, WORDS)), studio)
    assert second.loads == []
    assert second.spoken == []


def test_a_damaged_segment_is_spoken_again(studio: Studio, voice: FakeVoice) -> None:
    spoken(Schedule(tasks_of(studio, ["one", "two"])), studio)
    file = next(studio.folders.cache.glob("*/*.flac"))
    file.write_bytes(file.read_bytes()[:500])
    settled = spoken(Schedule(tasks_of(studio, ["one", "two"])), studio)
    assert all(part.outcome.segment for part in settled)
    assert len(voice.spoken) == 3


def test_the_mark_goes_on_where_the_sentence_before_ended(studio: Studio) -> None:
    tasks = [*tasks_of(studio, ["one", "two"]), *tasks_of(studio, ["three"], chapter=2)]
    first, second, third = (part.outcome.segment for part in spoken(Schedule(tasks), studio))
    assert first
    assert second
    assert third
    assert first.audio.mark.slot == 100
    assert second.audio.mark.slot == 100 + round((first.audio.seconds + 0.4) * 10)
    assert third.audio.mark.slot == 100


@pytest.mark.parametrize("cores", [2, 4])
def test_of_batches_that_are_spoken_at_once_the_second_is_marked_after_the_first(
    studio: Studio, monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    monkeypatch.setattr("narrator.studio.speaking.worker.CORES", cores)
    put, kept = studio.cache.put, []

    def slow_at_first(key: str, segment: Segment) -> Segment:
        time.sleep(0.0 if kept else 0.3)
        kept.append(key)
        return put(key, segment)

    monkeypatch.setattr(studio.cache, "put", slow_at_first)
    texts = [f"{ten} and {one}" for ten in WORDS for one in WORDS]
    settled = spoken(Schedule(tasks_of(studio, texts)), studio)
    assert [part.task.sentence.utterance.text for part in settled] == texts
    slot = 100
    for part in settled:
        assert part.outcome.segment
        audio = part.outcome.segment.audio
        assert audio.mark.slot == slot
        slot += round((audio.seconds + 0.4) * 10)


def test_a_chapter_that_is_marked_before_the_last_one_is_changes_no_mark(
    studio: Studio, voice: FakeVoice, monkeypatch: pytest.MonkeyPatch
) -> None:
    overtaken, speak = threading.Event(), voice.speak

    def slowly(request: SynthesisRequest) -> Speech:
        if "two" in request.phonemes.words:
            overtaken.wait(10)
        return speak(request)

    monkeypatch.setattr(voice, "speak", slowly)
    tasks = [*tasks_of(studio, ["one", "two", "three"]), *tasks_of(studio, ["four"], chapter=2)]
    schedule = Schedule(tasks)
    worker = Worker(schedule, studio.voicing("cpu"), studio.cache)
    worker.start()
    first = schedule.next(NEVER)
    overtaken.set()
    segments = [
        part.outcome.segment
        for part in [first, *iter(lambda: schedule.next(NEVER), None)]
        if part and part.outcome.segment
    ]
    worker.stop()
    assert len(segments) == 4
    slots = [segment.audio.mark.slot for segment in segments]
    lengths = [round((segment.audio.seconds + 0.4) * 10) for segment in segments]
    assert slots == [100, 100 + lengths[0], 100 + sum(lengths[:2]), 100]


def own_voice(studio: Studio) -> VoiceRef:
    embedding = FakeVoice().embed_voice([])
    sound = Recording(np.full(1600, 0.1, np.float32), 16_000)
    now = datetime.now(UTC)
    words = ("amber", "ladder", "pepper", "silver", "tunnel", "window")
    facts = ConsentFacts("Anna", Relation.SELF, 1, 1, now, words, now, {"words": 1.0}, "0.1.0")
    return studio.voices.create(
        "Anna", description="", embedding=embedding, takes=[sound], facts=facts
    ).ref


def in_voice(voice: VoiceRef, texts: Sequence[str]) -> list[Task]:
    return [Task(1, 100, PlannedSentence(Utterance(text, voice), 0.4)) for text in texts]


def test_the_mark_tells_a_replica_and_its_record_and_a_built_in_voice(studio: Studio) -> None:
    own = own_voice(studio)
    tasks = [*in_voice(own, ["one"]), *tasks_of(studio, ["one"])]
    for _ in ("spoken", "from the cache"):
        replica, stock = (part.outcome.segment for part in spoken(Schedule(tasks), studio))
        assert replica
        assert stock
        assert (replica.audio.mark.kind, replica.audio.mark.payload) == (VoiceKind.REPLICA, 1 << 12)
        assert (stock.audio.mark.kind, stock.audio.mark.payload) == (VoiceKind.STOCK, 0)


def test_a_sentence_in_a_withdrawn_voice_is_neither_spoken_nor_taken_from_the_cache(
    studio: Studio, voice: FakeVoice
) -> None:
    own = own_voice(studio)
    spoken(Schedule(in_voice(own, ["one"])), studio)
    studio.voices.revoke(own.name, purge=lambda _: None)
    for text in ("one", "two"):
        with pytest.raises(VoiceError):
            spoken(Schedule(in_voice(own, [text])), studio)
    assert voice.spoken == ["one"]


def test_a_consent_withdrawn_while_a_book_is_spoken_ends_it(
    studio: Studio, voice: FakeVoice
) -> None:
    own = own_voice(studio)
    schedule = Schedule(in_voice(own, WORDS * 30), look_ahead_seconds=1.0)
    worker = Worker(schedule, studio.voicing("cpu"), studio.cache)
    worker.start()
    assert schedule.next(NEVER)
    studio.voices.revoke(own.name, purge=studio.cache.purge)
    with pytest.raises(VoiceError):
        list(iter(lambda: schedule.next(NEVER), None))
    worker.stop()
    assert len(voice.spoken) < len(WORDS)


def test_the_worker_waits_at_the_end_of_the_look_ahead(studio: Studio) -> None:
    drawn: list[int] = []

    def drawing() -> Iterator[Task]:
        for number, task in enumerate(tasks_of(studio, WORDS * 30)):
            drawn.append(number)
            yield task

    schedule = Schedule(drawing(), look_ahead_seconds=1.0)
    worker = Worker(schedule, studio.voicing("cpu"), studio.cache)
    worker.start()
    first = schedule.next(NEVER)
    assert first is not None
    threading.Event().wait(0.2)
    assert len(drawn) < 10
    worker.stop()


def test_a_sentence_that_fails_does_not_end_the_book(studio: Studio, voice: FakeVoice) -> None:
    voice.broken = ("three", "five")
    settled = spoken(Schedule(tasks_of(studio, WORDS)), studio)
    failed = [part.task.sentence.utterance.text for part in settled if part.outcome.error]
    assert failed == ["three", "five"]
    assert len(settled) == len(WORDS)


def test_three_failures_in_a_row_stop_with_their_reason(studio: Studio, voice: FakeVoice) -> None:
    voice.broken = ("three", "four", "five")
    more = [f"{tens} {word}" for tens in ("twenty", "thirty") for word in WORDS[:9]]
    schedule = Schedule(tasks_of(studio, [*WORDS, *more * 20]))
    with pytest.raises(RuntimeError, match="stumbles"):
        spoken(schedule, studio)
    assert {"one", "two"} <= set(voice.spoken)
    assert sum(map(len, voice.spoken)) <= (1 + SPEAKERS + SPOKEN_AHEAD) * BATCH_CHARACTERS


def test_a_sentence_without_words_is_no_failure(studio: Studio) -> None:
    settled = spoken(Schedule(tasks_of(studio, ["one", "1", "2", "3", "4", "two"])), studio)
    assert [bool(part.outcome.segment) for part in settled] == [True, *[False] * 4, True]
    assert not any(part.outcome.error for part in settled)


def test_a_missing_model_ends_the_work_at_once(studio: Studio, voice: FakeVoice) -> None:
    voice.load_error = ModelMissing(Path("model.safetensors"))
    with pytest.raises(ModelMissing):
        spoken(Schedule(tasks_of(studio, WORDS)), studio)
    assert len(voice.loads) == 1


def test_a_full_disk_ends_the_work_at_once(studio: Studio, voice: FakeVoice) -> None:
    def full(*_: object) -> None:
        raise DiskFull(studio.folders.cache)

    voicing = studio.voicing("cpu")._replace(embedding=full)  # type: ignore[arg-type]
    schedule = Schedule(tasks_of(studio, WORDS))
    worker = Worker(schedule, voicing, studio.cache)
    worker.start()
    with pytest.raises(DiskFull):
        schedule.next(NEVER)
    worker.stop()
    assert voice.spoken == []


def test_a_stop_is_noticed_while_waiting(studio: Studio) -> None:
    stop = threading.Event()
    schedule = Schedule(tasks_of(studio, WORDS))
    threading.Timer(0.1, stop.set).start()
    with pytest.raises(Cancelled):
        schedule.next(stop)


def test_a_plan_that_breaks_is_told_and_not_waited_for(studio: Studio) -> None:
    def breaking() -> Iterator[Task]:
        yield from tasks_of(studio, ["one"])
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        spoken(Schedule(breaking()), studio)


def test_a_plan_without_sentences_ends_at_once(studio: Studio) -> None:
    assert spoken(Schedule([]), studio) == []


def test_the_worker_ends_when_it_is_stopped(studio: Studio) -> None:
    before = threading.active_count()
    worker = Worker(Schedule(tasks_of(studio, WORDS * 50)), studio.voicing("cpu"), studio.cache)
    worker.start()
    worker.stop()
    assert threading.active_count() == before


def test_another_speed_is_another_segment(studio: Studio, voice: FakeVoice) -> None:
    (task,) = tasks_of(studio, ["one two three four five"])
    utterance = task.sentence.utterance
    fast = replace(utterance, prosody=replace(utterance.prosody, speed=3.0))
    fast_task = task._replace(sentence=task.sentence._replace(utterance=fast))
    slow, quick = (part.outcome.segment for part in spoken(Schedule([task, fast_task]), studio))
    assert slow
    assert quick
    assert slow.audio.seconds > quick.audio.seconds
