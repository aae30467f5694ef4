"""Names of chapters' files by a template of the user's, as "{number} - {title}"."""

from collections.abc import Collection
from dataclasses import dataclass
from string import Formatter

from narrator.errors import UnknownNameField
from narrator.studio.narrating.outputs import LONGEST_NAME_BYTES, cleaned, part_of, shortened

DEFAULT_NAME = "{number} - {title}"
FIELDS = ("number", "title", "book", "author", "part", "chapters")
LONGEST_FILE_NAME_BYTES = LONGEST_NAME_BYTES + 40  # a long title, and what stands around it


@dataclass(frozen=True)
class Naming:
    """How the files of a book are called. author: of the book. chapters: how many it has.

    titles: of the chapters that are written; of two that look alike on a disk each gets its number
    where the template does not say it. Raises UnknownNameField for a template with another field.
    """

    template: str = DEFAULT_NAME
    book: str = ""
    author: str = ""
    chapters: int = 1
    titles: Collection[str] = ()

    def __post_init__(self) -> None:
        for name in _fields(self.template):
            if name not in FIELDS:
                raise UnknownNameField(name, FIELDS)

    def chapter(self, number: int, title: str, *, part: int = 1, parts: int = 1) -> str:
        """Give the name of a chapter's file, or of one of its parts, without its suffix."""
        used = _fields(self.template)
        template = self.template
        if not {"number", "title"} & set(used):
            template += " {number}"
        of_title = cleaned(title) or "Chapter"
        if "number" not in used and self._is_shared(of_title):
            of_title += f" ({number})"
        values = {
            "number": f"{number:0{max(2, len(str(self.chapters)))}}",
            "title": of_title,
            "book": cleaned(self.book) or "book",
            "author": cleaned(self.author),
            "part": f"{part:0{len(str(parts))}}" if parts > 1 else "",
            "chapters": str(self.chapters),
        }
        name = cleaned(template.format(**_fitting(template, values)))
        return name if "part" in used else part_of(name, part, parts)

    def _is_shared(self, title: str) -> bool:
        alike = [one for one in self.titles if (cleaned(one) or "Chapter").lower() == title.lower()]
        return len(alike) > 1


def _fields(template: str) -> tuple[str, ...]:
    """Give the fields in order; a brace that belongs to none is told as one."""
    try:
        parts = list(Formatter().parse(template))
    except ValueError:
        raise UnknownNameField(template, FIELDS) from None
    named = [
        f"{name}{'!' + kind if kind else ''}{':' + form if form else ''}"
        for _, name, form, kind in parts
        if name is not None
    ]
    return tuple(named)


def _fitting(template: str, values: dict[str, str]) -> dict[str, str]:
    """Shorten the longest words of all until the name is short enough for a disk."""
    fitted = dict(values)
    for name in sorted(("title", "book", "author"), key=lambda name: -len(values[name].encode())):
        over = len(template.format(**fitted).encode()) - LONGEST_FILE_NAME_BYTES
        room = len(values[name].encode()) - max(over, 0)
        fitted[name] = shortened(values[name], min(LONGEST_NAME_BYTES, max(room, 20)))
    return fitted
