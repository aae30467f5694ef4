"""Put elements with ids around stretches of text, whatever inline markup they begin or end in.

First each stretch becomes one leaf element for each text that it runs through; then the leaves of
what belongs together are put into one element, and inline elements that it only partly covers are
divided. No letter is added, dropped or moved.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
from typing import NamedTuple

from lxml import etree

from narrator.book.aloud.tracing import letters, texts
from narrator.book.elements import BLOCKS

XHTML = "http://www.w3.org/1999/xhtml"
SPAN = f"{{{XHTML}}}span"
_DIVISIBLE = frozenset(
    f"{{{XHTML}}}{name}"
    for name in """a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark
    q s samp small span strike strong sub sup time tt u var""".split()
)
_UNFIT = frozenset(f"{{{XHTML}}}{name}" for name in (*BLOCKS, "td", "th"))


@dataclass(frozen=True)
class Stretch:
    """Text to be wrapped. parts: what becomes a leaf of its own, as places of letters, in order.

    One part: the stretch is one element. Several: each is an element inside the stretch's.
    """

    parts: tuple[tuple[int, ...], ...]


class Wrapped(NamedTuple):
    """The elements of one stretch, more than one where no single one could hold it, and of its
    parts, each with the index of the part."""

    whole: list[etree._Element]
    parts: list[tuple[int, etree._Element]]


class _Run(NamedTuple):
    """Letters of one text that make one leaf. first, last: places in the file."""

    stretch: int
    part: int
    first: int
    last: int


def wrap(body: etree._Element, stretches: Sequence[Stretch]) -> list[Wrapped]:
    """Wrap each of `stretches`, none overlapping another, and give their elements in order."""
    leaves: dict[tuple[int, int], list[etree._Element]] = {}
    owner = {
        place: (number, index)
        for number, stretch in enumerate(stretches)
        for index, part in enumerate(stretch.parts)
        for place in part
    }
    start = 0
    for element, is_tail, text in list(texts(body)):
        count = len(letters(text))
        runs = list(_runs(owner, start, count))
        if runs:
            made = _put_leaves(element, text, runs, start, tail=is_tail)
            for run, leaf in zip(runs, made, strict=True):
                leaves.setdefault((run.stretch, run.part), []).append(leaf)
        start += count
    return [_wrapped(stretch, number, leaves) for number, stretch in enumerate(stretches)]


def _wrapped(
    stretch: Stretch, number: int, leaves: dict[tuple[int, int], list[etree._Element]]
) -> Wrapped:
    parts = [
        (index, element)
        for index in range(len(stretch.parts))
        for element in _joined(leaves.get((number, index), []))
    ]
    if len(stretch.parts) == 1:
        return Wrapped([element for _, element in parts], parts)
    return Wrapped(_joined([element for _, element in parts], alone=True), parts)


def _runs(owner: dict[int, tuple[int, int]], start: int, count: int) -> Iterator[_Run]:
    """Give the stretches of one part among the letters of one text."""
    owned = ((place, owner[place]) for place in range(start, start + count) if place in owner)
    for (stretch, part), group in groupby(owned, key=lambda found: found[1]):
        places = [place for place, _ in group]
        yield _Run(stretch, part, places[0], places[-1])


def _put_leaves(
    element: etree._Element, text: str, runs: Sequence[_Run], start: int, *, tail: bool
) -> list[etree._Element]:
    """Cut one text, whose first letter is at `start`, into leaves and what stands between them."""
    at = [index for index, character in enumerate(text) if letters(character)]
    bounds = [(at[run.first - start], at[run.last - start] + 1) for run in runs]
    before = text[: bounds[0][0]]
    made = []
    for (first, end), (following, _) in zip(bounds, [*bounds[1:], (len(text), 0)], strict=True):
        leaf = etree.Element(SPAN)
        leaf.text, leaf.tail = text[first:end], text[end:following]
        made.append(leaf)
    if tail:
        parent = _parent(element)
        element.tail = before
        place = parent.index(element) + 1
    else:
        parent, place = element, 0
        element.text = before
    for offset, leaf in enumerate(made):
        parent.insert(place + offset, leaf)
    return made


def _joined(elements: Sequence[etree._Element], *, alone: bool = False) -> list[etree._Element]:
    """Put `elements` into as few as can hold them. alone: even a single one gets one around it."""
    if len(elements) == 1 and not alone:
        return list(elements)
    result = []
    for _, group in groupby(elements, key=_home):
        together = list(group)
        result += _around(together, alone=alone)
    return result


def _home(element: etree._Element) -> etree._Element:
    """The nearest element above that may not be divided."""
    return next(above for above in element.iterancestors() if above.tag not in _DIVISIBLE)


def _around(elements: Sequence[etree._Element], *, alone: bool) -> list[etree._Element]:
    if len(elements) == 1 and not alone:
        return list(elements)
    above = _common(elements)
    first, last = _lift(elements[0], above), _lift_end(elements[-1], above)
    between = _siblings(first, last)
    if any(inner.tag in _UNFIT for sibling in between for inner in sibling.iter()):
        return [found for element in elements for found in _around([element], alone=alone)]
    span = etree.Element(SPAN)
    above.insert(above.index(first), span)
    span.tail, last.tail = last.tail, None
    span.extend(between)
    return [span]


def _common(elements: Sequence[etree._Element]) -> etree._Element:
    """The lowest element that holds all of `elements`."""
    over_last = set(elements[-1].iterancestors())
    return next(above for above in elements[0].iterancestors() if above in over_last)


def _lift(element: etree._Element, above: etree._Element) -> etree._Element:
    """Divide what holds `element` in front of it, up to `above`; give the child of `above`."""
    while (parent := _parent(element)) is not above:
        if parent.index(element) or letters(parent.text):
            second = _half(parent)
            second.extend(_siblings(element, parent[-1]))
            parent = _behind(parent, second)
        element = parent
    return element


def _lift_end(element: etree._Element, above: etree._Element) -> etree._Element:
    """Divide what holds `element` behind it, up to `above`; give the child of `above`."""
    while (parent := _parent(element)) is not above:
        following = element.getnext()
        if following is not None or letters(element.tail):
            second = _half(parent)
            second.text, element.tail = element.tail, None
            if following is not None:
                second.extend(_siblings(following, parent[-1]))
            _behind(parent, second)
        element = parent
    return element


def _half(element: etree._Element) -> etree._Element:
    """An element like `element`, empty and without its id, which stays with the first half."""
    half = etree.Element(element.tag)
    for name, value in element.attrib.items():
        if name != "id":
            half.set(name, value)
    return half


def _behind(element: etree._Element, second: etree._Element) -> etree._Element:
    """Put `second` right behind `element` and before what follows that."""
    tail, element.tail = element.tail, None
    element.addnext(second)
    second.tail = tail
    return second


def _siblings(first: etree._Element, last: etree._Element) -> list[etree._Element]:
    if first is last:
        return [first]
    between = takewhile(lambda element: element is not last, first.itersiblings())
    return [first, *between, last]


def _parent(element: etree._Element) -> etree._Element:
    parent = element.getparent()
    if parent is None:
        raise AssertionError("what is wrapped stands under a body")
    return parent
