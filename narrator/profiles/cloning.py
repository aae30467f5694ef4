"""The making of a voice: consent, statement, six random words, sample; then the voice is kept.

One step follows from the other, and none can be left out. A step that fails is taken again; what
was recorded before stays. Statement and words are proven by takes, which a live microphone alone
can give; a sample may come from a file when the live voice is the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Event
from typing import NamedTuple

from narrator.audio.microphone import Take
from narrator.audio.recognize import Recognizer
from narrator.audio.recording import inspect
from narrator.errors import (
    ConsentNotGiven,
    PhraseNotHeard,
    RecordingTooShort,
    SentenceNotHeard,
    SpokenTooLate,
)
from narrator.profiles.checks import (
    SHORTEST_HEARD,
    Ears,
    check_one_speaker,
    check_same_speaker,
    checked,
)
from narrator.profiles.phrase import (
    MOST_TRIES,
    STATEMENT_VERSION,
    Phrase,
    PhraseWord,
    WordsHeard,
    new_phrase,
    said,
    statement,
    statement_said,
)
from narrator.profiles.profile import VoiceProfile
from narrator.profiles.records import ConsentFacts, Relation
from narrator.profiles.shelf import VoiceShelf
from narrator.speech import Enrolling, Phonemes, Prompted, Recording, VoiceEmbedding

CHECKBOX_VERSION = 1
CHECKBOX = (
    "I agree that narrator keeps on this computer, for twelve months, a voiceprint and the "
    "recordings of the voice that is recorded now, and makes a synthetic copy of it to read books "
    "aloud. It is my own voice, or that of a person who is here and agrees. Nothing leaves this "
    "computer. The consent can be withdrawn at any time; then voiceprint, recordings and what was "
    "spoken with them are erased here. Every sound made with the voice bears an inaudible mark."
)
STATEMENT_SECONDS, WORDS_SECONDS, SAMPLE_SECONDS, SENTENCE_SECONDS = 5.0, 2.0, 3.0, 0.8
LONGEST_STATEMENT, LONGEST_WORDS, LONGEST_SAMPLE, LONGEST_SENTENCE = 60.0, 30.0, 60.0, 20.0
LATEST_ONSET = 8.0  # seconds after the words are shown
ENROLLED_SECONDS = 30.0

Enroll = Callable[
    [Sequence[Prompted], VoiceEmbedding, Callable[[Enrolling], None], Event], VoiceEmbedding
]


class _Shown(NamedTuple):
    phrase: Phrase
    at: datetime


@dataclass(frozen=True)
class Given:
    """What the plain checkbox was ticked for, and when."""

    speaker: str
    relation: Relation
    ticked: datetime


class Cloning:
    """One voice in the making. Its methods are the steps; they block for the checks.

    Each raises the named error of what it refuses, and ConsentNotGiven when a step before it is
    missing.
    """

    def __init__(
        self,
        *,
        ears: Ears,
        recognizer: Recognizer,
        words: Sequence[PhraseWord],
        app: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """words: the list that random words are drawn from. app: version of narrator."""
        self._ears = ears
        self._recognizer = recognizer
        self._words = words
        self._app = app
        self._clock = clock
        self._given: Given | None = None
        self._statement: Recording | None = None
        self._shown: _Shown | None = None
        self._heard = WordsHeard()
        self._proofs: list[Recording] = []
        self._said: list[str] = []
        self._spoken: datetime | None = None
        self._sample: Recording | None = None
        self._sentences: dict[str, Prompted] = {}
        self._voice: VoiceEmbedding | None = None
        self._scores: dict[str, float] = {}

    def agree(self, speaker: str, relation: Relation, *, ticked: bool) -> None:
        """Take the consent of the checkbox (`CHECKBOX`). Raises ConsentNotGiven unless ticked."""
        if not ticked or not speaker.strip():
            raise ConsentNotGiven
        self._given = Given(speaker.strip(), relation, self._clock())

    @property
    def statement(self) -> str:
        """The statement to be read aloud."""
        given = self._consent()
        return statement(given.speaker, given.ticked.astimezone().date())

    def hear_statement(self, take: Take) -> None:
        """Check the statement as it was read."""
        given = self._consent()
        speech = checked(take.recording, needed_seconds=STATEMENT_SECONDS)
        check_one_speaker(speech, self._ears)
        day = given.ticked.astimezone().date()
        heard = statement_said(self._recognizer, speech, given.speaker, day)
        if not heard.won:
            raise SentenceNotHeard(self.statement)
        self._scores["statement"] = heard.share
        self._statement = speech

    def show_words(self) -> tuple[str, ...]:
        """Draw new words; they are to be shown now and read at once."""
        self._live()
        self._shown = _Shown(new_phrase(self._words), self._clock())
        return self._shown.phrase.words

    def hear_words(self, take: Take) -> bool:
        """Check the words last shown; True when enough of them were heard, else show new ones.

        Raises PhraseNotHeard with the tries that are left; with none left, all begins anew.
        """
        live = self._live()
        shown, self._shown = self._shown, None  # each phrase is good for one take
        if shown is None:
            raise ConsentNotGiven
        waited = (take.began - shown.at).total_seconds() + inspect(take.recording).onset_seconds
        if waited > LATEST_ONSET:
            raise SpokenTooLate(LATEST_ONSET)
        speech = checked(take.recording, needed_seconds=WORDS_SECONDS)
        alike = check_same_speaker(speech, [live], self._ears)
        won = said(self._recognizer, speech, shown.phrase)
        self._heard = self._heard.after(won)
        if self._heard.failed:
            self._heard, self._statement = WordsHeard(), None
            self._proofs, self._said = [], []
            raise PhraseNotHeard(0)
        if not won:
            raise PhraseNotHeard(MOST_TRIES - sum(self._heard))
        self._proofs.append(speech)
        self._said += shown.phrase.words
        self._spoken = take.began
        self._scores["words"] = min(alike, self._scores.get("words", 1.0))
        return self._heard.passed

    def hear_sample(self, sample: Take | Recording) -> VoiceEmbedding:
        """Check a sample of the voice, live or from a file, and give the zero-shot voice."""
        self._proven()
        recording = sample.recording if isinstance(sample, Take) else sample
        speech = checked(recording, needed_seconds=SAMPLE_SECONDS)
        check_one_speaker(speech, self._ears)
        self._scores["sample"] = check_same_speaker(speech, self._known(), self._ears)
        self._sample = speech
        self._voice = self._ears.embed_voice([speech])
        return self._voice

    def hear_sentence(self, text: str, phonemes: Phonemes, take: Take) -> float:
        """Check a prompted sentence for enrolment, and give the seconds of speech there are.

        A sentence read again replaces the first reading.
        """
        self._proven()
        speech = checked(take.recording, needed_seconds=SENTENCE_SECONDS)
        if len(speech.samples) >= SHORTEST_HEARD * speech.rate:
            check_same_speaker(speech, self._known(), self._ears)
        self._sentences[text] = Prompted(speech, phonemes)
        return self.enrolled_seconds

    @property
    def enrolled_seconds(self) -> float:
        """The length of the prompted sentences so far."""
        return sum(len(p.recording.samples) / p.recording.rate for p in self._sentences.values())

    def enroll(
        self, enroll: Enroll, on_progress: Callable[[Enrolling], None], stop: Event
    ) -> VoiceEmbedding:
        """Fit the voice to the prompted sentences; takes minutes. Raises Cancelled when stopped."""
        if self.enrolled_seconds < ENROLLED_SECONDS:
            raise RecordingTooShort(self.enrolled_seconds, ENROLLED_SECONDS)
        prompted = list(self._sentences.values())
        heard = self._ears.embed_voice([one.recording for one in prompted])
        self._voice = enroll(prompted, heard, on_progress, stop)
        return self._voice

    def save(self, shelf: VoiceShelf, title: str, *, description: str) -> VoiceProfile:
        """Keep the voice, with the consent signed. Raises as `VoiceShelf.create`."""
        return shelf.create(
            title,
            description=description,
            embedding=self._finished(),
            takes=self._takes(),
            facts=self._facts(),
        )

    def renew(self, shelf: VoiceShelf, name: str) -> VoiceProfile:
        """Renew the consent to a voice, which stays as it is. Raises as `VoiceShelf.renew`."""
        self._proven()
        return shelf.renew(name, takes=self._takes(), facts=self._facts())

    def _consent(self) -> Given:
        if self._given is None:
            raise ConsentNotGiven
        return self._given

    def _live(self) -> Recording:
        self._consent()
        if self._statement is None:
            raise ConsentNotGiven
        return self._statement

    def _proven(self) -> datetime:
        if not self._heard.passed or self._spoken is None:
            raise ConsentNotGiven
        return self._spoken

    def _finished(self) -> VoiceEmbedding:
        if self._voice is None:
            raise ConsentNotGiven
        return self._voice

    def _known(self) -> list[Recording]:
        return [self._live(), *self._proofs]

    def _takes(self) -> list[Recording]:
        sample = [self._sample] if self._sample else []
        return [*self._known(), *sample, *(one.recording for one in self._sentences.values())]

    def _facts(self) -> ConsentFacts:
        given = self._consent()
        return ConsentFacts(
            speaker=given.speaker,
            relation=given.relation,
            statement=STATEMENT_VERSION,
            checkbox=CHECKBOX_VERSION,
            ticked=given.ticked,
            words=tuple(self._said),
            spoken=self._proven(),
            scores=self._scores,
            app=self._app,
        )
