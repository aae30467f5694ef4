"""The window in which a book becomes an audiobook: panels, actions and background work wired."""

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from narrator.errors import Cancelled
from narrator.gui.book_panel import BookPanel
from narrator.gui.checking.check_dialog import CheckDialog
from narrator.gui.following import Following
from narrator.gui.footer import Footer
from narrator.gui.narrating import narration_task, ranges_of
from narrator.gui.narration_panel import NarrationPanel
from narrator.gui.opening import OpenedBook, Voices, find_voices, open_book
from narrator.gui.shared.actions import Actions
from narrator.gui.shared.background import Bridge, Tell, Work, run_in_background
from narrator.gui.shared.dialogs import ask_for_book, ask_for_folder
from narrator.gui.shared.outside import Outside
from narrator.gui.shared.panes import go_to_pane, set_tab_order
from narrator.gui.shared.window_layout import lay_out
from narrator.gui.shared.wording import error_told, failures_told, result_told, shortened
from narrator.gui.voices.hearing import Sounding, hearing_task
from narrator.gui.voices.new_voice_dialog import NewVoiceDialog
from narrator.gui.voices.voices_dialog import VoicesDialog
from narrator.studio.narrating.narration import Order
from narrator.studio.narrating.outputs import safe_name
from narrator.studio.narrating.run import Finished, Narration
from narrator.studio.speaking.pace import Progress
from narrator.studio.studio import Studio

CLOSING_SECONDS = 3.0  # that the window waits for the sentence at hand


