"""Maintenance of the store: checks and compaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.store.store import Store


class Maintenance:
    """Maintenance of one reading list.

    Args:
        store: the open store.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def inspect(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Messages about damage of the store, and further information about it."""
        return self._store.check()

    def compact_if_due(self) -> None:
        """Compact the store now, if closing it would; never raises."""
        self._store.compact_if_due()
