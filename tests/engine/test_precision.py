"""Heavy layers in other number formats say nearly the same, however long the sentence is."""

import pytest
import torch
from torch import nn

from narrator.engine.blocks import HardswishLinear, TimeConv
from narrator.engine.precision import HEAVY, PackedLinear, Precision, available, prepared

WIDTH, HIDDEN = 128, 1024
ROUNDING = {Precision.BF16: 0.02, Precision.INT8: 0.05}

needs_bf16 = pytest.mark.skipif(
    Precision.BF16 not in available(), reason="this processor cannot compute in bf16"
)
either = pytest.mark.parametrize(
    "precision", [Precision.INT8, pytest.param(Precision.BF16, marks=needs_bf16)]
)


@pytest.fixture(autouse=True)
def same_weights() -> None:
    torch.manual_seed(0)


def difference(precision: Precision, layer: nn.Module, x: torch.Tensor) -> float:
    """Give how far the layer is from itself in float32, as a share of what it says."""
    with torch.inference_mode():
        expected = layer(x)
        (changed,) = prepared(nn.Sequential(layer), precision).children()
        found = changed(x)
    assert changed is not layer
    assert found.shape == expected.shape
    return float((found.float() - expected).norm() / expected.norm())


@needs_bf16
@pytest.mark.parametrize("rows", [1, 31, 32, 45])
def test_a_packed_layer_takes_any_length(rows: int) -> None:
    x = torch.randn(2, rows, WIDTH)
    assert difference(Precision.BF16, nn.Linear(WIDTH, HIDDEN), x) < ROUNDING[Precision.BF16]


@either
def test_an_activation_stays_with_its_layer(precision: Precision) -> None:
    x = torch.randn(2, 45, WIDTH)
    assert difference(precision, HardswishLinear(WIDTH, HIDDEN), x) < ROUNDING[precision]


@either
def test_a_convolution_sees_its_neighbours(precision: Precision) -> None:
    x = torch.randn(2, 45, WIDTH)
    assert difference(precision, TimeConv(WIDTH, HIDDEN, 3), x) < ROUNDING[precision]


def test_a_layer_of_whole_numbers_says_nearly_the_same() -> None:
    x = torch.randn(2, 45, WIDTH)
    assert difference(Precision.INT8, nn.Linear(WIDTH, HIDDEN), x) < ROUNDING[Precision.INT8]


@needs_bf16
def test_light_layers_and_those_to_keep_stay() -> None:
    kept, heavy, light = nn.Linear(512, 512), nn.Linear(512, 512), nn.Linear(2, 512)
    over_time = TimeConv(512, 512, 3, groups=512)
    assert light.weight.numel() < HEAVY <= kept.weight.numel()
    network = prepared(nn.Sequential(kept, heavy, light, over_time), Precision.BF16, keep=(kept,))
    assert isinstance(network[1], PackedLinear)
    assert [network[0], network[2], network[3]] == [kept, light, over_time]


@pytest.mark.parametrize(("has_bf16", "other"), [(True, Precision.BF16), (False, Precision.INT8)])
def test_whole_numbers_serve_only_where_there_is_nothing_finer(
    has_bf16: bool, other: Precision, monkeypatch: pytest.MonkeyPatch
) -> None:
    supported = torch.ops.mkldnn._is_mkldnn_bf16_supported
    monkeypatch.setattr(torch.backends.mkldnn, "is_available", lambda: has_bf16)
    if has_bf16 and not supported():
        pytest.skip("this processor cannot compute in bf16")
    assert available() == (Precision.FP32, other)
