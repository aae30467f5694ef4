"""A chapter in two passes: measured as a whole, brought to one loudness, its marks in place."""

import errno
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from marked import decibels, spoken

from narrator.audio.assemble import room_tone
from narrator.audio.decode import open_sound
from narrator.audio.encode import Mp3Writer
from narrator.audio.levels import LOUDNESS
from narrator.audio.loudness import measure
from narrator.audio.mastering import LARGEST_GAIN_DB, Goal, Mastering
from narrator.audio.watermark.detector import detect
from narrator.audio.watermark.grid import VoiceKind
from narrator.audio.watermark.marked import MarkedAudio, unspoken
from narrator.errors import DiskFull, FolderNotWritable
from narrator.speech import SAMPLE_RATE

ACX = LOUDNESS["acx"].goal
PODCAST = LOUDNESS["podcast"].goal


@cache
def passages(db: float, *, pause: float = 0.5, sentences: int = 4) -> list[list[MarkedAudio]]:
    tone = unspoken(room_tone(0, round(pause * SAMPLE_RATE)), SAMPLE_RATE)
    slot, made = 0, []
    for seed in range(sentences):
        made.append([spoken(2.0, seed=seed, db=db, slot=slot), tone])
        slot += round(10 * (made[-1][0].seconds + pause))
    return made


def mastered(
    goal: Goal | None, taken: list[list[MarkedAudio]], folder: Path
) -> list[tuple[MarkedAudio, ...]]:
    with Mastering(goal, folder) as mastering:
        for blocks in taken:
            mastering.add(blocks)
        return list(mastering.passages())


def encoded(taken: list[list[MarkedAudio]], folder: Path) -> Path:
    given = mastered(ACX, taken, folder)
    with Mp3Writer(folder / "a.mp3") as writer:
        for block in (block for passage in given for block in passage):
            writer.write(block)
    return folder / "a.mp3"


@pytest.mark.parametrize("db", [-24.5, -20.0, -17.0])
def test_the_encoded_chapter_is_within_half_a_decibel_of_its_target(
    tmp_path: Path, db: float
) -> None:
    sound = open_sound(encoded(passages(db), tmp_path))
    figures = measure(sound.blocks, sound.rate)
    assert figures.rms == pytest.approx(-20.0, abs=0.5)
    assert figures.true_peak < -3.0


def test_the_mark_is_found_in_the_encoded_chapter(tmp_path: Path) -> None:
    sound = open_sound(encoded(passages(-24.5), tmp_path))
    finding = detect(sound.blocks, sound.rate, search=False)
    assert finding.kind is VoiceKind.STOCK
    assert finding.z > finding.threshold


def test_a_podcast_is_brought_to_its_loudness_by_ear(tmp_path: Path) -> None:
    given = mastered(PODCAST, passages(-24.0), tmp_path)
    blocks = [block.samples for passage in given for block in passage]
    figures = measure(blocks, SAMPLE_RATE)
    assert figures.integrated == pytest.approx(-19.0, abs=0.3)
    assert figures.true_peak < -1.0


def test_what_comes_out_has_the_lengths_and_marks_of_what_went_in(tmp_path: Path) -> None:
    taken = passages(-22.0)
    given = mastered(ACX, taken, tmp_path)
    for came, went in zip(taken, given, strict=True):
        assert [len(one.samples) for one in came] == [len(one.samples) for one in went]
        assert [one.mark for one in came] == [one.mark for one in went]
    assert not list(tmp_path.iterdir())


def test_without_a_goal_the_sound_comes_back_as_it_came(tmp_path: Path) -> None:
    taken = passages(-22.0, sentences=2)
    for came, went in zip(taken, mastered(None, taken, tmp_path), strict=True):
        for one, other in zip(came, went, strict=True):
            assert np.max(np.abs(one.samples - other.samples)) <= 0.51 / 32768


def test_a_chapter_of_room_tone_does_not_become_noise(tmp_path: Path) -> None:
    tone = unspoken(room_tone(0, SAMPLE_RATE), SAMPLE_RATE)
    for goal in (ACX, PODCAST):
        ((given,),) = mastered(goal, [[tone]], tmp_path)
        assert decibels(given.samples) < -70 + LARGEST_GAIN_DB + 0.5
    assert mastered(ACX, [], tmp_path) == []


def test_a_full_disk_between_the_passes_is_told_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full:
        def write(self, _: bytes) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            """Nothing is there to close."""

    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: Full())
    with pytest.raises(DiskFull):
        mastered(ACX, passages(-20.0, sentences=1), tmp_path)


def test_a_folder_that_is_none_is_told_by_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderNotWritable), Mastering(ACX, tmp_path / "file"):
        pytest.fail("there is no place to write")
