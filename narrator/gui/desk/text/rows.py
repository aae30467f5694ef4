"""A sentence as the views of the desk show it, and the words for where it stands."""

from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QCoreApplication

from narrator.speech import Opening


class SentenceState(Enum):
    """Where a sentence stands; the value is its sign, for nobody is to depend on a colour."""

    WAITING = "○"
    SPEAKING = "▶"
    READY = "●"
    CHANGED = "~"
    FAILED = "!"
    LEFT_OUT = "–"

    @property
    def sign(self) -> str:
        return self.value

    @property
    def word(self) -> str:
        """The word for it, in the user's language."""
        match self:
            case SentenceState.WAITING:
                return _tr("waiting")
            case SentenceState.SPEAKING:
                return _tr("speaking")
            case SentenceState.READY:
                return _tr("ready")
            case SentenceState.CHANGED:
                return _tr("changed")
            case SentenceState.FAILED:
                return _tr("failed")
            case SentenceState.LEFT_OUT:
                return _tr("left out")


DOUBTFUL_SIGN = "?"


@dataclass(frozen=True)
class SentenceRow:
    """A sentence on show. id: as in the project. number: from 1, in its chapter.

    ends_paragraph: whether it is the last of its paragraph. voice: the name as users know it.
    seconds: None until it was spoken. doubtful: whether listening raised doubts about it.
    """

    id: int
    number: int
    text: str
    opens: Opening
    ends_paragraph: bool
    included: bool
    state: SentenceState
    voice: str
    seconds: float | None
    doubtful: bool = False

    @property
    def sign(self) -> str:
        """The sign, or both where it is doubtful too."""
        return f"{self.state.sign}{DOUBTFUL_SIGN}" if self.doubtful else self.state.sign

    @property
    def word(self) -> str:
        """The word, or both where it is doubtful too."""
        word = self.state.word
        return _tr("{state}, doubtful").format(state=word) if self.doubtful else word

    @property
    def told(self) -> str:
        """Sign and word, as in "● ready"."""
        return f"{self.sign} {self.word}"


def place_told(row: SentenceRow, of: int) -> str:
    """Give where a sentence is and how it stands, as in "sentence 12 of 340, ready"."""
    return _tr("sentence {number} of {of}, {state}").format(
        number=row.number, of=of, state=row.word
    )


def row_told(row: SentenceRow, of: int) -> str:
    """Give all that a screen reader says of a row, as in "sentence 2 of 9, ready: It rained."."""
    return _tr("{place}: {text}").format(place=place_told(row, of), text=row.text)


def _tr(text: str) -> str:
    return QCoreApplication.translate("desk", text)
