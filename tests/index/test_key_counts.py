from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tests.support.examples import examples
from tui.index.facet_key_counts import KeyCounts

KEYS = st.lists(st.sampled_from("abcd"), max_size=3, unique=True).map(tuple)
ROWS = st.lists(KEYS, max_size=7)


def counted(rows: list[tuple[str, ...]]) -> dict[str, int]:
    return dict(Counter(key for keys in rows for key in keys))


@examples(200)
@given(ROWS, st.sets(st.integers(0, 6)))
def test_counts_among_some_rows(rows: list[tuple[str, ...]], chosen: set[int]) -> None:
    some = [row for row in chosen if row < len(rows)]
    found = KeyCounts(rows).count(some)
    assert {key: count for key, count in found.items() if count} == counted([rows[row] for row in some])


@examples(200)
@given(ROWS.filter(bool), st.lists(st.tuples(st.integers(0, 6), KEYS), max_size=5))
def test_updated_totals_equal_fresh_counts(
    rows: list[tuple[str, ...]], changes: list[tuple[int, tuple[str, ...]]]
) -> None:
    key_counts = KeyCounts(rows)
    for place, keys in changes:
        row = place % len(rows)
        key_counts.replace(row, keys)
        rows[row] = keys
    assert dict(key_counts.totals) == counted(rows)
    assert key_counts.count(range(len(rows))) == key_counts.totals


@examples(100)
@given(ROWS, ROWS)
def test_appended_rows_count_like_the_first(first: list[tuple[str, ...]], later: list[tuple[str, ...]]) -> None:
    key_counts = KeyCounts(first)
    key_counts.extend(later)
    assert len(key_counts) == len(first) + len(later)
    assert dict(key_counts.totals) == counted(first + later)
    assert key_counts.count(range(len(key_counts))) == key_counts.totals
