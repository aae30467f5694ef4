"""The frame of a dialog of steps: heading, page, recorder, status line and the great button."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from narrator.audio.microphone import Listen
from narrator.gui.shared.controls import ScrolledColumn, StatusLine, heading
from narrator.gui.shared.dialogs import ask
from narrator.gui.shared.errands import Errands
from narrator.gui.shared.panes import set_tab_order
from narrator.gui.shared.window_layout import fit
from narrator.gui.voices.new_voice_pages import Page
from narrator.gui.voices.take_panel import TakePanel


class StepsDialog(QDialog):
    """Shows one page at a time; a page scrolls where the type is large and the screen small.

    on_primary: what the great button does on a page. on_back: where the lesser one leads to.
    """

    def __init__(self, listen: Listen, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.on_primary: dict[Page, Callable[[], object]] = {}
        self.on_back: dict[Page, Page] = {}
        self._steps: list[Sequence[Page]] = []
        self._page: Page | None = None
        self._resume: QWidget | None = None
        self.heading = heading("", 1.4, self)
        self.status = StatusLine(self)
        self.errands = Errands(self.status, self)
        self.take = TakePanel(listen, self.errands, self.status, self)
        self.back = QPushButton(self.tr("&Back"), self)
        self.primary = QPushButton(self)
        self.cancel = QPushButton(self.tr("Close"), self)
        self._pages = ScrolledColumn(self)
        self._lay_out()
        fit(self, letters=96, lines=42)
        self.errands.changed.connect(self._at_work)
        self.back.clicked.connect(lambda: self._page and self.go(self.on_back[self._page]))
        self.primary.clicked.connect(lambda: self._page and self.on_primary[self._page]())
        self.cancel.clicked.connect(self.reject)

    @property
    def page(self) -> Page | None:
        """The page on show."""
        return self._page

    @property
    def would_lose(self) -> bool:
        """Whether closing loses something that was recorded."""
        return False

    def set_steps(self, *steps: Sequence[Page]) -> None:
        """Give the pages, step by step."""
        self._steps = list(steps)
        pages = [page for step in steps for page in step]
        for page in pages:
            page.hide()
            page.changed.connect(self._refresh)
            self._pages.column.addWidget(page)
        stops = [[w for w in page.findChildren(QWidget) if _takes_tab(w)] for page in pages]
        foot = [self.take.button, self.status.label, self.back, self.primary, self.cancel]
        set_tab_order([*stops, foot])

    def go(self, page: Page) -> None:
        """Show another page."""
        if self._page and page is not self._page:
            self._page.hide()
        self._page, self._resume = page, None
        number = next(n for n, step in enumerate(self._steps, start=1) if page in step)
        self.heading.setText(
            self.tr("Step {number} of {count}: {title}").format(
                number=number, count=len(self._steps), title=page.title
            )
        )
        page.show()
        self._refresh()
        (page.first or self._great).setFocus()

    def reject(self) -> None:
        """Close, after a question when something that was recorded would be lost."""
        if not self.would_lose:
            super().reject()
            return
        ask(
            self,
            self.tr("Close without a voice? What was recorded is lost."),
            yes=self.tr("Close"),
            no=self.tr("Go on"),
            on_yes=super().reject,
        )

    def done(self, result: int) -> None:
        """Close; a recording or a check that is going on is given up."""
        self.errands.give_up()
        super().done(result)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addStretch()
        row.addWidget(self.primary)
        row.addWidget(self.cancel)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addWidget(self.heading)
        column.addWidget(self._pages, 1)
        column.addWidget(self.take)
        column.addWidget(self.status)
        column.addLayout(row)

    def _at_work(self) -> None:
        focused = self.focusWidget()
        self._refresh()
        if self.errands.busy:
            self._resume = focused if focused and not focused.isEnabled() else None
        elif self._resume:  # it was off for a while, and the focus went elsewhere
            self._resume.setFocus()
            self._resume = None

    def _refresh(self) -> None:
        page, busy = self._page, self.errands.busy
        if page is None:
            return
        page.lock(busy)
        self.take.setVisible(page.records)
        self.back.setVisible(page in self.on_back)
        self.back.setEnabled(not busy)
        self.primary.setVisible(bool(page.primary))
        self.primary.setText(page.primary)
        self.primary.setEnabled(busy if page.stops else page.ready and not busy)
        self._great.setDefault(True)

    @property
    def _great(self) -> QPushButton:
        """The button that Enter presses on this page."""
        if self._page and self._page.records:
            return self.take.button
        return self.primary if self._page and self._page.primary else self.cancel


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
