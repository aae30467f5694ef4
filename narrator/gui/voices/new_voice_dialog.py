"""The dialog that makes a voice, or renews the consent to one: step by step, errors in place."""

from functools import partial
from pathlib import Path
from threading import Event
from typing import NamedTuple

from PySide6.QtWidgets import QWidget

from narrator.audio.recording import read_recording
from narrator.errors import PhraseNotHeard
from narrator.gui.shared.background import Tell
from narrator.gui.shared.controls import speak_up
from narrator.gui.shared.dialogs import ask_for_sound
from narrator.gui.shared.hearing import hearing_task
from narrator.gui.shared.outside import Outside
from narrator.gui.shared.wording import day_told, shortened
from narrator.gui.voices.new_voice_pages import ConsentPage, KeepPage, LearningPage, ReadingPage
from narrator.gui.voices.sample_page import SamplePage, Way
from narrator.gui.voices.steps_dialog import StepsDialog
from narrator.gui.voices.taking import Reading
from narrator.profiles import cloning
from narrator.profiles.cloning import Cloning
from narrator.profiles.phrase import MOST_TRIES, WordsHeard
from narrator.profiles.profile import VoiceProfile
from narrator.profiles.records import ConsentRecord
from narrator.speech import Engine, Phonemes, VoiceEmbedding
from narrator.studio import new_voice
from narrator.studio.speaking.line import PREVIEW
from narrator.studio.studio import Studio


class _Kit(NamedTuple):
    """What is loaded once for a voice in the making."""

    session: Cloning
    engine: Engine
    prompts: tuple[tuple[str, Phonemes], ...]


