"""Trials that are done, on disk: one file a speaker."""

import json
from pathlib import Path

import numpy as np
import torch

from narrator.engine.manifest import fingerprint
from narrator.errors import RecordingError
from narrator.training.likeness.speakers import Speaker
from narrator.training.likeness.trial import Measured, measure


def kept(speaker: Speaker, corpus: Path, model: Path, folder: Path) -> Measured | None:
    """Measure a speaker, or read what an earlier run measured; None where it cannot be done.

    folder: bears the fingerprint of the weights. Raises ValueError when they are others by now.
    """
    path = folder / f"{speaker.name}.json"
    if not path.exists():
        if fingerprint(model) != folder.name:
            raise ValueError("the weights were changed meanwhile")
        torch.set_num_threads(1)
        try:
            found = measure(speaker, corpus, model)
        except RecordingError as error:
            print(f"left out {speaker.name}: {error!r}", flush=True)
            return None
        part = path.with_suffix(".part")
        part.write_text(json.dumps(found._asdict(), default=np.ndarray.tolist), encoding="utf-8")
        part.replace(path)
        print(f"measured {speaker.name}", flush=True)
    saved = json.loads(path.read_text(encoding="utf-8"))
    saved["learned"], saved["compared"] = np.array(saved["learned"]), np.array(saved["compared"])
    saved["made"] = {name: np.array(made) for name, made in saved["made"].items()}
    return Measured(**saved)
