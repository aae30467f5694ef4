"""Whoever presses anything, in any order, while it speaks and plays: nothing breaks, all is kept.

NARRATOR_SEQUENCES=500 walks so many sequences; the number of one that failed walks it again:
pytest -k "[17]".
"""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QDialog,
    QDoubleSpinBox,
    QInputDialog,
    QLineEdit,
    QSpinBox,
)
from pytestqt.qtbot import QtBot
from reach import focusable
from surroundings import HeldVoice, Machine

from narrator.errors import NarratorError
from narrator.gui.desk.text.page import BREAKS
from narrator.gui.desk.window import StudioWindow
from narrator.project.project import Project

SEQUENCES = int(os.environ.get("NARRATOR_SEQUENCES", "20"))
STEPS = 40
BOOK = """# The Keeper

## One

It rained all day. The keeper counted 112 steps. "Who is there?" she asked. Nobody answered.

The café was shut 😀 on Sundays. He ran. He ran. “Come back,” the keeper said.

## Two

She waited. The lamp went out at 4:15 p.m. on 3 March 1984.

Nobody came. Nobody went.

## Three

All slept. "Good night," said the keeper.
"""
KEYS = [
    *(getattr(Qt.Key, f"Key_{key}") for key in "XRJCPBVSAZYHFKEINWL123459"),
    *(getattr(Qt.Key, f"Key_F{number}") for number in (1, 2, 3, 6, 8, 11)),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Left", "Right", "Up", "Down", "Home", "End")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("PageUp", "PageDown", "Tab", "Backtab")),
    *(getattr(Qt.Key, f"Key_{name}") for name in ("Return", "Escape", "Space", "Backspace")),
]
MODIFIERS = [
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
]
TYPED = ["He ran on.", "  ", "keeper", "9", "Ünïcode 😀 “here”", "a" * 200, "the", "\u2028x"]


class Visitor:
    """Presses, clicks and types whatever can be, by the numbers of `seed`. done: what it did."""

    def __init__(
        self, qtbot: QtBot, window: StudioWindow, machine: Machine, voice: HeldVoice, seed: int
    ) -> None:
        self._qtbot = qtbot
        self._window = window
        self._machine = machine
        self._voice = voice
        self._chance = Random(seed)
        self._never = {window.can.quit, window.can.sample, window.can.proof}
        self._path = self._project().path
        self.done: list[str] = []
        self._ways = [
            *[self._command] * 6,
            *[self._key] * 5,
            *[self._click] * 3,
            *[self._use] * 5,
            *[self._go_back] * 2,
            self._play,
            self._wait,
            self._stumble,
        ]

    def act(self) -> None:
        """Do something, and close what it has opened."""
        self._chance.choice(self._ways)()
        self._close_what_opened()
        window = self._window
        if window.editing.project is None:
            self.done.append("open")
            window.open_book(self._path)
            self._qtbot.waitUntil(lambda: window.editing.project is not None)

    def _project(self) -> Project:
        project = self._window.editing.project
        assert project is not None
        return project

    def _command(self) -> None:
        enabled = [
            action
            for _, action in self._window.can.table
            if action.isEnabled() and action not in self._never
        ]
        self._trigger(self._chance.choice(enabled))

    def _trigger(self, action: QAction) -> None:
        self.done.append(f"command {action.text()}")
        action.trigger()

    def _key(self) -> None:
        key, modifier = self._chance.choice(KEYS), self._chance.choice(MODIFIERS)
        widget = QApplication.focusWidget() or self._window
        self.done.append(f"key {modifier.name} {key.name} in {type(widget).__name__}")
        QTest.keyClick(widget, key, modifier)

    def _click(self) -> None:
        text, book = self._window.text, self._window.desk.book
        views = (text.page, text.table, book.chapter_view, self._window.reading.view.text)
        view = self._chance.choice([view for view in views if view.isVisible()] or [text.page])
        area = view.viewport()
        point = QPoint(
            self._chance.randrange(max(1, area.width())),
            self._chance.randrange(max(1, area.height())),
        )
        twice = self._chance.random() < 0.2
        button, modifier = Qt.MouseButton.LeftButton, self._chance.choice(MODIFIERS[:3])
        self.done.append(f"click {'twice ' * twice}{point.toTuple()} in {type(view).__name__}")
        (QTest.mouseDClick if twice else QTest.mouseClick)(area, button, modifier, point)

    def _use(self) -> None:
        widget = self._chance.choice(focusable(self._window) or [self._window.text.page])
        name = f"{type(widget).__name__} {widget.accessibleName()}"
        self.done.append(f"use {name}")
        match widget:
            case QAbstractButton():
                widget.click()
            case QComboBox() if widget.count():
                index = self._chance.randrange(widget.count())
                widget.setCurrentIndex(index)
                widget.activated.emit(index)
            case QAbstractSlider() | QSpinBox():
                widget.setValue(self._chance.randint(widget.minimum(), widget.maximum()))
            case QDoubleSpinBox():
                widget.setValue(self._chance.uniform(widget.minimum(), widget.maximum()))
            case QLineEdit():
                widget.setFocus()
                widget.setText(self._chance.choice(TYPED))
                QTest.keyClick(widget, Qt.Key.Key_Return)
            case _:
                widget.setFocus()
                QTest.keyClicks(widget, self._chance.choice(["He ran.", " ", "x", "2r"]))

    def _go_back(self) -> None:
        can = self._window.can
        self._trigger(self._chance.choice([can.undo, can.undo, can.redo]))

    def _play(self) -> None:
        self._machine.loudspeaker.hurried = self._chance.random() < 0.7
        self._trigger(self._window.can.play)

    def _wait(self) -> None:
        self.done.append("wait")
        self._qtbot.wait(self._chance.randrange(60))

    def _stumble(self) -> None:
        self._voice.broken = self._chance.choice([(), (), ("keeper",), ("",)])
        self.done.append(f"broken {self._voice.broken}")

    def _close_what_opened(self) -> None:
        self._qtbot.wait(1)
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        for _ in range(9):
            if not (dialogs := opened_dialogs()):
                return
            self._answer(dialogs[-1])
            self._qtbot.wait(1)
        raise AssertionError("a dialog stays open")

    def _answer(self, dialog: QDialog) -> None:
        agrees = isinstance(dialog, QInputDialog) and self._chance.random() < 0.7
        self.done.append(f"{'agree to' if agrees else 'leave'} {type(dialog).__name__}")
        if isinstance(dialog, QInputDialog) and agrees:
            if choices := dialog.comboBoxItems():
                dialog.setTextValue(self._chance.choice(choices))
            else:
                dialog.setTextValue(self._chance.choice(["Anna", "Bert", " ", "Anna"]))
            dialog.accept()
        else:
            dialog.reject()