class MainWindow(QMainWindow):
    """One book at a time: opened, its chapters chosen, narrated into a folder."""

    def __init__(self, studio: Studio, outside: Outside) -> None:
        super().__init__()
        self._studio = studio
        self._outside = outside
        self._bridge = Bridge()
        self._opened: OpenedBook | None = None
        self._opening: Work | None = None
        self._speaking: Work | None = None
        self._following: Following | None = None
        self._stop = threading.Event()
        self._voices: Voices | None = None
        self._closing = False
        self.can = Actions(self)
        self.book = BookPanel(self.can.open, self.can.sample, self)
        self.panel = NarrationPanel(self.can.folder, self.can.hear, self.can.reveal, self)
        self.footer = Footer(self.can.narrate, self.can.stop, self)
        lay_out(self, self.book, self.panel, self.footer)
        self.setWindowTitle("narrator")
        self.setAcceptDrops(True)
        set_tab_order(self._panes())
        self._connect()
        self._refresh()
        self._find_voices(studio.settings.voice)

    def open_book(self, path: Path) -> None:
        """Open the book at `path` behind the window; one that is still being opened is given up."""
        if self._following:
            return
        if self._opening:
            self._opening.abandon()
        self.footer.status.say(self.tr("Opening {name}…").format(name=shortened(path.name)))
        self._opening = run_in_background(
            self._bridge,
            lambda _: open_book(path),
            on_done=self._show_book,
            on_error=self._not_opened,
        )
        self._refresh()

    def narrate(self) -> None:
        """Narrate the chosen chapters into the folder, behind the window."""
        voice, chosen = self.panel.chosen_voice, self.book.page.chapters.chosen()
        if self._opened is None or voice is None:
            return
        order = Order(
            folder=self._outside.folder / Path(self.panel.folder.text().strip()).expanduser(),
            voice=voice,
            speed=self.panel.speed.value(),
            device=self._studio.settings.device,
            ranges=ranges_of([chapter.number for chapter in chosen]),
        )
        self._following = Following(chosen, self.book.page.chapters, self.panel, self.footer)
        self._stop = threading.Event()
        self._speak(narration_task(self._opened, order, self._studio, self._stop), self._narrated)

    def hear(self) -> None:
        """Speak the line that was typed, behind the window."""
        voice, line = self.panel.chosen_voice, self.panel.line.text()
        if voice is None:
            return
        self._stop = threading.Event()
        play = self._outside.play
        self._speak(hearing_task(line, voice, self._studio, play, self._stop), self._heard)

    def stop(self) -> None:
        """Stop what is going on; what is finished stays."""
        if self._opening:
            self._opening.abandon()
            self._opening = None
            self.footer.status.announce(self.tr("Stopped: the book was not opened."))
            self._refresh()
        if self._speaking:
            self._stop.set()
            self.footer.status.say(self.tr("Stopping after this sentence…"))

    def warn(self, error: Exception) -> None:
        """Tell of an error in the status line, and in the log if nobody gave it a name."""
        self.footer.status.warn(error_told(error))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files, unless a book is being narrated."""
        if self._following is None and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first file that is dropped."""
        files = (url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
        self.open_book(Path(next(files)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once, or after the sentence at hand; 3 seconds and a second asking end that."""
        if self._speaking is None or self._closing:
            for work in (self._opening, self._speaking):
                if work:
                    work.abandon()
            event.accept()
            return
        event.ignore()
        self._closing = True
        self.stop()
        QTimer.singleShot(round(1000 * CLOSING_SECONDS), self, self.close)

    def _connect(self) -> None:
        chapters = self.book.page.chapters
        panes, sample = self._panes(), self._outside.sample
        self.can.connect(
            {
                self.can.open: lambda: ask_for_book(self, self.open_book),
                self.can.quit: self.close,
                self.can.choose_all: lambda: chapters.choose_all(checked=True),
                self.can.choose_none: lambda: chapters.choose_all(checked=False),
                self.can.narrate: self.narrate,
                self.can.stop: self.stop,
                self.can.hear: self.hear,
                self.can.folder: lambda: ask_for_folder(self, self.panel.use_folder),
                self.can.reveal: lambda: self._show(self.panel.files_folder),
                self.can.voices: lambda: self._change_voices(VoicesDialog),
                self.can.new_voice: lambda: self._change_voices(NewVoiceDialog),
                self.can.check: lambda: CheckDialog(self._studio, self).show(),
                self.can.next_pane: lambda: go_to_pane(panes, 1),
                self.can.previous_pane: lambda: go_to_pane(panes, -1),
            }
        )
        if sample:
            self.can.connect({self.can.sample: partial(self.open_book, sample)})
        chapters.chosen_changed.connect(self._refresh)
        self.panel.line.textChanged.connect(self._refresh)
        self.panel.folder.textChanged.connect(self._refresh)
        self.panel.file_opened.connect(self._show)

    def _panes(self) -> list[list[QWidget]]:
        return [self.book.stops(), self.panel.stops(), self.footer.stops()]

    def _refresh(self) -> None:
        """Let the user do what makes sense now."""
        narrating, speaking = self._following is not None, self._speaking is not None
        ready = self.panel.chosen_voice is not None and not speaking
        chosen = self._opened is not None and bool(self.book.page.chapters.chosen())
        folder = bool(self.panel.folder.text().strip())
        self.can.narrate.setEnabled(ready and chosen and folder and self._opening is None)
        self.can.hear.setEnabled(ready and bool(self.panel.line.text().strip()))
        if not speaking and self.footer.stop_button.hasFocus():
            self.footer.narrate_button.setFocus()  # Stop goes grey; the focus is not to wander
        self.can.stop.setEnabled(speaking or self._opening is not None)
        self.can.open.setEnabled(not narrating)
        self.can.sample.setEnabled(not narrating and self._outside.sample is not None)
        for action in (self.can.choose_all, self.can.choose_none):
            action.setEnabled(self._opened is not None and not narrating)
        self.can.folder.setEnabled(not narrating)
        self.can.reveal.setEnabled(self.panel.files_folder is not None)
        for action in (self.can.voices, self.can.new_voice):
            action.setEnabled(not speaking)

    def _speak(self, task: Callable[[Tell], object], on_done: Callable[..., None]) -> None:
        self.footer.status.say(self.tr("Preparing the voice…"))
        self._speaking = run_in_background(
            self._bridge, task, on_done=on_done, on_error=self._not_spoken, on_progress=self._told
        )
        self._refresh()

    def _told(self, news: object) -> None:
        match news:
            case Finished() if self._following:
                self._following.chapter_done(news)
                self._refresh()
            case Progress() if self._following and not self._stop.is_set():
                self._following.progressed(news)
            case Sounding():
                self.footer.status.say(self.tr("Speaking the line…"))

    def _narrated(self, result: Narration) -> None:
        self._end_speaking(result)
        if result.failed:
            self.footer.status.warn(failures_told(result))
        else:
            self.footer.status.announce(result_told(result, str(self.panel.files_folder)))

    def _heard(self, _: object) -> None:
        self._end_speaking()
        self.footer.status.say("")

    def _not_spoken(self, error: Exception) -> None:
        self._end_speaking()
        if isinstance(error, Cancelled):
            self.footer.status.announce(self.tr("Stopped."))
        else:
            self.warn(error)

    def _end_speaking(self, result: Narration | None = None) -> None:
        if self._following:
            self._following.end(result)
        self._following = self._speaking = None
        self._refresh()
        if self._closing:
            self.close()

    def _show_book(self, opened: OpenedBook) -> None:
        first = self._opened is None
        self._opening, self._opened = None, opened
        self.book.show_book(opened)
        self.setWindowTitle(shortened(opened.book.title))  # Qt adds the name of the application
        folder = self._outside.folder / safe_name(opened.book.title, instead="book")
        self.panel.use_folder(folder)
        self.panel.forget_files()
        self.footer.show_course(0, 1)
        if first:  # the button that had the focus is gone
            self.book.page.chapter_view.setFocus()
        self._refresh()
        self.footer.status.announce(self.tr("Choose the chapters, then Narrate."))
        self._complain_of_voices()

    def _not_opened(self, error: Exception) -> None:
        self._opening = None
        self._refresh()
        self.warn(error)

    def _change_voices(self, kind: type[VoicesDialog] | type[NewVoiceDialog]) -> None:
        """Let the user change which voices there are, and offer them as they are then."""
        dialog = kind(self._studio, self._outside, self)
        dialog.finished.connect(lambda _: self._find_voices(dialog.made or self._preferred))
        dialog.open()

    @property
    def _preferred(self) -> str:
        return self.panel.chosen_voice or self._studio.settings.voice

    def _find_voices(self, preferred: str) -> None:
        run_in_background(
            self._bridge,
            lambda _: find_voices(self._studio.voices),
            on_done=partial(self._show_voices, preferred),
            on_error=self.warn,
        )

    def _show_voices(self, preferred: str, voices: Voices) -> None:
        self._voices = voices
        self.panel.show_voices(voices.usable, preferred)
        self._refresh()
        self._complain_of_voices()

    def _complain_of_voices(self) -> None:
        complaint = self._voices and self._voices.complaint(self._studio.settings.voice)
        if complaint:
            self.warn(complaint)

    def _show(self, path: Path | None) -> None:
        if path and not self._outside.show(path):
            self.footer.status.warn(self.tr("No program here opens {path}").format(path=path))
