"""narrator check FILE...: sound files against what shops ask for, a book against its sentences."""

import argparse
from pathlib import Path

from narrator.audio.targets import ACX, TARGETS
from narrator.book.reader import is_book_name, read_book
from narrator.cli.narrate import chapter_ranges, speed_factor
from narrator.cli.projects import is_project, read_project
from narrator.cli.terminal import DONE, FAILED, NO, show, stopping, tell
from narrator.cli.verbs import Verbs
from narrator.disk import atomic_path
from narrator.errors import UnreadableAudio
from narrator.speech import Prosody
from narrator.studio.checking.completeness import Completeness, look_over
from narrator.studio.checking.files import CheckedFile, check_files
from narrator.studio.checking.proof import FASTEST_HEARD
from narrator.studio.checking.report import as_json, lines, summary
from narrator.studio.checking.report_page import as_html
from narrator.studio.plan import Choices, Plan, plan_book
from narrator.studio.pronouncing import NAME, Pronouncer
from narrator.studio.script import plan_manuscript
from narrator.studio.studio import Studio
from narrator.words import explain


def add(verbs: Verbs) -> None:
    """Say what may follow the verb."""
    parser = verbs.add("check", run, "hold sound files against technical figures, or prove a book")
    parser.add_argument(
        "files",
        metavar="FILE",
        type=Path,
        nargs="+",
        help="sound files of one book; or a book, or a project, to find sentences that are missing "
        "or suspect",
    )
    parser.add_argument(
        "--profile", choices=list(TARGETS), default=ACX.name, help="what sound is held against"
    )
    parser.add_argument("--json", metavar="FILE.json", type=_json, help="write the report there")
    parser.add_argument("--html", metavar="FILE.html", type=_html, help="write the report there")
    book = parser.add_argument_group("of a book", "as it was narrated")
    book.add_argument("--voice", metavar="NAME", help="one that `narrator voices` lists")
    book.add_argument("--chapters", metavar="1,3-5", type=chapter_ranges, help="only these")
    book.add_argument("--speed", metavar="X", type=speed_factor, default=1.0, help="0.5 to 3")


def run(options: argparse.Namespace, studio: Studio) -> int:
    """Check books, then sound; 0 when all is well, 3 when something is not, 1 when unreadable."""
    books = [path for path in options.files if is_book_name(path) or is_project(path)]
    sounds = [path for path in options.files if path not in books]
    codes = [_book(path, options, studio) for path in books]
    if sounds:
        codes.append(_sounds(sounds, options, studio))
    return FAILED if FAILED in codes else max(codes)


def _sounds(paths: list[Path], options: argparse.Namespace, studio: Studio) -> int:
    target = TARGETS[options.profile]

    def on_file(file: CheckedFile | UnreadableAudio) -> None:
        if isinstance(file, UnreadableAudio):
            tell(explain(file))
        else:
            show("\n".join(lines(file, target)))

    report = check_files(paths, target, studio, on_file=on_file)
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


def _book(path: Path, options: argparse.Namespace, studio: Studio) -> int:
    def on_chapter(found: Completeness, title: str) -> None:
        tell(f"{title}: {found.sentences} sentences, {len(found.doubts)} to look at")

    plan = _plan(path, options, studio)
    with stopping() as stop:
        found = look_over(plan, studio, stop=stop, on_chapter=on_chapter)
    for doubt in found.doubts:
        show(f"chapter {doubt.chapter}: {doubt.text} ({doubt.reason})")
    whole = found.sentences - len(found.doubts)
    heard = "heard word by word" if options.speed <= FASTEST_HEARD else "too fast to be recognised"
    show(f"{path}: {whole} of {found.sentences} sentences are spoken, and {heard}.")
    return DONE if found.is_complete else NO


def _plan(path: Path, options: argparse.Namespace, studio: Studio) -> Plan:
    if is_project(path):
        manuscript, _ = read_project(path)
        everywhere = Pronouncer(studio.folders.data / NAME).all()
        return plan_manuscript(manuscript, lambda name: studio.voices.get(name).ref, everywhere)
    voice = studio.voices.get(options.voice or studio.settings.voice)
    choices = Choices(voice.ref, Prosody(speed=options.speed))
    return plan_book(read_book(path), choices, ranges=options.chapters)


def _json(text: str) -> Path:
    return _named(text, ".json")


def _html(text: str) -> Path:
    return _named(text, ".html")


def _named(text: str, suffix: str) -> Path:
    """Refuse another kind of name: a sound file that is given by mistake must not be replaced."""
    if Path(text).suffix.lower() != suffix:
        raise argparse.ArgumentTypeError(f"{text!r} does not end with {suffix}")
    return Path(text)
