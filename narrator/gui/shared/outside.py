"""What the window uses of the machine around it, handed in so that tests can stand in for it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from narrator.audio.microphone import Listen
from narrator.audio.player import Output
from narrator.gui.shared.hearing import Play


@dataclass(frozen=True)
class Outside:
    """The machine around the window.

    sample: the book that comes with narrator. folder: where each narrated book gets its folder.
    play: on the sound card, to the end. open_output: of the sound card, for a player. listen: to
    the microphone. show: a file or folder in the program that the system has for it; False when
    there is none.
    """

    sample: Path | None
    folder: Path
    play: Play
    open_output: Callable[[], Output]
    listen: Listen
    show: Callable[[Path], bool]
