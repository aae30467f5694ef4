"""The studio window: a book opened, heard, changed and exported, nothing of it ever lost."""

from functools import partial
from pathlib import Path

from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QMainWindow, QStackedWidget

from narrator.gui.desk.asking import Asking
from narrator.gui.desk.at_hand import AtHand
from narrator.gui.desk.changing import Changing
from narrator.gui.desk.desk import Desk, TextPane, Welcome
from narrator.gui.desk.desk_actions import DeskActions
from narrator.gui.desk.edit_words import edit_told
from narrator.gui.desk.editing import Editing
from narrator.gui.desk.finding import Finding
from narrator.gui.desk.listening import Listening
from narrator.gui.desk.opening import Opened, Voices, find_voices, open_project, painted
from narrator.gui.desk.playing import JUMP_SECONDS, TEMPO_STEP, Playing
from narrator.gui.desk.preferring import Preferring
from narrator.gui.desk.progress import Progress
from narrator.gui.desk.proofing import Proofing
from narrator.gui.desk.reading_along import ReadingAlong
from narrator.gui.desk.reading_view import ReadingView
from narrator.gui.desk.rows import SentenceRow
from narrator.gui.desk.saying_words import SayingWords
from narrator.gui.desk.sentence_table import Filter, SentenceTable
from narrator.gui.exporting.exports import Exports
from narrator.gui.exporting.queue_panel import QueuePanel, connect
from narrator.gui.shared.background import Bridge, Work, run_in_background
from narrator.gui.shared.dialogs import ask_for_book
from narrator.gui.shared.outside import Outside
from narrator.gui.shared.panes import go_to_pane, set_tab_order
from narrator.gui.shared.window_layout import fit
from narrator.gui.shared.wording import error_told, shortened
from narrator.project.model import Changes
from narrator.studio.pronouncing import NAME, Pronouncer
from narrator.studio.studio import Studio


