"""The studio window: a book opened, heard, changed and exported, nothing of it ever lost."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QCloseEvent, QDragEnterEvent, QDropEvent

from narrator.gui.desk.book_window import BookWindow
from narrator.gui.desk.open_book.edit_words import edit_told
from narrator.gui.desk.playback.playing import JUMP_SECONDS, TEMPO_STEP
from narrator.gui.desk.text.reading_view import ReadingView
from narrator.gui.desk.text.rows import SentenceRow
from narrator.gui.desk.text.sentence_table import Filter, SentenceTable
from narrator.gui.exporting.queue_panel import connect
from narrator.gui.shared.dialogs import ask_for_book
from narrator.gui.shared.outside import Outside
from narrator.gui.shared.panes import go_to_pane
from narrator.gui.shared.wording import shortened
from narrator.project.model import Changes
from narrator.settings import Settings
from narrator.studio.speaking.news import Failed, Halted, News
from narrator.studio.studio import Studio


class StudioWindow(BookWindow):
    """What the user does, wired to the parts that do it, and what can be done now."""

    def __init__(self, studio: Studio, outside: Outside) -> None:
        super().__init__(studio, outside)
        self._connect()
        self._use(self.preferring.settings)
        self.desk.transport.turn(self.preferring.settings.tempo, self.preferring.settings.volume)
        self.refresh()
        self.find_voices()

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
        self._remember_sound()
        self.progress.close()
        self.proofing.close()
        self.changing.close()
        self.listening.close()
        self.exports.close()
        self.editing.close()
        event.accept()

    def _connect(self) -> None:
        can, playing, changing = self.can, self.playing, self.changing
        sample = self.outside.sample
        panes = self.desk.panes()
        slots: dict[QAction, Callable[[], object]] = {
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
            can.next_word: partial(self.text.page.step_word, 1),
            can.previous_word: partial(self.text.page.step_word, -1),
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
        slots |= {take: partial(changing.choose_take, n) for n, take in enumerate(can.takes)}
        if sample:
            slots[can.sample] = partial(self.open_book, sample)
        # what is typed or slid and not told yet comes first: undo is to take back that
        can.connect(slots, before=self.desk.panel.settle)
        self.book_changed.connect(self.refresh)
        self.at_hand.shown.connect(self._show_rows)
        self.at_hand.updated.connect(self.text.update_rows)
        self.at_hand.went.connect(self._went)
        self.at_hand.complained.connect(self.warn)
        self.editing.changed.connect(self._follow)
        self.editing.refused.connect(self.warn)
        self.listening.failed.connect(self.warn)
        self.listening.told.connect(self._offer_retry)
        self.saying.refused.connect(self.warn)
        self.saying.told.connect(self.announce)
        self.preferring.refused.connect(self.warn)
        self.preferring.changed.connect(self._use)
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

    def refresh(self) -> None:
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

    def _follow(self, changes: Changes) -> None:
        chapters = self.editing.read(lambda project: project.chapters, ())
        self.desk.book.show_chapters(chapters)
        if changes.book:
            self._show_facts()
        first = changes.first
        if first is not None and not self.at_hand.some([first]):
            self.go_to(first)
        self.refresh()

    def _show_rows(self, rows: tuple[SentenceRow, ...]) -> None:
        self.text.show_rows(rows)
        chapter = self.at_hand.chapter
        self.text.chapter.setText(shortened(chapter.title) if chapter else "")
        self.refresh()

    def _went(self, id: int | None) -> None:
        self.text.set_current(id, follow=True)
        self.progress.show_place()
        self.refresh()

    def _tick(self, ids: list[int], included: bool) -> None:
        self.editing.do(lambda project: project.change_chapter(ids, included=included))

    def _edit_text(self) -> None:
        if self.text.view is self.text.table:
            self.text.table.edit_current()
        else:
            self.desk.panel.text.editor.setFocus()

    def _offer_retry(self, news: News) -> None:
        if isinstance(news, Failed | Halted):
            self.refresh()

    def _retry(self) -> None:
        for id in self.at_hand.failed():
            self.listening.live.retry(id)
        self.listening.live.resume()
        self.progress.try_again()

    def _show_queue(self) -> None:
        self.can.queue.setChecked(True)
        self.queue.show()

    def _use(self, settings: Settings) -> None:
        """Set the text as it is preferred, and offer the books opened last."""
        self.text.page.set_face(settings.reading_face)
        menu = self.can.recent
        menu.clear()
        for path in settings.recent:
            menu.addAction(path.stem).triggered.connect(partial(self.open_book, path))
        menu.setEnabled(bool(settings.recent))

    def _remember_sound(self) -> None:
        """Keep speed and volume for the next time."""
        settings = self.preferring.settings
        tempo, volume = self.desk.transport.turned
        if (tempo, volume) != (settings.tempo, settings.volume):
            self.preferring.use(replace(settings, tempo=tempo, volume=volume))

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
