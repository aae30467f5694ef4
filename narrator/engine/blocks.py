"""The building blocks that the networks share."""

import torch
from torch import Tensor, nn


class AdaptiveLayerNorm(nn.Module):
    """Layer norm whose gain and bias come from the voice embedding.

    Source: style-adaptive layer norm, Meta-StyleSpeech (Min et al. 2021, arXiv 2106.03153), section
    3.2. An enrolled voice brings offsets on gain and bias besides, as in AdaSpeech (Chen et al.
    2021, arXiv 2103.00993), section 2.3.
    """

    def __init__(self, width: int, voice: int) -> None:
        super().__init__()
        self.voice = voice
        self.offsets = slice(voice, voice + 2 * width)  # columns of a steered voice
        self.norm = nn.LayerNorm(width, elementwise_affine=False)
        self.affine = nn.Linear(voice, 2 * width)
        nn.init.normal_(self.affine.weight, std=0.02)
        nn.init.zeros_(self.affine.bias)

    def forward(self, x: Tensor, voice: Tensor) -> Tensor:
        """x: (batch, time, width). voice: (batch, voice), or wider with offsets in `offsets`."""
        affine = self.affine(voice[:, : self.voice])
        if voice.shape[1] > self.voice:
            affine = affine + voice[:, self.offsets]
        gain, bias = affine[:, None].float().chunk(2, dim=-1)
        return torch.addcmul(bias, self.norm(x.float()), 1 + gain)


def windows(x: Tensor, length: int) -> Tensor:
    """Give what a convolution over time sees at each place: (batch, time, width * length)."""
    reach = length // 2
    return nn.functional.pad(x, (0, 0, reach, reach)).unfold(1, length, 1).flatten(2)


class TimeConv(nn.Conv1d):
    """A convolution over time that keeps the length and takes (batch, time, width)."""

    def __init__(self, inputs: int, outputs: int, kernel: int, *, groups: int = 1) -> None:
        super().__init__(inputs, outputs, kernel, padding=kernel // 2, groups=groups)

    def forward(self, x: Tensor) -> Tensor:
        if self.groups > 1:
            # In two dimensions, because there the layout of x is one that convolutions know.
            image = x.transpose(1, 2)[:, :, None]
            weight, reach = self.weight[:, :, None], (0, self.kernel_size[0] // 2)
            image = nn.functional.conv2d(image, weight, self.bias, 1, reach, 1, self.groups)
            return image[:, :, 0].transpose(1, 2)
        # As a linear layer over each window: up to twice as fast in bf16 on a processor.
        seen = windows(x, self.kernel_size[0])
        return nn.functional.linear(seen, self.weight.flatten(1), self.bias)


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
        self.wide = nn.Linear(width, hidden)
        self.narrow = nn.Linear(hidden, width)
        self.scale = nn.Parameter(torch.full((width,), scale))

    def forward(self, x: Tensor, *condition: Tensor) -> Tensor:
        """x: (batch, time, width)."""
        inner = self.norm(self.depthwise(x), *condition)
        inner = self.narrow(nn.functional.gelu(self.wide(inner)))
        return torch.addcmul(x, self.scale, inner)
