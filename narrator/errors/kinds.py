"""The root of all errors, and what they are about."""


class NarratorError(Exception):
    """Something the user can be told in one sentence, with what to do next."""


class BookError(NarratorError):
    """The book cannot be narrated as it is."""


class VoiceError(NarratorError):
    """The voice cannot be used."""


class RecordingError(VoiceError):
    """A recording cannot make a voice or prove a consent; what was recorded before it stays."""


class ConsentError(VoiceError):
    """The speaker's consent does not cover the voice."""


class EngineError(NarratorError):
    """The speech engine cannot work."""


class AudioError(NarratorError):
    """Sound cannot be played, read or marked."""


class ExportError(NarratorError):
    """The narrated files cannot be written."""


class ProjectError(NarratorError):
    """The project's file cannot be opened; nothing in it was changed."""


class Cancelled(Exception):
    """The user stopped the work; what is finished stays."""
