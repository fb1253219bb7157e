from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.latex import escape
from tui.text import cleanup

LINES = [
    ("50% & more_x #1 $5", r"50\% \& more\_x \#1 \$5"),
    ("~ ^ \\ end", r"\textasciitilde{} \textasciicircum{} \textbackslash{} end"),
    (r"95\% \& \_ \# \$ done", r"95\% \& \_ \# \$ done"),
    (r"$\alpha_s$ and \(x^2\) and $$y$$", r"$\alpha_s$ and \(x^2\) and $$y$$"),
    ("costs $5 and $10", r"costs \$5 and \$10"),
    ("a lone $x", r"a lone \$x"),
    (r"$50%$", r"\$50\%\$"),
    (r'\emph{this} Schr\"{o}dinger', r'\emph{this} Schr\"{o}dinger'),
    (r"\ss{} {\it vs.} \c{c} \c c", r"\ss{} {\it vs.} \c{c} \c c"),
    (r"\foo \alpha \emph \v", r"\textbackslash{}foo \textbackslash{}alpha \textbackslash{}emph \textbackslash{}v"),
    (r"\input{/etc/passwd}", r"\textbackslash{}input\{/etc/passwd\}"),
    (r"\write18{rm} \immediate", r"\textbackslash{}write18{rm} \textbackslash{}immediate"),
    (r"\catcode`\@=11", r"\textbackslash{}catcode`\textbackslash{}@=11"),
    (r"$\input{x}$", r"\$\textbackslash{}input\{x\}\$"),
    (r"$\left\{x\right.$", r"\$\textbackslash{}left\textbraceleft{}x\textbackslash{}right.\$"),
    (r"$^^5cinput{x}$", r"\$\textasciicircum{}\textasciicircum{}5cinput{x}\$"),
    ("keep {this} group", "keep {this} group"),
    ("X}} {", r"X\textbraceright{}\textbraceright{} \textbraceleft{}"),
    (r"\{a\}", r"\{a\}"),
    (r"\{a {b\} c} \{d {e} f\}", r"\textbraceleft{}a {b\textbraceright{} c} \{d {e} f\}"),
    ("two\r\nlines\u2028and\ttabs \x00\x07", "two lines and tabs"),
    ("lone \ud800 surrogate", "lone \ufffd surrogate"),
    ("é 王 עברית 😀", "é 王 עברית 😀"),
]  # fmt: skip
TITLES = [
    ("CacheGen: KV Cache Compression", "{CacheGen}: {KV} Cache Compression"),
    ("A Text-to-Image Model", "A Text-to-Image Model"),
    ("Mip-NeRF, U-Net and Q-learning", "{Mip-NeRF}, {U-Net} and {Q-learning}"),
    ("3D and I2I for SeiT++", "{3D} and {I2I} for {SeiT}++"),
    ("Already {KV} and {\\it CacheGen}", "Already {KV} and {\\it CacheGen}"),
    ("$\\mathcal{KV}$-GNN", "$\\mathcal{KV}$-{GNN}"),
    ("Die Straße ÜBER", "Die Straße {ÜBER}"),
    ("I am A", "{I} am A"),
]


@pytest.mark.parametrize(("text", "escaped"), LINES)
def test_a_line_is_escaped_once(text: str, escaped: str) -> None:
    assert escape.escape_line(text) == escaped
    assert escape.escape_line(escaped) == escaped


@pytest.mark.parametrize(("text", "escaped"), TITLES)
def test_words_with_inner_capitals_are_braced(text: str, escaped: str) -> None:
    assert escape.escape_title(text) == escaped


def test_empty_lines_become_par_and_are_restored() -> None:
    text = "\n\na & b\n  - c\n\n\n\\par\n@article{x, y}\n"
    written = "a \\& b\n  - c\n\\par\n\\par\n\\textbackslash{}par\n{@}article{x, y}"
    assert escape.escape_block(text) == written
    assert escape.unescape_block(written) == escape.unescape_lines(text) == "a & b\n  - c\n\n\n\\par\n@articlex, y"
    assert escape.escape_block(" \n \n") == ""


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://x.y/a_b?c=%20&d#e~f", "https://x.y/a_b?c=%20&d#e~f"),
        ("https://x.y/{a}", "https://x.y/{a}"),
        ("https://x.y/}a{ \\b", "https://x.y/%7Da%7B%20%5Cb"),
        ("10.1/\na\x00{", "10.1/%20a%7B"),
    ],
)
def test_addresses_are_not_escaped(address: str, written: str) -> None:
    assert escape.escape_verbatim(address) == written


PIECES = st.sampled_from(
    [
        *"{}\\$%~^_&#@aB \n3'\"",
        *("\n\n", r"\emph{", r"\emph", r"\"", r"\"{o}", r"\{", r"\}", r"\(", r"\)", r"\c ", r"\ss", r"\it ", r"\par"),
        *(r"\textbackslash", r"\textbackslash{}", "{}", r"\alpha", "$x$", r"\input{", "\ud800", "\x00", "é"),
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
@examples(500)
def test_for_every_text_braces_are_balanced_and_the_meaning_is_kept(text: str) -> None:
    for written in (
        escape.escape_line(text),
        escape.escape_title(text),
        escape.escape_block(text),
        escape.escape_verbatim(text),
    ):
        depth = 0
        for sign in written:
            depth += (sign == "{") - (sign == "}")
            assert depth >= 0
        assert depth == 0
        assert not cleanup.has_control_characters(written)
    assert escape.unescape_line(escape.escape_line(text)) == escape.unescape_line(cleanup.clean_line(text), ())
    assert escape.unescape_line(escape.escape_title(text)) == escape.unescape_line(cleanup.clean_line(text), ())
    assert escape.unescape_block(escape.escape_block(text)) == escape.unescape_lines(text)
    assert escape.escape_line(escape.escape_line(text)) == escape.escape_line(text)


@pytest.mark.parametrize("piece", ["{", "}", "$a", r"\(", r"\emph{", "\\", "{x}"])
def test_long_texts_end(piece: str) -> None:
    text = piece * 20_000
    assert len(escape.escape_line(text)) >= len(text)


def test_deep_nesting_is_limited_to_what_parsers_accept() -> None:
    written = escape.escape_line("{" * 500 + "x" + "}" * 500)
    assert written.startswith("{" * 20 + r"\{")
    assert written.endswith(r"\}" + "}" * 20)


def test_braces_of_a_note_are_printed() -> None:
    assert escape.escape_note("{a} } $x_{1}$ {") == r"\{a\} \textbraceright{} $x_{1}$ \textbraceleft{}"


def test_no_line_begins_like_an_entry_or_a_field() -> None:
    text = "x = 1\ny.z = 2\n@misc{a,\n\nw=3 of $a\nb = 4$\n1 = 5"
    for treat in (escape.escape_block, escape.escape_note):
        written = treat(text)
        assert not re.search(r"(?<=\n)\s*(@|(?!b)[a-z.]+\s*=)", written)
        assert escape.unescape_block(written) == text


@pytest.mark.parametrize("text", ["\\(a\\\\)", "\\[\\\\]", "$x$ \\(\\\\)"])
def test_a_formula_that_ends_in_a_backslash_is_read_as_text(text: str) -> None:
    assert escape.unescape_line(text) == text
    assert escape.unescape_line(escape.escape_line(text)) == escape.unescape_line(text, ())
