"""Whose voices are tried: speakers whom no network has met, and what is heard of them."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from narrator.speech import Recording
from narrator.training.corpus import Clip, read_manifest

COMPARED_SECONDS = 15.0
ENROLLED_SECONDS = 60.0
LEAST_SECONDS = 40.0  # of a speaker who is enrolled
LEAST_HALVED_SECONDS = 6.0


class Speaker(NamedTuple):
    """A held-out speaker. learned: clips to hear and enroll. compared: clips set aside.

    Of a speaker with one clip both are that clip, by halves.
    """

    name: str
    source: str
    learned: tuple[Clip, ...]
    compared: tuple[Clip, ...]

    @property
    def halved(self) -> bool:
        return self.learned == self.compared


def held_out(corpus: Path) -> list[Speaker]:
    """Give the speakers of the `valid` rows whom no `train` row has, in a fixed order."""
    clips = read_manifest(corpus)
    known = {clip.speaker for clip in clips if clip.split == "train"}
    of: dict[str, list[Clip]] = {}
    for clip in clips:
        if clip.split == "valid" and clip.speaker not in known:
            of.setdefault(clip.speaker, []).append(clip)
    speakers = []
    for name, own in sorted(of.items()):
        if len(own) == 1 and own[0].seconds >= LEAST_HALVED_SECONDS:
            speakers.append(Speaker(name, own[0].source, (own[0],), (own[0],)))
        elif sum(clip.seconds for clip in own if clip.text) >= LEAST_SECONDS:
            speakers.append(_divided(name, [clip for clip in own if clip.text]))
    return speakers


def _divided(name: str, clips: Sequence[Clip]) -> Speaker:
    shuffled = [clips[n] for n in np.random.default_rng(0).permutation(len(clips))]
    compared = _up_to(shuffled, COMPARED_SECONDS)
    learned = _up_to(shuffled[len(compared) :], ENROLLED_SECONDS)
    return Speaker(name, clips[0].source, tuple(learned), tuple(compared))


def _up_to(clips: Sequence[Clip], seconds: float) -> list[Clip]:
    starts = np.cumsum([0.0] + [clip.seconds for clip in clips])
    return [clip for clip, start in zip(clips, starts, strict=False) if start < seconds]


def recordings(speaker: Speaker, corpus: Path) -> tuple[list[Recording], list[Recording]]:
    """Read what is heard of a speaker and what it is compared with."""
    learned, compared = (
        [_read(corpus / clip.file) for clip in clips]
        for clips in (speaker.learned, speaker.compared)
    )
    if speaker.halved:
        middle = len(learned[0].samples) // 2
        rate = learned[0].rate
        learned = [Recording(learned[0].samples[:middle], rate)]
        compared = [Recording(compared[0].samples[middle:], rate)]
    return learned, compared


def _read(path: Path) -> Recording:
    import soundfile

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    return Recording(samples.mean(axis=1), rate)


def beginning(recordings: Sequence[Recording], seconds: float) -> list[Recording]:
    """Cut the first seconds out of recordings in a row."""
    cut: list[Recording] = []
    left = seconds
    for recording in recordings:
        if left > 0.5:
            samples = recording.samples[: int(left * recording.rate)]
            cut.append(Recording(samples, recording.rate))
            left -= len(samples) / recording.rate
    return cut


def seconds_of(recordings: Sequence[Recording]) -> float:
    """Add up how long recordings last."""
    return sum(len(recording.samples) / recording.rate for recording in recordings)
