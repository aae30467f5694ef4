"""Whether a sound file was spoken by narrator, in plain words first."""

import math
from pathlib import Path
from typing import NamedTuple

from narrator.audio.decode import open_sound
from narrator.audio.detector import Finding, detect
from narrator.audio.watermark_grid import VoiceKind
from narrator.studio.studio import Studio


class FileFinding(NamedTuple):
    """What the detector found in a file. voice: of this installation, where the mark tells one."""

    finding: Finding
    voice: str | None


def detect_file(path: Path, studio: Studio) -> FileFinding:
    """Look for the watermark in a sound file of any format and length, as a stream.

    Raises UnreadableAudio.
    """
    sound = open_sound(path)
    finding = detect(sound.blocks, sound.rate, key=studio.key)
    return FileFinding(finding, studio.voice_of(finding))


def worded(found: FileFinding) -> str:
    """Say what was found: a plain sentence, then the figures."""
    finding, voice = found
    if not finding.found:
        if not finding.enough_speech:
            return "too little speech to tell."
        return f"no mark of narrator found, which proves nothing ({_figures(finding)})."
    cloned = finding.kind is VoiceKind.REPLICA
    kind = "a replica of a person's voice" if cloned else "an AI voice"
    origin = f"by {voice} on this installation" if voice else "origin not verified"
    return (
        f"synthetic speech made by narrator with {kind}, {origin}; "
        f"{_places(finding)} ({_figures(finding)})."
    )


def _places(finding: Finding) -> str:
    shown = ", ".join(f"{_clock(one.start)} to {_clock(one.end)}" for one in finding.stretches)
    return f"marked from {shown}"


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _figures(finding: Finding) -> str:
    chance = "below 1e-300" if finding.false_alarm == 0 else f"at most {finding.false_alarm:.1g}"
    speed = f", played at {finding.speed:.1%} of its speed" if finding.speed != 1 else ""
    needed = "" if math.isinf(finding.threshold) else f" of {finding.threshold:.1f} needed"
    return f"{finding.z:.1f} sigma{needed}, chance of a false alarm {chance}{speed}"