class NewVoiceDialog(StepsDialog):
    """Consent, statement, words, sample, voice. `made` is the voice's name once it is kept."""

    def __init__(
        self,
        studio: Studio,
        outside: Outside,
        parent: QWidget | None = None,
        *,
        renewing: VoiceProfile | None = None,
    ) -> None:
        """renewing: the voice whose consent is to be renewed; it needs no sample."""
        origin = renewing.origin if renewing else None
        record = origin if isinstance(origin, ConsentRecord) else None
        super().__init__(outside.listen, parent)
        self.made: str | None = None
        self._studio = studio
        self._outside = outside
        self._renewing = renewing
        self._kit: _Kit | None = None
        self._tries = WordsHeard()
        self._description = "recorded"
        self.consent = ConsentPage(record, self)
        self.statement = ReadingPage(
            self.tr("Statement"),
            self.tr("Press Record, read this aloud as you would to a friend, then press Stop."),
            self,
        )
        self.words = ReadingPage(self.tr("Six words"), "", self)
        self.sample = SamplePage(self)
        self.learning = LearningPage(self)
        self.keep = KeepPage(self, renewing=renewing is not None)
        self.set_steps(
            [self.consent],
            [self.statement],
            [self.words],
            *([] if renewing else [[self.sample]]),
            [self.keep] if renewing else [self.learning, self.keep],
        )
        self.setWindowTitle(
            self.tr("Renew the consent to {title}").format(title=shortened(renewing.title))
            if renewing
            else self.tr("New voice")
        )
        self.on_primary = {
            self.consent: self._agree,
            self.sample: self._learn,
            self.learning: self.errands.stop,
            self.keep: self._sign,
        }
        self.on_back = {self.statement: self.consent}
        self.sample.changed.connect(self._offer_sample)
        self.sample.file_wanted.connect(lambda: ask_for_sound(self, self.take_file))
        self.keep.hear.clicked.connect(self._hear)
        self.keep.again.clicked.connect(self._record_again)
        self.go(self.consent)

    @property
    def would_lose(self) -> bool:
        return self.take.has_recorded and self.made is None

    def take_file(self, path: Path) -> None:
        """Take a sound file as the sample."""
        session = self._ready.session
        self.errands.run(
            lambda tell, stop: session.hear_sample(read_recording(path)),
            self.tr("Checking {name}…").format(name=shortened(path.name)),
            on_done=self._sampled,
        )

    @property
    def _ready(self) -> _Kit:
        if self._kit is None:
            raise RuntimeError("no step before the first")
        return self._kit

    def _agree(self) -> None:
        if self._kit is None:
            saying = self.tr("Preparing the voice model…")
            self.errands.run(self._prepare, saying, on_done=self._prepared)
        else:
            self._begin_statement()

    def _prepare(self, tell: Tell, stop: Event) -> _Kit:
        engine = self._studio.load_engine(self._studio.settings.device)
        return _Kit(new_voice.begin(engine), engine, new_voice.prompts(self._studio))

    def _prepared(self, kit: _Kit) -> None:
        self._kit = kit
        self.sample.show_sentences([text for text, _ in kit.prompts])
        self._begin_statement()

    def _begin_statement(self) -> None:
        session, page = self._ready.session, self.consent
        session.agree(page.speaker.text(), page.relation, ticked=page.box.isChecked())
        self.keep.title_edit.setText(page.speaker.text().strip())
        self.statement.show_text(session.statement)
        self._offer_statement()

    def _offer_statement(self) -> None:
        reading = Reading(cloning.LONGEST_STATEMENT, self._ready.session.hear_statement)
        self.take.offer(self.tr("Record"), reading, self._stated)
        self.go(self.statement)

    def _stated(self, _: None) -> None:
        session = self._ready.session
        self._tries = WordsHeard()
        self.take.offer(
            self.tr("Record and show the words"),
            Reading(cloning.LONGEST_WORDS, session.hear_words, at_first=session.show_words),
            self._worded,
            on_begun=self._show_words,
            on_refused=self._not_worded,
        )
        self._await_words()
        self.go(self.words)
        self.status.announce(self.tr("The statement was heard."))

    def _show_words(self, words: tuple[str, ...]) -> None:
        half = len(words) // 2
        self.words.show_text("   ".join(words[:half]) + "\n" + "   ".join(words[half:]))
        speak_up(self.words.text, ", ".join(words))

    def _await_words(self) -> None:
        self.words.show_text(self.tr("The words appear here."))
        self.words.hint.setText(
            self.tr(
                "Six random words appear when the recording has begun. Read them at once, calmly, "
                "then press Stop. Two good readings are needed: {wins} so far, tries left: {left}."
            ).format(wins=self._tries.wins, left=MOST_TRIES - sum(self._tries))
        )

    def _worded(self, passed: bool) -> None:
        self._tries = self._tries.after(True)
        self._await_words()
        if not passed:
            self.status.announce(self.tr("The words were heard. Now once more, with new ones."))
        elif self._renewing:
            self.go(self.keep)
            self._sign()
        else:
            self._offer_sample()
            self.go(self.sample)
            self.status.announce(self.tr("The words were heard."))

    def _not_worded(self, error: Exception) -> None:
        match error:
            case PhraseNotHeard(0):
                self._offer_statement()
            case PhraseNotHeard():
                self._tries = self._tries.after(False)
        self._await_words()

    def _offer_sample(self) -> None:
        page = self.sample
        if self.page not in (self.words, self.sample) or self._kit is None:
            return
        if page.way is Way.SENTENCES:
            text, phonemes = self._kit.prompts[page.number]
            check = partial(self._kit.session.hear_sentence, text, phonemes)
            reading = Reading[float](cloning.LONGEST_SENTENCE, check)
            again = self.tr("Read this one again") if page.is_read else self.tr("Record")
            self.take.offer(again, reading, page.count)
        else:
            heard = Reading[VoiceEmbedding](cloning.LONGEST_SAMPLE, self._kit.session.hear_sample)
            self.take.offer(self.tr("Record"), heard, self._sampled)

    def _sampled(self, _: VoiceEmbedding) -> None:
        self._description = "recorded"
        self._await_name()

    def _learn(self) -> None:
        kit = self._ready
        self.errands.run(
            lambda tell, stop: kit.session.enroll(kit.engine.enroll, tell, stop),
            self.tr("Learning the voice…"),
            on_done=self._learned,
            on_progress=self.learning.show_progress,
            on_error=lambda _: self.go(self.sample),
        )
        self.go(self.learning)

    def _learned(self, _: VoiceEmbedding) -> None:
        self._description = "enrolled"
        self._await_name()

    def _await_name(self) -> None:
        self.keep.show_kept("")
        self.go(self.keep)
        self.status.announce(self.tr("The voice is there: give it a name."))

    def _sign(self) -> None:
        saying = self.tr("Signing the consent…")
        self.errands.run(lambda tell, stop: self._signed(), saying, on_done=self._kept)

    def _signed(self) -> VoiceProfile:
        session, shelf = self._ready.session, self._studio.voices
        if self._renewing:
            return session.renew(shelf, self._renewing.name)
        title = self.keep.title_edit.text().strip()
        return session.save(shelf, title, description=self._description)

    def _kept(self, voice: VoiceProfile) -> None:
        self.made = voice.name
        day = day_told(voice.origin.expires) if isinstance(voice.origin, ConsentRecord) else ""
        told = self.tr("{title} is saved. The consent holds until {day}.").format(
            title=shortened(voice.title), day=day
        )
        self.keep.show_kept(told)
        self.go(self.keep)
        speak_up(self.keep.hint, told)

    def _hear(self) -> None:
        name, studio, play = self.made or "", self._studio, self._outside.play
        self.errands.run(
            lambda tell, stop: hearing_task(PREVIEW, name, studio, play, stop)(tell),
            self.tr("Speaking with the new voice…"),
        )

    def _record_again(self) -> None:
        name, studio = self.made or "", self._studio
        self.errands.run(
            lambda tell, stop: studio.voices.revoke(name, purge=studio.cache.purge),
            self.tr("Erasing the voice…"),
            on_done=self._erased,
        )

    def _erased(self, _: None) -> None:
        self.made = None
        self.keep.show_kept("")
        self.go(self.sample)
        self._offer_sample()
        self.status.announce(self.tr("The voice is erased. What was read stays: record again."))