class StudioWindow(QMainWindow):
    """One project at a time. What it shows is wired here; what it does is in the parts."""

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
        self.queue = QueuePanel(self)
        self.desk.left.addWidget(self.queue)
        self.queue.hide()
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
            self.listening,
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
        fit(self, letters=190, lines=58)
        set_tab_order(self.desk.panes())
        self._connect()
        self._refresh()
        self.find_voices()

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
            lambda _: open_project(path, folder, voice),
            on_done=self._show_project,
            on_error=self._not_opened,
            on_unheard=lambda opened: opened.project.close(),
        )
        self._refresh()

    def close_book(self) -> None:
        """Put the book away; all of it is kept."""
        self.playing.halt()
        self._leave_place()
        self.editing.close()
        self.at_hand.show_chapter(None)
        self.pages.setCurrentWidget(self.welcome)
        self.setWindowTitle("narrator")
        self._refresh()

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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the first file that is dropped."""
        files = (url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile())
        self.open_book(Path(next(files)))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once: every edit is on the disk, and finished files stay."""
        if self._opening:
            self._opening.abandon()
        self.hide()
        self._leave_place()
        self.progress.close()
        self.listening.close()
        self.exports.close()
        self.editing.close()
        event.accept()

    def _connect(self) -> None:
        can, playing, changing = self.can, self.playing, self.changing
        sample = self.outside.sample
        panes = self.desk.panes()
        can.connect(
            {
                can.open: partial(ask_for_book, self, self.open_book),
                can.close_book: self.close_book,
                can.quit: self.close,
                can.undo: self.editing.undo,
                can.redo: self.editing.redo,
                can.find: partial(self.finding.start, replacing=False),
                can.replace: partial(self.finding.start, replacing=True),
                can.find_next: partial(self.finding.step, 1),
                can.find_previous: partial(self.finding.step, -1),
                can.edit_text: self._edit_text,
                can.split: changing.split,
                can.merge: changing.merge,
                can.leave_out: changing.leave_out,
                can.take_again: changing.take_again,
                can.compare: changing.compare,
                can.reset: changing.reset,
                can.retry: self._retry,
                can.voice: self.desk.panel.casting.voice.setFocus,
                can.pronounce: self.saying.ask,
                can.pronunciations: self.saying.show_all,
                can.book_voice: self.asking.book_voice,
                can.chapter_voice: self.asking.chapter_voice,
                can.character: self.asking.character,
                can.quotations: self.asking.quotations,
                can.voices: self.asking.voices,
                can.new_voice: self.asking.new_voice,
                can.check: self.asking.check,
                can.details: partial(self.asking.export, facts_first=True),
                can.export: self.asking.export,
                can.preferences: self.asking.preferences,
                can.palette: partial(self.asking.palette, can.table),
                can.keys: partial(self.asking.keys, can.table),
                can.bookmark: self.reading.mark,
                can.proof: self.proofing.start,
                can.play: playing.toggle,
                can.previous: partial(playing.step, -1),
                can.next: partial(playing.step, 1),
                can.back: partial(playing.jump, -JUMP_SECONDS),
                can.forward: partial(playing.jump, JUMP_SECONDS),
                can.previous_chapter: partial(self.to_chapter, -1),
                can.next_chapter: partial(self.to_chapter, 1),
                can.faster: partial(playing.hasten, TEMPO_STEP),
                can.slower: partial(playing.hasten, -TEMPO_STEP),
                can.as_page: partial(self._show_view, self.text.page),
                can.as_list: partial(self._show_view, self.text.table),
                can.show_all: partial(self._filter, Filter.ALL),
                can.show_changed: partial(self._filter, Filter.CHANGED),
                can.show_failed: partial(self._filter, Filter.FAILED),
                can.show_doubtful: partial(self._filter, Filter.DOUBTFUL),
                can.lane: self._show_lane,
                can.queue: lambda: self.queue.setVisible(can.queue.isChecked()),
                can.next_pane: partial(go_to_pane, panes, 1),
                can.previous_pane: partial(go_to_pane, panes, -1),
            }
            | {take: partial(changing.choose_take, n) for n, take in enumerate(can.takes)}
            | ({can.sample: partial(self.open_book, sample)} if sample else {})
        )
        self.at_hand.shown.connect(self._show_rows)
        self.at_hand.updated.connect(self.text.update_rows)
        self.at_hand.went.connect(self._went)
        self.at_hand.complained.connect(self.warn)
        self.editing.changed.connect(self._follow)
        self.editing.refused.connect(self.warn)
        self.listening.failed.connect(self.warn)
        self.saying.refused.connect(self.warn)
        self.saying.told.connect(self.announce)
        self.preferring.refused.connect(self.warn)
        self.preferring.changed.connect(lambda _: self._show_recent())
        self.asking.voices_changed.connect(self.find_voices)
        self.asking.exporting.connect(self._show_queue)
        self.reading.chose.connect(self.go_to)
        self.proofing.told.connect(self.announce)
        self.proofing.refused.connect(self.warn)
        changing.told.connect(self.announce)
        self.text.page.moved.connect(playing.go)
        self.text.table.current_changed.connect(playing.go)
        self.text.page.activated_at.connect(lambda _: self._edit_text())
        self.text.table.activated_at.connect(playing.play_from)
        self.desk.book.went_to.connect(self.show_chapter)
        self.desk.book.chapters.ticked.connect(self._tick)
        connect(self.queue, self.exports.queue, self.outside.show)
        self.exports.changed.connect(self.queue.show_jobs)
        can.reader.toggled.connect(self._show_reader)

    def _refresh(self) -> None:
        """Let the user do what makes sense now."""
        project, can = self.editing.project, self.can
        has_sentence = self.at_hand.current is not None
        for _, action in can.table:
            action.setEnabled(has_sentence)
        always = (can.open, can.preferences, can.quit, can.voices, can.new_voice, can.check)
        for action in (*always, can.queue, can.palette, can.keys, can.next_pane, can.previous_pane):
            action.setEnabled(True)
        can.sample.setEnabled(self.outside.sample is not None)
        for action in (can.details, can.close_book, can.export):
            action.setEnabled(project is not None)
        undo = project.undo_name if project else ""
        redo = project.redo_name if project else ""
        can.undo.setEnabled(bool(undo))
        can.redo.setEnabled(bool(redo))
        can.undo.setText(
            self.tr("Undo: {edit}").format(edit=edit_told(undo)) if undo else self.tr("Undo")
        )
        can.redo.setText(
            self.tr("Redo: {edit}").format(edit=edit_told(redo)) if redo else self.tr("Redo")
        )
        can.retry.setEnabled(bool(self.at_hand.failed()) or self.progress.halted)

    def _show_project(self, opened: Opened) -> None:
        self._opening = None
        self.playing.halt()
        self._leave_place()
        self.editing.open(opened.project)
        self.at_hand.show_chapter(None)
        self.progress.begin()
        project = opened.project
        self.preferring.remember(project.path)
        self.pages.setCurrentWidget(self.desk)
        self.setWindowTitle(shortened(project.facts.title))
        self.desk.book.show_chapters(project.chapters)
        self._show_facts()
        left = self.editing.read(lambda project: project.place_left)
        at = self.editing.read(lambda project: project.sentence(left)) if left else None
        first = next((one.id for one in project.chapters if one.included), None)
        chapter = at.chapter if at is not None else first
        self.at_hand.show_chapter(chapter, left)
        if chapter is not None:
            self.desk.book.set_chapter(chapter)
        self.listening.prepare()
        self.text.view.setFocus()
        self._refresh()
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
        self._refresh()

    def _show_facts(self) -> None:
        facts = self.editing.read(lambda project: project.facts)
        if facts is None:
            return
        self.desk.book.show_facts(facts, None)
        if self._painting:
            self._painting.abandon()
        if facts.cover is not None:

            def show(image: QImage | None) -> None:
                self.desk.book.show_facts(facts, image)

            self._painting = run_in_background(
                self._bridge, lambda _: painted(facts.cover), on_done=show, on_error=self.warn
            )

    def _follow(self, changes: Changes) -> None:
        chapters = self.editing.read(lambda project: project.chapters, ())
        self.desk.book.show_chapters(chapters)
        if changes.book:
            self._show_facts()
        first = changes.first
        if first is not None and not self.at_hand.some([first]):
            self.go_to(first)
        self._refresh()

    def _show_rows(self, rows: tuple[SentenceRow, ...]) -> None:
        self.text.show_rows(rows)
        chapter = self.at_hand.chapter
        self.text.chapter.setText(shortened(chapter.title) if chapter else "")
        self._refresh()

    def _went(self, id: int | None) -> None:
        self.text.set_current(id, follow=True)
        self.progress.show_place()
        self._refresh()

    def _tick(self, ids: list[int], included: bool) -> None:
        self.editing.do(lambda project: project.change_chapter(ids, included=included))

    def _edit_text(self) -> None:
        if self.text.view is self.text.table:
            self.text.table.edit_current()
        else:
            self.desk.panel.text.editor.setFocus()

    def _retry(self) -> None:
        for id in self.at_hand.failed():
            self.listening.live.retry(id)
        self.listening.live.resume()

    def _show_queue(self) -> None:
        self.can.queue.setChecked(True)
        self.queue.show()

    def _show_recent(self) -> None:
        """Offer the books opened last."""
        menu = self.can.recent
        menu.clear()
        for path in self.preferring.settings.recent:
            menu.addAction(path.stem).triggered.connect(partial(self.open_book, path))
        menu.setEnabled(bool(self.preferring.settings.recent))

    def _show_view(self, view: ReadingView | SentenceTable) -> None:
        self.text.views.setCurrentWidget(view)
        view.setFocus()

    def _filter(self, kept: Filter) -> None:
        self.can.as_list.setChecked(True)
        self.text.table.set_filter(kept)
        self._show_view(self.text.table)

    def _show_lane(self) -> None:
        shown = self.can.lane.isChecked()
        self.text.lane.setVisible(shown)
        if shown:
            self.playing.refresh_lane()
            self.text.lane.setFocus()

    def _show_reader(self, shown: bool) -> None:
        self.menuBar().setVisible(not shown)
        self.pages.setCurrentWidget(self.reading.view if shown else self.desk)
        (self.reading.view.text if shown else self.text.view).setFocus()

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
