"""What is said of a voice, of a recording for one, and of its consent."""

from narrator import errors
from narrator.words.phrases import Translate, clause, quote


def about_voice(error: errors.VoiceError, translate: Translate) -> str:
    """Word an error of a voice; `translate` as in `explain`."""
    match error:
        case errors.RecordingError():
            return _about_recording(error, translate)
        case errors.ConsentError():
            return _about_consent(error, translate)
        case errors.VoiceNameTaken(name):
            return translate(
                "words", "There is a voice called {name} already: choose another name."
            ).format(name=quote(name, translate))
        case errors.ProfileFileDamaged(path, reason):
            return translate(
                "words",
                "{path} cannot be used as a voice profile, because {reason}: export it again or "
                "record the voice again.",
            ).format(path=path, reason=clause(reason, translate))
        case errors.UnknownVoice(name, ()):
            return translate(
                "words", "There is no voice called {name} and none is installed: install again."
            ).format(name=quote(name, translate))
        case errors.UnknownVoice(name, known):
            return translate(
                "words", "There is no voice called {name}: choose one of {known}."
            ).format(name=quote(name, translate), known=", ".join(known))
        case errors.VoiceDamaged(name, reason):
            return translate(
                "words",
                "The voice {name} cannot be used, because {reason}: choose another voice or "
                "install it again.",
            ).format(name=quote(name, translate), reason=clause(reason, translate))
    return translate("words", "The voice cannot be used: choose another one.")


def _about_recording(error: errors.RecordingError, translate: Translate) -> str:
    match error:
        case errors.RecordingTooShort(seconds, needed):
            return translate(
                "words",
                "There are {seconds:.3g} s of speech where {needed:.0f} s are needed: record it "
                "again and read to the end.",
            ).format(seconds=seconds, needed=needed)
        case errors.RecordingTooQuiet(level_db, needed_db):
            return translate(
                "words",
                "The speech is too quiet ({level_db:.0f} dB, {needed_db:.0f} dB are needed): "
                "come nearer to the microphone or turn it up, and record it again.",
            ).format(level_db=level_db, needed_db=needed_db)
        case errors.RecordingClipped(share):
            return translate(
                "words",
                "The speech is too loud, {share:.0%} of it is cut off: turn the microphone down "
                "and record it again.",
            ).format(share=share)
        case errors.RecordingTooNoisy(snr_db, needed_db):
            return translate(
                "words",
                "The room is too loud (the voice stands out by {snr_db:.0f} dB, {needed_db:.0f} "
                "are needed): find a quieter place or come nearer, and record it again.",
            ).format(snr_db=snr_db, needed_db=needed_db)
        case errors.SeveralSpeakers():
            return translate(
                "words",
                "More than one voice is heard: let one person alone read, and record it again.",
            )
        case errors.AnotherSpeaker(likeness, needed):
            return translate(
                "words",
                "This is not the voice of the other recordings ({likeness:.2f} alike, "
                "{needed:.2f} are needed): let the same person read everything, and record it "
                "again.",
            ).format(likeness=likeness, needed=needed)
        case errors.SyntheticSample():
            return translate(
                "words", "This is speech made by narrator: record a person's own voice."
            )
        case errors.PhraseNotHeard(0):
            return translate(
                "words",
                "The words could not be recognised, so no voice can be made this time: try once "
                "more later, in a quiet place.",
            )
        case errors.PhraseNotHeard(tries_left):
            return translate(
                "words",
                "The words could not be recognised: read new ones, calmly and clearly; {more}.",
            ).format(more=_tries(tries_left, translate))
        case errors.SpokenTooLate(seconds):
            return translate(
                "words",
                "Nothing was said within {seconds:.0f} s: start again and read the words as "
                "soon as they appear.",
            ).format(seconds=seconds)
        case errors.SentenceNotHeard(text):
            return translate(
                "words", "What was said does not fit {text}: read this sentence again."
            ).format(text=quote(text, translate))
    return translate("words", "The recording cannot be used: record it again.")


def _tries(left: int, translate: Translate) -> str:
    if left == 1:
        return translate("words", "1 more try")
    return translate("words", "{tries_left} more tries").format(tries_left=left)


def _about_consent(error: errors.ConsentError, translate: Translate) -> str:
    match error:
        case errors.ConsentNotGiven():
            return translate(
                "words", "Nothing is recorded without consent: read the statement and tick its box."
            )
        case errors.ConsentMissing(name):
            return translate(
                "words", "There is no consent for the voice {name}: record the voice again."
            ).format(name=quote(name, translate))
        case errors.ConsentAltered(name, reason):
            return translate(
                "words",
                "The consent for the voice {name} is not as it was given ({reason}): record the "
                "voice again or choose another one.",
            ).format(name=quote(name, translate), reason=clause(reason, translate))
        case errors.ConsentExpired(name, day):
            return translate(
                "words",
                "The consent for the voice {name} ran out on {day}: let the speaker renew it or "
                "choose another voice.",
            ).format(name=quote(name, translate), day=clause(day, translate))
        case errors.ConsentRevoked(name):
            return translate(
                "words", "The voice {name} was withdrawn by its speaker: choose another voice."
            ).format(name=quote(name, translate))
    return translate("words", "There is no consent for this voice: choose another one.")
