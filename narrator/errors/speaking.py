"""What can be wrong with the speech engine."""

from dataclasses import dataclass
from pathlib import Path

from narrator.errors.kinds import EngineError


@dataclass
class ModelMissing(EngineError):
    """A file of the voice model is not where it should be."""

    path: Path


@dataclass
class ModelAltered(EngineError):
    """A file of the voice model is not the one that was installed."""

    path: Path
    reason: str


@dataclass
class ModelMismatch(EngineError):
    """Two parts of the voice model do not belong together."""

    reason: str


@dataclass
class DeviceUnavailable(EngineError):
    """The computing device asked for is not on this machine."""

    device: str


@dataclass
class NothingToSay(EngineError):
    """The text holds nothing that can be spoken."""

    text: str


@dataclass
class NotPronounceable(EngineError):
    """A part of a respelling is neither phonemes nor a syllable nor a word."""

    part: str
