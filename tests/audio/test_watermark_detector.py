"""Marked sound is recognised after ordinary handling, and nothing else is."""

import numpy as np
import pytest
from speechlike import RATE, speechlike

from narrator.audio.resample import resampled
from narrator.audio.watermark.detector import detect
from narrator.audio.watermark.grid import BANDS, PERIOD
from narrator.audio.watermark.marked import VoiceKind, mark
from narrator.audio.watermark.search import scores
from narrator.speech import Audio

KEY = bytes(range(32))
PAYLOAD = 0x0000502F


@pytest.fixture(scope="module")
def plain() -> np.ndarray:
    return speechlike(11, seed=2)


@pytest.fixture(scope="module")
def spoken(plain) -> np.ndarray:
    """Two sentences, the second going on where the first one ends."""
    first, second = (Audio(half) for half in (plain[: 5 * RATE], plain[5 * RATE :]))
    return np.concatenate(
        [
            mark(first, key=KEY, payload=PAYLOAD, slot=3_000).samples,
            mark(second, key=KEY, payload=PAYLOAD, slot=3_050).samples,
        ]
    )


def test_a_narration_is_found_and_its_payload_read(spoken):
    finding = detect(spoken, RATE, key=KEY)
    assert finding.found
    assert (finding.kind, finding.payload, finding.speed) == (VoiceKind.STOCK, PAYLOAD, 1.0)
    assert finding.z > 15
    assert finding.false_alarm < 1e-40
    assert [tuple(stretch) for stretch in finding.stretches] == [(0.0, 11.0)]


def test_a_cloned_voice_is_told_from_a_stock_voice(plain):
    replica = mark(Audio(plain), key=KEY, kind=VoiceKind.REPLICA).samples
    assert detect(replica, RATE, search=False).kind is VoiceKind.REPLICA


def test_a_crop_of_five_seconds_from_anywhere_is_enough(spoken):
    crop = spoken[37_123 : 37_123 + 5 * RATE]
    finding = detect(crop, RATE, key=KEY, search=False)
    assert (finding.found, finding.payload) == (True, PAYLOAD)


def test_speech_without_a_mark_is_not_found(plain):
    finding = detect(plain, RATE, key=KEY)
    assert not finding.found
    assert (finding.kind, finding.payload, finding.stretches) == (None, None, ())
    assert finding.enough_speech
    assert finding.false_alarm == 1.0
    assert finding.z < finding.threshold


def test_another_installation_sees_the_mark_but_no_payload(spoken):
    for key in (bytes(32), None):
        finding = detect(spoken, RATE, key=key, search=False)
        assert (finding.found, finding.payload) == (True, None)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_the_mark_survives_another_rate(spoken, rate):
    sound = resampled(spoken, RATE, rate)
    assert detect(sound, rate, key=KEY, search=False).payload == PAYLOAD


def test_the_mark_survives_noise_and_quietness(spoken):
    noise = np.random.default_rng(5).normal(0, 1, len(spoken)) * np.sqrt(np.mean(spoken**2)) / 10
    noisy = (0.05 * (spoken + noise)).astype(np.float32)
    assert detect(noisy, RATE, search=False).found


def test_the_mark_survives_an_mp3(spoken, tmp_path):
    soundfile = pytest.importorskip("soundfile")
    path = tmp_path / "narration.mp3"
    soundfile.write(path, spoken, RATE, bitrate_mode="CONSTANT", compression_level=0.6)
    sound, rate = soundfile.read(path, dtype="float32")
    finding = detect(sound, rate, key=KEY, search=False)
    assert (finding.found, finding.payload) == (True, PAYLOAD)


@pytest.mark.parametrize("factor", [1.033, 0.957])
def test_a_changed_speed_is_found_and_told(spoken, factor):
    faster = resampled(spoken, round(RATE * factor), RATE)
    finding = detect(faster, RATE, key=KEY)
    assert (finding.found, finding.payload) == (True, PAYLOAD)
    assert finding.speed == pytest.approx(factor, abs=0.002)


def test_a_mixed_file_is_told_where_it_is_marked(spoken, plain):
    mixed = np.concatenate([plain, plain[: 9 * RATE], spoken, plain, plain[: 9 * RATE]])
    (stretch,) = detect(mixed, RATE, search=False).stretches
    assert 15 <= stretch.start <= 20
    assert 30 <= stretch.end <= 35


def test_a_stream_of_blocks_gives_what_the_whole_gives(spoken):
    whole = detect(spoken, RATE, key=KEY, search=False)
    blocks = np.split(spoken, [1, 5_000, 5_000, 130_001])
    streamed = detect(iter(blocks), RATE, key=KEY, search=False)
    assert streamed == whole


def test_both_channels_are_heard(spoken):
    stereo = np.stack([spoken, np.zeros_like(spoken)], axis=1)
    assert detect(stereo, RATE, key=KEY, search=False).payload == PAYLOAD


@pytest.mark.parametrize(
    "sound",
    [np.zeros(0), np.zeros(1), np.zeros(RATE), np.full(RATE, np.nan), speechlike(1)],
    ids=["nothing", "one sample", "silence", "no numbers", "one second"],
)
def test_too_little_speech_is_neither_yes_nor_no(sound):
    finding = detect(sound.astype(np.float32), RATE, key=KEY)
    assert (finding.found, finding.enough_speech) == (False, False)


def test_an_impossible_rate_is_refused():
    with pytest.raises(ValueError, match="rates"):
        detect(np.zeros(RATE, dtype=np.float32), 0)


def test_chance_alone_scores_like_chance():
    """Random cells against the fixed pattern: the tail must be Gaussian, as the bound wants."""
    rng = np.random.default_rng(7)
    z = np.concatenate(
        [
            scores(np.tanh(rng.normal(0, 1, (40, 100, BANDS))).astype(np.float32)).ravel()
            for _ in range(3)
        ]
    )
    assert z.size == 120 * 2 * PERIOD
    assert abs(np.mean(z > 2) / 0.02275 - 1) < 0.1
    assert abs(np.mean(z > 3) / 0.00135 - 1) < 0.4
    assert np.max(z) < 6
