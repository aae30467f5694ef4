"""Do what the command line says, and put every refusal into one sentence."""

import io
import logging
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from narrator.cli import check, detect, narrate, say, voices
from narrator.cli.terminal import FAILED, INTERRUPTED, tell
from narrator.cli.verbs import Verbs
from narrator.errors import Cancelled, NarratorError
from narrator.settings import Folders, folders, logging_to
from narrator.studio.studio import Studio
from narrator.words import explain

log = logging.getLogger(__name__)


def main(
    arguments: Sequence[str] | None,
    open_studio: Callable[[Folders], Studio],
    run_app: Callable[[Studio, Path | None], int],
) -> int:
    """Do what the command line says; 0 done, 1 an error told in one sentence, 2 usage, 130 stopped.

    open_studio is called once the command line is right; run_app opens the window. Raises nothing
    but argparse's SystemExit.
    """
    verbs = Verbs()
    for verb in (narrate, say, voices, detect, check):
        verb.add(verbs)
    app = verbs.add("app", lambda options, studio: run_app(studio, options.book), "open the window")
    app.add_argument("book", metavar="FILE", type=Path, nargs="?", help="the book to open")
    options = verbs.parse(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name it cannot show must not end the work
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        with logging_to(folders().log) as log_file:
            return _guarded(lambda: options.run(options, open_studio(folders())), log_file)
    except NarratorError as error:
        tell(explain(error))
        return FAILED
    except (KeyboardInterrupt, Cancelled):
        tell("Stopped.")
        return INTERRUPTED


def _guarded(work: Callable[[], int], log_file: Path) -> int:
    try:
        return work()
    except (NarratorError, Cancelled):
        raise
    except Exception as error:  # broad on purpose: no traceback reaches the user
        log.exception("unexpected error")
        tell(f"Something unexpected went wrong ({type(error).__name__}): see {log_file}.")
        return FAILED
