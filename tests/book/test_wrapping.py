"""Stretches of text get elements of their own, and the text and its markup stay what they were."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from narrator.book.aloud.tracing import letters, texts, trace
from narrator.book.aloud.wrapping import XHTML, Stretch, wrap
from narrator.book.xhtml import body_of, read_xhtml

PAGE = f'<html xmlns="{XHTML}"><head><title>x</title></head><body>{{}}</body></html>'


def tree(inner: str) -> etree._Element:
    root = etree.fromstring(PAGE.format(inner))
    body = body_of(root)
    return body


def said(body: etree._Element) -> str:
    return "".join(letters(text) for *_, text in texts(body))


def inside(body: etree._Element) -> str:
    written = etree.tostring(body, encoding="unicode")
    return written.partition(">")[2].removesuffix("</body>")


def stretch(*parts: range) -> Stretch:
    return Stretch(tuple(map(tuple, parts)))


@pytest.mark.parametrize(
    ("inner", "parts", "wanted"),
    [
        ("<p>One two.</p>", range(3), "<p><span>One</span> two.</p>"),
        ("<p>a <em>b c</em> d</p>", range(2), "<p><span>a <em>b</em></span><em> c</em> d</p>"),
        (
            '<p>a <em id="x">b c</em> d</p>',
            range(2, 4),
            '<p>a <em id="x">b </em><span><em>c</em> d</span></p>',
        ),
        ("<p><em>b c</em> d</p>", range(2), "<p><em><span>b c</span></em> d</p>"),
        (
            "<p>a<b><i>b</i>c</b> d</p>",
            range(2),
            "<p><span>a<b><i>b</i></b></span><b>c</b> d</p>",
        ),
        (
            '<p>a <a href="n">b</a>, <sup>1</sup> c</p>',
            range(3),
            '<p><span>a <a href="n">b</a>,</span> <sup>1</sup> c</p>',
        ),
        (
            "<p>a<!-- no --> b</p>",
            range(2),
            "<p><span>a<!-- no --> b</span></p>",
        ),
    ],
)
def test_a_stretch_becomes_one_element(inner, parts, wanted):
    body = tree(inner)
    (wrapped,) = wrap(body, [stretch(parts)])
    assert len(wrapped.whole) == 1
    assert without_leaves(inside(body)) == wanted


def without_leaves(text: str) -> str:
    """Drop the spans inside another."""
    kept = ""
    depth = 0
    for piece in re.split(r"(</?span>)", text):
        depth += (piece == "<span>") - (piece == "</span>")
        outermost = (piece == "<span>" and depth == 1) or (piece == "</span>" and depth == 0)
        kept += piece if outermost or "span>" not in piece else ""
    return kept


def test_words_stand_inside_their_sentence():
    body = tree("<p>He <em>ran fast</em> — off.</p>")
    (wrapped,) = wrap(body, [stretch(range(2), range(2, 5), range(5, 9), range(10, 14))])
    (whole,) = wrapped.whole
    assert "".join(whole.itertext()) == "He ran fast — off."
    assert ["".join(e.itertext()) for _, e in wrapped.parts] == ["He", "ran", "fast", "off."]
    assert all(whole in element.iterancestors() for _, element in wrapped.parts)


def test_what_no_element_may_hold_becomes_several():
    body = tree("<table><tr><td>Boats</td><td>Twelve</td></tr></table>")
    (wrapped,) = wrap(body, [stretch(range(11))])
    assert ["".join(element.itertext()) for element in wrapped.whole] == ["Boats", "Twelve"]
    assert [element.getparent().tag for element in wrapped.whole] == [f"{{{XHTML}}}td"] * 2


NODES = st.recursive(
    st.text("ab c", min_size=1, max_size=6),
    lambda inner: st.tuples(st.sampled_from(["em", "a", "b"]), st.lists(inner, max_size=4)),
    max_leaves=12,
)


def markup(node: object) -> str:
    if isinstance(node, str):
        return node
    assert isinstance(node, tuple)
    name, inner = node
    return f"<{name}>{''.join(map(markup, inner))}</{name}>"


@settings(max_examples=150, deadline=None)
@given(st.lists(NODES, min_size=1, max_size=6), st.data())
def test_any_stretches_of_any_inline_markup(nodes, data):
    body = tree(f"<p>{''.join(map(markup, nodes))}</p>")
    before, plain = said(body), "".join(body.itertext())
    marked = styles(body)
    bounds = sorted(data.draw(st.sets(st.integers(0, len(before)), max_size=6)))
    pairs = list(pairwise(bounds))
    wrapped = wrap(body, [stretch(range(first, last)) for first, last in pairs])
    assert "".join(body.itertext()) == plain
    assert styles(body) == marked
    for (first, last), (whole, _) in zip(pairs, wrapped, strict=True):
        assert len(whole) == 1
        assert letters("".join(whole[0].itertext())) == before[first:last]
    etree.fromstring(etree.tostring(body))


def styles(body: etree._Element) -> list[tuple[str, ...]]:
    """Give for each letter the inline elements that it stands in."""
    found = []
    for element, is_tail, text in texts(body):
        own = element.getparent() if is_tail else element
        assert own is not None
        above = [own, *own.iterancestors()]
        names = tuple(str(e.tag) for e in above if not str(e.tag).endswith("span"))
        found += [names] * len(letters(text))
    return found


@pytest.mark.parametrize(
    "content",
    [
        PAGE.format("<p>a &amp; b</p>"),
        '<!DOCTYPE html PUBLIC "x" "y">' + PAGE.format("<p>a&nbsp;&mdash; b</p>"),
        "<html><body><p>Un<b>closed <i>tags<p>and & more <br> here</body></html>",
        PAGE.format("<p>a\u00ad\u200bb</p>"),
    ],
)
def test_a_file_is_read_with_the_letters_of_its_blocks(content):
    found, blocks = trace(content.encode())
    root = read_xhtml(content.encode(), found)
    assert root is not None
    body = body_of(root)
    assert said(body) == found
    assert [place for block in blocks for place in block] == list(range(len(found)))
