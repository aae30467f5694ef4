import json
from pathlib import Path

import pytest
import tiny
import torch
from safetensors.torch import load_file, save_file

from narrator.engine.checkpoint import load_model
from narrator.engine.manifest import (
    ACOUSTIC,
    CONFIG,
    ENCODER,
    MANIFEST,
    VOCODER,
    encoder_fingerprint,
    fingerprint,
    write_manifest,
)
from narrator.errors import ModelAltered, ModelMismatch, ModelMissing


def test_a_saved_model_comes_back_in_half_precision(tmp_path: Path) -> None:
    saved = tiny.model()
    loaded = load_model(tiny.save(tmp_path))
    for before, after in zip(saved, loaded, strict=True):
        for name, value in before.state_dict().items():
            assert torch.allclose(value, after.state_dict()[name], atol=2e-3, rtol=2e-3), name


@pytest.mark.parametrize("name", [ACOUSTIC, ENCODER, VOCODER, CONFIG, MANIFEST])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (tiny.save(tmp_path) / name).unlink()
    with pytest.raises(ModelMissing) as caught:
        load_model(tmp_path)
    assert caught.value.path.name == name


@pytest.mark.parametrize("name", [ACOUSTIC, ENCODER, VOCODER, CONFIG])
def test_one_changed_bit_is_noticed(tmp_path: Path, name: str) -> None:
    path = tiny.save(tmp_path) / name
    data = bytearray(path.read_bytes())
    data[-9] ^= 1
    path.write_bytes(data)
    with pytest.raises(ModelAltered):
        load_model(tmp_path)


def test_a_pickle_under_the_right_name_is_refused(tmp_path: Path) -> None:
    tiny.save(tmp_path)
    torch.save(tiny.model().vocoder.state_dict(), tmp_path / VOCODER)
    write_manifest(tmp_path)
    with pytest.raises(ModelAltered):
        load_model(tmp_path)


def test_weights_that_are_not_numbers_are_refused(tmp_path: Path) -> None:
    path = tiny.save(tmp_path) / VOCODER
    weights = load_file(path)
    next(iter(weights.values())).view(-1)[0] = float("nan")
    save_file(weights, path)
    write_manifest(tmp_path)
    with pytest.raises(ModelAltered, match="finite"):
        load_model(tmp_path)


def test_weights_of_another_shape_are_refused(tmp_path: Path) -> None:
    config = json.loads((tiny.save(tmp_path) / CONFIG).read_text())
    config["vocoder"]["width"] *= 2
    (tmp_path / CONFIG).write_text(json.dumps(config))
    write_manifest(tmp_path)
    with pytest.raises(ModelMismatch):
        load_model(tmp_path)


def test_weights_for_other_symbols_are_refused(tmp_path: Path) -> None:
    config = json.loads((tiny.save(tmp_path) / CONFIG).read_text())
    config["symbols"].reverse()
    (tmp_path / CONFIG).write_text(json.dumps(config))
    write_manifest(tmp_path)
    with pytest.raises(ModelMismatch):
        load_model(tmp_path)


def test_a_new_vocoder_leaves_the_voices_valid(tmp_path: Path) -> None:
    tiny.save(tmp_path)
    whole, voices = fingerprint(tmp_path), encoder_fingerprint(tmp_path)
    save_file({k: v + 0.25 for k, v in load_file(tmp_path / VOCODER).items()}, tmp_path / VOCODER)
    write_manifest(tmp_path)
    assert fingerprint(tmp_path) != whole
    assert encoder_fingerprint(tmp_path) == voices
