"""Words that a bibliography protects from changes of case stay protected on the way in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.bibtex.tolerant_parser import parse_bibtex
from tui.export.formats import FORMATS
from tui.export.round_trip import write_and_verify
from tui.ingest.merge_records import merge_records
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.latex.case_protection import own_protection, protected_title
from tui.latex.decode import decode_latex
from tui.latex.escape import escape_title, unescape_line
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED

if TYPE_CHECKING:
    from tui.model.paper import Paper

DIALECTS = ("bibtex", "biblatex")


def paper_of(text: str) -> Paper:
    (record,) = parse_source(decode_source("x.bib", text.encode())).records
    return merge_records([record], "0123456789", (), "")


def exported(paper: Paper, dialect: str) -> str:
    text, warnings = write_and_verify(FORMATS[dialect], [Entry(paper, UNTOUCHED)], {paper.id: "k"})
    assert not [warning for warning in warnings if "differ" in str(warning)]
    return text


def title_in(text: str) -> str:
    (entry,) = parse_bibtex(text).entries
    return entry.fields["title"]


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize(
    ("latex", "written"),
    [
        (r"On {Bayesian} M{\"u}hlen", "On {Bayesian} Mühlen"),
        ("{The Moss of Reed}", "{The Moss of Reed}"),
        ("{M}oss and {R}eeds", "{M}oss and {R}eeds"),
        ("{CacheGen} in {Port Reed}", "{CacheGen} in {Port Reed}"),
        (r"{\"U}ber {Moore}", "Über {Moore}"),
        (r"The \enquote{Moss} of {Reed}", r"The \enquote{Moss} of {Reed}"),
        ("{Port} \\& {Reed} 100\\% $x_{N}$", "{Port} \\& {Reed} 100\\% $x_{N}$"),
        ("{Moss, {Reed} and Port}", "{Moss, Reed and Port}"),
    ],
)
def test_what_a_bibliography_protects_is_written_so(dialect: str, latex: str, written: str) -> None:
    paper = paper_of(f"@article{{k, title = {{{latex}}}, author = {{Fen, Bo}}, year = 2001}}")
    first = exported(paper, dialect)
    assert title_in(first) == written
    again = paper_of(first)
    assert (again.title, again.publication.extra) == (paper.title, paper.publication.extra)
    assert title_in(exported(again, dialect)) == written


@pytest.mark.parametrize(
    "latex",
    [
        "{CacheGen} in ports",
        r"\emph{Moss} in ports",
        r"The {\it Moss}",
        "a {moss} b",
        "{DNA}, {X} and $N_{A}$",
        "Moss",
    ],
)
def test_what_is_protected_anyway_is_not_kept_twice(latex: str) -> None:
    paper = paper_of(f"@article{{k, title = {{{latex}}}, year = 2001}}")
    assert paper.publication.extra == ()
    assert title_in(exported(paper, "bibtex")) == escape_title(paper.title or "")


def test_a_corrected_title_is_protected_by_our_rule() -> None:
    paper = paper_of("@article{k, title = {{The Bayesian Moss}}, author = {Fen, Bo}, year = 2001}")
    corrected = paper._replace(title="The Bayesian Moss of GANs")
    assert title_in(exported(corrected, "bibtex")) == "The Bayesian Moss of {GANs}"


def test_other_formats_have_no_braces() -> None:
    paper = paper_of("@article{k, title = {The {Bayesian} Moss}, author = {Fen, Bo}, year = 2001}")
    for name in ("csl-json", "ris"):
        text = "".join(FORMATS[name].write([Entry(paper, UNTOUCHED)], {paper.id: "k"}))
        assert "The Bayesian Moss" in text
        assert "{Bayesian}" not in text


@given(st.text(alphabet='aB {}\\"$u&', max_size=24))
def test_the_text_is_never_changed(latex: str) -> None:
    title = decode_latex(latex, groups=True).strip()
    written = protected_title(latex, title)
    if written is not None and "\\" not in title and "$" not in title:
        assert unescape_line(written) == unescape_line(title, ())
        assert own_protection(written, title) in (None, written)
