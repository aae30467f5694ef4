"""The model on disk: three weight files in half precision, one config, one manifest. No pickle."""

import json
from pathlib import Path
from typing import NamedTuple

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig, VocoderConfig
from narrator.engine.fastspeech2 import FastSpeech2
from narrator.engine.manifest import (
    ACOUSTIC,
    CONFIG,
    ENCODER,
    VOCODER,
    checked,
    write_manifest,
)
from narrator.engine.speaker_encoder import SpeakerEncoder
from narrator.engine.vocoder import Vocoder
from narrator.errors import ModelAltered, ModelMismatch
from narrator.text.symbols import SYMBOLS


class Model(NamedTuple):
    """The three networks, in eval mode and float32."""

    acoustic: FastSpeech2
    encoder: SpeakerEncoder
    vocoder: Vocoder


def save_model(model: Model, folder: Path) -> None:
    """Write the networks as float16 safetensors with config and manifest."""
    folder.mkdir(parents=True, exist_ok=True)
    _save(model.acoustic, folder / ACOUSTIC)
    _save(model.encoder, folder / ENCODER)
    _save(model.vocoder, folder / VOCODER)
    config = {
        "symbols": list(SYMBOLS),
        "acoustic": model.acoustic.config.to_json(),
        "speaker_encoder": model.encoder.config.to_json(),
        "vocoder": model.vocoder.config.to_json(),
    }
    text = json.dumps(config, indent=1, ensure_ascii=False) + "\n"
    (folder / CONFIG).write_text(text, encoding="utf-8")
    write_manifest(folder)


def load_model(folder: Path) -> Model:
    """Load the networks; every file is compared with the manifest before it is opened.

    Raises ModelMissing, ModelAltered (digest, damaged file, weights that are not finite),
    ModelMismatch (weights of another shape, or trained on other symbols).
    """
    config = json.loads(checked(folder, CONFIG).read_text(encoding="utf-8"))
    if tuple(config["symbols"]) != SYMBOLS:
        raise ModelMismatch("the weights were trained on other symbols than the text room gives")
    model = Model(
        FastSpeech2(FastSpeech2Config.from_json(config["acoustic"])),
        SpeakerEncoder(SpeakerEncoderConfig.from_json(config["speaker_encoder"])),
        Vocoder(VocoderConfig.from_json(config["vocoder"])),
    )
    for network, name in zip(model, (ACOUSTIC, ENCODER, VOCODER), strict=True):
        _load(network, checked(folder, name))
    return model


def _save(network: nn.Module, path: Path) -> None:
    weights = {
        name: value.detach().to("cpu", torch.float16).contiguous()
        for name, value in network.state_dict().items()
    }
    save_file(weights, path)
    path.chmod(0o644)  # safetensors makes it the owner's alone; an installed model is everyone's


def _load(network: nn.Module, path: Path) -> None:
    try:
        weights: dict[str, Tensor] = load_file(path)
    except SafetensorError as error:
        raise ModelAltered(path, str(error)) from error
    if not all(value.isfinite().all() for value in weights.values()):
        raise ModelAltered(path, "it holds numbers that are not finite")
    try:
        network.load_state_dict({name: value.float() for name, value in weights.items()})
    except RuntimeError as error:
        raise ModelMismatch(f"{path.name} does not fit its config") from error
    network.eval().requires_grad_(False)
