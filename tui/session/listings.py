"""The listings of a list: the files in its folder of listings, without those that the user removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.ingest.listing_files import list_sources
from tui.model.change import REMOVED_LISTINGS

if TYPE_CHECKING:
    from pathlib import Path

    from tui.paths import Paths
    from tui.store.store import Store


def removed_listings(store: Store) -> frozenset[str]:
    """The names of the listings that the user removed from the list."""
    stored = store.values.get(REMOVED_LISTINGS)
    return frozenset(str(name) for name, _ in stored) if isinstance(stored, list) else frozenset()


def listings(paths: Paths, store: Store) -> list[Path]:
    """The files in the folder of listings that papers are read from; raises BadInputError if it cannot be read."""
    removed = removed_listings(store)
    return [path for path in list_sources(paths.seeds) if path.name not in removed]
