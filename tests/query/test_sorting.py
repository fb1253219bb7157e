from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from tui.model.mark import Mark
from tui.query.sort_key import reversed_key
from tui.query.sorting import SORTS

if TYPE_CHECKING:
    from tests.query.conftest import Shelf


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("catalogue", "aa01 aa02 bb03 bb04 bb05"),
        ("catalogue-desc", "bb05 bb04 bb03 aa02 aa01"),
        ("title", "bb03 bb05 aa01 aa02 bb04"),
        ("title-desc", "aa02 aa01 bb05 bb03 bb04"),
        # no date, or one without a year, is last both ways
        ("year-asc", "aa02 aa01 bb03 bb04 bb05"),
        ("year", "bb03 aa01 aa02 bb04 bb05"),
        ("year-desc", "bb03 aa01 aa02 bb04 bb05"),
        ("date-asc", "aa02 aa01 bb03 bb04 bb05"),
        ("date-desc", "bb03 aa01 aa02 bb04 bb05"),
        ("added-asc", "bb03 aa01 aa02 bb04 bb05"),
        ("added", "bb04 bb05 aa01 aa02 bb03"),
        ("added-desc", "bb04 bb05 aa01 aa02 bb03"),
        ("read", "aa01 aa02 bb03 bb04 bb05"),
        ("status", "bb04 bb05 bb03 aa01 aa02"),
        ("status-desc", "aa02 aa01 bb03 bb04 bb05"),
        ("category", "aa01 bb03 aa02 bb04 bb05"),
        # by family name: Liu, Mildenhall, Schrödinger, Wang
        ("author", "bb05 aa01 aa02 bb03 bb04"),
        ("author-desc", "bb03 aa02 aa01 bb05 bb04"),
        ("tags", "aa02 aa01 bb03 bb04 bb05"),
        # the first key decides first
        ("added-asc,title-desc", "bb03 aa02 aa01 bb05 bb04"),
        ("status,added-desc,catalogue-desc", "bb05 bb04 bb03 aa01 aa02"),
        # without words everything is equally relevant
        ("relevance", "aa01 aa02 bb03 bb04 bb05"),
    ],
)
def test_order(shelf: Shelf, order: str, expected: str) -> None:
    assert shelf.find("", sort=order) == expected.split()
    assert shelf.find(f"sort:{order}") == expected.split()


def test_the_random_order_changes_every_day(shelf: Shelf) -> None:
    days = [date(2026, 11, day) for day in range(1, 21)]
    orders = {shelf.search.find("sort:random", today=day).ids for day in days}
    assert len(orders) > 10
    assert {frozenset(order) for order in orders} == {frozenset(shelf.ids())}
    assert shelf.search.find("sort:random", today=days[0]) == shelf.search.find("sort:random", today=days[0])


def test_papers_are_sorted_by_priority_and_those_without_come_last(shelf: Shelf) -> None:
    for paper, priority in (("bb05", "high"), ("bb03", "medium"), ("aa02", "low")):
        shelf.set_mark(paper, Mark(priority=priority))
    assert shelf.find("", "priority") == ["bb05", "bb03", "aa02", "aa01", "bb04"]


def test_words_in_the_title_are_more_relevant_than_words_in_the_abstract(shelf: Shelf) -> None:
    assert shelf.find("nerf sort:catalogue-desc") == ["aa02", "aa01"]
    assert shelf.find("nerf sort:relevance,catalogue-desc") == ["aa01", "aa02"]
    assert shelf.find("-efficient sort:relevance,catalogue-desc") == ["aa01", "aa02", "bb04"]


@pytest.mark.parametrize(("key", "opposite"), [("title", "title-desc"), ("year", "year-asc"), ("added", "added-asc")])
def test_a_reversed_order_has_a_suffix_only_if_it_is_not_the_usual_one(key: str, opposite: str) -> None:
    assert (reversed_key(key), reversed_key(opposite)) == (opposite, key)


def test_every_order_has_a_help_text() -> None:
    assert all(order.help for order in SORTS.values())


def test_an_order_follows_changed_marks(shelf: Shelf) -> None:
    assert shelf.find("", "tags")[:2] == ["aa02", "aa01"]
    shelf.set_mark("bb05", Mark(tags=("aaa",)))
    shelf.set_mark("aa01", Mark())
    assert shelf.find("", "tags")[:2] == ["bb05", "aa02"]
