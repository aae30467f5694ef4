"""Draw the attention of the trained Tacotron 2 beside the durations of FastSpeech 2, one sentence.

Run: PYTHONPATH=tests/bench python -m tacotron2.attention [--text TEXT], after tacotron2.train.
"""

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from narrator.__main__ import open_studio
from narrator.settings import folders
from narrator.speech import FRAMES_PER_SECOND, Opening, SynthesisRequest, Timing
from narrator.text.symbols import INDEX
from tacotron2.model import STOP, Tacotron2
from tacotron2.train import RUN, SPEAKER, trained

TEXT = "The lamp burned low, and nobody on the stair could hear the sea."
PICTURE = Path("build/training/tacotron2/attention.png")
SEED = 1


class Walk(NamedTuple):
    """How attention went through a sentence. focus: mean of each step's strongest weight.

    jumps: steps whose strongest weight is before that of the step before, or over three symbols on.
    reached: the share of the symbols up to the last one looked at. stopped: by the stop token.
    """

    focus: float
    jumps: int
    reached: float
    stopped: bool


def walk_of(attention: Tensor, stop: Tensor) -> Walk:
    """Judge one sentence. attention: (steps, symbols). stop: (steps,), logits."""
    strongest, where = attention.max(dim=1)
    moves = where.diff()
    return Walk(
        focus=float(strongest.mean()),
        jumps=int(((moves < 0) | (moves > 3)).sum()),
        reached=float((where.max() + 1) / attention.shape[1]),
        stopped=bool(stop[-1].sigmoid() > STOP),
    )


def duration_alignment(durations: list[int]) -> NDArray[np.float32]:
    """Give durations as attention would look: (frames, symbols), 1 where a symbol sounds."""
    return np.repeat(np.eye(len(durations), dtype=np.float32), durations, axis=0)


def draw(
    text: str, timings: tuple[Timing, ...], attention: Tensor, reduction: int, path: Path
) -> None:
    """Draw both with the symbols upwards and time to the right.

    attention: (steps, symbols), each step of `reduction` frames.
    """
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    panels = {
        "Tacotron 2: attention, learned, speaking by itself": (attention.numpy(), reduction),
        "FastSpeech 2: durations, predicted": (
            duration_alignment([timing.frames for timing in timings]),
            1,
        ),
    }
    figure, axes = pyplot.subplots(2, 1, figsize=(10, 12), sharex=True, layout="constrained")
    for axis, (title, (weights, frames)) in zip(axes, panels.items(), strict=True):
        seconds = len(weights) * frames / FRAMES_PER_SECOND
        axis.imshow(
            weights.T,
            origin="lower",
            aspect="auto",
            interpolation="nearest",
            vmin=0,
            vmax=1,
            extent=(0, seconds, -0.5, len(timings) - 0.5),
            cmap="magma",
        )
        axis.set_title(title, loc="left", fontsize=9)
        names = [timing.symbol for timing in timings]
        axis.set_yticks(range(len(names)), ["␣" if name == " " else name for name in names])
        axis.tick_params(axis="y", labelsize=6)
    longest = max(len(weights) * frames for weights, frames in panels.values())
    axes[-1].set_xlim(0, longest / FRAMES_PER_SECOND)
    axes[-1].set_xlabel("seconds")
    figure.suptitle(text, fontsize=10)
    figure.savefig(path, dpi=90)
    pyplot.close(figure)


def speak(model: Tacotron2, text: str) -> tuple[tuple[Timing, ...], Tensor, Walk]:
    """Speak with both: FastSpeech 2's timings, Tacotron 2's attention (steps, symbols)."""
    studio = open_studio(folders())
    phonemes = studio.front_end.phonemize(text, opening=Opening.SENTENCE, pronunciations=())
    voice = studio.voices.embedding(studio.voices.get(SPEAKER).ref)
    (speech,) = studio.load_engine("cpu").synthesize([SynthesisRequest(phonemes, voice)])
    torch.manual_seed(SEED)
    decoded = model.speak(torch.tensor([[INDEX[symbol] for symbol in phonemes.symbols]]))
    return speech.timings, decoded.attention[0], walk_of(decoded.attention[0], decoded.stop[0])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--text", default=TEXT)
    parser.add_argument("--run", type=Path, default=RUN)
    parser.add_argument("--out", type=Path, default=PICTURE)
    options = parser.parse_args()
    model = trained(options.run)
    timings, attention, walk = speak(model, options.text)
    draw(options.text, timings, attention, model.config.reduction, options.out)
    ours = sum(timing.frames for timing in timings) / FRAMES_PER_SECOND
    theirs = len(attention) * model.config.reduction / FRAMES_PER_SECOND
    sys.stdout.write(
        f"FastSpeech 2 {ours:.2f} s; Tacotron 2 {theirs:.2f} s, "
        f"{'stopped by itself' if walk.stopped else 'never stopped'}, focus {walk.focus:.2f}, "
        f"{walk.jumps} jumps, {walk.reached:.0%} of the symbols reached\n{options.out}\n"
    )


if __name__ == "__main__":
    main()
