"""Braces in titles of CSL-JSON, which are text and no groups."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.export.formats import FORMATS
from tui.ingest.merge_records import merge_records
from tui.ingest.parse_source import parse_source
from tui.ingest.source_file import decode_source
from tui.latex.display_text import display_text
from tui.latex.literal_braces import escape_braces, unescape_braces
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED

if TYPE_CHECKING:
    from tui.model.paper import Paper


def paper_of(text: str, name: str) -> Paper:
    (record,) = parse_source(decode_source(name, text.encode())).records
    return merge_records([record], "0123456789", (), "")


def exported(paper: Paper, name: str) -> str:
    return "".join(FORMATS[name].write([Entry(paper, UNTOUCHED)], {paper.id: "k"}))


@pytest.mark.parametrize(
    ("title", "bibtex"),
    [
        ("a {b} c", r"a \{b\} c"),
        ("The set {x | x > 0} and <i>moss</i>", r"The set \{x | x > 0\} and moss"),
        ("Sets { and more", r"Sets \textbraceleft{} and more"),
        ("Sets } and more", r"Sets \textbraceright{} and more"),
        ("Reeds of $x_{1}$ and {y}", r"Reeds of $x_{1}$ and \{y\}"),
    ],
)
def test_braces_in_a_title_are_printed(title: str, bibtex: str) -> None:
    text = json.dumps(
        [{"id": "k", "type": "article-journal", "title": title, "author": [{"family": "Fen", "given": "Bo"}]}]
    )
    shown = title.replace("<i>", "").replace("</i>", "")
    paper = paper_of(text, "x.json")
    assert display_text(paper.title or "") == shown.replace("$x_{1}$", "x₁")
    assert f"= {{{bibtex}}}," in exported(paper, "bibtex")
    again = paper_of(exported(paper, "bibtex"), "x.bib")
    assert again.title == paper.title
    csl = exported(paper, "csl-json")
    assert json.loads(csl)[0]["title"] == shown
    assert paper_of(csl, "x.json").title == paper.title


def test_a_title_with_commands_has_groups() -> None:
    text = json.dumps([{"id": "k", "type": "book", "title": r"The \emph{moss} {Book}"}])
    assert paper_of(text, "x.json").title == r"The \emph{moss} {Book}"


@given(st.text(alphabet="ab {}$_^\\x", max_size=20))
def test_escaping_can_be_undone(text: str) -> None:
    escaped = escape_braces(text)
    assert unescape_braces(escaped) == text or escaped == text
    assert escape_braces(unescape_braces(escaped)) in (escaped, unescape_braces(escaped))
