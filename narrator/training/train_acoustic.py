"""Train FastSpeech 2 together with the speaker encoder that it listens to.

First by distance to the recordings, then also before judges (mel_discriminators.py).

python -m narrator.training.train_acoustic --corpus FOLDER --features FOLDER --run FOLDER --minutes
60
"""

import argparse
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig
from narrator.engine.fastspeech2 import FastSpeech2, Variances
from narrator.engine.speaker_encoder import SpeakerEncoder
from narrator.text.symbols import PHONEMES, SYMBOLS
from narrator.training.ablations.fastspeech1 import FastSpeech1, of_same_size
from narrator.training.dataset import Batch, Batches, Example, listened_mels, load_examples
from narrator.training.losses import masked_mean, unlikeness, voice_contrast
from narrator.training.mel_discriminators import FAINTEST, AcousticJudges, Shown
from narrator.training.run import Average, Run, begin_with, read_state, seed_all

BATCH_FRAMES = 4800
RATE = 1e-3
JUDGES_RATE = 3e-4
Kind = type[FastSpeech2]
MODELS: dict[str, Kind] = {"fastspeech2": FastSpeech2, "fastspeech1": FastSpeech1}
SOURCE_WEIGHTS = {"kathleen": 4.0, "asp": 4.0, "speechocean762": 3.0, "librispeech": 6.0}
WEIGHTS = {
    "mel": 1.0, "duration": 0.3, "pitch": 0.2, "voiced": 0.2, "energy": 0.2, "voice": 0.05,
}  # fmt: skip
ADVERSARIAL_WEIGHTS = {"mel": 0.3, "prosody": 0.4, "tones": 0.2, "unlikeness": 0.5}
ADVERSARIAL_FROM = 0.6
JUDGED_FRAMES = 256
VALIDATE_EVERY = 250


class AcousticModel(nn.Module):
    """What is trained together: the encoder of voices and the model that speaks with them."""

    def __init__(
        self, speech: FastSpeech2Config, encoder: SpeakerEncoderConfig, kind: Kind = FastSpeech2
    ) -> None:
        super().__init__()
        self.speech = kind(speech)
        self.encoder = SpeakerEncoder(encoder)

    @classmethod
    def like(cls, run: Path, kind: Kind = FastSpeech2) -> Self:
        """Give a new one of the shape of that run's."""
        shapes = read_state(run)["config"]
        return cls(
            FastSpeech2Config.from_json(shapes["speech"]),
            SpeakerEncoderConfig.from_json(shapes["encoder"]),
            kind,
        )


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


class Spoken(NamedTuple):
    """A batch as the model says it. unlike: see `unlikeness`. real, made: what judges see of it."""

    losses: Losses
    unlike: Tensor
    predicted: Variances
    real: Shown
    made: Shown


