"""What is told of the sentences that are spoken in the background."""

from typing import NamedTuple


class Ready(NamedTuple):
    """A sentence is spoken; its segment is in the cache under `key`."""

    id: int
    seconds: float
    key: str


class Found(NamedTuple):
    """These sentences were spoken before."""

    ready: tuple[Ready, ...]


class Speaking(NamedTuple):
    """A sentence is being spoken."""

    id: int


class Failed(NamedTuple):
    """A sentence could not be spoken."""

    id: int
    error: Exception


class Silent(NamedTuple):
    """There is nothing to say in a sentence."""

    id: int


class Prepared(NamedTuple):
    """The engine is loaded."""


class Halted(NamedTuple):
    """Nothing more is spoken until `resume`; what was being spoken waits again."""

    error: Exception


News = Ready | Found | Speaking | Failed | Silent | Prepared | Halted
