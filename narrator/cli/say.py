"""narrator say TEXT: a line of text, played, written to a file, or shown as phonemes."""

import argparse
import json
import sys
from pathlib import Path

from narrator.audio.assemble import assemble
from narrator.audio.device import play
from narrator.audio.encode import write_wav
from narrator.cli.terminal import DONE, show, stopping
from narrator.cli.verbs import Verbs
from narrator.errors import Cancelled
from narrator.studio.speaking import line
from narrator.studio.studio import Studio


def add(verbs: Verbs) -> None:
    """Say what may follow the verb."""
    parser = verbs.add("say", run, "speak a line of text", speaks=True)
    parser.add_argument("text", metavar="TEXT")
    parser.add_argument("--out", metavar="FILE.wav", type=Path, help="write a file, do not play it")
    parser.add_argument("--show", action="store_true", help="print the phonemes, speak nothing")


def run(options: argparse.Namespace, studio: Studio) -> int:
    """Speak or show the text."""
    return _show(options, studio) if options.show else speak(options, studio)


def _show(options: argparse.Namespace, studio: Studio) -> int:
    escaped = (sys.stdout.encoding or "").lower() != "utf-8"
    lines = [
        json.dumps(sentence._asdict(), ensure_ascii=escaped)
        for sentence in line.show(options.text, studio.front_end)
    ]
    show("[" + ",\n ".join(lines) + "]")
    return DONE


def speak(options: argparse.Namespace, studio: Studio) -> int:
    """Play the text, or write it into a file."""
    with stopping() as stop:
        sound = assemble(
            line.say(
                options.text,
                options.voice or studio.settings.voice,
                studio,
                device=options.device or studio.settings.device,
                stop=stop,
            )
        )
        if options.out:
            write_wav(options.out, sound)
            show(str(options.out))
        else:
            play(sound, stop=stop)
        if stop.is_set():
            raise Cancelled
    return DONE
