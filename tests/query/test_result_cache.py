"""Cached results after changed marks equal fresh ones."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tui.model.mark import Mark, Status
from tui.query.engine import QueryEngine
from tui.query.query_parser import parse
from tui.query.query_words import is_uncacheable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.query.conftest import Shelf
    from tui.query.syntax_tree import Node

TODAY = date(2026, 11, 20)


def test_a_changed_mark_reads_one_paper(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    assert shelf.search.prebuild(60_000)
    listing = shelf.search.find("is:unread", today=TODAY)
    assert listing.ids == ("bb04", "bb05")
    evaluated: list[Sequence[int]] = []
    among = QueryEngine.filter_rows

    def noting(self: QueryEngine, where: Node, today: date, rows: Sequence[int]) -> Sequence[int]:
        evaluated.append(rows)
        return among(self, where, today, rows)

    monkeypatch.setattr(QueryEngine, "filter_rows", noting)
    shelf.set_mark("bb05", Mark(Status.READ))
    shelf.set_mark("aa01", Mark())
    assert shelf.find("is:unread") == ["aa01", "bb04"]
    assert evaluated == [[4], [0]]


def test_results_by_marks_alone_follow_the_marks_of_unread_papers(shelf: Shelf) -> None:
    assert shelf.find("is:unread", "read") == ["bb04", "bb05"]
    shelf.set_mark("bb05", Mark(Status.READ))
    shelf.set_mark("aa01", Mark())
    assert shelf.find("is:unread", "read") == ["aa01", "bb04"]


def test_which_of_some_papers_still_match(shelf: Shelf) -> None:
    listing = shelf.search.find("is:unread limit:1", today=TODAY)
    shelf.set_mark("bb04", Mark(Status.READ))
    shelf.set_mark("aa01", Mark())
    assert shelf.search.still_matching(listing, ["bb04", "bb05", "aa01", "gone"]) == {"bb05", "aa01"}
    everything = shelf.search.find("", today=TODAY)
    assert shelf.search.still_matching(everything, ["bb04"]) == {"bb04"}


def test_a_fuzzy_result_follows_the_words_in_other_notes(shelf: Shelf) -> None:
    assert shelf.find("~kangaru") == []
    shelf.set_mark("aa01", Mark(note="Kangaroo"))
    assert shelf.find("~kangaru") == ["aa01"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("~kangaru", True), ("is:read ~kangaru", True), ("moss OR ~kangaru", True), ("-~kangaru", True),
        ("note:~kangaru", True), ("is:read /kang.*/", True), ("note:/kang.*/ OR moss", True), ("moss", False),
        ("is:read (moss OR -note:reed)", False),
    ],
)  # fmt: skip
def test_results_with_similar_words_or_patterns_anywhere_are_not_updated(query: str, expected: bool) -> None:
    assert bool(is_uncacheable(parse(query).where)) == expected
