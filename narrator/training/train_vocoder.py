"""Train the vocoder: first to reconstruct, then against discriminators.

python -m narrator.training.train_vocoder --corpus FOLDER --features FOLDER --run FOLDER --minutes
60
"""

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from narrator.engine.config import VocoderConfig
from narrator.engine.mel import log_mel
from narrator.engine.vocoder import FrameNetwork, Vocoder
from narrator.speech import HOP
from narrator.training.ablations.free_phase_vocoder import FreePhaseVocoder
from narrator.training.ablations.harmonic_vocoder import HarmonicVocoder, smoothed
from narrator.training.corpus import read_manifest
from narrator.training.discriminators import Discriminators
from narrator.training.losses import (
    PERIODIC_FRAMES,
    feature_distance,
    least_squares,
    periodicity_distance,
    pitch_distance,
    spectral_distance,
)
from narrator.training.run import Average, Run, begin_with, seed_all
from narrator.training.sounds import Pieces, load_sounds

FRAMES = 48
BATCH = 12
JUDGED_FRAMES, JUDGED_BATCH = 32, 8  # judges cost seven times as much as all else
RATE = 2e-3
DISCRIMINATOR_RATE = 3e-4
ADVERSARIAL_FROM = 0.75
SMOOTHED = 0.5  # of the steps see a pitch as coarse as the acoustic model's
MEL_WEIGHT = 5.0
FEATURE_WEIGHT = 2.0
PERIODIC_WEIGHT = 1.0
LOWEST_PITCH_HZ = 65.0  # below it three periods are longer than what is looked at
HEADS: dict[str, Callable[[VocoderConfig], FrameNetwork]] = {
    "source": Vocoder,
    "free": FreePhaseVocoder,
    "harmonic": HarmonicVocoder,
}
SOURCE_WEIGHTS = {"kathleen": 3.0, "asp": 3.0, "librispeech": 3.0}


def reconstruction_loss(made: Tensor, real: Tensor) -> Tensor:
    """Compare waveforms (batch, samples) by three spectrograms and by the mel that both share."""
    mel = (log_mel(made) - log_mel(real)).abs().mean()
    return spectral_distance(made, real) + mel


def voiced_places(pitch: Tensor) -> Tensor:
    """Draw at most PERIODIC_FRAMES clips and frames (count, 2) that are voiced; pitch in Hz."""
    places = (pitch > LOWEST_PITCH_HZ).nonzero()
    return places[torch.randperm(len(places), device=pitch.device)[:PERIODIC_FRAMES]]


def train(
    corpus: Path,
    features: Path,
    folder: Path,
    *,
    seconds: float,
    adversarial_from: float = ADVERSARIAL_FROM,
    device: str = "cpu",
    seed: int = 1,
    config: VocoderConfig | None = None,
    start: Path | None = None,
    rate: float = RATE,
    head: str = "source",
) -> FrameNetwork:
    """Train on the `train` rows for `seconds` and give the averaged vocoder.

    adversarial_from: the share of the budget after which discriminators join in; above 1, never.
    start: a finished run whose averaged weights this one begins with. head: a name in HEADS.
    """
    seed_all(seed)
    sounds = load_sounds([c for c in read_manifest(corpus) if c.split == "train"], features)
    pieces = Pieces(sounds, SOURCE_WEIGHTS, FRAMES)
    vocoder = HEADS[head](config or VocoderConfig()).to(device)
    judges = Discriminators().to(device)
    if start is not None:
        begin_with(start, vocoder, judges)
    optimiser = torch.optim.AdamW(vocoder.parameters(), lr=rate, betas=(0.8, 0.99))
    judging = torch.optim.AdamW(judges.parameters(), lr=DISCRIMINATOR_RATE, betas=(0.8, 0.99))
    average = Average(vocoder, 0.999)
    run = Run(folder, budget=seconds, config={"vocoder": vocoder.config.to_json()})
    run.track(vocoder=vocoder, judges=judges, optimiser=optimiser, judging=judging, average=average)
    run.resume()
    chance = np.random.default_rng((seed, run.step))
    for step in run.steps(optimiser, judging):
        mel, real, f0 = (x.to(device) for x in pieces.draw(BATCH, chance))
        is_judged = run.progress >= adversarial_from
        if is_judged:
            mel = mel[:JUDGED_BATCH, :, :JUDGED_FRAMES]
            real = real[:JUDGED_BATCH, : JUDGED_FRAMES * HOP]
            f0 = f0[:JUDGED_BATCH, :JUDGED_FRAMES]
        if head == "harmonic" and chance.random() < SMOOTHED:
            f0 = smoothed(f0, int(2 * chance.integers(2, 9) + 1))
        noise = torch.randn(len(mel), vocoder.config.noise, mel.shape[2], device=device)
        with torch.autocast(device, dtype=torch.bfloat16):
            made = vocoder(mel, noise, f0) if head == "harmonic" else vocoder(mel, noise)
        loss = reconstruction_loss(made, real)
        rough = periodicity_distance(made, real, f0, voiced_places(f0))
        loss = loss + PERIODIC_WEIGHT * rough
        judged = torch.zeros(())
        if is_judged:
            judged = _judge_step(judges, judging, made.detach(), real, device)
            loss = MEL_WEIGHT * loss + _persuasion(judges, made, real, device)
        if isinstance(vocoder, Vocoder):
            with torch.autocast(device, dtype=torch.bfloat16):
                read = vocoder.reader.logits(mel)
            loss = loss + pitch_distance(*read, vocoder.reader.tones, f0)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(vocoder.parameters(), 5.0)
        optimiser.step()
        average.update(vocoder, step)
        run.log(loss=loss.detach(), judges=judged, rough=rough.detach())
    vocoder.load_state_dict(average.weights, strict=True)
    return vocoder.eval()


def _judge_step(
    judges: Discriminators,
    judging: torch.optim.Optimizer,
    made: Tensor,
    real: Tensor,
    device: str,
) -> Tensor:
    with torch.autocast(device, dtype=torch.bfloat16):
        fake_scores, _ = judges(made)
        real_scores, _ = judges(real)
    loss = least_squares(fake_scores, 0.0) + least_squares(real_scores, 1.0)
    judging.zero_grad()
    loss.backward()
    judging.step()
    return loss.detach()


def _persuasion(judges: Discriminators, made: Tensor, real: Tensor, device: str) -> Tensor:
    with torch.autocast(device, dtype=torch.bfloat16):
        scores, ours = judges(made)
        with torch.no_grad():
            _, theirs = judges(real)
    return least_squares(scores, 1.0) + FEATURE_WEIGHT * feature_distance(ours, theirs)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument("--run", type=Path, default=Path("build/training/vocoder"))
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--adversarial-from", type=float, default=ADVERSARIAL_FROM)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--head", choices=HEADS, default="source")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    train(
        options.corpus,
        options.features,
        options.run,
        seconds=60 * options.minutes,
        adversarial_from=options.adversarial_from,
        device=options.device,
        seed=options.seed,
        start=options.start,
        rate=options.rate,
        head=options.head,
    )


if __name__ == "__main__":
    main()
