"""The shapes of the networks, stored beside their weights; one signal for all."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from narrator.speech import HOP, SAMPLE_RATE

WINDOW = 4 * HOP
MELS = 80
MEL_FLOOR = 1e-5
MEL_TOP_HZ = SAMPLE_RATE // 2


class _Stored:
    """A config that travels as plain JSON values."""

    def to_json(self) -> dict[str, Any]:
        return asdict(self)  # type: ignore[call-overload, no-any-return]

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        known = {field.name for field in fields(cls)}  # type: ignore[arg-type]
        return cls(**{name: value for name, value in values.items() if name in known})


@dataclass(frozen=True)
class SpeakerEncoderConfig(_Stored):
    """mels: the bands that are heard, from the lowest; those above are left out because many
    recordings end at 8 kHz, and a missing treble is no trait of a voice.

    same_voice: the cosine of two embeddings from which on they count as one person's; nobody's
    until training has measured it.
    """

    mels: int = 68
    width: int = 128
    kernel: int = 5
    heads: int = 2
    dropout: float = 0.1
    same_voice: float = 2.0


@dataclass(frozen=True)
class FastSpeech2Config(_Stored):
    """symbols: size of the inventory. voice: width of the voice embedding.

    melody: factor on the normalised pitch at synthesis, which makes good for a model that gives
    averages. pause: frames that a pause inside a sentence lasts at least, where one is more likely
    than none. Both are measured when it is published.
    """

    symbols: int
    voice: int = 128
    width: int = 256
    heads: int = 2
    encoder_blocks: int = 4
    encoder_hidden: int = 1024
    decoder_blocks: int = 6
    decoder_hidden: int = 512
    decoder_kernel: int = 7
    predictor_width: int = 256
    dropout: float = 0.1
    predictor_dropout: float = 0.3
    melody: float = 1.0
    pause: float = 0.0


@dataclass(frozen=True)
class VocoderConfig(_Stored):
    """noise: channels of white noise beside the mel, from which breath and hiss are shaped."""

    width: int = 256
    hidden: int = 256
    blocks: int = 8
    kernel: int = 7
    noise: int = 4
