from collections.abc import Iterator

import numpy as np
import pytest
from marked import KEY, decibels, spoken

from narrator.audio.assemble import Pause, assemble, room_tone
from narrator.audio.loudness import measure
from narrator.audio.segment import Segment
from narrator.audio.watermark.marked import mark, unspoken
from narrator.speech import SAMPLE_RATE, Audio

LONG_TONE = 12 * SAMPLE_RATE


def joined(*parts: Segment | Pause) -> np.ndarray:
    return np.concatenate([block.samples for block in assemble(parts)])


def test_room_tone_is_faint_endless_and_never_digital_silence() -> None:
    tone = room_tone(0, LONG_TONE)
    halves = tone.reshape(-1, SAMPLE_RATE // 2)
    assert all(-75 < decibels(half) < -65 for half in halves)
    assert np.mean(tone == 0) < 0.001
    assert len(np.unique(np.round(tone * 32768))) > 5  # it outlives 16 bits
    np.testing.assert_array_equal(room_tone(7_000, 500), tone[7_000:7_500])
    seam = 8 * SAMPLE_RATE
    assert np.abs(tone[seam] - tone[seam - 1]) < 4 * np.std(np.diff(tone))


def test_pauses_last_whole_tenths_of_a_second() -> None:
    for asked, given in ((1.0, 1.0), (0.44, 0.4), (0.0, 0.0), (-1.0, 0.0), (2.5, 2.5)):
        seconds = sum(block.seconds for block in assemble([Pause(asked)]))
        assert seconds == pytest.approx(given)


def test_a_long_pause_comes_in_small_blocks() -> None:
    assert max(block.seconds for block in assemble([Pause(10)])) <= 1


def test_a_chapter_meets_the_figures_of_audiobook_shops() -> None:
    parts: list[Segment | Pause] = [Pause(1.0)]
    for seed in range(8):
        parts += [Segment(spoken(3, db=-30 + seed, seed=seed), ()), Pause(0.5)]
    sound = joined(*parts, Pause(2.0))
    figures = measure([sound], SAMPLE_RATE)
    assert -23 < figures.rms < -18
    assert figures.true_peak < -3.4
    assert figures.noise_floor < -60
    assert np.all(np.abs(sound).reshape(-1, 240).max(axis=1) > 0)


def test_no_join_clicks_even_when_a_sentence_starts_and_ends_loud() -> None:
    hum = np.cos(2 * np.pi * 100 * np.arange(24_000) / 24_000).astype(np.float32) * 0.3
    segment = Segment(mark(Audio(hum), key=KEY), ())
    sound = joined(Pause(0.2), segment, segment, Pause(0.2))
    within = np.max(np.abs(np.diff(sound[10_000:20_000])))
    assert abs(segment.audio.samples[0]) > 0.2  # without a fade this is a click
    for join in (4_800, 28_800, 52_800):
        assert np.max(np.abs(np.diff(sound[join - 400 : join + 400]))) < 1.5 * within


def test_sentences_stay_on_the_grid_of_the_watermark() -> None:
    segment = Segment(spoken(1.23), ())
    blocks = list(assemble([Pause(0.34), segment, Pause(0.4), segment]))
    assert all(len(block.samples) % 2400 == 0 for block in blocks)
    assert blocks[1].mark == segment.audio.mark


def test_a_book_is_never_in_memory() -> None:
    taken = 0

    def endless() -> Iterator[Segment | Pause]:
        nonlocal taken
        segment = Segment(spoken(0.5), ())
        while True:
            taken += 1
            yield segment
            yield Pause(0.1)

    stream = assemble(endless())
    for _ in range(20):
        next(stream)
    assert taken == 10


def test_the_same_parts_give_the_same_samples() -> None:
    parts = (Pause(0.3), Segment(spoken(1), ()), Pause(0.5))
    np.testing.assert_array_equal(joined(*parts), joined(*parts))


def test_another_rate_is_refused() -> None:
    with pytest.raises(ValueError, match="16000"):
        joined(Segment(unspoken(np.zeros(160, dtype=np.float32), 16_000), ()))
