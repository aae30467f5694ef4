"""The steps to a voice of one's own: none can be left out, each refuses what it should."""

from datetime import UTC, datetime, timedelta
from threading import Event
from typing import Any

import pytest
from own_voice import Clock, Home, embedding
from reading import ANNA, BO, RATE, SAID, WORDS, Listener, embed_voice, joined, speech, synthetic

from narrator.audio import microphone
from narrator.audio.microphone import Take
from narrator.errors import (
    AnotherSpeaker,
    ConsentNotGiven,
    NarratorError,
    PhraseNotHeard,
    RecordingTooNoisy,
    RecordingTooQuiet,
    RecordingTooShort,
    SentenceNotHeard,
    SeveralSpeakers,
    SpokenTooLate,
    SyntheticSample,
)
from narrator.profiles.checks import Ears
from narrator.profiles.cloning import LATEST_ONSET, Cloning
from narrator.profiles.records import ConsentRecord, Relation
from narrator.speech import Recording, VoiceEmbedding


class Desk:
    """A session, and somebody who reads what it shows."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.listener = Listener()
        self.session = Cloning(
            ears=Ears(lambda recordings: embed_voice(recordings).values, 0.6, embed_voice),
            recognizer=self.listener,  # type: ignore[arg-type]
            words=WORDS,
            app="0.1.0",
            clock=self.clock,
        )

    def take(self, recording: Recording, *, after: float = 1.0) -> Take:
        began = self.clock.now + timedelta(seconds=after)
        return Take(recording, began, "desk", seal=microphone._SEAL)

    def agree(self) -> None:
        self.session.agree("Ånna Smith", Relation.SELF, ticked=True)

    def read_statement(self, recording: Recording | None = None) -> None:
        from narrator.profiles.phrase import _words

        self.listener.hears = " ".join(_words(self.session.statement))
        self.session.hear_statement(self.take(recording or speech()))

    def read_words(self, recording: Recording | None = None, *, after: float = 1.0) -> bool:
        self.listener.hears = " ".join(self.session.show_words())
        return self.session.hear_words(self.take(recording or speech(), after=after))

    def misread(self) -> None:
        self.session.show_words()
        self.listener.hears = None
        self.session.hear_words(self.take(speech()))

    def prove(self) -> None:
        self.agree()
        self.read_statement()
        assert not self.read_words()
        assert self.read_words()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_all_steps_make_a_voice_whose_consent_says_what_was_checked(desk: Desk, home: Home) -> None:
    desk.prove()
    heard = desk.session.hear_sample(desk.take(speech()))
    voice = desk.session.save(home.shelf(), "Anna", description="calm")
    assert home.shelf().embedding(voice.ref).values == pytest.approx(heard.values)
    assert isinstance(voice.origin, ConsentRecord)
    facts = voice.origin.facts
    assert facts.speaker == "Ånna Smith"
    assert len(facts.words) == 12
    assert facts.ticked <= facts.spoken
    assert set(facts.scores) == {"statement", "words", "sample"}
    assert len(voice.origin.evidence.takes) >= 1


def test_nothing_is_recorded_before_the_box_is_ticked(desk: Desk) -> None:
    with pytest.raises(ConsentNotGiven):
        desk.session.agree("Anna", Relation.SELF, ticked=False)
    with pytest.raises(ConsentNotGiven):
        desk.session.agree("  ", Relation.SELF, ticked=True)
    with pytest.raises(ConsentNotGiven):
        _ = desk.session.statement


def test_no_step_can_be_left_out(desk: Desk, home: Home) -> None:
    session, live = desk.session, desk.take(speech())
    later = [
        lambda: session.hear_statement(live),
        lambda: session.show_words(),
        lambda: session.hear_words(live),
        lambda: session.hear_sample(live),
        lambda: session.hear_sentence("A.", SAID, live),
        lambda: session.save(home.shelf(), "Anna", description=""),
    ]
    for step in later:
        with pytest.raises(ConsentNotGiven):
            step()
    desk.agree()
    for step in later[1:]:
        with pytest.raises(ConsentNotGiven):
            step()
    desk.read_statement()
    for step in later[2:]:
        with pytest.raises(ConsentNotGiven):
            step()
    desk.read_words()
    for step in later[2:]:
        with pytest.raises(ConsentNotGiven):
            step()
    desk.read_words()
    with pytest.raises(ConsentNotGiven):
        session.save(home.shelf(), "Anna", description="")
    assert home.shelf().names() == ()


def test_a_recording_from_a_file_is_no_live_take() -> None:
    with pytest.raises(TypeError):
        Take(speech(), datetime.now(UTC), "file", seal=None)


def test_another_statement_is_refused_and_may_be_read_again(desk: Desk) -> None:
    desk.agree()
    with pytest.raises(SentenceNotHeard):
        desk.session.hear_statement(desk.take(speech()))
    desk.read_statement()
    desk.session.show_words()


def test_one_set_of_words_may_fail_twice_and_then_all_begins_anew(desk: Desk) -> None:
    desk.agree()
    desk.read_statement()
    with pytest.raises(PhraseNotHeard) as first:
        desk.misread()
    assert not desk.read_words()
    with pytest.raises(PhraseNotHeard) as second:
        desk.misread()
    with pytest.raises(PhraseNotHeard) as third:
        desk.misread()
    assert [e.value.tries_left for e in (first, second, third)] == [3, 1, 0]
    with pytest.raises(ConsentNotGiven):
        desk.session.show_words()


def test_words_are_good_for_one_take_alone(desk: Desk) -> None:
    desk.agree()
    desk.read_statement()
    desk.read_words()
    with pytest.raises(ConsentNotGiven):
        desk.session.hear_words(desk.take(speech()))


def test_words_read_too_late_do_not_count(desk: Desk) -> None:
    desk.agree()
    desk.read_statement()
    with pytest.raises(SpokenTooLate):
        desk.read_words(after=LATEST_ONSET + 1)
    assert not desk.read_words()


@pytest.mark.parametrize(
    ("recording", "error"),
    [
        (speech(seconds=2.5), RecordingTooShort),
        (speech(noise=0.1), RecordingTooNoisy),
        (Recording(speech().samples * 0.001, RATE), RecordingTooQuiet),
        (speech(BO), AnotherSpeaker),
        (joined(speech(ANNA), speech(BO)), SeveralSpeakers),
    ],
    ids=lambda case: case.__name__ if isinstance(case, type) else "",
)
def test_a_bad_sample_is_refused_and_the_next_may_be_good(
    desk: Desk, home: Home, recording: Recording, error: type[NarratorError]
) -> None:
    desk.prove()
    with pytest.raises(error):
        desk.session.hear_sample(recording)
    desk.session.hear_sample(speech())
    assert desk.session.save(home.shelf(), "Anna", description="").is_replica


@pytest.mark.parametrize("step", ["statement", "words", "sample"])
def test_our_own_synthetic_speech_is_refused_at_every_step(desk: Desk, step: str) -> None:
    desk.agree()
    if step != "statement":
        desk.read_statement()
    if step == "sample":
        desk.read_words()
        desk.read_words()
    listen = {
        "statement": desk.read_statement,
        "words": desk.read_words,
        "sample": desk.session.hear_sample,
    }[step]
    with pytest.raises(SyntheticSample):
        listen(synthetic())


def test_enough_sentences_enrol_a_voice(desk: Desk, home: Home) -> None:
    desk.prove()
    given: dict[str, Any] = {}

    def enroll(prompted: Any, heard: VoiceEmbedding, on_progress: Any, stop: Event) -> Any:
        given["texts"] = len(prompted)
        return embedding(7)

    for number in range(5):
        desk.session.hear_sentence(f"{number}.", SAID, desk.take(speech(seconds=7)))
    desk.session.hear_sentence("0.", SAID, desk.take(speech(seconds=7)))
    voice = None
    if desk.session.enrolled_seconds >= 30:
        desk.session.enroll(enroll, lambda _: None, Event())
        voice = desk.session.save(home.shelf(), "Anna", description="enrolled")
    assert voice is not None
    assert given["texts"] == 5
    assert len(home.shelf().embedding(voice.ref).steering) == 40


def test_too_few_sentences_say_how_much_is_missing(desk: Desk) -> None:
    desk.prove()
    desk.session.hear_sentence("1.", SAID, desk.take(speech(seconds=7)))
    with pytest.raises(RecordingTooShort):
        desk.session.enroll(lambda *_: embedding(), lambda _: None, Event())


def test_a_consent_is_renewed_with_the_steps_and_without_a_sample(desk: Desk, home: Home) -> None:
    old = home.create("Anna")
    desk.prove()
    new = desk.session.renew(home.shelf(), "anna")
    assert isinstance(new.origin, ConsentRecord)
    assert isinstance(old.origin, ConsentRecord)
    assert new.origin.number == old.origin.number
    assert new.origin.facts.words != old.origin.facts.words
