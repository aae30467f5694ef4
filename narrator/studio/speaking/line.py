"""Speak or show a line of text: what the listener will hear, without a book around it."""

import threading
from collections.abc import Iterator
from typing import NamedTuple

from narrator.audio.assemble import Pause
from narrator.audio.segment import Segment
from narrator.book.model import Book, Chapter, Paragraph
from narrator.errors import NothingToSay
from narrator.speech import Opening
from narrator.studio.plan import Choices, PlannedSentence, plan_book
from narrator.studio.speaking.schedule import Schedule, Task
from narrator.studio.speaking.worker import Worker
from narrator.studio.studio import FrontEnd, Studio

PREVIEW = "This is how I read: calmly, clearly, and a whole book long, if you like."
LAST_PAUSE = 0.3  # seconds; no chapter ends here


class Shown(NamedTuple):
    """A sentence as written, the words that will be said, and their phonemes with the pauses."""

    text: str
    spoken: str
    phonemes: tuple[str, ...]


def show(text: str, front_end: FrontEnd) -> list[Shown]:
    """Give the sentences of `text` as they will be spoken; one without a word has no phonemes.

    Raises NothingToSay when none has a word.
    """
    shown = []
    for number, sentence in enumerate(_paragraph(text).sentences):
        opening = Opening.SENTENCE if number else Opening.PARAGRAPH
        try:
            phonemes = front_end.phonemize(sentence, opening=opening, pronunciations=())
        except NothingToSay:
            shown.append(Shown(sentence, "", ()))
        else:
            shown.append(Shown(sentence, front_end.spoken(sentence), phonemes.symbols))
    if not any(sentence.phonemes for sentence in shown):
        raise NothingToSay(text)
    return shown


def say(
    text: str, voice: str, studio: Studio, *, device: str, stop: threading.Event
) -> Iterator[Segment | Pause]:
    """Speak `text` and give its segments and pauses as they are ready.

    Raises NothingToSay, VoiceError, Cancelled when `stop` is set, and whatever
    keeps a sentence from being spoken.
    """
    choices = Choices(studio.voices.get(voice).ref)
    book = Book("-", (), "", None, (Chapter("-", (_paragraph(text),)),))
    sentences = list(plan_book(book, choices).chapters[0].sentences())
    schedule = Schedule(Task(1, 0, sentence) for sentence in _ending_soon(sentences))
    worker = Worker(schedule, studio.voicing(device), studio.cache)
    worker.start()
    try:
        yield from _spoken(text, schedule, stop)
    finally:
        worker.stop()


def _spoken(text: str, schedule: Schedule, stop: threading.Event) -> Iterator[Segment | Pause]:
    something = False
    while (settled := schedule.next(stop)) is not None:
        task, (segment, error) = settled
        if error:
            raise error
        if segment:
            something = True
            yield segment
            yield Pause(task.sentence.pause_after)
    if not something:
        raise NothingToSay(text)


def _paragraph(text: str) -> Paragraph:
    return Paragraph(" ".join(text.split()))


def _ending_soon(sentences: list[PlannedSentence]) -> list[PlannedSentence]:
    return [*sentences[:-1], *(last._replace(pause_after=LAST_PAUSE) for last in sentences[-1:])]
