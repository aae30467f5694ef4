from pathlib import Path

import numpy as np
import pytest
import soundfile

from narrator.training.likeness.speakers import (
    COMPARED_SECONDS,
    beginning,
    held_out,
    recordings,
    seconds_of,
)
from narrator.training.likeness.table import as_markdown, normalised, rows_of
from narrator.training.likeness.trial import Floats, Measured, stretches

HEADER = "file\tspeaker\tsource\tlicence\tsex\tseconds\tbandwidth_hz\tsplit\ttext"
RATE = 8000


def row(file: str, seconds: float, split: str = "valid", text: str = "Hello.") -> str:
    speaker, source = file.split("/")[0], "phone"
    return f"{file}\t{speaker}\t{source}\tnone\t?\t{seconds}\t8000\t{split}\t{text}"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """anna reads much, bo reads little, cy is known, dora speaks once."""
    rows = [
        HEADER,
        row("cy/0.wav", 60),
        row("cy/1.wav", 60, "train"),
        row("dora/0.wav", 8, text=""),
    ]
    rows += [row(f"anna/{n}.wav", 4) for n in range(20)] + [row(f"bo/{n}.wav", 4) for n in range(5)]
    (tmp_path / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    (tmp_path / "dora").mkdir()
    ramp = np.linspace(0, 0.5, 8 * RATE)
    soundfile.write(tmp_path / "dora" / "0.wav", ramp, RATE, subtype="FLOAT")
    return tmp_path


def test_only_speakers_whom_no_network_met_are_tried(corpus: Path) -> None:
    assert [speaker.name for speaker in held_out(corpus)] == ["anna", "dora"]


def test_what_is_learned_from_is_not_compared_with(corpus: Path) -> None:
    anna = held_out(corpus)[0]
    assert not set(anna.learned) & set(anna.compared)
    assert sum(clip.seconds for clip in anna.compared) >= COMPARED_SECONDS
    assert held_out(corpus)[0] == anna


def test_a_single_clip_is_heard_by_one_half_and_compared_by_the_other(corpus: Path) -> None:
    dora = held_out(corpus)[1]
    (heard,), (compared,) = recordings(dora, corpus)
    assert heard.samples.max() <= compared.samples.min()
    assert seconds_of([heard]) == seconds_of([compared]) == 4.0
    assert seconds_of(beginning([heard], 3.0)) == 3.0


def test_a_speaker_is_compared_by_stretches_of_equal_length() -> None:
    ramp = np.arange(5 * 24_000, dtype=np.float32)
    found = stretches([ramp[:70_000], ramp[70_000:]], 2.0)
    assert [len(one) for one in found] == [48_000] * 3
    assert (found[0][0], found[-1][-1]) == (ramp[0], ramp[-1])
    (whole,) = stretches([ramp], 9.0)
    assert len(whole) == len(ramp)


def voice(*values: float) -> Floats:
    vector = np.array([values], dtype=np.float32)
    return vector / np.linalg.norm(vector)


def trial(own: Floats, made: Floats, errors: int = 0) -> Measured:
    return Measured("phone", own, own, {"heard": made}, {"heard": 3.0}, {"heard": errors}, 10)


A, B = voice(1, 0), voice(0, 1)


@pytest.mark.parametrize(
    ("made_a", "made_b", "expected"), [(A, B, 1.0), (B, A, 0.0), (voice(1, 1), voice(1, 1), 0.7071)]
)
def test_the_scale_runs_from_another_speaker_to_oneself(
    made_a: Floats, made_b: Floats, expected: float
) -> None:
    (only,) = rows_of([trial(A, made_a, errors=1), trial(B, made_b)])
    assert (only.same, only.different) == pytest.approx((1.0, 0.0))
    assert only.normalised.mean == pytest.approx(expected, abs=1e-4)
    assert only.word_errors == pytest.approx(0.05)
    assert f"| {expected:.2f} (" in as_markdown([only])


def test_the_interval_is_over_speakers() -> None:
    cosines = np.array([[0.8, 0.4, 0.4], [0.8, 0.4, 0.8]] * 10)
    found = normalised(cosines)
    assert found.mean == pytest.approx(0.5)
    assert 0.2 < found.low < 0.4 < 0.6 < found.high < 0.8
