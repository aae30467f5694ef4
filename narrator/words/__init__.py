"""The words for the user: each named error in one sentence: what is wrong and what to do."""

from narrator import errors
from narrator.words.books import about_book
from narrator.words.files import about_files
from narrator.words.phrases import Translate, in_english
from narrator.words.projects import about_project
from narrator.words.sound import about_audio
from narrator.words.speaking import about_engine
from narrator.words.voices import about_voice


def explain(error: errors.NarratorError, translate: Translate = in_english) -> str:
    """Word `error` for the user: what is wrong and the next step, in one line.

    translate: context and English text -> the text in the user's language, as Qt's does; the
    names in braces are filled in afterwards. Reasons that an error carries stay in English.
    """
    return " ".join(_sentence(error, translate).split())


def _sentence(error: errors.NarratorError, translate: Translate) -> str:
    match error:
        case errors.BookError():
            return about_book(error, translate)
        case errors.VoiceError():
            return about_voice(error, translate)
        case errors.EngineError():
            return about_engine(error, translate)
        case errors.AudioError():
            return about_audio(error, translate)
        case errors.ExportError() | errors.DiskFull() | errors.NoScreen():
            return about_files(error, translate)
        case errors.ProjectError():
            return about_project(error, translate)
    return translate("words", "Something did not work: look into the log.")
