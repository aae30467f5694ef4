"""What of a page is text, what is a heading, and what is told apart to be left out."""

import pytest

from narrator.book.markup import read_markup
from narrator.book.page import Block, Kind


def blocks(body: str) -> tuple[Block, ...]:
    return read_markup(f"<html><body>{body}</body></html>".encode()).blocks


def spoken(body: str) -> list[str]:
    return [block.text for block in blocks(body) if block.kind.spoken]


def left(body: str) -> list[tuple[str, Kind]]:
    return [(block.text, block.kind) for block in blocks(body) if not block.kind.spoken]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One <b>b<i>o</i>ld</b> word</p>", ["One bold word"]),
        ("bare<p>text</p>tail", ["bare", "text", "tail"]),
        ("<div>a<div>b</div>c</div>", ["a", "b", "c"]),
        ("<p>a\n\t b&nbsp;c&#8212;d&eacute;</p>", ["a b c—dé"]),
        ("<ol><li>one<li>two<ul><li>three</ul></ol>", ["one", "two", "three"]),
        ("<table><tr><th>Name<th>Age<tr><td>Ida<td>12</table>", ["Name, Age", "Ida, 12"]),
        ("<p>line<br/>line</p>", ["line line"]),
        ("<dl><dt>tern</dt><dd>a bird</dd></dl>", ["tern", "a bird"]),
        ("<figure><img alt='A tower'/><figcaption>The tower</figcaption></figure>", ["The tower"]),
        ("<p><img alt='O'/>nce upon</p>", ["Once upon"]),
        ("<h1>CHAPTER I<br/>The Storm</h1>", ["CHAPTER I", "The Storm"]),
        ("<h1>The Long<br/>Road</h1>", ["The Long Road"]),
        ("<p><ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby></p>", ["漢"]),
        ("<p>so&shy;ft hy&#8203;phen</p>", ["soft hyphen"]),
        ("<p>a</p><script>x()</script><style>p{}</style><p hidden='hidden'>h</p>b", ["a", "b"]),
        ("<p>so\u00adft hy\u200bphen</p>", ["soft hyphen"]),
        ("<p>x<a id='y'/> y</p><![CDATA[ 1 < 2 ]]>", ["x y", "1 < 2"]),
        ("<p>&unknown; a &amp; b &lt;c&gt;</p>", ["a & b <c>"]),
    ],
)
def test_the_text_of_a_page_is_read_as_a_reader_sees_it(body, expected):
    assert spoken(body) == expected


@pytest.mark.parametrize(
    "mark",
    [
        '<a epub:type="noteref" href="#n">1</a>',
        '<a role="doc-noteref" href="#n">*</a>',
        '<sup><a href="#n">12</a></sup>',
        '<a href="#n"><sup>a</sup></a>',
        '<a href="#n">[3]</a>',
        '<a class="footnote-ref" href="#n">iv</a>',
        '<a class="fnanchor" href="#n">†</a>',
    ],
)
def test_a_note_mark_is_told_apart_and_its_note_is_known(mark):
    page = read_markup(f"<p>The king{mark} came.</p>")
    assert page.blocks[0].text == "The king came."
    assert page.blocks[1].kind is Kind.NOTE_MARK
    assert page.note_targets == {"#n"}


def test_a_link_in_the_text_is_text():
    assert spoken('<p>See <a href="#c2">chapter 2</a> and 10<sup>2</sup>.</p>') == [
        "See chapter 2 and 102."
    ]


@pytest.mark.parametrize(
    "note",
    [
        '<aside epub:type="footnote"><p>A note.</p></aside>',
        '<div role="doc-endnotes"><ol><li>A note.</li></ol></div>',
        '<p class="footnote">A note.</p>',
        '<section epub:type="rearnotes"><p>A note.</p></section>',
    ],
)
def test_a_note_is_told_apart(note):
    assert left(f"<p>Text.</p>{note}") == [("A note.", Kind.NOTE)]
    assert spoken(f"<p>Text.</p>{note}") == ["Text."]


@pytest.mark.parametrize(
    "number",
    [
        '<span epub:type="pagebreak" id="p7">7</span>',
        '<span role="doc-pagebreak">7</span>',
        '<span class="pagenum">7</span>',
        '<a class="page-number">7</a>',
    ],
)
def test_a_page_number_in_a_sentence_is_told_apart(number):
    assert spoken(f"<p>to{number}gether</p>") == ["together"]
    assert left(f"<p>to{number}gether</p>") == [("7", Kind.PAGE_NUMBER)]


def test_pictures_and_formulas_are_told_apart():
    body = '<p>As <math><mi>x</mi></math> shows: <img alt="a long curve"/></p>'
    assert left(body) == [("x", Kind.FORMULA), ("a long curve", Kind.PICTURE)]


def test_an_anchor_stands_at_the_block_it_is_in():
    page = read_markup(
        '<p id="a">1</p><a id="b"></a><p>2 <i id="c">x</i></p><h2 id="d">3</h2><a id="e"/>'
    )
    assert page.anchors == {"a": 0, "b": 1, "c": 1, "d": 2, "e": 3}


@pytest.mark.parametrize("tag", ["div", "span", "blockquote"])
def test_nesting_without_end_loses_no_text(tag):
    page = read_markup(f"<p>first</p>{f'<{tag}>' * 100_000}deep")
    assert " ".join(block.text for block in page.blocks).split() == ["first", "deep"]
    assert "nested too deeply" in page.warning


def test_a_paragraph_without_end_is_cut_between_words():
    page = read_markup("<p>" + "word " * 100_000 + "</p>")
    assert [len(block.text) <= 100_000 for block in page.blocks] == [True] * 5
    assert sum(len(block.text.split()) for block in page.blocks) == 100_000


BOMB = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def test_entities_that_a_file_defines_are_never_expanded():
    page = read_markup(f'<!DOCTYPE html [<!ENTITY l0 "lol">{BOMB}]><p>a &l11; b</p>')
    assert [block.text for block in page.blocks] == ["a b"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<?xml version='1.0' encoding='utf-16'?><p>naïve</p>".encode("utf-16"), "naïve"),
        (
            "<p>naïve plain text, and more of it</p>".encode("utf-16-le"),
            "naïve plain text, and more of it",
        ),
        ("<?xml version='1.0' encoding='iso-8859-2'?><p>Łódź</p>".encode("iso-8859-2"), "Łódź"),
        ("<meta charset='windows-1251'><p>Анна</p>".encode("cp1251"), "Анна"),
        ("<?xml version='1.0' encoding='utf-8'?><p>“naïve”</p>".encode("cp1252"), "“naïve”"),
        (b"<?xml version='1.0' encoding='utf-7'?><p>na+AO8-ve</p>", "na+AO8-ve"),
        ("<?xml version='1.0' encoding='nonsense'?><p>naïve</p>".encode(), "naïve"),
        ("\ufeff<p>naïve</p>".encode(), "naïve"),
        (b"<p>a\0b\x01c</p>", "abc"),
    ],
)
def test_the_encoding_is_found_whatever_the_file_says(content, expected):
    assert [block.text for block in read_markup(content).blocks] == [expected]
