"""What may be heard carries the mark, and nothing else can be called marked."""

import dataclasses
import time

import numpy as np
import pytest
from speechlike import RATE, speechlike

from narrator.audio.watermark import marked as watermark
from narrator.audio.watermark import write as watermark_write
from narrator.audio.watermark.marked import (
    PEAK_LIMIT,
    Mark,
    MarkedAudio,
    VoiceKind,
    derive,
    mark,
    reopen,
    seal_digest,
    self_test,
    to_pcm,
    unspoken,
)
from narrator.errors import MarkFailed
from narrator.speech import Audio

KEY = bytes(range(32))
SPEECH = speechlike(3.05)
NO_MARK = Mark(VoiceKind.STOCK, 0, 0, 0.0)


@pytest.fixture(scope="module")
def marked() -> MarkedAudio:
    return mark(Audio(SPEECH), key=KEY, payload=5, slot=16_390)


def stored(audio: MarkedAudio) -> np.ndarray:
    return (to_pcm(audio.samples) / 32768).astype(np.float32)


def test_a_sentence_is_marked_strongly_and_sounds_nearly_the_same(marked):
    change = marked.samples[: len(SPEECH)] - SPEECH
    assert marked.mark.score > 5 * np.sqrt(marked.seconds)
    assert not marked.is_weak
    assert 20 < 10 * np.log10(np.sum(SPEECH**2) / np.sum(change**2)) < 40


def test_a_sentence_is_padded_to_whole_slots(marked):
    assert (marked.rate, len(marked.samples)) == (RATE, 31 * 2400)


def test_the_mark_says_what_it_carries(marked):
    assert (marked.mark.kind, marked.mark.payload) == (VoiceKind.STOCK, 5)
    assert marked.mark.slot == 6  # after 16,384 slots the private pattern begins again


def test_marked_samples_cannot_be_changed(marked):
    assert marked.samples.dtype == np.float32
    with pytest.raises(ValueError, match="read-only"):
        marked.samples[0] = 1


def test_the_same_sentence_gives_the_same_samples(marked):
    again = mark(Audio(SPEECH), key=KEY, payload=5, slot=6)
    assert np.array_equal(again.samples, marked.samples)


def test_key_slot_kind_and_payload_each_change_the_samples(marked):
    for change in (
        {"key": bytes(32)},
        {"slot": 7},
        {"kind": VoiceKind.REPLICA},
        {"payload": 6},
    ):
        other = mark(Audio(SPEECH), **{"key": KEY, "payload": 5, "slot": 6} | change)
        assert not np.array_equal(other.samples, marked.samples), change


@pytest.mark.parametrize("seal", [None, object(), True, "_SEAL"])
def test_nobody_else_can_call_sound_marked(seal):
    with pytest.raises(TypeError):
        MarkedAudio(SPEECH, RATE, NO_MARK, seal=seal)
    with pytest.raises(TypeError):
        MarkedAudio(SPEECH, RATE, NO_MARK)


def test_samples_cannot_be_swapped_under_a_mark(marked):
    with pytest.raises((TypeError, ValueError)):
        dataclasses.replace(marked, samples=SPEECH)
    with pytest.raises(dataclasses.FrozenInstanceError):
        marked.samples = SPEECH


def test_a_loud_sentence_is_turned_down_before_it_is_marked():
    loud = mark(Audio(SPEECH * 6), key=KEY)
    quiet = mark(Audio(SPEECH * (PEAK_LIMIT / 0.5)), key=KEY)
    assert np.allclose(loud.samples, quiet.samples, atol=1e-5)
    assert np.max(np.abs(loud.samples)) <= 1


def test_digital_silence_stays_silent_and_is_called_weak():
    silence = mark(Audio(np.zeros(5000)), key=KEY)
    assert len(silence.samples) == 7200
    assert not silence.samples.any()
    assert silence.is_weak


def test_a_steady_tone_gets_a_mark_though_it_can_hardly_carry_one():
    tone = 0.3 * np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)
    marked_tone = mark(Audio(tone), key=KEY)
    assert not np.array_equal(marked_tone.samples, tone.astype(np.float32))
    assert marked_tone.is_weak


@pytest.mark.parametrize("seconds", [1 / RATE, 0.01, 0.1, 0.2999])
def test_even_the_shortest_sound_is_marked(seconds):
    assert len(
        mark(Audio(speechlike(max(seconds, 1), 3)[: round(seconds * RATE)]), key=KEY).samples
    )


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_broken_sound_does_not_leave(value):
    broken = SPEECH.copy()
    broken[1000] = value
    with pytest.raises(MarkFailed):
        mark(Audio(broken), key=KEY)


def test_no_sound_at_all_does_not_leave():
    with pytest.raises(MarkFailed):
        mark(Audio(np.zeros(0)), key=KEY)


@pytest.mark.parametrize("key", [b"", bytes(31), bytes(33)])
def test_a_damaged_key_marks_nothing(key):
    with pytest.raises(MarkFailed):
        mark(Audio(SPEECH), key=key)


