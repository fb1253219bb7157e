"""The keys that documents cite, in the notations of LaTeX, biber and pandoc."""

from __future__ import annotations

import pytest

from tui.export.cited_keys import (
    READERS,
    Included,
    citations_in_aux,
    citations_in_bcf,
    citations_in_markdown,
    citations_in_tex,
)

BCF = """<?xml version="1.0" encoding="UTF-8"?>
<bcf:controlfile version="3.9" xmlns:bcf="https://sourceforge.net/projects/biblatex">
  <bcf:section number="0">
    <bcf:citekey order="1" intorder="1">müller:2020</bcf:citekey>
    <bcf:citekey order="2" intorder="1" nocite="1">%s</bcf:citekey>
    <bcf:citekey order="3" type="set" members="a,b">both</bcf:citekey>
    <bcf:citekey order="4">R&amp;D</bcf:citekey>
  </bcf:section>
</bcf:controlfile>
"""


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("\\relax\n\\citation{b}\n\\citation{a,c}\n\\bibdata{refs}\n\\bibcite{b}{1}", ("b", "a", "c")),
        ("\\citation{*}", ("*",)),
        ("\\abx@aux@cite{0}{a}\n\\abx@aux@segm{0}{0}{a}\n\\abx@aux@nociteall\n\\abx@aux@cite{b}", ("a", "*", "b")),
        ("\\citation{biblatex-control}\\citation{REV@NO}\\citation{apsrev42Control}\\citation{achemso-control}", ()),
        ("\\citation{DBLP:conf/nips/Liu20}\\citation{ a , b }", ("DBLP:conf/nips/Liu20", "a", "b")),
    ],
)
def test_an_aux_file(text: str, keys: tuple[str, ...]) -> None:
    assert citations_in_aux(text) == keys


def test_the_aux_files_of_chapters_are_named() -> None:
    assert citations_in_aux("\\citation{a}\n\\@input{one.aux}\n\\citation{b}") == ("a", Included("one.aux"), "b")


def test_a_control_file_of_biber() -> None:
    assert citations_in_bcf(BCF % "*") == ("müller:2020", "*", "a", "b", "both", "R&D")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<a>",
        "no XML",
        '<!DOCTYPE a><bcf:x xmlns:bcf="u"/>',
        '<!DOCTYPE a [<!ENTITY k "x">]><a><citekey>&k;</citekey></a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    ],
)
def test_a_control_file_that_biblatex_did_not_write_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        citations_in_bcf(text)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("\\cite{a} \\citep[see][p.~3]{b,c} \\citet*{d} \\Citeauthor{e}", ("a", "b", "c", "d", "e")),
        ("\\textcites(see)()[p.~1]{a}[2]{b}{c} {d}", ("a", "b", "c", "d")),
        ("\\cite{a} {no key} \\footfullcite{b}", ("a", "b")),
        ("\\nocite{*}", ("*",)),
        ("\\cite[{a [bracket]}]{b}", ("b",)),
        ("% \\cite{no}\n50\\% \\cite{a} % \\cite{no}\n\\\\% \\cite{no}", ("a",)),
        ("\\verb|\\cite{no}| \\begin{verbatim}\\cite{no}\\end{verbatim}\\cite{a}", ("a",)),
        ("\\citestyle{authoryear}\\setcitestyle{square}\\citetext{see}\\DeclareCiteCommand{\\x}{}\\newcites{new}{More}", ()),
        ("\\newcommand{\\mycite}[1]{\\cite{#1}}\\mycite{a}", ("a",)),
        ("\\cite\n{a,\n  b}", ("a", "b")),
        ("\\bibentry{a} \\excited \\cite", ("a",)),
    ],
)  # fmt: skip
def test_a_source_of_latex(text: str, keys: tuple[str, ...]) -> None:
    assert citations_in_tex(text) == keys


def test_the_sources_of_chapters_are_named() -> None:
    text = "\\include{one}\\input{ch/two.tex}\\input three\n% \\input{no}\n\\subfile{four}"
    assert citations_in_tex(text) == tuple(map(Included, ("one", "ch/two.tex", "three", "four")))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("[@a] [see @b, p. 3; -@c] @d says", ("a", "b", "c", "d")),
        ("[@{a.b/c:}; @DBLP:conf/nips/Liu20].", ("a.b/c:", "DBLP:conf/nips/Liu20")),
        ("write to me@b.org, \\@x, https://x.y/@z", ()),
        ("@a, @b. (@c) @d: @e?", ("a", "b", "c", "d", "e")),
        ("`@no`\n\n```\n@no\n```\n\n~~~ r\n@no\n~~~\n@a ``x ` @no``", ("a",)),
        ("three: ```@no ``@a``", ("a",)),
        ("nocite: |\n  @a, @b", ("a", "b")),
        ("nocite: '@*'", ("*",)),
        ("@fig-one @tbl:two @sec-x @figaro2020", ("figaro2020",)),
        ("\\citep{a} and [@b]", ("a", "b")),
    ],
)
def test_a_source_of_markdown(text: str, keys: tuple[str, ...]) -> None:
    assert citations_in_markdown(text) == keys


@pytest.mark.parametrize("reader", [READERS[kind] for kind in (".aux", ".tex", ".md")])
@pytest.mark.parametrize(
    "piece", ["\\cite[", "\\cites[x]", "\\begin{verbatim}", "@{", "`", "```\n", "\\verb", "%", "[(", "@a."]
)
def test_long_malformed_texts_are_read_quickly(reader: object, piece: str) -> None:
    assert reader(piece * 20_000) is not None  # type: ignore[operator]
