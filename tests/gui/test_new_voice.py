"""A voice of one's own in the window: the steps, what each refuses, and that nothing is lost."""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from fake_voice import build_shelf
from own_speaker import own_voice
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot
from reading import BO, RATE, Listener, embed_voice, joined, speech, synthetic
from surroundings import HeldVoice, Machine

from narrator.audio.microphone import Level
from narrator.errors import (
    Cancelled,
    MicrophoneDenied,
    MicrophoneLost,
    ModelMissing,
    NoMicrophone,
    SoundLost,
)
from narrator.gui.voices.new_voice_dialog import NewVoiceDialog
from narrator.gui.voices.sample_page import Way
from narrator.profiles import checks
from narrator.profiles.cloning import CHECKBOX
from narrator.profiles.phrase import _words
from narrator.profiles.records import ConsentRecord
from narrator.speech import Enrolling, Recording, Samples, VoiceEmbedding
from narrator.studio import new_voice
from narrator.studio.studio import Studio

LEFT = Qt.MouseButton.LeftButton


class TellingVoice(HeldVoice):
    """Tells people apart, and learns until it is stopped when it is slow."""

    slow = False

    def voiceprint(self, recordings: Sequence[Recording]) -> Samples:
        return embed_voice(recordings).values

    def embed_voice(self, recordings: Sequence[Recording]) -> VoiceEmbedding:
        return embed_voice(recordings)

    def enroll(
        self,
        takes: Any,
        heard: VoiceEmbedding,
        progress: Callable[[Enrolling], None],
        stop: threading.Event,
    ) -> VoiceEmbedding:
        if self.slow:
            progress(Enrolling(0.25, 180))
            assert stop.wait(20), "nobody pressed Stop"
            raise Cancelled
        return super().enroll(takes, heard, progress, stop)


class Maker:
    """A user before the dialog, and the person at the microphone."""

    def __init__(
        self, qtbot: QtBot, dialog: NewVoiceDialog, machine: Machine, listener: Listener
    ) -> None:
        self.qtbot, self.dialog, self.machine, self.listener = qtbot, dialog, machine, listener

    @property
    def told(self) -> str:
        return self.dialog.status.text

    def rest(self) -> None:
        self.qtbot.waitUntil(lambda: not self.dialog.errands.busy, timeout=20_000)

    def press(self) -> None:
        """Press the great button."""
        assert self.dialog.primary.isVisible()
        assert self.dialog.primary.isEnabled()
        self.qtbot.mouseClick(self.dialog.primary, LEFT)
        self.rest()

    def record(self, says: Recording | None = None, *, reads: bool = True) -> None:
        """Record, read what is shown when it is, and stop."""
        take, page = self.dialog.take, self.dialog.page
        self.machine.says = says or speech()
        self.qtbot.mouseClick(take.button, LEFT)
        self.qtbot.waitUntil(lambda: take.level.text() != "" or not self.dialog.errands.busy)
        if page in (self.dialog.statement, self.dialog.words):
            self.listener.hears = " ".join(_words(page.text.text())) if reads else None
        if take.recording:
            self.qtbot.mouseClick(take.button, LEFT)
        self.rest()

    def agree(self, name: str = "Ånna Smith") -> None:
        self.dialog.consent.speaker.setText(name)
        self.dialog.consent.box.setChecked(True)
        self.press()

    def prove(self) -> None:
        self.agree()
        self.record()
        self.record()
        self.record()
        assert self.dialog.page is self.dialog.sample

    def choose(self, way: Way) -> None:
        self.dialog.sample.ways[way].click()

    def save(self, title: str) -> None:
        self.dialog.keep.title_edit.setText(title)
        self.press()


@pytest.fixture
def voice() -> Iterator[TellingVoice]:
    held = TellingVoice()
    yield held
    held.let_go()


@pytest.fixture
def listener(monkeypatch: pytest.MonkeyPatch) -> Listener:
    """Somebody who hears what he is told to; what is checked is not sought at other speeds."""
    listener = Listener()
    monkeypatch.setattr(new_voice, "Recognizer", lambda: listener)
    monkeypatch.setattr(checks, "detect", partial(checks.detect, search=False))
    return listener


@pytest.fixture
def maker(qtbot: QtBot, studio: Studio, machine: Machine, listener: Listener) -> Maker:
    dialog = NewVoiceDialog(studio, machine.outside)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    return Maker(qtbot, dialog, machine, listener)


