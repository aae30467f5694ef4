"""Loading the engine: what it brings stays, and the collector leaves it alone."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from narrator.__main__ import open_studio
from narrator.engine import synthesizer
from narrator.errors import ModelMissing
from narrator.settings import folders


@pytest.fixture(autouse=True)
def nothing_stays_frozen() -> Iterator[None]:
    yield
    gc.unfreeze()


@pytest.mark.parametrize("fails", [False, True])
def test_the_collector_rests_while_the_engine_is_loaded_and_passes_it_over_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fails: bool
) -> None:
    brought: list[list[object]] = []

    def load(*_: object, **__: object) -> None:
        assert not gc.isenabled()
        brought.append([])
        if fails:
            raise ModelMissing(Path("model.safetensors"))

    monkeypatch.setenv("NARRATOR_HOME", str(tmp_path))
    monkeypatch.setattr(synthesizer, "load_engine", load)
    studio = open_studio(folders())
    try:
        studio.load_engine("cpu")
    except ModelMissing:
        assert fails
    assert gc.isenabled()
    assert not any(each is brought[0] for each in gc.get_objects())  # they leave out the frozen
