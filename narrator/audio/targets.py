"""What the figures of a sound file are held against: audiobooks, podcasts."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from math import inf
from typing import NamedTuple

from narrator.audio.inspection import FileFigures


class Figure(Enum):
    """A technical figure, by the name that reports call it."""

    RMS = "RMS"
    SAMPLE_PEAK = "sample peak"
    TRUE_PEAK = "true peak"
    NOISE_FLOOR = "noise floor"
    LOUDNESS = "loudness"
    HEAD = "room tone at the head"
    TAIL = "room tone at the tail"
    DURATION = "duration"
    RATE = "sample rate"
    CHANNELS = "channels"
    CODING = "coding"
    BIT_RATE = "bit rate"
    CONSTANCY = "constant bit rate"


class Limits(NamedTuple):
    """Between what a number must lie; both ends are within."""

    low: float = -inf
    high: float = inf


Limit = Limits | str | bool
Value = float | str | bool | None


@dataclass(frozen=True)
class Target:
    """What is asked of each file. limits: numbers within, or just this word or this yes or no.

    loudness: LUFS, by the number of channels; a file with another number is not held to it. alike:
    what must be the same in all files of a book. note: a sentence that belongs beside each report.
    """

    name: str
    title: str
    limits: Mapping[Figure, Limit]
    loudness: Mapping[int, Limits] = field(default_factory=dict)
    alike: tuple[Figure, ...] = ()
    note: str = ""

    def limit(self, figure: Figure, channels: int) -> Limit | None:
        """Give what is asked of a figure in a file of so many channels; None where nothing is."""
        if figure is Figure.LOUDNESS:
            return self.loudness.get(channels)
        return self.limits.get(figure)


class Judgement(NamedTuple):
    """One figure of a file. limit: None where nothing is asked. passed: True then as well."""

    figure: Figure
    value: Value
    limit: Limit | None
    passed: bool


# As ACX publishes them and checkers measure them. Of the room tone some of its pages say 0.5 to 1 s
# at the head and others 1 to 5 s, so both pass. Its peak is that of the samples.
ACX = Target(
    name="acx",
    title="ACX technical figures",
    limits={
        Figure.RMS: Limits(-23.0, -18.0),
        Figure.SAMPLE_PEAK: Limits(high=-3.0),
        Figure.NOISE_FLOOR: Limits(high=-60.0),
        Figure.HEAD: Limits(0.5, 5.0),
        Figure.TAIL: Limits(1.0, 5.0),
        Figure.DURATION: Limits(high=120 * 60.0),
        Figure.RATE: Limits(44_100, 44_100),
        Figure.CHANNELS: Limits(1, 2),
        Figure.CODING: "MP3",
        Figure.BIT_RATE: Limits(low=192),
        Figure.CONSTANCY: True,
    },
    alike=(Figure.CHANNELS, Figure.RATE),
    note="ACX requires human narration unless it has authorised another; "
    "these figures say nothing about that.",
)
# As Apple asks of podcasts.
PODCAST = Target(
    name="podcast",
    title="podcast loudness figures",
    limits={Figure.TRUE_PEAK: Limits(high=-1.0)},
    loudness={1: Limits(-20.0, -18.0), 2: Limits(-17.0, -15.0)},
)
TARGETS = {target.name: target for target in (ACX, PODCAST)}

DECIMALS = {
    Figure.HEAD: 2,
    Figure.TAIL: 2,
    Figure.DURATION: 1,
    Figure.RATE: 0,
    Figure.CHANNELS: 0,
    Figure.BIT_RATE: 0,
}
DECIBEL_DECIMALS = 2


def judge(figures: FileFigures, target: Target) -> tuple[Judgement, ...]:
    """Hold every figure of a file against the target.

    Numbers are rounded as reports show them first, so that none fails that looks as if it passed.
    """
    return tuple(
        _judged(figure, value, target.limit(figure, figures.channels))
        for figure, value in _values(figures).items()
    )


def _values(figures: FileFigures) -> dict[Figure, Value]:
    loudness = figures.loudness
    values: dict[Figure, Value] = {
        Figure.RMS: loudness.rms,
        Figure.SAMPLE_PEAK: loudness.sample_peak,
        Figure.TRUE_PEAK: loudness.true_peak,
        Figure.NOISE_FLOOR: loudness.noise_floor,
        Figure.LOUDNESS: loudness.integrated,
        Figure.HEAD: figures.head,
        Figure.TAIL: figures.tail,
        Figure.DURATION: loudness.seconds,
        Figure.RATE: float(figures.rate),
        Figure.CHANNELS: float(figures.channels),
        Figure.CODING: figures.coding.name,
        Figure.BIT_RATE: figures.coding.kbps,
        Figure.CONSTANCY: figures.coding.constant,
    }
    return {figure: _rounded(figure, value) for figure, value in values.items()}


def _rounded(figure: Figure, value: Value) -> Value:
    if isinstance(value, float):
        return round(value, DECIMALS.get(figure, DECIBEL_DECIMALS))
    return value


def _judged(figure: Figure, value: Value, limit: Limit | None) -> Judgement:
    match limit:
        case Limits(low, high):
            passed = isinstance(value, float) and low <= value <= high
        case None:
            passed = True
        case _:
            passed = value == limit
    return Judgement(figure, value, limit, passed)
