"""Compare acoustic models on held-out sentences of the main speaker, as tables. Nothing is trained.

python -m narrator.training.ablations.compare_acoustic --corpus FOLDER fastspeech2=RUN
fastspeech1=RUN

Each run speaks through one vocoder, in the voice that its own encoder hears of the speaker, and
without the wider melody that a published model is given.
"""

import argparse
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import torch

from narrator.engine.checkpoint import Model, load_model
from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig
from narrator.engine.direction import Directions, contour_of
from narrator.engine.measure import drawn_through
from narrator.engine.precision import Precision
from narrator.engine.synthesizer import Synthesizer
from narrator.engine.vocoder import Vocoder
from narrator.speech import VoiceEmbedding
from narrator.training import judges
from narrator.training.ablations.fastspeech1 import weights
from narrator.training.corpus import Clip, read_manifest
from narrator.training.dataset import Example, load_examples
from narrator.training.evaluation import speech_table
from narrator.training.evaluation.memory import Memory
from narrator.training.evaluation.results import Figure, Tables, as_markdown
from narrator.training.evaluation.sentences import Sentence, held_out, load, of_main_speaker
from narrator.training.evaluation.systems import HUMAN, Floats, Trained, narration
from narrator.training.run import read_state
from narrator.training.train_acoustic import MODELS, AcousticModel
from narrator.training.voices import TRAITS, hear


def restored(kind: str, state: dict[str, Any]) -> AcousticModel:
    """Give what a run trained, with its averaged weights. kind: in MODELS."""
    shapes = state["config"]
    speech = FastSpeech2Config.from_json(shapes["speech"])
    encoder = SpeakerEncoderConfig.from_json(shapes["encoder"])
    model = AcousticModel(speech, encoder, MODELS[kind])
    model.load_state_dict(state["average"])
    return model.eval()


def speaking(
    model: AcousticModel, vocoder: Vocoder, speaker: str, clips: Sequence[Clip], features: Path
) -> Trained:
    """Let a model speak as one speaker of the `train` rows; on the processor, in float32."""
    heard = hear(speaker, clips, features, model.encoder)
    traits = dict(zip(TRAITS, heard.traits.tolist(), strict=True))
    engine = Synthesizer(
        Model(model.speech, model.encoder, vocoder),
        device=torch.device("cpu"),
        precision=Precision.FP32,
        encoder=speaker,
    )
    return Trained(engine, {speaker: VoiceEmbedding(heard.values, **traits, encoder=speaker)}, "")


@torch.inference_mode()
def mel_distance(
    model: AcousticModel, voice: VoiceEmbedding, example: Example, *, own: bool
) -> float:
    """Give the mean distance of the log mels at the durations of the recording.

    own: with the pitch and energy that the model predicts, else with those of the recording.
    """
    manner = model.speech.manner(torch.from_numpy(voice.values.copy())[None])
    hidden, mask = model.speech.encode(torch.from_numpy(example.symbols)[None], manner)
    frames = torch.from_numpy(example.durations)[None]
    voiced, energy = (torch.from_numpy(row)[None] for row in (example.voiced, example.energy))
    contour = torch.from_numpy(drawn_through(example.f0))[None]
    if own:
        guess = model.speech.predict(hidden, manner, mask)
        voiced, energy = (guess.voiced > 0).float(), guess.energy
        tone = guess.pitch * voice.pitch_std + voice.pitch_mean
        contour = contour_of(Directions(frames, tone, voiced, energy))
    mel, _ = model.speech.decode(hidden, manner, mask, frames, contour, voiced, energy)
    return float(np.abs(mel[0].numpy() - example.mel.astype(np.float32)).mean())


def compare(
    runs: Sequence[tuple[str, Path]],
    vocoder: Vocoder,
    sentences: Sequence[Sentence],
    corpus: Path,
    features: Path,
    memory: Memory,
) -> Tables:
    """Judge each run, a pair of its kind in MODELS and its folder, on sentences of one speaker."""
    speaker = sentences[0].clip.speaker
    clips = [clip for clip in read_manifest(corpus) if clip.split == "train"]
    unseen, _ = load_examples(corpus, features, "valid")
    unseen = [example for example in unseen if example.clip.speaker == speaker]
    speakers: dict[str, Callable[[Sentence], Floats]] = {HUMAN: lambda sentence: sentence.audio}
    trained: dict[str, dict[str, Figure]] = {}
    for kind, folder in runs:
        state = read_state(folder)
        model = restored(kind, state)
        voiced = speaking(model, vocoder, speaker, clips, features)
        voice = voiced.voices[speaker]
        speakers[kind] = partial(_narrated, voiced, speaker)
        trained[kind] = {
            "weights": weights(model.speech),
            "minutes": round(state["elapsed"] / 60),
            "steps": int(state["step"]),
        } | {
            f"log-mel L1, {whose} melody": judges.bootstrap(
                [mel_distance(model, voice, example, own=own) for example in unseen]
            )
            for whose, own in (("its own", True), ("the recording's", False))
        }
    heard = speech_table.fill(sentences, speakers, memory, partial(print, flush=True))
    return {"at the recording's durations": trained, **heard}


def _narrated(trained: Trained, voice: str, sentence: Sentence) -> Floats:
    return narration(trained, voice, sentence.clip.text).audio.samples


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument("--model", type=Path, default=Path("resources/model"), help="its vocoder")
    parser.add_argument("--out", type=Path, default=Path("build/training/compare_acoustic"))
    parser.add_argument("--quick", action="store_true", help="every fifth sentence")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("runs", nargs="+", metavar="MODEL=RUN")
    options = parser.parse_args()
    runs = [(kind, Path(folder)) for kind, _, folder in (r.partition("=") for r in options.runs)]
    torch.set_num_threads(1)
    clips = held_out(read_manifest(options.corpus), quick=options.quick)
    with ProcessPoolExecutor(
        options.workers, get_context("spawn"), torch.set_num_threads, (1,)
    ) as pool:
        chosen = load([clips[n] for n in of_main_speaker(clips)], options.corpus, pool)
        tables = compare(
            runs,
            load_model(options.model).vocoder,
            chosen,
            options.corpus,
            options.features,
            Memory(options.out / "memory", pool),
        )
    text = as_markdown(tables)
    (options.out / "table.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
