"""In which number format the networks run on this machine: measured once, then remembered."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from enum import Enum
from pathlib import Path

import torch
from torch import Tensor, nn

ROUNDS = 3
# Mean |log mel| against fp32. bf16 differs by .01 and int8 by .03, and neither changes PESQ-WB of
# copy-synthesis by .005 (25 held-out clips, 2026-11-22); twice int8's is taken as the edge.
MAX_MEL_DIFFERENCE = 0.06


class Precision(Enum):
    """How the heavy layers are computed."""

    FP32 = "fp32"
    BF16 = "bf16"
    INT8 = "int8"


def prepared(
    network: nn.Module, precision: Precision, *, keep: tuple[nn.Module, ...] = ()
) -> nn.Module:
    """Give `network`, changed in place: heavy layers in `precision`, those in `keep` in float32."""
    if precision is Precision.INT8:
        return _quantized(network, keep)
    if precision is Precision.BF16:
        for layer in network.modules():
            if isinstance(layer, nn.Linear | nn.Conv1d) and layer not in keep:
                layer.to(torch.bfloat16)
    return network


def computing(device: torch.device, precision: Precision) -> AbstractContextManager[object]:
    """Give the context in which networks of this precision run; it is bound to the thread."""
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=precision is Precision.BF16)


def _quantized(network: nn.Module, keep: tuple[nn.Module, ...]) -> nn.Module:
    from torch.ao.nn.quantized.dynamic import Linear
    from torch.ao.quantization import default_dynamic_qconfig

    names = {
        name
        for name, layer in network.named_modules()
        if isinstance(layer, nn.Linear) and layer not in keep
    }
    for name in names:
        parent, _, last = name.rpartition(".")
        layer = network.get_submodule(name)
        layer.qconfig = default_dynamic_qconfig  # type: ignore[assignment]
        setattr(network.get_submodule(parent), last, Linear.from_float(layer))
    return network


def fastest(
    candidates: Mapping[Precision, Callable[[], Tensor]], remembered: Path | None, key: str
) -> Precision:
    """Give the fastest candidate whose log mel is that of fp32; measured at first, then read back.

    candidates: each speaks the same sentence and gives its log mel; FP32 is among them.
    remembered: the JSON file that keeps the choice under `key` (model, machine, threads).
    """
    known = _read(remembered)
    if known.get(key) in {precision.value for precision in candidates}:
        return Precision(known[key])
    reference = candidates[Precision.FP32]()
    seconds = {}
    for precision, speak in candidates.items():
        if (speak() - reference).abs().mean() < MAX_MEL_DIFFERENCE:
            seconds[precision] = min(_timed(speak) for _ in range(ROUNDS))
    choice = min(seconds, key=lambda precision: seconds[precision])
    if remembered is not None:
        remembered.parent.mkdir(parents=True, exist_ok=True)
        remembered.write_text(json.dumps(known | {key: choice.value}), encoding="utf-8")
    return choice


def _read(path: Path | None) -> dict[str, str]:
    if path is None or not path.exists():
        return {}
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}  # a damaged note costs one more measurement
    return known if isinstance(known, dict) else {}


def _timed(speak: Callable[[], Tensor]) -> float:
    began = time.perf_counter()
    speak()
    return time.perf_counter() - began
