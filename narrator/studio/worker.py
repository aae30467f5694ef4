"""The synthesis thread: takes a sentence, speaks and marks it, settles it.

`Worker._speak` is the one place where Speech becomes MarkedAudio.
"""

import logging
import threading
from collections.abc import Callable
from typing import NamedTuple, Protocol

from narrator.audio.segment import Segment
from narrator.audio.sentence import trim
from narrator.audio.watermark import mark
from narrator.audio.watermark_grid import SLOTS_PER_SECOND
from narrator.errors import DiskFull, FolderNotWritable, NothingToSay
from narrator.speech import (
    Engine,
    Opening,
    Phonemes,
    Pronunciation,
    Speech,
    SynthesisRequest,
    Utterance,
    VoiceEmbedding,
    VoiceRef,
)
from narrator.studio.cache import Cache, segment_key
from narrator.studio.schedule import Outcome, Schedule, Task

FAILURES_IN_A_ROW = 3
JOIN_SECONDS = 2.0

log = logging.getLogger(__name__)


class Phonemize(Protocol):
    """Written text to phonemes, as text/frontend.py does it."""

    def __call__(
        self, text: str, *, opening: Opening, pronunciations: tuple[Pronunciation, ...]
    ) -> Phonemes:
        """Give the phonemes of one sentence."""


class Voicing(NamedTuple):
    """What the worker speaks with. pipeline: fingerprint of what else changes the sound."""

    load_engine: Callable[[], Engine]
    phonemize: Phonemize
    embedding: Callable[[VoiceRef], VoiceEmbedding]
    pipeline: str
    key: bytes


class _Unready(Exception):
    """Engine or voice cannot be loaded, so no sentence could be spoken."""

    def __init__(self, reason: Exception) -> None:
        super().__init__()
        self.reason = reason


class Worker:
    """One daemon thread that speaks what `schedule` gives; loads the engine at the first need."""

    def __init__(self, schedule: Schedule, voicing: Voicing, cache: Cache) -> None:
        self._schedule = schedule
        self._voicing = voicing
        self._cache = cache
        self._engine: Engine | None = None
        self._voice: tuple[VoiceRef, VoiceEmbedding] | None = None
        self._chapter = 0
        self._slot = 0
        self._failures = 0
        self._thread = threading.Thread(target=self._run, name="synthesis", daemon=True)

    def start(self) -> None:
        """Begin to speak."""
        self._thread.start()

    def stop(self) -> None:
        """End after the sentence in work; waits for it, but not for a stuck driver."""
        self._schedule.close()
        self._thread.join(JOIN_SECONDS)

    def _run(self) -> None:
        try:
            while (task := self._schedule.take()) is not None:
                self._work_on(task)
        except _Unready as error:
            self._schedule.halt(error.reason)
        except Exception as error:  # broad on purpose: the narration waits to hear of it
            log.exception("the synthesis thread ends")
            self._schedule.halt(error)

    def _work_on(self, task: Task) -> None:
        try:
            segment = self._speak(task)
        except NothingToSay:
            log.info("nothing to say in a sentence of chapter %d", task.chapter)
            self._schedule.settle(Outcome())
        except (DiskFull, FolderNotWritable, _Unready):
            raise
        except Exception as error:  # broad on purpose: a sentence must not end the book
            self._give_up(task, error)
        else:
            self._failures = 0
            self._schedule.settle(Outcome(segment))

    def _speak(self, task: Task) -> Segment:
        utterance, pause_after = task.sentence
        if task.chapter != self._chapter:
            self._chapter, self._slot = task.chapter, task.first_slot
        key = segment_key(utterance, self._voicing.pipeline)
        segment = self._cache.get(key)
        if segment is None:
            speech = self._synthesize(utterance, seed=_seed(key))
            marked = mark(speech.audio, key=self._voicing.key, slot=self._slot)
            segment = self._cache.put(key, Segment(marked, speech.timings))
        after = round((segment.audio.seconds + pause_after) * SLOTS_PER_SECOND)
        self._slot = segment.audio.mark.slot + after
        return segment

    def _synthesize(self, utterance: Utterance, *, seed: int) -> Speech:
        engine, voice = self._ready(utterance.voice)
        phonemes = self._voicing.phonemize(
            utterance.text, opening=utterance.opening, pronunciations=utterance.pronunciations
        )
        request = SynthesisRequest(phonemes, voice, utterance.prosody, seed)
        return trim(engine.synthesize(request))

    def _ready(self, voice: VoiceRef) -> tuple[Engine, VoiceEmbedding]:
        try:
            if self._voice is None or self._voice[0] != voice:
                self._voice = (voice, self._voicing.embedding(voice))
            if self._engine is None:
                self._engine = self._voicing.load_engine()
        except Exception as error:  # broad on purpose: whatever it is, it would meet each sentence
            raise _Unready(error) from error
        return self._engine, self._voice[1]

    def _give_up(self, task: Task, error: Exception) -> None:
        log.error("a sentence of chapter %d was not spoken", task.chapter, exc_info=error)
        self._failures += 1
        if self._failures == FAILURES_IN_A_ROW:
            raise error
        self._schedule.settle(Outcome(error=error))


def _seed(key: str) -> int:
    """Give a seed of 32 bits that is the same whenever the same utterance is spoken."""
    return int(key[:8], 16)
