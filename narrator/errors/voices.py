"""What can be wrong with a voice, its recordings and its consent."""

from dataclasses import dataclass
from pathlib import Path

from narrator.errors.kinds import ConsentError, RecordingError, VoiceError


@dataclass
class UnknownVoice(VoiceError):
    """No voice of this name is installed; `known` lists those that are."""

    name: str
    known: tuple[str, ...]


@dataclass
class VoiceDamaged(VoiceError):
    """The files of a voice cannot be read or do not fit the model."""

    name: str
    reason: str


@dataclass
class VoiceNameTaken(VoiceError):
    """There is a voice of this name already."""

    name: str


@dataclass
class ProfileFileDamaged(VoiceError):
    """An exported voice profile is not what was exported, or not from this installation."""

    path: Path
    reason: str


@dataclass
class RecordingTooShort(RecordingError):
    """It holds `seconds` of speech where `needed` are wanted."""

    seconds: float
    needed: float


@dataclass
class RecordingTooQuiet(RecordingError):
    """The speech reaches `level_db` dBFS RMS where `needed_db` are wanted."""

    level_db: float
    needed_db: float


@dataclass
class RecordingClipped(RecordingError):
    """`share` of the speech is cut off at full scale: it was too loud for the microphone."""

    share: float


@dataclass
class RecordingTooNoisy(RecordingError):
    """The speech stands `snr_db` above the room where `needed_db` are wanted."""

    snr_db: float
    needed_db: float


class SeveralSpeakers(RecordingError):
    """More than one voice is in the recording."""


@dataclass
class AnotherSpeaker(RecordingError):
    """The voice is not that of the other recordings. likeness: cosine, `needed` is wanted."""

    likeness: float
    needed: float


class SyntheticSample(RecordingError):
    """The recording bears narrator's watermark: it is synthetic speech."""


@dataclass
class PhraseNotHeard(RecordingError):
    """The shown words were not recognised; `tries_left` more sets of words may be tried."""

    tries_left: int


@dataclass
class SpokenTooLate(RecordingError):
    """Nothing was said within `seconds` after the words were shown."""

    seconds: float


@dataclass
class SentenceNotHeard(RecordingError):
    """The recording of a shown sentence does not fit its text."""

    text: str


class ConsentNotGiven(ConsentError):
    """The consent box was not ticked, so nothing is recorded."""


@dataclass
class ConsentMissing(ConsentError):
    """No consent is on record for the voice `name`."""

    name: str


@dataclass
class ConsentAltered(ConsentError):
    """The consent on record for the voice `name` is not as it was signed; `reason` says where."""

    name: str
    reason: str


@dataclass
class ConsentExpired(ConsentError):
    """The consent for the voice `name` ran out on `day`, ISO 8601."""

    name: str
    day: str


@dataclass
class ConsentRevoked(ConsentError):
    """The speaker has withdrawn the consent for the voice `name`."""

    name: str
