import numpy as np
from speechlike import speechlike

from narrator.audio.sentence import fade, trim
from narrator.speech import HOP, SAMPLE_RATE, Audio, Speech, Timing

WORD_FRAMES = 80


def between_pauses(before: int, after: int) -> Speech:
    """A second of speech between pauses of so many frames."""
    word = speechlike(1) + 0.2 * np.sin(np.arange(SAMPLE_RATE, dtype=np.float32))
    samples = np.concatenate([np.zeros(before * HOP), word, np.zeros(after * HOP)])
    timings = [
        Timing("^", -1, before, 0.0, -90.0),
        Timing("AA1", 0, WORD_FRAMES, 5.0, -20.0),
        Timing(".", -1, after - 5, 0.0, -90.0),
        Timing("$", -1, 5, 0.0, -90.0),
    ]
    return Speech(Audio(samples), tuple(timings))


def test_silence_around_a_sentence_is_cut_to_a_margin() -> None:
    speech = between_pauses(40, 60)
    trimmed = trim(speech)
    before, word, *after = (timing.frames for timing in trimmed.timings)
    assert word == WORD_FRAMES
    assert 30 <= before * 12.5 <= 50
    assert 60 <= sum(after) * 12.5 <= 80
    assert len(trimmed.audio.samples) == sum(t.frames for t in trimmed.timings) * HOP
    start = (40 - before) * HOP
    kept = speech.audio.samples[start : start + len(trimmed.audio.samples)]
    np.testing.assert_array_equal(trimmed.audio.samples, kept)


def test_a_short_silence_stays() -> None:
    speech = between_pauses(2, 5)
    assert trim(speech).timings == speech.timings


def test_a_soft_word_is_not_cut_however_soft() -> None:
    speech = between_pauses(0, 5)
    soft = np.concatenate([speech.audio.samples[:24_000] * 1e-4, speech.audio.samples])
    timings = (Timing("F", 0, 80, 0.0, -80.0), *speech.timings)
    assert len(trim(Speech(Audio(soft), timings)).audio.samples) == len(soft)


def test_silence_alone_and_speech_without_times_stay_as_they_are() -> None:
    silence = Speech(Audio(np.zeros(24_000)), (Timing("^", -1, 80, 0.0, -90.0),))
    assert trim(silence) is silence
    untimed = Speech(between_pauses(40, 40).audio, ())
    assert len(trim(untimed).audio.samples) == len(untimed.audio.samples)
    empty = Speech(Audio(np.zeros(0)), ())
    assert trim(empty) is empty


def test_a_fade_starts_and_ends_at_nothing_and_leaves_the_rest() -> None:
    sound = speechlike(0.5)
    faded = fade(sound)
    assert abs(faded[0]) < 1e-4
    assert abs(faded[-1]) < 1e-2 * np.max(np.abs(sound))
    assert np.max(np.abs(faded[300:-300] - sound[300:-300])) < 1e-6
    for length in (0, 1, 30, 100, 477, 479, 2401):
        assert len(fade(sound[:length])) == length
