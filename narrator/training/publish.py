"""Turn finished (or running) training runs into the model folder that narrator ships.

python -m narrator.training.publish --corpus FOLDER --acoustic RUN --vocoder RUN --model FOLDER
"""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from torch import Tensor

from narrator.engine.checkpoint import Model, save_model
from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig, VocoderConfig
from narrator.engine.fastspeech2 import FastSpeech2
from narrator.engine.speaker_encoder import SpeakerEncoder
from narrator.engine.vocoder import Vocoder
from narrator.training.melody import measured_melody
from narrator.training.pauses import measured_pause
from narrator.training.run import averaged_over, read_state
from narrator.training.same_voice import measured, speakers_of

FEWEST_SPEAKERS = 20


def _part(weights: dict[str, Tensor], name: str) -> dict[str, Tensor]:
    return {
        key.removeprefix(name + "."): value
        for key, value in weights.items()
        if key.startswith(name + ".")
    }


def publish(
    acoustic: Sequence[Path], vocoder: Path, corpus: Path, features: Path, folder: Path
) -> Model:
    """Write the model of these runs into `folder`, with what was measured of it.

    acoustic: one run, or several that began with the same weights, of which the mean is taken.
    """
    model = averaged(acoustic, vocoder)
    speakers = speakers_of(corpus, features, model.encoder)
    if len(speakers) >= FEWEST_SPEAKERS:
        found = measured(speakers[::2], speakers[1::2])
        print(found, flush=True)
        model.encoder.config = replace(model.encoder.config, same_voice=found.threshold)
    melody = measured_melody(model, corpus, features)
    print(f"the melody is widened by {melody:.3f}", flush=True)
    pause = measured_pause(corpus, features)
    print(f"a pause inside a sentence lasts at least {pause:.1f} frames", flush=True)
    model.acoustic.config = replace(model.acoustic.config, melody=melody, pause=pause)
    save_model(model, folder)
    return model


def averaged(acoustic: Sequence[Path], vocoder: Path) -> Model:
    """Give the networks with the averaged weights of these runs."""
    shapes: dict[str, Any] = read_state(acoustic[0])["config"]
    heard = averaged_over(acoustic)
    sung: dict[str, Any] = read_state(vocoder)
    model = Model(
        FastSpeech2(FastSpeech2Config.from_json(shapes["speech"])),
        SpeakerEncoder(SpeakerEncoderConfig.from_json(shapes["encoder"])),
        Vocoder(VocoderConfig.from_json(sung["config"]["vocoder"])),
    )
    model.acoustic.load_state_dict(_part(heard, "speech"))
    model.encoder.load_state_dict(_part(heard, "encoder"))
    model.vocoder.load_state_dict(sung["average"])
    for network in model:
        network.eval()
    return model


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--features", type=Path, default=Path("build/training/features"))
    parser.add_argument(
        "--acoustic", type=Path, nargs="+", default=[Path("build/training/acoustic")]
    )
    parser.add_argument("--vocoder", type=Path, default=Path("build/training/vocoder"))
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    options = parser.parse_args()
    publish(options.acoustic, options.vocoder, options.corpus, options.features, options.model)


if __name__ == "__main__":
    main()
