"""A voice of the user's own in a studio of the tests."""

from datetime import UTC, datetime

import numpy as np
from fake_voice import FakeVoice

from narrator.profiles.records import ConsentFacts, Relation
from narrator.speech import Recording, VoiceRef
from narrator.studio.studio import Studio


def own_voice(studio: Studio) -> VoiceRef:
    """Give the voice of Anna, who consented just now."""
    sound = Recording(np.full(1600, 0.1, np.float32), 16_000)
    now = datetime.now(UTC)
    words = ("amber", "ladder", "pepper", "silver", "tunnel", "window")
    facts = ConsentFacts("Anna", Relation.SELF, 1, 1, now, words, now, {"words": 1.0}, "0.1.0")
    return studio.voices.create(
        "Anna", description="", embedding=FakeVoice().embed_voice([]), takes=[sound], facts=facts
    ).ref
