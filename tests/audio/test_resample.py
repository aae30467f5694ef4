import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from marked import decibels, spoken

from narrator.audio.resample import Resampler, resample, resampled
from narrator.audio.watermark.marked import unspoken

RATES = st.sampled_from([8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 48_000, 96_000])


@settings(max_examples=40, deadline=None)
@given(RATES, RATES, st.lists(st.integers(0, 3000), max_size=6))
def test_cutting_a_stream_into_blocks_changes_nothing(
    from_rate: int, to_rate: int, lengths: list[int]
) -> None:
    samples = np.random.default_rng(1).standard_normal(sum(lengths)).astype(np.float32)
    stream = Resampler(from_rate, to_rate)
    cuts = np.split(samples, np.cumsum(lengths)[:-1]) if lengths else []
    pieces = np.concatenate([*(stream.push(cut) for cut in cuts), stream.finish()])
    assert len(pieces) == (2 * len(samples) * to_rate + from_rate) // (2 * from_rate)
    np.testing.assert_array_equal(pieces, resampled(samples, from_rate, to_rate))


@pytest.mark.parametrize(("hz", "to_rate"), [(440, 44_100), (5000, 44_100), (440, 16_000)])
def test_a_tone_stays_the_same_tone_in_the_same_place(hz: int, to_rate: int) -> None:
    tone = np.sin(2 * np.pi * hz * np.arange(24_000) / 24_000).astype(np.float32)
    expected = np.sin(2 * np.pi * hz * np.arange(to_rate) / to_rate)
    inner = slice(to_rate // 100, -to_rate // 100)
    assert decibels((resampled(tone, 24_000, to_rate) - expected)[inner]) < -80


def test_marked_sound_keeps_its_mark_and_length() -> None:
    blocks = [spoken(0.7, seed=seed) for seed in range(3)]
    given_blocks = list(resample(blocks, 44_100))
    assert {block.rate for block in given_blocks} == {44_100}
    assert given_blocks[0].mark == blocks[0].mark
    seconds = sum(block.seconds for block in blocks)
    assert sum(len(block.samples) for block in given_blocks) == round(seconds * 44_100)


def test_nothing_gives_nothing() -> None:
    assert list(resample([], 44_100)) == []
    assert len(resampled(np.zeros(0, dtype=np.float32), 24_000, 44_100)) == 0


def test_blocks_of_two_rates_are_refused() -> None:
    blocks = [unspoken(np.zeros(10, dtype=np.float32), rate) for rate in (24_000, 16_000)]
    with pytest.raises(ValueError, match="16000 Hz"):
        list(resample(blocks, 44_100))
