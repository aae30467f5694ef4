"""What is said of a loudspeaker, a microphone, and sound that cannot be used."""

from narrator import errors
from narrator.words.phrases import Translate, clause


def about_audio(error: errors.AudioError, translate: Translate) -> str:
    """Word an error of sound; `translate` as in `explain`."""
    match error:
        case errors.NoOutputDevice(reason):
            return translate(
                "words",
                "No sound can be played here ({reason}): connect a loudspeaker, or have files "
                "written.",
            ).format(reason=clause(reason, translate))
        case errors.NoMicrophone(reason):
            return translate(
                "words", "Nothing can be recorded here ({reason}): connect a microphone."
            ).format(reason=clause(reason, translate))
        case errors.MicrophoneDenied(reason):
            return translate(
                "words",
                "The system does not let narrator use the microphone ({reason}): allow it in "
                "the system's settings and try again.",
            ).format(reason=clause(reason, translate))
        case errors.MicrophoneLost(seconds):
            return translate(
                "words",
                "The microphone went away after {seconds:.0f} s: connect it and record this "
                "line again; what was recorded before stays.",
            ).format(seconds=seconds)
        case errors.SoundLost(seconds):
            return translate(
                "words",
                "The recording of {seconds:.0f} s has gaps: close other programs that keep the "
                "computer busy and record this line again.",
            ).format(seconds=seconds)
        case errors.UnreadableAudio(path, reason):
            return translate(
                "words", "{path} cannot be read as sound, because {reason}: try another file."
            ).format(path=path, reason=clause(reason, translate))
        case errors.MarkFailed(reason):
            return translate(
                "words",
                "The speech could not be marked as synthetic ({reason}), so nothing was spoken: "
                "install narrator again.",
            ).format(reason=clause(reason, translate))
    return translate("words", "The sound cannot be used: try another file.")
