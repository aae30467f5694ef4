"""What is said of files that cannot be written."""

from narrator import errors
from narrator.words.phrases import Translate, clause, quote


def about_files(
    error: errors.ExportError | errors.DiskFull | errors.NoScreen, translate: Translate
) -> str:
    """Word an error of what is written and where; `translate` as in `explain`."""
    match error:
        case errors.EncoderFailed(path, reason):
            return translate(
                "words", "{path} could not be written, because {reason}: start again."
            ).format(path=path, reason=clause(reason, translate))
        case errors.FolderNotWritable(path, reason):
            return translate(
                "words", "Nothing can be written into {path} ({reason}): choose another folder."
            ).format(path=path, reason=clause(reason, translate))
        case errors.UnknownNameField(field, known):
            return translate(
                "words", "A file name knows no field {field}: use any of {known}, in braces."
            ).format(field=quote(field, translate), known=", ".join(known))
        case errors.SentencesFailed(chapter, sentences):
            return translate(
                "words",
                "The chapter {chapter} was not written, because {sentences}{others} could not "
                "be spoken: start again or change the text.",
            ).format(
                chapter=quote(chapter, translate),
                sentences=quote(sentences[0], translate),
                others=_and_others(len(sentences) - 1, translate),
            )
        case errors.DiskFull(path, needed_bytes) if needed_bytes:
            needed = translate("words", "{needed_bytes:,.0f} MB").format(
                needed_bytes=needed_bytes / 1e6
            )
            return translate(
                "words",
                "The disk that holds {path} is too full, {needed} are needed: free some space "
                "and start again; what is finished stays.",
            ).format(path=path, needed=needed)
        case errors.DiskFull(path):
            return translate(
                "words",
                "The disk that holds {path} is full: free some space and start again; what is "
                "finished stays.",
            ).format(path=path)
        case errors.NoScreen():
            return translate(
                "words", "There is no screen for the window here: use “narrator narrate” instead."
            )
    return translate("words", "The files cannot be written: choose another folder.")


def _and_others(more: int, translate: Translate) -> str:
    if more > 1:
        return translate("words", " and {more} more").format(more=more)
    return translate("words", " and 1 more") if more else ""
