"""A merged paper has everything that either paper had."""

from __future__ import annotations

from dataclasses import replace

from tui.model.merge_papers import merge_papers
from tui.model.paper import FieldVariant, Paper, SourceLocation
from tui.model.partial_date import PartialDate

KEPT = Paper(
    "aa", title="T", authors=("A",), authors_truncated=True, date=PartialDate(2021), links=("u",), abstract="now",
    earlier_abstracts=("old",), sources=(SourceLocation("two", 1),), provenance=(("title", SourceLocation("two", 1)),),
    aliases=("x",), added="2026-02",
)  # fmt: skip
OTHER = Paper(
    "bb", title="U", authors=("A", "B"), affiliation="mit", date=PartialDate(2020, 3), category="cs.CV",
    has_code=True, links=("u", "v"), abstract="then", earlier_abstracts=("old", "older"), eprint="1", doi="2",
    sources=(SourceLocation("one", 9),), provenance=(("title", SourceLocation("one", 9)),), aliases=("y",), added="2026-01",
)  # fmt: skip


def test_the_kept_paper_is_completed() -> None:
    assert merge_papers(KEPT, OTHER) == Paper(
        "aa", title="T", authors=("A", "B"), affiliation="mit", date=PartialDate(2020, 3), category="cs.CV",
        has_code=True, links=("u", "v"), abstract="now", earlier_abstracts=("old", "then", "older"), eprint="1",
        doi="2", sources=(SourceLocation("one", 9), SourceLocation("two", 1)),
        provenance=(("title", SourceLocation("two", 1)), ("title", SourceLocation("one", 9))), aliases=("bb", "x", "y"),
        added="2026-01", variants=(FieldVariant("title", "U", SourceLocation("one", 9)),),
    )  # fmt: skip


def test_that_a_title_is_in_latex_is_kept_only_with_this_title() -> None:
    in_latex = ("title in LaTeX", SourceLocation("one", 9))
    other = replace(OTHER, provenance=(*OTHER.provenance, in_latex))
    assert in_latex not in merge_papers(KEPT, other).provenance
    assert in_latex in merge_papers(Paper("aa"), other).provenance


def test_merging_a_paper_with_itself_changes_nothing_and_an_empty_paper_takes_all_values() -> None:
    assert merge_papers(KEPT, KEPT) == KEPT
    bare = merge_papers(Paper("aa"), OTHER)
    assert (bare.title, bare.abstract, bare.authors) == ("U", "then", ("A", "B"))
    assert bare.earlier_abstracts == ("old", "older")
