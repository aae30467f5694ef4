"""Train a voice from nothing to what narrator ships, in one command.

python -m narrator.training --corpus FOLDER [--work FOLDER] [--minutes 250] [--share 1.0]

Prepare, train the acoustic model and the vocoder side by side, publish, make the voices. An
interrupted call goes on where it stopped; one whose budget is spent starts nothing anew.
"""

import argparse
import sys
from pathlib import Path
from typing import NamedTuple

import torch

from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig, VocoderConfig
from narrator.training import train_acoustic, train_vocoder, voices
from narrator.training.beside import BrokenOff, beside
from narrator.training.prepare import prepare
from narrator.training.publish import publish


class Folders(NamedTuple):
    """corpus: manifest and clips. work: what is resumed from. model, voices: what is made."""

    corpus: Path
    work: Path
    model: Path
    voices: Path


class Sizes(NamedTuple):
    """The shapes of the networks; None is the shape that narrator ships."""

    speech: FastSpeech2Config | None = None
    encoder: SpeakerEncoderConfig | None = None
    vocoder: VocoderConfig | None = None


def train_all(
    folders: Folders,
    *,
    seconds: float,
    share: float = 1.0,
    workers: int = 2,
    device: str = "cpu",
    sizes: Sizes | None = None,
) -> None:
    """Go the whole way from clips to a model and its voices, training for `seconds`.

    share: the part of the corpus to use. Raises ValueError, before any work, for a voice whose
    speakers the corpus does not have, BrokenOff where the vocoder's training broke off.
    """
    sizes = sizes or Sizes()
    corpus, work, model, shelf = folders
    features, acoustic, vocoder = work / "features", work / "acoustic", work / "vocoder"
    voices.check_recipes(corpus, shelf)
    prepare(corpus, features, share=share, workers=workers)
    threads = torch.get_num_threads()  # both gain less from a second one than from a process
    torch.set_num_threads(threads - threads // 2)
    with beside(
        max(1, threads // 2),
        train_vocoder.train,
        corpus,
        features,
        vocoder,
        seconds=seconds,
        device=device,
        config=sizes.vocoder,
    ):
        train_acoustic.train(
            corpus,
            features,
            acoustic,
            seconds=seconds,
            device=device,
            speech=sizes.speech,
            encoder=sizes.encoder,
        )
    torch.set_num_threads(threads)
    publish([acoustic], vocoder, corpus, features, model)
    voices.build(corpus, features, model, shelf)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    parser.add_argument("--voices", type=Path, default=Path("voices"))
    parser.add_argument("--minutes", type=float, default=250.0)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    options = parser.parse_args()
    try:
        train_all(
            Folders(options.corpus, options.work, options.model, options.voices),
            seconds=60 * options.minutes,
            share=options.share,
            workers=options.workers,
            device=options.device,
        )
    except KeyboardInterrupt:
        sys.exit("Stopped. The same command goes on from here.")
    except BrokenOff as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
