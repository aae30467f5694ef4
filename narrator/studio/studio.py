"""Studio: what a roof over the work, the command line or the window, is handed."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from narrator.audio.watermark.detector import Finding
from narrator.audio.watermark.grid import FORMAT
from narrator.audio.watermark.payload import voice_of_payload
from narrator.profiles.shelf import VoiceShelf
from narrator.settings import Folders, Settings
from narrator.speech import Engine
from narrator.studio.speaking.cache import Cache
from narrator.studio.speaking.speaker import Phonemize, Voicing

SPEAKING = "spoken 4"  # to be raised when the same words and weights make another segment


class FrontEnd(NamedTuple):
    """Written words to spoken ones and to phonemes. fingerprint: of its rules and lexicon.

    respelled: what a user types to say how a word sounds -> its phonemes; raises NotPronounceable.
    shown: phonemes -> a word in newspaper style, as "kuh-NEE-lee-uh".
    """

    phonemize: Phonemize
    spoken: Callable[[str], str]
    fingerprint: Callable[[], str]
    respelled: Callable[[str], tuple[str, ...]]
    shown: Callable[[Sequence[str]], str]


@dataclass(frozen=True)
class Studio:
    """All that speaking a book needs. key: of this installation.

    load_engine: device ("auto", "cpu", "cuda") -> Engine; takes seconds and is called when the
    first sentence needs it. model_fingerprint: of the weights that it will load.
    """

    folders: Folders
    settings: Settings
    voices: VoiceShelf
    cache: Cache
    front_end: FrontEnd
    load_engine: Callable[[str], Engine]
    model_fingerprint: Callable[[], str]
    key: bytes

    def voice_of(self, finding: Finding) -> str | None:
        """Name the voice of this installation that a watermark tells, None when it tells none."""
        if finding.payload is None:
            return None
        number = voice_of_payload(finding.payload)
        if number == 0:
            return "a built-in voice"
        name = self.voices.of_record(number)
        return f"the voice {name}" if name else "a voice that was withdrawn"

    def voicing(self, device: str) -> Voicing:
        """Give what a worker speaks with. Raises ModelMissing or ModelAltered."""
        key_id = blake2b(self.key, digest_size=8).hexdigest()
        parts = (
            self.front_end.fingerprint(),
            self.model_fingerprint(),
            key_id,
            f"mark {FORMAT}",
            SPEAKING,
        )
        return Voicing(
            load_engine=lambda: self.load_engine(device),
            phonemize=self.front_end.phonemize,
            embedding=self.voices.embedding,
            pipeline="/".join(parts),
            key=self.key,
        )
