"""Whether takes that our own voices speak are refused as consent.

python tests/bench/consent_takes.py [--takes 300]

Statements and six words, spoken by the built-in voices: clean, as MP3 of 64 kbit/s, and played in a
room with noise 20 dB below. A take is accepted when the detector does not find the watermark in it.
"""

import argparse
import sys
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from threading import Event

import numpy as np
from attacks import MP3, coded, in_a_room, noisy, untouched

from narrator.__main__ import open_studio
from narrator.audio.assemble import assemble
from narrator.audio.watermark.detector import detect
from narrator.profiles.phrase import new_phrase, read_words, statement
from narrator.settings import folders, resource
from narrator.speech import SAMPLE_RATE, Samples
from narrator.studio.speaking.line import say


def played(sound: Samples, rng: np.random.Generator) -> Samples:
    """Play the sound in a room and hear it there."""
    return noisy(in_a_room(sound, rng), rng, db=20.0)


WAYS = {
    "clean": untouched,
    "MP3 64k": partial(coded, codec=MP3, kbps=64),
    "in a room, noise 20 dB": played,
}
NAMES = ("Anna Smith", "Peter Hall", "Maria Lopez", "Tom Baker", "Grace Lee")


def texts(count: int) -> list[str]:
    """Half statements, half random words, each as it would be shown."""
    words = read_words(resource("resources/phrase_words.txt"))
    shown = []
    for number in range(count // 2):
        day = date(2026, 1, 1) + timedelta(days=number)
        shown.append(statement(NAMES[number % len(NAMES)], day))
        shown.append(", ".join(new_phrase(words).words) + ".")
    return shown


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--takes", type=int, default=300)
    options = parser.parse_args()
    studio = open_studio(folders())
    studio = replace(studio, load_engine=cache(studio.load_engine))
    voices = studio.voices.names()
    rng = np.random.default_rng(1)
    accepted = dict.fromkeys(WAYS, 0)
    lengths: list[float] = []
    shown = texts(options.takes)
    for number, text in enumerate(shown):
        voice = voices[number % len(voices)]
        blocks = assemble(say(text, voice, studio, device="cpu", stop=Event()))
        sound: Samples = np.concatenate([block.samples for block in blocks])
        lengths.append(len(sound) / SAMPLE_RATE)
        for name, way in WAYS.items():
            accepted[name] += not detect(way(sound, rng), SAMPLE_RATE).found
    sys.stdout.write(f"{len(shown)} takes of {min(lengths):.1f} to {max(lengths):.1f} s\n")
    for name, count in accepted.items():
        sys.stdout.write(f"| {name} | accepted {count} of {len(shown)} |\n")


if __name__ == "__main__":
    main()
