"""What can be wrong with sound and with the devices for it."""

from dataclasses import dataclass
from pathlib import Path

from narrator.errors.kinds import AudioError


@dataclass
class NoOutputDevice(AudioError):
    """Sound cannot be played here; `reason` is the system's own word."""

    reason: str


@dataclass
class NoMicrophone(AudioError):
    """No sound can be recorded here; `reason` is the system's own word."""

    reason: str


@dataclass
class MicrophoneDenied(AudioError):
    """The system does not let narrator use the microphone."""

    reason: str


@dataclass
class MicrophoneLost(AudioError):
    """The microphone went away after `seconds` of recording."""

    seconds: float


@dataclass
class SoundLost(AudioError):
    """Of `seconds` of recording some are missing, as the computer could not keep up."""

    seconds: float


@dataclass
class UnreadableAudio(AudioError):
    """A sound file cannot be decoded."""

    path: Path
    reason: str


@dataclass
class MarkFailed(AudioError):
    """The watermark could not be put into the speech, so nothing was spoken."""

    reason: str
