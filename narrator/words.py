"""The words for the user: each named error in one sentence: what is wrong and what to do."""

from narrator import errors

QUOTED_CHARACTERS = 60


def explain(error: errors.NarratorError) -> str:
    """Word `error` for the user: what is wrong and the next step, in one line."""
    return " ".join(_sentence(error).split())


def _sentence(error: errors.NarratorError) -> str:
    match error:
        case errors.BookError():
            return _about_book(error)
        case errors.VoiceError():
            return _about_voice(error)
        case errors.EngineError():
            return _about_engine(error)
        case errors.AudioError():
            return _about_audio(error)
        case errors.ExportError():
            return _about_export(error)
        case errors.ProjectError():
            return _about_project(error)
        case errors.DiskFull(path, needed_bytes) if needed_bytes:
            needed = f"{needed_bytes / 1e6:,.0f} MB"
            return (
                f"The disk that holds {path} is too full, {needed} are needed: "
                "free some space and start again; what is finished stays."
            )
        case errors.DiskFull(path):
            return (
                f"The disk that holds {path} is full: "
                "free some space and start again; what is finished stays."
            )
        case errors.NoScreen():
            return "There is no screen for the window here: use “narrator narrate” instead."
    return "Something did not work: look into the log."


def _about_book(error: errors.BookError) -> str:
    match error:
        case errors.BookNotFound(path, is_folder=True):
            return f"{path} is a folder: name the book's file in it."
        case errors.BookNotFound(path):
            return f"There is no file {path}: check the name and the folder."
        case errors.UnreadableBook(path, reason):
            return (
                f"{path} cannot be read as a book, because {_clause(reason)}: "
                "try another copy of it, as EPUB, TXT, Markdown or HTML."
            )
        case errors.EncryptedBook(path):
            return f"{path} is locked by copy protection: use a copy without it."
        case errors.EmptyBook(path):
            return f"{path} holds no text that can be spoken: choose another book."
        case errors.BookTooLarge(path, limit):
            return f"{path} is over a limit ({_clause(limit)}): split the book or use another copy."
        case errors.ChapterOutOfRange(asked, 1):
            return f"There is no chapter {asked}: the book has one chapter, ask for 1."
        case errors.ChapterOutOfRange(asked, chapters):
            return f"There is no chapter {asked}: ask for chapters from 1 to {chapters}."
    return "The book cannot be narrated: try another copy of it."


def _about_voice(error: errors.VoiceError) -> str:
    match error:
        case errors.RecordingError():
            return _about_recording(error)
        case errors.ConsentError():
            return _about_consent(error)
        case errors.VoiceNameTaken(name):
            return f"There is a voice called {_quote(name)} already: choose another name."
        case errors.ProfileFileDamaged(path, reason):
            return (
                f"{path} cannot be used as a voice profile, because {_clause(reason)}: "
                "export it again or record the voice again."
            )
        case errors.UnknownVoice(name, ()):
            return f"There is no voice called {_quote(name)} and none is installed: install again."
        case errors.UnknownVoice(name, known):
            return f"There is no voice called {_quote(name)}: choose one of {', '.join(known)}."
        case errors.VoiceDamaged(name, reason):
            return (
                f"The voice {_quote(name)} cannot be used, because {_clause(reason)}: "
                "choose another voice or install it again."
            )
    return "The voice cannot be used: choose another one."


def _about_recording(error: errors.RecordingError) -> str:
    match error:
        case errors.RecordingTooShort(seconds, needed):
            return (
                f"There are {seconds:.3g} s of speech where {needed:.0f} s are needed: "
                "record it again and read to the end."
            )
        case errors.RecordingTooQuiet(level_db, needed_db):
            return (
                f"The speech is too quiet ({level_db:.0f} dB, {needed_db:.0f} dB are needed): "
                "come nearer to the microphone or turn it up, and record it again."
            )
        case errors.RecordingClipped(share):
            return (
                f"The speech is too loud, {share:.0%} of it is cut off: "
                "turn the microphone down and record it again."
            )
        case errors.RecordingTooNoisy(snr_db, needed_db):
            return (
                f"The room is too loud (the voice stands out by {snr_db:.0f} dB, {needed_db:.0f} "
                "are needed): find a quieter place or come nearer, and record it again."
            )
        case errors.SeveralSpeakers():
            return "More than one voice is heard: let one person alone read, and record it again."
        case errors.AnotherSpeaker(likeness, needed):
            return (
                f"This is not the voice of the other recordings ({likeness:.2f} alike, "
                f"{needed:.2f} are needed): "
                "let the same person read everything, and record it again."
            )
        case errors.SyntheticSample():
            return "This is speech made by narrator: record a person's own voice."
        case errors.PhraseNotHeard(0):
            return (
                "The words could not be recognised, so no voice can be made this time: "
                "try once more later, in a quiet place."
            )
        case errors.PhraseNotHeard(tries_left):
            more = "1 more try" if tries_left == 1 else f"{tries_left} more tries"
            return f"The words could not be recognised: read new ones, calmly and clearly; {more}."
        case errors.SpokenTooLate(seconds):
            return (
                f"Nothing was said within {seconds:.0f} s: "
                "start again and read the words as soon as they appear."
            )
        case errors.SentenceNotHeard(text):
            return f"What was said does not fit {_quote(text)}: read this sentence again."
    return "The recording cannot be used: record it again."


