"""Cut an aligned clip that is too long for a batch into its sentences.

Storytellers are recorded by the page, and a third of what they say lies in such clips.
"""

from collections.abc import Sequence
from typing import NamedTuple

from narrator.speech import Opening
from narrator.text.symbols import OPENINGS, PHONEME_SET, QUOTE_CLOSE, SENTENCE_ENDS

SHORTEST_PAUSE = 8  # frames; a shorter one may hold the ends of the words beside it
EDGE = 12  # frames of a pause that a sentence keeps, as clips do that are trimmed


class Piece(NamedTuple):
    """A sentence of a clip: its symbols, their durations in frames, the frame where it begins."""

    symbols: list[str]
    durations: list[int]
    begin: int


def sentences(symbols: Sequence[str], durations: Sequence[int]) -> list[Piece]:
    """Cut where a sentence ends in a pause, amid the pause; where none does, nowhere.

    What is opened in the midst of the clip is opened as a sentence.
    """
    pieces = []
    opening: list[str] = []
    silent: list[int] = []  # the frames of that opening
    first = 0
    for place in _ends(symbols, durations):
        after = place + 1 + (symbols[place + 1] == QUOTE_CLOSE)
        kept = min(EDGE, durations[place] // 2)
        lasting = [*silent, *durations[first:place], kept, *durations[place + 1 : after]]
        begin = sum(durations[:first]) - sum(silent)
        pieces.append(Piece([*opening, *symbols[first:after]], lasting, begin))
        opening, silent, first = [OPENINGS[Opening.SENTENCE]], [kept], after
    begin = sum(durations[:first]) - sum(silent)
    pieces.append(Piece([*opening, *symbols[first:]], [*silent, *durations[first:]], begin))
    return pieces


def _ends(symbols: Sequence[str], durations: Sequence[int]) -> list[int]:
    """Give the places of the pauses that part two sentences."""
    last = max((n for n, symbol in enumerate(symbols) if symbol in PHONEME_SET), default=0)
    return [
        place
        for place, symbol in enumerate(symbols[:last])
        if symbol in SENTENCE_ENDS and durations[place] >= SHORTEST_PAUSE
    ]
