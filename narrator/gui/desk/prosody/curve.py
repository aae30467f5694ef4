"""The melody of one sentence as a curve: what was spoken, and what the user bent of it."""

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

from narrator.speech import FRAMES_PER_SECOND, Bend, Timing

SEMITONES = 12 / math.log(2)  # of one unit of log Hz
STRETCH_RANGE = (0.3, 3.0)
PITCH_RANGE = (-12.0, 12.0)  # an octave: beyond it a voice is somebody else's
ENERGY_RANGE = (-12.0, 12.0)


@dataclass(frozen=True)
class LaneFacts:
    """A sentence as it was spoken. timings: with `bends` in them, one for each symbol.

    words: as spoken. voice_pitch: the voice's mean, log Hz; None: the mean of the sentence.
    """

    id: int
    words: tuple[str, ...]
    timings: tuple[Timing, ...]
    bends: tuple[Bend, ...] = ()
    voice_pitch: float | None = None


class Sound(NamedTuple):
    """One symbol on the curve. word: index into the words, -1 for a pause.

    semitones: around the voice's mean, None where nothing vibrates. energy: dB, None for a pause.
    """

    symbol: str
    word: int
    start: float
    seconds: float
    semitones: float | None
    energy: float | None

    @property
    def end(self) -> float:
        """Where it ends, seconds."""
        return self.start + self.seconds


@dataclass(frozen=True)
class Curve:
    """A sentence with its bends. plain: the sounds without. bends: none that changes nothing."""

    words: tuple[str, ...]
    plain: tuple[Sound, ...]
    bends: tuple[Bend, ...] = ()

    @cached_property
    def sounds(self) -> tuple[Sound, ...]:
        """The sounds as the bends have them."""
        made: list[Sound] = []
        start = 0.0
        for symbol, plain in enumerate(self.plain):
            made.append(_bent(plain, self.bend_of(symbol), start))
            start = made[-1].end
        return tuple(made)

    @property
    def seconds(self) -> float:
        """How long the sentence is."""
        return self.sounds[-1].end if self.sounds else 0.0

    @property
    def stops(self) -> tuple[int, ...]:
        """The symbols that one can be at: those that take time, and those that are bent."""
        return tuple(
            symbol
            for symbol, sound in enumerate(self.sounds)
            if sound.seconds > 0 or self.is_bent(symbol)
        )

    @property
    def symbols(self) -> tuple[str, ...]:
        """The symbols in order, which two readings of one sentence share."""
        return tuple(sound.symbol for sound in self.plain)

    @property
    def first(self) -> int:
        """The first symbol of a word that one can be at, 0 for none."""
        return next((stop for stop in self.stops if self.plain[stop].word >= 0), 0)

    def bend_of(self, symbol: int) -> Bend:
        """Give what is bent of a symbol; where nothing is, a bend that changes nothing."""
        return self._by_symbol.get(symbol, Bend(symbol))

    def is_bent(self, symbol: int) -> bool:
        """Tell whether anything is bent of a symbol."""
        return symbol in self._by_symbol

    def bend(self, bend: Bend) -> "Curve":
        """Give the curve with one symbol bent so: within the ranges, and only what it has."""
        sound = self.plain[bend.symbol]
        wanted = Bend(
            bend.symbol,
            round(within(bend.stretch, STRETCH_RANGE), 2),
            0.0 if sound.semitones is None else round(within(bend.pitch, PITCH_RANGE), 1),
            0.0 if sound.energy is None else round(within(bend.energy, ENERGY_RANGE), 1),
        )
        others = tuple(other for other in self.bends if other.symbol != bend.symbol)
        added = () if wanted == Bend(bend.symbol) else (wanted,)
        return replace(self, bends=tuple(sorted((*others, *added))))

    def with_bends(self, bends: tuple[Bend, ...]) -> "Curve":
        """Give the curve with these bends and no others; one of no symbol here is left out."""
        curve = replace(self, bends=())
        for bend in bends:
            if 0 <= bend.symbol < len(self.plain):
                curve = curve.bend(bend)
        return curve

    def symbol_at(self, seconds: float) -> int | None:
        """Give the symbol that sounds at a time, None for none."""
        for symbol, sound in enumerate(self.sounds):
            if sound.start <= seconds < sound.end:
                return symbol
        return None

    def beside(self, symbol: int, step: int) -> int:
        """Give the next symbol that one can be at (step 1) or the one before (-1)."""
        ahead = [stop for stop in self.stops if (stop - symbol) * step > 0]
        return (ahead[0] if step > 0 else ahead[-1]) if ahead else symbol

    def beside_word(self, symbol: int, step: int) -> int:
        """Give the first symbol of the next word (step 1), or of this word or the one before."""
        first = [
            stop
            for stop in self.stops
            if self.plain[stop].word >= 0
            and (stop == 0 or self.plain[stop - 1].word != self.plain[stop].word)
        ]
        ahead = [stop for stop in first if (stop - symbol) * step > 0]
        return (ahead[0] if step > 0 else ahead[-1]) if ahead else symbol

    @cached_property
    def _by_symbol(self) -> dict[int, Bend]:
        return {bend.symbol: bend for bend in self.bends}


def curve_of(facts: LaneFacts) -> Curve:
    """Give the curve of a spoken sentence: its bends taken out of the timings, and kept beside."""
    mean = facts.voice_pitch if facts.voice_pitch is not None else _mean_pitch(facts.timings)
    bends = {bend.symbol: bend for bend in facts.bends}
    plain = tuple(
        _plain(timing, bends.get(symbol, Bend(symbol)), mean)
        for symbol, timing in enumerate(facts.timings)
    )
    return Curve(facts.words, plain).with_bends(facts.bends)


def _plain(timing: Timing, bend: Bend, mean: float) -> Sound:
    spoken = timing.word >= 0
    return Sound(
        timing.symbol,
        timing.word,
        0.0,
        timing.frames / FRAMES_PER_SECOND / bend.stretch,
        (timing.pitch - mean) * SEMITONES - bend.pitch if spoken and timing.pitch > 0 else None,
        timing.energy - bend.energy if spoken else None,
    )


def _bent(plain: Sound, bend: Bend, start: float) -> Sound:
    return plain._replace(
        start=start,
        seconds=plain.seconds * bend.stretch,
        semitones=None if plain.semitones is None else plain.semitones + bend.pitch,
        energy=None if plain.energy is None else plain.energy + bend.energy,
    )


def _mean_pitch(timings: tuple[Timing, ...]) -> float:
    voiced = [timing for timing in timings if timing.pitch > 0 and timing.word >= 0]
    frames = sum(timing.frames for timing in voiced)
    return sum(timing.pitch * timing.frames for timing in voiced) / frames if frames else 0.0


def within(value: float, limits: tuple[float, float]) -> float:
    """Give the value, or the limit that it is beyond."""
    return min(max(value, limits[0]), limits[1])
