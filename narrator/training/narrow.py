"""Make the hidden layers of a trained acoustic model narrower, as a run that training goes on from.

What a layer makes for the next is partly said twice. The channels whose loss the others mend best
go, and the next layer is fitted anew to those that stay. Source: optimal brain surgeon (Hassibi and
Stork 1993, NIPS 5), equation 5, a channel for a weight; the fit as in ThiNet (Luo et al. 2017,
arXiv 1707.06342), section 3.3.

python -m narrator.training.narrow --corpus FOLDER --features FOLDER --start RUN --run RUN
--encoder-hidden 512 --decoder-hidden 256
"""

import argparse
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import torch
from torch import Tensor, nn

from narrator.engine.blocks import ConvNeXtBlock
from narrator.engine.fastspeech2 import EncoderBlock
from narrator.training.dataset import Batch, Batches, listened_mels, load_examples
from narrator.training.run import STATE, read_state, seed_all, write_state
from narrator.training.train_acoustic import BATCH_FRAMES, SOURCE_WEIGHTS, AcousticModel, speak

BATCHES = 8
AT_ONCE = 8  # of the channels that are still to go, one in so many goes before the rest is fitted
RIDGE = 1e-4  # of the mean power of a channel, so that copies of each other can be told apart


class Pair(NamedTuple):
    """Two layers, the channels between which can be fewer."""

    before: nn.Linear | nn.Conv1d
    behind: nn.Linear


class Fit(NamedTuple):
    """What stays of a layer: the places of its inputs, weight and bias for those."""

    kept: Tensor
    weight: Tensor
    bias: Tensor


def narrowed(
    model: AcousticModel, batches: Sequence[Batch], *, encoder_hidden: int, decoder_hidden: int
) -> AcousticModel:
    """Give a model with so many hidden channels, fitted to what `model` does with the batches.

    Raises ValueError for more channels than `model` has.
    """
    shape = replace(
        model.speech.config, encoder_hidden=encoder_hidden, decoder_hidden=decoder_hidden
    )
    made = AcousticModel(shape, model.encoder.config)
    old, new = _pairs(model), _pairs(made)
    weights = model.state_dict()
    names = {layer: name for name, layer in made.named_modules()}
    moments = _moments([pair.behind for pair in old], model, batches)
    for was, pair, (mean, covariance) in zip(old, new, moments, strict=True):
        fit = _fitted(was.behind, mean, covariance, pair.behind.in_features)
        before, behind = names[pair.before], names[pair.behind]
        for kind in ("weight", "bias"):
            weights[f"{before}.{kind}"] = weights[f"{before}.{kind}"][fit.kept]
        weights |= {f"{behind}.weight": fit.weight, f"{behind}.bias": fit.bias}
    made.load_state_dict(weights)
    return made


def _pairs(model: AcousticModel) -> list[Pair]:
    layers = [*model.speech.modules()]
    encoder = [Pair(one.wide, one.narrow) for one in layers if isinstance(one, EncoderBlock)]
    decoder = [Pair(one.expand, one.project) for one in layers if isinstance(one, ConvNeXtBlock)]
    return encoder + decoder


@torch.inference_mode()
def _moments(
    layers: Sequence[nn.Linear], model: AcousticModel, batches: Iterable[Batch]
) -> list[tuple[Tensor, Tensor]]:
    """Give mean (inputs,) and covariance (inputs, inputs) of what comes into each layer."""
    sums = [torch.zeros(layer.in_features).double() for layer in layers]
    squares = [torch.zeros(layer.in_features, layer.in_features).double() for layer in layers]
    counts = [0] * len(layers)

    def see(number: int, inputs: Tensor) -> None:
        seen = inputs.flatten(0, -2).float()
        counts[number] += len(seen)
        sums[number] += seen.sum(dim=0)
        squares[number] += seen.T @ seen

    hooks = [
        layer.register_forward_pre_hook(lambda _, inputs, number=number: see(number, inputs[0]))
        for number, layer in enumerate(layers)
    ]
    model.eval()
    for batch in batches:
        speak(model, batch)
    for hook in hooks:
        hook.remove()
    means = [total / count for total, count in zip(sums, counts, strict=True)]
    return [
        (mean, square / count - torch.outer(mean, mean))
        for mean, square, count in zip(means, squares, counts, strict=True)
    ]


@torch.inference_mode()
def _fitted(layer: nn.Linear, mean: Tensor, covariance: Tensor, keep: int) -> Fit:
    """Give the `keep` inputs of a layer that do best for all, and the layer over them."""
    if keep > len(mean):
        raise ValueError(f"{len(mean)} channels cannot become {keep}")
    whole = layer.weight.double()
    ridge = RIDGE * covariance.diag().mean() * torch.eye(len(mean)).double()
    seen = covariance + ridge
    kept, weight = torch.arange(len(mean)), whole
    while spare := len(kept) - keep:
        missed = weight.square().sum(dim=0) / torch.linalg.inv(seen[kept][:, kept]).diag()
        stays = torch.ones(len(kept), dtype=torch.bool)
        stays[missed.argsort()[: max(1, spare // AT_ONCE)]] = False
        kept = kept[stays]
        weight = torch.linalg.solve(seen[kept][:, kept], seen[kept] @ whole.T).T
    bias = layer.bias.double() + whole @ mean - weight @ mean[kept]
    return Fit(kept, weight.float(), bias.float())


def narrow(
    corpus: Path,
    features: Path,
    start: Path,
    run: Path,
    *,
    encoder_hidden: int | None = None,
    decoder_hidden: int | None = None,
) -> None:
    """Write a run to begin others with: the averaged weights of `start`, made narrower.

    The numbers are as of `narrowed`; None leaves a part as it is. The judges go along. Raises
    FileExistsError where there is a run already, and ValueError as `narrowed` does.
    """
    if (run / STATE).exists():
        raise FileExistsError(run)
    seed_all(1)
    state = read_state(start)
    model = AcousticModel.like(start)
    model.load_state_dict(state["average"])
    examples, _ = load_examples(corpus, features, "train")
    listened = listened_mels(corpus, features, examples)
    batches = Batches(examples, SOURCE_WEIGHTS, frames=BATCH_FRAMES, seed=1, listened=listened)
    was = model.speech.config
    made = narrowed(
        model,
        list(islice(batches, BATCHES)),
        encoder_hidden=encoder_hidden or was.encoder_hidden,
        decoder_hidden=decoder_hidden or was.decoder_hidden,
    )
    kept = {name: state[name] for name in ("judges",) if name in state}
    config = state["config"] | {"speech": made.speech.config.to_json()}
    write_state(run, {"average": made.state_dict(), "config": config, **kept})


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--encoder-hidden", type=int)
    parser.add_argument("--decoder-hidden", type=int)
    options = parser.parse_args()
    try:
        narrow(
            options.corpus,
            options.features,
            options.start,
            options.run,
            encoder_hidden=options.encoder_hidden,
            decoder_hidden=options.decoder_hidden,
        )
    except FileExistsError as error:
        sys.exit(f"{error} is a run already: name another folder, so that none is lost.")
    except ValueError as error:
        sys.exit(f"It cannot be made narrower so: {error}.")


if __name__ == "__main__":
    main()
