"""What became of each sentence of a chapter, and which one is spoken next. Knows no thread."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from narrator.speech import Utterance
from narrator.studio.plan import PlannedSentence


class State(Enum):
    """What became of a sentence. SILENT: there is nothing to say in it."""

    WAITING = "waiting"
    SPEAKING = "speaking"
    READY = "ready"
    FAILED = "failed"
    SILENT = "silent"


UNSETTLED = (State.WAITING, State.SPEAKING)


class Kept(NamedTuple):
    """A segment in the cache. slot: of the watermark, that it begins with."""

    seconds: float
    slot: int


@dataclass(eq=False, slots=True)
class Line:
    """An utterance and what became of it. ids: of the sentences that say it.

    key: of its segment, "" until the cache was asked for it.
    """

    utterance: Utterance
    ids: tuple[int, ...] = ()
    state: State = State.WAITING
    key: str = ""
    kept: Kept | None = None

    def settle(self, state: State, kept: Kept | None = None) -> None:
        """Say what became of it."""
        self.state, self.kept = state, kept


class Board:
    """The sentences of one chapter; those that say the same are one line.

    held: whether none is to be spoken next.
    """

    def __init__(self) -> None:
        self.held = False
        self.script: tuple[PlannedSentence, ...] = ()
        self.lines: tuple[Line, ...] = ()
        self._by_utterance: dict[Utterance, Line] = {}
        self._places: dict[int, int] = {}
        self._head = 0
        self._wanted: dict[int, None] = {}

    def show(self, script: Sequence[PlannedSentence], in_work: Sequence[Line]) -> None:
        """Take another script; what is known of its utterances, or `in_work`, stays."""
        known = self._by_utterance | {line.utterance: line for line in in_work}
        for line in known.values():
            line.ids = ()
        places = {sentence.id: place for place, sentence in enumerate(script)}
        left = (self.script[place].id for place in range(self._head, len(self.script)))
        self._head = next((places[id] for id in left if id in places), 0)
        self.script = tuple(script)
        self._by_utterance = {}
        lines = []
        for sentence in script:
            utterance = sentence.utterance
            line = self._by_utterance.setdefault(utterance, known.get(utterance) or Line(utterance))
            line.ids = (*line.ids, sentence.id)
            lines.append(line)
        self.lines = tuple(lines)
        self._places = places
        self._wanted = {id: None for id in self._wanted if id in places}

    def line(self, id: int) -> Line | None:
        """Give the line of a sentence, None when it is not in the script."""
        place = self._places.get(id)
        return None if place is None else self.lines[place]

    def seek(self, id: int) -> None:
        """Put the play head at a sentence."""
        self._head = self._places.get(id, self._head)

    def want(self, id: int) -> None:
        """Have this sentence spoken before all others."""
        self._wanted.pop(id, None)
        if id in self._places:
            self._wanted[id] = None

    @property
    def is_hurried(self) -> bool:
        """Whether somebody waits for a sentence that is being spoken."""
        return any(line.state is State.SPEAKING for line in self._still_wanted())

    def next(self, *, urgent: bool) -> int | None:
        """Give the place of the sentence to be spoken next, None for none.

        There is none while the cache was not asked for it, which may have it already. urgent: only
        one that is wanted, while none of those is being spoken. Otherwise none while a wanted one
        is left to who asks for the urgent, nor while the only one is being spoken, which then has
        the machine for itself.
        """
        wanted = [line.state is State.SPEAKING for line in self._still_wanted()]
        if self.held or (urgent and not wanted):
            return None
        if wanted and (urgent == any(wanted) or all(wanted)):
            return None
        for place in self._upcoming():
            line = self.lines[place]
            if line.state is State.WAITING:
                return place if line.key else None
        return None

    def unasked(self, count: int) -> list[Line]:
        """Give up to `count` lines that the cache was not asked for yet, the next one first."""
        found: dict[Line, None] = {}
        for place in self._upcoming():
            line = self.lines[place]
            if not line.key:
                found[line] = None
                if len(found) == count:
                    break
        return list(found)

    def forget(self) -> None:
        """Ask the cache for everything again, since it is all spoken in another way now."""
        for line in self.lines:
            line.key = ""
            line.settle(State.WAITING)

    def _still_wanted(self) -> list[Line]:
        lines = {id: self.lines[self._places[id]] for id in self._wanted}
        settled = [id for id, line in lines.items() if line.state not in UNSETTLED]
        for id in settled:
            del self._wanted[id], lines[id]
        return list(lines.values())

    def _upcoming(self) -> Iterator[int]:
        for id in reversed(self._wanted):
            yield self._places[id]
        yield from range(self._head, len(self.lines))
        yield from range(self._head)
