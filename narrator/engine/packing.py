"""Several sentences one behind the other, so that a layer is entered once for all of them.

Between two of them a few places are free and kept at 0, which is what a convolution sees at the end
of a sentence that is alone.
"""

from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple, Self

import torch
from torch import Tensor

from narrator.engine.blocks import ROWS


class Packing(NamedTuple):
    """Where each sentence lies in `length` places, a multiple of ROWS."""

    spans: tuple[slice, ...]
    length: int

    @classmethod
    def of(cls, lengths: Sequence[int], *, reach: int) -> Self:
        """Place sentences of these lengths. reach: how far a convolution sees to one side."""
        starts = list(accumulate((length + reach for length in lengths), initial=0))
        spans = (slice(a, b - reach) for a, b in pairwise(starts))
        return cls(tuple(spans), starts[-1] + -starts[-1] % ROWS)

    def packed(self, parts: Sequence[Tensor]) -> Tensor:
        """Join what there is of each sentence, (..., its length), to (..., length)."""
        first = parts[0]
        joined = first.new_zeros(*first.shape[:-1], self.length)
        for span, part in zip(self.spans, parts, strict=True):
            joined[..., span] = part
        return joined

    def there(self, device: torch.device) -> Tensor:
        """Give 1 where there is a sentence, (1, length, 1)."""
        there = torch.zeros(1, self.length, 1, device=device)
        for span in self.spans:
            there[:, span] = 1
        return there
