"""Recording a voice at the terminal: read what is shown, Enter begins and ends a recording."""

import argparse
import queue
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

from narrator.audio.microphone import Level, Take, record
from narrator.audio.recording import Adviser, read_recording
from narrator.cli.terminal import DONE, show, stopping, tell, write
from narrator.errors import (
    Cancelled,
    ConsentMissing,
    ConsentNotGiven,
    MicrophoneLost,
    PhraseNotHeard,
    RecordingError,
    SoundLost,
)
from narrator.profiles import cloning
from narrator.profiles.cloning import CHECKBOX, Cloning
from narrator.profiles.phrase import MOST_TRIES
from narrator.profiles.profile import VoiceProfile
from narrator.profiles.records import ConsentRecord, Relation
from narrator.speech import Engine, Enrolling
from narrator.studio import new_voice
from narrator.studio.studio import Studio
from narrator.words import explain

SAMPLE_TEXT = (
    "Read anything you like for ten to thirty seconds, as you would read to a friend: a page of "
    "a book, a letter, the news."
)
BAR_CELLS, BAR_FLOOR_DB = 30, -60.0
POLL_SECONDS = 0.1
# A line is read again; what was recorded before stays.
REPEATABLE = (RecordingError, MicrophoneLost, SoundLost)


def record_voice(options: argparse.Namespace, studio: Studio) -> int:
    """Make a zero-shot voice from a live sample, or from a file of the same voice."""
    sample = read_recording(options.sample) if options.sample else None
    with _session(options, studio) as (session, prompter, _):
        _consent(session, prompter, options.speaker, Relation(options.relation))
        if sample:
            session.hear_sample(sample)
        else:
            tell(SAMPLE_TEXT)
            prompter.until_good(cloning.LONGEST_SAMPLE, session.hear_sample)
        return _kept(session.save(studio.voices, options.title, description="recorded"))


def enroll_voice(options: argparse.Namespace, studio: Studio) -> int:
    """Make an enrolled voice from sentences that are read aloud."""
    with _session(options, studio) as (session, prompter, engine):
        _consent(session, prompter, options.speaker, Relation(options.relation))
        sentences = new_voice.prompts(studio)
        for number, (text, phonemes) in enumerate(sentences, 1):
            tell(f"\nSentence {number} of {len(sentences)}:\n    {text}")
            prompter.until_good(
                cloning.LONGEST_SENTENCE, partial(session.hear_sentence, text, phonemes)
            )
        tell("Learning the voice. Ctrl-C stops it.")
        session.enroll(engine.enroll, prompter.show_progress, prompter.stop)
        prompter.clear()
        return _kept(session.save(studio.voices, options.title, description="enrolled"))


def renew_consent(options: argparse.Namespace, studio: Studio) -> int:
    """Let the speaker of a voice consent anew."""
    origin = studio.voices.get(options.name).origin
    if not isinstance(origin, ConsentRecord):
        raise ConsentMissing(options.name)
    with _session(options, studio) as (session, prompter, _):
        _consent(session, prompter, origin.facts.speaker, origin.facts.relation)
        return _kept(session.renew(studio.voices, options.name))


def _kept(profile: VoiceProfile) -> int:
    show(f"{profile.name}: {profile.title} ({profile.terms})")
    return DONE


def _consent(session: Cloning, prompter: "_Prompter", speaker: str, relation: Relation) -> None:
    """Go through checkbox, statement and words; ends when they are proven."""
    tell(f"{CHECKBOX}\n")
    if prompter.ask("Type yes to agree: ").strip().casefold() not in ("yes", "y"):
        raise ConsentNotGiven
    session.agree(speaker, relation, ticked=True)
    tell(f"\nRead this aloud:\n    {session.statement}")
    prompter.until_good(cloning.LONGEST_STATEMENT, session.hear_statement)
    tell(f"\nNow random words, up to {MOST_TRIES} times six. Read them as soon as they appear.")
    passed = False
    while not passed:
        prompter.ask("Enter shows the words and begins the recording. ")
        tell(f"\n    {'   '.join(session.show_words())}\n")
        try:
            passed = session.hear_words(prompter.record(cloning.LONGEST_WORDS))
        except PhraseNotHeard as error:
            if not error.tries_left:
                raise
            tell(explain(error))
        except REPEATABLE as error:
            tell(explain(error))


@contextmanager
def _session(
    options: argparse.Namespace, studio: Studio
) -> Iterator[tuple[Cloning, "_Prompter", Engine]]:
    tell("Preparing the voice model.")
    engine = studio.load_engine(options.device or studio.settings.device)
    with stopping() as stop:
        yield new_voice.begin(engine), _Prompter(stop), engine


class _Prompter:
    """Asks at the keyboard and records at the microphone until Enter is pressed."""

    def __init__(self, stop: threading.Event) -> None:
        """stop: set by Ctrl-C; every wait ends with Cancelled then."""
        self.stop = stop
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, name="keyboard", daemon=True).start()

    def ask(self, text: str) -> str:
        """Give the line that was typed. Raises Cancelled at Ctrl-C or when input has ended."""
        write(text, sys.stderr, end="")
        while not self.stop.is_set():
            try:
                line = self._lines.get(timeout=POLL_SECONDS)
            except queue.Empty:
                continue
            if not line:
                raise Cancelled
            return line.rstrip("\n")
        raise Cancelled

    def until_good(self, longest: float, check: Callable[[Take], object]) -> None:
        """Record until a take passes; each refusal is told with what to do."""
        while True:
            self.ask("Enter begins the recording, Enter ends it. ")
            try:
                check(self.record(longest))
            except REPEATABLE as error:
                tell(explain(error))
            else:
                return

    def record(self, longest: float) -> Take:
        """Record until Enter or for `longest` seconds."""
        ended = threading.Event()
        threading.Thread(target=self._end_at_enter, args=(ended,), daemon=True).start()
        adviser = Adviser()

        def meter(level: Level) -> None:
            if sys.stderr.isatty():
                cells = round(BAR_CELLS * (1 - level.peak_db / BAR_FLOOR_DB))
                bar = "#" * max(0, min(BAR_CELLS, cells))
                self._rewrite(f"{bar:<{BAR_CELLS}} {adviser.advise(level).value}")

        try:
            take = record(stop=ended, longest=longest, on_level=meter)
        finally:
            ended.set()
            self.clear()
        if self.stop.is_set():
            raise Cancelled
        return take

    def show_progress(self, progress: Enrolling) -> None:
        """Show how far the enrolment is."""
        if sys.stderr.isatty():
            self._rewrite(f"{progress.done:.0%}, {progress.seconds_left:.0f} s left")

    def clear(self) -> None:
        """Make room for another line."""
        if sys.stderr.isatty():
            write("\r\x1b[K", sys.stderr, end="")

    def _rewrite(self, text: str) -> None:
        width = shutil.get_terminal_size().columns - 1
        write(f"\r{text[:width]}\x1b[K", sys.stderr, end="")

    def _read(self) -> None:
        for line in sys.stdin:
            self._lines.put(line)
        self._lines.put("")

    def _end_at_enter(self, ended: threading.Event) -> None:
        while not (ended.is_set() or self.stop.is_set()):
            try:
                line = self._lines.get(timeout=POLL_SECONDS)
            except queue.Empty:
                continue
            if not line:
                self._lines.put(line)  # input has ended: whoever asks next is told
            break
        ended.set()
