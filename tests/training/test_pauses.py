import json
from pathlib import Path

import pytest
from test_training_data import HEADER

from narrator.training.pauses import measured_pause
from narrator.training.prepare import LABELS

SYMBOLS = ["^", "Y", "EH1", "S", ",", "S", "ER1", ","]


def corpus(folder: Path, pauses: dict[str, list[int]]) -> Path:
    """Write clips of "Yes, sir," with these frames at the comma within, by speaker."""
    keys = [
        (name, f"{name}{n}", frames) for name in pauses for n, frames in enumerate(pauses[name])
    ]
    rows = [f"{key}.wav\t{name}\tmine\t\tf\t\t1\t9000\ttrain\tYes.\n" for name, key, _ in keys]
    (folder / "manifest.tsv").write_text(HEADER + "".join(rows), encoding="utf-8")
    labels = [
        {"key": key, "score": 0.0, "symbols": SYMBOLS, "durations": [0, 4, 5, 6, frames, 5, 6, 99]}
        for _, key, frames in keys
    ]
    text = "".join(json.dumps(label) + "\n" for label in labels)
    (folder / LABELS).write_text(text, encoding="utf-8")
    return folder


def test_a_pause_is_as_long_as_those_that_are_made(tmp_path: Path) -> None:
    folder = corpus(tmp_path, {"anna": [0, 0, 10, 7, 40], "bo": [80, 80]})
    assert measured_pause(folder, folder) == pytest.approx(20)


def test_who_never_pauses_gives_no_length(tmp_path: Path) -> None:
    folder = corpus(tmp_path, {"anna": [0, 3]})
    assert measured_pause(folder, folder) == 0
