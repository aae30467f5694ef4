import numpy as np
import pytest
from marked import decibels, spoken
from speechlike import speechlike

from narrator.audio.loudness import CEILING_DB, TARGET_DB, Leveller, limited, measure
from narrator.audio.resample import resampled
from narrator.audio.watermark.marked import unspoken


def true_peak_db(samples: np.ndarray) -> float:
    return float(20 * np.log10(np.max(np.abs(resampled(samples, 24_000, 8 * 24_000)))))


def test_long_sentences_come_out_even_whatever_their_level_was() -> None:
    leveller = Leveller()
    asked = (-20.0, -26.0, -31.0, -24.0, -29.0, -22.0)
    blocks = [leveller.level(spoken(6, db=db, seed=seed)) for seed, db in enumerate(asked)]
    levels = [decibels(block.samples) for block in blocks]
    assert max(levels) - min(levels) < 3.5
    assert np.mean(levels) == pytest.approx(TARGET_DB, abs=2)


def test_a_soft_short_sentence_stays_softer_than_its_neighbours() -> None:
    leveller = Leveller()
    loud = leveller.level(spoken(6, db=-24))
    soft = leveller.level(spoken(0.4, db=-34, seed=1))
    after = leveller.level(spoken(6, db=-24))
    assert -12 < decibels(soft.samples) - decibels(loud.samples) < -4
    assert decibels(after.samples) == pytest.approx(decibels(loud.samples), abs=0.5)


@pytest.mark.parametrize("seed", range(4))
def test_no_peak_passes_the_ceiling_not_even_between_samples(seed: int) -> None:
    samples = speechlike(2, seed) * 1.9
    samples[20_000] = 1.0
    assert true_peak_db(samples) > CEILING_DB + 2
    quiet = limited(samples, 24_000, CEILING_DB)
    assert true_peak_db(quiet) < CEILING_DB + 0.05
    assert len(quiet) == len(samples)


def test_a_tone_between_the_samples_is_limited_as_well() -> None:
    tone = np.sin(np.pi / 2 * np.arange(24_000) + np.pi / 4).astype(np.float32) * 0.9
    assert np.max(np.abs(tone)) < 0.65  # below the ceiling, for who looks at the samples alone
    tone[:4_000] *= np.linspace(0, 1, 4_000, dtype=np.float32)  # no edge to ring at
    tone[-4_000:] *= np.linspace(1, 0, 4_000, dtype=np.float32)
    assert true_peak_db(limited(tone, 24_000, CEILING_DB)) < CEILING_DB + 0.05


def test_the_limiter_works_around_the_peak_alone_and_smoothly() -> None:
    samples = np.full(24_000, 0.1, dtype=np.float32)
    samples[12_000:12_004] = 1.0
    quiet = limited(samples, 24_000, CEILING_DB)
    np.testing.assert_allclose(quiet[100:11_500], samples[100:11_500], atol=1e-4)
    np.testing.assert_allclose(quiet[-9_000:-100], samples[-9_000:-100], atol=1e-4)
    for side in (quiet[100:11_985], quiet[12_020:-100]):
        assert np.max(np.abs(np.diff(side))) < 0.002


def test_silence_and_the_shortest_sounds_are_no_trouble() -> None:
    silence = unspoken(np.zeros(24_000, dtype=np.float32), 24_000)
    leveller = Leveller()
    assert leveller.level(silence) is silence
    for length in (0, 1, 100, 1300):
        faint = unspoken(np.full(length, 1e-4, dtype=np.float32), 24_000)
        assert np.max(leveller.level(faint).samples, initial=0) < 0.01
        assert len(limited(np.ones(length, dtype=np.float32), 24_000, CEILING_DB)) == length


def test_figures_are_those_of_the_standards_own_test_tone() -> None:
    # EBU Tech 3341, case 1, in one channel instead of two: 3 LU lower.
    tone = 10 ** (-23 / 20) * np.sin(2 * np.pi * 1000 * np.arange(20 * 48_000) / 48_000)
    blocks = np.array_split(tone.astype(np.float32), 37)
    figures = measure(blocks, 48_000)
    assert figures.integrated == pytest.approx(-26.0, abs=0.1)
    assert figures.rms == pytest.approx(-26.01, abs=0.05)
    assert figures.true_peak == pytest.approx(-23.0, abs=0.1)
    assert figures.seconds == pytest.approx(20)


def test_the_noise_floor_is_the_quietest_half_second() -> None:
    noise = np.random.default_rng(0).standard_normal(24_000).astype(np.float32)
    figures = measure([noise * 0.1, noise * 0.001, noise * 0.1], 24_000)
    assert figures.noise_floor == pytest.approx(-60, abs=0.5)
    assert measure([], 24_000).rms == -120
