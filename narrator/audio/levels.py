"""How loud a narration may be made: for audiobook shops, for podcasts, or as it was spoken."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from narrator.audio.assemble import Level
from narrator.audio.loudness import CEILING_DB, Leveller, speech_loudness
from narrator.audio.mastering import Goal
from narrator.audio.targets import ACX, PODCAST, Figure, Limits, Target
from narrator.audio.watermark.marked import MarkedAudio

ACX_DB = -19.9  # RMS of a file, in the middle between what MP3 makes of it and what others do
PODCAST_LUFS = -19.0  # mono
PODCAST_CEILING_DB = -2.0  # dBTP; coding at 64 kbit/s adds up to 1


@dataclass(frozen=True)
class LoudnessProfile:
    """leveller: makes what evens the sentences of one chapter. goal: what a chapter is then brought
    to. target: what its files are held against. None: nothing is asked."""

    name: str
    leveller: Callable[[], Level]
    goal: Goal | None = None
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
        LoudnessProfile("acx", lambda: Leveller().level, Goal(ACX_DB, CEILING_DB), ACX),
        LoudnessProfile(
            "podcast", _for_podcasts, Goal(PODCAST_LUFS, PODCAST_CEILING_DB, by_ear=True), PODCAST
        ),
        LoudnessProfile("as-spoken", lambda: _as_spoken),
    )
}
