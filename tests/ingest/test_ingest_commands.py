"""Unknown LaTeX commands: unchanged from a bibliography to an export, text from anywhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.export.readers import differences
from tests.support.examples import examples
from tui.export.citekey import citation_keys
from tui.export.formats import FORMATS
from tui.ingest.corrections import CuratedCorrections
from tui.ingest.pipeline import ingest
from tui.ingest.source_file import decode_source
from tui.latex.display_text import display_text
from tui.latex.syntax import command_names
from tui.latex.unknown_commands import REFUSED
from tui.model.correction import apply_corrections
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED, Mark
from tui.model.merge_papers import merge_papers
from tui.model.paper import Paper

if TYPE_CHECKING:
    from tui.ingest.pipeline import IngestResult

KEPT = [
    r"On \enquote{weirs} of old",
    r"Mixing \ce{SO4^{2-}} and \ce{Na+ ->[slow] X_2}",
    r"At \qty[mode=text]{3}{\kilo\gram\per\second} and $\qty{2}{\nano\metre}$",
    r"See \href{https://example.org/a_b?c=d&e=%20#f}{the \textcolor{red}{page}}",
    r"Mills\footnote{Paid by \& for nobody, 5\,\% each}",
    r"\foo[opt=1]{a}{b} and \bar*{c} and \baz end",
    r"Deep \mkbibquote{\'Etude} \foreignlanguage{german}{stra\ss e}",
    r"A \textbackslash{}foo\{x\} beside \foo{x}",
]


def taken(text: str) -> IngestResult:
    return ingest([decode_source("x", text.encode())], corrections=CuratedCorrections(), at="now")


def record(title: str, abstract: str = "") -> str:
    return f"@misc{{k1,\n  title = {{{title}}},\n  abstract = {{{abstract}}},\n}}\n"


def entry_of(found: IngestResult) -> Entry:
    (paper,) = found.papers
    return Entry(paper, dict(found.marks).get(paper.id, UNTOUCHED))


def written(entry: Entry, name: str = "bibtex") -> str:
    text = "".join(FORMATS[name].write([entry], keys := citation_keys([entry])))
    assert differences(FORMATS[name], text, [entry], keys) == []
    return text


@pytest.mark.parametrize("name", ["bibtex", "biblatex"])
@pytest.mark.parametrize("latex", KEPT)
def test_commands_are_exported_unchanged(name: str, latex: str) -> None:
    entry = entry_of(taken(record(latex, latex)))
    text = written(entry, name)
    assert re.search(rf"  title\s+= {{{re.escape(latex)}}},\n", text)
    assert re.search(rf"  abstract\s+= {{{re.escape(latex)}}},\n", text)
    again = entry_of(taken(text))
    assert (again.paper.title, again.paper.abstract) == (entry.paper.title, entry.paper.abstract)
    assert written(again, name) == text


@pytest.mark.parametrize(
    ("latex", "exported"),
    [
        (r"Paid \immediate\write18{touch x} \foo{y}", r"Paid \textbackslash{}immediate\textbackslash{}write18touch x \foo{y}"),
        (r"\input{/etc/passwd} \foo{y}", r"\textbackslash{}input\{/etc/passwd\} \foo{y}"),
        (r"\foo{\openout1=x} \bar{y}", r"\textbackslash{}foo\{\textbackslash{}openout1=x\} \bar{y}"),
        (r"\foo{^^5cinput} \bar{y}", r"\textbackslash{}foo\{\textasciicircum{}\textasciicircum{}5cinput\} \bar{y}"),
        (r"\foo{a % b} \bar{y}", r"\textbackslash{}foo\{a \% b\} \bar{y}"),
        (r"\foo{a $ b} \bar{y}", r"\textbackslash{}foo\{a \$ b\} \bar{y}"),
    ],
)  # fmt: skip
def test_harmful_commands_become_text_and_are_reported(latex: str, exported: str) -> None:
    found = taken(record(latex))
    assert f"  title         = {{{exported}}},\n" in written(entry_of(found))
    refused = command_names(latex) & REFUSED
    assert all(f"the command \\{name}," in found.diagnostics[0].reason for name in refused)
    assert len(found.diagnostics) == bool(refused)


def test_a_command_outside_a_bibliography_is_text() -> None:
    title = r"On \enquote{weirs} and \foo{mills}"
    inert = r"On \textbackslash{}enquote\{weirs\} and \textbackslash{}foo\{mills\}"
    listed = Entry(Paper("0123456789", title=title, abstract=title), Mark(note=title))
    assert written(listed).count(inert) == 4  # title, key, abstract and note
    assert taken(written(listed)).papers[0].title == title.replace("{", r"\{").replace("}", r"\}")
    ris = taken(f"TY  - JOUR\nTI  - {title}\nER  - \n")
    assert inert in written(entry_of(ris))


def test_a_command_that_the_user_types_is_text_unless_the_bibliography_has_it() -> None:
    (paper,) = taken(record(r"On \enquote{weirs} and mills")).papers
    typed = apply_corrections(paper, [("title", r"On \enquote{weirs} and \foo{mills}")])
    text = written(Entry(typed, UNTOUCHED, paper))
    assert r"On \enquote{weirs} and \textbackslash{}foo\{mills\}" in text


def test_a_merged_title_keeps_the_latex_of_its_own_source() -> None:
    (cited,) = taken(record(r"On \enquote{weirs}")).papers
    listed = Paper("0123456789", title=r"On \foo{weirs}")
    assert r"On \textbackslash{}foo\{weirs\}" in written(Entry(merge_papers(listed, cited), UNTOUCHED))
    assert r"On \enquote{weirs}" in written(Entry(merge_papers(cited, listed), UNTOUCHED))
    assert r"On \enquote{weirs}" in written(Entry(merge_papers(listed._replace(title=None), cited), UNTOUCHED))


def test_a_command_with_capitals_keeps_them_in_titles() -> None:
    assert r"at {{\SI{5}{\metre}}} depth" in written(entry_of(taken(record(r"Weirs at \SI{5}{\metre} depth"))))


def test_the_screen_shows_only_the_arguments() -> None:
    (paper,) = taken(record(KEPT[3])).papers
    assert display_text(paper.title or "") == "See the page"
    for name in ("csv", "html", "markdown", "references"):
        text = "".join(FORMATS[name].write([Entry(paper, UNTOUCHED)], {paper.id: "k1"}))
        assert "See the page" in text
        assert "textcolor" not in text


_PIECES = st.sampled_from(
    [*"{}$%&#^_~\\ ab", r"\foo", r"\bar{", r"\enquote{x}", r"\input{y}", "[o]", r"\{", r"\}", "$x$", r"\ce{A_2}", r"\textbackslash{}", "é", "KV "]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
@examples(300)
def test_exports_are_valid_for_any_bibliography(text: str) -> None:
    papers = [Paper("0123456789", title=f"A {text} Z", abstract=f"A {text} Z", provenance=())]
    marked = papers[0]._replace(provenance=taken(record(r"\foo{x}", r"\foo{x}")).papers[0].provenance)
    first = written(Entry(marked, Mark(citation_key="k1")))
    assert r"\input" not in first.replace(r"\textbackslash{}input", "")
    depth = 0
    for sign in first:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
