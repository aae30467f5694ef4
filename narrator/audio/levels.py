"""How loud a narration may be made: for audiobook shops, for podcasts, or as it was spoken."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from narrator.audio.assemble import Level
from narrator.audio.loudness import Leveller, speech_loudness
from narrator.audio.targets import ACX, PODCAST, Figure, Limits, Target
from narrator.audio.watermark import MarkedAudio

PODCAST_LUFS = -19.0  # mono
PODCAST_CEILING_DB = -2.0  # dBTP; coding at 64 kbit/s adds up to 1


@dataclass(frozen=True)
class LoudnessProfile:
    """leveller: makes what evens the sentences of one chapter. target: what its files are held
    against; None where nothing is asked."""

    name: str
    leveller: Callable[[], Level]
    target: Target | None = None

    @property
    def longest(self) -> float:
        """The seconds that a file may last."""
        limit = self.target.limits.get(Figure.DURATION) if self.target else None
        return limit.high if isinstance(limit, Limits) else inf


def _as_spoken(audio: MarkedAudio) -> MarkedAudio:
    return audio


def _for_podcasts() -> Level:
    return Leveller(
        target_db=PODCAST_LUFS, ceiling_db=PODCAST_CEILING_DB, gauge=speech_loudness
    ).level


LOUDNESS = {
    profile.name: profile
    for profile in (
        LoudnessProfile("acx", lambda: Leveller().level, ACX),
        LoudnessProfile("podcast", _for_podcasts, PODCAST),
        LoudnessProfile("as-spoken", lambda: _as_spoken),
    )
}