def test_all_steps_lead_to_a_voice_that_is_saved_and_heard(maker: Maker, studio: Studio) -> None:
    dialog = maker.dialog
    maker.agree()
    assert dialog.heading.text() == "Step 2 of 5: Statement"
    assert dialog.statement.text.text().startswith("I am Ånna Smith. I agree")
    maker.record()
    assert dialog.heading.text() == "Step 3 of 5: Six words"
    assert "tries left: 4" in dialog.words.hint.text()
    maker.record()
    assert "1 so far, tries left: 3" in dialog.words.hint.text()
    maker.record()
    maker.record()
    assert dialog.heading.text() == "Step 5 of 5: The voice"
    assert dialog.keep.title_edit.text() == "Ånna Smith"
    maker.save("Aunt Anna")
    voice = studio.voices.get("aunt-anna")
    assert isinstance(voice.origin, ConsentRecord)
    assert voice.origin.facts.speaker == "Ånna Smith"
    assert dialog.made == "aunt-anna"
    assert dialog.keep.hint.text().startswith("Aunt Anna is saved. The consent holds until ")
    assert dialog.keep.hear.hasFocus()
    maker.qtbot.mouseClick(dialog.keep.hear, LEFT)
    maker.rest()
    assert maker.machine.seconds > 1
    maker.qtbot.mouseClick(dialog.cancel, LEFT)
    assert not dialog.isVisible()


def test_nothing_goes_on_before_the_box_is_ticked(maker: Maker) -> None:
    dialog = maker.dialog
    assert dialog.consent.text.text() == CHECKBOX
    assert not dialog.consent.box.isChecked()
    dialog.consent.speaker.setText("Anna")
    assert not dialog.primary.isEnabled()
    dialog.consent.box.setChecked(True)
    assert dialog.primary.isEnabled()
    dialog.consent.speaker.setText("  ")
    assert not dialog.primary.isEnabled()
    assert not dialog.take.isVisible()


def test_the_name_can_be_changed_before_the_statement_is_read(maker: Maker) -> None:
    maker.agree("Ana")
    maker.qtbot.mouseClick(maker.dialog.back, LEFT)
    maker.agree("Anna")
    assert "I am Anna." in maker.dialog.statement.text.text()
    maker.record()
    assert not maker.dialog.back.isVisible()


def test_words_appear_when_sound_comes_and_not_before(maker: Maker) -> None:
    maker.agree()
    maker.record()
    words, take = maker.dialog.words, maker.dialog.take
    maker.machine.deaf = True
    maker.qtbot.mouseClick(take.button, LEFT)
    maker.qtbot.wait(30)
    assert maker.told == "Waiting for the microphone…"
    assert words.text.text() == "The words appear here."
    maker.qtbot.mouseClick(take.button, LEFT)
    maker.rest()
    assert maker.told == "Stopped."
    assert "tries left: 4" in words.hint.text()
    maker.machine.deaf = False
    maker.qtbot.mouseClick(take.button, LEFT)
    maker.qtbot.waitUntil(lambda: len(words.text.text().split()) == 6)
    maker.qtbot.mouseClick(take.button, LEFT)
    maker.rest()
    assert words.text.text() == "The words appear here."


def test_the_level_is_told_in_words(maker: Maker) -> None:
    maker.agree()
    maker.machine.level = Level(-0.1, -3.0, clipped=True)
    take = maker.dialog.take
    maker.qtbot.mouseClick(take.button, LEFT)
    maker.qtbot.waitUntil(lambda: "0:00 of 1:00 · peak −0 dB" in take.level.text())
    assert "too loud: move away" in take.level.text()
    assert take.button.text() == "■ Stop"
    maker.qtbot.mouseClick(take.button, LEFT)
    maker.rest()
    assert take.level.text() == ""


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (NoMicrophone("none is there"), "connect a microphone"),
        (MicrophoneDenied("by the system"), "allow it in the system's settings"),
        (MicrophoneLost(3.0), "what was recorded before stays"),
        (SoundLost(3.0), "has gaps"),
    ],
    ids=lambda case: type(case).__name__ if isinstance(case, Exception) else "",
)
def test_a_microphone_that_fails_is_told_and_the_step_is_taken_again(
    maker: Maker, error: Exception, told: str
) -> None:
    maker.agree()
    maker.record()
    maker.record()
    maker.machine.denied = error
    maker.record()
    assert told in maker.told
    assert maker.dialog.page is maker.dialog.words
    assert "1 so far, tries left: 3" in maker.dialog.words.hint.text()
    maker.machine.denied = None
    maker.record()
    assert maker.dialog.page is maker.dialog.sample


