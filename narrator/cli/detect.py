"""narrator detect FILE...: whether sound bears narrator's watermark."""

import argparse
from pathlib import Path

from narrator.cli.terminal import DONE, FAILED, NO, show, tell
from narrator.cli.verbs import Verbs
from narrator.errors import NarratorError
from narrator.studio.checking.detection import detect_file, worded
from narrator.studio.studio import Studio
from narrator.words import explain


def add(verbs: Verbs) -> None:
    """Say what may follow the verb."""
    parser = verbs.add("detect", run, "tell whether sound files were spoken by narrator")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="any sound file")


def run(options: argparse.Namespace, studio: Studio) -> int:
    """Look into each file; 0 when all are marked, 3 when one is not, 1 when one is unreadable."""
    code = DONE
    for path in options.files:
        try:
            found = detect_file(path, studio)
        except NarratorError as error:
            tell(explain(error))
            code = FAILED
        else:
            show(f"{path}: {worded(found)}")
            code = code or (DONE if found.finding.found else NO)
    return code
