"""Every error a user can meet, by name, with the facts that words.py puts into one sentence.

NarratorError
├── BookError      BookNotFound UnreadableBook EncryptedBook EmptyBook BookTooLarge
│                  ChapterOutOfRange
├── VoiceError     UnknownVoice VoiceDamaged VoiceNameTaken ProfileFileDamaged
│   ├── RecordingError  RecordingTooShort RecordingTooQuiet RecordingClipped RecordingTooNoisy
│   │                   SeveralSpeakers AnotherSpeaker SyntheticSample PhraseNotHeard
│   │                   SpokenTooLate SentenceNotHeard
│   └── ConsentError    ConsentNotGiven ConsentMissing ConsentAltered ConsentExpired
│                       ConsentRevoked
├── EngineError    ModelMissing ModelAltered ModelMismatch DeviceUnavailable NothingToSay
│                  NotPronounceable
├── AudioError     NoOutputDevice NoMicrophone MicrophoneDenied MicrophoneLost SoundLost
│                  UnreadableAudio MarkFailed
├── ExportError    EncoderFailed FolderNotWritable SentencesFailed UnknownNameField
├── ProjectError   ProjectInUse ProjectTooNew ProjectDamaged
├── DiskFull
└── NoScreen

Cancelled stands beside the tree: it is raised to leave work that the user stopped, and shown to
nobody.
"""

from narrator.errors.books import (
    BookNotFound,
    BookTooLarge,
    ChapterOutOfRange,
    EmptyBook,
    EncryptedBook,
    UnreadableBook,
)
from narrator.errors.files import (
    DiskFull,
    EncoderFailed,
    FolderNotWritable,
    NoScreen,
    SentencesFailed,
    UnknownNameField,
)
from narrator.errors.kinds import (
    AudioError,
    BookError,
    Cancelled,
    ConsentError,
    EngineError,
    ExportError,
    NarratorError,
    ProjectError,
    RecordingError,
    VoiceError,
)
from narrator.errors.projects import ProjectDamaged, ProjectInUse, ProjectTooNew
from narrator.errors.sound import (
    MarkFailed,
    MicrophoneDenied,
    MicrophoneLost,
    NoMicrophone,
    NoOutputDevice,
    SoundLost,
    UnreadableAudio,
)
from narrator.errors.speaking import (
    DeviceUnavailable,
    ModelAltered,
    ModelMismatch,
    ModelMissing,
    NothingToSay,
    NotPronounceable,
)
from narrator.errors.voices import (
    AnotherSpeaker,
    ConsentAltered,
    ConsentExpired,
    ConsentMissing,
    ConsentNotGiven,
    ConsentRevoked,
    PhraseNotHeard,
    ProfileFileDamaged,
    RecordingClipped,
    RecordingTooNoisy,
    RecordingTooQuiet,
    RecordingTooShort,
    SentenceNotHeard,
    SeveralSpeakers,
    SpokenTooLate,
    SyntheticSample,
    UnknownVoice,
    VoiceDamaged,
    VoiceNameTaken,
)

__all__ = [
    "AnotherSpeaker",
    "AudioError",
    "BookError",
    "BookNotFound",
    "BookTooLarge",
    "Cancelled",
    "ChapterOutOfRange",
    "ConsentAltered",
    "ConsentError",
    "ConsentExpired",
    "ConsentMissing",
    "ConsentNotGiven",
    "ConsentRevoked",
    "DeviceUnavailable",
    "DiskFull",
    "EmptyBook",
    "EncoderFailed",
    "EncryptedBook",
    "EngineError",
    "ExportError",
    "FolderNotWritable",
    "MarkFailed",
    "MicrophoneDenied",
    "MicrophoneLost",
    "ModelAltered",
    "ModelMismatch",
    "ModelMissing",
    "NarratorError",
    "NoMicrophone",
    "NoOutputDevice",
    "NoScreen",
    "NotPronounceable",
    "NothingToSay",
    "PhraseNotHeard",
    "ProfileFileDamaged",
    "ProjectDamaged",
    "ProjectError",
    "ProjectInUse",
    "ProjectTooNew",
    "RecordingClipped",
    "RecordingError",
    "RecordingTooNoisy",
    "RecordingTooQuiet",
    "RecordingTooShort",
    "SentenceNotHeard",
    "SentencesFailed",
    "SeveralSpeakers",
    "SoundLost",
    "SpokenTooLate",
    "SyntheticSample",
    "UnknownNameField",
    "UnknownVoice",
    "UnreadableAudio",
    "UnreadableBook",
    "VoiceDamaged",
    "VoiceError",
    "VoiceNameTaken",
]
