"""Reader's mode beside the desk: the same chapter, large, with bookmarks and a sleep timer."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from narrator.gui.desk.layout.actions import DeskActions
from narrator.gui.desk.open_book.at_hand import AtHand
from narrator.gui.desk.open_book.editing import Editing
from narrator.gui.desk.open_book.listening import Listening
from narrator.gui.desk.text.rows import SentenceRow
from narrator.gui.preferences.preferring import Preferring
from narrator.gui.reader.look import Look
from narrator.gui.reader.panels import Mark
from narrator.gui.reader.reader_view import ReaderView
from narrator.gui.shared.wording import shortened


class ReadingAlong(QObject):
    """Keeps the reader's view up with the desk. chose(id): the user goes to a sentence."""

    chose = Signal(int)

    def __init__(
        self,
        editing: Editing,
        at_hand: AtHand,
        listening: Listening,
        can: DeskActions,
        preferring: Preferring,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._editing = editing
        self._at_hand = at_hand
        transport = (can.previous, can.play, can.next)
        self.view = ReaderView(transport, Look.of(preferring.settings), parent)
        at_hand.shown.connect(self._show)
        at_hand.went.connect(self._went)
        editing.changed.connect(lambda _: self._show_marks())
        editing.opened.connect(self._show_marks)
        view = self.view
        view.bookmark_added.connect(self.mark)
        view.bookmark_chosen.connect(self.chose)
        view.sentence_chosen.connect(self.chose)
        view.look_changed.connect(lambda look: preferring.use(look.within(preferring.settings)))
        view.left.connect(lambda: can.reader.setChecked(False))
        view.sleep.connect(listening.pause)

    def mark(self, id: int | None = None) -> None:
        """Put a bookmark at a sentence, or at the one at hand; once more takes it away."""
        place = self._at_hand.current if id is None else id
        if place is None:
            return
        marks = self._editing.read(lambda project: project.bookmarks, ())
        old = [mark.id for mark in marks if mark.sentence == place]
        if old:
            self._editing.do(lambda project: project.remove_bookmark(old[0]))
        else:
            self._editing.do(lambda project: project.add_bookmark(place, ""))

    def _show(self, rows: tuple[SentenceRow, ...]) -> None:
        chapter = self._at_hand.chapter
        self.view.show_chapter(chapter.title if chapter else "", [r for r in rows if r.included])

    def _went(self, id: int | None) -> None:
        if id is not None:
            self.view.set_current(id)

    def _show_marks(self) -> None:
        def listed(mark: int) -> str:
            sentence = self._editing.read(lambda project: project.sentence(mark))
            return shortened(sentence.text) if sentence else ""

        marks = self._editing.read(lambda project: project.bookmarks, ())
        self.view.show_bookmarks(
            [Mark(mark.sentence, mark.note or listed(mark.sentence)) for mark in marks]
        )
