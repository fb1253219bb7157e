from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from tui.index.facet_key_counts import KeyChange
from tui.index.search_index import SearchIndex
from tui.model.mark import Mark, Status
from tui.query.facet_keys import FacetIndex

if TYPE_CHECKING:
    from tests.query.conftest import Shelf


def test_it_counts_ahead_within_the_time_budget(shelf: Shelf) -> None:
    tallied = FacetIndex(SearchIndex(shelf))
    assert not tallied.prebuild(perf_counter() - 1)
    assert not tallied.spellings
    assert tallied.prebuild(perf_counter() + 60)
    assert tallied.spellings["tag:classic"] == "Classic"
    assert tallied.key_counts.totals["tag:ml"] == 2


def test_prebuilding_the_search_counts_the_facets(shelf: Shelf) -> None:
    assert not shelf.search._facet_index.spellings
    assert shelf.search.prebuild(60_000)
    assert "cat:cs.cv" in shelf.search._facet_index.spellings


def test_a_changed_mark_updates_existing_counts(shelf: Shelf) -> None:
    tallied = FacetIndex(SearchIndex(shelf))
    entry = shelf.entries["bb05"]._replace(mark=Mark(Status.READ, tags=("ml",)))
    tallied.replace(4, entry)
    assert tallied.key_counts.totals["status:read"] == 1, "nothing was counted yet, so the row is read as it is"
    tallied.replace(4, entry)
    assert tallied.key_counts.totals["status:read"] == 2
    assert tallied.key_counts.totals["tag:ml"] == 3


def test_a_changed_mark_of_a_paper_not_counted_yet_changes_no_count(shelf: Shelf) -> None:
    tallied = FacetIndex(SearchIndex(shelf))
    assert tallied.replace(0, shelf.entries["aa01"]) == KeyChange(0, (), ())
    assert not tallied.is_counted
    assert tallied.prebuild(perf_counter() + 60)
    assert tallied.is_counted
