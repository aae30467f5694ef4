"""What is said of a book that cannot be read."""

from narrator import errors
from narrator.words.phrases import Translate, clause


def about_book(error: errors.BookError, translate: Translate) -> str:
    """Word an error of reading a book; `translate` as in `explain`."""
    match error:
        case errors.BookNotFound(path, is_folder=True):
            return translate("words", "{path} is a folder: name the book's file in it.").format(
                path=path
            )
        case errors.BookNotFound(path):
            return translate(
                "words", "There is no file {path}: check the name and the folder."
            ).format(path=path)
        case errors.UnreadableBook(path, reason):
            return translate(
                "words",
                "{path} cannot be read as a book, because {reason}: try another copy of it, as "
                "EPUB, TXT, Markdown or HTML.",
            ).format(path=path, reason=clause(reason, translate))
        case errors.EncryptedBook(path):
            return translate(
                "words", "{path} is locked by copy protection: use a copy without it."
            ).format(path=path)
        case errors.EmptyBook(path):
            return translate(
                "words", "{path} holds no text that can be spoken: choose another book."
            ).format(path=path)
        case errors.BookTooLarge(path, limit):
            return translate(
                "words", "{path} is over a limit ({limit}): split the book or use another copy."
            ).format(path=path, limit=clause(limit, translate))
        case errors.ChapterOutOfRange(asked, 1):
            return translate(
                "words", "There is no chapter {asked}: the book has one chapter, ask for 1."
            ).format(asked=asked)
        case errors.ChapterOutOfRange(asked, chapters):
            return translate(
                "words", "There is no chapter {asked}: ask for chapters from 1 to {chapters}."
            ).format(asked=asked, chapters=chapters)
    return translate("words", "The book cannot be narrated: try another copy of it.")
