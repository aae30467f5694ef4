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
    return "The speech engine does not work: install narrator again."


def _about_audio(error: errors.AudioError) -> str:
    match error:
        case errors.NoOutputDevice(reason):
            return (
                f"No sound can be played here ({_clause(reason)}): "
                "connect a loudspeaker or write a file with --out."
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
        case errors.SentencesFailed(chapter, sentences):
            more = len(sentences) - 1
            others = "" if not more else " and 1 more" if more == 1 else f" and {more} more"
            return (
                f"The chapter {_quote(chapter)} was not written, because {_quote(sentences[0])}"
                f"{others} could not be spoken: start again or change the text."
            )
    return "The files cannot be written: choose another folder."


def _clause(reason: str) -> str:
    return reason.strip().rstrip(".") or "no reason is known"


def _quote(text: str) -> str:
    line = " ".join(text.split())
    return f"“{line[:QUOTED_CHARACTERS]}…”" if len(line) > QUOTED_CHARACTERS else f"“{line}”"
