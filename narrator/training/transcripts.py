"""Give clips of a corpus the texts that it lacks: a second corpus folder with the same clips.

python -m narrator.training.transcripts --corpus FOLDER --texts FILE [FILE ...] --out FOLDER

FILE: a line a clip, the name of its file without the ending, then what is said, as in the
transcripts of LibriSpeech (SLR12, *.trans.txt).
"""

import argparse
import csv
from collections.abc import Iterable
from pathlib import Path

from narrator.training.corpus import MANIFEST


def read_texts(files: Iterable[Path]) -> dict[str, str]:
    """Read what is said, by clip."""
    lines = (line for file in files for line in file.read_text(encoding="utf-8").splitlines())
    parts = (line.split(maxsplit=1) for line in lines)
    return {found[0]: found[1] for found in parts if len(found) == 2}


def fill_in(corpus: Path, texts: dict[str, str], out: Path) -> int:
    """Write `out` with a manifest in which no text is empty that is known, and links to the clips.

    Gives how many were filled in. A text that is there already stays. Raises FileNotFoundError
    without a manifest.tsv, FileExistsError where `out` has one.
    """
    with (corpus / MANIFEST).open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        clips, columns = list(rows), list(rows.fieldnames or ())
    known = 0
    for clip in clips:
        if not clip["text"] and (text := texts.get(Path(clip["file"]).stem)):
            clip["text"] = text
            known += 1
    out.mkdir(parents=True, exist_ok=True)
    with (out / MANIFEST).open("x", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(
            file,
            columns,
            delimiter="\t",
            quoting=csv.QUOTE_NONE,
            quotechar=None,
            lineterminator="\n",
        )
        writer.writeheader()
        writer.writerows(clips)
    for folder in sorted({Path(clip["file"]).parts[0] for clip in clips}):
        (out / folder).symlink_to((corpus / folder).resolve())
    return known


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    known = fill_in(options.corpus, read_texts(options.texts), options.out)
    print(f"{known} texts filled in: {options.out}")


if __name__ == "__main__":
    main()
