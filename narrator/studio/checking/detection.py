"""Whether a sound file was spoken by narrator, in plain words first."""

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import NamedTuple

from narrator.audio.decode import Sound, open_sound
from narrator.audio.watermark.detector import Finding, detect
from narrator.audio.watermark.grid import VoiceKind
from narrator.errors import Cancelled
from narrator.speech import Samples
from narrator.studio.studio import Studio


class FileFinding(NamedTuple):
    """What the detector found in a file. voice: of this installation, where the mark tells one."""

    finding: Finding
    voice: str | None


def detect_file(
    path: Path,
    studio: Studio,
    *,
    stop: Event | None = None,
    on_seconds: Callable[[float], object] = lambda _: None,
) -> FileFinding:
    """Look for the watermark in a sound file of any format and length, as a stream.

    on_seconds: is told how much of the sound has been looked at. Raises UnreadableAudio, and
    Cancelled once `stop` is set.
    """
    sound = open_sound(path)
    blocks = _watched(sound, stop or Event(), on_seconds)
    finding = detect(blocks, sound.rate, key=studio.key)
    return FileFinding(finding, studio.voice_of(finding))


def worded(found: FileFinding) -> str:
    """Say what was found in one line: a plain sentence, then the figures."""
    shown = figures(found.finding)
    return f"{plain(found)} ({shown})." if shown else f"{plain(found)}."


def plain(found: FileFinding) -> str:
    """Say what was found without figures, as a sentence that lacks its full stop."""
    finding, voice = found
    if not finding.found:
        if not finding.enough_speech:
            return "too little speech to tell"
        return "no mark of narrator found, which proves nothing"
    cloned = finding.kind is VoiceKind.REPLICA
    kind = "a replica of a person's voice" if cloned else "an AI voice"
    origin = f"by {voice} on this installation" if voice else "origin not verified"
    return f"synthetic speech made by narrator with {kind}, {origin}; {_places(finding)}"


def figures(finding: Finding) -> str:
    """Give the figures behind the words; none where there was too little to measure."""
    if not finding.found and not finding.enough_speech:
        return ""
    chance = "below 1e-300" if finding.false_alarm == 0 else f"at most {finding.false_alarm:.1g}"
    speed = f", played at {finding.speed:.1%} of its speed" if finding.speed != 1 else ""
    needed = "" if math.isinf(finding.threshold) else f" of {finding.threshold:.1f} needed"
    return f"{finding.z:.1f} sigma{needed}, chance of a false alarm {chance}{speed}"


def _places(finding: Finding) -> str:
    shown = ", ".join(f"{_clock(one.start)} to {_clock(one.end)}" for one in finding.stretches)
    return f"marked from {shown}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _watched(sound: Sound, stop: Event, on_seconds: Callable[[float], object]) -> Iterator[Samples]:
    seconds = 0.0
    for block in sound.blocks:
        if stop.is_set():
            raise Cancelled
        yield block
        seconds += len(block) / sound.rate
        on_seconds(seconds)
