"""Faster and slower: as long as it should be, at the pitch it had."""

import numpy as np
import pytest
from marked import spoken

from narrator.audio.tempo import Tempo
from narrator.audio.watermark.marked import MarkedAudio, derive

RATE = 24_000
HZ = 220.0
SECONDS = 2.0


def tone() -> MarkedAudio:
    """A tone in place of the speech of a marked sentence."""
    samples = 0.3 * np.sin(2 * np.pi * HZ * np.arange(round(SECONDS * RATE)) / RATE)
    return derive(spoken(1.0), samples.astype(np.float32))


def blocks(sound: MarkedAudio, length: int = 1200) -> list[MarkedAudio]:
    return [
        derive(sound, sound.samples[start : start + length])
        for start in range(0, len(sound.samples), length)
    ]


def joined(sounds: list[MarkedAudio]) -> np.ndarray:
    return np.concatenate([sound.samples for sound in sounds])


def at_tempo(sounds: list[MarkedAudio], factor: float) -> list[MarkedAudio]:
    """The whole stream, pushed block by block."""
    tempo = Tempo(factor)
    made = [tempo.push(sound) for sound in sounds]
    rest = tempo.finish()
    return [*made, rest] if rest else made


def pitch(samples: np.ndarray) -> float:
    """The strongest frequency in Hz, of the middle."""
    middle = samples[len(samples) // 4 :][: len(samples) // 2]
    spectrum = np.abs(np.fft.rfft(middle * np.hanning(len(middle)), 8 * len(middle)))
    return float(np.argmax(spectrum) * RATE / (8 * len(middle)))


@pytest.mark.parametrize("factor", [0.5, 0.8, 1.0, 1.25, 2.0, 2.5, 3.0])
def test_the_length_follows_the_factor_and_the_pitch_stays(factor: float) -> None:
    made = joined(at_tempo(blocks(tone()), factor))
    assert len(made) / RATE == pytest.approx(SECONDS / factor, rel=0.02)
    assert pitch(made) == pytest.approx(HZ, rel=0.01)
    assert np.max(np.abs(made)) == pytest.approx(0.3, abs=0.03)


def test_at_its_own_tempo_sound_passes_untouched() -> None:
    sounds = blocks(tone())
    assert at_tempo(sounds, 1.0) == sounds


def test_how_it_is_cut_into_blocks_changes_nothing() -> None:
    sound = tone()
    small, large = (joined(at_tempo(blocks(sound, n), 1.5)) for n in (777, 24_000))
    assert np.array_equal(small, large)


@pytest.mark.parametrize("factor", [0.0, 0.4, 3.1, float("nan")])
def test_a_tempo_that_nobody_could_follow_is_refused(factor: float) -> None:
    with pytest.raises(ValueError, match="tempo"):
        Tempo(factor)


def test_blocks_of_another_rate_are_refused() -> None:
    tempo = Tempo(2.0)
    tempo.push(tone())
    with pytest.raises(ValueError, match="44100"):
        tempo.push(derive(tone(), tone().samples, 44_100))


def test_a_stream_without_sound_has_no_end_to_give() -> None:
    assert Tempo(2.0).finish() is None
    assert at_tempo([], 2.0) == []
