"""The speaker: looks for sentences in the cache and speaks the others, together."""

import threading
from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol

from narrator.audio.segment import Segment
from narrator.audio.sentence import trim
from narrator.audio.watermark.marked import self_test
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
from narrator.studio.speaking.cache import Cache, segment_key


class Phonemize(Protocol):
    """Written text to phonemes, as text/frontend.py does it."""

    def __call__(
        self, text: str, *, opening: Opening, pronunciations: tuple[Pronunciation, ...]
    ) -> Phonemes:
        """Give the phonemes of one sentence."""


class Voicing(NamedTuple):
    """What a sentence is spoken with. pipeline: fingerprint of what else changes the sound."""

    load_engine: Callable[[], Engine]
    phonemize: Phonemize
    embedding: Callable[[VoiceRef], VoiceEmbedding]
    pipeline: str
    key: bytes


class Unready(Exception):
    """Engine or voice cannot be loaded, so no sentence could be spoken."""

    def __init__(self, reason: Exception) -> None:
        super().__init__()
        self.reason = reason


class _Asked(NamedTuple):
    """A sentence that is not in the cache."""

    key: str
    request: SynthesisRequest


class Spoken(NamedTuple):
    """A sentence that is still to be marked, or was found: one of the three is set."""

    key: str
    segment: Segment | None = None
    speech: Speech | None = None
    error: Exception | None = None


class Speaker:
    """Speaks for several threads; loads the engine at the first need."""

    def __init__(self, voicing: Voicing, cache: Cache) -> None:
        self._voicing = voicing
        self._cache = cache
        self._loading = threading.Lock()
        self._engine: Engine | None = None
        self._unready: Exception | None = None

    def speak(self, utterances: Sequence[Utterance]) -> list[Spoken]:
        """Find or speak each; what went wrong with one is told with it, and nothing is raised."""
        found = [self._looked_up(utterance) for utterance in utterances]
        spoken = iter(self._together([one for one in found if isinstance(one, _Asked)]))
        return [next(spoken) if isinstance(one, _Asked) else one for one in found]

    def _looked_up(self, utterance: Utterance) -> Spoken | _Asked:
        key = segment_key(utterance, self._voicing.pipeline)
        try:
            voice = self._allowed(utterance.voice)  # first: what is kept needs the consent as well
            segment = self._cache.get(key)
            if segment is not None:
                return Spoken(key, segment=segment)
            phonemes = self._voicing.phonemize(
                utterance.text, opening=utterance.opening, pronunciations=utterance.pronunciations
            )
            prosody, take = utterance.prosody, utterance.take
            return _Asked(key, SynthesisRequest(phonemes, voice, prosody, _seed(key), take))
        except Exception as error:  # broad on purpose: settled in its turn
            return Spoken(key, error=error)

    def _together(self, asked: Sequence[_Asked]) -> list[Spoken]:
        """Speak at once; where that fails each alone, so that only what is at fault fails."""
        if not asked:
            return []
        try:
            speeches = map(trim, self._ready().synthesize([one.request for one in asked]))
            return [Spoken(one.key, speech=made) for one, made in zip(asked, speeches, strict=True)]
        except Exception as error:  # broad on purpose: settled in its turn
            if len(asked) == 1:
                return [Spoken(asked[0].key, error=error)]
            return [spoken for one in asked for spoken in self._together([one])]

    def _allowed(self, voice: VoiceRef) -> VoiceEmbedding:
        try:
            return self._voicing.embedding(voice)
        except Exception as error:  # broad on purpose: it would meet each sentence
            raise Unready(error) from error

    def _ready(self) -> Engine:
        with self._loading:
            if self._unready is not None:
                raise Unready(self._unready)
            try:
                if self._engine is None:
                    self_test()
                    self._engine = self._voicing.load_engine()
            except Exception as error:  # broad on purpose: it would meet each sentence
                self._unready = error
                raise Unready(error) from error
            return self._engine


def _seed(key: str) -> int:
    """Give a seed of 32 bits that is the same whenever the same utterance is spoken."""
    return int(key[:8], 16)