def test_another_statement_is_refused_and_may_be_read_again(maker: Maker) -> None:
    maker.agree()
    maker.record(reads=False)
    assert "read this sentence again" in maker.told
    assert maker.dialog.page is maker.dialog.statement
    maker.record()
    assert maker.dialog.page is maker.dialog.words


def test_misread_words_cost_a_try_and_the_last_one_begins_anew(maker: Maker) -> None:
    maker.agree()
    maker.record()
    for left in (3, 2):
        maker.record(reads=False)
        assert f"{left} more tries" in maker.told
        assert f"tries left: {left}" in maker.dialog.words.hint.text()
    maker.record(reads=False)
    assert "no voice can be made this time" in maker.told
    assert maker.dialog.page is maker.dialog.statement
    maker.record()
    assert "0 so far, tries left: 4" in maker.dialog.words.hint.text()
    maker.record()
    maker.record()
    assert maker.dialog.page is maker.dialog.sample


@pytest.mark.parametrize(
    ("says", "told"),
    [
        (speech(seconds=2.5), "3 s are needed"),
        (speech(noise=0.1), "find a quieter place"),
        (Recording(speech().samples * 0.001, RATE), "come nearer to the microphone"),
        (Recording(np.clip(speech().samples * 40, -1, 1), RATE), "turn the microphone down"),
        (speech(BO), "not the voice of the other recordings"),
        (joined(speech(), speech(BO)), "More than one voice"),
        (synthetic(), "speech made by narrator"),
    ],
    ids=["short", "noisy", "quiet", "clipped", "another", "several", "synthetic"],
)
def test_a_bad_sample_is_told_and_the_next_may_be_good(
    maker: Maker, says: Recording, told: str
) -> None:
    maker.prove()
    maker.record(says)
    assert told in maker.told
    assert maker.dialog.page is maker.dialog.sample
    assert maker.dialog.take.button.hasFocus()
    maker.record()
    assert maker.dialog.page is maker.dialog.keep


def test_a_sample_may_come_from_a_file_of_the_same_voice(
    maker: Maker, studio: Studio, tmp_path: Path
) -> None:
    maker.prove()
    maker.choose(Way.FILE)
    assert not maker.dialog.take.isVisible()
    for name, who in (("bo.flac", BO), ("anna.flac", 220.0)):
        soundfile.write(tmp_path / name, speech(who).samples, RATE)
    for name, told in (("none.wav", "there is no such file"), ("bo.flac", "not the voice")):
        maker.dialog.take_file(tmp_path / name)
        maker.rest()
        assert told in maker.told
    maker.dialog.take_file(tmp_path / "anna.flac")
    maker.rest()
    maker.save("Anna")
    assert studio.voices.get("anna").description == "recorded"


def read_five_sentences(maker: Maker) -> None:
    maker.prove()
    maker.choose(Way.SENTENCES)
    for _ in range(5):
        assert not maker.dialog.primary.isEnabled()
        maker.record(speech(seconds=7))


def test_sentences_can_be_read_again_and_enough_of_them_enrol_a_voice(
    maker: Maker, studio: Studio
) -> None:
    read_five_sentences(maker)
    sample, take = maker.dialog.sample, maker.dialog.take
    assert sample.hint.text().startswith("Sentence 6 of 16, not read yet.")
    maker.qtbot.mouseClick(sample.before, LEFT)
    assert sample.hint.text().startswith("Sentence 5 of 16, ✓ read.")
    assert take.button.text() == "Read this one again"
    maker.record(speech(BO, seconds=7))
    assert "not the voice of the other recordings" in maker.told
    assert sample.hint.text().startswith("Sentence 5 of 16, ✓ read.")
    maker.record(speech(seconds=7))
    assert sample.hint.text().startswith("Sentence 6 of 16, not read yet.")
    maker.press()
    maker.save("Anna")
    voice = studio.voices.get("anna")
    assert voice.description == "enrolled"
    assert studio.voices.embedding(voice.ref).steering[0] == 5


