"""What is said of a project file that cannot be opened."""

from narrator import errors
from narrator.words.phrases import Translate, clause


def about_project(error: errors.ProjectError, translate: Translate) -> str:
    """Word an error of a project file; `translate` as in `explain`."""
    match error:
        case errors.ProjectInUse(path):
            return translate(
                "words", "{path} is open already: go to the window that has it, or close it there."
            ).format(path=path)
        case errors.ProjectTooNew(path):
            return translate(
                "words", "{path} was made by a newer narrator: install the newest one to open it."
            ).format(path=path)
        case errors.ProjectDamaged(path, reason, None):
            return translate(
                "words",
                "{path} cannot be opened as a project, because {reason}: open the book itself "
                "to start again.",
            ).format(path=path, reason=clause(reason, translate))
        case errors.ProjectDamaged(path, reason, copy):
            return translate(
                "words",
                "{path} cannot be opened as a project, because {reason}: open its latest copy, "
                "{copy}.",
            ).format(path=path, reason=clause(reason, translate), copy=copy)
    return translate("words", "The project cannot be opened: open the book itself to start again.")
