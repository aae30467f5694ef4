"""The spoken text of a sentence, to be changed: told when it is done, never when it is empty."""

from PySide6.QtCore import QEvent, QMargins, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from narrator.gui.shared.controls import plain_label, speak_up

LINES = 4  # of a sentence that are seen without scrolling
ELSEWHERE = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
"""Why the focus may go without the user having left the words: a menu, another program."""


class TextEditor(QPlainTextEdit):
    """Takes Ctrl+Enter for done and Esc for as it was; so does the window, which is kept off.

    left: the focus went elsewhere.
    """

    done = Signal()
    undone = Signal()
    left = Signal()

    def event(self, event: QEvent) -> bool:
        """Keep the two keys from being a shortcut of the window."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and (_is_done(event) or event.key() == Qt.Key.Key_Escape)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type, or end it."""
        if _is_done(event):
            self.done.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.undone.emit()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the user went elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in ELSEWHERE:
            self.left.emit()


class SpokenText(QWidget):
    """An editor for the words of one sentence. changed: the new words, in one line."""

    changed = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = ""
        self.refusal = plain_label("", self)
        self.refusal.hide()
        self.editor = TextEditor(self)
        self.editor.setTabChangesFocus(True)
        self.editor.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.editor.setAccessibleName(self.tr("Spoken text"))
        hint = self.tr("Ctrl+Enter applies, Esc restores")
        self.editor.setAccessibleDescription(hint)
        self.editor.setToolTip(hint)
        self.editor.textChanged.connect(self.refusal.hide)
        self.editor.done.connect(self._apply)
        self.editor.undone.connect(lambda: self._put(self._text))
        self.editor.left.connect(self.settle)
        column = QVBoxLayout(self)
        column.setContentsMargins(QMargins())
        column.addWidget(self.editor)
        column.addWidget(self.refusal)
        self._fit()

    def show_text(self, text: str, *, again: bool) -> None:
        """Show the words of a sentence; `again`: the same one, whose words may be in work."""
        in_work = again and self._is_changed and self._text == text
        self._text = text
        if not in_work and self.editor.toPlainText() != text:
            self._put(text)
        if not again:
            self.refusal.hide()

    def settle(self) -> None:
        """Tell what was typed and not yet told; where nothing is left, put the words back."""
        if not self._words:
            self._put(self._text)
            self._refuse()
        else:
            self._apply()

    def changeEvent(self, event: QEvent) -> None:
        """Keep some lines in sight in another type."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    @property
    def _words(self) -> str:
        return " ".join(self.editor.toPlainText().split())

    @property
    def _is_changed(self) -> bool:
        return self.editor.toPlainText() != self._text

    def _apply(self) -> None:
        if not self._is_changed:
            return
        if not (words := self._words):
            self._refuse()
            return
        is_new = words != self._text
        self._text = words
        self._put(words)
        if is_new:
            self.changed.emit(words)

    def _refuse(self) -> None:
        text = self.tr("! A sentence needs words. To leave it out, untick “Read aloud”.")
        self.refusal.setText(text)
        self.refusal.show()
        speak_up(self.refusal, text)

    def _put(self, text: str) -> None:
        if self.editor.toPlainText() != text:
            self.editor.setPlainText(text)
        self.refusal.hide()

    def _fit(self) -> None:
        document = 2 * (self.editor.document().documentMargin() + self.editor.frameWidth())
        height = LINES * self.editor.fontMetrics().lineSpacing() + round(document)
        self.editor.setFixedHeight(height)


def _is_done(event: QKeyEvent) -> bool:
    enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return enter and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