def test_learning_can_be_stopped_and_what_was_read_stays(maker: Maker, voice: TellingVoice) -> None:
    read_five_sentences(maker)
    voice.slow = True
    dialog = maker.dialog
    maker.qtbot.mouseClick(dialog.primary, LEFT)
    maker.qtbot.waitUntil(lambda: dialog.learning.bar.value() == 25)
    assert dialog.learning.left.text() == "about 3 minutes left"
    assert dialog.primary.text() == "Stop learning"
    maker.press()
    assert maker.told == "Stopped."
    assert dialog.page is dialog.sample
    voice.slow = False
    maker.press()
    assert dialog.page is dialog.keep


def test_a_voice_that_does_not_please_is_erased_and_recorded_again(
    maker: Maker, studio: Studio
) -> None:
    maker.prove()
    maker.record()
    maker.save("Anna")
    maker.qtbot.mouseClick(maker.dialog.keep.again, LEFT)
    maker.rest()
    assert "anna" not in studio.voices.names()
    assert maker.dialog.page is maker.dialog.sample
    maker.record(speech(seconds=9))
    maker.save("Anna")
    assert "anna" in studio.voices.names()


def test_a_name_that_is_taken_is_told_and_another_may_be_given(
    maker: Maker, studio: Studio
) -> None:
    maker.prove()
    maker.record()
    maker.save("Kathleen")
    assert "choose another name" in maker.told
    maker.save("Anna")
    assert "anna" in studio.voices.names()


def test_an_engine_that_does_not_load_is_told_and_may_be_asked_again(
    maker: Maker, voice: TellingVoice
) -> None:
    voice.load_error = ModelMissing(Path("model/acoustic.safetensors"))
    maker.agree()
    assert "acoustic.safetensors" in maker.told
    assert maker.dialog.page is maker.dialog.consent
    voice.load_error = None
    maker.press()
    assert maker.dialog.page is maker.dialog.statement


def test_closing_asks_only_when_something_was_recorded(maker: Maker) -> None:
    dialog = maker.dialog
    maker.agree()
    maker.record()
    maker.qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    (box,) = dialog.findChildren(QMessageBox)
    go_on, close = box.defaultButton(), box.buttons()[0]
    assert go_on.text() == "Go on"
    go_on.click()
    maker.qtbot.waitUntil(lambda: not dialog.findChildren(QMessageBox))
    assert dialog.isVisible()
    maker.qtbot.mouseClick(dialog.cancel, LEFT)
    (box,) = dialog.findChildren(QMessageBox)
    close = next(button for button in box.buttons() if button.text() == "Close")
    close.click()
    maker.qtbot.waitUntil(lambda: not dialog.isVisible())


def test_closing_with_nothing_recorded_is_at_once(maker: Maker) -> None:
    maker.agree()
    maker.qtbot.keyClick(maker.dialog, Qt.Key.Key_Escape)
    assert not maker.dialog.isVisible()


def test_closing_in_the_middle_of_a_recording_ends_it(maker: Maker, studio: Studio) -> None:
    dialog = maker.dialog
    maker.agree()
    maker.machine.deaf = True
    maker.qtbot.mouseClick(dialog.take.button, LEFT)
    dialog.reject()
    assert not dialog.isVisible()
    maker.qtbot.waitUntil(lambda: all(t.name != "task" for t in threading.enumerate()))
    assert not dialog.errands.busy


def test_a_consent_is_renewed_with_the_steps_and_without_a_sample(
    qtbot: QtBot, studio: Studio, machine: Machine, listener: Listener, tmp_path: Path
) -> None:
    then = datetime.now(UTC) - timedelta(days=350)
    studio = replace(
        studio, voices=build_shelf(tmp_path / "none", tmp_path / "data", clock=lambda: then)
    )
    old = studio.voices.get(own_voice(studio).name)
    now = replace(studio, voices=build_shelf(tmp_path / "none", tmp_path / "data"))
    dialog = NewVoiceDialog(now, machine.outside, renewing=old)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.open()
    maker = Maker(qtbot, dialog, machine, listener)
    assert dialog.consent.speaker.isReadOnly()
    dialog.consent.box.setChecked(True)
    maker.press()
    assert dialog.heading.text() == "Step 2 of 4: Statement"
    for _ in range(3):
        maker.record()
    assert dialog.keep.hint.text().startswith("Anna is saved. The consent holds until ")
    assert not dialog.keep.hear.isVisible()
    renewed = now.voices.get("anna").origin
    assert isinstance(renewed, ConsentRecord)
    assert isinstance(old.origin, ConsentRecord)
    assert renewed.expires - old.origin.expires > timedelta(days=300)
