"""narrator check FILE...: every technical figure of sound files, against what a shop asks for."""

import argparse
from pathlib import Path

from narrator.audio.targets import ACX, TARGETS
from narrator.cli.terminal import DONE, FAILED, NO, show, tell
from narrator.cli.verbs import Verbs
from narrator.disk import atomic_path
from narrator.errors import UnreadableAudio
from narrator.studio.checking import CheckedFile, check_files
from narrator.studio.report import as_json, lines, summary
from narrator.studio.report_page import as_html
from narrator.studio.studio import Studio
from narrator.words import explain


def add(verbs: Verbs) -> None:
    """Say what may follow the verb."""
    parser = verbs.add("check", run, "hold sound files against technical figures")
    parser.add_argument("files", metavar="FILE", type=Path, nargs="+", help="files of one book")
    parser.add_argument(
        "--profile", choices=list(TARGETS), default=ACX.name, help="what they are held against"
    )
    parser.add_argument("--json", metavar="FILE.json", type=_json, help="write the report there")
    parser.add_argument("--html", metavar="FILE.html", type=_html, help="write the report there")


def run(options: argparse.Namespace, studio: Studio) -> int:
    """Check each file; 0 when all figures pass, 3 when one fails, 1 when a file is unreadable."""
    target = TARGETS[options.profile]

    def on_file(file: CheckedFile | UnreadableAudio) -> None:
        if isinstance(file, UnreadableAudio):
            tell(explain(file))
        else:
            show("\n".join(lines(file, target)))

    report = check_files(options.files, target, studio, on_file=on_file)
    for sentence in summary(report):
        show(sentence)
    for path, text in ((options.json, as_json), (options.html, as_html)):
        if path:
            with atomic_path(path) as temporary:
                # A file's name may hold bytes that are no text.
                temporary.write_text(text(report), "utf-8", errors="backslashreplace")
    if report.unreadable:
        return FAILED
    return DONE if report.passed else NO


def _json(text: str) -> Path:
    return _named(text, ".json")


def _html(text: str) -> Path:
    return _named(text, ".html")


def _named(text: str, suffix: str) -> Path:
    """Refuse another kind of name: a sound file that is given by mistake must not be replaced."""
    if Path(text).suffix.lower() != suffix:
        raise argparse.ArgumentTypeError(f"{text!r} does not end with {suffix}")
    return Path(text)
