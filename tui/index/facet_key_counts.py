"""Count the papers that have each key, in all and among some rows: the numbers in the filter pane.

The caller defines the keys; a paper has a key once or not at all.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class KeyChange(NamedTuple):
    """A row with its old and new keys."""

    row: int
    before: tuple[str, ...]
    after: tuple[str, ...]


class KeyCounts:
    """The keys of every row and their totals, updated incrementally."""

    def __init__(self, keys: Sequence[tuple[str, ...]]) -> None:
        self._keys: list[tuple[str, ...]] = []
        self._totals: Counter[str] = Counter()
        self.extend(keys)

    def __len__(self) -> int:
        """The number of rows."""
        return len(self._keys)

    def extend(self, keys: Sequence[tuple[str, ...]]) -> None:
        """Append rows."""
        self._keys += keys
        self._totals.update(chain.from_iterable(keys))

    @property
    def totals(self) -> Mapping[str, int]:
        """The number of rows with each key; only keys with at least one row."""
        return self._totals

    def replace(self, row: int, keys: tuple[str, ...]) -> KeyChange:
        """Replace the keys of one row."""
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
        """The number of these rows with each key.

        Args:
            rows: distinct row numbers, in any order.
        """
        all_keys = self._keys
        if 2 * len(rows) <= len(all_keys):
            return Counter(chain.from_iterable([all_keys[row] for row in rows]))
        # Fewer steps the other way round: subtract the keys of the other rows.
        wanted = set(rows)
        counts = self._totals.copy()
        counts.subtract(chain.from_iterable([keys for row, keys in enumerate(all_keys) if row not in wanted]))
        return counts
