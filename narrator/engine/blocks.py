"""The building blocks that the networks share."""

import torch
from torch import Tensor, nn

# A length that is a multiple of this need not be filled up anew in each layer that is packed for a
# processor (see precision.py).
ROWS = 32


class AdaptiveLayerNorm(nn.Module):
    """Layer norm whose gain and bias come from the voice embedding.

    Source: style-adaptive layer norm, Meta-StyleSpeech (Min et al. 2021, arXiv 2106.03153), section
    3.2. An enrolled voice brings offsets on gain and bias besides, as in AdaSpeech (Chen et al.
    2021, arXiv 2103.00993), section 2.3.
    """

    def __init__(self, width: int, voice: int) -> None:
        super().__init__()
        self.width = width
        self.place = slice(2 * width)  # of its gain and bias in a manner
        self.affine = nn.Linear(voice, 2 * width)
        nn.init.normal_(self.affine.weight, std=0.02)
        nn.init.zeros_(self.affine.bias)

    def forward(self, x: Tensor, manner: Tensor) -> Tensor:
        """x: (batch, time, width). manner: (batch, wider), its own gain and bias at `place`."""
        gain, bias = manner[:, self.place].chunk(2, dim=1)
        if len(manner) == 1:
            return nn.functional.layer_norm(x.float(), (self.width,), gain[0], bias[0])
        norm = nn.functional.layer_norm(x.float(), (self.width,))
        return torch.addcmul(bias[:, None], norm, gain[:, None])


class HardswishLinear(nn.Linear):
    """A linear layer and its activation, which a processor does in one go.

    A GELU there takes two thirds as long as the layer, this next to nothing.
    Source: MobileNetV3 (Howard et al. 2019, arXiv 1905.02244), section 5.2.
    """

    def forward(self, x: Tensor) -> Tensor:
        """x: (batch, time, inputs)."""
        return nn.functional.hardswish(super().forward(x))


def kept(x: Tensor, there: Tensor | None) -> Tensor:
    """Put to 0, in place, what is not `there`, (batch, time, 1): None where all of it is."""
    return x if there is None else x.mul_(there)


def windows(x: Tensor, length: int) -> Tensor:
    """Give what a convolution over time sees at each place: (batch, time, length * width)."""
    reach = length // 2
    seen = nn.functional.pad(x, (0, 0, reach, reach)).unfold(1, length, 1)
    return seen.transpose(2, 3).flatten(2)


class TimeConv(nn.Conv1d):
    """A convolution over time that keeps the length and takes (batch, time, width)."""

    def __init__(self, inputs: int, outputs: int, kernel: int, *, groups: int = 1) -> None:
        super().__init__(inputs, outputs, kernel, padding=kernel // 2, groups=groups)

    def forward(self, x: Tensor) -> Tensor:
        if self.groups > 1:
            # In two dimensions, because there the layout of x is one that convolutions know.
            image = x.transpose(1, 2).unsqueeze(2)
            weight, reach = self.weight.unsqueeze(2), (0, self.kernel_size[0] // 2)
            image = nn.functional.conv2d(image, weight, self.bias, 1, reach, 1, self.groups)
            return image.squeeze(2).transpose(1, 2)
        # As a linear layer over each window: up to twice as fast in bf16 on a processor.
        seen = windows(x, self.kernel_size[0])
        return nn.functional.linear(seen, self.as_linear, self.bias)

    @property
    def as_linear(self) -> Tensor:
        """The weights as those of a linear layer over `windows`: (outputs, length * inputs)."""
        return self.weight.transpose(1, 2).flatten(1)


class ConvNeXtBlock(nn.Module):
    """Depthwise convolution, then two linear layers, with a residual.

    Source: ConvNeXt (Liu et al. 2022, arXiv 2201.03545), in one dimension as in Vocos (Siuzdak
    2023, arXiv 2306.00814), section 3.3. The norm is handed in: plain, or steered by a voice.
    """

    def __init__(
        self, width: int, hidden: int, kernel: int, norm: nn.Module, *, scale: float
    ) -> None:
        super().__init__()
        self.depthwise = TimeConv(width, width, kernel, groups=width)
        self.norm = norm
        self.expand = HardswishLinear(width, hidden)
        self.project = nn.Linear(hidden, width)
        self.scale = nn.Parameter(torch.full((width,), scale))

    def forward(self, x: Tensor, *condition: Tensor) -> Tensor:
        """x: (batch, time, width)."""
        inner = self.project(self.expand(self.norm(self.depthwise(x), *condition)))
        return torch.addcmul(x, self.scale, inner)
