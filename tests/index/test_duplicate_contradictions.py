"""Evidence against two papers being duplicates."""

from __future__ import annotations

import pytest

from tui.index.duplicate_contradictions import contradictions, shares_only_generic_title
from tui.model.paper import Paper
from tui.model.partial_date import PartialDate

ONE = Paper(
    "a",
    title="Watching Rivers Freeze",
    authors=("Ida Moor", "Per Lund"),
    doi="10.1234/a",
    eprint="2301.00001",
    date=PartialDate(2023),
)


@pytest.mark.parametrize(
    ("other", "reasons"),
    [
        ({}, []),
        ({"doi": "10.1234/A"}, []),
        ({"doi": "10.1234/b"}, ["different DOIs"]),
        ({"doi": None, "eprint": None, "date": None, "authors": ()}, []),
        ({"eprint": "2301.00002"}, ["different arXiv ids"]),
        ({"date": PartialDate(2021)}, ["years 2021 and 2023"]),
        ({"authors": ("I. Moor",)}, []),
        ({"authors": ("Zoe Young",)}, ["no authors in common"]),
        ({"title": "Watching Rivers Thaw"}, []),
        ({"title": "Watching Lakes Boil"}, ["different titles"]),
        ({"title": "Grinding Rye With Wind"}, ["different titles"]),
        ({"title": "Watching Rivers Freeze: Part 2"}, ["numbered differently"]),
        ({"title": None}, []),
    ],
)
def test_what_speaks_against_a_duplicate(other: dict[str, object], reasons: list[str]) -> None:
    paper = ONE._replace(**other)  # type: ignore[arg-type]  # by name
    for pair in ((ONE, paper), (paper, ONE)):
        assert [reason for reason, factor in contradictions(*pair) if 0 < factor < 1] == reasons


def test_two_papers_that_share_a_generic_title_only() -> None:
    one, other = ONE._replace(title="Introduction"), ONE._replace(title="Introduction", doi="10.1234/b")
    assert shares_only_generic_title(one, other)
    assert shares_only_generic_title(one, one._replace(authors=("Zoe Young",)))
    assert shares_only_generic_title(one, one._replace(date=PartialDate(2020)))
    assert not shares_only_generic_title(one, one)
    assert not shares_only_generic_title(ONE, ONE._replace(doi="10.1234/b"))
