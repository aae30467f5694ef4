"""What is said when the speech engine cannot speak."""

from narrator import errors
from narrator.words.phrases import Translate, clause, quote


def about_engine(error: errors.EngineError, translate: Translate) -> str:
    """Word an error of the speech engine; `translate` as in `explain`."""
    match error:
        case errors.ModelMissing(path):
            return translate(
                "words", "The voice model is incomplete, {path} is missing: install narrator again."
            ).format(path=path)
        case errors.ModelAltered(path, reason):
            return translate(
                "words",
                "The voice model is not the one that was installed ({path}: {reason}): install "
                "narrator again.",
            ).format(path=path, reason=clause(reason, translate))
        case errors.ModelMismatch(reason):
            return translate(
                "words",
                "The parts of the voice model do not belong together ({reason}): install "
                "narrator again.",
            ).format(reason=clause(reason, translate))
        case errors.DeviceUnavailable(device):
            return translate(
                "words", "This machine has no {device} to compute on: set the device to auto."
            ).format(device=quote(device, translate))
        case errors.NothingToSay(text):
            return translate("words", "There is nothing to say in {text}: give some words.").format(
                text=quote(text, translate)
            )
        case errors.NotPronounceable(part):
            return translate(
                "words",
                "{part} cannot be said: write syllables as in kuh-NEE, phonemes as in K AH0 N "
                "IY1, or English words.",
            ).format(part=quote(part, translate))
    return translate("words", "The speech engine does not work: install narrator again.")
