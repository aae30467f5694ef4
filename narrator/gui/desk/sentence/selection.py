"""What is selected in the text, as the panel beside it is told, and what changes of its takes."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple, TypeVar

from narrator.project.model import Sentence, Take

T = TypeVar("T")


class Mixed(Enum):
    """Stands for a value that the selected sentences do not share."""

    SEVERAL = "several"


class VoiceChoice(NamedTuple):
    """A voice that can be chosen: its name, and how users call it."""

    name: str
    title: str


class TakeChange(NamedTuple):
    """The take that replaces the chosen one of some sentences."""

    ids: tuple[int, ...]
    take: Take


@dataclass(frozen=True)
class Selection:
    """The selected sentences, one at least, and what can be chosen for them.

    inherited_voice: title of the voice that they have by character, chapter or book; "" where they
    differ in it. characters: names of the cast. spoken_as: the words as normalised; "" if unknown
    or of many. pronunciations: those that apply, as they are to be read.
    """

    sentences: tuple[Sentence, ...]
    voices: tuple[VoiceChoice, ...]
    inherited_voice: str
    characters: tuple[str, ...] = ()
    spoken_as: str = ""
    pronunciations: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[int, ...]:
        """The ids of the sentences."""
        return tuple(sentence.id for sentence in self.sentences)

    @property
    def only(self) -> Sentence | None:
        """The sentence, where it is one."""
        return self.sentences[0] if len(self.sentences) == 1 else None

    def common(self, of: Callable[[Sentence], T]) -> T | Mixed:
        """Give what all the sentences share, or SEVERAL."""
        return common(of(sentence) for sentence in self.sentences)


def common(values: Iterable[T]) -> T | Mixed:
    """Give the value that all are, or SEVERAL; `values` holds one at least."""
    first, *others = values
    return first if all(other == first for other in others) else Mixed.SEVERAL


def retaken(
    sentences: Sequence[Sentence], change: Callable[[Take], Take]
) -> tuple[TakeChange, ...]:
    """Give what changes when `change` is made to the chosen take of each, equal takes together.

    A take keeps all that `change` leaves alone, bends too; one that stays as it is is left out.
    """
    groups: dict[Take, list[int]] = {}
    for sentence in sentences:
        if (take := change(sentence.take)) != sentence.take:
            groups.setdefault(take, []).append(sentence.id)
    return tuple(TakeChange(tuple(ids), take) for take, ids in groups.items())
