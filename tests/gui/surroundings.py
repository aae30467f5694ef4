"""The machine around a window in the tests: a voice, a microphone, a sound card, a desktop."""

import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from fake_voice import FakeVoice
from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from narrator.audio import microphone
from narrator.audio.microphone import Level, Take
from narrator.audio.watermark.marked import MarkedAudio
from narrator.gui.shared.outside import Outside
from narrator.speech import Recording, Speech, SynthesisRequest

sys.path.insert(0, str(Path(__file__).parents[1] / "profiles"))
from reading import speech

SAMPLE = Path(__file__).parents[2] / "resources" / "sample" / "the-clock-at-tern-point.epub"
LEVEL = Level(-12.0, -20.0, clipped=False)


class HeldVoice(FakeVoice):
    """Stops before a sentence that it is held at, and speaks it once it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()
        self.free.set()
        self.held_at = ""

    def speak(self, request: SynthesisRequest) -> Speech:
        if self.held_at in " ".join(request.phonemes.words):
            self.free.wait()
        return super().speak(request)

    def hold(self, words: str = "") -> None:
        """Wait for `let_go` before a sentence with these words; without any, before each."""
        self.held_at = words
        self.free.clear()

    def let_go(self) -> None:
        self.free.set()


@dataclass
class Machine:
    """What the window found around it: what was played and shown, who speaks at the microphone.

    says: what a take holds when it is stopped. deaf: no sound comes. denied: there is no take.
    """

    folder: Path
    seconds: float = 0.0
    shown: list[Path] = field(default_factory=list)
    can_show: bool = True
    error: Exception | None = None
    says: Recording = field(default_factory=speech)
    level: Level = LEVEL
    deaf: bool = False
    denied: Exception | None = None
    loudspeaker: "Loudspeaker" = field(default_factory=lambda: Loudspeaker())

    @property
    def outside(self) -> Outside:
        return Outside(SAMPLE, self.folder, self.play, self.open_output, self.listen, self.show)

    def open_output(self) -> "Loudspeaker":
        if self.error:
            raise self.error
        return self.loudspeaker

    def listen(
        self, *, stop: threading.Event, longest: float, on_level: Callable[[Level], None]
    ) -> Take:
        """Record until it is stopped, by a user who is quick."""
        if self.denied:
            raise self.denied
        for _ in range(0 if self.deaf else 4):
            on_level(self.level)
        assert stop.wait(20), "nobody pressed Stop"
        return Take(self.says, datetime.now(UTC), "desk", seal=microphone._SEAL)

    def play(self, blocks: Iterable[MarkedAudio], *, stop: threading.Event) -> None:
        if self.error:
            raise self.error
        for block in blocks:
            self.seconds += len(block.samples) / block.rate

    def show(self, path: Path) -> bool:
        self.shown.append(path)
        return self.can_show


class Loudspeaker:
    """A sound card that takes as long as the sound does, unless it is in a hurry."""

    latency = 0.02

    def __init__(self) -> None:
        self.seconds = 0.0
        self.hurried = False
        self.error: Exception | None = None
        self.began: float | None = None

    def write(self, block: MarkedAudio) -> None:
        if self.error:
            raise self.error
        if self.began is None:
            self.began = time.monotonic()
        self.seconds += block.seconds
        if not self.hurried:
            time.sleep(block.seconds)

    def finish(self) -> None:
        pass

    def drop(self) -> None:
        pass

    def close(self) -> None:
        pass


def dropped(widget: QWidget, path: Path) -> None:
    """Drop a file upon a widget, with a link that is none before it."""
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/x"), QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(20, 20),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        QEvent.Type.Drop,
    )
    widget.dropEvent(event)
