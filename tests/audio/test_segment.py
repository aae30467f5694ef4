from pathlib import Path

import numpy as np
import pytest
import soundfile
from marked import KEY, spoken

from narrator.audio.segment import Segment, read_segment, write_segment
from narrator.audio.watermark.marked import to_pcm
from narrator.errors import AudioError, MarkFailed, UnreadableAudio
from narrator.speech import Timing

TIMINGS = (Timing("^", -1, 12, 0.0, -90.5), Timing('"ä', 0, 7, 5.0123456789, -21.25))


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    path = tmp_path / "ab" / "ab12.flac"
    write_segment(path, Segment(spoken(0.5, slot=77), TIMINGS), KEY)
    return path


def test_a_kept_segment_comes_back_as_it_was(kept: Path) -> None:
    audio = spoken(0.5, slot=77)
    back = read_segment(kept, KEY)
    assert back.timings == TIMINGS
    assert (back.audio.mark, back.audio.rate) == (audio.mark, audio.rate)
    np.testing.assert_array_equal(to_pcm(back.audio.samples), to_pcm(audio.samples))
    assert list(kept.parent.iterdir()) == [kept]


def test_what_is_given_when_it_is_kept_is_what_is_read_later(tmp_path: Path) -> None:
    path = tmp_path / "ab12.flac"
    given = write_segment(path, Segment(spoken(0.5, slot=77), TIMINGS), KEY)
    back = read_segment(path, KEY)
    np.testing.assert_array_equal(given.audio.samples, back.audio.samples)
    assert (given.audio.mark, given.timings) == (back.audio.mark, back.timings)


def test_keeping_it_again_changes_nothing(kept: Path) -> None:
    again = kept.with_name("again.flac")
    write_segment(again, read_segment(kept, KEY), KEY)
    assert again.read_bytes() == kept.read_bytes()


def test_a_segment_of_another_installation_is_refused(kept: Path) -> None:
    with pytest.raises(MarkFailed):
        read_segment(kept, bytes(32))


def test_no_damage_is_ever_heard(kept: Path) -> None:
    whole = kept.read_bytes()
    rng = np.random.default_rng(5)
    for place in rng.integers(0, len(whole), 120):
        damaged = bytearray(whole)
        damaged[place] ^= 1 << int(rng.integers(8))
        kept.write_bytes(damaged)
        try:
            back = read_segment(kept, KEY)
        except AudioError:
            continue
        assert back.timings == TIMINGS  # the bit stood for nothing that is heard or shown
        assert len(back.audio.samples) == 12_000


@pytest.mark.parametrize("keep", [0, 1, 100, 3000])
def test_a_segment_that_was_cut_short_is_refused(kept: Path, keep: int) -> None:
    kept.write_bytes(kept.read_bytes()[:keep])
    with pytest.raises(UnreadableAudio):
        read_segment(kept, KEY)


def test_a_missing_segment_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.flac", tmp_path):
        with pytest.raises(UnreadableAudio):
            read_segment(path, KEY)


@pytest.mark.parametrize(
    "comment", ["x", "[]", "null", "{}", '{"mark": 1}', '{"mark": {"kind": 2}}']
)
def test_a_foreign_flac_file_is_no_segment(tmp_path: Path, comment: str) -> None:
    path = tmp_path / "foreign.flac"
    with soundfile.SoundFile(path, "w", samplerate=24_000, channels=1, subtype="PCM_16") as file:
        file.comment = comment
        file.write(np.zeros(2400))
    with pytest.raises(UnreadableAudio):
        read_segment(path, KEY)
