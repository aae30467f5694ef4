"""In which number format the networks run on this machine: measured once, then remembered."""

import json
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from enum import Enum
from pathlib import Path

import torch
from torch import Tensor, nn

from narrator.engine.blocks import ROWS, HardswishLinear, TimeConv, windows

ROUNDS = 3
HEAVY = 10_000  # weights; a layer of fewer costs more to enter in another format than it saves
# Mean |log mel| against fp32 of a sentence in a neutral voice: bf16 .01, int8 .055. In the built-in
# voices they are .03 and .09, and word errors on 70 held-out sentences .136 and .150, in fp32 .140
# (2026-11-23). What is rougher still speaks in fp32.
MAX_MEL_DIFFERENCE = 0.06


class Precision(Enum):
    """How the heavy layers are computed."""

    FP32 = "fp32"
    BF16 = "bf16"
    INT8 = "int8"


class PackedLinear(nn.Module):
    """A linear layer or convolution over time in bf16, its weights laid out as the processor wants.

    Rows that are no multiple of ROWS are filled up to one: oneDNN compiles anew for each number of
    rows that it meets, and that takes as long as the layer itself takes for several sentences.
    """

    def __init__(self, layer: nn.Linear | TimeConv) -> None:
        super().__init__()
        self.kernel = layer.kernel_size[0] if isinstance(layer, TimeConv) else 1
        self.then = "hardswish" if isinstance(layer, HardswishLinear) else "none"
        weight = layer.as_linear if isinstance(layer, TimeConv) else layer.weight
        self.weight = torch.ops.mkldnn._reorder_linear_weight(weight.detach().bfloat16())
        self.bias = None if layer.bias is None else layer.bias.detach().bfloat16()

    def forward(self, x: Tensor) -> Tensor:
        """x: (batch, time, inputs), of any format. Gives (batch, time, outputs) in bf16."""
        x = x.bfloat16()
        seen = windows(x, self.kernel) if self.kernel > 1 else x
        batch, time, _ = seen.shape
        spare = -batch * time % ROWS
        if not spare:
            return self._computed(seen)
        filled = nn.functional.pad(seen.flatten(0, 1), (0, 0, 0, spare))
        return self._computed(filled)[:-spare].view(batch, time, -1)

    def _computed(self, x: Tensor) -> Tensor:
        made: Tensor = torch.ops.mkldnn._linear_pointwise.default(
            x, self.weight, self.bias, self.then, [], "none"
        )
        return made


def available() -> tuple[Precision, ...]:
    """Give the precisions that serve on this processor: int8, the rougher, where bf16 is slow."""
    bf16 = torch.backends.mkldnn.is_available() and torch.ops.mkldnn._is_mkldnn_bf16_supported()
    return Precision.FP32, Precision.BF16 if bf16 else Precision.INT8


def prepared(
    network: nn.Module, precision: Precision, *, keep: tuple[nn.Module, ...] = ()
) -> nn.Module:
    """Give `network`, changed in place: heavy layers in `precision`, those in `keep` in float32."""
    heavy = {
        name: layer
        for name, layer in network.named_modules()
        if isinstance(layer, nn.Linear | TimeConv)
        and layer.weight.shape[1] > 1
        and layer.weight.numel() >= HEAVY
        and layer not in keep
    }
    for name, layer in heavy.items():
        parent, _, last = name.rpartition(".")
        setattr(network.get_submodule(parent), last, _in(precision, layer))
    return network


def _in(precision: Precision, layer: nn.Linear | TimeConv) -> nn.Module:
    if precision is Precision.BF16:
        return layer.bfloat16() if layer.weight.is_cuda else PackedLinear(layer)
    return _quantized(layer) if precision is Precision.INT8 else layer


class _Windows(nn.Module):
    """What a convolution over time sees, for the linear layer that takes its place."""

    def __init__(self, length: int) -> None:
        super().__init__()
        self.length = length

    def forward(self, x: Tensor) -> Tensor:
        """x: (batch, time, width)."""
        return windows(x, self.length)


def _quantized(layer: nn.Linear | TimeConv) -> nn.Module:
    from torch.ao.nn.quantized.dynamic import Linear
    from torch.ao.quantization import default_dynamic_qconfig

    weight = layer.as_linear if isinstance(layer, TimeConv) else layer.weight
    plain = nn.Linear(weight.shape[1], weight.shape[0], bias=layer.bias is not None)
    plain.load_state_dict(layer.state_dict() | {"weight": weight})
    plain.qconfig = default_dynamic_qconfig  # type: ignore[assignment]
    parts: list[nn.Module] = [Linear.from_float(plain)]
    if isinstance(layer, TimeConv):
        parts.insert(0, _Windows(layer.kernel_size[0]))
    if isinstance(layer, HardswishLinear):
        parts.append(nn.Hardswish())
    return nn.Sequential(*parts)


def computing(device: torch.device, precision: Precision) -> AbstractContextManager[object]:
    """Give the context in which networks of this precision run; it is bound to the thread.

    On a processor the layers themselves bring the format, which saves a cast at each operation.
    """
    mixed = precision is Precision.BF16 and device.type == "cuda"
    return torch.autocast(device.type, dtype=torch.bfloat16, enabled=mixed)


def fastest(
    candidates: Mapping[Precision, Callable[[], Tensor]], remembered: Path | None, key: str
) -> Precision:
    """Give the fastest candidate whose log mel is that of fp32; measured at first, then read back.

    candidates: each speaks the same sentence and gives its log mel; FP32 is among them.
    remembered: the JSON file that keeps the choice under `key`, the model's fingerprint.
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
