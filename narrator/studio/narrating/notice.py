"""The sentence that tells listeners whose voice they hear."""

from collections.abc import Sequence

from narrator.profiles.profile import VoiceProfile
from narrator.profiles.records import ConsentRecord


def notice_of(voices: Sequence[VoiceProfile], *, asked: bool | None) -> str:
    """Give the spoken notice for a book that these voices read, or "".

    asked: whether it is to be said; None: where one of them is a replica. Each replica is named.
    """
    speakers = list(dict.fromkeys(speaker for voice in voices for speaker in _speakers(voice)))
    if not (bool(speakers) if asked is None else asked):
        return ""
    only_replicas = all(voice.is_replica for voice in voices)
    match speakers:
        case []:
            voice = "an AI voice" if len(voices) == 1 else "AI voices"
            return f"This audiobook is read by {voice}."
        case [speaker]:
            replicas = f"an authorised AI replica of {speaker}'s voice"
        case [*others, last]:
            names = f"{', '.join(others)} and {last}"
            replicas = f"authorised AI replicas of the voices of {names}"
    among = "" if only_replicas else "AI voices, among them "
    return f"This audiobook is read by {among}{replicas}."


def _speakers(voice: VoiceProfile) -> tuple[str, ...]:
    return (voice.origin.facts.speaker,) if isinstance(voice.origin, ConsentRecord) else ()
