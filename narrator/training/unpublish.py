"""Turn a model folder back into runs that training can begin with, where those are gone.

python -m narrator.training.unpublish --model FOLDER --acoustic RUN --vocoder RUN
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from narrator.engine.checkpoint import load_model
from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig
from narrator.training.run import STATE, write_state


def unpublish(model: Path, acoustic: Path, vocoder: Path) -> None:
    """Write two runs to begin others with: their averaged weights are those of `model`.

    The judges, which no model keeps, begin anew, and what was measured of it is measured again.
    Raises FileExistsError where there is a run already, and what `load_model` raises.
    """
    for run in (acoustic, vocoder):
        if (run / STATE).exists():
            raise FileExistsError(run)
    speech, encoder, sung = load_model(model)
    new = FastSpeech2Config
    unmeasured = {
        "speech": replace(speech.config, melody=new.melody, pause=new.pause),
        "encoder": replace(encoder.config, same_voice=SpeakerEncoderConfig.same_voice),
    }
    heard = {
        f"{name}.{key}": value
        for name, network in (("speech", speech), ("encoder", encoder))
        for key, value in network.state_dict().items()
    }
    shapes = {name: config.to_json() for name, config in unmeasured.items()}
    write_state(acoustic, {"average": heard, "config": shapes})
    sung_shape = {"vocoder": sung.config.to_json()}
    write_state(vocoder, {"average": sung.state_dict(), "config": sung_shape})


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    parser.add_argument("--acoustic", type=Path, required=True)
    parser.add_argument("--vocoder", type=Path, required=True)
    options = parser.parse_args()
    try:
        unpublish(options.model, options.acoustic, options.vocoder)
    except FileExistsError as error:
        sys.exit(f"{error} is a run already: name another folder, so that none is lost.")


if __name__ == "__main__":
    main()
