"""The verbs of the command line and the options that several of them share."""

import argparse
from collections.abc import Callable, Sequence

from narrator.settings import DEVICES
from narrator.studio.studio import Studio

Run = Callable[[argparse.Namespace, Studio], int]


class Verbs:
    """A command line that verbs are added to."""

    def __init__(self) -> None:
        self._parser = argparse.ArgumentParser(
            prog="narrator",
            description="Turns a book into narrated audio on this machine, offline.",
        )
        self._verbs = self._parser.add_subparsers(dest="verb", required=True, metavar="VERB")
        self._speaking = argparse.ArgumentParser(add_help=False)
        self._speaking.add_argument(
            "--voice", metavar="NAME", help="one that `narrator voices` lists"
        )
        self._speaking.add_argument("--device", choices=DEVICES, help="what to compute on")

    def add(
        self, name: str, run: Run, help_: str, *, speaks: bool = False
    ) -> argparse.ArgumentParser:
        """Add a verb that `run` does, and give its parser. speaks: with a voice, on a device."""
        parents = [self._speaking] if speaks else []
        parser = self._verbs.add_parser(name, parents=parents, help=help_)
        parser.set_defaults(run=run)
        return parser

    def parse(self, arguments: Sequence[str] | None) -> argparse.Namespace:
        """Read the command line. Exits with code 2, or 0 after --help, as argparse does."""
        return self._parser.parse_args(arguments)
