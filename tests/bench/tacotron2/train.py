"""Train a small Tacotron 2 on one prepared speaker, so that its attention can be seen.

Run: PYTHONPATH=tests/bench python -m tacotron2.train --corpus FOLDER [--minutes 40]
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from narrator.text.symbols import SYMBOLS
from narrator.training.dataset import Batch, Batches, Example, load_examples
from narrator.training.losses import masked_mean
from narrator.training.run import Average, Run, read_state, seed_all
from tacotron2.model import Tacotron2, Tacotron2Config

SMALL = Tacotron2Config(
    symbols=len(SYMBOLS),
    width=128,
    attention=64,
    pre_net=64,
    decoder=256,
    post_net=128,
    post_net_convs=3,
    reduction=3,
)
SPEAKER = "kathleen"
RUN = Path("build/training/tacotron2")
FEATURES = Path("build/training/features")
BATCH_FRAMES = 4800
RATE = 1e-3
DIAGONAL_WIDTH = 0.2
DIAGONAL_WEIGHT = 5.0


def guided_attention(attention: Tensor, symbols: Tensor, steps: Tensor) -> Tensor:
    """Give how far attention (batch, steps, symbols) is from the diagonal, 0 to 1.

    symbols, steps: how many each sentence has, (batch,). Source: Tachibana et al. 2018, arXiv
    1710.08969, equation 6; here as the mean over steps, so that long sentences weigh no less.
    """
    _, longest, most = attention.shape
    step = torch.arange(longest, device=attention.device)[None, :, None]
    symbol = torch.arange(most, device=attention.device)[None, None]
    apart = symbol / symbols[:, None, None] - step / steps[:, None, None]
    away = 1 - (-apart.square() / (2 * DIAGONAL_WIDTH**2)).exp()
    spoken = step[..., 0] < steps[:, None]  # (batch, steps)
    return masked_mean((attention * away).sum(dim=2), spoken.float())


def losses_of(model: Tacotron2, batch: Batch) -> dict[str, Tensor]:
    """Give what is summed: mel before and after the post-net, stop token, attention."""
    reduction = model.config.reduction
    mel = nn.functional.pad(batch.mel, (0, -batch.mel.shape[2] % reduction))
    frames = batch.durations.sum(dim=1)
    steps = (frames + reduction - 1) // reduction
    made = model(batch.symbols, mel)
    there = (torch.arange(mel.shape[2]) < frames[:, None])[:, None].float()
    ended = (torch.arange(made.stop.shape[1]) >= steps[:, None] - 1).float()
    apart = guided_attention(made.attention, (batch.symbols != 0).sum(dim=1), steps)
    return {
        "before": masked_mean((made.before - mel).square(), there),
        "mel": masked_mean((made.mel - mel).square(), there),
        "stop": binary_cross_entropy_with_logits(made.stop, ended),
        "attention": DIAGONAL_WEIGHT * apart,
    }


class Apart(NamedTuple):
    """Symbols between a path through the sentences and the forced alignment: mean over all steps.

    attention: where it looks. straight: the diagonal, what there is to know without listening.
    """

    attention: float
    straight: float


@torch.inference_mode()
def apart_from_alignment(model: Tacotron2, examples: Sequence[Example]) -> Apart:
    """Compare attention with forced alignment, fed the frames of recordings (teacher forcing)."""
    reduction = model.config.reduction
    looking, straight = [], []
    for example in examples:
        mel = torch.from_numpy(example.mel.astype(np.float32))[None]
        mel = mel[..., : mel.shape[2] // reduction * reduction]
        attention = model(torch.from_numpy(example.symbols)[None], mel).attention[0]
        steps, symbols = attention.shape
        owner = np.repeat(np.arange(symbols), example.durations)
        aligned = torch.from_numpy(owner[reduction // 2 :: reduction][:steps])
        looks = attention @ torch.arange(symbols, dtype=torch.float32)
        looking.append((looks[: len(aligned)] - aligned).abs())
        straight.append((torch.linspace(0, symbols - 1, len(aligned)) - aligned).abs())
    return Apart(float(torch.cat(looking).mean()), float(torch.cat(straight).mean()))


def train(
    corpus: Path, features: Path, folder: Path, *, seconds: float, speaker: str = SPEAKER
) -> Tacotron2:
    """Train on the `train` rows of `speaker` for `seconds` and give the averaged model."""
    seed_all(1)
    own = _examples(corpus, features, "train", speaker)
    model = Tacotron2(SMALL)
    optimiser = torch.optim.Adam(model.parameters(), lr=RATE, eps=1e-6, weight_decay=1e-6)
    average = Average(model, 0.99)
    run = Run(folder, budget=seconds, config={"speaker": speaker})
    run.track(model=model, optimiser=optimiser, average=average)
    run.resume()
    batches = Batches(own, {}, frames=BATCH_FRAMES, seed=1 + run.step)
    for step, batch in zip(run.steps(optimiser), batches, strict=False):
        losses = losses_of(model, batch)
        optimiser.zero_grad()
        torch.stack(list(losses.values())).sum().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model, step)
        run.log(**losses)
    model = trained(folder)
    unseen = _examples(corpus, features, "valid", speaker)
    apart = apart_from_alignment(model, unseen)
    sys.stdout.write(
        f"{len(unseen)} unseen clips: from the forced alignment, attention is "
        f"{apart.attention:.2f} symbols away, a straight line {apart.straight:.2f}\n"
    )
    return model


def _examples(corpus: Path, features: Path, split: str, speaker: str) -> list[Example]:
    examples, _ = load_examples(corpus, features, split)
    return [example for example in examples if example.clip.speaker == speaker]


def trained(folder: Path = RUN) -> Tacotron2:
    """Load the averaged weights of a run."""
    model = Tacotron2(SMALL)
    weights: dict[str, Tensor] = read_state(folder)["average"]
    model.load_state_dict(weights)
    return model.eval()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=FEATURES)
    parser.add_argument("--run", type=Path, default=RUN)
    parser.add_argument("--minutes", type=float, default=40.0)
    options = parser.parse_args()
    torch.set_num_threads(1)
    train(options.corpus, options.features, options.run, seconds=60 * options.minutes)


if __name__ == "__main__":
    main()
