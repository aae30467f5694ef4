"""The voices as the gallery lists them: what each is, whether it can speak, for how long."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

from PySide6.QtCore import QCoreApplication

from narrator.errors import NarratorError, VoiceError
from narrator.gui.shared.wording import day_told, error_told, shortened
from narrator.profiles.profile import VoiceProfile
from narrator.profiles.records import ConsentRecord
from narrator.profiles.shelf import VoiceShelf

NEAR_EXPIRY = timedelta(days=30)


class State(Enum):
    """Whether a voice can speak."""

    BUILT_IN = "built in"
    READY = "ready"
    RUNS_OUT = "runs out"
    EXPIRED = "expired"
    UNUSABLE = "unusable"


@dataclass(frozen=True)
class VoiceRow:
    """A voice in the list. profile, error: one of the two is there."""

    name: str
    state: State
    profile: VoiceProfile | None = None
    error: NarratorError | None = None

    @property
    def is_own(self) -> bool:
        """Whether the user made it, as far as can be told."""
        return self.state is not State.BUILT_IN

    @property
    def title(self) -> str:
        return shortened(self.profile.title if self.profile else self.name)

    @property
    def line(self) -> str:
        """The row of the list, which a screen reader reads as it is."""
        return f"{_SIGNS[self.state]} {self.title}, {self._state_told()}"

    @property
    def details(self) -> str:
        """What is shown of the row that is chosen."""
        if self.profile is None:
            return error_told(self.error) if self.error else ""
        parts = (self.profile.description, self.profile.terms)
        return " · ".join(shortened(part) for part in parts if part)

    def _state_told(self) -> str:
        day = ""
        if self.profile and isinstance(self.profile.origin, ConsentRecord):
            day = day_told(self.profile.origin.expires)
        match self.state:
            case State.BUILT_IN:
                return _tr("built in")
            case State.READY:
                return _tr("made here, until {day}").format(day=day)
            case State.RUNS_OUT:
                return _tr("runs out on {day}: renew it").format(day=day)
            case State.EXPIRED:
                return _tr("ran out on {day}: renew it").format(day=day)
            case State.UNUSABLE:
                return _tr("cannot be used")


_SIGNS = {
    State.BUILT_IN: "✓",
    State.READY: "✓",
    State.RUNS_OUT: "!",
    State.EXPIRED: "!",
    State.UNUSABLE: "✗",
}


def list_voices(shelf: VoiceShelf, now: datetime) -> list[VoiceRow]:
    """Look through the shelf. now: aware of its zone."""
    return [_row(name, shelf, now) for name in shelf.names()]


def _row(name: str, shelf: VoiceShelf, now: datetime) -> VoiceRow:
    try:
        profile = shelf.get(name)
    except VoiceError as error:
        return VoiceRow(name, State.UNUSABLE, error=error)
    if not isinstance(profile.origin, ConsentRecord):
        return VoiceRow(name, State.BUILT_IN, profile)
    left = profile.origin.expires - now
    if left <= timedelta(0):
        return VoiceRow(name, State.EXPIRED, profile)
    return VoiceRow(name, State.RUNS_OUT if left <= NEAR_EXPIRY else State.READY, profile)


def _tr(text: str) -> str:
    return QCoreApplication.translate("voices", text)
