"""A narration as the window follows it: the task for a thread, and how far it has come."""

import threading
import time
from collections.abc import Callable, Sequence

from narrator.gui.opening import ChapterFacts, OpenedBook
from narrator.gui.shared.background import Tell
from narrator.studio.narrating.narration import Order, narrate
from narrator.studio.narrating.run import Finished, Listener, Narration
from narrator.studio.speaking.pace import Progress
from narrator.studio.studio import Studio

TELL_SECONDS = 0.05  # between two news of progress: cached sentences come by the thousand


def narration_task(
    opened: OpenedBook, order: Order, studio: Studio, stop: threading.Event
) -> Callable[[Tell], Narration]:
    """Give the task that narrates; its progress is `Progress` or `Finished`."""

    def task(tell: Tell) -> Narration:
        listener = Listener(
            on_progress=_now_and_then(tell),
            on_finished=tell,
        )
        return narrate(opened.book, order, studio, listener, stop)

    return task


def ranges_of(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Give ascending chapter numbers as ranges of first and last."""
    ranges: list[tuple[int, int]] = []
    for number in numbers:
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1] = (ranges[-1][0], number)
        else:
            ranges.append((number, number))
    return ranges


class Course:
    """How far a narration has come over the chapters it was asked for, in sentences.

    The narration tells first which chapters are kept, and counts in its progress only the others.
    """

    def __init__(self, chosen: Sequence[ChapterFacts]) -> None:
        self._sentences = {chapter.number: chapter.sentences for chapter in chosen}
        self._to_speak = list(self._sentences)
        self._written: set[int] = set()

    @property
    def total(self) -> int:
        """How many sentences there are, spoken and not."""
        return sum(self._sentences.values())

    def finish(self, done: Finished) -> int:
        """Note a finished chapter and give its number."""
        (number,) = done.chapters
        if done.kept:
            self._to_speak.remove(number)
        else:
            self._written.add(number)
        return number

    def number(self, progress: Progress) -> int:
        """Give the number of the chapter that is being spoken."""
        return self._to_speak[progress.chapter - 1]

    def settled(self, progress: Progress) -> int:
        """Give how many sentences are done with, those of kept chapters included."""
        still = self._to_speak[progress.chapter :]
        here = self._sentences[self.number(progress)]
        left = here - here * progress.sentence // progress.sentences
        return self.total - sum(self._sentences[number] for number in still) - left

    def failed(self, missing: int) -> list[int]:
        """Give the chapters that failed, when the last `missing` ones were not come to."""
        come_to = self._to_speak[: len(self._to_speak) - missing]
        return [number for number in come_to if number not in self._written]

    def failed_before(self, number: int) -> list[int]:
        """Give the chapters that failed before the one that is being spoken."""
        return self.failed(len(self._to_speak) - self._to_speak.index(number))


def _now_and_then(tell: Tell) -> Callable[[Progress], None]:
    told = 0.0

    def on_progress(progress: Progress) -> None:
        nonlocal told
        now = time.monotonic()
        if now - told >= TELL_SECONDS or progress.sentence in (1, progress.sentences):
            told = now
            tell(progress)

    return on_progress
