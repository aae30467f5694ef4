"""A typed line, heard: the task for a thread that speaks it and plays it."""

import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from narrator.audio.assemble import assemble
from narrator.audio.watermark.marked import MarkedAudio
from narrator.gui.shared.background import Tell
from narrator.studio.speaking.line import say
from narrator.studio.studio import Studio


class Play(Protocol):
    """Plays to the end, or until `stop` is set, as audio/device.py does. Raises NoOutputDevice."""

    def __call__(self, blocks: Iterable[MarkedAudio], *, stop: threading.Event) -> None:
        """Block the calling thread while it sounds."""


class Sounding:
    """News: the first sound of the line is there."""


def hearing_task(
    text: str, voice: str, studio: Studio, play: Play, stop: threading.Event
) -> Callable[[Tell], None]:
    """Give the task that speaks `text` and plays it; its progress is one `Sounding`."""

    def task(tell: Tell) -> None:
        parts = say(text, voice, studio, device=studio.settings.device, stop=stop)
        play(_telling(assemble(parts), tell), stop=stop)

    return task


def _telling(blocks: Iterable[MarkedAudio], tell: Tell) -> Iterator[MarkedAudio]:
    told = False
    for block in blocks:
        if not told:
            tell(Sounding())
            told = True
        yield block