def test_what_is_out_of_range_is_refused():
    with pytest.raises(ValueError, match="24000"):
        mark(Audio(SPEECH, 16_000), key=KEY)
    with pytest.raises(ValueError, match="slot"):
        mark(Audio(SPEECH), key=KEY, slot=-1)
    with pytest.raises(ValueError, match="32 bits"):
        mark(Audio(SPEECH), key=KEY, payload=1 << 32)


@pytest.fixture
def fresh_trial():
    self_test.cache_clear()
    yield
    self_test.cache_clear()


@pytest.mark.usefixtures("fresh_trial")
@pytest.mark.parametrize("change", ["not written", "other pattern", "not found"])
def test_a_mark_that_fails_its_trial_marks_nothing(monkeypatch, change):
    match change:
        case "not written":
            monkeypatch.setattr(watermark, "write_mark", lambda block, chips: (block, 99.0))
        case "other pattern":
            swapped = {VoiceKind.STOCK: VoiceKind.REPLICA, VoiceKind.REPLICA: VoiceKind.STOCK}
            writes = watermark.chips_to_write
            monkeypatch.setattr(
                watermark, "chips_to_write", lambda kind, *rest: writes(swapped[kind], *rest)
            )
        case "not found":
            monkeypatch.setattr(watermark, "SELF_TEST_SCORE", np.inf)
    for _ in range(2):
        with pytest.raises(MarkFailed):
            mark(Audio(SPEECH), key=KEY)


@pytest.mark.usefixtures("fresh_trial")
def test_the_trial_is_made_once_and_costs_little():
    mark(Audio(SPEECH), key=KEY)  # the tables are made
    self_test.cache_clear()
    began = time.thread_time()
    self_test()
    assert time.thread_time() - began < 0.15  # some 0.02 s on an idle machine
    assert self_test.cache_info().misses == 1


def test_a_voice_in_which_noise_would_drown_the_mark_is_marked_deeper(monkeypatch):
    hz = np.fft.rfftfreq(len(SPEECH), 1 / RATE)
    muffled = np.fft.irfft(np.fft.rfft(SPEECH) / (1 + (hz / 400) ** 4), len(SPEECH))

    def change(sound):
        written = mark(Audio(sound), key=KEY).samples[: len(sound)]
        return np.sum((written - sound) ** 2)

    deep, ordinary = change(muffled), change(SPEECH)
    monkeypatch.setattr(watermark_write, "DEPTHS", watermark_write.DEPTHS[:1])
    assert deep > 1.5 * change(muffled)
    assert ordinary == change(SPEECH)


def test_marking_is_far_faster_than_listening():
    speech = Audio(speechlike(20))
    mark(speech, key=KEY)
    began = time.thread_time()
    mark(speech, key=KEY)
    assert time.thread_time() - began < 20 / 60  # some 390 times on an idle machine


def test_a_fade_keeps_its_mark(marked):
    faded = derive(marked, marked.samples * 0.5, 44_100)
    assert (faded.mark, faded.rate) == (marked.mark, 44_100)
    assert derive(marked, marked.samples).rate == RATE
    with pytest.raises(MarkFailed):
        derive(marked, marked.samples * np.float32(np.nan))


def test_room_tone_passes_and_speech_does_not():
    hiss = np.random.default_rng(0).uniform(-1, 1, RATE).astype(np.float32)
    assert unspoken(hiss * 0.003, RATE).is_weak
    for sound in (hiss * 0.004, SPEECH, SPEECH * np.float32(np.nan)):
        with pytest.raises(ValueError, match="room tone"):
            unspoken(sound, RATE)


def test_16_bit_values_come_back_as_they_were(marked):
    assert np.array_equal(to_pcm(stored(marked)), to_pcm(marked.samples))
    assert to_pcm(np.array([-2, -1, 0, 1, 2], np.float32)).tolist() == [
        -32768,
        -32768,
        0,
        32767,
        32767,
    ]


def test_a_stored_sentence_is_reopened(marked):
    digest = seal_digest(marked, b"timings", KEY)
    again = reopen(stored(marked), RATE, marked.mark, digest, b"timings", KEY)
    assert again.mark == marked.mark
    assert seal_digest(again, b"timings", KEY) == digest


def test_a_stored_sentence_that_was_changed_is_not_reopened(marked):
    digest = seal_digest(marked, b"timings", KEY)
    good = {
        "samples": stored(marked),
        "rate": RATE,
        "mark": marked.mark,
        "digest": digest,
        "extra": b"timings",
        "key": KEY,
    }
    one_step = stored(marked)
    one_step[1234] += 1 / 32768
    for change in (
        {"samples": one_step},
        {"samples": stored(marked)[:-1]},
        {"rate": 22_050},
        {"mark": dataclasses.replace(marked.mark, payload=6)},
        {"mark": dataclasses.replace(marked.mark, kind=VoiceKind.REPLICA)},
        {"extra": b"timing"},
        {"key": bytes(32)},
        {"digest": digest[:-1] + ("0" if digest[-1] != "0" else "1")},
        {"digest": ""},
        {"digest": "é"},
    ):
        with pytest.raises(MarkFailed):
            reopen(**good | change)
