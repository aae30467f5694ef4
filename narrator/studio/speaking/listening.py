"""A chapter for the player: its sentences as they are spoken, joined with their pauses."""

import threading
from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from narrator.audio.assemble import Joiner, Pause
from narrator.audio.cut import from_second
from narrator.audio.player import Part, Spot
from narrator.studio.plan import PlannedSentence
from narrator.studio.speaking.live import Live


def listen(
    live: Live, script: Sequence[PlannedSentence], spot: Spot, stop: threading.Event
) -> Iterator[Part]:
    """Give the sentences of `script` from `spot` on, each as soon as it is spoken.

    One that failed or is silent is passed over. Ends early when `stop` is set, and with no part
    when the sentence is not in the script. Raises what `Live.segment` raises.
    """
    joiner = Joiner()
    skipped = spot.seconds
    for sentence in script[_place(script, spot.id) :]:
        segment = live.segment(sentence.id, stop)
        if stop.is_set():
            return
        if segment is not None and skipped < segment.audio.seconds + sentence.pause_after:
            blocks = chain(joiner.add(segment), joiner.add(Pause(sentence.pause_after)))
            yield Part(sentence.id, skipped, from_second(blocks, skipped))
        skipped = 0.0


def moved(
    script: Sequence[PlannedSentence],
    length: Callable[[int], float | None],
    spot: Spot,
    seconds: float,
) -> Spot:
    """Give the place `seconds` after `spot`, or before it where they are negative.

    length: of a sentence without its pause, in seconds, as `Live.seconds`. Ends at the beginning of
    the script, of its last sentence, and of one that is not spoken yet.
    """
    place = _place(script, spot.id)
    if place == len(script):
        return spot
    left = spot.seconds + seconds
    while left < 0 and place:
        place -= 1
        known = length(script[place].id)
        left = 0.0 if known is None else left + known + script[place].pause_after
    while place < len(script) - 1:
        known = length(script[place].id)
        if known is None or left < known + script[place].pause_after:
            break
        left -= known + script[place].pause_after
        place += 1
    id = script[place].id
    known = length(id)
    within = known is not None and left < known + script[place].pause_after
    return Spot(id, max(0.0, left) if within else 0.0)


def _place(script: Sequence[PlannedSentence], id: int) -> int:
    return next((n for n, sentence in enumerate(script) if sentence.id == id), len(script))
