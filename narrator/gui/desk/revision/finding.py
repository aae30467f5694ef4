"""Find and replace: what is found is marked and gone to, in the chapter or in the whole book."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from narrator.gui.desk.layout.desk import TextPane
from narrator.gui.desk.layout.find_bar import Query
from narrator.gui.desk.open_book.at_hand import AtHand
from narrator.gui.desk.open_book.editing import Editing
from narrator.project.model import Found


class Finding(QObject):
    """Works the find bar. go: to a sentence, in whichever chapter it is."""

    def __init__(
        self, editing: Editing, at_hand: AtHand, text: TextPane, go: Callable[[int], object]
    ) -> None:
        super().__init__(text)
        self._editing = editing
        self._at_hand = at_hand
        self._text = text
        self._go = go
        self._found: tuple[Found, ...] = ()
        self._place = -1
        bar = text.find_bar
        bar.searched.connect(self._search)
        bar.stepped.connect(self.step)
        bar.replaced_one.connect(self._replace_one)
        bar.replaced_all.connect(self._replace_all)
        bar.closed.connect(self._close)
        editing.changed.connect(lambda _: self._search_again())
        at_hand.shown.connect(lambda _: self._text.page.set_found(self._found))

    def start(self, *, replacing: bool) -> None:
        """Show the bar, with the word that is selected."""
        word = self._text.page.word_at_cursor()
        selected = self._text.page.textCursor().hasSelection()
        self._text.find_bar.start(word.text if word and selected else "", replacing=replacing)

    def step(self, by: int) -> None:
        """Go to the next of what was found, or the one before."""
        if not self._found:
            return
        if self._place < 0:
            self._place = self._near() if by > 0 else self._near() - 1
        else:
            self._place += by
        self._place %= len(self._found)
        self._show(go=True)

    def _search(self, query: Query) -> None:
        self._place = -1
        self._find(query)
        self._show(go=False)

    def _search_again(self) -> None:
        if self._text.find_bar.isVisible():
            self._find(self._text.find_bar.query)
            self._place = min(self._place, len(self._found) - 1)
            self._show(go=False)

    def _find(self, query: Query) -> None:
        chapter = self._at_hand.chapter
        if not query.text or chapter is None:
            self._found = ()
            return
        self._found = self._editing.read(
            lambda project: project.find(
                query.text,
                match_case=query.match_case,
                whole_words=query.whole_words,
                chapter=None if query.whole_book else chapter.id,
            ),
            (),
        )

    def _show(self, *, go: bool) -> None:
        self._text.find_bar.show_found(len(self._found), self._place + 1)
        if go and 0 <= self._place < len(self._found):
            self._go(self._found[self._place].sentence)
        self._text.page.set_found(self._found)

    def _near(self) -> int:
        """Give the place of the first that was found at or after the sentence at hand."""
        numbers = {one.id: number for number, one in enumerate(self._at_hand.sentences)}
        here = numbers.get(self._at_hand.current or -1, 0)
        later = (n for n, one in enumerate(self._found) if numbers.get(one.sentence, -1) >= here)
        return next(later, 0)

    def _replace_one(self, by: str) -> None:
        if not 0 <= self._place < len(self._found):
            self.step(1)
            return
        one = self._found[self._place]
        self._editing.do(lambda project: project.replace_all([one], by))
        self._place -= 1
        self.step(1)

    def _replace_all(self, by: str) -> None:
        found = self._found
        self._editing.do(lambda project: project.replace_all(found, by))

    def _close(self) -> None:
        self._found, self._place = (), -1
        self._text.page.set_found(())
        self._text.view.setFocus()
