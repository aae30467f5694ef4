"""A corpus: a folder with manifest.tsv, one row a clip, and the clips."""

import csv
from pathlib import Path
from typing import NamedTuple

MANIFEST = "manifest.tsv"
UNKNOWN = "unknown"  # a speaker who may be another in every clip


class Clip(NamedTuple):
    """One row of the manifest; `file` is below the corpus folder, `text` empty where unknown."""

    file: str
    speaker: str
    source: str
    licence: str
    sex: str
    seconds: float
    bandwidth_hz: float
    split: str
    text: str

    @property
    def key(self) -> str:
        """A name for the clip that is a file name too."""
        return self.file.rsplit(".", 1)[0].replace("/", "__")


def read_manifest(folder: Path) -> list[Clip]:
    """Read the clips of a corpus, in the order of its manifest.

    Raises FileNotFoundError without a manifest.tsv, KeyError when a column is missing.
    """
    with (folder / MANIFEST).open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [
            Clip(
                file=row["file"],
                speaker=row["speaker"],
                source=row["source"],
                licence=row["licence"],
                sex=row["sex"],
                seconds=float(row["seconds"]),
                bandwidth_hz=float(row["bandwidth_hz"]),
                split=row["split"],
                text=row["text"] or "",
            )
            for row in rows
        ]
