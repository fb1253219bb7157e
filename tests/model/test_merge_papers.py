"""A merged paper has everything that either paper had."""

from __future__ import annotations

from functools import reduce
from itertools import permutations

import pytest

from tui.model.merge_papers import merge_papers
from tui.model.paper import FieldVariant, Paper, SourceLocation
from tui.model.partial_date import PartialDate
from tui.model.publication import Publication

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
        provenance=(("title", SourceLocation("two", 1)),), aliases=("bb", "x", "y"),
        added="2026-01", variants=(FieldVariant("title", "U", SourceLocation("one", 9)),),
    )  # fmt: skip


def test_that_a_title_is_in_latex_is_kept_only_with_this_title() -> None:
    in_latex = ("title in LaTeX", SourceLocation("one", 9))
    other = OTHER._replace(provenance=(*OTHER.provenance, in_latex))
    assert in_latex not in merge_papers(KEPT, other).provenance
    assert in_latex in merge_papers(Paper("aa"), other).provenance


def test_merging_a_paper_with_itself_changes_nothing_and_an_empty_paper_takes_all_values() -> None:
    assert merge_papers(KEPT, KEPT) == KEPT
    bare = merge_papers(Paper("aa"), OTHER)
    assert (bare.title, bare.abstract, bare.authors) == ("U", "then", ("A", "B"))
    assert bare.earlier_abstracts == ("old", "older")


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_year_and_venue_are_of_one_publication_in_every_order(order: tuple[int, ...]) -> None:
    preprint = Paper("aa", title="T", date=PartialDate(2022, 3, 4), provenance=(("date", SourceLocation("one", 1)),))
    talk = Publication(type="paper-conference", container_title="Symposium on Light", pages="1-2")
    journal = Publication(type="article-journal", container_title="Light Letters", volume="3", pages="7-9")
    papers = [
        preprint,
        Paper("bb", date=PartialDate(2023, 6), publication=talk, provenance=(("date", SourceLocation("two", 1)),)),
        Paper("cc", date=PartialDate(2024), publication=journal, provenance=(("date", SourceLocation("three", 1)),)),
    ]
    paper = reduce(merge_papers, [papers[index] for index in order])
    assert (paper.publication, paper.date) == (journal, PartialDate(2024))
    assert paper.provenance == (("date", SourceLocation("three", 1)),)
    assert {(variant.field, variant.value) for variant in paper.variants} >= {
        ("date", "2022-03-04"),
        ("date", "2023-06"),
    }
