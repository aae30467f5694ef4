"""A window with one book at a time: opened, walked through, put away."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from narrator.gui.desk.asking import Asking
from narrator.gui.desk.layout.actions import DeskActions
from narrator.gui.desk.layout.desk import Desk, TextPane, Welcome
from narrator.gui.desk.open_book.at_hand import AtHand
from narrator.gui.desk.open_book.editing import Editing
from narrator.gui.desk.open_book.listening import Listening
from narrator.gui.desk.open_book.opening import Opened, Voices, find_voices, open_project, painted
from narrator.gui.desk.playback.playing import Playing
from narrator.gui.desk.playback.progress import Progress
from narrator.gui.desk.playback.reading_along import ReadingAlong
from narrator.gui.desk.revision.changing import Changing
from narrator.gui.desk.revision.finding import Finding
from narrator.gui.desk.revision.proofing import Proofing
from narrator.gui.desk.revision.saying_words import SayingWords
from narrator.gui.exporting.exports import Exports
from narrator.gui.preferences.preferring import Preferring
from narrator.gui.shared.background import Bridge, Work, run_in_background
from narrator.gui.shared.outside import Outside
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.window_layout import fit
from narrator.gui.shared.wording import error_told, shortened
from narrator.studio.pronouncing import NAME, Pronouncer
from narrator.studio.studio import Studio


class BookWindow(QMainWindow):
    """The parts of the studio window, and the book that they are about.

    What the user can do is wired in `StudioWindow`. book_changed(): another book is open, or being
    opened, or none is.
    """

    book_changed = Signal()

    def __init__(self, studio: Studio, outside: Outside) -> None:
        super().__init__()
        self._studio = studio
        self.outside = outside
        self._bridge = Bridge()
        self._opening: Work | None = None
        self._painting: Work | None = None
        self._found: Voices | None = None
        self.editing = Editing(self)
        self.listening = Listening(studio, outside.open_output, outside.play, self)
        self.exports = Exports(studio, self)
        self.text = TextPane(self)
        self.can = DeskActions(self, [self.text.views])
        self.desk = Desk(self.text, self.can, self)
        self.at_hand = AtHand(self.editing, self.listening, self)
        self.welcome = Welcome(self.can, self)
        self.queue = self.desk.queue
        self.preferring = Preferring(studio, outside.folder, self)
        self.reading = ReadingAlong(
            self.editing, self.at_hand, self.listening, self.can, self.preferring, self
        )
        self.playing = Playing(
            self.at_hand, self.listening, self.desk, self.reading.view, self.to_chapter
        )
        self.changing = Changing(studio, self.editing, self.at_hand, self.listening, self.desk)
        self.finding = Finding(self.editing, self.at_hand, self.text, self.go_to)
        self.saying = SayingWords(
            studio,
            Pronouncer(studio.folders.data / NAME),
            self.editing,
            self.at_hand,
            self.listening,
            self.text,
            self,
        )
        self.asking = Asking(
            studio,
            outside,
            self.editing,
            self.at_hand,
            self.exports,
            self.preferring,
            self,
        )
        self.proofing = Proofing(studio, self.editing, self.at_hand, self)
        self.progress = Progress(self.at_hand, self.listening, self.desk, self)
        self.pages = QStackedWidget(self)
        for page in (self.welcome, self.desk, self.reading.view):
            self.pages.addWidget(page)
        self.setCentralWidget(self.pages)
        self.setWindowTitle("narrator")
        self.setAcceptDrops(True)
        fit(self, letters=220, lines=66)
        set_tab_order(self.desk.panes())

    def open_book(self, path: Path) -> None:
        """Open a project or a book behind the window; one still being opened is given up."""
        if self._opening:
            self._opening.abandon()
        self.say(self.tr("Opening {name}…").format(name=shortened(path.name)))
        folder, voice = self.preferring.folder, self.preferring.settings.voice
        project = self.editing.project
        if project is not None and path.absolute() in (project.path, project.source):
            self.say(self.tr("It is open already."))
            return
        self._opening = run_in_background(
            self._bridge,
            lambda _: open_project(path, folder, voice, project.path if project else None),
            on_done=self._show_project,
            on_error=self._not_opened,
            on_unheard=lambda opened: opened.project.close(),
        )
        self.book_changed.emit()

    def close_book(self) -> None:
        """Put the book away; all of it is kept."""
        self.playing.halt()
        self.proofing.close()
        self._leave_place()
        self.can.reader.setChecked(False)  # which brings the menus back
        self.editing.close()
        self.at_hand.show_chapter(None)
        self.say("")
        self.pages.setCurrentWidget(self.welcome)
        self.welcome.opener.setFocus()
        self.setWindowTitle("narrator")
        self.book_changed.emit()

    def go_to(self, id: int) -> None:
        """Go to a sentence in whichever chapter it is."""
        sentence = self.editing.read(lambda project: project.sentence(id))
        if sentence is None:
            return
        if self.at_hand.chapter is None or sentence.chapter != self.at_hand.chapter.id:
            self.show_chapter(sentence.chapter, id)
        else:
            self.playing.go(id)

    def show_chapter(self, id: int, at: int | None = None) -> None:
        """Show another chapter; what is playing stops."""
        if self.at_hand.chapter is not None and id == self.at_hand.chapter.id:
            return
        self.desk.panel.settle()  # now, or an edit of this chapter would come amid the other one
        self.playing.halt()
        self.at_hand.show_chapter(id, at)
        self.desk.book.set_chapter(id)
        self._leave_place()

    def to_chapter(self, step: int) -> bool:
        """Go to the next chapter that is narrated, or the one before; False: there is none."""
        chapters = self.editing.read(lambda project: project.chapters, ())
        here = self.at_hand.chapter
        ids = [one.id for one in chapters if one.included or one == here]
        if here is None or here.id not in ids:
            return False
        place = ids.index(here.id) + step
        if not 0 <= place < len(ids):
            return False
        self.show_chapter(ids[place])
        return True

    def find_voices(self) -> None:
        """Look for the voices there are, behind the window."""
        run_in_background(
            self._bridge,
            lambda _: find_voices(self._studio.voices),
            on_done=self._show_voices,
            on_error=self.warn,
        )

    def say(self, text: str) -> None:
        """Show a line in the status."""
        for status in (self.desk.transport.status, self.welcome.status):
            status.say(text)

    def announce(self, text: str) -> None:
        """Show a result in the status, and have it read once."""
        self.desk.transport.status.announce(text)

    def warn(self, error: Exception) -> None:
        """Tell of an error in the status line, and in the log if nobody gave it a name."""
        shown = self.welcome if self.pages.currentWidget() is self.welcome else self.desk.transport
        shown.status.warn(error_told(error))

    def _show_project(self, opened: Opened) -> None:
        self._opening = None
        self.desk.panel.settle()
        self.playing.halt()
        self._leave_place()
        self.can.reader.setChecked(False)
        self.editing.open(opened.project)
        self.at_hand.show_chapter(None)
        self.progress.begin()
        project = opened.project
        self.preferring.remember(project.path)
        self.desk.book.show_chapters(project.chapters)
        self._show_facts()
        left = self.editing.read(lambda project: project.place_left())
        at = self.editing.read(lambda project: project.sentence(left)) if left else None
        first = next((one.id for one in project.chapters if one.included), None)
        chapter = at.chapter if at is not None else first
        self.at_hand.show_chapter(chapter, left)
        if chapter is not None:
            self.desk.book.set_chapter(chapter)
        self.pages.setCurrentWidget(self.desk)  # now, or the focus would go to the first chapter
        self.listening.prepare()
        self.text.view.setFocus()
        self.book_changed.emit()
        if opened.warnings:
            faults = "; ".join(shortened(warning) for warning in opened.warnings[:3])
            self.announce(self.tr("⚠ The file has faults: {faults}").format(faults=faults))
        elif opened.is_new:
            self.announce(self.tr("Space plays. Every change is kept as you make it."))
        else:
            self.announce(self.tr("Your work on this book is open again."))
        self._complain_of_voices()

    def _not_opened(self, error: Exception) -> None:
        self._opening = None
        self.warn(error)
        self.book_changed.emit()

    def _show_facts(self) -> None:
        facts = self.editing.read(lambda project: project.facts)
        if facts is None:
            return
        self.setWindowTitle(shortened(facts.title))
        self.desk.book.show_facts(facts, None)
        if self._painting:
            self._painting.abandon()
        if facts.cover is not None:

            def show(image: QImage | None) -> None:
                self.desk.book.show_facts(facts, image)

            self._painting = run_in_background(
                self._bridge, lambda _: painted(facts.cover), on_done=show, on_error=self.warn
            )

    def _show_voices(self, voices: Voices) -> None:
        self._found = voices
        self.at_hand.use_voices(voices.usable)
        self._complain_of_voices()

    def _complain_of_voices(self) -> None:
        complaint = self._found and self._found.complaint(self.preferring.settings.voice)
        if complaint:
            self.warn(complaint)

    def _leave_place(self) -> None:
        """Note where the user is, to be there again the next time."""
        id, project = self.at_hand.current, self.editing.project
        if id is not None and project is not None:
            self.editing.read(lambda project: project.remember_place(id))
