"""Sentences of a project as the views show them: where each stands, who says it, how long it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from narrator.gui.desk.text.rows import SentenceRow, SentenceState
from narrator.project.model import Chapter, Manuscript, Sentence, Take
from narrator.studio.speaking.board import State

_STATES = {
    State.WAITING: SentenceState.WAITING,
    State.SPEAKING: SentenceState.SPEAKING,
    State.READY: SentenceState.READY,
    State.FAILED: SentenceState.FAILED,
    State.SILENT: SentenceState.READY,
}


@dataclass
class Heard:
    """What is known of the sound of the sentences of a chapter, by their ids.

    doubtful: reasons, of those that listening raised doubts about.
    """

    states: dict[int, State] = field(default_factory=dict)
    seconds: dict[int, float] = field(default_factory=dict)
    doubtful: dict[int, str] = field(default_factory=dict)

    def forget(self) -> None:
        """Begin another chapter; doubts are of the whole book and stay."""
        self.states, self.seconds = {}, {}


class RowMaker:
    """Makes rows for one chapter. titles: of the voices, by their names."""

    def __init__(self, manuscript: Manuscript, chapter: Chapter, titles: Mapping[str, str]) -> None:
        self._chapter = chapter
        self._book = manuscript.facts.voice
        self._cast = {character.name: character.voice for character in manuscript.cast}
        self._titles = titles

    def voice(self, sentence: Sentence) -> str:
        """Give the name of the voice that says a sentence."""
        return sentence.take.voice or self.inherited(sentence)

    def inherited(self, sentence: Sentence) -> str:
        """Give the name of the voice that a sentence has unless its take says otherwise."""
        cast = self._cast.get(sentence.character)
        return cast or self._chapter.voice or self._book

    def title(self, voice: str) -> str:
        """Give how users call a voice."""
        return self._titles.get(voice, voice)

    def row(self, number: int, sentence: Sentence, heard: Heard) -> SentenceRow:
        """Give the row of a sentence, the `number`th of its chapter."""
        return SentenceRow(
            id=sentence.id,
            number=number,
            text=sentence.text,
            opens=sentence.opens,
            ends_paragraph=sentence.ends_paragraph,
            included=sentence.included,
            state=_state(sentence, heard.states.get(sentence.id, State.WAITING)),
            voice=self.title(self.voice(sentence)),
            seconds=heard.seconds.get(sentence.id),
            doubtful=sentence.id in heard.doubtful,
        )


def is_edited(sentence: Sentence) -> bool:
    """Say whether somebody changed what is said, or how."""
    return sentence.text != sentence.written or sentence.take != Take()


def _state(sentence: Sentence, state: State) -> SentenceState:
    if not sentence.included:
        return SentenceState.LEFT_OUT
    if state is State.WAITING and is_edited(sentence):
        return SentenceState.CHANGED
    return _STATES[state]
