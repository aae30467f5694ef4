"""Train FastSpeech 2 together with the speaker encoder that it listens to.

python -m narrator.training.train_acoustic --corpus FOLDER --features FOLDER --run FOLDER --minutes
60
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig
from narrator.engine.fastspeech2 import FastSpeech2
from narrator.engine.speaker_encoder import SpeakerEncoder
from narrator.text.symbols import SYMBOLS
from narrator.training.corpus import read_manifest
from narrator.training.dataset import Batch, Batches, Example, load_examples
from narrator.training.losses import masked_mean
from narrator.training.run import Average, Run, seed_all

BATCH_FRAMES = 4800
RATE = 1e-3
SOURCE_WEIGHTS = {"kathleen": 4.0, "asp": 3.0, "speechocean762": 3.0}
SIMILARITY_TEMPERATURE = 0.1
WEIGHTS = {"mel": 1.0, "duration": 0.3, "pitch": 0.2, "voiced": 0.2, "energy": 0.2, "voice": 0.05}
VALIDATE_EVERY = 500


class AcousticModel(nn.Module):
    """What is trained together: the encoder of voices and the model that speaks with them."""

    def __init__(self, speech: FastSpeech2Config, encoder: SpeakerEncoderConfig) -> None:
        super().__init__()
        self.speech = FastSpeech2(speech)
        self.encoder = SpeakerEncoder(encoder)


class Losses(NamedTuple):
    """One number a task, as in WEIGHTS."""

    mel: Tensor
    duration: Tensor
    pitch: Tensor
    voiced: Tensor
    energy: Tensor
    voice: Tensor

    def total(self) -> Tensor:
        """Give the weighted sum."""
        return torch.stack([WEIGHTS[k] * v for k, v in self._asdict().items()]).sum()


def voice_contrast(first: Tensor, second: Tensor, speakers: Tensor) -> Tensor:
    """Bring two prompts of one speaker together and those of different speakers apart.

    first, second: (batch, width). speakers: (batch,).
    Source: supervised contrastive learning (Khosla et al. 2020, arXiv 2004.11362), equation 2.
    """
    voices = nn.functional.normalize(torch.cat([first, second]), dim=1)
    who = torch.cat([speakers, speakers])
    itself = torch.eye(len(who), dtype=torch.bool, device=who.device)
    likeness = (voices @ voices.T / SIMILARITY_TEMPERATURE).masked_fill(itself, -1e4)
    same = (who[:, None] == who) & ~itself
    log_share = likeness - likeness.logsumexp(dim=1, keepdim=True)
    return -((log_share * same).sum(dim=1) / same.sum(dim=1)).mean()


def losses_of(model: AcousticModel, batch: Batch) -> Losses:
    """Speak the batch with its own durations, pitch and energy, and compare."""
    count = len(batch.symbols)
    first, second = (model.encoder(batch.prompts[n], batch.heard[n]) for n in (0, 1))
    voice = first[:count]
    hidden, mask = model.speech.encode(batch.symbols, voice)
    predicted = model.speech.predict(hidden, voice, mask)
    mel, frames = model.speech.decode(
        hidden, voice, batch.durations, batch.pitch, batch.voiced, batch.energy
    )
    there = (torch.arange(mel.shape[2], device=mel.device) < frames[:, None])[:, None]
    there = there * batch.bands[..., None]  # (batch, MELS, frames)
    real = mask.float()
    sounding = real * (batch.durations > 0)
    log_duration = (1 + batch.durations).float().log()
    return Losses(
        masked_mean((mel - batch.mel).abs(), there),
        masked_mean((predicted.log_duration - log_duration).square(), real),
        masked_mean((predicted.pitch - batch.pitch).square(), real * batch.voiced),
        masked_mean(
            binary_cross_entropy_with_logits(predicted.voiced, batch.voiced, reduction="none"),
            sounding,
        ),
        masked_mean((predicted.energy - batch.energy).square(), sounding),
        voice_contrast(first.float(), second.float(), batch.speakers),
    )


def listened_mels(corpus: Path, features: Path) -> list[NDArray[np.float16]]:
    """Load the mels of untranscribed clips, each alone of its speaker: voices for the encoder."""
    clips = [clip for clip in read_manifest(corpus) if clip.split == "train"]
    counts = Counter(clip.speaker for clip in clips)
    mels = []
    for clip in clips:
        path = features / f"{clip.key}.npz"
        if counts[clip.speaker] == 1 and not clip.text and path.exists():
            with np.load(path) as saved:
                mels.append(saved["mel"])
    return mels


def train(
    corpus: Path,
    features: Path,
    folder: Path,
    *,
    seconds: float,
    device: str = "cpu",
    seed: int = 1,
    speech: FastSpeech2Config | None = None,
    encoder: SpeakerEncoderConfig | None = None,
) -> AcousticModel:
    """Train on the `train` rows for `seconds` and give the averaged model."""
    seed_all(seed)
    examples, _ = load_examples(corpus, features, "train")
    unseen, _ = load_examples(corpus, features, "valid")
    model = AcousticModel(
        speech or FastSpeech2Config(symbols=len(SYMBOLS)), encoder or SpeakerEncoderConfig()
    ).to(device)
    optimiser = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.98), weight_decay=0.01)
    average = Average(model, 0.998)
    config = {"speech": model.speech.config.to_json(), "encoder": model.encoder.config.to_json()}
    run = Run(folder, budget=seconds, config=config)
    run.track(model=model, optimiser=optimiser, average=average)
    run.resume()
    batches = Batches(
        examples,
        SOURCE_WEIGHTS,
        frames=BATCH_FRAMES,
        seed=seed + run.step,
        listened=listened_mels(corpus, features),
    )
    for step, batch in zip(run.steps(optimiser), batches, strict=False):
        with torch.autocast(device, dtype=torch.bfloat16):
            losses = losses_of(model, batch.to(device))
        optimiser.zero_grad()
        losses.total().backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model, step)
        run.log(**losses._asdict())
        if unseen and step % VALIDATE_EVERY == VALIDATE_EVERY - 1:
            print(f"valid mel {validate(model, unseen, device):.4f}", flush=True)
    model.load_state_dict(average.weights)
    return model.eval()


@torch.inference_mode()
def validate(model: AcousticModel, unseen: Sequence[Example], device: str) -> float:
    """Give the mel loss on a few batches that are never trained on."""
    model.eval()
    batches = Batches(unseen, SOURCE_WEIGHTS, frames=BATCH_FRAMES, seed=0)
    with torch.autocast(device, dtype=torch.bfloat16):
        found = [losses_of(model, batch.to(device)).mel.item() for batch in islice(batches, 4)]
    model.train()
    return float(np.mean(found))


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument("--run", type=Path, default=Path("build/training/acoustic"))
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads())
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    train(
        options.corpus,
        options.features,
        options.run,
        seconds=60 * options.minutes,
        device=options.device,
    )


if __name__ == "__main__":
    main()
