"""How well the watermark is found again: many voices, many attacks; build/watermark.md.

Run: python tests/bench/watermark.py --corpus FOLDER [--rounds N] [--processes N]. Hears speakers of
the corpus' `valid` split, which nothing was tuned on, and the built-in voices through the real
engine. A round is four crops of each voice. What is done is kept in build/watermark/, so a run can
be taken up again; empty that folder after a change to the mark. Detection is the program's own,
with all speeds searched, at one false alarm in a million files.
"""

import argparse
import json
import sys
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path
from zlib import crc32

import numpy as np
from attacks import OF_SPEED, PLAIN, Attack
from built_in_speech import built_in_clips
from machine import machine
from marked_speech import KEY, PAYLOAD, Narration, clips_by_voice, narrated
from own_process import ROOT, Figures
from pesq import pesq
from pystoi import stoi
from watermark_table import table

from narrator.audio.resample import resampled
from narrator.audio.watermark.detector import SURE, detect
from narrator.audio.watermark.search import Piece, best_peak
from narrator.speech import SAMPLE_RATE, Samples

BUILD = ROOT / "build" / "watermark"
REPORT = ROOT / "build" / "watermark.md"
SECONDS = 40.0  # of each voice; one with less says it again, under other chips
LONG = 10 * SAMPLE_RATE  # of speech without a mark, looked through in each round
CROPS = 4  # of each voice in a round; the first meets what is slow or not promised as well
HEARD, WHOLE = (5, 10), 15  # seconds
EVERY_CROP = ("none", "MP3 64k", "AAC 64k", "16 kHz", "noise 20 dB", "room")
WITH_PAYLOAD = ("MP3 64k",)
WIDE_BAND = 16_000


def measured(voice: str, clips: list[Samples], number: int) -> Figures:
    """Give all figures of one voice in one round."""
    while sum(map(len, clips)) < SECONDS * SAMPLE_RATE:
        clips = clips + clips
    narration = narrated(voice, clips)
    plain = np.concatenate(narration.plain)[number * LONG :][:LONG]
    began = time.process_time()
    unmarked = detect(plain, SAMPLE_RATE)
    detecting = time.process_time() - began
    rng = np.random.default_rng([crc32(voice.encode()), number])
    return {
        "voice": voice,
        "looks": [look for crop in range(CROPS) for look in _looks(narration, crop, rng)],
        "quality": [_quality(narration, number)],
        "weak": sum(made.is_weak for made in narration.marked),
        "sentences": len(narration.marked),
        "false_alarm": unmarked.found,
        "seconds": sum(map(len, narration.plain)) / SAMPLE_RATE,
        "marking": narration.marking,
        "looked_through": len(plain) / SAMPLE_RATE,
        "detecting": detecting,
    }


def _looks(narration: Narration, crop: int, rng: np.random.Generator) -> list[Figures]:
    length = (WHOLE + 1) * SAMPLE_RATE
    first = int(rng.integers(0, len(narration.sound) - length))
    every = PLAIN | OF_SPEED
    attacks = {name: attack for name, attack in every.items() if name in EVERY_CROP or not crop}
    sound = narration.sound[first : first + length]
    return [look for name, attack in attacks.items() for look in _heard(name, attack, sound, rng)]


def _heard(name: str, attack: Attack, sound: Samples, rng: np.random.Generator) -> list[Figures]:
    """Attack the sound, then listen to its beginning."""
    arrived = attack(sound, rng)
    looks = []
    for seconds in HEARD[name in OF_SPEED :]:
        z, won = _found(arrived[: seconds * SAMPLE_RATE])
        looks.append({"attack": name, "seconds": seconds, "z": z, "won": won})
    if name in WITH_PAYLOAD:
        finding = detect(arrived[: WHOLE * SAMPLE_RATE], SAMPLE_RATE, key=KEY)
        looks.append(
            {
                "attack": name,
                "seconds": WHOLE,
                "z": finding.z,
                "won": finding.payload == PAYLOAD,
                "wrong": finding.payload not in (None, PAYLOAD),
            }
        )
    return looks


def _found(sound: Samples) -> tuple[float, bool]:
    """Give z, and whether the detector says yes; a sure sight as made spares its other speeds."""
    z = best_peak(Piece(sound)).z
    if z >= SURE:
        return z, True
    finding = detect(sound, SAMPLE_RATE)
    return finding.z, finding.found


def _quality(narration: Narration, at: int) -> Figures:
    """Give PESQ-WB, STOI and SNR of a sentence; they hear the change alone, not the levelling."""
    before = narration.plain[at % len(narration.plain)]
    after = narration.marked[at % len(narration.plain)].samples[: len(before)]
    change = np.sum(np.square(after - before, dtype=np.float64))
    wide = [resampled(sound, SAMPLE_RATE, WIDE_BAND) for sound in (before, after)]
    return {
        "pesq": float(pesq(WIDE_BAND, *wide, "wb")),
        "stoi": float(stoi(before, after, SAMPLE_RATE)),
        "snr": float(10 * np.log10(np.sum(np.square(before, dtype=np.float64)) / change)),
    }


def _kept(voice: str, clips: list[Samples], number: int) -> Figures:
    place = BUILD / f"{voice.replace('/', '-')}-{number}.json"
    if not place.is_file():
        place.write_text(json.dumps(measured(voice, clips, number)), "utf-8")
    found: Figures = json.loads(place.read_text("utf-8"))
    return found


def main() -> None:
    """Measure, write build/watermark.md, show it."""
    parser = argparse.ArgumentParser(description="The watermark's table.")
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    voices = built_in_clips(SECONDS) | clips_by_voice(options.corpus, "valid", seconds=SECONDS)
    found = []
    with ProcessPoolExecutor(options.processes) as pool:
        work = [
            pool.submit(_kept, *voice, number)
            for number in range(options.rounds)
            for voice in voices.items()
        ]
        for done in as_completed(work):
            found.append(done.result())
            sys.stderr.write(f"{len(found)} of {len(work)}: {found[-1]['voice']}\n")
            if len(found) % len(voices) == 0:
                REPORT.write_text(table(found, machine()), "utf-8")
    sys.stdout.write(REPORT.read_text("utf-8"))


if __name__ == "__main__":
    main()
