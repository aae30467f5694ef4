"""Where a curve lies: words over symbols over pitch over energy, and what the mouse meets there.

Nothing here knows Qt: lengths are pixels, y grows downwards.
"""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import NamedTuple

from narrator.gui.desk.prosody.curve import Curve, within
from narrator.speech import Bend


class Part(Enum):
    """What of a symbol can be dragged."""

    DURATION = "duration"
    PITCH = "pitch"
    ENERGY = "energy"


class Grip(NamedTuple):
    """What lies under the mouse."""

    symbol: int
    part: Part


class Band(NamedTuple):
    """A stripe of the page across all symbols; low, high: the values at its bottom and top."""

    top: float
    height: float
    low: float = 0.0
    high: float = 1.0

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def y_of(self, value: float) -> float:
        """Give the height of a value, at the edge where it lies outside."""
        share = (within(value, (self.low, self.high)) - self.low) / (self.high - self.low)
        return self.bottom - share * self.height

    def values(self, pixels: float) -> float:
        """Give by how much a value grows that many pixels up."""
        return pixels / self.height * (self.high - self.low)


@dataclass(frozen=True)
class Page:
    """A curve with its places. line: the height of a line of text, in which all is measured."""

    curve: Curve
    line: float

    @property
    def per_second(self) -> float:
        """Pixels of one second: two letters fit into 50 ms, which most phonemes last."""
        return 34 * self.line

    @property
    def left(self) -> float:
        """The margin before the first symbol, where the rows are named."""
        return 4 * self.line

    @property
    def width(self) -> float:
        """The width of all, with a little air behind."""
        return self.x_of(self.curve.seconds) + self.line

    @property
    def height(self) -> float:
        """The height of all bands."""
        return self.energy.bottom + self.line / 4

    @property
    def words(self) -> Band:
        """Where the words stand."""
        return Band(0, 1.4 * self.line)

    @property
    def symbols(self) -> Band:
        """Where the symbols stand."""
        return Band(self.words.bottom, 1.6 * self.line)

    @cached_property
    def pitch(self) -> Band:
        """Where the pitch points lie, in semitones; six around the mean at least."""
        sounds = (*self.curve.plain, *self.curve.sounds)
        values = [sound.semitones for sound in sounds if sound.semitones is not None]
        low, high = min([-4.0, *values]) - 2, max([4.0, *values]) + 2
        return Band(self.symbols.bottom + self.line / 2, 5 * self.line, low, high)

    @cached_property
    def energy(self) -> Band:
        """Where the energy bars stand, in dB."""
        sounds = (*self.curve.plain, *self.curve.sounds)
        values = [sound.energy for sound in sounds if sound.energy is not None] or [0.0]
        return Band(self.pitch.bottom + self.line, 3 * self.line, min(values) - 4, max(values) + 2)

    def x_of(self, seconds: float) -> float:
        """Give the place of a time."""
        return self.left + seconds * self.per_second

    def span(self, symbol: int) -> tuple[float, float]:
        """Give the left and the right edge of a symbol."""
        return self._spans[symbol]

    @cached_property
    def word_spans(self) -> dict[int, tuple[float, float]]:
        """The left and the right edge of each word."""
        spans: dict[int, tuple[float, float]] = {}
        for sound, (left, right) in zip(self.curve.sounds, self._spans, strict=True):
            if sound.word >= 0:
                spans[sound.word] = (spans.get(sound.word, (left, right))[0], right)
        return spans

    def between(self, left: float, right: float) -> range:
        """Give the symbols of which something lies between two places."""
        first = bisect_left(self._spans, left, key=lambda span: span[1])
        return range(first, bisect_right(self._spans, right, key=lambda span: span[0]))

    def symbol_at(self, x: float) -> int | None:
        """Give the symbol in whose column a place is, None beyond the end."""
        return self.curve.symbol_at((x - self.left) / self.per_second)

    def grip_at(self, x: float, y: float) -> Grip | None:
        """Give what is to be dragged there: edges beside the symbols, else pitch and energy."""
        if y < self.symbols.bottom:
            return self._edge_at(x)
        symbol = self.symbol_at(x)
        if symbol is None:
            return None
        sound = self.curve.plain[symbol]
        if y < self.pitch.bottom + self.line / 2:
            return Grip(symbol, Part.PITCH) if sound.semitones is not None else None
        return Grip(symbol, Part.ENERGY) if sound.energy is not None else None

    def dragged(self, grip: Grip, right: float, up: float) -> Bend:
        """Give the bend of a grip on this page that was dragged by so many pixels."""
        bend = self.curve.bend_of(grip.symbol)
        match grip.part:
            case Part.PITCH:
                return bend._replace(pitch=bend.pitch + self.pitch.values(up))
            case Part.ENERGY:
                return bend._replace(energy=bend.energy + self.energy.values(up))
            case Part.DURATION:
                plain = self.curve.plain[grip.symbol].seconds
                return bend._replace(stretch=bend.stretch + right / self.per_second / plain)

    @cached_property
    def _spans(self) -> tuple[tuple[float, float], ...]:
        return tuple((self.x_of(sound.start), self.x_of(sound.end)) for sound in self.curve.sounds)

    def _edge_at(self, x: float) -> Grip | None:
        near = [
            (abs(self.span(symbol)[1] - x), symbol)
            for symbol, sound in enumerate(self.curve.sounds)
            if sound.seconds > 0
        ]
        distance, symbol = min(near, default=(math.inf, 0))
        return Grip(symbol, Part.DURATION) if distance <= self.line / 2 else None
