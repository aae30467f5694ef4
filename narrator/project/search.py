"""Find a text in what the sentences say, and put another in its place."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from narrator.project.model import Found


def find(
    texts: Iterable[tuple[int, str]], wanted: str, *, match_case: bool, whole_words: bool
) -> Iterator[Found]:
    """Give each place of `wanted` in `texts` (id of the sentence, what it says), in order."""
    if not wanted:
        return
    pattern = re.escape(wanted)
    if whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    search = re.compile(pattern, 0 if match_case else re.IGNORECASE).finditer
    for sentence, text in texts:
        for hit in search(text):
            yield Found(sentence, *hit.span())


def by_sentence(found: Iterable[Found]) -> dict[int, list[Found]]:
    """Sort what was found by sentence."""
    ordered = sorted(set(found))
    return {sentence: [*hits] for sentence, hits in groupby(ordered, lambda hit: hit.sentence)}


def replaced(text: str, found: Sequence[Found], by: str) -> str:
    """Put `by` in place of what was found in `text`; what is not there any more is left."""
    parts: list[str] = []
    start = 0
    for hit in found:
        if start <= hit.start < hit.end <= len(text):
            parts += [text[start : hit.start], by]
            start = hit.end
    return "".join([*parts, text[start:]])
