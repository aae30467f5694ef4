"""Train a voice from nothing to what narrator ships, in one command.

python -m narrator.training --corpus FOLDER [--work FOLDER] [--minutes 150] [--share 1.0]

Prepare, train the acoustic model and the vocoder, publish, make the voices. An interrupted call
goes on where it stopped; one whose budget is spent starts nothing anew.
"""

import argparse
from pathlib import Path

import torch

from narrator.engine.checkpoint import save_model
from narrator.training import train_acoustic, train_vocoder, voices
from narrator.training.prepare import prepare
from narrator.training.publish import averaged

ACOUSTIC_SHARE = 0.55
VOCODER_SHARE = 0.45


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    parser.add_argument("--voices", type=Path, default=Path("voices"))
    parser.add_argument("--minutes", type=float, default=150.0)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    features = options.work / "features"
    seconds = 60 * options.minutes
    prepare(options.corpus, features, share=options.share, workers=options.workers)
    train_acoustic.train(
        options.corpus,
        features,
        options.work / "acoustic",
        seconds=ACOUSTIC_SHARE * seconds,
        device=options.device,
    )
    train_vocoder.train(
        options.corpus,
        features,
        options.work / "vocoder",
        seconds=VOCODER_SHARE * seconds,
        device=options.device,
    )
    save_model(averaged(options.work / "acoustic", options.work / "vocoder"), options.model)
    voices.build(options.corpus, features, options.model, options.voices)


if __name__ == "__main__":
    main()