def opened_dialogs() -> list[QDialog]:
    widgets = QApplication.topLevelWidgets()
    return [one for one in widgets if isinstance(one, QDialog) and one.isVisible()]


def all_of(project: Project) -> object:
    """All that a project says."""
    chapters = [(chapter, project.sentences(chapter.id)) for chapter in project.chapters]
    return project.facts, project.cast, project.entries, project.bookmarks, chapters


def check(window: StudioWindow) -> None:
    """What is shown is what the project says."""
    project, chapter = window.editing.project, window.at_hand.chapter
    assert project is not None
    sentences = project.sentences(chapter.id) if chapter else ()
    said = [(sentence.id, sentence.text, sentence.included) for sentence in sentences]
    page, model = window.text.page.page, window.text.sentences
    assert [(row.id, row.text, row.included) for row in page.rows] == said
    rows = [model.sentence_at(number) for number in range(model.rowCount())]
    assert [(row.id, row.text, row.included) for row in rows] == said
    text = window.text.page.document().toPlainText().encode("utf-16-le")
    for place, row in enumerate(page.rows):
        start, end = page.span(place)
        assert text[2 * start : 2 * end].decode("utf-16-le") == row.text.translate(BREAKS)
    assert window.at_hand.current in {id for id, *_ in said} or not said
    assert window.can.undo.isEnabled() == bool(project.undo_name)
    assert window.can.redo.isEnabled() == bool(project.redo_name)


@pytest.fixture
def book_file(tmp_path: Path) -> Path:
    path = tmp_path / "book.md"
    path.write_text(BOOK, "utf-8")
    return path


@pytest.fixture
def complaints(window: StudioWindow) -> Iterator[list[Exception]]:
    """What the window was refused without a name for it: what nobody thought of."""
    met: list[Exception] = []
    for part in (window.editing, window.saying, window.preferring, window.proofing):
        part.refused.connect(met.append)
    yield met
    assert [error for error in met if not isinstance(error, NarratorError)] == []


@pytest.mark.qt_log_level_fail("WARNING")
@pytest.mark.qt_log_ignore("This plugin does not support")  # what a screen that is none cannot do
@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_whatever_is_pressed_nothing_breaks_and_all_is_kept(
    qtbot: QtBot,
    opened: StudioWindow,
    machine: Machine,
    voice: HeldVoice,
    complaints: list[Exception],
    request: pytest.FixtureRequest,
    seed: int,
) -> None:
    opened.activateWindow()
    project = opened.editing.project
    assert project is not None
    path, first = project.path, all_of(project)
    visitor = Visitor(qtbot, opened, machine, voice, seed)
    try:
        for _ in range(STEPS):
            visitor.act()
            check(opened)
    finally:
        request.node.add_report_section("call", "done", "\n".join(visitor.done))
    opened.playing.halt()
    opened.desk.panel.settle()
    project = opened.editing.project
    assert project is not None
    last = all_of(project)
    undone = 0
    while opened.can.undo.isEnabled():
        opened.can.undo.trigger()
        undone += 1
    assert all_of(project) == first
    for _ in range(undone):
        opened.can.redo.trigger()
    check(opened)
    assert all_of(project) == last
    opened.close()
    assert not complaints
    again = Project.open(path)
    try:
        assert all_of(again) == last
        assert again.chapters
    finally:
        again.close()
