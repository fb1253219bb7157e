"""Queries for where and how papers were published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.query.conftest import TODAY, Shelf
from tui.model.entry import Entry
from tui.model.mark import Mark
from tui.model.paper import Paper
from tui.model.publication import Publication

if TYPE_CHECKING:
    from collections.abc import Sequence

PAPERS = {
    "article": Publication(
        type="article-journal", container_title="Cell Tides", publisher="Wave Press", pmid="42248140", pmcid="PMC123"
    ),
    "talk": Publication(
        type="paper-conference", container_title="Advances in Neural Tides 33", event_title="NeurTides 2020"
    ),
    "book": Publication(type="book", publisher="Rope Press", isbn=("978-3-16-148410-0",)),
    "thesis": Publication(type="thesis", genre="PhD thesis", institution="University of Waves"),
    "preprint": Publication(type="article"),
    "other": Publication(type="article-journal", container_title="Cell Tides", isbn=("0-306-40615-2",)),
    "none": Publication(),
}
KEYS = {"article": "DBLP:conf/nips/LiuB20", "talk": "Aad:2012tfa", "book": "2031A&A...987A..65X"}


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    return Shelf(
        Entry(Paper(name, title=f"About {name}", publication=publication), Mark(citation_key=KEYS.get(name)))
        for name, publication in PAPERS.items()
    )


def _found(shelf: Shelf, query: str) -> Sequence[str]:
    return sorted(shelf.search.find(query, today=TODAY).ids)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("venue:tides", ["article", "other", "talk"]),
        ('venue:="Cell Tides"', ["article", "other"]),
        ("venue:NeurTides", ["talk"]),
        ("has:venue", ["article", "other", "talk"]),
        ("no:venue -type:book", ["none", "preprint", "thesis"]),
        ("type:book", ["book"]),
        ("type:thesis", ["thesis"]),
        ("type:phdthesis", ["thesis"]),
        ('type:"conference paper"', ["talk"]),
        ("type:inproceedings", ["talk"]),
        ("type:preprint", ["preprint"]),
        ("type:article-journal", ["article", "other"]),
        ('type:"journal article"', ["article", "other"]),
        ("type:misc", []),
        ("publisher:press", ["article", "book"]),
        ("publisher:waves", ["thesis"]),
        ("isbn:9783161484100", ["book"]),
        ("isbn:978-3-16-148410-0", ["book"]),
        ("isbn:3-16-148410-X", ["book"]),
        ("isbn:9780306406157", ["other"]),
        ("978-3-16-148410-0", ["book"]),
        ("9783161484100", ["book"]),
        ("pmid:42248140", ["article"]),
        ("pmid:PMC123", ["article"]),
        ("pmid:123", ["article"]),
        ("pmid:4224", []),
        ("-type:book -type:thesis -type:article-journal", ["none", "preprint", "talk"]),
        ("DBLP:conf/nips/LiuB20", ["article"]),
        ("Aad:2012tfa", ["talk"]),
        ("2031A&A...987A..65X", ["book"]),
        ("key:DBLP:conf/nips/LiuB20", ["article"]),
    ],
)
def test_what_each_term_finds(query: str, names: list[str], shelf: Shelf) -> None:
    assert _found(shelf, query) == names


def test_types_and_venues_are_facets(shelf: Shelf) -> None:
    facets = {facet.field: facet for facet in shelf.search.facets(shelf.search.find("", today=TODAY))}
    assert [(value.value, value.count) for value in facets["type"].values] == [
        ('"journal article"', 2), ("book", 1), ('"conference paper"', 1), ("preprint", 1), ("thesis", 1),
    ]  # fmt: skip
    assert [(value.value, value.count) for value in facets["venue"].values] == [
        ('="Cell Tides"', 2),
        ('="Advances in Neural Tides 33"', 1),
    ]
    for facet in (facets["type"], facets["venue"]):
        for value in facet.values:
            assert len(_found(shelf, f"{facet.field}:{value.value}")) == value.count
