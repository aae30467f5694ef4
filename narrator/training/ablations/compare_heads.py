"""Compare vocoders with different heads on held-out recordings, as a table.

python -m narrator.training.ablations.compare_heads --corpus FOLDER free=RUN source=RUN

A harmonic vocoder is given the pitch of the recording, which flatters it: at synthesis it would get
one value a phoneme.
"""

import argparse
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch

from narrator.engine.config import VocoderConfig
from narrator.engine.pitch import f0_track
from narrator.engine.vocoder import FrameNetwork
from narrator.speech import SAMPLE_RATE
from narrator.training import judges
from narrator.training.corpus import read_manifest
from narrator.training.evaluation.copies import Floats, mel_distance
from narrator.training.evaluation.harmonics import BANDS_KHZ, difference, harmonicity
from narrator.training.evaluation.sentences import Sentence, held_out, load, strangers
from narrator.training.judges import Interval
from narrator.training.run import read_state
from narrator.training.train_vocoder import HEADS


def copy_of(sentence: Sentence, vocoder: FrameNetwork, head: str) -> Floats:
    """Give the recording as the vocoder makes it from its mel; the same noise each time."""
    mel = torch.from_numpy(sentence.mel.astype(np.float32))[None]
    torch.manual_seed(0)
    noise = torch.randn(1, vocoder.config.noise, mel.shape[2])
    extra = []
    if head == "harmonic":
        track = f0_track(sentence.audio, SAMPLE_RATE)
        extra = [torch.from_numpy(np.resize(track, mel.shape[2]))[None]]
    with torch.inference_mode():
        made: Floats = vocoder(mel, noise, *extra)[0].numpy()
    return made


def figures(made: Sequence[Floats], sentences: Sequence[Sentence]) -> list[Interval | None]:
    """Give PESQ-WB, STOI, log-mel L1 and the HNR of each band against the recordings."""
    real = [sentence.audio for sentence in sentences]
    pairs = list(zip(made, real, strict=True))
    ours, theirs = [harmonicity(wave) for wave in made], [harmonicity(wave) for wave in real]
    return [
        judges.bootstrap([judges.pesq_wideband(*pair) for pair in pairs]),
        judges.bootstrap([judges.stoi(*pair) for pair in pairs]),
        judges.bootstrap([mel_distance(*pair) for pair in zip(made, sentences, strict=True)]),
        *(difference(ours, theirs, band) for band in range(len(BANDS_KHZ))),
    ]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("runs", nargs="+", metavar="HEAD=RUN")
    options = parser.parse_args()
    torch.set_num_threads(1)
    clips = read_manifest(options.corpus)
    with ThreadPoolExecutor(1) as pool:
        chosen = [*held_out(clips, quick=True), *strangers(clips, quick=True)]
        sentences = load(chosen, options.corpus, pool)
    bands = " | ".join(f"HNR {low} to {high} kHz" for low, high in BANDS_KHZ)
    print(f"| head | minutes | steps | PESQ-WB | STOI | log-mel L1 | {bands} |")
    for named in options.runs:
        head, _, folder = named.partition("=")
        state = read_state(Path(folder))
        config = VocoderConfig.from_json(state["config"]["vocoder"])
        vocoder = HEADS[head](config).eval()
        vocoder.load_state_dict(state["average"])
        made = [copy_of(sentence, vocoder, head) for sentence in sentences]
        cells = [
            f"{cell.mean:.3f} ({cell.low:.3f} to {cell.high:.3f})" if cell else ""
            for cell in figures(made, sentences)
        ]
        print(f"| {head} | {state['elapsed'] / 60:.0f} | {state['step']} | {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
