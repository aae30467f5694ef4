"""The dialogs of the window: each opened with what it needs, each answer put to use."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from narrator.gui.checking.check_dialog import CheckDialog
from narrator.gui.desk.open_book.at_hand import AtHand
from narrator.gui.desk.open_book.editing import Editing
from narrator.gui.exporting.export_dialog import ExportDialog
from narrator.gui.exporting.exports import Exports
from narrator.gui.exporting.offer import Offer, remembered
from narrator.gui.preferences.preferring import Preferring
from narrator.gui.shared.dialogs import ask_for_choice, ask_for_name
from narrator.gui.shared.keys_dialog import KeysDialog
from narrator.gui.shared.outside import Outside
from narrator.gui.shared.palette import Command, CommandPalette
from narrator.gui.voices.new_voice_dialog import NewVoiceDialog
from narrator.gui.voices.voices_dialog import VoicesDialog
from narrator.project.model import Facts
from narrator.studio.narrating.outputs import safe_name
from narrator.studio.narrating.queue import Job
from narrator.studio.script import voices_of
from narrator.studio.studio import Studio

NARRATOR = ""


class Asking(QObject):
    """Opens dialogs over `window`.

    voices_changed(): there may be other voices now. exporting(): something was put in the queue.
    """

    voices_changed = Signal()
    exporting = Signal()

    def __init__(
        self,
        studio: Studio,
        outside: Outside,
        editing: Editing,
        at_hand: AtHand,
        exports: Exports,
        preferring: Preferring,
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._studio = studio
        self._outside = outside
        self._editing = editing
        self._at_hand = at_hand
        self._exports = exports
        self._preferring = preferring
        self._window = window

    def export(self, *, facts_first: bool = False) -> None:
        """Ask what is to be written; facts_first: begin with what is said of the book."""
        manuscript = self._editing.read(lambda project: project.manuscript())
        project = self._editing.project
        if manuscript is None or project is None:
            return
        source = project.source if project.source and project.source.exists() else None
        replicas = {name for name, one in self._at_hand.voices.items() if one.is_replica}
        folder = self._preferring.export_folder / safe_name(project.facts.title, instead="book")
        dialog = ExportDialog(
            Offer(
                manuscript,
                folder,
                source,
                frozenset(() if self._at_hand.chapter is None else (self._at_hand.chapter.id,)),
                len(self._at_hand.failed()),
                not replicas.isdisjoint(voices_of(manuscript)),
                self._preferring.settings,
            ),
            self._window,
        )
        if facts_first:
            dialog.pages.setCurrentWidget(dialog.facts)
        dialog.facts_changed.connect(self._change_facts)
        dialog.export_asked.connect(partial(self._queue, folder, first=True))
        dialog.queue_asked.connect(partial(self._queue, folder, first=False))
        self._open(dialog)

    def voices(self) -> None:
        """Show the voices there are."""
        self._change_voices(VoicesDialog(self._studio, self._outside, self._window))

    def new_voice(self) -> None:
        """Make a voice."""
        self._change_voices(NewVoiceDialog(self._studio, self._outside, self._window))

    def check(self) -> None:
        """Check a sound file for the watermark."""
        CheckDialog(self._studio, self._window).show()

    def preferences(self) -> None:
        """Show the preferences."""
        self._preferring.ask(tuple(self._at_hand.voices.values()))

    def palette(self, commands: Sequence[Command]) -> None:
        """Show all commands, to be found by a few letters."""
        self._open(CommandPalette(commands, self._window))

    def keys(self, commands: Sequence[Command]) -> None:
        """Show all keys."""
        self._open(KeysDialog(commands, self._window))

    def book_voice(self) -> None:
        """Ask who reads the book."""

        def use(name: str) -> None:
            self._editing.do(
                lambda project: project.change_facts(replace(project.facts, voice=name))
            )

        facts = self._editing.read(lambda project: project.facts)
        self._ask_for_voice(self.tr("Who reads the book?"), facts.voice if facts else "", use)

    def chapter_voice(self) -> None:
        """Ask who reads the chapter at hand."""
        chapter = self._at_hand.chapter
        if chapter is None:
            return
        same = self.tr("As the book")

        def use(name: str) -> None:
            self._editing.do(
                lambda project: project.change_chapter([chapter.id], voice=name or None)
            )

        self._ask_for_voice(
            self.tr("Who reads this chapter?"), chapter.voice or "", use, otherwise=same
        )

    def character(self) -> None:
        """Ask for somebody who speaks in the book, and for their voice."""

        def named(name: str) -> None:
            if name.strip():
                question = self.tr("The voice of {name}").format(name=name.strip())
                self._ask_for_voice(question, "", partial(self._cast, name.strip()))

        ask_for_name(self._window, self.tr("The name of the character"), "", named)

    def quotations(self) -> None:
        """Ask who says what stands in quotation marks in this chapter."""
        chapter = self._at_hand.chapter
        cast = self._editing.read(lambda project: project.cast, ())
        if chapter is None:
            return
        if not cast:
            self.character()
            return
        names = [(one.name, one.name) for one in cast]

        def give(name: str) -> None:
            self._editing.do(lambda project: project.split_quotations([chapter.id], name))

        question = self.tr("Who says what stands in quotation marks in this chapter?")
        ask_for_choice(self._window, question, names, names[0][1], give)

    def _cast(self, name: str, voice: str) -> None:
        self._editing.do(lambda project: project.cast_character(name, voice))

    def _ask_for_voice(
        self,
        question: str,
        chosen: str,
        use: Callable[[str], object],
        *,
        otherwise: str = "",
    ) -> None:
        voices = [(voice.title, name) for name, voice in self._at_hand.voices.items()]
        choices = [(otherwise, NARRATOR), *voices] if otherwise else voices
        if choices:
            ask_for_choice(self._window, question, choices, chosen, use)

    def _change_facts(self, facts: Facts) -> None:
        self._editing.do(lambda project: project.change_facts(facts))

    def _queue(self, offered: Path, job: Job, *, first: bool) -> None:
        preferring = self._preferring
        preferring.use(remembered(preferring.settings, job.order, offered, preferring.folder))
        self._exports.queue.add(job, first=first)
        if first:
            self._exports.queue.resume()
        self.exporting.emit()

    def _change_voices(self, dialog: VoicesDialog | NewVoiceDialog) -> None:
        dialog.finished.connect(lambda _: self.voices_changed.emit())
        dialog.open()

    def _open(self, dialog: QDialog) -> None:
        dialog.open()
