"""Markup of the web becomes text, and what only looks like it stays."""

from __future__ import annotations

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.text.markup import line_without_markup, without_entities, without_markup

MML = "http://www.w3.org/1998/Math/MathML"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<i>B. cereus</i> in CO<sub>2</sub> &amp; SO<sub>2</sub>", "B. cereus in CO2 & SO2"),
        ("Fast <EM>in situ</EM> <span class=\"nocase\">nm</span> scans", "Fast in situ nm scans"),
        ("&lt;b&gt;Bold&lt;/b&gt; &#8212; a&#x2019;s &rarr; b &gt; 3&nbsp;cm", "Bold — a’s → b > 3 cm"),
        ("Caf&amp;eacute; &amp;amp; Bar &amp;#233;", "Café & Bar é"),
        ("10<sup>5</sup> cells and <sup>13</sup>C, <i>x<sup>th</sup></i>", "10⁵ cells and 13C, xth"),
        ("<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two <jats:italic>z</jats:italic>.</jats:p>", "One.\n\nTwo z."),
        ("<p>One <b>bold</b> &lt; two.</p><p>Two.</p>", "One bold < two.\n\nTwo."),
        ("One.<br/>Two.<br>Three.", "One.\nTwo.\nThree."),
        (f"Of <mml:math xmlns:mml=\"{MML}\" alttext=\"a\"><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math> size", "Of x² size"),
        ("<math><mfrac><mrow><mi>a</mi><mo>+</mo><mn>1</mn></mrow><mi>b</mi></mfrac></math>", "(a+1)/b"),
        ("<math><munder><mi>lim</mi><mi>x</mi></munder><mover><mi>b</mi><mn>2</mn></mover></math>", "limₓb²"),
        ("<math><munderover><mi>S</mi><mn>0</mn><mi>n</mi></munderover></math>", "S0ⁿ"),
        ("<math><msubsup><mi>S</mi><mi>i</mi><mn>2</mn></msubsup></math>", "Sᵢ²"),
        ("<math><msub><mi>NO</mi><mn>2</mn></msub><msqrt><mi>n</mi></msqrt></math>", "NO2√n"),
        ("<math><semantics><mi>E</mi><annotation>E=E</annotation></semantics></math>", "E"),
        ("<jats:alternatives><jats:tex-math>$m$</jats:tex-math><mml:math><mml:mi>m</mml:mi></mml:math></jats:alternatives>", "m"),
        (r"$<$i$>$Apis$<$/i$>$ and $\less$sub$\greater$2$\less$/sub$\greater$", "Apis and 2"),
        ("<![CDATA[Raw <i>x</i>]]> end<!-- no -->", "Raw x end"),
        ("<jats:italic>never closed", "never closed"),
    ],
)  # fmt: skip
def test_markup_becomes_text(text: str, plain: str) -> None:
    assert without_markup(text) == plain
    assert without_markup(plain) == plain


@pytest.mark.parametrize(
    "text",
    [
        "a < b and c > d", "p<q and r>s", "if a <b and c> d", "Vec<u8> and map<int>", "The <div> element of HTML", "x <- y -> z", "<E> and <T>",
        "AT&T; R&D", "Q & A", "&unknown; &", "$a<b$ and $c>d$", "$<$ than", "mail <a@b.org>", "1 < 2 </ 3", "<", "<<>>", "</i>", "<b",
    ],
)  # fmt: skip
def test_text_that_is_not_markup_stays(text: str) -> None:
    assert without_markup(text) == text
    assert line_without_markup(text) == text


def test_a_line_stays_one_line() -> None:
    assert line_without_markup("<p>On  <b>Weirs</b></p><p>Again</p>") == "On Weirs Again"


def test_only_common_entities_are_decoded_twice() -> None:
    assert without_entities("a&amp;amp;b &amp;lt; c &amp;eacute;t&amp;eacute;") == "a&b < c été"
    assert without_entities("write &amp;copy; for &copy;") == "write &copy; for ©"


def test_in_a_url_only_entities_are_decoded() -> None:
    assert without_entities("10.5555/(X)1&lt;2::A&gt;3.0;2-B?a=1&amp;b=<i>") == "10.5555/(X)1<2::A>3.0;2-B?a=1&b=<i>"


_PIECES = st.sampled_from(
    ["<i>", "</i>", "<p>", "</p>", "<mml:mi>", "</mml:mi>", "<msup>", "</msup>", "<br/>", "<", ">", "&amp;", "&lt;", "a", " ", "$<$", "<!--", "-->"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
@examples(300)
def test_any_text_keeps_its_letters(text: str) -> None:
    shown = without_markup(f"{text} Z9")
    assert shown.endswith("Z9")
    if "<!--" not in text:
        # A superscript a is an a, too.
        assert normalize("NFKC", shown).count("a") >= text.replace("&amp;", "").count("a")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<msup>a</msup>", "a"),
        ("<msup>a<mn>2</mn></msup>", "a²"),
        ("<mfrac>a<mi>b</mi></mfrac>", "a/b"),
        ("<msqrt>a</msqrt>", "√a"),
        ("<mfenced>a</mfenced>", "(a)"),
        ("<mrow>a <mo>+</mo> b</mrow>", "a+b"),
        ("<msup> <mi>x</mi> <mn>2</mn> </msup>", "x²"),
    ],
)
def test_text_outside_the_elements_of_a_formula_is_kept(text: str, shown: str) -> None:
    assert without_markup(text) == shown


@pytest.mark.parametrize(
    "piece",
    ["<b>", "<b>x</b>", "</b>", "<mml:mrow>", "&lt;", "<b ", "<b a=", "<!-- >", "<b  a  ", "<![CDATA[>", "$<$"],
)
def test_long_texts_are_converted_in_time(piece: str) -> None:
    assert without_markup(piece * 30_000 + " Z9").endswith("Z9")
