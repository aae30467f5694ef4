"""The whole judgement in small, on speech of our own; the judges of others are faked."""

import json
from pathlib import Path

import numpy as np
import pytest
from spoken import HELD_OUT, ROOT

from narrator.engine.precision import Precision
from narrator.training import evaluate, judges
from narrator.training.evaluation import hard_table, page, systems

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("one_thread")]
WORD_ROW = "words, melody, timing"


class Here:
    """A pool that works where it stands."""

    map = staticmethod(map)


def heard_words(samples: np.ndarray) -> list[str]:
    """Hear the held-out sentence in everything."""
    return HELD_OUT.lower().strip(".").split()


def transcribed_words(samples: np.ndarray) -> list[str]:
    """Miss the last word."""
    return heard_words(samples)[:-1]


def pesq_wideband(made: np.ndarray, real: np.ndarray) -> float:
    return 4.5 - float(np.abs(made - real).mean())


def voice_print(samples: np.ndarray) -> np.ndarray:
    vector = np.array([samples.std(), np.abs(samples).mean(), 0.1])
    return vector / np.linalg.norm(vector)


@pytest.fixture
def foreign_judges(monkeypatch: pytest.MonkeyPatch) -> None:
    for fake in (heard_words, pesq_wideband, voice_print):
        monkeypatch.setattr(judges, fake.__name__, fake)
    monkeypatch.setattr(judges, "transcribed_words", transcribed_words)
    monkeypatch.setattr(judges, "stoi", pesq_wideband)
    monkeypatch.setattr(judges, "BOOTSTRAP_DRAWS", 20)
    monkeypatch.setattr(evaluate, "spectrograms", lambda *_: None)
    monkeypatch.setattr(hard_table, "QUICK_STEP", 45)
    monkeypatch.setattr(systems.shutil, "which", lambda _: None)
    monkeypatch.setattr(page.shutil, "which", lambda _: None)


@pytest.mark.usefixtures("foreign_judges")
def test_all_that_is_judged_stands_in_the_table_before_and_after(
    corpus: Path, tmp_path: Path
) -> None:
    folders = (ROOT / "resources" / "model", ROOT / "voices")
    model = systems.load_trained(*folders, Precision.FP32)
    model = model._replace(voices={"kathleen": model.voices["kathleen"]})
    models = [model, model._replace(suffix=evaluate.BEFORE)]
    said: list[str] = []
    # Every fifth of a few sentences is the first.
    judged = evaluate.Judged(corpus, models, tmp_path, True, ("a table of heard voices",))
    tables = evaluate.judge(judged, Here(), said.append)
    assert json.loads((tmp_path / "table.json").read_text("utf-8"))["sentences"]
    assert "a table of heard voices" in (tmp_path / "table.md").read_text("utf-8")
    assert (tmp_path / "page" / "index.html").exists()
    names = {"narrator, kathleen", "narrator, kathleen, before"}
    assert names <= set(tables[WORD_ROW])
    robust = tables["robustness"]
    assert names <= set(robust)
    assert robust["narrator, kathleen"]["sentences"] == 3
    for speaker in ("human recording, other sentences", "narrator, kathleen"):
        for harm in hard_table.HARMS.values():
            row = robust[f"{speaker}: {harm}"]
            assert row["words"] >= row["sentences"] >= 1
            assert row["found"].mean >= 0.5
    assert not any(name.startswith("narrator, kathleen, before:") for name in robust)
    human, ours = tables[WORD_ROW]["human recording"], tables[WORD_ROW]["narrator, kathleen"]
    assert human["word errors, all, pocketsphinx"] == (0, 0, 0)
    assert human["word errors, all, Moonshine"].mean == pytest.approx(1 / len(HELD_OUT.split()))
    # It reads its own recording again: nothing differs but 16 bit and the cleaning.
    assert ours["F0 correlation"].mean > 0.9
    assert ours["duration error, ms"].mean < 15
    assert tables["sound"]["narrator, kathleen"]["global variance"].mean == pytest.approx(
        1, abs=0.2
    )
    assert tables["tones asked for"]["narrator, kathleen"]["slope"].mean > 0.7
    for row in (WORD_ROW, "sound"):
        same = [tables[row][f"narrator, kathleen{end}"] for end in ("", ", before")]
        assert same[0] == same[1]
    assert tables["copies"]["copy-synthesis, the sentences above"]["log-mel L1"].mean < 0.5
