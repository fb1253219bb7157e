"""How many papers carry each key, in all and among some: the counts beside the filters. Knows no query.

What a key is, the maker of the tally decides; a paper carries a key once or not at all.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class KeyChange(NamedTuple):
    """A row with the keys it carried, and those it carries now."""

    row: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class KeyCounts:
    """The keys of every row, and their sums, kept by difference."""

    def __init__(self, keys: Sequence[tuple[str, ...]]) -> None:
        self._keys: list[tuple[str, ...]] = []
        self._totals: Counter[str] = Counter()
        self.extend(keys)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._keys)

    def extend(self, keys: Sequence[tuple[str, ...]]) -> None:
        """Take in more rows, behind those there are."""
        self._keys += keys
        self._totals.update(chain.from_iterable(keys))

    @property
    def totals(self) -> Mapping[str, int]:
        """How many rows carry each key; only keys that some row carries."""
        return self._totals

    def replace(self, row: int, keys: tuple[str, ...]) -> KeyChange:
        """Give one row other keys."""
        totals = self._totals
        before = self._keys[row]
        for key in before:
            totals[key] -= 1
            if not totals[key]:
                del totals[key]
        totals.update(keys)
        self._keys[row] = keys
        return KeyChange(row, before, keys)

    def count(self, rows: Sequence[int]) -> Counter[str]:
        """How many of these rows carry each key.

        Args:
            rows: distinct row numbers, in any order.
        """
        every = self._keys
        if 2 * len(rows) <= len(every):
            return Counter(chain.from_iterable([every[row] for row in rows]))
        # Cheaper from the other side: take away what the rows left out carry.
        inside = set(rows)
        counts = self._totals.copy()
        counts.subtract(chain.from_iterable([keys for row, keys in enumerate(every) if row not in inside]))
        return counts
