"""Speech of many voices, marked as the program marks it: what the watermark's bench listens to."""

import csv
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from narrator.audio.assemble import Pause, assemble
from narrator.audio.resample import resampled
from narrator.audio.segment import Segment
from narrator.audio.watermark.grid import SLOTS_PER_SECOND
from narrator.audio.watermark.marked import MarkedAudio, mark
from narrator.speech import SAMPLE_RATE, Audio, Samples

KEY = bytes(range(32))
PAYLOAD = 0x0000502F
FIRST_SLOT = 1_000
PAUSE = 0.4  # seconds between sentences, as between those of a paragraph
PEAK = 0.4
LONGEST, EARLIEST = 6.5, 3.0  # seconds; a longer clip is cut where it is quietest between these
MANY_SPEAKERS = "picovoice"  # nobody knows who speaks there, so it is no voice


@dataclass(frozen=True)
class Narration:
    """A voice's sentences as the program would export them.

    sound: float32 (n,) at 24 kHz, marked, levelled, with room tone. plain, marked: the sentences
    before and after marking. marking: processor seconds that it took.
    """

    voice: str
    sound: Samples
    plain: tuple[Samples, ...]
    marked: tuple[MarkedAudio, ...]
    marking: float


def clips_by_voice(corpus: Path, split: str, *, seconds: float) -> dict[str, list[Samples]]:
    """Give about so many seconds of each speaker of a split of the corpus, at 24 kHz."""
    voices: dict[str, list[Samples]] = {}
    for row in rows(corpus):
        name = f"{row['source']}/{row['speaker']}"
        if row["split"] != split or row["source"] == MANY_SPEAKERS:
            continue
        clips = voices.setdefault(name, [])
        if sum(map(len, clips)) < seconds * SAMPLE_RATE:
            clips.append(read_clip(corpus / row["file"]))
    return voices


def rows(corpus: Path) -> list[dict[str, str]]:
    """Give the rows of the corpus' manifest."""
    with (corpus / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_clip(path: Path) -> Samples:
    """Give a clip at 24 kHz; the corpus is mono."""
    samples, rate = soundfile.read(path, dtype="float32")
    return resampled(samples, rate, SAMPLE_RATE)


def narrated(voice: str, clips: Sequence[Samples]) -> Narration:
    """Mark the clips as sentences of one narration, each going on where the one before ended."""
    plain, marked = [], []
    slot, marking = FIRST_SLOT, 0.0
    for sentence in (part for clip in clips for part in sentences(clip)):
        level = (sentence * np.float32(PEAK / np.max(np.abs(sentence)))).astype(np.float32)
        began = time.process_time()
        made = mark(Audio(level), key=KEY, payload=PAYLOAD, slot=slot)
        marking += time.process_time() - began
        slot += round((made.seconds + PAUSE) * SLOTS_PER_SECOND)
        plain.append(level)
        marked.append(made)
    parts: list[Segment | Pause] = []
    for made in marked:
        parts += [Segment(made, ()), Pause(PAUSE)]
    sound = np.concatenate([block.samples for block in assemble(parts)])
    return Narration(voice, sound, tuple(plain), tuple(marked), marking)


def sentences(clip: Samples) -> Iterator[Samples]:
    """Cut a long clip at quiet places into pieces as long as sentences."""
    first, last = round(EARLIEST * SAMPLE_RATE), round((LONGEST - 0.5) * SAMPLE_RATE)
    while len(clip) > LONGEST * SAMPLE_RATE:
        power = np.convolve(np.square(clip[first:last]), np.ones(1_200), mode="same")
        cut = first + int(np.argmin(power))
        yield clip[:cut]
        clip = clip[cut:]
    yield clip
