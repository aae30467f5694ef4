"""narrator voices: list them; record, enroll, preview, rename, revoke, export and import one."""

import argparse
from collections.abc import Callable
from pathlib import Path

from narrator.cli import recording, say
from narrator.cli.terminal import DONE, FAILED, show, tell
from narrator.cli.verbs import Verbs
from narrator.errors import VoiceError
from narrator.profiles.records import Relation
from narrator.settings import DEVICES
from narrator.studio.speaking.line import PREVIEW
from narrator.studio.studio import Studio
from narrator.words import explain


def add(verbs: Verbs) -> None:
    """Say what may follow the verb."""
    parser = verbs.add("voices", _list, "list the voices, or make, hear, change or withdraw one")
    actions = parser.add_subparsers(metavar="ACTION")

    def action(name: str, run: Callable[..., int], what: str) -> argparse.ArgumentParser:
        made = actions.add_parser(name, help=what)
        made.set_defaults(run=run)
        return made

    action("list", _list, "list the voices")
    for name, run, what in (
        ("record", recording.record_voice, "make a voice from a short recording"),
        ("enroll", recording.enroll_voice, "make a truer voice from sentences read aloud"),
    ):
        made = action(name, run, what)
        made.add_argument("title", metavar="TITLE", help="what the voice is to be called")
        made.add_argument("--speaker", metavar="NAME", required=True, help="whose voice it is")
        made.add_argument(
            "--relation",
            choices=[relation.value for relation in Relation],
            default=Relation.SELF.value,
            help="whether it is your own voice, or the speaker is present",
        )
        made.add_argument("--device", choices=DEVICES, help="what to compute on")
        if name == "record":
            made.add_argument(
                "--sample", metavar="FILE", type=Path, help="a recording of the same voice"
            )
    renew = action("renew", recording.renew_consent, "renew the consent to a voice")
    renew.add_argument("name", metavar="NAME")
    renew.add_argument("--device", choices=DEVICES, help="what to compute on")
    preview = action("preview", say.speak, "hear a voice")
    preview.add_argument("voice", metavar="NAME")
    preview.add_argument("--text", default=PREVIEW, help="what it is to say")
    preview.add_argument(
        "--out", metavar="FILE.wav", type=Path, help="write a file, do not play it"
    )
    preview.add_argument("--device", choices=DEVICES, help="what to compute on")
    rename = action("rename", _rename, "call a voice of your own something else")
    rename.add_argument("name", metavar="NAME")
    rename.add_argument("title", metavar="TITLE")
    revoke = action("revoke", _revoke, "withdraw the consent to a voice and erase it")
    revoke.add_argument("name", metavar="NAME")
    export = action("export", _export, "write a voice of your own into a file, to keep")
    export.add_argument("name", metavar="NAME")
    export.add_argument("file", metavar="FILE", type=Path)
    take_back = action("import", _import, "take back a voice that was exported here")
    take_back.add_argument("file", metavar="FILE", type=Path)


def _list(options: argparse.Namespace, studio: Studio) -> int:
    code = DONE
    for name in studio.voices.names():
        try:
            voice = studio.voices.get(name)
        except VoiceError as error:
            tell(explain(error))
            code = FAILED
        else:
            show(f"{name:<12} {voice.title}: {voice.description} ({voice.terms})")
    return code


def _rename(options: argparse.Namespace, studio: Studio) -> int:
    show(studio.voices.rename(options.name, options.title).name)
    return DONE


def _revoke(options: argparse.Namespace, studio: Studio) -> int:
    studio.voices.revoke(options.name, purge=studio.cache.purge)
    tell(f"The voice {options.name} is withdrawn and erased.")
    return DONE


def _export(options: argparse.Namespace, studio: Studio) -> int:
    studio.voices.export_profile(options.name, options.file)
    show(str(options.file))
    return DONE


def _import(options: argparse.Namespace, studio: Studio) -> int:
    show(studio.voices.import_profile(options.file).name)
    return DONE
