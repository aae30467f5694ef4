"""Turn a model folder back into runs that training can begin with, where those are gone.

python -m narrator.training.unpublish --model FOLDER --acoustic RUN --vocoder RUN
"""

import argparse
from dataclasses import replace
from pathlib import Path

from narrator.engine.checkpoint import load_model
from narrator.engine.config import FastSpeech2Config, SpeakerEncoderConfig
from narrator.training.run import write_start


def unpublish(model: Path, acoustic: Path, vocoder: Path) -> None:
    """Write two runs to begin others with: their averaged weights are those of `model`.

    The judges, which no model keeps, begin anew, and what was measured of it is measured again.
    Raises FileExistsError where there is a run already, and what `load_model` raises.
    """
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
    write_start(acoustic, heard, {name: one.to_json() for name, one in unmeasured.items()})
    write_start(vocoder, sung.state_dict(), {"vocoder": sung.config.to_json()})


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path("resources/model"))
    parser.add_argument("--acoustic", type=Path, required=True)
    parser.add_argument("--vocoder", type=Path, required=True)
    options = parser.parse_args()
    unpublish(options.model, options.acoustic, options.vocoder)


if __name__ == "__main__":
    main()
