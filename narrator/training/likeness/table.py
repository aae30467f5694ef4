"""The table: speakers summed up, source by source and voice by voice."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from narrator.training import judges
from narrator.training.judges import Interval
from narrator.training.likeness.trial import Measured


class Row(NamedTuple):
    """One way to come by a voice, over the speakers of one source.

    same, different, ours: mean cosines with the clips set aside: of the speaker's other clips, of
    the other speakers' clips, of what was synthesized. normalised: 0 is another speaker, 1 is the
    speaker at another time; with its interval over speakers.
    """

    source: str
    voice: str
    speakers: int
    seconds: float
    same: float
    different: float
    ours: float
    normalised: Interval
    word_errors: float | None


def rows_of(measured: Sequence[Measured]) -> Iterator[Row]:
    """Sum up speakers, source by source: another microphone is easily told apart."""
    for source in sorted({one.source for one in measured}):
        own = [one for one in measured if one.source == source]
        for voice in own[0].made:
            cosines = np.array([_cosines(own, place, voice) for place in range(len(own))])
            same, different, ours = cosines.mean(axis=0)
            yield Row(
                source,
                voice,
                len(own),
                float(np.mean([one.seconds[voice] for one in own])),
                same,
                different,
                ours,
                normalised(cosines),
                _word_errors(own, voice),
            )


def _word_errors(own: Sequence[Measured], voice: str) -> float | None:
    judged = [one for one in own if voice in one.errors]
    words = sum(one.words for one in judged)
    return sum(one.errors[voice] for one in judged) / words if words else None


def _cosines(own: Sequence[Measured], place: int, voice: str) -> list[float]:
    one = own[place]
    others = [other.learned for number, other in enumerate(own) if number != place]
    different = np.concatenate(others or [one.learned])
    return [
        float((vectors @ one.compared.T).mean())
        for vectors in (one.learned, different, one.made[voice])
    ]


def normalised(cosines: NDArray[np.float64]) -> Interval:
    """Give (ours - different) / (same - different) with its bootstrap interval over speakers.

    cosines: (speakers, 3), same, different, ours.
    """
    count = len(cosines)
    chance = np.random.default_rng(0)
    draws = chance.integers(count, size=(judges.BOOTSTRAP_DRAWS, count))
    same, different, ours = cosines[draws].mean(axis=1).T
    low, high = np.quantile((ours - different) / (same - different), [0.025, 0.975])
    same, different, ours = cosines.mean(axis=0)
    return Interval(float((ours - different) / (same - different)), float(low), float(high))


def as_markdown(rows: Sequence[Row]) -> str:
    """Write the table."""
    lines = [
        "| source | voice | speakers | seconds given | same | different | ours | normalised "
        "| word errors |",
        "|---" * 9 + "|",
    ]
    for row in rows:
        share = f"{row.normalised.mean:.2f} ({row.normalised.low:.2f} to {row.normalised.high:.2f})"
        cells = [row.source, row.voice, str(row.speakers), f"{row.seconds:.0f}"]
        cells += [f"{cosine:.3f}" for cosine in (row.same, row.different, row.ours)]
        words = "" if row.word_errors is None else f"{row.word_errors:.3f}"
        lines.append("| " + " | ".join([*cells, share, words]) + " |")
    return "\n".join(lines) + "\n"
