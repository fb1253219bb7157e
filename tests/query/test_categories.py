"""Categories in which a paper is cross-listed: found, counted and excluded like the primary one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.query.conftest import TODAY, Shelf
from tui.model.entry import Entry
from tui.model.mark import UNTOUCHED
from tui.model.paper import Paper
from tui.model.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Sequence

# Primary category, and keywords.
PAPERS: dict[str, tuple[str | None, tuple[str, ...]]] = {
    "looks": ("cs.LG", ("cs.CV", "physics.optics")),
    "sees": ("cs.CV", ("nets",)),
    "named": ("cs.RO", ("Computer Science - Robotics", "Computer Science - Machine Learning")),
    "only": (None, ("hep-th",)),
    "none": (None, ("vision",)),
}


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(
        Entry(Paper(name, title=name, category=category, publication=Publication(keywords=keywords)), UNTOUCHED)
        for name, (category, keywords) in PAPERS.items()
    )


def found(shelf: Shelf, query: str) -> Sequence[str]:
    return sorted(shelf.search.find(query, today=TODAY).ids)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("cat:cs.CV", ["looks", "sees"]),
        ("cat:CV", ["looks", "sees"]),
        ("cat:LG", ["looks", "named"]),
        ("cat:physics", ["looks"]),
        ("cat:optics", ["looks"]),
        ("cat:cs.RO", ["named"]),
        ("cat:cs.LG cat:cs.CV", ["looks"]),
        ("cat:cs.RO,hep-th", ["named", "only"]),
        ("-cat:cs.CV", ["named", "none", "only"]),
        ("cat:nets", []),
        ("has:cat", ["looks", "named", "only", "sees"]),
        ("no:cat", ["none"]),
    ],
)
def test_a_query_finds_cross_listed_papers(shelf: Shelf, query: str, names: Sequence[str]) -> None:
    assert found(shelf, query) == names


@pytest.mark.parametrize("query", ["", "looks", "cat:LG", "-cat:cs.CV"])
def test_the_counts_of_the_filter_pane_are_those_of_the_queries(shelf: Shelf, query: str) -> None:
    [facet] = [each for each in shelf.search.facets(shelf.search.find(query, today=TODAY)) if each.field == "cat"]
    assert {value.value for value in facet.values} == {"cs.CV", "cs.LG", "cs.RO", "hep-th", "physics.optics"}
    if "cat:" not in query:
        for value in facet.values:
            assert value.count == len(found(shelf, f"{query} cat:{value.value}")), value
