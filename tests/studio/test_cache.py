"""The cache: what it keeps, what it refuses to give back, what goes when there is too much."""

import os
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from fake_voice import BUZZ, KEY

from narrator.audio.segment import Segment
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.marked import mark
from narrator.audio.watermark.payload import payload_of_voice
from narrator.speech import Audio, Opening, Prosody, Timing, Utterance, VoiceRef
from narrator.studio.speaking.cache import Cache, segment_key

UTTERANCE = Utterance("It rained.", VoiceRef("kathleen", "f1"))


def a_segment() -> Segment:
    return Segment(mark(Audio(BUZZ[:4800]), key=KEY, slot=7), (Timing("AA1", 0, 16, 5.0, -20.0),))


def a_cache(folder: Path, quota_bytes: int = 10**9, key: bytes = KEY) -> Cache:
    return Cache(folder, key=key, quota_bytes=quota_bytes)


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/*.flac"))


def key_of(number: int) -> str:
    return f"{number:040x}"


@pytest.mark.parametrize(
    "other",
    [
        replace(UTTERANCE, text="It rained"),
        replace(UTTERANCE, voice=VoiceRef("kathleen", "f2")),
        replace(UTTERANCE, voice=VoiceRef("kathleen", "f1", 1)),
        replace(UTTERANCE, opening=Opening.PARAGRAPH),
        replace(UTTERANCE, prosody=Prosody(speed=1.1)),
        replace(UTTERANCE, take=1),
    ],
)
def test_the_key_changes_with_all_that_changes_the_sound(other: Utterance) -> None:
    assert segment_key(other, "p") != segment_key(UTTERANCE, "p")


def test_the_key_changes_with_the_pipeline_and_with_nothing_else() -> None:
    assert segment_key(UTTERANCE, "p") != segment_key(UTTERANCE, "q")
    assert segment_key(UTTERANCE, "p") == segment_key(replace(UTTERANCE), "p")


def test_a_segment_comes_back_as_it_was_given_when_it_was_put(tmp_path: Path) -> None:
    kept = a_cache(tmp_path).put(key_of(1), a_segment())
    again = a_cache(tmp_path).get(key_of(1))
    assert again is not None
    assert np.array_equal(again.audio.samples, kept.audio.samples)
    assert again.audio.mark == kept.audio.mark
    assert again.timings == kept.timings


def test_what_is_not_there_is_none(tmp_path: Path) -> None:
    assert a_cache(tmp_path).get(key_of(1)) is None


@pytest.mark.parametrize("damage", ["truncated", "flipped", "empty", "other key"])
def test_a_damaged_segment_is_deleted(tmp_path: Path, damage: str) -> None:
    a_cache(tmp_path).put(key_of(1), a_segment())
    (path,) = files_in(tmp_path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    match damage:
        case "truncated":
            path.write_bytes(path.read_bytes()[:1000])
        case "flipped":
            path.write_bytes(content)
        case "empty":
            path.write_bytes(b"")
    key = bytes(32) if damage == "other key" else KEY
    assert a_cache(tmp_path, key=key).get(key_of(1)) is None
    assert not files_in(tmp_path)


def test_over_the_quota_the_oldest_read_go_but_never_those_of_now(tmp_path: Path) -> None:
    a_cache(tmp_path).put(key_of(0), a_segment())
    size = files_in(tmp_path)[0].stat().st_size
    for number in range(1, 6):
        a_cache(tmp_path).put(key_of(number), a_segment())
    for number, path in enumerate(files_in(tmp_path)):
        os.utime(path, (time.time() - 1000 + number,) * 2)
    cache = a_cache(tmp_path, quota_bytes=4 * size)
    assert cache.get(key_of(0)) is not None
    cache.put(key_of(6), a_segment())
    left = {int(path.stem, 16) for path in files_in(tmp_path)}
    assert {0, 6} <= left
    assert len(left) <= 4
    assert 1 not in left


def test_the_book_at_hand_is_kept_even_over_the_quota(tmp_path: Path) -> None:
    cache = a_cache(tmp_path, quota_bytes=1)
    for number in range(4):
        cache.put(key_of(number), a_segment())
    assert len(files_in(tmp_path)) == 4


def test_what_a_withdrawn_voice_spoke_is_purged_and_nothing_else(tmp_path: Path) -> None:
    cache = a_cache(tmp_path)
    for number, voice in enumerate([0, 1, 2, 1]):
        payload = payload_of_voice(voice)
        kind = VoiceKind.of_voice(voice)
        audio = mark(Audio(BUZZ[:4800]), key=KEY, kind=kind, payload=payload)
        cache.put(key_of(number), Segment(audio, ()))
    damaged = tmp_path / "00" / f"{key_of(9)}.flac"
    damaged.write_bytes(files_in(tmp_path)[1].read_bytes()[:60])
    assert cache.purge(1) == 3
    assert [int(path.stem, 16) for path in files_in(tmp_path)] == [0, 2]
    assert cache.purge(1) == 0


def test_what_a_killed_run_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / "00").mkdir()
    left = tmp_path / "00" / ".narrator-999999999-0123abcd.part"
    left.touch()
    a_cache(tmp_path).put(key_of(1), a_segment())
    assert not left.exists()