def speak(model: AcousticModel, batch: Batch) -> Spoken:
    """Speak the batch with its own durations, pitch and energy, and compare."""
    count = len(batch.symbols)
    first, second = (model.encoder(batch.prompts[n], batch.heard[n]) for n in (0, 1))
    voice = first[:count]
    manner = model.speech.manner(voice)
    hidden, mask = model.speech.encode(batch.symbols, manner)
    predicted = model.speech.predict(hidden, manner, mask)
    mel, frames = model.speech.decode(
        hidden, manner, mask, batch.durations, batch.contour, batch.voiced, batch.energy
    )
    there = (torch.arange(mel.shape[2], device=mel.device) < frames[:, None])[:, None]
    there = there * batch.bands[..., None]  # (batch, MELS, frames)
    real = mask.float()
    sounding = real * (batch.durations > 0)
    log_duration = (1 + batch.durations).float().log()
    losses = Losses(
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
    true, false = (_seen(x, there) for x in (batch.mel, mel))
    # Whole frames would give the recording away.
    whole = (0.5 + batch.durations + torch.rand_like(log_duration)).log()
    melody = 0.0 if isinstance(model.speech, FastSpeech1) else 1.0  # none that it cannot have
    own = _prosody(batch, whole, melody * batch.pitch, melody * batch.energy)
    ours = _prosody(batch, predicted.log_duration, predicted.pitch, predicted.energy)
    return Spoken(
        losses,
        unlikeness(model.encoder, mel, frames, second[:count]),
        predicted,
        Shown(true, batch.f0, own, hidden, voice),
        Shown(false, batch.f0, ours, hidden, voice),
    )


def _seen(mel: Tensor, there: Tensor) -> Tensor:
    """Blank what was not recorded, and what a silenced room would give away."""
    return torch.where(there > 0, mel.clamp(min=FAINTEST), FAINTEST)


def _prosody(batch: Batch, log_duration: Tensor, pitch: Tensor, energy: Tensor) -> Tensor:
    """Stack what a judge hears of phonemes; boundaries last as long as the text wants."""
    spoken = ((batch.symbols > 0) & (batch.symbols <= len(PHONEMES))).float()
    parts = (log_duration - 2, pitch * batch.voiced, batch.voiced, energy)
    return torch.stack(parts, dim=-1) * spoken[..., None]


def _window(shown: Shown, start: int) -> Shown:
    there = slice(start, start + JUDGED_FRAMES)
    return shown._replace(mel=shown.mel[..., there], f0=shown.f0[:, there])


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
    adversarial_from: float = ADVERSARIAL_FROM,
    start: Path | None = None,
    rate: float = RATE,
    model_name: str = "fastspeech2",
) -> AcousticModel:
    """Train on the `train` rows for `seconds` and give the averaged model.

    adversarial_from: the share of the budget after which judges join in; above 1, never. From then
    on the encoder judges likeness and learns no more: it would learn to be easily pleased. start: a
    finished run whose shape, averaged weights and judges this one begins with. speech, encoder:
    the shape without one. model_name: in MODELS; another than FastSpeech 2 is made as large as that
    with `speech`.
    """
    seed_all(seed)
    examples, _ = load_examples(corpus, features, "train")
    unseen, _ = load_examples(corpus, features, "valid")
    kind = MODELS[model_name]
    if start is None:
        shape = speech or FastSpeech2Config(symbols=len(SYMBOLS))
        shape = of_same_size(shape) if kind is FastSpeech1 else shape
        model = AcousticModel(shape, encoder or SpeakerEncoderConfig(), kind)
    else:
        model = AcousticModel.like(start, kind)
    model = model.to(device)
    judges = AcousticJudges(model.speech.config.width, model.speech.config.voice).to(device)
    if start is not None:
        begin_with(start, model, judges)
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, betas=(0.9, 0.98), weight_decay=0.01)
    judging = torch.optim.AdamW(judges.parameters(), lr=JUDGES_RATE, betas=(0.8, 0.99))
    average = Average(model, 0.998)
    config = {"speech": model.speech.config.to_json(), "encoder": model.encoder.config.to_json()}
    run = Run(folder, budget=seconds, config=config)
    run.track(model=model, judges=judges, optimiser=optimiser, judging=judging, average=average)
    run.resume()
    batches = Batches(
        examples,
        SOURCE_WEIGHTS,
        frames=BATCH_FRAMES,
        seed=seed + run.step,
        augmented=True,
        listened=listened_mels(corpus, features, examples),
    )
    chance = np.random.default_rng((seed, run.step))
    for step, batch in zip(run.steps(optimiser, judging), batches, strict=False):
        judged = run.progress >= adversarial_from
        model.encoder.requires_grad_(not judged)
        with torch.autocast(device, dtype=torch.bfloat16):
            spoken = speak(model, batch.to(device))
            loss = spoken.losses.total()
            if judged:
                spare = spoken.real.mel.shape[2] - JUDGED_FRAMES
                first = int(chance.integers(max(1, spare)))
                shown = _window(spoken.real, first), _window(spoken.made, first)
                loss = loss + _judged(judges, judging, *shown, spoken.losses.mel)
                loss = loss + ADVERSARIAL_WEIGHTS["unlikeness"] * spoken.unlike
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model, step)
        run.log(loss=loss, **spoken.losses._asdict(), unlikeness=spoken.unlike)
        if unseen and step % VALIDATE_EVERY == VALIDATE_EVERY - 1:
            print(validate(model, unseen, device), flush=True)
    model.load_state_dict(average.weights)
    return model.eval()


def _judged(
    judges: AcousticJudges, judging: torch.optim.Optimizer, real: Shown, made: Shown, mel: Tensor
) -> Tensor:
    """Let the judges learn, then give the model's loss before them.

    The features weigh as much as the distance of the mels, as in GANSpeech, section 3.2.
    """
    learnt = judges.learn(real.detach(), made)
    judging.zero_grad()
    learnt.backward()
    judging.step()
    found = judges.persuade(real, made)
    features = found.features * (mel / found.features.clamp(min=1e-4)).detach()
    weights = ADVERSARIAL_WEIGHTS
    heard = weights["mel"] * found.mel + weights["tones"] * found.tones
    return features + heard + weights["prosody"] * found.prosody


@torch.inference_mode()
def validate(model: AcousticModel, unseen: Sequence[Example], device: str) -> str:
    """Measure a few batches that are never trained on: distance, and how blurred, how flat."""
    model.eval()
    batches = Batches(unseen, SOURCE_WEIGHTS, frames=BATCH_FRAMES, seed=0)
    rows = []
    for batch in islice(batches, 4):
        with torch.autocast(device, dtype=torch.bfloat16):
            spoken = speak(model, batch.to(device))
        sharp = spoken.made.mel.var(dim=2) / spoken.real.mel.var(dim=2).clamp(min=1e-3)
        voiced = batch.voiced.to(device) > 0
        lively = spoken.predicted.pitch[voiced].std() / batch.pitch.to(device)[voiced].std()
        losses = spoken.losses
        rows.append([losses.mel, losses.pitch, spoken.unlike, sharp.median(), lively])
    model.train()
    mel, pitch, unlike, sharp, lively = np.mean([[float(x) for x in row] for row in rows], axis=0)
    return (
        f"valid mel {mel:.4f}  pitch {pitch:.4f}  likeness {1 - unlike:.3f}  "
        f"variance {sharp:.3f}  melody {lively:.3f}"
    )


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument("--run", type=Path, default=Path("build/training/acoustic"))
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--adversarial-from", type=float, default=ADVERSARIAL_FROM)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--rate", type=float, default=RATE)
    parser.add_argument("--model", choices=MODELS, default="fastspeech2")
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
        device=options.device,
        seed=options.seed,
        adversarial_from=options.adversarial_from,
        start=options.start,
        rate=options.rate,
        model_name=options.model,
    )


if __name__ == "__main__":
    main()
