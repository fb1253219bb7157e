"""A cache of query results and their facet counts, updated incrementally when marks change."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date

    from tui.index.facet_key_counts import KeyChange, KeyCounts
    from tui.query.syntax_tree import Node

    CacheKey = tuple[Node, date]

_MAX_RESULTS = 16


class ResultCache:
    """The latest results; the oldest is dropped first."""

    def __init__(self) -> None:
        self._rows: dict[CacheKey, list[int]] = {}
        self._counts: dict[CacheKey, Counter[str]] = {}

    def __iter__(self) -> Iterator[tuple[CacheKey, Sequence[int]]]:
        """The keys with their matching rows, in ascending order."""
        return iter(self._rows.items())

    def get(self, key: CacheKey) -> Sequence[int] | None:
        """The matching rows, or None if not cached."""
        return self._rows.get(key)

    def put(self, key: CacheKey, rows: list[int]) -> None:
        """Store a result."""
        if len(self._rows) >= _MAX_RESULTS:
            self._drop(next(iter(self._rows)))
        self._rows[key] = rows

    def counts(self, key: CacheKey, key_counts: KeyCounts) -> Counter[str]:
        """The number of matching rows with each key; counted once, then updated."""
        counts = self._counts.get(key)
        if counts is None:
            counts = self._counts[key] = key_counts.count(self._rows[key])
        return counts

    def clear(self) -> None:
        """Drop everything."""
        self._rows.clear()
        self._counts.clear()

    def update(
        self, changes: Sequence[KeyChange], select: Callable[[CacheKey, Sequence[int]], Sequence[int]]
    ) -> None:
        """Update the results after the keys of some rows changed.

        Args:
            changes: the rows, with their old and new keys.
            select: returns the matching rows among some.
        """
        changed_rows = [change.row for change in changes]
        for key, rows in self._rows.items():
            matching = frozenset(select(key, changed_rows))
            counts = self._counts.get(key)
            for row, before, after in changes:
                position = bisect_left(rows, row)
                did_match = position < len(rows) and rows[position] == row
                if did_match and row not in matching:
                    del rows[position]
                elif not did_match and row in matching:
                    rows.insert(position, row)
                if counts is not None:
                    counts.subtract(before if did_match else ())
                    counts.update(after if row in matching else ())

    def drop(self, is_stale: Callable[[CacheKey], bool]) -> None:
        """Drop some results."""
        for key in [key for key in self._rows if is_stale(key)]:
            self._drop(key)

    def _drop(self, key: CacheKey) -> None:
        del self._rows[key]
        self._counts.pop(key, None)