def _about_consent(error: errors.ConsentError) -> str:
    match error:
        case errors.ConsentNotGiven():
            return "Nothing is recorded without consent: read the statement and tick its box."
        case errors.ConsentMissing(name):
            return f"There is no consent for the voice {_quote(name)}: record the voice again."
        case errors.ConsentAltered(name, reason):
            return (
                f"The consent for the voice {_quote(name)} is not as it was given "
                f"({_clause(reason)}): record the voice again or choose another one."
            )
        case errors.ConsentExpired(name, day):
            return (
                f"The consent for the voice {_quote(name)} ran out on {_clause(day)}: "
                "let the speaker renew it or choose another voice."
            )
        case errors.ConsentRevoked(name):
            return f"The voice {_quote(name)} was withdrawn by its speaker: choose another voice."
    return "There is no consent for this voice: choose another one."


def _about_engine(error: errors.EngineError) -> str:
    match error:
        case errors.ModelMissing(path):
            return f"The voice model is incomplete, {path} is missing: install narrator again."
        case errors.ModelAltered(path, reason):
            return (
                f"The voice model is not the one that was installed ({path}: {_clause(reason)}): "
                "install narrator again."
            )
        case errors.ModelMismatch(reason):
            return (
                f"The parts of the voice model do not belong together ({_clause(reason)}): "
                "install narrator again."
            )
        case errors.DeviceUnavailable(device):
            return f"This machine has no {_quote(device)} to compute on: use --device auto."
        case errors.NothingToSay(text):
            return f"There is nothing to say in {_quote(text)}: give some words."
        case errors.NotPronounceable(part):
            return (
                f"{_quote(part)} cannot be said: write syllables as in kuh-NEE, phonemes as in "
                "K AH0 N IY1, or English words."
            )
    return "The speech engine does not work: install narrator again."


def _about_audio(error: errors.AudioError) -> str:
    match error:
        case errors.NoOutputDevice(reason):
            return (
                f"No sound can be played here ({_clause(reason)}): "
                "connect a loudspeaker or write a file with --out."
            )
        case errors.NoMicrophone(reason):
            return f"Nothing can be recorded here ({_clause(reason)}): connect a microphone."
        case errors.MicrophoneDenied(reason):
            return (
                f"The system does not let narrator use the microphone ({_clause(reason)}): "
                "allow it in the system's settings and try again."
            )
        case errors.MicrophoneLost(seconds):
            return (
                f"The microphone went away after {seconds:.0f} s: connect it and record this "
                "line again; what was recorded before stays."
            )
        case errors.SoundLost(seconds):
            return (
                f"The recording of {seconds:.0f} s has gaps: close other programs that keep the "
                "computer busy and record this line again."
            )
        case errors.UnreadableAudio(path, reason):
            return f"{path} cannot be read as sound, because {_clause(reason)}: try another file."
        case errors.MarkFailed(reason):
            return (
                f"The speech could not be marked as synthetic ({_clause(reason)}), "
                "so nothing was spoken: install narrator again."
            )
    return "The sound cannot be used: try another file."


def _about_export(error: errors.ExportError) -> str:
    match error:
        case errors.EncoderFailed(path, reason):
            return f"{path} could not be written, because {_clause(reason)}: start again."
        case errors.FolderNotWritable(path, reason):
            return f"Nothing can be written into {path} ({_clause(reason)}): choose another folder."
        case errors.UnknownNameField(field, known):
            return (
                f"A file name knows no field {_quote(field)}: use any of {', '.join(known)}, "
                "in braces."
            )
        case errors.SentencesFailed(chapter, sentences):
            more = len(sentences) - 1
            others = "" if not more else " and 1 more" if more == 1 else f" and {more} more"
            return (
                f"The chapter {_quote(chapter)} was not written, because {_quote(sentences[0])}"
                f"{others} could not be spoken: start again or change the text."
            )
    return "The files cannot be written: choose another folder."


def _about_project(error: errors.ProjectError) -> str:
    match error:
        case errors.ProjectInUse(path):
            return f"{path} is open already: go to the window that has it, or close it there."
        case errors.ProjectTooNew(path):
            return f"{path} was made by a newer narrator: install the newest one to open it."
        case errors.ProjectDamaged(path, reason, None):
            return (
                f"{path} cannot be opened as a project, because {_clause(reason)}: "
                "open the book itself to start again."
            )
        case errors.ProjectDamaged(path, reason, copy):
            return (
                f"{path} cannot be opened as a project, because {_clause(reason)}: "
                f"open its latest copy, {copy}."
            )
    return "The project cannot be opened: open the book itself to start again."


def _clause(reason: str) -> str:
    return reason.strip().rstrip(".") or "no reason is known"


def _quote(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:QUOTED_CHARACTERS]}…”" if len(line) > QUOTED_CHARACTERS else f"“{line}”"
